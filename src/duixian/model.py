"""The nouns of the field: frozen, slotted dataclasses with no behaviour of their own.

Positions are Unicode code points into a document's source text, ends are exclusive, and ``text[start:end] == quote`` holds for
every record that carries a quote. The columns of the exported tables (docs/architecture.md) are fields of these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["national", "province", "prefecture", "county"]
Role = Literal[
    "front",
    "review",
    "review_term",
    "problems",
    "outlook",
    "targets",
    "tasks",
    "tasks_term",
    "livelihood",
    "government",
    "closing",
    "appendix",
]
FactRole = Literal["actual", "target", "other"]
Comparator = Literal["=", "~", ">=", "<=", "range", "sync", "ref", "qual"]
Aggregation = Literal["avg", "cum", "each", "end"]
Direction = Literal["up", "down"]
ValueKind = Literal["level", "change", "rank", "multiple", "ratio"]
Tier = Literal["base", "stretch"]
Scope = Literal["region", "other"]


@dataclass(frozen=True, slots=True)
class Hints:
    """What stands beside a document's text and may be wrong: names of files and folders, front matter, columns of a CSV row.

    A hint never overrules the body; it decides only where the body is silent.
    """

    path: tuple[str, ...] = ()  # folders and file name without its suffix, outermost first
    title: str | None = None
    url: str | None = None
    region: str | None = None
    year: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it was read from a file, an archive member or a CSV row."""

    doc_id: str  # sha256 of the bytes
    source: str  # display path below the root
    text: str  # the source text that all positions point into
    hints: Hints = Hints()
    pages: tuple[tuple[int, int], ...] = ()  # start and end of each page of a PDF in ``text``


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file or row that could not be read, with the reason in one line."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report with one role; sections nest, the deepest one's role counts."""

    role: Role
    level: int  # 1 for the outermost
    heading: str | None  # the heading's words, null where the section opens without one
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LivelihoodItem:
    """One enumerated livelihood item (民生实事) of the coming year."""

    n: int
    announced: int | None  # the number of items the report announces
    title: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One work report inside a document: who speaks, for which years, and where its parts stand."""

    report_id: str
    doc_id: str
    source: str
    region: str  # official full name
    region_code: str  # GB/T 2260 code valid in ``year``
    region_id: str  # one code for the same place over all years
    level: Level
    year: int  # first year of the plan
    session: str | None  # "14.3": third session of the fourteenth congress
    plan_from: int
    plan_to: int
    kind: Literal["full", "abstract"]
    delivered: str | None  # YYYY-MM-DD
    meeting: str | None
    speaker: str | None
    speaker_title: str | None
    title: str | None
    url: str | None
    sample: bool
    flags: tuple[str, ...]
    start: int
    end: int
    sections: tuple[Section, ...] = ()
    livelihood: tuple[LivelihoodItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A stretch of a document that is not a report, with the reason."""

    source: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a named repair rule fired in a document."""

    rule: str
    count: int


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured value (or non-numeric target) with what it measures, under which qualifier, for when and for whom."""

    measurement_id: str  # twelve hex digits of sha256(report_id, value_start, value_end, ordinal)
    report_id: str
    source: str
    region_code: str
    year: int  # the report's year
    name: str  # what is measured, in the words of the text
    indicator: str | None  # id in the indicator registry
    role: FactRole
    period: str | None  # "2024" or "2021-2025"
    agg: Aggregation | None
    base_period: str | None
    comparator: Comparator
    hedge: str | None  # the qualifying words themselves
    low: float | None  # as written before the unit; null for sync, ref, qual
    high: float | None
    unit: str | None
    canonical_low: float | None  # in ``canonical_unit``
    canonical_high: float | None
    canonical_unit: str | None
    direction: Direction | None
    value_kind: ValueKind
    tier: Tier
    scope: Scope
    scope_name: str | None
    basis: str | None  # real, comparable, adjusted, old_method; null for the headline basis
    preliminary: bool
    reference: str | None  # what sync and ref compare with
    reference_offset: float | None
    section: Role
    rule: str  # name of the rule that read it
    flags: tuple[str, ...]
    quote: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate for a headline cell (report, indicator, role), with its score and the reasons for it."""

    measurement: Measurement
    chosen: bool
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promised act of a report: one row for each act that can be checked by itself."""

    commitment_id: str  # twelve hex digits of sha256(report_id, start, end)
    report_id: str
    source: str
    region_code: str
    year: int
    kind: Literal["quantified", "milestone", "qualitative"]
    term: Literal["year", "plan"]
    strength: Literal["hard", "soft", "process"]
    livelihood_n: int | None
    topics: tuple[str, ...]
    deadline: str | None  # YYYY-MM-DD; stated, or 31 December of the plan year
    deadline_quote: str | None  # its words; null where implied
    livelihood: bool
    responsible: str | None
    project: str | None  # the named thing the act is about
    quantities: tuple[str, ...]  # measurement ids
    theme: str | None  # the heading it stands under
    number: int  # its stable number in the report's list of tasks
    section: Role
    rule: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The address of a headline value: place, year of the report, indicator, role."""

    region_id: str
    year: int
    indicator: str
    role: Literal["actual", "target"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about a cell; the last one that was not undone counts."""

    correction_id: int
    cell: Cell
    action: Literal["value", "accept", "reject"]  # another value; the machine's value is right; the cell is not stated
    comparator: Comparator | None
    low: float | None
    high: float | None
    unit: str | None
    direction: Direction | None
    quote: str | None  # the words that state it, where the person gave them
    reason: str
    author: str
    made: str  # ISO time in UTC
    undone: str | None  # ISO time in UTC; null while it counts
