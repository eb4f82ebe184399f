"""Deadlines stated in words: by when an act is promised, and the date that follows from it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from duixian.reading.headings import han_number

_N: Final = r"\d{1,2}|[1-9]O|[一二两三四五六七八九十]{1,3}"
_YEAR: Final = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<next>明年)|(?P<this>今年|本年))?"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words of a deadline at ``start:end`` and its date (YYYY-MM-DD), null where the words give none."""

    start: int
    end: int
    date: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """A way to state a deadline.

    Attributes:
        name: its name.
        pattern: what it looks like.
        matches: an example it must match.
        refuses: one it must not.
        due: the date from the match and the year of the plan.
    """

    name: str
    pattern: str
    matches: str
    refuses: str
    due: Callable[[re.Match[str], int], date | None]


def _number(text: str | None) -> int:
    if not text:
        return 0
    text = text.replace("O", "0")  # a letter for a nought is common in scans
    if text.isdigit():
        return int(text)
    return 2 if text == "两" else han_number(text) or 0


def _year(match: re.Match[str], year: int) -> int:
    said = match.groupdict()
    if said.get("year"):
        return int(said["year"] or year)
    return year + 1 if said.get("next") else year


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _month(match: re.Match[str], year: int) -> date | None:
    month = _number(match["month"])
    if not 1 <= month <= 12:
        return None
    of = _year(match, year)
    day = _number(match["day"])
    if day:
        return date(of, month, min(day, calendar.monthrange(of, month)[1]))
    early = {"初": 5, "上旬": 10, "中旬": 20}
    return date(of, month, early[match["part"]]) if match["part"] in early else _last_day(of, month)


def _half(match: re.Match[str], year: int) -> date:
    return date(_year(match, year), 6, 30) if match["half"] == "上" else date(_year(match, year), 12, 31)


def _quarter(match: re.Match[str], year: int) -> date | None:
    number = _number(match["quarter"])
    return _last_day(_year(match, year), 3 * number) if 1 <= number <= 4 else None


def _year_end(match: re.Match[str], year: int) -> date:
    return date(_year(match, year), 12, 31)


def _named_year(match: re.Match[str], year: int) -> date | None:
    said = int(match["by"])
    return date(said, 12, 31) if said > year or (said == year and match["end"]) else None


def _window(match: re.Match[str], year: int) -> date | None:
    count = _number(match["upper"] or match["count"])
    return date(year + max(count, 1) - 1, 12, 31) if 0 < count < 30 else None


def _short_window(match: re.Match[str], year: int) -> date | None:
    return date(year, 12, 31)


def _plan_end(match: re.Match[str], year: int) -> date | None:
    number = _number(match["plan"])
    last = 2005 + 5 * (number - 10)
    return date(last, 12, 31) if number >= 6 and last >= year else None


_FEASTS: Final[dict[str, tuple[int, int]]] = {
    "国庆": (9, 30),
    "五一": (4, 30),
    "七一": (6, 30),
    "八一": (7, 31),
    "十一": (9, 30),
    "元旦": (12, 31),
    "汛": (5, 31),
    "主汛": (6, 15),
    "采暖": (11, 14),
    "供暖": (11, 14),
    "取暖": (11, 14),
    "入冬": (11, 14),
    "秋季开学": (8, 31),
    "秋季学期": (8, 31),
    "开学": (8, 31),
    "暑期": (7, 15),
}


def _feast(match: re.Match[str], year: int) -> date | None:
    word = next((w for w in sorted(_FEASTS, key=len, reverse=True) if w in match["feast"]), None)
    return date(year, *_FEASTS[word]) if word else None


FORMS: Final = (
    Form(
        "month",
        rf"(?:到|至|于)?{_YEAR}(?P<month>{_N})月(?:(?P<day>{_N})日|(?P<part>份|底|末|中旬|上旬|下旬|初|内))?(?P<before>以前|之前|前|底前)?(?![\d—至到]|份?(?:起|开始|以来|份?至))",
        "6月底前",
        "从3月起",
        _month,
    ),
    Form("half", rf"{_YEAR}(?P<half>[上下])半年(?:末|底)?前?", "上半年", "半年", _half),
    Form("quarter", rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度(?:末|底|内)?前?", "一季度末", "三季", _quarter),
    Form(
        "window",
        rf"(?:力争|争取|用|利用|通过|计划|再用|今后|未来|力争用|在|经过)?(?<!第)(?<!\d)(?P<count>{_N})(?:(?:—|到|至|、)?(?P<upper>{_N}))?(?:个)?年(?:左右)?(?:的)?(?:时间|内|之内|以内|左右|或更长一段时间)(?:的努力)?",
        "三年内",
        "连续三年",
        _window,
    ),
    Form(
        "year_end",
        rf"(?:到|至)?{_YEAR}(?:(?<=年)[底末]|年底|年末)(?:以前|之前|前)?|(?<![\d一二两三四五六七八九十几个])年内|(?:今|本)年(?:之|以)?内|(?<![\d一二两三四五六七八九十几个])年前(?!后)|岁末",
        "年底前",
        "去年底",
        _year_end,
    ),
    Form(
        "by_year",
        r"(?:到|至|在)?(?P<by>20\d\d)年(?P<end>年?底|末|内)?(?:以前|之前|前)?(?![—至到\d]|以来|度|“|起|的)",
        "到2030年",
        "2020年以来",
        _named_year,
    ),
    Form("short", rf"(?:{_N})个月(?:之内|以内|内)", "三个月内", "五个工作日内", _short_window),
    Form("plan_end", r"(?:到|至)?“(?P<plan>[一二三四十]{1,3})五”(?:末|期末|规划期末|时期末|末期)", "“十四五”末", "“十四五”规划", _plan_end),
    Form(
        "feast",
        r"(?P<feast>“?(?:国庆节?|五一|七一|八一|十一|元旦|主?汛期?|采暖季?|供暖季?|取暖季?|入冬|秋季学期开学|秋季开学|秋季学期|开学|暑期)”?(?:期)?)(?:来临|到来)?(?:之|以)?前",
        "入冬前",
        "国庆期间",
        _feast,
    ),
    Form("after", r"待[^，。；]{2,16}后(?=，)", "待批复后，", "待业后", _short_window),
)

# What every deadline holds. Matches "底", "年内", "季度", "半年", "前，"; a clause without one is not looked at.
_KEY: Final = re.compile(
    r"[底末]|[天日月年个]内|季度|半年|年(?:左右)?的?时间|年(?:之|以)内|年左右|20\d\d年|月[前初份上中下]|\d日|岁末|年前|以前|之前|(?:[汛冬学期季节元]|[庆暖]|[五七八十]一”?)前|待[^，。；]{2,16}后，|更长一段|年的努力"
)
_PATTERNS: Final = tuple((form, re.compile(form.pattern)) for form in FORMS)
_TITLE: Final = re.compile(r"《[^》]*》?")
_OPENS_YEAR: Final = re.compile(r"(?:[，。；：、！？\n）]|力争|争取|确保|计划|保证|实现|努力)\Z")
_STOP: Final = "，。；！？：\n"
# A look back: the words before a date that make it no deadline. Matches "比2020年底", "截至6月底", "自6月", "去年底".
_BACK: Final = re.compile(r"[比较截止自从以去上往每是由《“（—\d年]\Z")


def find_deadlines(text: str, start: int, end: int, year: int) -> tuple[Deadline, ...]:
    """The deadlines stated in a stretch, in order, none overlapping.

    Args:
        text: the reading copy (not masked).
        start: where to begin.
        end: where to stop.
        year: the plan's year.
    """
    found: list[Deadline] = []
    done = start
    for key in _KEY.finditer(text, start, end):
        if key.start() < done:
            continue
        a = max(done, *(text.rfind(c, done, key.start()) + 1 for c in _STOP))
        done = min((x for c in _STOP if (x := text.find(c, key.end() - 1, end)) >= 0), default=end)
        found += _in_clause(text, a, min(done + 1, end), year)
    return tuple(found)


def _in_clause(text: str, start: int, end: int, year: int) -> list[Deadline]:
    found: list[Deadline] = []
    titles = [m.span() for m in _TITLE.finditer(text, start, end)] if "《" in text[start:end] else []
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if _BACK.search(text, max(0, match.start() - 1), match.start()) or not _stated(form, match):
                continue
            if any(a < match.start() < b for a, b in titles):
                continue
            if form.name == "by_year" and not _bound(text, match):
                continue
            due = form.due(match, year)
            if due is None or due.year < year or any(d.start < match.end() and match.start() < d.end for d in found):
                continue
            found.append(Deadline(match.start(), match.end(), due.isoformat()))
    return sorted(found, key=lambda d: d.start)


def _bound(text: str, match: re.Match[str]) -> bool:
    """A bare year ("2008年") is a deadline only where it opens a clause or follows a word of striving, not inside a name."""
    if not match["by"] or match.group()[0] in "到至" or match["end"] or match.group()[-1] == "前":
        return True
    return match.start() == 0 or _OPENS_YEAR.search(text, max(0, match.start() - 2), match.start()) is not None


def _stated(form: Form, match: re.Match[str]) -> bool:
    """A bare month ("5月") tells when something is held, and is a deadline only with a bound (底, 前, 内) or a day."""
    return form.name != "month" or bool(match["before"] or match["day"] or (match["part"] and match["part"] != "份"))
