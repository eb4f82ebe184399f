"""Cells of panels as pages show them: the target, the result, the gap and the verdict of a place, year and indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duixian.analysing.corrected import FLAG, corrected_panel
from duixian.analysing.headline import in_words
from duixian.analysing.settlements_words import gap_in_words, reason_in_words
from duixian.analysing.tables import Lang
from duixian.registry.indicators import is_fall
from duixian.serving.site.context import Request
from duixian.store.queries import SETTLEMENTS, PlacedMeasurement, PlacedSettlement

MARKS = {"met": "✓", "about_met": "≈", "missed": "✗", "not_reported": "–", "not_comparable": "?"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A headline value with what a page needs to show and link it."""

    words: str
    value: float | None
    unit: str | None
    corrected: bool
    measurement: PlacedMeasurement


@dataclass(frozen=True, slots=True)
class CellView:
    """A place's cell: this year's target, last year's result, and how the year's target was settled."""

    target: Shown | None
    actual: Shown | None
    settlement: PlacedSettlement | None

    @property
    def mark(self) -> str:
        """The verdict's mark, which comes before its word and its colour."""
        return MARKS[self.settlement.verdict] if self.settlement else ""

    @property
    def gap(self) -> str | None:
        """The gap in the target's own unit."""
        return gap_in_words(self.settlement) if self.settlement else None

    def reason(self, lang: Lang) -> str:
        """Why the verdict is what it is."""
        return reason_in_words(self.settlement.reason, lang) if self.settlement else ""


Key = tuple[str, int, str]  # region_id, year, indicator


def cells(
    request: Request,
    indicators: Sequence[str],
    years: Sequence[int],
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
) -> dict[Key, CellView]:
    """The cells of a year: the target set in it, the result of it (told by the next report), and the settlement of the two.

    Args:
        request: the page's request.
        indicators: ids of indicators.
        years: years of the plan.
        levels: levels of government.
        codes: constant codes of places.
    """
    wanted = sorted({y for year in years for y in (year, year + 1)})
    panel = corrected_panel(request.store, request.corrections, years=wanted, levels=levels, codes=codes, indicators=indicators)
    settled = request.store.rows(
        SETTLEMENTS,
        first=min(years),
        last=max(years),
        levels=list(levels) if levels else None,
        codes=list(codes) if codes else None,
        indicators=list(indicators),
    )
    return cells_of(panel, settled, years)


def cells_of(panel: Sequence[PlacedMeasurement], settled: Sequence[PlacedSettlement], years: Sequence[int]) -> dict[Key, CellView]:
    """The cells of some years out of headline values and settlements that are at hand.

    Args:
        panel: headline values, corrections laid over them.
        settled: settlements.
        years: years of the plan.
    """
    found: dict[Key, list[Shown | PlacedSettlement | None]] = {}
    for m in panel:
        year = m.year if m.role == "target" else m.year - 1
        if year in years and m.indicator:
            found.setdefault((m.region_id, year, m.indicator), [None, None, None])[0 if m.role == "target" else 1] = shown(m)
    for s in settled:
        if s.tier == "base" and s.agg is None and s.period.isdigit() and int(s.period) in years:
            found.setdefault((s.region_id, int(s.period), s.indicator), [None, None, None])[2] = s
    return {key: CellView(t, a, s) for key, (t, a, s) in found.items()}  # type: ignore[arg-type]  # each place of the list has one type


def shown(m: PlacedMeasurement) -> Shown:
    """A headline value as pages show it; a fall counts as negative."""
    value = None if m.low is None else -m.low if is_fall(m.indicator, m.direction) else m.low
    return Shown(in_words(m), value, m.unit, FLAG in m.flags, m)
