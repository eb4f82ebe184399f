"""Years and dates in digits of either kind, and the year a report's plan is for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1949, 2060
# A speech of the last months is for the next year unless the body says otherwise: this much has to speak against it, by month.
_NEXT_YEAR = {9: -4.0, 10: -2.0, 11: 2.0, 12: 10.0}
_SURE, _SURER = 8, 4  # the body overrules the day of the speech with this many votes, and this many times those for the day's year
_DIGITS = {ord(c): str(i) for i, c in enumerate("〇一二三四五六七八九")} | {ord(c): "0" for c in "零○OＯ"}
_DIGIT = "[0-9〇零○O一二三四五六七八九]"
YEAR = f"{_DIGIT}{{4}}"
NUMBER = "[0-9一二三四五六七八九十两廿卅]{1,4}"
# A day. Matches "2021年1月28日", "二〇一九年一月九日", "二○○三年一月十日", "2010年2月3—6日"; not "2021年1月".
DATE = re.compile(rf"({YEAR})年\n?({NUMBER})月\n?({NUMBER})(?:日|(?:—|至|、){NUMBER}日)")
# A heading that looks back on a year. Matches "2020年工作回顾", "2016年和过去五年工作的回顾", "二〇〇五年工作总结"; not "2020年完成".
_REVIEW = re.compile(
    rf"(?:^|[\n。、“（一二三四和及])({YEAR})年(?:[^。，；！\n\d]{{0,14}}(?:回顾|总结|发展成就)|(?:的)?(?:主要)?工作(?:情况|成效)?(?=\n))"
)
# Words that set out a year. Matches "2021年重点工作", "2021年政府工作的总体要求", "2012年工作安排"; not "2035年远景目标".
_PLAN = re.compile(
    rf"({_DIGIT}(?<![到至比较—]{_DIGIT}){_DIGIT}{{3}})年(?!远景|我国|国家|“|的?(?:奋斗|发展)目标)(?:[^。，；！\n\d远到年]{{0,10}}(?:工作)?(?:安排|任务|总体要求|思路|部署|目标|打算|建议|预期)"
    r"|(?:政府)?(?:的)?(?:主要|重点)工作)"
)
# A year called by its place in a plan or a term. Matches "2021年是“十四五”开局之年", "2020年，是收官之年"; not "2021年完成".
_YEAR_OF = re.compile(
    rf"({_DIGIT}(?<![到至比较—]{_DIGIT}){_DIGIT}{{3}})年[，]?是[^。\n]{{2,50}}?(?:之年|一年|开局年|第[一二三四五]年|周年)"
)
# The year just ended. Matches "刚刚过去的2023年", "即将过去的2022年"; not "2022年过去了".
_PAST = re.compile(rf"(?:过去的|回顾|走过)({YEAR})年")
# The year that begins. Matches "做好2022年工作", "展望2019年"; not "展望未来".
_COMING = re.compile(rf"(?:做好|展望|迎接|走进|迈入|踏入)({YEAR})年(?!远景)")
# A five-year plan looked back on. Matches "“十二五”时期工作回顾", "过去五年和“十一五”发展成就"; not "“十二五”规划建议".
_PLAN_REVIEW = re.compile(
    r"“([六七八九]|十[一二三四五六七八]?)五”(?:时期|期间|规划|计划|以来|的|及|和|主要|经济社会)*(开局|起步|第一)?"
    r"[^。，；！\n“”]{0,24}?(?:回顾|总结|成就|成绩|执行情况)"
)
# This year by its place in a five-year plan. Matches "今年是实施“十四五”规划的第一年"; not "今年是“十三五”关键之年".
_PLAN_NOW = re.compile(r"今年[，]?是[^。\n]{0,60}?“([六七八九]|十[一二三四五六七八]?)五”[^。，\n“”]{0,12}?(开局|第一|起步|收官|最后)")
# Years the text speaks of, but not as the far end of a comparison or a plan. Matches "2020年完成"; not "到2025年", "比2019年", "2010年代".
_MENTION = re.compile(
    r"(1(?<![\d到至比较由从自是于—]1)9[5-9]\d|2(?<![\d到至比较由从自是于—]2)0[0-6]\d)年(?!代|底|末|来|均|前|以前|后|左右|期|版|度计划|远景|的?\d)"
)
_BEFORE = "[一二三四五六七八九〇零○到至比较由从自是于—]"
_HAN_MENTION = re.compile(
    rf"(一(?<!{_BEFORE}一)九[五六七八九][〇零○O一二三四五六七八九]|二(?<!{_BEFORE}二)[〇零○O][〇零○O一二三四五六][〇零○O一二三四五六七八九])年"
    r"(?!代|底|末|来|均|前|远景)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day as the text gives it; ``sound`` is false where there is no such day."""

    year: int
    month: int
    day: int

    @property
    def sound(self) -> bool:
        """Whether the calendar has such a day."""
        return 1 <= self.month <= 12 and 1 <= self.day <= (29 if self.month == 2 else 30 if self.month in (4, 6, 9, 11) else 31)

    @property
    def iso(self) -> str:
        """The day as YYYY-MM-DD."""
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class PlanYear:
    """The first year a report's plan is for, and the words that decided it."""

    year: int
    reasons: tuple[str, ...]
    date_suspect: bool


def year_number(words: str) -> int | None:
    """A year in Arabic or Chinese digits; none outside 1949 to 2060.

    Args:
        words: four digits.
    """
    digits = words.translate(_DIGITS)
    value = int(digits) if digits.isdecimal() and digits.isascii() else 0
    return value if FIRST_YEAR <= value <= LAST_YEAR else None


def small_number(words: str) -> int | None:
    """A number below one hundred in either kind of digits (十四, 28, 二十一, 廿一); none where it isn't one.

    Args:
        words: the digits.
    """
    words = words.replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    tens, ten, ones = words.partition("十")
    if not words:
        return None
    if ten:
        tens, ones = tens or "1", ones or "0"
    else:
        tens, ones = "0", words
    digits = (tens + ones).translate(_DIGITS) if len(tens) == 1 else ""
    return int(digits) if digits.isascii() and digits.isdecimal() and int(digits) < 100 else None


def plan_end(number: int) -> int:
    """The last year of a five-year plan (十四五, the fourteenth, ends in 2025).

    Args:
        number: the plan's number, from the sixth (1981 to 1985) on.
    """
    return 1955 + 5 * number


def day(match: re.Match[str]) -> Day | None:
    """The day of a match of ``DATE``; none where its digits are no year, month or day."""
    year, month, date = year_number(match[1]), small_number(match[2]), small_number(match[3])
    return Day(year, month, date) if year and month and date else None


def plan_year(text: str, start: int, end: int, delivered: Day | None) -> PlanYear | None:
    """The year a report's plan is for.

    The day of the speech decides where the body agrees within a year: a speech of the last months may be for the next year; headings and
    the years the body speaks of say which. Without a day they decide alone.

    Args:
        text: the reading copy.
        start: first position of the report.
        end: the position after its last.
        delivered: the day of the speech, if the head gives one.
    """
    votes, words = _votes(text, start, end)
    best = max(votes, key=lambda y: (votes[y], y), default=None)
    if delivered is None:
        return None if best is None else PlanYear(best, words.get(best, ()), False)
    near = {delivered.year: 0.0} | ({delivered.year + 1: _NEXT_YEAR[delivered.month]} if delivered.month in _NEXT_YEAR else {})
    said = max(near, key=lambda y: votes[y] + near[y])
    if best is not None and best not in near and votes[best] >= _SURE and votes[best] > _SURER * votes[said]:
        return PlanYear(best, words.get(best, ()), abs(best - delivered.year) > 1)
    return PlanYear(said, (f"speech of {delivered.iso}", *words.get(said, ())), False)


def _votes(text: str, start: int, end: int) -> tuple[dict[int, float], dict[int, tuple[str, ...]]]:
    """How strongly the body speaks for each plan year, and the words that do."""
    votes: dict[int, float] = defaultdict(float)
    words: dict[int, list[str]] = {}

    def vote(year: int | None, weight: float, said: str) -> None:
        if year is not None:
            votes[year] += weight
            words.setdefault(year, []).append(said.strip("\n"))

    head = min(end, start + 2500)
    for match in _REVIEW.finditer(text, start, head):
        year = year_number(match[1])
        vote(year and year + 1, 8, match[0])
    for match in _PAST.finditer(text, start, head):
        year = year_number(match[1])
        vote(year and year + 1, 4, match[0])
    for match in _PLAN_REVIEW.finditer(text, start, head):
        last = plan_end(small_number(match[1]) or 0)
        vote(last - 3 if match[2] else last + 1, 6, match[0])
    for match in _PLAN_NOW.finditer(text, head, end):
        last = plan_end(small_number(match[1]) or 0)
        vote(last if match[2] in ("收官", "最后") else last - 4, 5, match[0])
    body = start + (end - start) // 4
    if (now := text.find("今年", start + (end - start) // 12, body)) > 0:
        body = now
    for match in _YEAR_OF.finditer(text, start, end):
        year = year_number(match[1])
        vote(year and (year if match.start() > body else year + 1), 4, match[0])
    for pattern, weight in ((_PLAN, 4), (_COMING, 3)):
        for match in pattern.finditer(text, body, end):
            vote(year_number(match[1]), weight, match[0])
    mentions = Counter(int(y) for y in _MENTION.findall(text, start, end))
    if sum(mentions.values()) < 8:
        mentions.update(Counter(y for m in _HAN_MENTION.findall(text, start, end) if (y := year_number(m))))
    for year, count in mentions.items():
        votes[year] += min(count, 12) / 2
        votes[year + 1] += min(count, 12) / 2
    return votes, {year: tuple(dict.fromkeys(said))[:4] for year, said in words.items()}
