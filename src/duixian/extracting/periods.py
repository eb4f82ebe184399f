"""Words that say which years are meant, found once over a report: 2024年, 五年来, “十四五”时期, 去年, 前11个月, 到2030年."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from duixian.extracting.numerals import read_chinese
from duixian.model import Report

Kind = Literal["year", "span", "by", "from", "base", "part", "whole", "within"]  # within: 三年内, years ahead unless in a review


class Period(NamedTuple):
    """A time expression: the years it names and how it bears on the values after it."""

    start: int
    end: int
    kind: Kind
    first: int
    last: int

    @property
    def text(self) -> str:
        """The period as it is exported: "2024", "2021-2025"."""
        return str(self.last) if self.first == self.last else f"{self.first}-{self.last}"


_CN: Final = "[一二三四五六七八九十两]"
# Each pattern starts with a class of characters, so that the scan skips what cannot start a time expression.
# A calendar year or a stretch of them. Matches "2024年", "2021—2025年", "2023年底", "2020年以来"; not "2024万元".
YEAR: Final = re.compile(
    r"[12][09]\d\d(?:年?(?:—|至|到)(?P<last>[12][09]\d\d)年|年(?P<part>底|末|初|[一二三四1-4]季度|上半年|前三季度|1?\d月)?(?P<since>以来)?)"
)
# The same in Chinese digits. Matches "一九八五年", "二〇〇五年".
_YEAR_CN: Final = "[一二][九〇零○][〇零○一二三四五六七八九]{2}"
YEAR_CN: Final = re.compile(rf"{_YEAR_CN}年?(?:(?:—|至|到)(?P<last>{_YEAR_CN})年|(?<=年)(?P<part>底|末|初)?(?P<since>以来)?)")
# A year in either script, for other patterns. Matches "2024年", "一九八五年".
YEAR_TEXT: Final = rf"(?:(?:19|20)\d\d|{_YEAR_CN})年"
# A five-year plan's years. Matches 十三五”时期, 十四五”以来, 十五五”末; not 十四五”规划.
PLAN: Final = re.compile(rf"(?P<n>[六七八九十][一二三四五六]?)五”?(?P<word>时期|期间|以来|期末|末期|末|五年|前{_CN}年|收官之年|来)")
# Years named by words. Matches "过去五年", "五年来", "近3年", "今后五年", "去年", "前11个月", "全年"; not "近5年新高", "十年树木".
WORDS: Final = re.compile(
    rf"[过近这最前本任上一二三四五六七八九十两今未去明全截\d](?:(?<=全)(?P<whole>年)(?!制|龄)"
    rf"|(?:(?<=[近这前])(?<!提前)(?<!学前)(?<!以前)(?<!之前)|(?<=过)去的?|(?<=最)近)(?P<n1>{_CN}|\d)年(?:来|间|里)?(?!的?(?:新|最|首|同期|平均|历史|第|峰|少见|未有)|以来|期|度|级|生|底|末|初|个)"
    rf"|(?<=[一二三四五六七八九十两\d])年(?P<within>内|(?:左右)?的?时间)"
    rf"|(?<=[一二三四五六七八九十两\d])年(?P<n2>来|间)(?!的?(?:新高|最|首|同期|历史|第|峰|少见|未有))|(?<=本)届政府(?!(?:任期)?的?(?:最后|第|收官|届满|换届|开局|首|全体|工作))(?P<term>任期|以来|成立以来)?|(?<=任)期内(?P<term2>)|(?<=五)年累计(?P<term3>)"
    rf"|(?:(?<=今)后|(?<=未)来的?)(?P<n4>{_CN}|\d)年|(?<=[五5])年后(?P<later>)"
    rf"|(?:(?<=去)|(?<=上)一?|(?<=今)|(?<=本)|(?<=明)|(?<=前))(?P<rel>年)(?P<rpart>上半年|前三季度|一季度|[一二三四]季度|\d月)?"
    rf"|(?P<months>(?<=前)(?<!提前)(?:\d{{1,2}}|{_CN}{{1,2}})个?(?:月|季度)|(?<=1)(?:—|至|到)\d{{1,2}}月份?|(?<=上)半年|(?<=[一二三四])季度|(?<=截)至(?:目前|\d{{1,2}}月[底末]?)))"
)
# Before the year of what something turned into. Matches "调整为" before 2005年的; not "分别是".
_TURNED: Final = re.compile(r"(?:调整|优化|演变|变化|转变|变|升|降|增加|提高)为\Z")
_COMPARED: Final = ("基数", "的基数", "水平", "的水平", "同期", "同口径", "基础上", "的基础上")
_LEADS: Final = frozenset("比较与同从由自到至和是为于")
_OFFSET: Final = {"去": -1, "今": 0, "本": 0, "明": 1, "前": -2}


def find_periods(text: str, report: Report) -> list[Period]:
    """All time expressions of a report, in order.

    Args:
        text: the report's stretch of the reading copy.
        report: whose report for which year.
    """
    speech = _speech_year(report)
    found = [p for m in YEAR.finditer(text) if (p := _calendar(m, text, report)) is not None]
    found += [p for m in YEAR_CN.finditer(text) if (p := _calendar(m, text, report)) is not None]
    found += [_plan(m, text, report) for m in PLAN.finditer(text)]
    found += [p for m in WORDS.finditer(text) if (p := _worded(m, text, report, speech)) is not None]
    found.sort()
    return [p for i, p in enumerate(found) if not i or p.start >= found[i - 1].end]


def _lead(text: str, start: int) -> str:
    """The word before a time expression that tells how it bears on what follows: 比, 从, 到, 截至 …"""
    before = text[start - 1 : start] if start else ""
    if before == "“":
        before = text[start - 2 : start - 1]
    return before if before in _LEADS else "至" if text[max(0, start - 2) : start] in ("截至", "截止") else ""


def _speech_year(report: Report) -> int:
    """The year in which 今年 was said: that of the delivery, a December speech for the next year's plan included."""
    delivered = int(report.delivered[:4]) if report.delivered else report.year
    return delivered if delivered in (report.year, report.year - 1) else report.year


def _year(digits: str) -> int:
    return int(digits if digits[0] in "12" else read_chinese(digits) or 0)


def _calendar(m: re.Match[str], text: str, report: Report) -> Period | None:
    start, end = m.span()
    year = _year(m.group()[:4])
    if m["last"]:
        return Period(start, end, "span", year, _year(m["last"]))
    if start and text[start - 1].isdigit():
        return None
    if m["since"]:
        return Period(start, end, "span", year, max(year, report.year - 1))
    lead = _lead(text, start)
    kind: Kind = "year"
    if lead and lead in "比较与同":
        kind = "base"
    elif lead and lead in "从由自":
        kind = "from"
    elif lead and lead in "到至":
        kind = "by"
    elif (
        text.startswith(_COMPARED, end)
        or text.startswith("为基", end)
        or (lead and lead in "是为于" and text.startswith("的", end) and not _TURNED.search(text, max(0, start - 4), start))
    ):
        kind = "base"
    elif m["part"] and m["part"] not in ("底", "末"):
        kind = "part"
    return None if text.startswith(("价", "不变价", "可比价", "度目标"), end) else Period(start, end, kind, year, year)


def _worded(m: re.Match[str], text: str, report: Report, speech: int) -> Period | None:
    start, end = m.span()
    lead = _lead(text, start)
    if m["whole"]:
        return Period(start, end, "whole", report.year, report.year)
    if m["rel"]:
        word = text[start]
        if (lead and lead in "比较与同") or text.startswith(_COMPARED, end):
            return None
        year = report.year - 1 if word == "上" else speech + _OFFSET[word]
        return Period(start, end, "part" if m["rpart"] else "year", year, year)
    if m["n4"] or m["later"] is not None:
        n = _n(m["n4"]) or 5
        return Period(start, end, "span", report.year, report.year + n - 1)
    if m["months"]:
        return Period(start, end, "part", 0, 0)  # of the year that the frame says
    if m["within"]:
        many = start > 0 and _n(text[start - 1]) > 0 and text[start - 1] != "一"
        return None if many else Period(start, end, "within", report.year, report.year + max(_n(text[start]), 1) - 1)
    n = _n(m["n1"]) or (_n(text[start]) if m["n2"] else 0) or 5
    if lead and lead in "比较":
        return None
    return Period(start, end, "span", report.year - n, report.year - 1)


def _plan(m: re.Match[str], text: str, report: Report) -> Period:
    start, end = m.span()
    first = 1951 + 5 * int(read_chinese(m["n"]) or 10)
    last = first + 4
    lead, word = _lead(text, start), m["word"]
    if lead and (lead in "比较与同" or (lead in "是为于" and text.startswith("的", end))):
        return Period(start, end, "base", first, last)
    if text.startswith(_COMPARED, end) or (text[end : end + 1] == "”" and text.startswith(_COMPARED, end + 1)):
        return Period(start, end, "base", first, last)
    if word in ("末", "末期", "期末", "收官之年"):
        return Period(start, end, "by", last, last)
    if word in ("以来", "来") and last >= report.year:
        last = max(first, report.year - 1)
    if word.startswith("前"):
        last = first + (_n(word[1]) or 4) - 1
    return Period(start, end, "span", first, last)


def _n(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else int(read_chinese(text) or 0)
