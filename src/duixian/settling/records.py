"""What settling takes and gives: places, figures with their sentence, settlements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duixian.model import Aggregation, Comparator, Direction, FactRole, Level, Tier

Verdict = Literal["met", "about_met", "missed", "not_reported", "not_comparable"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as the text gives it, without its place."""

    comparator: Comparator
    hedge: str | None
    low: float | None  # as written before the unit; null for sync, ref, qual
    high: float | None
    unit: str | None
    direction: Direction | None
    basis: str | None
    base_period: str | None
    reference: str | None
    reference_offset: float | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Figure(Value):
    """A value of an indicator with the sentence that states it."""

    measurement_id: str
    report_id: str
    source: str
    indicator: str
    role: FactRole
    agg: Aggregation | None
    tier: Tier
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """The report of a place for a year."""

    report_id: str
    source: str
    region: str
    region_code: str
    region_id: str
    level: Level
    year: int
    session: str | None
    kind: Literal["full", "abstract"]


@dataclass(frozen=True, slots=True)
class Confession:
    """A report admits that an aim was missed."""

    subject: str  # of the indicator registry
    plan: bool  # the aim of a plan of several years
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """A target beside the result that a later report gives.

    ``gap`` and ``tolerance`` are in ``gap_unit``: the canonical unit of the target's unit (人 for 万人, 元 for 亿元, 千克 for 亿斤).
    """

    region_code: str  # in the target's year
    region_id: str
    indicator: str
    period: str
    tier: Tier
    agg: Aggregation | None  # null: the target of one year
    target_measurement_id: str
    target_comparator: Comparator
    target_low: float | None
    target_high: float | None
    target_unit: str | None
    target_direction: Direction | None
    target_source: str
    target_start: int
    target_end: int
    target_quote: str
    actual_measurement_id: str | None
    actual_comparator: Comparator | None
    actual_low: float | None
    actual_high: float | None
    actual_unit: str | None
    actual_direction: Direction | None
    actual_source: str | None
    actual_start: int | None
    actual_end: int | None
    actual_quote: str | None
    gap: float | None
    tolerance: float | None
    verdict: Verdict
    reason: str
    gap_unit: str | None
    region: str
    region_level: Level
    year: int  # of the report that sets the target
    target_hedge: str | None
    actual_hedge: str | None
    answered_by: str  # source of the report that should answer
    yardstick: str | None  # what a sync or ref target was measured against
    yardstick_low: float | None
    yardstick_unit: str | None
    yardstick_direction: Direction | None
    yardstick_source: str | None
    yardstick_start: int | None
    yardstick_end: int | None
    yardstick_quote: str | None
    confession_source: str | None  # the problems section admits the miss
    confession_start: int | None
    confession_end: int | None
    confession_quote: str | None
