"""Panels made of headline values: pivoted, with changes and ranks, and what a year's values add up to; and the cells that are empty."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from duixian.analysing.corrected import corrected_panel
from duixian.analysing.headline import check_indicators, in_words
from duixian.analysing.tables import Column, Table, Value
from duixian.model import Cell, Correction
from duixian.registry.indicators import indicator_table, is_fall
from duixian.store import Generation
from duixian.store.queries import PlacedMeasurement

Side = Literal["target", "actual"]
SIDES: tuple[Side, ...] = ("target", "actual")
SIDES_ZH = {"target": "目标", "actual": "实际"}
WEIGHT = "gdp.level"
_DECILES = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cells a panel is made of.

    Attributes:
        indicators: ids of indicators.
        years: years the values belong to: a target's plan year, the year an actual happened in; all where null.
        levels: levels of government; all where null.
        codes: constant codes of places; all where null.
    """

    indicators: Sequence[str]
    years: Sequence[int] | None = None
    levels: Sequence[str] | None = None
    codes: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """Headline values by place, the year they belong to, indicator and side."""

    cells: Mapping[tuple[str, int, str, Side], PlacedMeasurement]
    choice: Choice

    def value(self, region_id: str, year: int, indicator: str, side: Side) -> float | None:
        """A value as a number in the unit's canonical form; a fall is negative; null where the cell is empty or no number."""
        m = self.cells.get((region_id, year, indicator, side))
        return None if m is None or m.canonical_low is None else -m.canonical_low if is_fall(indicator, m.direction) else m.canonical_low

    def places(self) -> dict[str, PlacedMeasurement]:
        """The places of the panel by code, in the order of codes, with one of their values."""
        found: dict[str, PlacedMeasurement] = {}
        for m in self.cells.values():
            found.setdefault(m.region_id, m)
        return dict(sorted(found.items()))


def panel_of(store: Generation, choice: Choice, corrections: Mapping[Cell, Correction]) -> Panel:
    """The headline values of a choice, decisions of people laid over them; of two reports in a year the later one's.

    Args:
        store: an open store.
        choice: which cells.
        corrections: decisions in force.
    """
    check_indicators(choice.indicators)
    wanted = None if choice.years is None else sorted({y for year in choice.years for y in (year, year + 1)})
    found = corrected_panel(store, corrections, years=wanted, levels=choice.levels, codes=choice.codes, indicators=choice.indicators)
    cells: dict[tuple[str, int, str, Side], PlacedMeasurement] = {}
    for m in found:
        side: Side = "target" if m.role == "target" else "actual"
        year = m.year if side == "target" else m.year - 1
        if m.indicator and (choice.years is None or year in choice.years):
            cells[m.region_id, year, m.indicator, side] = m
    return Panel(cells, choice)


def pivot_table(panel: Panel, sides: Sequence[Side] = SIDES) -> Table:
    """One row a place, one column for each indicator, year and side that has a value.

    Args:
        panel: the values.
        sides: target, actual or both.
    """
    years = sorted({key[1] for key in panel.cells})
    columns = [(i, y, s) for i in panel.choice.indicators for y in years for s in sides if any(k[1:] == (y, i, s) for k in panel.cells)]
    known = indicator_table().indicators
    heads = [
        Column("region", "地区", "region"),
        Column("region_id", "固定代码", "region_id"),
        *(Column(f"{i}_{s}_{y}", f"{known[i].zh} {y} {SIDES_ZH[s]}", f"{known[i].en} {y} {s}", numeric=True) for i, y, s in columns),
    ]
    rows = tuple(
        (m.region, code, *(in_words(c) if (c := panel.cells.get((code, y, i, s))) else None for i, y, s in columns))
        for code, m in panel.places().items()
    )
    return Table("pivot", tuple(heads), rows, f"{len(rows)} places, {len(columns)} columns")


def change_table(panel: Panel) -> Table:
    """Targets with their change against the year before and their rank among the places of their level and year (1 is the highest).

    Args:
        panel: the values; the year before must be among them for changes.
    """
    heads = (
        Column("region", "地区", "region"),
        Column("region_id", "固定代码", "region_id", detail=True),
        Column("year", "年份", "year", numeric=True),
        Column("indicator", "指标代码", "indicator id", detail=True),
        Column("indicator_zh", "指标", "indicator"),
        Column("target", "目标", "target", numeric=True),
        Column("value", "值", "value", numeric=True),
        Column("unit", "单位", "unit"),
        Column("change", "比上年", "change", numeric=True),
        Column("rank", "位次", "rank", numeric=True),
        Column("of", "共", "of", numeric=True),
    )
    peers_of: dict[tuple[int, str, str], list[float]] = defaultdict(list)
    for (code, year, indicator, side), m in panel.cells.items():
        if side == "target" and (v := panel.value(code, year, indicator, side)) is not None and not m.sample:
            peers_of[year, indicator, m.level].append(v)
    rows: list[tuple[Value, ...]] = []
    for (code, year, indicator, side), m in sorted(panel.cells.items(), key=lambda item: (item[0][2], item[0][1], item[0][0])):
        value = panel.value(code, year, indicator, side)
        if side != "target" or value is None:
            continue
        last = panel.value(code, year - 1, indicator, side)
        peers = peers_of[year, indicator, m.level]
        rank = 1 + sum(v > value for v in peers)
        change = None if last is None else round(value - last, 6)
        zh = indicator_table().indicators[indicator].zh
        rows.append((m.region, code, year, indicator, zh, in_words(m), value, m.canonical_unit, change, rank, len(peers)))
    return Table("changes", heads, tuple(rows))


def summary_table(panel: Panel, weights: Panel | None = None) -> Table:
    """For each indicator, year and side: places, mean, median, deciles, and the mean weighted by GDP; sample places are left out.

    Args:
        panel: the values.
        weights: GDP levels of the same places and years; without them no weighted mean.
    """
    heads = (
        Column("indicator", "指标代码", "indicator id", detail=True),
        Column("indicator_zh", "指标", "indicator"),
        Column("year", "年份", "year", numeric=True),
        Column("side", "类别", "side"),
        Column("places", "地区数", "places", numeric=True),
        Column("mean", "平均", "mean", numeric=True),
        Column("weighted", "按生产总值加权", "GDP-weighted", numeric=True),
        Column("median", "中位数", "median", numeric=True),
        *(Column(f"d{n}", f"第{n}十分位", f"decile {n}", numeric=True, detail=n not in (1, 9)) for n in range(1, _DECILES + 1)),
        Column("least", "最低", "lowest", numeric=True),
        Column("most", "最高", "highest", numeric=True),
        Column("unit", "单位", "unit"),
    )
    groups: dict[tuple[str, int, Side], dict[str, float]] = defaultdict(dict)
    units: dict[str, str | None] = {}
    for (code, year, indicator, side), m in panel.cells.items():
        if not m.sample and (v := panel.value(code, year, indicator, side)) is not None:
            groups[indicator, year, side][code] = v
            units[indicator] = m.canonical_unit
    rows = tuple(
        _summary(indicator, year, side, values, weights, units[indicator]) for (indicator, year, side), values in sorted(groups.items())
    )
    return Table("summary", heads, rows)


def _summary(
    indicator: str, year: int, side: Side, values: Mapping[str, float], weights: Panel | None, unit: str | None
) -> tuple[Value, ...]:
    each = sorted(values.values())
    deciles = statistics.quantiles(each, n=10, method="inclusive") if len(each) > 1 else each * _DECILES
    of = {code: w for code in values if weights and (w := _weight(weights, code, year)) is not None}
    weighted = sum(values[c] * w for c, w in of.items()) / sum(of.values()) if of else None
    zh = indicator_table().indicators[indicator].zh
    rounded = [
        None if x is None else round(x, 4) for x in (statistics.fmean(each), weighted, statistics.median(each), *deciles, each[0], each[-1])
    ]
    return (indicator, zh, year, SIDES_ZH[side], len(each), *rounded, unit)


def _weight(weights: Panel, code: str, year: int) -> float | None:
    """The place's GDP of the year, or of the year before, which is what a target's year knows."""
    return weights.value(code, year, WEIGHT, "actual") or weights.value(code, year - 1, WEIGHT, "actual")
