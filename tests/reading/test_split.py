"""Compilations and lists are cut into their reports; what is no report is refused with a reason."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech import body, report

from duixian.model import Hints
from duixian.reading.identity import identify
from duixian.reading.repair import repair
from duixian.reading.split import split

PLACES = (
    ("宁波市", "市人民政府", "全市", "宁波", "海曙、江北、镇海"),
    ("浙江省", "省人民政府", "全省", "浙江", "杭州、宁波、温州"),
    ("广西壮族自治区", "自治区人民政府", "全区", "广西", "南宁、柳州、桂林"),
    ("天门市", "市人民政府", "全市", "天门", "岳口、皂市"),
)
NEWS = "近日，某开发区举行项目签约仪式，多家企业代表到场。签约现场气氛热烈，双方表示将以此为契机深化合作，推动产业链上下游协同。" * 5
BOILERPLATE = "有想补充的信息？点我投稿\n共 12 页\n·联系我们\n·企业入驻\n投稿须知\n" + "我们将按照栏目标准对稿件进行取舍。\n" * 20


def _report(n: int, year: int, titles: int = 1) -> str:
    name, office, own, short, below = PLACES[n % len(PLACES)]
    head = [f"——{year}年1月{n + 8}日在{name}第十四届人民代表大会第三次会议上", "齐云"]
    return report([f"{year}年{name}政府工作报告"] * titles + head, office, own, short, below, year)


def _told(text: str) -> tuple[list[tuple[str, int]], list[str]]:
    copy = repair(text)
    pieces = split(copy, Hints())
    assert pieces[0].start == 0
    assert pieces[-1].end == len(copy.text)
    assert all(a.end == b.start for a, b in pairwise(pieces))
    found = [identify(copy, p.start, p.end, Hints()) for p in pieces if p.reason is None]
    return [(i.region, i.year) for i in found if i], [p.reason for p in pieces if p.reason]


def test_one_report_is_one_piece() -> None:
    assert _told(_report(0, 2031)) == ([("宁波市", 2031)], [])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(2001, 2030)), min_size=2, max_size=5, unique=True), st.integers(0, 2))
@settings(max_examples=25, deadline=None)
def test_a_compilation_is_cut_at_every_head(items: list[tuple[int, int]], titles: int) -> None:
    text = "\n\n".join(_report(n, year, titles) for n, year in items)
    assert _told(text) == ([(PLACES[n][0], year) for n, year in items], [])


def test_a_contents_page_is_refused() -> None:
    lines = "\n".join(f"【第{'一二三四'[n]}篇】{PLACES[n][0]}政府工作报告(全文)......{n * 20 + 3}" for n in range(4))
    text = f"各地政府工作报告合集\n目录\n{lines}\n\n" + "\n\n".join(
        f"【第{'一二三四'[n]}篇】{PLACES[n][0]}政府工作报告(全文)\n\n" + _report(n, 2031, 0) for n in range(4)
    )
    reports, reasons = _told(text)
    assert reports == [(name, 2031) for name, *_ in PLACES]
    assert reasons == ["contents page"]


def _list_of_lines() -> str:
    items = [f"• 【招商】2031年{PLACES[n][0]}政府工作报告\n" + _report(n, 2031, 0).replace("\n\n", " ") for n in range(3)]
    news = [f"• 【招商】第{n}场签约仪式带动区域发展再上新台阶\n{NEWS}" for n in range(2)]
    return "\n2031-07-09\n".join([items[0], items[1], news[0], items[2], news[1]]) + "\n2031-07-09\n" + BOILERPLATE


def test_a_list_of_one_line_texts_with_news_and_boilerplate() -> None:
    reports, reasons = _told(_list_of_lines())
    assert reports == [(PLACES[n][0], 2031) for n in range(3)]
    assert reasons == ["news item", "news item", "boilerplate"]


def test_an_annex_stays_with_its_report() -> None:
    text = _report(0, 2031) + "\n\n附件1\n\n名词解释\n\n" + "1.某某行动：指为提升服务效能开展的专项工作。\n" * 40 + "\n2031-07-09\n联系我们"
    assert _told(text) == ([("宁波市", 2031)], [])


def test_mentions_and_echoes_of_a_session_open_no_report() -> None:
    text = _report(0, 2031).replace("二、2031年重点工作", "市十四届人大一次会议以来，我们办了很多实事。\n\n二、2031年重点工作")
    echo = text + "\n\n——2031年1月8日在宁波市第十四届人民代表大会第三次会议上"
    assert _told(echo) == ([("宁波市", 2031)], [])


def test_an_abstract_in_a_list_is_a_report_of_its_own() -> None:
    abstract = "2031年天门市政府工作报告（摘要）\n\n" + "\n\n".join(body("全市", "天门", "岳口、皂市", 2031, paragraphs=12)[:-1])
    reports, _ = _told(_report(1, 2031) + "\n\n" + abstract)
    assert reports == [("浙江省", 2031), ("天门市", 2031)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("望江市2030年国民经济和社会发展统计公报\n\n" + "初步核算，全年地区生产总值增长5.1%。\n" * 200, "statistical communiqué"),
        ("望江市国民经济和社会发展第十五个五年规划纲要\n\n" + "到2030年，现代化建设取得明显进展。\n" * 200, "five-year plan"),
        ("关于2030年预算执行情况和2031年预算草案的报告\n\n" + "全市一般公共预算收入完成预算。\n" * 200, "report of the budget"),
        ("望江市中级人民法院工作报告\n\n" + "全市法院受理各类案件若干。\n" * 200, "report of another body"),
        ("关于2031年政府工作报告重点任务分工方案\n\n" + "全市各部门要抓好落实，完成2031年重点工作目标。\n" * 200, "text about a report"),
        (
            "各位代表：\n我代表中共望江市第九届委员会向大会作报告。\n" + "全市过去五年工作回顾。今年重点工作很多。\n" * 200,
            "report of another body",
        ),
        ("大会开幕\n\n在望江市第九届人民代表大会第三次会议上，市长作政府工作报告。" + NEWS, "news item"),
        ("签约仪式举行\n\n" + NEWS, "news item"),
        (BOILERPLATE, "boilerplate"),
        ("旧事\n\n" + "那年春天，河边的柳树刚刚发芽，他独自走了很远的路。\n" * 200, "no government work report"),
    ],
)
def test_other_texts_are_refused(text: str, reason: str) -> None:
    assert _told(text) == ([], [reason])


def test_an_empty_text_is_refused() -> None:
    assert [p.reason for p in split(repair(""), Hints())] == ["boilerplate"]


def test_a_report_without_head_and_greeting_is_taken() -> None:
    assert _told("\n\n".join(body("全市", "宁波", "海曙、江北、镇海", 2031, paragraphs=12))) == ([("宁波市", 2031)], [])


@pytest.mark.shared
def test_the_seeds_hold_78_reports(shared: Path) -> None:
    truth = [json.loads(line) for line in (shared / "gold" / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    total = 0
    for path in sorted((shared / "corpus" / "seeds").glob("*.txt")):
        reports, _ = _told(path.read_text(encoding="utf-8"))
        total += len(reports)
        wanted = {(row["region"], row["year"]) for row in truth if row["source"] == path.name and row["is_report"]}
        assert wanted == set(reports)
    assert total == 78


@pytest.mark.shared
def test_communiques_are_refused(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "communiques").glob("*.md")):
        assert _told(path.read_text(encoding="utf-8")) == ([], ["statistical communiqué"]), path.name
