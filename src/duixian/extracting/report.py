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
    start, end = 0, len(text)
    values = scan(text)
    if _MARKS.search(text):
        values = [v for v in values if not _damaged(copy, base, v)]
    masked = APART.sub(lambda m: "\x00" * len(m.group()), text)
    frames = Frames(report, copy, base, text, masked)
    own = own_names(report)
    binder = Binder(text, masked, Scopes(report, own))
    writer = Writer(report, copy, base, text, frames)
    out: list[Measurement] = []
    frame: Frame | None = None
    at, index, goals = start, 0, False
    opened, spans_of = start, [(0, 0)][:0]  # where the paragraph began; the paragraph's stretch of each measurement
    for stop in (*(m.start() for m in STOP.finditer(text, start, end)), end):
        begin = index
        if at == start or text[at - 1] == "\n":
            opened = at
        while index < len(values) and values[index].start < stop:
            index += 1
        if index > begin:
            paragraph = at == start or text[at - 1] == "\n"
            frame = frames.sentence(at, stop, paragraph)
            seen: dict[int, int] = {}
            for bound in binder.sentence(at, stop, values[begin:index], paragraph):
                ordinal = seen[bound.value.start] = seen.get(bound.value.start, -1) + 1
                out.append(writer.write(bound, frame, (at, stop), ordinal))
        elif stop > at:
            paragraph = at == start or text[at - 1] == "\n"
            frame = frames.sentence(at, stop, paragraph) if frames.enter(at, stop, paragraph) in _SETTING else None
            binder.pass_over(at, stop)
        goals = (
            stop > at
            and frame is not None
            and _sets_goals(frame, text, at, stop, goals, out[len(out) - (index - begin) :] if index > begin else [])
        )
        if goals and frame is not None:
            spans = [(v.start, v.end) for v in values[begin:index]]
            for n, vague in enumerate(read_vague(masked, at, stop, own, binder.memory.last, spans)):
                out.append(writer.write_vague(vague, frame, n))
        spans_of += [(opened, stop)] * (len(out) - len(spans_of))
        at = stop + 1
    return tuple(assume_years(out, spans_of, text, report.year))


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
    """How a report may name its own place: 安徽省, 安徽; longest first."""
    full = report.region
    names = {full}
    for ending in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "省", "市", "区", "县", "州", "盟", "旗"):
        if full.endswith(ending) and len(full) > len(ending) + 1:
            names.add(full[: -len(ending)])
    for ending in ("市", "省", "州"):
        cut = full.find(ending)
        if 0 < cut < len(full) - 1:
            names |= {full[cut + 1 :]} | ({full[cut + 1 : -1]} if len(full) - cut > 3 else set())
    return tuple(sorted((n for n in names if len(n) > 1), key=len, reverse=True))
