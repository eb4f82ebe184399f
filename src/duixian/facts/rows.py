"""The tables of the facts: figures and locators, never sentences. Each table's columns are the fields of its class, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from duixian.model import Aggregation, Comparator, Direction, FactRole, Level, Role, Scope, Tier, ValueKind
from duixian.settling.followups.records import Fulfilment
from duixian.settling.records import Verdict


@dataclass(frozen=True, slots=True)
class FactReport:
    """A report: whose, of when, where it came from, and the digest of the text that all positions point into."""

    report_id: str
    doc_id: str
    source: str
    text_sha256: str
    reader_version: str
    region: str
    region_code: str
    region_id: str
    level: Level
    year: int
    session: str | None
    plan_from: int
    plan_to: int
    kind: Literal["full", "abstract"]
    delivered: str | None
    speaker: str | None
    speaker_title: str | None
    url: str | None
    edition_of: str | None
    primary: bool
    flags: tuple[str, ...]
    start: int
    end: int
    chars: int


@dataclass(frozen=True, slots=True)
class FactSection:
    """A part of a report with its role, without its heading."""

    report_id: str
    role: Role
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactFigure:
    """The value chosen for an indicator: last year's actual or this year's target."""

    report_id: str
    region: str
    region_id: str
    level: Level
    year: int
    measurement_id: str
    indicator: str
    headline: bool  # whether the indicator is one of those that the store's panel holds
    role: FactRole
    period: str | None
    agg: Aggregation | None
    base_period: str | None
    comparator: Comparator
    hedge: str | None
    hedge_first: bool | None  # whether the qualifying word stands before the number; null where there is none
    low: float | None
    high: float | None
    unit: str | None
    canonical_low: float | None
    canonical_high: float | None
    canonical_unit: str | None
    direction: Direction | None
    value_kind: ValueKind
    tier: Tier
    scope: Scope
    basis: str | None
    preliminary: bool
    reference: str | None
    reference_offset: float | None
    section: Role
    rule: str
    flags: tuple[str, ...]
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class FactSettlement:
    """A target beside what came, with the verdict."""

    region: str
    region_code: str
    region_id: str
    region_level: Level
    year: int
    indicator: str
    period: str
    tier: Tier
    agg: Aggregation | None
    target_measurement_id: str
    target_comparator: Comparator
    target_hedge: str | None
    target_hedge_first: bool | None
    target_low: float | None
    target_high: float | None
    target_unit: str | None
    target_direction: Direction | None
    target_source: str
    target_start: int
    target_end: int
    actual_measurement_id: str | None
    actual_comparator: Comparator | None
    actual_hedge: str | None
    actual_hedge_first: bool | None
    actual_low: float | None
    actual_high: float | None
    actual_unit: str | None
    actual_direction: Direction | None
    actual_source: str | None
    actual_start: int | None
    actual_end: int | None
    gap: float | None
    gap_unit: str | None
    tolerance: float | None
    verdict: Verdict
    reason: str | None
    answered_by: str
    yardstick: str | None
    yardstick_low: float | None
    yardstick_unit: str | None
    yardstick_direction: Direction | None
    yardstick_source: str | None
    yardstick_start: int | None
    yardstick_end: int | None
    confession_source: str | None
    confession_start: int | None
    confession_end: int | None


@dataclass(frozen=True, slots=True)
class FactCommitment:
    """A figure of a quantified promise; a promise with several figures has several rows."""

    report_id: str
    start: int  # of the promise
    end: int
    term: Literal["year", "plan"]
    strength: Literal["hard", "soft", "process"]
    topic: str | None
    deadline: str | None
    deadline_stated: bool
    livelihood: bool
    livelihood_n: int | None
    section: Role
    indicator: str | None
    period: str | None
    comparator: Comparator | None
    low: float | None
    high: float | None
    unit: str | None
    direction: Direction | None
    value_kind: ValueKind | None
    value_start: int | None
    value_end: int | None
    verdict: Fulfilment | None  # null where the next report is not there
    answer_source: str | None
    answer_start: int | None
    answer_end: int | None


@dataclass(frozen=True, slots=True)
class FactCount:
    """How many promises of a kind a report makes, and what became of them."""

    report_id: str
    section: Role
    kind: Literal["quantified", "milestone", "qualitative"]
    term: Literal["year", "plan"]
    strength: Literal["hard", "soft", "process"]
    livelihood: bool
    verdict: Fulfilment | None
    commitments: int


@dataclass(frozen=True, slots=True)
class FactTerm:
    """How often a policy term stands in the repaired text of a report; a term that does not stand there has no row."""

    report_id: str
    term: str
    count: int


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """How right a layer is on the reports that people annotated."""

    layer: str
    decade: str  # "2010s", or "all"
    rule: str | None  # the rule of reading, where the figure is of one
    reports: int
    right: int
    wrong: int  # found and wrong, or not there
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None


FACTS: Mapping[str, type] = {
    "reports": FactReport,
    "sections": FactSection,
    "panel": FactFigure,
    "settlements": FactSettlement,
    "commitments": FactCommitment,
    "commitment_counts": FactCount,
    "term_counts": FactTerm,
    "error_rates": ErrorRate,
}
PACKED = ("sections", "commitments", "commitment_counts", "term_counts", "settlements", "panel")  # CSV files that are gzipped
PLACES = ("region", "source", "target_source", "actual_source", "answered_by", "answer_source", "yardstick_source", "confession_source")
"""Columns that hold names of places, or paths made of them; a long run of characters may stand only there."""
