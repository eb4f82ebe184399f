"""The site over a store of facts: figures with their places, no sentence; with a text added, the sentence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from duixian.facts.loading import own_store, refill
from duixian.serving.site.app import create_app
from duixian.serving.site.pages import ROUTES
from duixian.serving.site.shelf import Shelf
from duixian.store import build
from duixian.store.site_queries import PROMISES


@pytest.fixture(scope="module")
def textless(textless_app: Starlette) -> Iterator[tuple[Any, Shelf]]:
    """A client of its site, and what it holds."""
    from starlette.testclient import TestClient

    with TestClient(textless_app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client, textless_app.state.collection.shelf()


def test_every_page_answers_without_texts(textless: tuple[Any, Shelf]) -> None:
    client, _ = textless
    for route in ROUTES:
        if "{" not in route.address:
            assert client.get(route.address).status_code == 200, route.address
    assert client.get("/search?q=就业").status_code == 200


def test_a_report_shows_its_figures_with_their_places_and_how_to_add_the_text(textless: tuple[Any, Shelf], facts_store: Path) -> None:
    client, shelf = textless
    report = shelf.of_place("990000")[-1]
    for lang in ("zh", "en"):
        page = client.get(f"/report/{report.report_id}?lang={lang}")
        assert page.status_code == 200
        assert f"-o {facts_store}" in page.text and report.source in page.text
    for m in [m for m in shelf.store.panel(codes=["990000"]) if m.report_id == report.report_id][:5]:
        assert f"{m.start}–{m.end}" in page.text
        at = client.get(f"/report/{report.report_id}?at={m.start}").text
        marked = re.search(r'<figure class="spot" id="at">.*?</figure>', at, re.DOTALL)
        assert marked and f"{report.source} {m.start}–" in marked[0] and f"/indicator/{m.indicator}" in marked[0]
    rows = client.get(f"/report/{report.report_id}.json").json()
    assert rows and all(r["start"] < r["end"] for r in rows)


def test_a_promise_shows_its_figure_and_where_the_answer_stands(textless: tuple[Any, Shelf]) -> None:
    client, shelf = textless
    before = shelf.beside(shelf.of_place("990000")[-1])[0]
    assert before is not None
    rows = shelf.store.rows(PROMISES, year=before.year, codes=["990000"], most=100)
    for row in [*[r for r in rows if r.answer][:2], *[r for r in rows if not r.answer][:1]]:
        page = client.get(f"/promise/{row.commitment_id}")
        assert page.status_code == 200 and f"{row.start}–{row.end}" in page.text


def test_side_by_side_says_that_it_needs_the_texts(textless: tuple[Any, Shelf]) -> None:
    client, shelf = textless
    report = shelf.of_place("990000")[-1]
    before = shelf.beside(report)[0]
    assert before is not None
    address = f"/report/{report.report_id}/beside/{before.report_id}"
    page = client.get(address)
    assert page.status_code == 200 and "duixian build" in page.text
    assert client.get(f"{address}.json").status_code == 404  # no empty table that looks like an answer


def test_counts_of_listed_words_are_those_of_the_texts(textless: tuple[Any, Shelf], client: Any) -> None:
    without, _ = textless
    for query in ("words=科技创新,数字经济", "words=乡村振兴&level=province", "words=科技创新&region=990000&year=2025"):
        found, told = (c.get(f"/terms.json?{query}").json() for c in (without, client))
        assert found and any(row["count"] for row in found)
        for row in (*found, *told):
            del row["base"], row["rate"]  # without the text its blanks and line breaks are not known
        assert found == told
    assert "这次只数了" not in without.get("/terms?words=科技创新").text
    assert "这次只数了" in without.get("/terms?words=科技创新啊").text


def test_an_added_text_brings_its_sentences(facts_store: Path, samples: Path, tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    copy = tmp_path / "copy.store"
    shutil.copytree(facts_store, copy)
    build([samples / "澜州省"], own_store(copy), workers=1)
    assert refill(copy).linked
    app = create_app(copy)
    shelf = app.state.collection.shelf()
    with TestClient(app, base_url="http://localhost") as client:
        report = shelf.at("990000", 2024)
        assert report is not None and shelf.has_text(report) and 0 < shelf.with_text < len(shelf.reports)
        page = client.get(f"/report/{report.report_id}").text
        assert '<nav class="outline"' in page and "duixian build" not in page
        found = client.get("/search?q=就业").text
        assert f"/report/{report.report_id}" in found and 'class="notice"' in found
