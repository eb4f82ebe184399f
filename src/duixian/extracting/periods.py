"""Words that say which years are meant, found once over a report: 2024年, 五年来, “十四五”时期, 去年, 前11个月, 到2030年."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from duixian.extracting.numerals import read_chinese
from duixian.model import Report

Kind = Literal["year", "span", "by", "from", "base", "part", "whole"]


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
# A time expression. Matches "2024年", "“十三五”时期", "五年来", "去年", "前11个月", "到2030年"; not "“十四五”规划", "5年以上".
TIME: Final = re.compile(
    rf"(?P<lead>比|较|与|同|从|由|自|到|至|截至|截止|和)?(?:"
    rf"(?P<y1>(?:19|20)\d\d)年?(?:—|至|到)(?P<y2>(?:19|20)\d\d)年"
    rf"|(?P<y>(?:19|20)\d\d)年(?P<part>(?:底|末|初)?|[一二三四1-4]季度|上半年|前三季度|1?\d月)(?P<since>以来)?"
    rf"|“?(?P<plan>[六七八九]|十[一二三四五六]?)五”?(?P<pw>时期|期间|以来|末期|末|五年|前[一二三四]年|收官之年|来)"
    rf"|(?P<past>(?:过去|近|这|过去的|最近|前|本届政府|任期|上届政府)(?P<n1>{_CN}|\d)年(?:来|间|里)?(?!新|最|首|同期|平均|历史|第|以来|期|度|级|生|底|末|初)|(?P<n2>{_CN}|\d)年来|(?P<n3>{_CN}|\d)年间|本届政府(?:任期|以来|成立以来)?|任期内|五年累计)"
    rf"|(?P<next>(?:今后|未来|未来的)(?P<n4>{_CN}|\d)年|(?P<n5>五|5)年后|下一个五年)"
    rf"|(?P<rel>去年|上年|上一年|今年|本年|明年|前年|当年)(?P<rpart>上半年|前三季度|一季度|[一二三四]季度|\d月)?"
    rf"|(?P<whole>全年)|(?P<months>(?:前|1—|1至|1到)(?:\d{{1,2}}|{_CN}{{1,2}})(?:个)?月份?|上半年|前三季度|前三个季度|[一二三四]季度|截至目前|截至\d{{1,2}}月[底末]?))"
)
_OFFSET: Final = {"去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "前年": -2}


def find_periods(text: str, start: int, end: int, report: Report) -> list[Period]:
    """All time expressions of a report, in order.

    Args:
        text: the reading copy's text.
        start: the report's first position in it.
        end: the position after its last.
        report: whose report for which year.
    """
    speech = _speech_year(report)
    found = []
    for match in TIME.finditer(text, start, end):
        period = _read(match, text, report, speech)
        if period is not None:
            found.append(period)
    return found


def _speech_year(report: Report) -> int:
    """The year in which 今年 was said: that of the delivery, a December speech for the next year's plan included."""
    delivered = int(report.delivered[:4]) if report.delivered else report.year
    return delivered if delivered in (report.year, report.year - 1) else report.year


def _read(m: re.Match[str], text: str, report: Report, speech: int) -> Period | None:
    start, end = m.span()
    lead = m["lead"]
    if m["y"]:
        year = int(m["y"])
        kind: Kind = "year"
        if m["since"]:
            return Period(start, end, "span", year, max(year, report.year - 1))
        if lead in ("比", "较", "与", "同"):
            kind = "base"
        elif lead in ("从", "由", "自") or (text.startswith("的", end) and text[end + 1 : end + 2].isdigit() and lead not in ("到", "至")):
            kind = "from" if lead in ("从", "由", "自") else "year"
        elif lead in ("到", "至", "截至", "截止"):
            kind = "by"
        elif m["part"] and m["part"] not in ("底", "末"):
            kind = "part"
        if kind == "year" and lead is None and text[start - 1 : start] in ("是", "为", "于") and text.startswith("的", end):
            kind = "base"
        if text.startswith(("价", "不变价", "可比价", "度目标"), end):
            return None
        return Period(start, end, kind, year, year)
    if m["y1"]:
        return Period(start, end, "span", int(m["y1"]), int(m["y2"]))
    if m["plan"]:
        return _plan(m, lead, report)
    if m["past"]:
        n = _n(m["n1"] or m["n2"] or m["n3"]) or 5
        return None if lead in ("比", "较") or n > 30 else Period(start, end, "span", report.year - n, report.year - 1)
    if m["next"]:
        n = _n(m["n4"]) or 5
        return Period(start, end, "span", report.year, report.year + n - 1)
    if m["whole"]:
        return Period(start, end, "whole", report.year, report.year)
    if m["rel"]:
        if lead in ("比", "较", "与", "同"):
            return None
        if m["rel"] == "当年":
            return None
        year = speech + _OFFSET[m["rel"]] if m["rel"] != "上年" else report.year - 1
        return Period(start, end, "part" if m["rpart"] else "year", year, year)
    return Period(start, end, "part", report.year - 1, report.year - 1)


def _plan(m: re.Match[str], lead: str | None, report: Report) -> Period:
    number = read_chinese(m["plan"]) or 10.0
    if m["plan"] == "十":
        number = 10.0
    first = 1951 + 5 * int(number)
    last = first + 4
    start, end = m.span()
    word = m["pw"]
    if lead in ("比", "较", "与", "同"):
        return Period(start, end, "base", first, last)
    if word in ("末", "末期", "收官之年"):
        return Period(start, end, "by", last, last)
    if word in ("以来", "来") and last >= report.year:
        last = max(first, report.year - 1)
    if word.startswith("前"):
        last = first + int(_n(word[1]) or 4) - 1
    return Period(start, end, "span", first, last)


def _n(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else int(read_chinese(text) or 0)
