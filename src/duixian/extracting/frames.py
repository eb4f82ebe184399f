"""Frames: which role and which years hold at a place of the text.

A stack that follows the text: the section's role, the heading's or paragraph's opening words, the sentence's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final, NamedTuple

from duixian.extracting.periods import Period, find_periods
from duixian.model import FactRole, Report, Role, Section
from duixian.reading.copy import ReadingCopy

_ANNOUNCING: Final = 70  # a paragraph of fewer characters may announce those after it
# What a short paragraph announces. Matches "未来五年的主要目标是：", "我们重点做了以下工作："; not "2024年工作回顾".
ANNOUNCES: Final = re.compile(r"(?:目标|任务|重点|工作|方面|成效|变化|跨越|提升|突破|成就|如下|表现)[^\n]{0,12}[：。]\Z")
_BULLETS: Final = frozenset("—·●◆■（(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩123456789")
_FIRST: Final = 4  # characters before a part of a year that opens its sentence and holds for all of it (前三季度，…；…)
_OPENING: Final = 16  # a time expression so near the start of a paragraph holds to its end
_ACTUAL: Final = frozenset(("review", "review_term", "problems"))
_TARGET: Final = frozenset(("targets", "tasks", "tasks_term", "livelihood", "government", "outlook"))
# Words of intent. Matches "力争", "到2025年"; not "完成了".
FUTURE: Final = re.compile(
    r"力争|将(?!军|士|全|近|建成|“)|计划|确保|争取|(?<![主重必首紧摘提概扼])要(?!求|素|点|闻|道|害|案|件)|预期|目标|实现.{0,12}(?:以上|左右)"
)
# Words of looking back. Matches "去年", "已建成"; not "今年".
PAST: Final = re.compile(r"去年|已(?:经|建成|完成|达|有|累计)|过去|一年来|五年来|目前|累计已")
# What the outlook says has been done. Matches "实现了"; not "为了", "明确了" (a plan that sets goals).
DID: Final = re.compile(
    r"(?<![为除])(?<!明确)(?<!提出)(?<!确定)(?<!部署)(?<!安排)(?<!设置)(?<!规划)了(?!解|然)|经过(?![三四五几]年|今后).{0,8}努力"
)
# An entry of a glossary that says what a plan is to do. Matches "：新建", "用5年时间", "到2027年"; not "：位于".
PLANS: Final = re.compile(
    r"[：“，、即指](?:计划|力争|争取|新建|新增|建设|建成|打造|培育|引进|组建|实施|完善|开展|创建|改造|重点)|用.{1,4}年(?:左右)?(?:的?时间)?|每年|目标"
)

# A look back behind a heading that stands in one line with it. Matches "开好局过去的一年，"; not "。过去的一年，".
PAST_YEAR: Final = re.compile(r"[^，。；：\n在]过去的?一年，")
# A paragraph on the years of a term. Matches "这是民生改善最快的五年。"; not "这是五年来最好的".
YEARS_THAT: Final = re.compile(r"[—*]{0,4}(?:这)?是[^。\n]{4,60}?的([三四五])年[，。！]")
# An item of a list of what is to be done. Matches "五是"; not "是".
ITEM: Final = re.compile(r"(?:\*\*)?[一二三四五六七八九十]{1,3}是")
_THIS_YEAR: Final = ("今年", "本年")
_MONTHS: Final = re.compile(r"(?:至|—|到)\d{1,2}月")  # past months, as no promise has them
_WORKING: Final = frozenset(("tasks", "tasks_term", "outlook"))
_PLANNING: Final = frozenset(("outlook", "targets", "tasks_term"))
# The outline of a five-year plan. Matches "《纲要草案》", "规划纲要（草案）".
_OUTLINE: Final = re.compile(
    r"纲要(?:（?草案|》|提出|明确|设置|编制|安排)|规划纲要|“?十[一二三四五六七]五”?时期.{0,20}(?:主要目标|发展目标|目标任务)|今后五年.{0,20}目标|未来五年.{0,20}目标"
)
# A chapter that reviews both a term and its last year. Matches "过去五年及2021年工作回顾"; not "过去五年工作回顾".
BOTH: Final = re.compile(
    r"(?:五年|四年|时期|任期|届|“十[一二三四五]五”?).{0,14}(?:及|和|与|暨|、).{0,8}年.{0,12}(?:回顾|总结|情况|发展|工作)"
)
# Where such a chapter turns to the year. Matches "，我们" after "2021年", "是极不平凡的一年"; not "，完成".
TURNS: Final = re.compile(r"，?(?:是|我们|我市|我省|我区|面对|全市|全省|全区|在|也?是|极|市政府|政府|令人|经济|按照|围绕|坚持|统筹|喜迎)")
# What parts a time expression from the opening of its paragraph.
_SEVERED: Final = re.compile(r"[，；。：]")


class Frame(NamedTuple):
    """What holds for the values of a sentence."""

    section: Role
    role: FactRole
    first: int
    last: int
    stated: bool  # the years were named, not implied by the section
    part: bool  # a part of a year only


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section's stretch of the report."""

    start: int
    role: Role
    plan: bool = False  # its chapter's heading announces the goals of a five-year plan


def stretches(report: Report, copy: ReadingCopy, base: int) -> list[Stretch]:
    """The deepest role at each place of a report.

    Args:
        report: the report with its sections in source positions.
        copy: its document's reading copy.
        base: the report's first copy position, from which the stretches' positions count.
    """
    marks: list[tuple[int, int, Role]] = []
    sections = sorted(report.sections, key=lambda s: (s.start, s.level))
    stack: list[tuple[int, Role]] = []
    for section in sections:
        while stack and stack[-1][0] <= section.start:
            end, _ = stack.pop()
            if stack and stack[-1][0] > end:
                marks.append((end, 1, stack[-1][1]))
        marks.append((section.start, 2, section.role))
        stack.append((section.end, section.role))
    while stack:
        end, _ = stack.pop()
        if stack and stack[-1][0] > end:
            marks.append((end, 1, stack[-1][1]))
    marks.sort(key=lambda m: (m[0], m[1]))
    yearly = (str(report.year), "今年", "明年")
    chapters = [
        (s.start, _OUTLINE.search(s.heading) is not None, any(word in s.heading for word in yearly))
        for s in sections
        if s.level == 1 and s.heading
    ]
    starts = [chapter[0] for chapter in chapters]
    first_year = report.year % 5 == 1
    out = []
    for at, _, role in marks:
        i = bisect_right(starts, at) - 1
        planned = role in _PLANNING and i >= 0 and chapters[i][1]
        out.append(
            Stretch(copy.copy_at(at) - base, role, planned or (role == "outlook" and first_year and not (i >= 0 and chapters[i][2])))
        )
    return out


def _reviews_both(section: Section) -> bool:
    return section.level == 1 and section.role == "review_term" and section.heading is not None and BOTH.search(section.heading) is not None


class Frames:
    """The frames of one report.

    Args:
        report: the report.
        copy: its document's reading copy.
        base: first copy position of the report.
        text: the report's stretch of the copy; all other positions count from its start.
        masked: the same with brackets and insertions blanked out.
    """

    def __init__(self, report: Report, copy: ReadingCopy, base: int, text: str, masked: str) -> None:
        self.report = report
        self.text = text
        self.masked = masked
        self.periods = find_periods(text, report)
        self._starts = [p.start for p in self.periods]
        self._stretches = stretches(report, copy, base) or [Stretch(0, "front")]
        self._section_starts = [s.start for s in self._stretches]
        self._section_end = -1  # where the section entered last ends
        self._held: Period | None = None
        self._held_section = -1
        self._both = [(copy.copy_at(s.start) - base, copy.copy_at(s.end) - base) for s in report.sections if _reviews_both(s)]
        self._turned: tuple[Period, int] | None = None  # the year that such a chapter has turned to, and its end
        self._announced: tuple[Period, int, bool] | None = None  # years, section, whether they hold for bullets only

    def section_at(self, at: int) -> int:
        """The index of the stretch that holds ``at``."""
        return max(0, bisect_right(self._section_starts, at) - 1)

    def sentence(self, start: int, end: int, paragraph: bool) -> Frame:
        """The frame of the sentence at ``start:end``; sentences must be asked for in order.

        Args:
            start: first position of the sentence.
            end: the position after its last.
            paragraph: whether it opens a paragraph.
        """
        role = self.enter(start, end, paragraph)
        sectional = self._default(role, self._stretches[self._held_section].plan)
        held = self._held
        first, last = (held.first, held.last) if held is not None else sectional
        fact: FactRole = "actual" if role in _ACTUAL else "target" if role in _TARGET else "other"
        fact = self._role(fact, role, start, end, held)
        if fact == "actual" and held is None and first >= self.report.year:
            first = last = self.report.year - 1
        return Frame(role, fact, first, last, held is not None, held is not None and held.kind == "part")

    def enter(self, start: int, end: int, paragraph: bool) -> Role:
        """Follow the text into a sentence; every sentence must be entered, in order.

        Args:
            start: first position of the sentence.
            end: the position after its last.
            paragraph: whether it opens a paragraph.

        Returns:
            The section's role.
        """
        if not paragraph and start < self._section_end:
            if self._starts:
                self._go_on(start)
            return self._stretches[self._held_section].role
        index = self.section_at(start)
        self._section_end = self._section_starts[index + 1] if index + 1 < len(self._section_starts) else len(self.text)
        self._hold(start, index)
        return self._stretches[index].role

    def _hold(self, start: int, index: int) -> None:
        """A time expression that opens a paragraph or a section holds to its end."""
        self._held, self._held_section = None, index
        if self._plans(start, index):
            self._held = Period(start, start, "span", self.report.year, self.report.year + 4)
            return
        period = self._opening(start)
        if PAST_YEAR.search(self.text, start, min(start + _ANNOUNCING, len(self.text))):
            self._held = Period(start, start, "span", self.report.year - 1, self.report.year - 1)
        elif period is not None and (period.kind in ("year", "span") or self._by(period)):
            self._held = period
        elif (years := YEARS_THAT.match(self.text, start)) and self._stretches[index].role in _ACTUAL:
            self._held = Period(start, start, "span", self.report.year - "三四五".index(years[1]) - 3, self.report.year - 1)
        else:
            self._midyear(period)
        self._announce(start, index)
        self._turn(start, period)

    def _turn(self, start: int, period: Period | None) -> None:
        """A chapter on a term and its last year (过去五年及2021年工作回顾) turns to the year where a paragraph opens with it."""
        if period is not None and period.kind == "year" and period.last == self.report.year - 1 and TURNS.match(self.text, period.end):
            end = next((end for begin, end in self._both if begin <= start < end), 0)
            self._turned = (period, end) if end else None
        if self._turned is not None and self._held is None and start < self._turned[1]:
            self._held = self._turned[0]

    def _announce(self, start: int, index: int) -> None:
        """A short paragraph that names years and what follows (未来五年重点锁定五大目标。) holds for the paragraphs after it."""
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        if end - start < _ANNOUNCING:
            i = bisect_left(self._starts, start)
            said = self.periods[i] if i < len(self._starts) and self._starts[i] < end else None
            opens = self.text[end - 1] == "：" or ANNOUNCES.search(self.text, start, end)
            if said is not None and (said.kind in ("year", "span") or self._by(said)) and opens:
                self._announced = self._said(said), index, self.text[end - 1] == "："
                return
        if self._announced is None:
            return
        period, section, bullets = self._announced
        if (
            self._held is not None
            or section != index
            or (bullets and end - start > _ANNOUNCING and self.text[start] not in _BULLETS)
            or self._names_year(start, end)
        ):
            self._announced = None
        else:
            self._held = period

    def _names_year(self, start: int, end: int) -> bool:
        """Whether a paragraph's first sentence names a year of its own."""
        stop = self.text.find("。", start, end)
        i = bisect_left(self._starts, start)
        return i < len(self._starts) and self._starts[i] < (stop if stop > 0 else end) and self.periods[i].kind in ("year", "span", "whole")

    def _go_on(self, start: int) -> None:
        """A year to come at the opening of a sentence (到2030年) holds from there on."""
        period = self._opening(start)
        if period is not None and self._by(period):
            self._held = period
        else:
            self._midyear(period)

    def _midyear(self, period: Period | None) -> None:
        """1至5月 that opens a sentence of the work holds for its paragraph: the report is held at midyear."""
        if period is None or period.kind != "part" or period.last or self._stretches[self._held_section].role not in _WORKING:
            return
        if _MONTHS.search(self.text, period.start, period.end) or "05" <= (self.report.delivered or "")[5:7] <= "11":
            self._held = period._replace(first=self.report.year, last=self.report.year)

    def _by(self, period: Period) -> bool:
        return period.kind == "by" and period.last >= self.report.year

    def _opening(self, start: int) -> Period | None:
        i = bisect_left(self._starts, start)
        if i < len(self._starts) and self._starts[i] < start + _OPENING and not _SEVERED.search(self.text, start, self._starts[i]):
            return self._said(self.periods[i])
        return None

    def _said(self, period: Period) -> Period:
        """今年 in a review without a word of intent is the year under review: the speech was held, or written, before its end."""
        if period.last != self.report.year or not self.text.startswith(_THIS_YEAR, period.start):
            return period
        if self._stretches[self._held_section].role not in _ACTUAL:
            return period
        stop = self.text.find("。", period.end)
        if FUTURE.search(self.text, period.end, stop if stop > 0 else len(self.text)):
            return period
        return period._replace(first=self.report.year - 1, last=self.report.year - 1)

    def _plans(self, start: int, index: int) -> bool:
        """Whether a paragraph sets out a five-year plan: a first plan year's report that speaks of its outline (《纲要》)."""
        if self.report.year % 5 != 1 or self._stretches[index].role not in _PLANNING:
            return False
        end = self.text.find("\n", start)
        return _OUTLINE.search(self.text, start, min(start + 500, end if end > 0 else len(self.text))) is not None

    def _default(self, role: Role, plan: bool) -> tuple[int, int]:
        year = self.report.year
        if plan:
            return year, year + 4
        if role == "review_term":
            return year - 5, year - 1
        if role in ("review", "problems", "front"):
            return year - 1, year - 1
        if role == "tasks_term":
            return self.report.plan_from, max(self.report.plan_to, self.report.plan_from)
        return year, year

    def _role(self, fact: FactRole, role: Role, start: int, end: int, held: Period | None) -> FactRole:
        year = self.report.year
        if fact == "target" and held is not None and held.last < year and held.kind != "part":
            return "actual"
        if fact == "target" and held is not None and held.kind == "part":
            return "target" if FUTURE.search(self.text, start, end) else "actual"
        if role == "outlook" and not FUTURE.search(self.text, start, end):
            return "actual" if PAST.search(self.text, start, end) or DID.search(self.text, start, end) else "target"
        if role == "appendix" and (PAST.search(self.text, start, end) or DID.search(self.text, start, end)):
            return "actual"
        planned = PLANS.search(self.text, start, end) or FUTURE.search(self.text, start, end) or ITEM.match(self.text, start)
        if role == "appendix" and held is None and planned:
            return "target"
        if role in ("front", "closing", "appendix"):
            return "target" if held is not None and held.last >= year else "actual" if role == "appendix" else "other"
        return fact

    def at(self, value_start: int, sentence_start: int) -> tuple[Period | None, Period | None]:
        """The nearest time expression before a value in its sentence, and the base it is measured against.

        Args:
            value_start: where the value begins.
            sentence_start: where its sentence begins.
        """
        i = bisect_right(self._starts, value_start) - 1
        nearest: Period | None = None
        base: Period | None = None
        while i >= 0 and self.periods[i].start >= sentence_start:
            period = self.periods[i]
            if self.masked[period.start] == "\x00" != self.masked[value_start]:
                pass
            elif period.kind == "within" and self._stretches[self._held_section].role in _ACTUAL:
                pass  # 用三年时间建成 in a review has no years ahead
            elif period.kind == "base":
                near = value_start - period.end < 18 and not _SEVERED.search(self.text, period.end, value_start)
                base = base or (period if near or self.text.startswith("相比", period.end) else None)
            elif (
                period.kind == "part"
                and period.start > sentence_start + _FIRST
                and (value_start - period.end > 60 or "；" in self.text[period.end : value_start])
            ):
                pass
            elif nearest is None:
                nearest = self._said(period)
                break
            i -= 1
        return nearest, base
