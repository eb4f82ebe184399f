"""The headline value of a cell: all candidates with their scores and reasons, and the one that is chosen."""

from __future__ import annotations

import re
from typing import Final

from duixian.model import Measurement, Reading, Report
from duixian.registry.indicators import indicator_table, normal

# Scores: what speaks for a candidate. The unadjusted value of the targets section wins.
_TARGETS: Final = 4.0
_NEAR_NAME: Final = 0.5
_BESIDE: Final = 0.7
_VAGUE: Final = 10.0  # a target without a number counts only where no number is set
# Steps that a level passed over years. Matches "先后跨越", "连续跨上", "连跨"; not "跨越".
_PASSED: Final = re.compile(r"先后|连续|接连|相继|连[跨破]")
# A line that was crossed. Matches "突破", "超过", "首次突破"; not "以上", "不低于".
_LINE: Final = re.compile(r"破|超|跨|过|迈|站上|登上|大关|台阶|关口")
_STEP: Final = 10.0  # so many times a line may the value beside it be
_CROSSED: Final = 2.0  # … and a value elsewhere
_ABOUT: Final = 1.15  # … and one that is a bound (增长16%以上), not a line
_SAME_STRETCH: Final = 220  # characters: the value stands so near to the line that it crossed
_LOCAL: Final = "地方"  # the revenue of places is no revenue of the country
_PREFERRED: Final = 0.8
_WEAK_RULES: Final = frozenset(("bracket_basis", "each_reach", "list_reach", "bracket", "list_one_name"))


_Candidate = tuple[float, int, tuple[str, ...], Measurement]  # score, place in the text (negative), reasons


def choose(report: Report, measurements: tuple[Measurement, ...]) -> tuple[Reading, ...]:
    """Every candidate for a headline cell, the chosen ones marked.

    A cell is an indicator and a role: "actual" for the year before the report's, "target" for its own year.

    Args:
        report: the report.
        measurements: its measurements.

    Returns:
        The readings in the order of the text; exactly one of each cell is chosen.
    """
    cells: dict[tuple[str, str], list[_Candidate]] = {}
    for order, one in enumerate(measurements):
        if not _fits(report, one) or one.indicator is None:
            continue
        score, reasons = _score(one)
        cells.setdefault((one.indicator, one.role), []).append((score, -order, reasons, one))
    out: list[tuple[int, Reading]] = []
    for candidates in cells.values():
        candidates[:] = [_crossed(c, candidates) for c in candidates]
        best = max(candidates, key=lambda c: (c[0], c[1]))
        out += [(-c[1], Reading(c[3], c is best, c[0], c[2])) for c in candidates]
    return tuple(reading for _, reading in sorted(out, key=lambda item: item[0]))


def _crossed(one: _Candidate, others: list[_Candidate]) -> _Candidate:
    """A line that was crossed (突破1000亿元，达到1073亿元) gives way to the value itself, where that stands near or is like it."""
    score, order, reasons, m = one
    if m.comparator != ">=" or m.canonical_low is None or m.role != "actual":
        return one
    line = m.value_kind == "level" and _LINE.search(m.hedge or "") is not None
    for _, _, _, other in others:
        if other.comparator == ">=" or other.canonical_low is None or other.canonical_unit != m.canonical_unit:
            continue
        near = abs(other.value_start - m.value_start) < _SAME_STRETCH
        if "beside_part" in other.flags and not near:
            continue
        if m.canonical_low <= other.canonical_low < (_ABOUT if not line else _STEP if near else _CROSSED) * m.canonical_low:
            return score - 1, order, (*reasons, "a line that was crossed, the value itself is stated"), m
    return one


def _fits(report: Report, one: Measurement) -> bool:
    if one.scope != "region" or one.tier != "base" or one.role == "other" or one.agg not in (None, "end"):
        return False
    if "partial_year" in one.flags or (one.low is None and (one.section != "targets" or one.role != "target")):
        return False
    if report.level == "national" and one.name.startswith(_LOCAL):
        return False
    if one.role == "target" and one.preliminary and one.section in ("review", "review_term"):
        return False  # a year's result that a report of its autumn expects
    since = int(one.base_period[-4:]) if one.base_period is not None and one.value_kind == "change" else report.year
    if since < report.year - (2 if one.role == "actual" else 1):
        return False
    return one.period == str(report.year - 1 if one.role == "actual" else report.year)


def _score(one: Measurement) -> tuple[float, tuple[str, ...]]:
    score, reasons = 0.0, []
    if one.low is None:
        score -= _VAGUE
        reasons.append("without a number")
    if one.basis is not None:
        score -= 3
        reasons.append(f"basis {one.basis}")
    else:
        reasons.append("unadjusted")
    if one.role == "target":
        if one.section == "targets":
            score += _TARGETS
            reasons.append("in the targets section")
        else:
            if one.section == "tasks_term":
                score -= 1
            reasons.append(f"in {one.section}")
    elif one.section == "review":
        score += 1
        reasons.append("in the review")
    if normal(one.name) in indicator_table().preferred:
        score += _PREFERRED
        reasons.append("the headline's own name")
    elif normal(one.name) in indicator_table().bare:
        score -= _NEAR_NAME
        reasons.append("named by a short word only")
    if "beside_part" in one.flags:
        score -= _BESIDE
        reasons.append("a part of the place is spoken of before")
    if one.rule in _WEAK_RULES:
        score -= _NEAR_NAME
        reasons.append(f"bound by {one.rule}")
    if one.hedge is not None and _PASSED.search(one.hedge):
        score -= 2
        reasons.append(f"passed on the way ({one.hedge})")
    if one.base_period is not None:
        score -= 1
        reasons.append(f"against {one.base_period}")
    return score, tuple(reasons)
