"""Whose report it is and for which year: from the body, whatever the hints say."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from speech import body, report

from duixian.model import Hints
from duixian.reading.identity import identify
from duixian.reading.pieces import Identity
from duixian.reading.repair import repair
from duixian.reading.split import split
from duixian.registry.regions import regions


def _identity(text: str, hints: Hints | None = None) -> Identity:
    copy = repair(text)
    found = identify(copy, 0, len(copy.text), hints or Hints())
    assert found is not None
    return found


def _ningbo(head: list[str], year: int = 2031) -> str:
    return report(head, "市人民政府", "全市", "宁波", "海曙、江北、镇海、余姚、慈溪", year)


def test_session_line_tells_all() -> None:
    found = _identity(_ningbo(["政府工作报告", "——2031年1月9日在宁波市第十九届人民代表大会第三次会议上", "宁波市市长 齐 云"]))
    assert (found.region, found.region_code, found.level, found.year, found.session) == ("宁波市", "330200", "prefecture", 2031, "19.3")
    assert (found.delivered, found.speaker, found.speaker_title, found.kind) == ("2031-01-09", "齐云", "市长", "full")
    assert (found.plan_from, found.plan_to, found.flags) == (2031, 2031, ())


def test_a_report_without_its_head_is_told_by_its_body() -> None:
    found = _identity(_ningbo([]))
    assert (found.region_code, found.year, found.delivered, found.speaker) == ("330200", 2031, None, None)
    assert "no_header" in found.flags
    assert any("宁波×" in reason for reason in found.reasons)


def test_without_head_and_greeting() -> None:
    text = "\n\n".join(body("全州", "恩施", "利川、建始、巴东、宣恩", 2031))
    found = _identity(text)
    assert (found.region, found.level, found.year) == ("恩施土家族苗族自治州", "prefecture", 2031)


@pytest.mark.parametrize(
    ("head", "office", "own", "short", "below", "region", "code", "level"),
    [
        (
            "——2021年1月9日在自治区第十三届人民代表大会第四次会议上",
            "自治区人民政府",
            "全区",
            "广西",
            "南宁、柳州、桂林",
            "广西壮族自治区",
            "450000",
            "province",
        ),
        (
            "——2021年1月9日在东丽区第十七届人民代表大会第七次会议上",
            "区人民政府",
            "全区",
            "东丽",
            "金钟、军粮城",
            "天津市东丽区",
            "120110",
            "county",
        ),
        ("——2021年1月9日在天门市第八届人民代表大会第六次会议上", "市人民政府", "全市", "天门", "岳口、皂市", "天门市", "429006", "county"),
        ("——2021年3月5日在第十三届全国人民代表大会第四次会议上", "国务院", "全国", "我国", "各地", "全国", "100000", "national"),
        (
            "——2021年1月9日在凉山州第十一届人民代表大会第八次会议上",
            "州人民政府",
            "全州",
            "凉山",
            "西昌、会理",
            "凉山彝族自治州",
            "513400",
            "prefecture",
        ),
    ],
)
def test_places_of_all_kinds(head: str, office: str, own: str, short: str, below: str, region: str, code: str, level: str) -> None:
    found = _identity(report([head], office, own, short, below, 2021))
    assert (found.region, found.region_code, found.level) == (region, code, level)


@pytest.mark.parametrize("year", [1995, 2008, 2021])
def test_any_place_of_the_table_is_told_by_its_session(year: int) -> None:
    table = regions()
    places = [r for r in table if r.valid_in(year) and r.level != "national"]
    for region in Random(year).sample(places, 40):
        kind = "州" if region.name.endswith("自治州") else region.name[-1]
        city = "、".join(table.short_name(r) for r in table.ancestors(region, year)[:1])
        head = [f"——{year}年1月9日在{region.name}第十四届人民代表大会第三次会议上"]
        found = _identity(report(head, f"{kind}人民政府", f"全{kind}", table.short_name(region), city, year))
        assert (found.region_code, found.year, found.level) == (region.code, year, region.level)


def test_the_code_is_the_one_of_the_year() -> None:
    text = report(["——2006年1月9日在襄樊市第十四届人民代表大会第四次会议上"], "市人民政府", "全市", "襄樊", "枣阳、宜城", 2006)
    found = _identity(text)
    assert (found.region, found.year) == ("襄樊市", 2006)
    now = _identity(text.replace("襄樊", "襄阳").replace("2006", "2016").replace("2005", "2015"))
    assert found.region_id == now.region_id


def test_hints_never_overrule_the_body_and_raise_flags() -> None:
    text = _ningbo(["2033年宁波市政府工作报告", "——2031年1月9日在宁波市第十九届人民代表大会第三次会议上"])
    found = _identity(text, Hints(path=("江苏省", "2029"), title="2028年江苏省政府工作报告", region="江苏省", year="2029"))
    assert (found.region, found.year) == ("宁波市", 2031)
    assert {"title_year_differs", "path_year_differs", "path_region_differs"} <= set(found.flags)


def test_hints_fill_what_the_body_leaves_open() -> None:
    text = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n" + "我们克服了许多困难，取得了新的成绩。\n" * 80
    copy = repair(text)
    assert identify(copy, 0, len(copy.text), Hints()) is None
    found = _identity(text, Hints(path=("宁波市", "2019")))
    assert (found.region_code, found.year) == ("330200", 2019)


def test_a_slip_in_the_head_is_corrected_by_the_body() -> None:
    found = _identity(_ningbo(["——2031年1月9日在台州市第九届人民代表大会第三次会议上"]))
    assert found.region == "宁波市"
    assert found.reasons[0].startswith("body, against 台州市")


def test_a_day_without_its_year() -> None:
    assert _identity(_ningbo(["2031年宁波市政府工作报告", "（1月9日在宁波市第十九届人民代表大会第三次会议上）"])).delivered == "2031-01-09"
    assert _identity(_ningbo(["——12月28日在宁波市第十九届人民代表大会第三次会议上"])).delivered == "2030-12-28"
    assert _identity(_ningbo(["在宁波市第十九届人民代表大会第三次会议上", "（2031.1.9）"])).delivered == "2031-01-09"


def test_places_of_one_name_are_told_apart_by_their_city() -> None:
    head = ["——2021年1月9日在鼓楼区第十八届人民代表大会第五次会议上"]
    for city, code in (("南京", "320106"), ("福州", "350102"), ("徐州", "320302")):
        text = report(head, "区人民政府", "全区", "鼓楼", f"{city}主城", 2021)
        assert _identity(text).region_code == code


def test_names_that_many_cities_use_need_their_city() -> None:
    head = ["——2021年1月9日在市中区第十八届人民代表大会第五次会议上"]
    found = _identity(report(head, "区人民政府", "全区", "市中", "济南主城", 2021))
    assert found.region == "济南市市中区"


def test_a_town_is_below_the_table() -> None:
    text = report(["——2021年1月9日在大河镇第十八届人民代表大会第五次会议上"], "镇人民政府", "全镇", "大河", "河东村、河西村", 2021)
    copy = repair(text)
    assert identify(copy, 0, len(copy.text), Hints()) is None


def test_a_december_speech_is_for_the_next_year() -> None:
    found = _identity(_ningbo(["——2030年12月28日在宁波市第十九届人民代表大会第三次会议上"]))
    assert (found.year, found.delivered) == (2031, "2030-12-28")


def test_a_replaced_year_word_is_flagged() -> None:
    text = _ningbo(["——2031年1月9日在宁波市第十九届人民代表大会第三次会议上"]).replace("今年", "2031年")
    text = text.replace("一年来，", "2031年以来，我们")
    assert "year_word_replaced" in _identity(text).flags


def test_a_broken_off_report_is_flagged() -> None:
    text = _ningbo(["——2031年1月9日在宁波市第十九届人民代表大会第三次会议上"])
    assert "truncated" in _identity(text[: len(text) - 120].rstrip("。！，")).flags
    assert "truncated" not in _identity(text).flags


def test_web_noise_is_flagged() -> None:
    text = _ningbo(["当前位置：首页", "来源：宁波日报", "——2031年1月9日在宁波市第十九届人民代表大会第三次会议上"])
    assert "web_noise" in _identity(text).flags


def test_full_width_digits_and_han_years() -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    assert _identity(_ningbo([]).translate(wide)).year == 2031
    han = str.maketrans("0123456789", "〇一二三四五六七八九")
    assert _identity(report([], "省人民政府", "全省", "浙江", "杭州、宁波、温州", 1990).translate(han)).year == 1990


def test_a_plan_report_covers_its_plan() -> None:
    text = report([], "省人民政府", "全省", "浙江", "杭州、宁波、温州", 2006)
    text = text.replace("向大会报告工作", "向大会作关于浙江省国民经济和社会发展第十一个五年规划纲要的报告")
    found = _identity(text)
    assert (found.year, found.plan_from, found.plan_to) == (2006, 2006, 2010)


def test_the_samples_are_told_like_any_place(samples: Path) -> None:
    truth = [
        json.loads(line)
        for line in (Path(__file__).parent.parent / "sample_truth" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for source in sorted({row["source"] for row in truth if not row["source"].endswith(".csv")}):
        copy = repair((samples / source).read_text(encoding="utf-8"))
        pieces = [piece for piece in split(copy, Hints()) if piece.reason is None]
        found = [identify(copy, piece.start, piece.end, Hints()) for piece in pieces]
        told = {(i.region, i.region_code, i.year, i.level, i.delivered, i.speaker, i.kind) for i in found if i and i.sample}
        fields = ("region", "region_code", "year", "level", "delivered", "speaker", "kind")
        assert told == {tuple(row[f] for f in fields) for row in truth if row["source"] == source}, source


@pytest.mark.shared
def test_gold_reports_are_told_from_their_text(shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "gold" / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    plain = [row for row in rows if row["source"].endswith(".md")]
    for row in plain:
        path = next((shared / "corpus").rglob(row["source"]))
        copy = repair(path.read_text(encoding="utf-8"))
        found = identify(copy, 0, len(copy.text), Hints())
        assert found is not None
        assert (found.region_code, found.year, found.level, found.kind) == (row["region_code"], row["year"], row["level"], row["kind"])
        assert row["speaker"] is None or row["speaker"] == found.speaker
        assert row["delivered"] is None or row["delivered"] == found.delivered
