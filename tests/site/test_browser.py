"""A reader's walk with Debian's Chromium, with JavaScript and without."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from duixian.serving.site.shelf import Shelf

pytestmark = pytest.mark.slow


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(request: pytest.FixtureRequest, browser: Any, server: str) -> Iterator[Any]:
    """A fresh page that fails the test on a console error or a request to elsewhere."""
    context = browser.new_context(java_script_enabled=request.param, accept_downloads=True, viewport={"width": 1280, "height": 900})
    found = context.new_page()
    wrong: list[str] = []
    found.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    found.on("pageerror", lambda e: wrong.append(str(e)))
    found.on("request", lambda r: wrong.append(f"foreign {r.url}") if not r.url.startswith((server, "data:")) else None)
    found.scripted = request.param
    yield found
    context.close()
    assert not wrong


def choose(page: Any, name: str, value: str) -> None:
    """Choose in a form: with script it answers at once, without by its button."""
    if page.scripted:
        with page.expect_navigation():
            page.select_option(f"main form select[name={name}]", value)
    else:
        page.select_option(f"main form select[name={name}]", value)
        page.click("main form button:not([hidden])")


def test_walk(page: Any, server: str, tmp_path: Path) -> None:
    page.goto(server)
    choose(page, "year", "2024")
    assert "year=2024" in page.url
    page.click("header nav a >> text=比较")
    choose(page, "year", "2024")
    page.click("thead .sorts a >> nth=0")
    assert "sort=target" in page.url
    assert page.locator("thead th[aria-sort=descending]").count() == 1
    page.click("thead th.stick a")
    first = page.locator("tbody th[scope=row] >> nth=0").inner_text()
    page.click("thead th.stick a")
    assert page.locator("tbody th[scope=row] >> nth=0").inner_text() != first
    page.click("a.pin >> nth=1")
    assert page.locator("tr.pinned").count() == 1
    with page.expect_download() as got:
        page.click(".downloads a >> text=XLSX")
    saved = tmp_path / "table.xlsx"
    got.value.save_as(saved)
    assert zipfile.ZipFile(saved).testzip() is None
    quote = page.locator("a.figure >> nth=0").get_attribute("title")
    page.click("a.figure >> nth=0")
    assert "#at" in page.url
    marked = page.locator("article .spot")
    assert marked.count() >= 1 and marked.first.is_visible()
    box = page.locator("#at").bounding_box()
    assert box is not None and 0 <= box["y"] < 900, "the sentence is on the screen"
    if quote:
        text = "".join("".join(marked.all_inner_texts()).split())
        assert "".join(quote.split()) in text


def test_promise_to_its_place(page: Any, server: str, shelf: Shelf) -> None:
    report = shelf.of_place("990000")[-1]
    before = shelf.beside(report)[0]
    assert before is not None
    page.goto(f"{server}/region/990000?year={before.year}")
    page.click("section[aria-labelledby=account] a:has(.verdict)")
    assert "/promises" in page.url
    page.click("tbody td.text a >> nth=0")
    assert "/promise/" in page.url
    page.click(".trace blockquote a >> nth=0")
    assert f"/report/{before.report_id}" in page.url and page.locator("article .spot").count() >= 1


def test_language_and_search(page: Any, server: str) -> None:
    page.goto(server)
    page.click("a.switch")
    assert page.locator("html").get_attribute("lang") == "en"
    page.fill("header input[type=search]", "就业")
    page.click("header .find button")
    assert "lang=en" in page.url and page.locator(".results > li").count() > 0
    page.click("a.kwic >> nth=0")
    assert page.locator("article .spot").first.is_visible()
    page.click("a.switch")
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_side_by_side_and_terms(page: Any, server: str, shelf: Shelf) -> None:
    page.goto(f"{server}/report/{shelf.of_place('990000')[-1].report_id}")
    page.click("main form.controls a >> text=并排对照 >> nth=0")
    assert "/beside/" in page.url
    page.click("ol.items a >> nth=0")
    assert page.url.endswith("#l1")
    page.goto(f"{server}/terms")
    page.fill("main input[name=words]", "经济,就业")
    page.click("main form button")
    assert page.locator("svg.figure").count() >= 1


def test_keys_and_card(browser: Any, server: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{server}/region/990000?year=2024")
    page.keyboard.press("]")
    page.wait_for_url("**year=2025")
    page.locator("a.figure >> nth=0").hover()
    assert page.locator(".card").is_visible() and page.locator(".card").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator(".card").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_window_and_axe_is_content(browser: Any, server: str, addresses: list[str], width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)  # axe is injected into the page
    page = context.new_page()
    for address in (*addresses, "/nowhere", "/compare?year=soon", "/?lang=en"):
        page.goto(server + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = [v for v in axe.run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, (address, [(v["id"], v["nodes"][0]["html"]) for v in found])
    context.close()


def test_tab_reaches_content_first_by_the_skip_link(browser: Any, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/compare")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_a_long_menu_is_walked_by_keys_and_a_list_is_narrowed(browser: Any, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/?year=2025")
    menu = page.locator("main select[name=indicator]")
    menu.focus()
    before = menu.input_value()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.url.endswith("/?year=2025") and menu.input_value() != before  # nothing is sent on the way
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert f"indicator={page.locator('main select[name=indicator]').input_value()}" in page.url and "year=2025" in page.url
    page.goto(f"{server}/compare?year=2025")
    page.click("details.choose summary")
    count = page.locator("#checks label:visible").count()
    page.fill("input.narrow", "就业")
    assert 0 < page.locator("#checks label:visible").count() < count
    page.fill("input[name=add]", "粮食产量")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("thead th >> text=粮食产量").count() == 1
    page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_without_texts_are_as_good(browser: Any, textless_server: tuple[str, list[str]], width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    server, addresses = textless_server
    for address in addresses:
        page.goto(server + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = [v for v in axe.run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, (address, [(v["id"], v["nodes"][0]["html"]) for v in found])
    context.close()
