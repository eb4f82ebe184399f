"""Make the README's pictures of the site: python tools/site_pictures.py [--store STORE]; needs the extra site-tests, Chromium and Pillow.

Pages with text are taken from a store of the project's samples; --store gives a store of real reports for the pages that show figures only.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from duixian.serving.site.app import create_app
from duixian.serving.site.shelf import Shelf
from duixian.store import build

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "img"
WIDTH, HEIGHT = 1280, 860
COLOURS = 64


@contextmanager
def served(store: Path) -> Iterator[tuple[str, Shelf]]:
    """The site of a store on a port of this machine."""
    app = create_app(store)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", app.state.collection.shelf()
    server.should_exit = True
    thread.join(5)


def take(page: Any, address: str, name: str) -> None:
    """One picture, with few colours so that it stays small."""
    page.goto(address)
    path = OUT / f"{name}.png"
    page.screenshot(path=str(path))
    Image.open(path).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="real reports, for the pages that show figures only")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        sample = Path(folder) / "sample.store"
        build([ROOT / "samples"], sample)
        browser = running.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        with served(given.store or sample) as (base, _):
            take(page, f"{base}/", "home")
            take(page, f"{base}/compare?year=2025", "compare")
        with served(sample) as (base, shelf):
            report = shelf.of_place("990000")[-1]
            figure = next(m for m in shelf.store.panel(codes=["990000"]) if m.report_id == report.report_id and m.role == "actual")
            take(page, f"{base}/region/990000?year=2024", "region")
            take(page, f"{base}/report/{report.report_id}?at={figure.start}#at", "report")
            take(page, f"{base}/promises?region=990000&year=2024", "promises")
        browser.close()


if __name__ == "__main__":
    main()
