"""The site over a store of the project's samples, by a client inside the process and by a real server with a browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from duixian.serving.site.app import create_app
from duixian.serving.site.shelf import Shelf
from duixian.store import build

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


@pytest.fixture(scope="session")
def server(app: Starlette) -> Iterator[str]:
    """The site on a port of this machine."""
    import uvicorn

    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(5)


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
