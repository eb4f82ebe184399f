"""What people decided, laid over the derived facts when they are read; the store itself is never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from duixian.model import Cell, Correction
from duixian.registry.units import unit_table
from duixian.store import Generation, ReportRow
from duixian.store.queries import PlacedMeasurement

FLAG = "corrected"
ACCEPTED = "accepted"
RULE = "correction"  # the rule of a value that a person entered


def cell_of(m: PlacedMeasurement) -> Cell | None:
    """The cell that a headline value fills."""
    if m.indicator is None or m.role == "other":
        return None
    return Cell(m.region_id, m.year, m.indicator, m.role)


def lay_over(
    panel: Sequence[PlacedMeasurement], reports: Iterable[ReportRow], corrections: Mapping[Cell, Correction]
) -> tuple[PlacedMeasurement, ...]:
    """A panel with corrections laid over it: values replaced or added, refused ones gone, accepted ones marked.

    Args:
        panel: derived headline values.
        reports: the reports they were asked of; a value for an empty cell is added only to one of these.
        corrections: what is in force for each cell.
    """
    if not corrections:
        return tuple(panel)
    kept: list[PlacedMeasurement] = []
    met: set[Cell] = set()
    for m in panel:
        cell = cell_of(m)
        correction = corrections.get(cell) if cell else None
        if cell is None or correction is None:
            kept.append(m)
            continue
        met.add(cell)
        if correction.action == "accept":
            kept.append(replace(m, flags=(*m.flags, ACCEPTED)))
        elif correction.action == "value":
            kept.append(_replaced(m, correction))
    first: dict[tuple[str, int], ReportRow] = {}
    for r in reports:
        first.setdefault((r.region_id, r.year), r)
    for cell, correction in corrections.items():
        report = first.get((cell.region_id, cell.year))
        if report and cell not in met and correction.action == "value":
            kept.append(_entered(report, correction))
    return tuple(kept)


def corrected_panel(
    store: Generation,
    corrections: Mapping[Cell, Correction],
    *,
    years: Sequence[int] | None = None,
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
) -> tuple[PlacedMeasurement, ...]:
    """The headline values of a store with corrections laid over them (see ``lay_over``)."""
    panel = store.panel(years=years, levels=levels, codes=codes, indicators=indicators)
    if not corrections:
        return panel
    wanted = {c: v for c, v in corrections.items() if indicators is None or c.indicator in indicators}
    return lay_over(panel, store.reports(years=years, levels=levels, codes=codes), wanted)


def _canonical(value: float | None, unit: str | None) -> tuple[float | None, str | None]:
    worth = unit_table().worth(unit) if unit else None
    if value is None or worth is None:
        return value, unit
    return value * worth.factor, worth.canonical


def _replaced(m: PlacedMeasurement, c: Correction) -> PlacedMeasurement:
    unit = c.unit or m.unit
    (low, canonical), (high, _) = _canonical(c.low, unit), _canonical(c.high, unit)
    return replace(
        m,
        comparator=c.comparator or "=",
        hedge=None,
        low=c.low,
        high=c.high,
        unit=unit,
        canonical_low=low,
        canonical_high=high,
        canonical_unit=canonical,
        direction=c.direction or m.direction,
        rule=RULE,
        flags=(*m.flags, FLAG),
    )


def _entered(r: ReportRow, c: Correction) -> PlacedMeasurement:
    """A value for a cell that the machine left empty: it has the report's source, and stands at its beginning."""
    (low, canonical), (high, _) = _canonical(c.low, c.unit), _canonical(c.high, c.unit)
    return PlacedMeasurement(
        measurement_id=f"c{c.correction_id:011d}",
        report_id=r.report_id,
        source=r.source,
        region_code=r.region_code,
        year=r.year,
        name=c.cell.indicator,
        indicator=c.cell.indicator,
        role=c.cell.role,
        period=str(r.year if c.cell.role == "target" else r.year - 1),
        agg=None,
        base_period=None,
        comparator=c.comparator or "=",
        hedge=None,
        low=c.low,
        high=c.high,
        unit=c.unit,
        canonical_low=low,
        canonical_high=high,
        canonical_unit=canonical,
        direction=c.direction,
        value_kind="level",
        tier="base",
        scope="region",
        scope_name=None,
        basis=None,
        preliminary=False,
        reference=None,
        reference_offset=None,
        section="targets" if c.cell.role == "target" else "review",
        rule=RULE,
        flags=(FLAG,),
        quote="",
        start=r.start,
        end=r.start,
        value_start=r.start,
        value_end=r.start,
        region=r.region,
        region_id=r.region_id,
        level=r.level,
        sample=r.sample,
        title=r.title,
    )
