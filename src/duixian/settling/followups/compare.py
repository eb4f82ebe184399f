"""A promised figure beside a reported one: reached, short of it, or not to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from duixian.registry.answers import answer_words
from duixian.registry.indicators import indicator_table
from duixian.registry.units import digits, unit_table
from duixian.settling.followups.records import Quantity

Relation = Literal["reached", "short", "other"]
_RATE_SLACK: Final = 0.2  # points below a target with 左右
_STEP_SLACK: Final = 0.5  # points below the growth of the economy
_AMOUNT_SLACK: Final = 0.02  # share of the target


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two figures stand to each other, and why they can't be compared."""

    relation: Relation
    why: str


def compare(goal: Quantity, got: Quantity, year: int, *, stock: bool, growth: Quantity | None = None) -> Comparison:
    """Compare a goal with a result.

    Args:
        goal: what was promised.
        got: what is reported.
        year: the year that was promised for.
        stock: whether the goal is a level and the result may be one reached over years.
        growth: the growth of the economy that a goal in step with it is held against.
    """
    if goal.low is None and goal.comparator == "sync" and growth is not None and got.low is not None and got.value_kind == "change":
        return _in_step(goal, got, growth)
    if goal.low is None or got.low is None:
        return Comparison("other", "no number")
    if not same_measure(goal, got):
        return Comparison("other", f"other measure: {shown(goal)} / {shown(got)}")
    if got.period is not None and got.period != str(year) and not (stock and got.period.endswith(f"-{year}")):
        return Comparison("other", f"over {got.period}, not {year}")
    if got.agg not in (None, "end") and not (stock and got.agg == "cum"):
        return Comparison("other", f"{got.agg} of several years")
    if goal.basis != got.basis and goal.indicator is not None:
        return Comparison("other", f"other basis: {goal.basis or '-'} / {got.basis or '-'}")
    return _compare_values(goal, got)


def _in_step(goal: Quantity, got: Quantity, growth: Quantity) -> Comparison:
    said = f"{shown(got)}, economy {shown(growth)}"
    return Comparison("reached" if _amount(got) >= _amount(growth) - _STEP_SLACK else "short", said)


def same_measure(goal: Quantity, got: Quantity) -> bool:
    """Whether both count the same way: unit of one class, both a level or both a change."""
    a, b = unit_table().worth(goal.unit or ""), unit_table().worth(got.unit or "")
    counts = answer_words().counts
    if a.kind != b.kind and not {a.kind, b.kind} <= counts:
        return False
    if a.kind == "bare" and a.canonical != b.canonical:
        return False
    return (goal.value_kind == "change") == (got.value_kind == "change") and (got.value_kind == "rank") == (goal.value_kind == "rank")


def _compare_values(goal: Quantity, got: Quantity) -> Comparison:
    aim, result = _amount(goal), _amount(got)
    lower = lower_is_better(goal)
    if lower:
        aim, result = -aim, -result
    slack = 0.0
    if goal.comparator == "~":
        slack = _RATE_SLACK if unit_table().worth(goal.unit or "").kind in ("percent", "points") else _AMOUNT_SLACK * abs(aim)
    said = f"{shown(got)} against {shown(goal)}"
    if result > aim or (result >= aim - slack - 1e-9 and not _falls_below(got)):
        return Comparison("reached", said)
    if got.comparator == (">=" if not lower else "<="):
        return Comparison("other", f"only a bound: {said}")
    return Comparison("short", said)


def _falls_below(got: Quantity) -> bool:
    return bool(got.hedge) and any(word in (got.hedge or "") for word in answer_words().near)


def lower_is_better(goal: Quantity) -> bool:
    """Whether a smaller result is the better one."""
    if goal.value_kind == "change" and goal.direction == "down":
        return True  # falls count as negative: the larger fall is the smaller value
    if goal.indicator and indicator_table().indicators[goal.indicator].polarity == "down":
        return True
    return goal.comparator == "<=" or (goal.direction == "down" and goal.value_kind == "level")


def _amount(value: Quantity) -> float:
    assert value.low is not None
    low = value.low if value.high is None or value.direction == "down" else min(value.low, value.high)
    return low * unit_table().worth(value.unit or "").factor * (-1.0 if value.direction == "down" and value.value_kind == "change" else 1.0)


def shown(value: Quantity) -> str:
    """A figure in few characters: >=100家."""
    if value.low is None:
        return value.hedge or value.comparator
    sign = {"=": "", "range": ""}.get(value.comparator, value.comparator)
    high = f"-{digits(value.high)}" if value.high is not None and value.high != value.low else ""
    fall = "-" if value.direction == "down" and value.value_kind == "change" else ""
    return f"{sign}{fall}{digits(value.low)}{high}{value.unit or ''}"
