"""Menus of indicators, and messages in the language of the page."""

from __future__ import annotations

import re
from typing import Any

import pytest

from duixian.analysing.labels import in_language, labels
from duixian.registry.indicators import indicator_table
from duixian.registry.regions import regions
from duixian.serving.site.pages.choosing import named
from duixian.serving.site.pages.shared import called, codes_named
from duixian.serving.site.params import BadParameterError


@pytest.mark.parametrize("message", labels(), ids=lambda m: m.pattern.pattern[:40])
def test_each_message_takes_what_it_should_alone(message: Any) -> None:
    assert message.pattern.fullmatch(message.like)
    assert not message.pattern.fullmatch(message.unlike)
    said = in_language(message.like, "zh")
    assert re.search("[\u4e00-\u9fff]", said) and "\\" not in said
    assert in_language(message.like, "en") == message.like


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=((", "/search?q=甲)", "/search?q=NOT 甲", "/search?q=甲 OR", "/search?q=OR 甲", "/search?q=*",
        '/search?q="甲', "/search?q=indicator:tea", "/search?q=甲 year:soon", "/search?q=甲 region:火星",
        "/search?q=甲 level:village", "/search?q=甲 role:a", "/compare?year=soon", "/compare?page=0",
        "/compare?indicator=tea", "/compare?pin=1", "/compare?add=甲乙", "/promises?region=火星",
        "/terms?words=a,b,c,d,e,f,g", "/terms?words=*", "/search?year=x", "/nowhere", "/report/0",
        "/indicator/tea.level", "/promise/0",
    ],
)  # fmt: skip
def test_errors_speak_the_language_of_the_page(client: Any, address: str) -> None:
    page = client.get(address)
    assert page.status_code in (400, 404)
    said = re.search(r"<main.*?<ul", page.text, re.DOTALL)
    assert said is not None
    words = re.sub(r"<[^>]+>|/\w+", " ", said[0].replace("&#39;", "'"))
    told = re.findall(r"\b(?:is|are|not|no|the|word|place|known|this|only)\b", words)
    assert not told, words


def test_menus_hold_what_the_store_holds_by_field(client: Any, shelf: Any) -> None:
    page = client.get("/").text
    menu = page[page.index('name="indicator"') : page.index("</select>", page.index('name="indicator"'))]
    ids = re.findall(r'value="([\w.]+)"', menu)
    assert set(ids) == set(shelf.stated) | {"gdp.growth"}
    assert menu.index("主要指标") < menu.index('value="gdp.growth"')
    headline = [i for i in ids if indicator_table().indicators[i].headline]
    assert ids[: len(headline)] == headline


def test_a_column_is_added_by_name(client: Any) -> None:
    page = client.get("/compare?indicator=gdp.growth&add=粮食产量")
    assert page.status_code == 200 and "by=grain.level" in page.text and "by=gdp.growth" in page.text
    several = client.get("/compare?add=工业")
    assert several.status_code == 400 and "规模以上工业增加值增速" in several.text


def test_indicators_are_found_by_what_people_call_them(client: Any) -> None:
    assert [i.id for i in named("gdp.growth")] == ["gdp.growth"]
    assert {"retail.growth", "retail.level"} <= {i.id for i in named("社零总额")}
    assert named("鱼丸") == [] == named(" ")
    rows = client.get("/indicators.json?q=社零").json()
    assert {r["indicator"] for r in rows} >= {"retail.growth"} and len(rows) < 10
    assert {r["domain"] for r in client.get("/indicators.json?domain=trade").json()} == {"trade"}
    assert "没有符合条件" in client.get("/indicators?q=鱼丸").text


def test_every_scored_layer_has_its_name_in_both_languages(client: Any) -> None:
    zh, en = (client.get(f"/data/quality?lang={lang}").text for lang in ("zh", "en"))
    layers = {row["layer"] for row in client.get("/data/quality.json").json()}
    assert layers
    for layer in layers:
        assert layer not in re.sub(r"<[^>]+>", "\n", zh).split("\n"), layer
    assert "values: number and unit" in en


def test_no_page_shows_the_insides_of_the_program(client: Any, addresses: list[str]) -> None:
    """A word whose key is also the name of a method (copy, items) would come out as that method."""
    for address in addresses:
        page = client.get(address).text
        assert not re.search(r"built-in method|mappingproxy|object at 0x|\bNone\b|\[\]|\{\}", re.sub(r"<[^>]*>", " ", page)), address


def test_lines_about_a_file_are_not_its_text(client: Any, shelf: Any) -> None:
    from duixian.serving.site.marking import front_matter

    assert front_matter("---\ntitle: 甲\nsource: x\n---\n正文") == len("---\ntitle: 甲\nsource: x\n---\n")
    assert front_matter("---\n正文\n---\n") == front_matter("正文\n---\ntitle: 甲\n---\n") == 0
    reports = [r for r in shelf.reports if front_matter(shelf.store.text(r.source, r.start, r.end))]
    assert reports
    for report in reports[:3]:
        page = client.get(f"/report/{report.report_id}").text
        article = re.sub(r"<[^>]+>", "", page[page.index("<article") : page.index("</article>")])
        assert "---" not in article and "url:" not in article
        text = shelf.store.text(report.source, report.start, report.end)
        assert text[-30:].strip().replace("\n", "")[-10:] in article.replace("\n", "")


def test_pages_share_how_places_are_called() -> None:
    province = next(iter(regions().provinces(2025)))
    assert called(province.region_id) == called(province.region_id, 2025) == regions().short_name(province)
    assert called("999999") == "999999"
    assert codes_named("") is None
    assert province.region_id in (codes_named(province.full_name) or ())
    assert codes_named(province.code) == [province.region_id]
    with pytest.raises(BadParameterError):
        codes_named("火星")
