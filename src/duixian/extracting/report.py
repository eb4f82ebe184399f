"""All measurements of a report: sentences, their values, bound and written."""

from __future__ import annotations

import re
from typing import Final

from duixian.extracting.assumed import assume_years
from duixian.extracting.binding import Binder
from duixian.extracting.frames import Frame, Frames
from duixian.extracting.measure import Writer
from duixian.extracting.scopes import Scopes
from duixian.extracting.vague import read_vague
from duixian.extracting.values import Value, scan
from duixian.model import Measurement, Report
from duixian.reading.copy import ReadingCopy
from duixian.reading.repair import damage
from duixian.registry.region_shorts import whole_province

# The end of a sentence.
# A sentence that names its goals. Matches "主要预期目标是：", "主要目标：".
_GOALS: Final = re.compile(r"(?:预期|主要|发展|奋斗|工作|总体|年度|约束性?)(?:性)?(?:目标|指标)(?:是|为|：|建议|方面)|(?:约束|预期)性指标")
# A sentence that gives reasons for goals, or turns to what must be done. Matches "上述目标", "为此".
_RATIONALE: Final = re.compile(r"上述|这些目标|以上目标|为此|这一目标|必须|实现.{0,6}目标")
# A mark of damage beside a number. Matches "$1.", "？"; not "，".
_MARKS: Final = re.compile(r"[$？\ufffd□]")
_SETTING: Final = frozenset(("targets", "outlook", "tasks", "tasks_term"))
STOP: Final = re.compile(r"[。！？\n]")
# What stands apart from its sentence: a bracket, and 在…的情况下 between a name and its verb.
APART: Final = re.compile(
    r"（[^（）\n]{1,160}）|在[^，。；\n（]{2,40}?(?:(?:情况|基础|背景|形势|条件|前提|同时|影响)(?:之)?下|之年)"
    r"|按[^，。；、\n（]{2,14}(?:计算|核算)(?!的)"
)


def extract(report: Report, copy: ReadingCopy) -> tuple[Measurement, ...]:
    """All measurements of a report, in the order of the text.

    Args:
        report: the report with its sections.
        copy: the reading copy of its document.
    """
    base, end = copy.copy_at(report.start), copy.copy_at(report.end)
    text = copy.text[base:end]  # positions below count from the report's start
    values = scan(text)
    if _MARKS.search(text):
        values = [v for v in values if not _damaged(copy, base, v)]
    reading = _Sentences(report, copy, base, text)
    at, index, known = 0, 0, len(values)
    for stop in (*[m.start() for m in STOP.finditer(text)], len(text)):
        begin = index
        while index < known and values[index].start < stop:
            index += 1
        if stop > at:
            reading.sentence(at, stop, values[begin:index] if index > begin else _NONE)
        at = stop + 1
    return tuple(assume_years(reading.out, reading.spans, text, report.year))


_NONE: Final[list[Value]] = []


class _Sentences:
    """Reads the sentences of one report in order.

    Args:
        report: the report with its sections.
        copy: the reading copy of its document.
        base: the report's first copy position.
        text: the report's stretch of the copy, from whose start all other positions count.
    """

    def __init__(self, report: Report, copy: ReadingCopy, base: int, text: str) -> None:
        self.text = text
        self.masked = APART.sub(lambda m: "\x00" * len(m.group()), text)
        self.own = own_names(report)
        self.frames = Frames(report, copy, base, text, self.masked)
        self.binder = Binder(text, self.masked, Scopes(report, self.own))
        self.writer = Writer(report, copy, base, text, self.frames)
        self.out: list[Measurement] = []
        self.spans: list[tuple[int, int]] = []  # of each measurement: where its paragraph begins, where its sentence ends
        self._paragraph = 0  # where the paragraph begins
        self._goals = False  # the sentence before set goals

    def sentence(self, at: int, stop: int, values: list[Value]) -> None:
        """Read a sentence.

        Args:
            at: its first position.
            stop: the position of its stop.
            values: the values in it.
        """
        paragraph = at == 0 or self.text[at - 1] == "\n"
        if paragraph:
            self._paragraph = at
        if not values:
            frame = self._without_values(at, stop, paragraph)
            measured = _NOTHING
        else:
            frame = self.frames.sentence(at, stop, paragraph)
            measured = self._measured(frame, at, stop, values, paragraph)
        self._goals = frame is not None and _sets_goals(frame, self.text, at, stop, self._goals, measured)
        if self._goals and frame is not None:
            numbered = [(v.start, v.end) for v in values]
            for n, vague in enumerate(read_vague(self.masked, at, stop, self.own, self.binder.memory.last, numbered)):
                self.out.append(self.writer.write_vague(vague, frame, n))
        if missing := len(self.out) - len(self.spans):
            self.spans += [(self._paragraph, stop)] * missing

    def _measured(self, frame: Frame, at: int, stop: int, values: list[Value], paragraph: bool) -> list[Measurement]:
        ordinals: dict[int, int] = {}
        first = len(self.out)
        for bound in self.binder.sentence(at, stop, values, paragraph):
            ordinal = ordinals[bound.value.start] = ordinals.get(bound.value.start, -1) + 1
            self.out.append(self.writer.write(bound, frame, (at, stop), ordinal))
        return self.out[first:]

    def _without_values(self, at: int, stop: int, paragraph: bool) -> Frame | None:
        """Follow a sentence without values; its frame is wanted only where it may set goals."""
        role = self.frames.enter(at, stop, paragraph)
        self.binder.pass_over(at, stop)
        if role == "targets" or (role in _SETTING and (self._goals or _GOALS.search(self.text, at, stop))):
            return self.frames.sentence(at, stop, paragraph)
        return None


_NOTHING: Final[list[Measurement]] = []


def _damaged(copy: ReadingCopy, base: int, value: Value) -> bool:
    """Whether a number touches a damaged stretch; only where a mark of damage stands by."""
    start, end = base + value.start, base + value.end
    if not _MARKS.search(copy.text[max(0, start - 2) : start] + copy.text[end : end + 2]):
        return False
    return any(d.start <= end and start <= d.end for d in damage(copy, max(0, start - 12), end + 12))


def _sets_goals(frame: Frame, text: str, start: int, end: int, before: bool, measured: list[Measurement]) -> bool:
    """Whether a sentence sets goals: it stands in the targets section, names them, or goes on where the sentence before did."""
    if frame.role != "target" or frame.section not in _SETTING:
        return False
    if frame.section == "targets" or _GOALS.search(text, start, end):
        return True
    if before and text[start - 1] != "\n" and not _RATIONALE.search(text, start, end):
        return True
    return frame.section == "outlook" and any(m.indicator == "gdp.growth" and m.agg is None for m in measured)


def own_names(report: Report) -> tuple[str, ...]:
    """How a report may name its own place: 安徽省, 安徽, 全皖; longest first."""
    full = report.region
    names = {full, *(whole_province(report.region_code) if report.level == "province" else ())}
    for ending in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "省", "市", "区", "县", "州", "盟", "旗"):
        if full.endswith(ending) and len(full) > len(ending) + 1:
            names.add(full[: -len(ending)])
    for ending in ("市", "省", "州"):
        cut = full.find(ending)
        if 0 < cut < len(full) - 1:
            names |= {full[cut + 1 :]} | ({full[cut + 1 : -1]} if len(full) - cut > 3 else set())
    return tuple(sorted((n for n in names if len(n) > 1), key=len, reverse=True))
