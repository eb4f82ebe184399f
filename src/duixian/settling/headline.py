"""The headline value of a cell: all candidates with their scores and reasons, and the one that is chosen."""

from __future__ import annotations

from typing import Final

from duixian.model import Measurement, Reading, Report
from duixian.registry.indicators import indicator_table, normal

# Scores: what speaks for a candidate. The unadjusted value of the targets section wins.
_TARGETS: Final = 4.0
_NEAR_NAME: Final = 0.5
_PASSED: Final = frozenset(("先后跨越", "连续跨越", "接连跨越", "连跨", "连续突破", "先后突破"))  # steps that a level passed over years
_PREFERRED: Final = 0.8
_WEAK_RULES: Final = frozenset(("bracket_basis", "elided", "each_reach", "list_reach", "bracket", "list_one_name"))


def choose(report: Report, measurements: tuple[Measurement, ...]) -> tuple[Reading, ...]:
    """Every candidate for a headline cell, the chosen ones marked.

    A cell is an indicator and a role: "actual" for the year before the report's, "target" for its own year.

    Args:
        report: the report.
        measurements: its measurements.

    Returns:
        The readings in the order of the text; exactly one of each cell is chosen.
    """
    cells: dict[tuple[str, str], list[tuple[float, int, tuple[str, ...], Measurement]]] = {}
    for order, one in enumerate(measurements):
        if not _fits(report, one) or one.indicator is None:
            continue
        score, reasons = _score(one)
        cells.setdefault((one.indicator, one.role), []).append((score, -order, reasons, one))
    out: list[tuple[int, Reading]] = []
    for candidates in cells.values():
        best = max(candidates, key=lambda c: (c[0], c[1]))
        out += [(-c[1], Reading(c[3], c is best, c[0], c[2])) for c in candidates]
    return tuple(reading for _, reading in sorted(out, key=lambda item: item[0]))


def _fits(report: Report, one: Measurement) -> bool:
    if one.scope != "region" or one.tier != "base" or one.role == "other" or one.agg not in (None, "end"):
        return False
    if one.low is None or "partial_year" in one.flags:
        return False
    if one.base_period is not None and int(one.base_period[-4:]) < report.year - (2 if one.role == "actual" else 1):
        return False
    return one.period == str(report.year - 1 if one.role == "actual" else report.year)


def _score(one: Measurement) -> tuple[float, tuple[str, ...]]:
    score, reasons = 0.0, []
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
            reasons.append(f"in {one.section}")
    elif one.section == "review":
        score += 1
        reasons.append("in the review")
    if normal(one.name) in indicator_table().preferred:
        score += _PREFERRED
        reasons.append("the headline's own name")
    if one.rule in _WEAK_RULES:
        score -= _NEAR_NAME
        reasons.append(f"bound by {one.rule}")
    if one.hedge in _PASSED:
        score -= 2
        reasons.append(f"passed on the way ({one.hedge})")
    if one.base_period is not None:
        score -= 1
        reasons.append(f"against {one.base_period}")
    return score, tuple(reasons)
