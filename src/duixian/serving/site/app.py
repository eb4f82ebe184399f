"""The site: every page by its address, the same address with .json, .csv or .xlsx, errors that help, nothing from elsewhere."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from duixian import __version__
from duixian.analysing.tables import Lang, Table
from duixian.analysing.terms_files import write_table
from duixian.serving.render import render
from duixian.serving.site.context import Library, NotThereError, Page, Request
from duixian.serving.site.pages import ROUTES, PageRoute
from duixian.serving.site.params import BadParameterError, Parameters
from duixian.serving.site.words import words
from duixian.store import StoreError

SUFFIXES = ("json", "csv", "xlsx")
TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
Endpoint = Callable[[HttpRequest], Awaitable[Response]]


def create_app(store: Path, ledger: str | None = None, hosts: list[str] | None = None) -> Starlette:
    """The site of a store; read-only.

    Args:
        store: the store's folder.
        ledger: the ledger's database URL; by default the one beside the store.
        hosts: names that requests may use for this host; loopback names by default.

    Raises:
        StoreError: where the store can't be opened.
    """
    library = Library(store, ledger)
    templates = _templates()
    routes: list[Route | Mount] = []
    for route in ROUTES:
        for suffix in (None, *(SUFFIXES if route.downloads else ())):
            address = route.address if suffix is None else f"{route.address if route.address != '/' else '/home'}.{suffix}"
            routes.append(Route(address, _endpoint(library, templates, route, suffix), methods=["GET"]))
    # the longer addresses first, so that "/report/x.csv" is not the report "x.csv"
    routes.sort(key=lambda r: ("." not in r.path, r.path.count("{")))
    static = files("duixian.serving.site").joinpath("static")
    routes.append(Mount("/static", StaticFiles(directory=str(static))))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts or LOCAL_HOSTS), Middleware(GZipMiddleware, minimum_size=800)],
        exception_handlers={
            HTTPException: partial(_failed, templates),
            Exception: partial(_failed, templates),
        },
    )
    app.state.library = library
    return app


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("duixian.serving.site"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["version"] = __version__
    environment.globals["stamp"] = _stamp()
    return environment


def _stamp() -> str:
    """Eight digits of what the static files hold, so that browsers keep them until they change."""
    folder = files("duixian.serving.site").joinpath("static")
    held = sorted((f.name, f.read_bytes()) for f in folder.iterdir() if f.is_file())
    return hashlib.sha256(repr(held).encode()).hexdigest()[:8]


def _endpoint(library: Library, templates: Environment, route: PageRoute, suffix: str | None) -> Endpoint:
    async def respond(http: HttpRequest) -> Response:
        return await run_in_threadpool(_respond, library, templates, route, suffix, http)

    return respond


def _respond(library: Library, templates: Environment, route: PageRoute, suffix: str | None, http: HttpRequest) -> Response:
    lang = _lang(http)
    try:
        params = Parameters(http.query_params, route.parameters)
        store = library.generation()
        etag = _etag(http, store.number, lang)
        if http.headers.get("if-none-match") == etag and not library.corrections():
            return Response(status_code=304, headers={"ETag": etag, **SECURITY})
        request = Request(store, library.corrections(), lang, params, {k: str(v) for k, v in http.path_params.items()})
        page = route.page(request)
        body, kind = (_html(templates, page, http, lang), "text/html; charset=utf-8") if suffix is None else _file(page, suffix, lang, http)
    except BadParameterError as error:
        return _error(templates, http, 400, error)
    except NotThereError as error:
        return _error(templates, http, 404, error)
    except StoreError as error:
        return _error(templates, http, 404 if "no " in str(error) else 503, error)
    headers = {"ETag": etag, "Cache-Control": "no-cache", **SECURITY}
    if suffix in ("csv", "xlsx"):
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(page.title)}.{suffix}"
    return Response(body, media_type=kind, headers=headers)


def _lang(http: HttpRequest) -> Lang:
    """The language asked for by the address, else by the cookie-free default: Chinese."""
    return "en" if http.query_params.get("lang") == "en" else "zh"


def _etag(http: HttpRequest, generation: int, lang: Lang) -> str:
    return f'W/"{hashlib.sha256(f"{__version__} {generation} {lang} {http.url.path}?{http.url.query}".encode()).hexdigest()[:20]}"'


def _html(templates: Environment, page: Page, http: HttpRequest, lang: Lang) -> str:
    return templates.get_template(page.template).render(
        page=page,
        t=words(lang),
        lang=lang,
        here=http.url.path,
        address=partial(_address, http),
        downloads=page.table is not None,
        **page.shows,
    )


def _address(http: HttpRequest, path: str | None = None, suffix: str | None = None, **changes: object) -> str:
    """This page's address with some parameters changed (null removes one), or another page's with the language kept."""
    kept = dict(http.query_params) if path is None else {k: v for k, v in http.query_params.items() if k == "lang"}
    for name, value in changes.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = str(value)
    where = path or http.url.path
    if suffix:
        where = f"{'/home' if where == '/' else where}.{suffix}"
    return f"{where}?{urlencode(kept)}" if kept else where


def _file(page: Page, suffix: str, lang: Lang, http: HttpRequest) -> tuple[bytes, str]:
    table = page.table or Table("empty", (), ())
    if suffix == "xlsx":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.xlsx"
            write_table(table, path, lang, {"duixian": __version__, "address": str(http.url)})
            return path.read_bytes(), TYPES[suffix]
    out = io.StringIO()
    render(table, suffix, lang, out)
    return out.getvalue().encode(), TYPES[suffix]


def _error(templates: Environment, http: HttpRequest, status: int, error: Exception) -> Response:
    lang = _lang(http)
    if http.url.path.endswith(".json"):
        out = io.StringIO()
        import json

        json.dump({"error": {"status": status, "message": str(error), "allowed": getattr(error, "allowed", None)}}, out, ensure_ascii=False)
        return Response(out.getvalue(), status, media_type=TYPES["json"], headers=SECURITY)
    page = Page(words(lang)[f"error_{status}"], "error.html", {"status": status, "error": error})
    return Response(_html(templates, page, http, lang), status, media_type="text/html; charset=utf-8", headers=SECURITY)


async def _failed(templates: Environment, http: HttpRequest, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    shown = error if isinstance(error, HTTPException) and status in (404, 405) else RuntimeError(words(_lang(http))["error_inside"])
    return _error(templates, http, status if status in (400, 404, 405, 503) else 500, shown)
