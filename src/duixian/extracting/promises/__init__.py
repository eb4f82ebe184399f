"""Promises: every act that a report promises, cut out by itself, typed, dated and tied to its figures."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, NamedTuple

from duixian.extracting.promises.acts import Act, ActFinder, Value
from duixian.extracting.promises.clauses import mask
from duixian.extracting.promises.deadlines import Deadline, find_deadlines
from duixian.extracting.promises.projects import project_of
from duixian.extracting.promises.responsible import Responsible, find_responsible
from duixian.extracting.promises.stretches import Stretch, stretches
from duixian.model import Commitment, Measurement, Report
from duixian.reading.copy import ReadingCopy
from duixian.registry.topics import Topic, named, topics

__all__ = ["promises"]

_TOPICS: Final = topics()
_LIVELIHOOD: Final = _TOPICS.livelihood()
_MOST_TOPICS: Final = 4


def promises(report: Report, copy: ReadingCopy, measurements: tuple[Measurement, ...]) -> tuple[Commitment, ...]:
    """The promised acts of a report, in the order of the text; checkable ones are numbered first.

    Args:
        report: the report with its sections and livelihood items.
        copy: the reading copy of its document.
        measurements: the report's measurements; their ids become the acts' quantities.
    """
    placed = _place(copy, measurements)
    items = _Items(report, copy)
    named = find_responsible(copy.text, copy.copy_at(report.start), copy.copy_at(report.end))
    found: list[_Promise] = []
    for stretch in stretches(report, copy):
        found += _of_stretch(stretch, copy, placed, items, named, report.year)
    kept = [p for p in found if not items.repeats(p, copy)]
    return _numbered(report, copy, kept)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Numeric measurements by their value's position in the reading copy."""

    starts: list[int]
    ends: list[int]
    measurements: list[Measurement]

    def between(self, start: int, end: int) -> range:
        """Indices of the values that begin between two positions."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


class _Promise(NamedTuple):
    """An act with everything the text says of it; positions are in the reading copy."""

    start: int
    end: int
    act: Act
    stretch: Stretch
    item: int | None
    deadline: Deadline | None
    responsible: str | None
    topics: tuple[str, ...]
    quantities: tuple[str, ...]


def _place(copy: ReadingCopy, measurements: Sequence[Measurement]) -> _Placed:
    numeric = sorted((copy.copy_at(m.value_start), copy.copy_at(m.value_end), i) for i, m in enumerate(measurements) if m.low is not None)
    return _Placed([a for a, _, _ in numeric], [b for _, b, _ in numeric], [measurements[i] for _, _, i in numeric])


class _Items:
    """Livelihood items by position; what stands in a second list of the same items is a repetition."""

    def __init__(self, report: Report, copy: ReadingCopy) -> None:
        self.spans = [(copy.copy_at(i.start), copy.copy_at(i.end), i.n) for i in report.livelihood]
        self.starts = [a for a, _, _ in self.spans]
        self.text = "\n".join(copy.text[a:b] for a, b, _ in self.spans)

    def number(self, start: int) -> int | None:
        """The number of the item that holds a position."""
        i = bisect_right(self.starts, start) - 1
        return self.spans[i][2] if i >= 0 and start < self.spans[i][1] else None

    def repeats(self, promise: _Promise, copy: ReadingCopy) -> bool:
        """Whether a promise outside the items only says again what an item says (a list in the body and once more in an annex)."""
        outside = promise.item is None and promise.stretch.role == "livelihood" and bool(self.spans)
        return outside and copy.text[promise.start : promise.end] in self.text


def _of_stretch(
    stretch: Stretch, copy: ReadingCopy, placed: _Placed, items: _Items, named: Sequence[Responsible], year: int
) -> list[_Promise]:
    base, text = stretch.body, copy.text
    masked = mask(text[base : stretch.end])
    values = [
        Value(placed.starts[i] - base, placed.ends[i] - base, placed.measurements[i].unit or "", placed.measurements[i].role == "target")
        for i in placed.between(base, stretch.end)
    ]
    acts = ActFinder(masked, values).find(0, len(masked))
    if not acts:
        return []
    deadlines = find_deadlines(text, base, stretch.end, year)
    marks = _TOPICS.scan(text, base, stretch.end)
    mark_starts = [at for at, _ in marks]
    themes = _TOPICS.of(stretch.theme) if stretch.theme else ()
    out: list[_Promise] = []
    for act in acts:
        start, end = base + act.start, base + act.end
        out.append(
            _Promise(
                start,
                end,
                act,
                stretch,
                items.number(start),
                _deadline(act, base, deadlines, masked),
                _responsible(start, named),
                _topics_of(_slice(marks, mark_starts, base + masked.rfind("。", 0, act.start) + 1, end), start, themes),
                _quantities(placed, start, end),
            )
        )
    return out


def _quantities(placed: _Placed, start: int, end: int) -> tuple[str, ...]:
    """Ids of the figures in an act, each number once: promised levels and those they start from, no thresholds."""
    seen: dict[int, str] = {}
    for i in placed.between(start, end):
        if placed.measurements[i].role != "other":
            seen.setdefault(placed.starts[i], placed.measurements[i].measurement_id)
    return tuple(seen.values())


def _deadline(act: Act, base: int, deadlines: Sequence[Deadline], masked: str) -> Deadline | None:
    """The deadline in the act or before it in its clause, else one that stands alone in a clause before it in the sentence."""
    start, end = base + min(act.start, act.clause.start), base + act.end
    inside = [d for d in deadlines if start <= d.start < end and not (act.rule == "policy" and _names(act, masked, d.start - base))]
    if inside:
        return inside[0]
    alone = [d for d in deadlines if d.end <= start and _governs(d, base, start, masked)]
    return alone[-1] if alone else None


def _names(act: Act, masked: str, at: int) -> bool:
    """Whether a year directly after the verb is part of what a document is called: "制定2030年前治水方案"."""
    return bool(act.verb) and masked.endswith(act.verb, 0, at)


def _governs(deadline: Deadline, base: int, start: int, masked: str) -> bool:
    """Whether a deadline is a clause of its own in the same sentence: "年底前，…"."""
    between = masked[deadline.end - base : start - base]
    return between.startswith("，") and not any(c in between for c in "。！？；\n")


def _responsible(start: int, named: Sequence[Responsible]) -> str | None:
    return next((r.who for r in named if r.start <= start < r.end), None)


_Marks = Sequence[tuple[int, tuple[Topic, ...]]]


def _slice(marks: _Marks, starts: Sequence[int], start: int, end: int) -> _Marks:
    return marks[bisect_left(starts, start) : bisect_left(starts, end)]


def _topics_of(marks: _Marks, start: int, themes: tuple[str, ...]) -> tuple[str, ...]:
    """Topics named in the act, else the one named last before it in its sentence; what its heading names alone where it says too little.

    Args:
        marks: the topic words from the beginning of its sentence to its end.
        start: where the act begins.
        themes: the topics of its heading.
    """
    first = bisect_left(marks, start, key=lambda mark: mark[0])
    own = [t for _, owners in marks[first:] for t in owners]
    found = named(own)[:_MOST_TOPICS]
    if not found:
        before = (t.zh for _, owners in reversed(marks[:first]) for t in reversed(owners) if not t.broad)
        found = tuple(islice(before, 1))
    if not found:
        return themes[:1]
    vague = all(t.broad or t.adjunct for t in own)
    return (*found, *themes) if vague and len(themes) == 1 and themes[0] not in found else found


def _numbered(report: Report, copy: ReadingCopy, found: Sequence[_Promise]) -> tuple[Commitment, ...]:
    """Commitments with their numbers: the checkable ones 1, 2, 3…, the others after them."""
    checkable = sum(p.act.kind != "qualitative" for p in found)
    out: list[Commitment] = []
    number, other = 0, checkable
    for promise in found:
        if promise.act.kind == "qualitative":
            other += 1
            out.append(_commitment(report, copy, promise, other))
        else:
            number += 1
            out.append(_commitment(report, copy, promise, number))
    return tuple(out)


def _commitment(report: Report, copy: ReadingCopy, promise: _Promise, number: int) -> Commitment:
    start, end = copy.span(promise.start, promise.end)
    act, stretch = promise.act, promise.stretch
    due = promise.deadline.date if promise.deadline else None
    term: Literal["year", "plan"] = "plan" if stretch.role == "tasks_term" or (due is not None and due > f"{report.year}-12-31") else "year"
    implied = f"{report.plan_to if term == 'plan' else report.year}-12-31"
    quote = copy.source_text[start:end]
    return Commitment(
        commitment_id=hashlib.sha256(f"{report.report_id}:{start}:{end}".encode()).hexdigest()[:12],
        report_id=report.report_id,
        source=report.source,
        region_code=report.region_code,
        year=report.year,
        kind=act.kind,
        term=term,
        strength=act.strength,
        livelihood_n=promise.item,
        topics=promise.topics,
        deadline=due or implied,
        deadline_quote=copy.quote(promise.deadline.start, promise.deadline.end) if promise.deadline else None,
        livelihood=stretch.role == "livelihood" or promise.item is not None or not _LIVELIHOOD.isdisjoint(promise.topics),
        responsible=promise.responsible,
        project=project_of(copy.text[promise.start : promise.end]) if act.kind != "qualitative" else None,
        quantities=promise.quantities,
        theme=stretch.theme,
        number=number,
        section=stretch.role,
        rule=act.rule,
        quote=quote,
        start=start,
        end=end,
    )
