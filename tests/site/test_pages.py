from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from duixian.ledger import Corrections, default_url
from duixian.model import Cell
from duixian.serving.site.app import addresses as every_address
from duixian.serving.site.app import create_app
from duixian.serving.site.codebook import column_note, table_note
from duixian.serving.site.pages import ROUTES
from duixian.serving.site.shelf import Shelf
from duixian.serving.site.words import words
from duixian.store import EXPORTED, TABLES, build

# What would need an inline policy. Matches 'style="', 'onclick="', "<script>"; not '<script src="', 'class="style"'.
INLINE = re.compile(r"""\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|<style|javascript:""")
# An address elsewhere that a page would load. Matches 'src="https://x'; not 'href="/x"', the SVG namespace.
FOREIGN = re.compile(r"""(?:src|href|action)="(?:https?:)?//(?!www\.w3\.org)""")
HOSTILE = (
    "'",
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "'; DROP TABLE reports; --",
    "../../etc/passwd",
    "{{7*7}}",
    "%00",
    "\x00",
    "\u202e\ufeff",
    "=cmd|' /C calc'!A0",
    "9" * 30,
    "甲" * 399,
    "甲" * 401,
    "((((((((",
    "*",
    "a" * 50 + "*" * 30,
)


def test_every_page_answers_in_both_languages_without_inline_code(client: Any, addresses: list[str]) -> None:
    for address in addresses:
        for lang in ("zh", "en"):
            response = client.get(address, params={"lang": lang}) if "?" not in address else client.get(f"{address}&lang={lang}")
            assert response.status_code == 200, address
            assert not INLINE.search(response.text), (address, INLINE.search(response.text))
            assert not FOREIGN.search(response.text), (address, FOREIGN.search(response.text))
            assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in response.text


def test_every_declared_address_is_walked(addresses: list[str]) -> None:
    walked = {a.split("?")[0] for a in addresses}
    for route in ROUTES:
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route.address)) + r"\Z")
        assert any(pattern.match(a) for a in walked), route.address


def test_downloads_hold_what_the_page_is_about(client: Any, addresses: list[str]) -> None:
    downloads = [r.address for r in ROUTES if r.downloads]
    for address in addresses:
        path, _, query = address.partition("?")
        query = "&".join(q for q in query.split("&") if q)
        matched = [a for a in downloads if re.match(re.sub(r"\{\w+\}", "[^/]+", a) + r"\Z", path)]
        if not matched:
            continue
        base = "/home" if path == "/" else path
        rows = client.get(f"{base}.json?{query}")
        assert rows.status_code == 200 and isinstance(rows.json(), list), address
        sheet = client.get(f"{base}.csv?{query}")
        assert sheet.content.startswith(b"\xef\xbb\xbf"), address
        assert len(list(csv.reader(io.StringIO(sheet.text)))) == len(rows.json()) + 1, address
        book = client.get(f"{base}.xlsx?{query}")
        assert zipfile.ZipFile(io.BytesIO(book.content)).testzip() is None, address
        assert "attachment" in book.headers["content-disposition"]


def test_charts_are_drawings_and_pictures(client: Any) -> None:
    for address in ("/home", "/region/990000", "/indicator/gdp.growth", "/search", "/terms"):
        query = {"/search": "q=就业", "/terms": "words=经济,就业&year=2025"}.get(address, "")
        drawn = client.get(f"{address}.svg?{query}")
        assert drawn.status_code == 200 and "<svg" in drawn.text and "style=" not in drawn.text
        picture = client.get(f"{address}.png?{query}")
        assert picture.content.startswith(b"\x89PNG"), address
        assert len(picture.content) > 4000, address  # an empty picture is smaller


def test_a_level_without_reports_has_its_pages(client: Any) -> None:
    for address in (
        "/compare",
        "/promises",
        "/indicator/gdp.growth",
        "/terms?words=经济",
        "/search?q=经济",
        "/data/coverage",
        "/data/gaps",
    ):
        response = client.get(address, params={"level": "national"}) if "?" not in address else client.get(f"{address}&level=national")
        assert response.status_code == 200, address


def test_headers_are_strict_everywhere(client: Any) -> None:
    for address in ("/", "/nowhere", "/static/site.css", "/compare?year=soon", "/openapi.json", "/compare.csv"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"], address
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_read_only(client: Any) -> None:
    for method in ("post", "put", "delete", "patch"):
        response = getattr(client, method)("/compare")
        assert response.status_code == 405
    assert client.head("/compare").status_code == 200


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/compare?year=soon", "1949"),
        ("/compare?year=٢٠٢٥", "1949"),
        ("/compare?level=village", "province"),
        ("/compare?indicator=happiness", "/indicators"),
        ("/compare?colour=red", "indicator"),
        ("/compare?page=0", "1000"),
        ("/?lang=fr", "zh, en"),
        ("/promises?region=火星", "六位代码"),
        ("/promises?verdict=excellent", "carried_over"),
        ("/search?q=((", ""),
        ("/search?q=>3", "indicator"),
        ("/search?year=2020..2025", "2020-2025"),
        ("/terms?words=a,b,c,d,e,f,g", "6"),
        ("/report/000000000000?at=-1", "100000000"),
    ],
)
def test_malformed_parameters_say_what_is_allowed(client: Any, address: str, allowed: str) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    if response.status_code == 400:
        assert allowed in response.text
    told = client.get(address.replace("?", ".json?")).json() if not address.startswith("/?") else {"error": {"status": 400}}
    assert told["error"]["status"] == response.status_code


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_of_every_parameter(client: Any, value: str) -> None:
    for route in ROUTES:
        path = re.sub(r"\{\w+\}", "000000", route.address)
        for name in (*route.parameters, "lang", "unknown"):
            response = client.get(path, params={name: value})
            assert response.status_code in (200, 400, 404), (path, name, value)
            assert "<script>alert" not in response.text and "<img src=x" not in response.text


def test_hostile_parts_of_addresses(client: Any) -> None:
    from urllib.parse import quote

    for value in HOSTILE:
        for stem in ("/region/", "/report/", "/promise/", "/indicator/"):
            response = client.get(stem + quote(value, safe=""))
            assert response.status_code in (400, 404), (stem, value)
            assert "<script>alert" not in response.text


def test_a_figure_leads_to_its_sentence_marked(client: Any, shelf: Shelf) -> None:
    panel = shelf.store.panel(codes=["990000"])
    for m in [m for m in panel if m.low is not None][:6]:
        page = client.get(f"/report/{m.report_id}?at={m.start}")
        marked = "".join(re.findall(r'<(?:a|span) class="[^"]*\bspot\b[^"]*"[^>]*>([^<]*)<', page.text))
        assert "".join(m.quote.split()) in "".join(marked.split()), m.quote
        assert 'id="at"' in page.text


def test_changed_language_keeps_the_address(client: Any) -> None:
    page = client.get("/compare?year=2025&level=prefecture").text
    assert "/compare?year=2025&amp;level=prefecture&amp;lang=en" in page


def test_formulas_in_data_files_are_text(client: Any, store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.store"
    shutil.copytree(store, copy)
    Corrections(default_url(copy)).add(
        Cell("990000", 2025, "gdp.growth", "target"), "value", reason="=HYPERLINK(1)", author="+1+1", low=6.0, unit="%", comparator="="
    )
    with TestClient(create_app(copy), base_url="http://localhost") as client:
        rows = list(csv.reader(io.StringIO(client.get("/data/corrections.csv").text)))
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row if len(cell) > 1)
        sheet = zipfile.ZipFile(io.BytesIO(client.get("/data/corrections.xlsx").content)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet


def test_a_correction_shows_at_once(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.store"
    shutil.copytree(store, copy)
    with TestClient(create_app(copy), base_url="http://localhost") as client:
        before = client.get("/region/990000?year=2025")
        ledger = Corrections(default_url(copy))
        made = ledger.add(
            Cell("990000", 2025, "gdp.growth", "target"), "value", reason="看错", author="某", low=61.5, unit="%", comparator="="
        )
        after = client.get("/region/990000?year=2025", headers={"if-none-match": before.headers["etag"]})
        assert after.status_code == 200 and "61.5%" in after.text and "61.5%" not in before.text
        ledger.undo(made.correction_id)
        assert "61.5%" not in client.get("/region/990000?year=2025").text


def test_addresses_survive_a_rebuild(samples: Path, store: Path, tmp_path: Path, addresses: list[str], client: Any) -> None:
    again = tmp_path / "again.store"
    build([samples], again)
    with TestClient(create_app(again), base_url="http://localhost") as other:
        for address in addresses:
            if address.startswith(("/report/", "/promise/", "/region/")):
                old, new = client.get(address), other.get(address)
                assert new.status_code == 200, address
                assert old.text == new.text, address


def test_unchanged_pages_are_not_sent_again(client: Any) -> None:
    first = client.get("/compare")
    assert client.get("/compare", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert client.get("/compare?lang=en", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_new_generation_is_shown_without_restart(samples: Path, tmp_path: Path) -> None:
    folder, inputs = tmp_path / "s.store", tmp_path / "in"
    inputs.mkdir()
    shutil.copy(samples / "澜州省" / "2023.md", inputs / "a.md")
    build([inputs], folder)
    with TestClient(create_app(folder), base_url="http://localhost") as client:
        assert len(client.get("/data/coverage.json").json()) == 1
        shutil.copy(samples / "澜州省" / "2024.md", inputs / "b.md")
        build([inputs], folder)
        assert len(client.get("/data/coverage.json").json()) == 2


def test_an_empty_store_has_helpful_pages(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "note.txt").write_text("今天天气很好，没有报告。", encoding="utf-8")
    build([inputs], tmp_path / "s.store")
    with TestClient(create_app(tmp_path / "s.store"), base_url="http://localhost") as client:
        for route in ROUTES:
            if "{" not in route.address:
                assert client.get(route.address).status_code == 200, route.address
        assert client.get("/search?q=经济").status_code == 200
        assert client.get("/terms?words=经济").status_code == 200


def test_words_stand_in_both_languages() -> None:
    zh, en = words("zh"), words("en")
    assert zh.keys() == en.keys()
    assert all(zh.values()) and all(en.values())


def test_every_column_is_in_the_codebook() -> None:
    import dataclasses

    for table in EXPORTED:
        assert all(table_note(table)), table
        for field in dataclasses.fields(TABLES[table]):
            assert all(column_note(field.name)), (table, field.name)


def test_the_description_names_every_address(client: Any) -> None:
    described = json.loads(client.get("/openapi.json").text)
    assert set(described["paths"]) == {address for address, _, _ in every_address()}
    ids = [operation["get"]["operationId"] for operation in described["paths"].values()]
    assert len(ids) == len(set(ids))


def test_the_reason_of_an_answer_is_in_the_language_asked_for(client: Any) -> None:
    rows = [r for r in client.get("/promises.json").json() if r["verdict"]]
    told = {lang: [a["reason"] for r in rows[:20] for a in client.get(f"/promise/{r['commitment_id']}.json?lang={lang}").json()]
            for lang in ("zh", "en")}  # fmt: skip
    assert any("against" in reason for reason in told["en"])
    assert told["zh"] and not any(word in reason for reason in told["zh"] for word in ("against", "nothing", "only"))
