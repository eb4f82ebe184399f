"""What following up takes and gives: promises, figures, the answering report, and one followup for each answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duixian.model import Aggregation, FactRole, Role, ValueKind
from duixian.settling.records import Value

Fulfilment = Literal["met", "partly", "missed", "reported_no_measure", "carried_over", "not_mentioned"]
Part = Literal["review", "term", "plan", "problems", "other"]  # what a clause of the answering report speaks of


@dataclass(frozen=True, slots=True)
class Quantity(Value):
    """A measured value of a report; positions are in the source text."""

    report_id: str
    source: str
    name: str
    indicator: str | None
    role: FactRole
    agg: Aggregation | None
    value_kind: ValueKind
    section: Role
    quote: str
    region_code: str
    year: int
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A checkable commitment of the earlier report."""

    commitment_id: str
    report_id: str
    source: str
    region_code: str
    year: int
    kind: Literal["quantified", "milestone", "qualitative"]
    livelihood_n: int | None
    section: Role
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the answering report with its role; positions are in the source text."""

    report_id: str
    source: str
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Followup:
    """An answer to a promise, or the statement that there is none."""

    commitment_id: str
    source: str
    region_code: str
    year: int
    start: int
    end: int
    promise: str
    to_source: str
    to_year: int
    answer: str | None
    answer_start: int | None
    answer_end: int | None
    verdict: Fulfilment
    reason: str
    score: float | None
