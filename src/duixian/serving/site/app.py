"""The site: every page by its address, its data with .json, .csv, .xlsx, its chart with .svg, .png; nothing from elsewhere."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, to_thread
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from duixian._version import __version__
from duixian.analysing.labels import in_language
from duixian.analysing.tables import Lang, Table
from duixian.ledger.corrections import in_force
from duixian.model import Correction
from duixian.serving.render import render
from duixian.serving.site.cache import Made, PageCache, made
from duixian.serving.site.context import Library, NotThereError, Page, Request
from duixian.serving.site.drawing import as_png, as_svg
from duixian.serving.site.figures import STYLES
from duixian.serving.site.headers import SecurityHeaders
from duixian.serving.site.openapi import description
from duixian.serving.site.pages import ROUTES, PageRoute
from duixian.serving.site.params import BadParameterError, Parameters
from duixian.serving.site.shelf import Shelf
from duixian.serving.site.words import words
from duixian.store import StoreError

SUFFIXES = ("json", "csv", "xlsx")
PICTURES = ("svg", "png")
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
}
THREADS = 4
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
Endpoint = Callable[[HttpRequest], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class _Site:
    """What answers requests."""

    collection: Library
    templates: Environment
    cache: PageCache
    limiter: CapacityLimiter  # more threads than this only wait for one another and hold memory


def create_app(store: Path, ledger: str | None = None, hosts: list[str] | None = None) -> Starlette:
    """The site of a store; read-only.

    Args:
        store: the store's folder.
        ledger: the ledger's database URL; by default the one beside the store.
        hosts: names that requests may use for this host; loopback names by default.

    Raises:
        StoreError: where the store can't be opened.
    """
    site = _Site(Library(store, ledger), _templates(), PageCache(), CapacityLimiter(THREADS))
    routes: list[Route | Mount] = [Route(a, _endpoint(site, route, suffix), methods=["GET"]) for a, route, suffix in addresses()]
    routes.append(Route("/openapi.json", partial(_openapi), methods=["GET"]))
    # the longer addresses first, so that "/report/x.csv" is not the report "x.csv"
    routes.sort(key=lambda r: ("." not in r.path, r.path.count("{")))
    static = files("duixian.serving.site").joinpath("static")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=_warm, args=(site.collection,), daemon=True).start()
        yield

    routes.append(Mount("/static", StaticFiles(directory=str(static))))
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts or LOCAL_HOSTS),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=5),
        ],
        lifespan=lifespan,
        exception_handlers={HTTPException: partial(_failed, site.templates), Exception: partial(_failed, site.templates)},
    )
    app.state.collection = site.collection
    return app


def _warm(collection: Library) -> None:
    """Read the texts ahead; where that fails, the first search says why."""
    with suppress(StoreError, OSError):
        collection.warm()


def addresses() -> list[tuple[str, PageRoute, str | None]]:
    """Every address with its page and the suffix that tells the format; none for the page itself."""
    found: list[tuple[str, PageRoute, str | None]] = []
    for route in ROUTES:
        plain = route.address if route.address != "/" else "/home"
        found.append((route.address, route, None))
        found += [(f"{plain}.{s}", route, s) for s in (*(SUFFIXES if route.downloads else ()), *(PICTURES if route.charts else ()))]
    return found


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("duixian.serving.site"),
        autoescape=select_autoescape(("html", "svg"), default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"version": __version__, "stamp": _stamp(), "styles": STYLES}
    return environment


def _stamp() -> str:
    """Eight digits of what the static files hold, so that browsers keep them until they change."""
    folder = files("duixian.serving.site").joinpath("static")
    held = sorted((f.name, hashlib.sha256(f.read_bytes()).hexdigest()) for f in folder.iterdir() if f.is_file())
    return hashlib.sha256(repr(held).encode()).hexdigest()[:8]


def _endpoint(site: _Site, route: PageRoute, suffix: str | None) -> Endpoint:
    async def respond(http: HttpRequest) -> Response:
        return await to_thread.run_sync(_respond, site, route, suffix, http, limiter=site.limiter)

    return respond


def _respond(site: _Site, route: PageRoute, suffix: str | None, http: HttpRequest) -> Response:
    try:
        params = Parameters(http.query_params, route.parameters)
        lang = _lang(params)
        shelf, log = site.collection.shelf(), site.collection.corrections()
        etag = _etag(http, shelf, log, lang)
        if http.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        page = site.cache.get((etag, suffix))
        if page is None:
            request = Request(shelf, log, in_force(log), lang, params, {k: str(v) for k, v in http.path_params.items()})
            page = _made(site, route.page(request), suffix, http, shelf, lang)
            site.cache.put((etag, suffix), page)
    except BadParameterError as error:
        return _error(site.templates, http, 400, error)
    except NotThereError as error:
        return _error(site.templates, http, 404, error)
    except StoreError as error:
        return _error(site.templates, http, 503, error)
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", **page.headers}
    if page.packed and "gzip" in http.headers.get("accept-encoding", ""):
        return Response(page.body, media_type=page.kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(page.plain(), media_type=page.kind, headers=headers)


def _made(site: _Site, page: Page, suffix: str | None, http: HttpRequest, shelf: Shelf, lang: Lang) -> Made:
    if suffix is None:
        return made(_html(site.templates, page, http, lang, shelf).encode(), TYPES["html"], {})
    named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(page.title, safe='')}.{suffix}"}
    if suffix in PICTURES:
        if page.figure is None:
            raise NotThereError("this page has no chart for these conditions")
        figure = page.figure()
        body = as_png(site.templates, figure) if suffix == "png" else as_svg(site.templates, figure).encode()
        return made(body, TYPES[suffix], {"Content-Disposition": named["Content-Disposition"].replace("attachment", "inline")})
    return made(_file(page, suffix, lang, http), TYPES[suffix], named if suffix in ("csv", "xlsx") else {})


def _lang(params: Parameters) -> Lang:
    return params.one_of("lang", ("zh", "en"), "zh")


def _mark(log: tuple[Correction, ...]) -> tuple[int, int]:
    """What changes with every correction and every undoing."""
    return len(log), sum(c.undone is not None for c in log)


def _etag(http: HttpRequest, shelf: Shelf, log: tuple[Correction, ...], lang: Lang) -> str:
    parts = (__version__, shelf.store.number, shelf.store.manifest.created, _mark(log), lang, http.url.path, http.url.query)
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def _html(templates: Environment, page: Page, http: HttpRequest, lang: Lang, shelf: Shelf | None) -> str:
    return templates.get_template(page.template).render(
        page=page,
        t=words(lang),
        lang=lang,
        said=partial(in_language, lang=lang),
        here=http.url.path,
        address=partial(_address, http),
        stands=partial(_stands, http, shelf),
        **page.shows,
    )


def _stands(http: HttpRequest, shelf: Shelf | None, source: str | None, start: int | None) -> str | None:
    """The address of a sentence, by its document and position."""
    report = shelf.where(source, start) if shelf and source is not None and start is not None else None
    return f"{_address(http, f'/report/{report.report_id}', at=start)}#at" if report else None


def _address(http: HttpRequest, path: str | None = None, suffix: str | None = None, **changes: object) -> str:
    """This page's address with some parameters changed (null removes one), or another page's with the language kept."""
    kept = [(k, v) for k, v in http.query_params.multi_items() if (path is None or k == "lang") and k not in changes]
    kept += [(name, str(value)) for name, value in changes.items() if value is not None]
    where = path or http.url.path
    if suffix:
        where = f"{'/home' if where == '/' else where}.{suffix}"
    return f"{where}?{urlencode(kept)}" if kept else where


def _file(page: Page, suffix: str, lang: Lang, http: HttpRequest) -> bytes:
    table = page.table() if page.table else Table("empty", (), ())
    if suffix == "xlsx":
        from duixian.serving.table_files import write_table  # brings a data frame library with it, which pages need not

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.xlsx"
            write_table(table, path, lang, {"duixian": __version__, "address": str(http.url)})
            return path.read_bytes()
    out = io.StringIO()
    render(table, suffix, lang, out)
    return out.getvalue().encode()


def _error(templates: Environment, http: HttpRequest, status: int, error: Exception) -> Response:
    lang: Lang = "en" if http.query_params.get("lang") == "en" else "zh"
    message = in_language(_message(error, lang, http), lang)
    allowed = in_language(error.allowed, lang) if isinstance(error, BadParameterError) else None
    if http.url.path.endswith(tuple(f".{s}" for s in (*SUFFIXES, *PICTURES))):
        told = {"status": status, "message": message, "allowed": allowed}
        return Response(json.dumps({"error": told}, ensure_ascii=False), status, media_type=TYPES["json"])
    page = Page(words(lang)[f"error_{status}"], "error.html", {"status": status, "message": message, "allowed": allowed})
    return Response(_html(templates, page, http, lang, None), status, media_type=TYPES["html"])


def _message(error: Exception, lang: Lang, http: HttpRequest) -> str:
    if isinstance(error, HTTPException):
        return f"{words(lang)[f'error_{error.status_code}_said']} {http.url.path[:80]}" if error.status_code in (404, 405) else error.detail
    return str(error)


async def _failed(templates: Environment, http: HttpRequest, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    inside = words("en" if http.query_params.get("lang") == "en" else "zh")["error_inside"]
    shown = error if isinstance(error, HTTPException) and status in (404, 405) else RuntimeError(inside)
    response = _error(templates, http, status if status in (400, 404, 405, 503) else 500, shown)
    if status == 405:
        response.headers["Allow"] = "GET, HEAD"
    return response


async def _openapi(http: HttpRequest) -> Response:
    return Response(json.dumps(description(addresses()), ensure_ascii=False, indent=1), media_type=TYPES["json"])
