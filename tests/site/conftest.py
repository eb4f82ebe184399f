"""The site over a store of the project's samples, by a client inside the process and by a real server with a browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from duixian.facts.loading import fill
from duixian.facts.making import make_facts
from duixian.serving.site.app import create_app
from duixian.serving.site.shelf import Shelf
from duixian.store import build, open_store
from duixian.store.site_queries import PROMISES

pytest.importorskip("httpx")
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def store(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the samples."""
    folder = tmp_path_factory.mktemp("site") / "sample.store"
    build([samples], folder)
    return folder


@pytest.fixture(scope="session")
def app(store: Path) -> Starlette:
    """The site."""
    return create_app(store)


@pytest.fixture(scope="session")
def client(app: Starlette) -> Iterator[Any]:
    """A client that asks the site without a network."""
    from starlette.testclient import TestClient

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="session")
def shelf(app: Starlette) -> Shelf:
    """What the site's store holds."""
    found: Shelf = app.state.collection.shelf()
    return found


@pytest.fixture(scope="session")
def addresses(shelf: Shelf, client: Any) -> list[str]:
    """One address of every kind of page."""
    report = shelf.of_place("990000")[-1]
    before = shelf.beside(report)[0]
    assert before is not None
    promise = client.get(f"/promises.json?region=990000&year={before.year}").json()[0]["commitment_id"]
    return [
        "/",
        "/?show=verdict",
        "/compare",
        "/regions",
        f"/region/990000?year={before.year}",
        "/region/710000",
        f"/report/{report.report_id}?at={report.start + 300}",
        f"/report/{report.report_id}/beside/{before.report_id}",
        f"/promises?region=990000&year={before.year}",
        f"/promise/{promise}",
        "/indicators",
        "/indicator/gdp.growth",
        "/search",
        "/search?q=就业",
        "/search?q=indicator:gdp.growth",
        "/terms",
        "/terms?words=经济,就业&year=2025",
        "/data",
        "/data/coverage",
        "/data/flags",
        "/data/gaps",
        "/data/corrections",
        "/data/codebook",
        "/data/quality",
        "/data/cite",
        "/data/api",
    ]


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """A site on a port of this machine."""
    import uvicorn

    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    running.should_exit = True
    thread.join(5)


@pytest.fixture(scope="session")
def server(app: Starlette) -> Iterator[str]:
    """The site with its texts."""
    with served(app) as address:
        yield address


@pytest.fixture(scope="session")
def facts_store(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the samples' facts, without any text."""
    folder = tmp_path_factory.mktemp("textless")
    shutil.copytree(store, folder / "copy.store")  # the site holds the other one open
    with open_store(folder / "copy.store") as archive:
        make_facts(archive, folder / "facts", date="2026-01-01", samples=True)
    fill(folder / "facts", folder / "facts.store")
    return folder / "facts.store"


@pytest.fixture(scope="session")
def textless_app(facts_store: Path) -> Starlette:
    """The site of the facts."""
    return create_app(facts_store)


@pytest.fixture(scope="session")
def textless_server(textless_app: Starlette) -> Iterator[tuple[str, list[str]]]:
    """The site of the facts on a port, with an address of every kind of page that is another without texts."""
    shelf = textless_app.state.collection.shelf()
    report = shelf.of_place("990000")[-1]
    before = shelf.beside(report)[0]
    row = shelf.store.rows(PROMISES, year=before.year, codes=["990000"], most=1)[0]
    one = f"/report/{report.report_id}"
    pages = [one, f"{one}?at={row.start}", f"{one}/beside/{before.report_id}", f"/promise/{row.commitment_id}", "/promises", "/indicators",
             "/search?q=就业", "/terms?words=科技创新&year=2025", "/terms"]  # fmt: skip
    with served(textless_app) as address:
        yield address, pages


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()
