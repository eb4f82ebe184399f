"""The table that everybody compiles by hand each January: for each region this year's target and last year's result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from duixian.analysing.columns import PLACE
from duixian.analysing.corrected import FLAG, corrected_panel
from duixian.analysing.settlements_words import amount_in_words, hedged
from duixian.analysing.tables import Column, Table, Value
from duixian.model import Cell, Correction, FactRole, Measurement
from duixian.registry.indicators import indicator_table as registry
from duixian.registry.indicators import is_fall
from duixian.registry.units import digits
from duixian.store import Generation, ReportRow
from duixian.store.errors import StoreError
from duixian.store.queries import PlacedMeasurement

_CELL = (
    *PLACE,
    Column("indicator", "指标代码", "indicator id", detail=True),
    Column("indicator_zh", "指标", "indicator"),
)
_VALUE = ("comparator", "hedge", "low", "high", "unit", "direction")
_PLACE_OF_VALUE = ("source", "start", "end", "flags")
_ROLES: tuple[tuple[FactRole, str, str], ...] = (("target", "目标", "target"), ("actual", "上年实际", "last year's actual"))


def _columns() -> tuple[Column, ...]:
    found = list(_CELL)
    for role, zh, en in _ROLES:
        found.append(Column(f"{role}_period", f"{zh}年份", f"{en} period", detail=True))
        found.append(Column(role, zh, en, numeric=True))
        found += [Column(f"{role}_{f}", f"{zh} {f}", f"{en} {f}", detail=True) for f in _VALUE]
        found.append(Column(f"{role}_quote", f"{zh}原文", f"{en} sentence", wide=True))
        found += [Column(f"{role}_{f}", f"{zh} {f}", f"{en} {f}", detail=True) for f in _PLACE_OF_VALUE]
    return tuple(found)


COLUMNS = _columns()
CORRECTED = "〔更正〕"  # stands behind a value that a person entered


_PLAIN = {"~": "左右", ">=": "以上", "<=": "以内"}


def in_words(m: Measurement) -> str:
    """A value with the comparator's own word where it stands in the text (5.5%左右, 不低于1100万人, 下降3%, 与经济增长同步)."""
    if m.low is None:
        return m.hedge or ""
    value = amount_in_words(m.low, m.high, m.unit)
    if is_fall(m.indicator, m.direction, m.value_kind):
        value = f"下降{value}"
    if not m.hedge:
        return value + _PLAIN.get(m.comparator, "")  # a value that a person entered has no words of the text
    return hedged(value, digits(m.low), m.hedge, m.quote)


def _shown(m: PlacedMeasurement) -> str:
    return f"{in_words(m)}{CORRECTED}" if FLAG in m.flags else in_words(m)


def check_indicators(ids: Sequence[str]) -> None:
    """Raises StoreError, naming near ones, where an id is not in the registry."""
    known = registry().indicators
    for one in ids:
        if one not in known:
            near = [k for k in known if k.split(".")[0] == one.split(".")[0] or one in k][:5]
            raise StoreError(f"no indicator {one!r}" + (f"; near: {', '.join(near)}" if near else f"; there are: {', '.join(known)}"))


def headline_table(
    store: Generation,
    indicators: Sequence[str],
    years: Sequence[int] | None = None,
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    corrections: Mapping[Cell, Correction] = MappingProxyType({}),
) -> Table:
    """For each primary report and indicator the target of its year and the actual of the year before.

    A region whose report states neither keeps its row, with empty cells.

    Args:
        store: an open store.
        indicators: ids of indicators.
        years: years of the reports.
        levels: levels of government.
        codes: codes of places.
        corrections: decisions of people that are laid over the values.
    """
    check_indicators(indicators)
    reports = store.reports(years=years, levels=levels, codes=codes)
    if codes is None:  # the sample's fictional places stand among real ones only where they are asked for
        reports = tuple(r for r in reports if not r.sample) or reports
    panel = corrected_panel(store, corrections, years=years, levels=levels, codes=codes, indicators=indicators)
    cells = {(m.report_id, m.source, m.indicator, m.role): m for m in panel}
    rows = tuple(_row(report, one, cells) for one in indicators for report in reports)
    stated = sum(row[_TARGET] is not None for row in rows), sum(row[_ACTUAL] is not None for row in rows)
    return Table("headline", COLUMNS, rows, note=f"{len(rows)} rows; {stated[0]} targets and {stated[1]} actuals stated")


_TARGET = next(i for i, c in enumerate(COLUMNS) if c.name == "target")
_ACTUAL = next(i for i, c in enumerate(COLUMNS) if c.name == "actual")


def _row(report: ReportRow, indicator: str, cells: Mapping[tuple[str, str, str | None, FactRole], PlacedMeasurement]) -> tuple[Value, ...]:
    place: list[Value] = [report.region, report.region_code, report.region_id, report.level, report.year]
    row = [*place, indicator, registry().indicators[indicator].zh]
    for role, _, _ in _ROLES:
        m = cells.get((report.report_id, report.source, indicator, role))
        period = str(report.year if role == "target" else report.year - 1)
        row += [period, _shown(m) if m else None]
        row += [getattr(m, f) if m else None for f in _VALUE]
        row += [m.quote if m else None]
        row += [(m.source, m.start, m.end, ", ".join(m.flags))[i] if m else None for i in range(len(_PLACE_OF_VALUE))]
    return tuple(row)
