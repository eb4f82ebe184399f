"""The head of a report: session, day, speaker, title, in whose name."""

from __future__ import annotations

import re

import pytest

from duixian.reading.header import GREETING, REQUEST, SESSION, TITLE, Head, is_byline, read_head

GIVEN = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、2030年工作回顾\n"


@pytest.mark.parametrize(
    ("pattern", "finds", "leaves"),
    [
        (
            SESSION,
            ["望江市第九届人民代表大会第三次会议", "市十六届人大一次会议", "第十四届全国人民代表大会第一次会议"],
            ["十九届四中全会", "省十三届人大"],
        ),
        (
            REQUEST,
            ["我代表省人民政府，向大会报告工作", "我受某市长的委托，代表市人民政府作报告", "我受市人民政府委托，向大会报告工作"],
            ["省长某某代表省人民政府向大会作政府工作报告", "受市政府委托，现将计划草案提请审议"],
        ),
        (GREETING, ["各位代表：", "各位代表，现在"], ["各位代表踊跃发言"]),
        (TITLE, ["2021年某某省政府工作报告", "政府工作报\n告"], ["某某作政府工作报告", "通过了《政府工作报告》"]),
    ],
)
def test_patterns(pattern: re.Pattern[str], finds: list[str], leaves: list[str]) -> None:
    assert all(pattern.search(text) for text in finds)
    assert not any(pattern.search(text) for text in leaves)


def _head(lines: str) -> Head:
    text = lines + GIVEN
    return read_head(text, 0, len(text))


@pytest.mark.parametrize(
    ("lines", "day", "speaker", "office", "place"),
    [
        (
            "政府工作报告\n——2031年1月9日在望江市第九届人民代表大会第三次会议上\n望江市市长罗牧川\n",
            "2031-01-09",
            "罗牧川",
            "市长",
            "望江市",
        ),
        ("——二〇三一年一月九日在望江市第九届人民代表大会第三次会议上\n代市长罗牧川\n", "2031-01-09", "罗牧川", "代市长", "望江市"),
        ("（2031年1月9日罗牧川）\n", "2031-01-09", "罗牧川", None, None),
        ("在望江市第九届\n人民代表大会第三次会议上\n市长：罗牧川\n", None, "罗牧川", "市长", "望江市"),
        ("2031年望江市政府工作报告2031年1月9日在望江市第九届人民代表大会第三次会议上市长罗牧川", "2031-01-09", "罗牧川", "市长", "望江市"),
        ("2031年1月9日在望江市第九届人民代表大会第三次会议上罗牧川", "2031-01-09", "罗牧川", None, "望江市"),
        ("——2031年1月9日望江市第九届人大第三次会议上\n市人民政府市长\n", "2031-01-09", None, None, "望江市"),
        (
            "——2031年1月9日在自治区第九届人民代表大会第三次会议上\n自治区主席阿米尔·努尔丁\n",
            "2031-01-09",
            "阿米尔·努尔丁",
            "主席",
            "自治区",
        ),
        ("罗牧川（望江市市长）\n", None, "罗牧川", "市长", None),
    ],
)
def test_heads(lines: str, day: str | None, speaker: str | None, office: str | None, place: str | None) -> None:
    head = _head(lines)
    assert (head.delivered.iso if head.delivered else None, head.speaker, head.speaker_title, head.place) == (day, speaker, office, place)


def test_day_of_publication_and_captions_are_not_the_speech() -> None:
    head = _head(
        "2031年望江市政府工作报告\n2031年01月22日09：49|来源：望江日报\n政府工作报告\n2031年1月9日在望江市第九届人民代表大会第三次会议上\n"
        "望江市市长罗牧川\n罗牧川作政府工作报告。本报记者齐云摄\n"
    )
    assert head.delivered is not None
    assert head.delivered.iso == "2031-01-09"
    assert (head.speaker, head.speaker_title, head.session, head.congress) == ("罗牧川", "市长", 3, 9)


def test_the_title_and_its_year() -> None:
    head = _head("·【望江招商】2031年望江市政府工作报告\n")
    assert (head.title, head.title_year, head.title_place) == ("2031年望江市政府工作报告", 2031, "望江市")


def test_a_bare_head_says_nothing() -> None:
    head = _head("")
    assert head.bare
    assert head.office == "市人民政府"


def test_abstracts_say_so() -> None:
    assert _head("2031年望江市政府工作报告（摘要）\n").abstract == "摘要"
    assert _head("2031年望江市政府工作报告\n（节选）\n").abstract == "节选"
    assert _head("2031年望江市政府工作报告\n").abstract is None


def test_the_report_on_a_five_year_plan() -> None:
    text = "各位代表：\n现在，我代表省人民政府，向大会作关于国民经济和社会发展第十五个五年规划纲要的报告，请予审议。"
    beside = "各位代表：\n现在，我代表省人民政府，向大会报告工作，请连同《第十五个五年规划纲要（草案）》一并审议。"
    assert read_head(text, 0, len(text)).plan == 15
    assert read_head(beside, 0, len(beside)).plan is None


def test_bylines() -> None:
    assert is_byline("望江市市长罗牧川")
    assert is_byline("（2031年1月9日罗牧川）")
    assert not is_byline("市长罗牧川说，今年要干成几件大事。")
