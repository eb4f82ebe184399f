"""Repaired texts of a store's reports: what is searched and counted, with the way back to the source text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from duixian.model import FactRole, Level, Role
from duixian.reading.copy import ReadingCopy
from duixian.registry.regions import NATIONAL, regions
from duixian.store import Generation, ReportRow, StoreError
from duixian.store.queries import Query

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a report's repaired text under one section, deepest first.

    Attributes:
        start: first character.
        end: the position after the last.
        role: the section's role.
        path: the headings above it, outermost first.
    """

    start: int
    end: int
    role: Role
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PositionMap:
    """The way from a report's repaired text to the document's source text and back.

    Pieces tile both texts: piece i is ``copy[i]:copy[i + 1]`` of the repaired text and ``source[i]:source[i + 1]`` of the source.
    A piece of equal lengths is copied character by character, any other was replaced as a whole.
    """

    copy: Sequence[int]
    source: Sequence[int]
    offset: int = 0  # where the report begins in the document's repaired text

    def start(self, at: int) -> int:
        """The source position where the report's character ``at`` begins."""
        at += self.offset
        i = min(bisect_right(self.copy, at) - 1, len(self.copy) - 2)
        length, source_length = self.copy[i + 1] - self.copy[i], self.source[i + 1] - self.source[i]
        return self.source[i] + min(at - self.copy[i], length) if length == source_length else self.source[i]

    def end(self, end: int) -> int:
        """The source position after the stretch that ends before ``end``."""
        if end + self.offset <= self.copy[0]:
            return self.start(end)
        at = end + self.offset
        i = min(bisect_right(self.copy, at - 1) - 1, len(self.copy) - 2)
        length, source_length = self.copy[i + 1] - self.copy[i], self.source[i + 1] - self.source[i]
        return self.source[i] + (at - self.copy[i]) if length == source_length else self.source[i + 1]

    def span(self, start: int, end: int) -> Span:
        """The source positions of the report's ``start:end``."""
        return self.start(start), self.end(end)

    def back(self, source_at: int) -> int:
        """The report's position of a source position (of the next kept character where it was removed)."""
        i = min(bisect_right(self.source, source_at) - 1, len(self.source) - 2)
        length, source_length = self.copy[i + 1] - self.copy[i], self.source[i + 1] - self.source[i]
        if length == source_length:
            return self.copy[i] + min(source_at - self.source[i], length) - self.offset
        return (self.copy[i] if source_at == self.source[i] else self.copy[i + 1]) - self.offset


def position_map(copy: ReadingCopy, start: int, end: int) -> PositionMap:
    """The map of the report at ``start:end`` of a reading copy.

    Args:
        copy: the document's reading copy.
        start: first position of the report in the copy.
        end: the position after its last.
    """
    copied, source = [0], [0]
    for edit in copy.edits:
        if edit.start > source[-1]:
            copied.append(copied[-1] + edit.start - source[-1])
            source.append(edit.start)
        copied.append(copied[-1] + len(edit.replacement))
        source.append(edit.end)
    if source[-1] < len(copy.source_text) or len(source) == 1:
        copied.append(len(copy.text))
        source.append(len(copy.source_text))
    first = max(bisect_right(copied, start) - 1, 0)
    last = bisect_right(copied, end)
    return PositionMap(tuple(copied[first : last + 1]), tuple(source[first : last + 1]), start)


class ReportText:
    """A report with its repaired text; its sections are read when first asked for.

    Args:
        report: the report.
        text: its repaired text.
        words: number of tokens in it.
        positions: the way back to the source.
        stretches: its sections, tiling the text, or what gives them.

    Attributes:
        report: the report.
        text: its repaired text.
        words: number of tokens in it.
        positions: the way back to the source.
    """

    __slots__ = ("_stretches", "positions", "report", "text", "words")

    def __init__(
        self,
        report: ReportRow,
        text: str,
        words: int,
        positions: PositionMap,
        stretches: tuple[Stretch, ...] | Callable[[], tuple[Stretch, ...]],
    ) -> None:
        self.report = report
        self.text = text
        self.words = words
        self.positions = positions
        self._stretches = stretches

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The sections, tiling the text."""
        if callable(self._stretches):
            self._stretches = self._stretches()
        return self._stretches

    @property
    def characters(self) -> int:
        """Characters of the text, blanks and line breaks not counted."""
        return characters(self.text)

    def at(self, position: int) -> Stretch:
        """The stretch that holds a character."""
        i = bisect_right(self.stretches, position, key=lambda s: s.start) - 1
        return self.stretches[max(i, 0)]

    def __repr__(self) -> str:
        return f"<{self.report.region} {self.report.year}, {len(self.text):,} characters>"


def characters(text: str) -> int:
    """Characters of a repaired text, blanks and line breaks not counted."""
    return len(text) - text.count("\n") - text.count(" ")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which texts, and which parts of them.

    Attributes:
        years: first years of the plan.
        levels: levels of government.
        places: constant or present codes of places; everything below them counts.
        sections: roles of sections.
        figure: only sentences that hold a figure of this role.
        editions: all editions, not only the primary ones.
    """

    years: frozenset[int] | None = None
    levels: frozenset[Level] | None = None
    places: frozenset[str] | None = None
    sections: frozenset[Role] | None = None
    figure: FactRole | None = None
    editions: bool = False

    def takes(self, report: ReportRow) -> bool:
        """Whether a report is among the chosen ones."""
        return (
            (self.editions or report.primary)
            and (self.years is None or report.year in self.years)
            and (self.levels is None or report.level in self.levels)
            and (self.places is None or not self.places.isdisjoint(above(report.region_code, report.region_id, report.year)))
        )


@lru_cache(maxsize=100_000)
def above(code: str, region_id: str, year: int) -> frozenset[str]:
    """Codes and constant codes of a place and of everything above it in a year."""
    table = regions()
    found = {code, region_id, NATIONAL}
    if place := table.by_code(code, year) or table.at(region_id, year):
        for region in (place, *table.ancestors(place, year)):
            found |= {region.code, region.region_id}
    return frozenset(found)


def stretches(sections: Iterable[tuple[Role, int, str | None, int, int]], length: int) -> tuple[Stretch, ...]:
    """Sections as stretches that tile a text; what lies in no section is front.

    Args:
        sections: role, level, heading, start and end in the repaired text; in the order of the text, outer before inner.
        length: length of the text.
    """
    found: list[Stretch] = []
    open_: list[tuple[Role, int, str | None, int, int]] = []
    at = 0

    def paint(until: int) -> None:
        nonlocal at
        if until > at:
            role: Role = open_[-1][0] if open_ else "front"
            found.append(Stretch(at, until, role, tuple(s[2] for s in open_ if s[2])))
            at = until

    for section in sections:
        while open_ and (open_[-1][4] <= section[3] or open_[-1][1] >= section[1]):
            paint(min(open_[-1][4], section[3]))
            open_.pop()
        paint(section[3])
        open_.append(section)
    while open_:
        paint(min(open_[-1][4], length))
        open_.pop()
    paint(length)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """Where a figure stands."""

    report_id: str
    source: str
    start: int
    end: int


FIGURE_SPANS = Query(
    "figure_spans",
    FigureSpan,
    'SELECT report_id, source, start, "end" FROM measurements WHERE role = $role ORDER BY report_id, source, start',
    "the sentences of all figures of a role",
)


class Texts:
    """The repaired texts of a store's generation.

    Args:
        texts: the reports with their texts, in the order of place and year.
        store: the generation, for the positions of figures.
    """

    def __init__(self, texts: Iterable[ReportText], store: Generation | None = None) -> None:
        self.all = tuple(texts)
        self._store = store
        self._figures: dict[FactRole, dict[tuple[str, str], list[Span]]] = {}
        self._only_samples = all(t.report.sample for t in self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[ReportText]:
        return iter(self.all)

    def __repr__(self) -> str:
        return f"<{len(self.all):,} texts, {sum(len(t.text) for t in self.all):,} characters>"

    def chosen(self, choice: Choice) -> list[ReportText]:
        """The texts that a choice takes; the fictional places of the sample only where there is nothing else, or they are named."""
        return [t for t in self.all if (not t.report.sample or self._only_samples or choice.places) and choice.takes(t.report)]

    def parts(self, text: ReportText, choice: Choice) -> list[Span]:
        """The stretches of a text that a choice takes, joined where they touch."""
        spans = [(0, len(text.text))]
        if choice.sections is not None:
            spans = joined((s.start, s.end) for s in text.stretches if s.role in choice.sections)
        if choice.figure is not None:
            spans = common(spans, self._figure_spans(text, choice.figure))
        return spans

    def find(self, report_id: str, source: str | None = None) -> ReportText:
        """The text of a report.

        Raises:
            StoreError: where there is none.
        """
        for text in self.all:
            if text.report.report_id == report_id and source in (None, text.report.source):
                return text
        raise StoreError(f"no report {report_id!r} among the texts")

    def _figure_spans(self, text: ReportText, role: FactRole) -> list[Span]:
        if self._store is None:
            return []
        if role not in self._figures:
            spans = self._figures[role] = {}
            for row in self._store.rows(FIGURE_SPANS, role=role):
                spans.setdefault((row.report_id, row.source), []).append((row.start, row.end))
        found = self._figures[role].get((text.report.report_id, text.report.source), [])
        return joined((text.positions.back(a), text.positions.back(b)) for a, b in found)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, joined where they touch or overlap; empty ones left out."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """What two ordered lists of spans have in common."""
    found: list[Span] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found
