"""The headline cells that are empty, each with the reason: what the report says instead of a number, or that it says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from duixian.analysing.corrected import corrected_panel
from duixian.analysing.headline import check_indicators, in_words
from duixian.analysing.panels import SIDES, SIDES_ZH, Choice, Side
from duixian.analysing.tables import Column, Lang, Table, Value
from duixian.model import Cell, Correction, Measurement
from duixian.registry.indicators import indicator_table
from duixian.registry.regions import regions
from duixian.registry.words import alternation
from duixian.store import Generation, ReportRow
from duixian.store.errors import NoTextError
from duixian.store.queries import MEASUREMENTS, SECTIONS, PlacedMeasurement

# Why a cell is empty, in both languages; what is particular follows a colon.
REASONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "no_report": ("没有报告", "no report"),
        "refused": ("人工判为未陈述", "refused"),
        "without_number": ("有目标而无数字", "without a number"),
        "other_figures": ("只有其他年份、范围或口径的数字", "only figures of other years, parts or bases"),
        "named_only": ("提及而未给出数字", "named without a figure"),
        "damaged": ("报告中有损坏的数字", "damaged numbers in the report"),
        "not_stated": ("未提及", "not stated"),
    }
)
_HEADS: Final = (
    Column("region", "地区", "region"),
    Column("region_id", "固定代码", "region_id", detail=True),
    Column("year", "报告年份", "year of the report", numeric=True),
    Column("indicator", "指标代码", "indicator id", detail=True),
    Column("indicator_zh", "指标", "indicator"),
    Column("role", "类别", "role"),
    Column("why", "原因代码", "reason id", detail=True),
    Column("reason", "原因", "reason"),
    Column("source", "来源", "source", wide=True),
)
_WHERE: Final[Mapping[Side, frozenset[str]]] = MappingProxyType(
    {
        "actual": frozenset(("front", "review", "review_term", "problems")),
        "target": frozenset(("outlook", "targets", "tasks", "tasks_term", "livelihood", "government")),
    }
)
_SHORTEST: Final = 4  # characters of a name that is looked for: 外贸 and 经济 stand everywhere
_QUOTED: Final = 36  # characters of a clause that is quoted
_CLAUSE: Final = re.compile(r"[^，；。！？：\n]+")


def gaps_table(store: Generation, choice: Choice, corrections: Mapping[Cell, Correction], lang: Lang = "zh") -> Table:
    """Every empty headline cell with its reason (``REASONS``).

    Args:
        store: an open store.
        choice: which cells; the years are those of the reports.
        corrections: decisions in force.
        lang: language of the reasons.
    """
    check_indicators(choice.indicators)
    reports = store.reports(years=choice.years, levels=choice.levels, codes=choice.codes)
    panel = corrected_panel(store, corrections, years=choice.years, levels=choice.levels, codes=choice.codes, indicators=choice.indicators)
    stated = {(m.region_id, m.year, m.indicator, m.role): m for m in panel}
    rows: list[tuple[Value, ...]] = []
    for report in reports:
        said = _Said(store, report)
        for indicator in choice.indicators:
            for side in SIDES:
                m = stated.get((report.region_id, report.year, indicator, side))
                if m is None or m.low is None:
                    why, detail = _why(said, m, indicator, side, corrections.get(Cell(report.region_id, report.year, indicator, side)))
                    rows.append(_gap(report.region, report.region_id, report.year, indicator, side, why, detail, report.source, lang))
    rows += _absent(choice, reports, lang)
    return Table("gaps", _HEADS, tuple(rows), f"{len(rows)} empty cells of {len(reports)} reports")


class _Said:
    """What a report says of an indicator besides its cell; read from the store where it is asked for.

    Args:
        store: an open store.
        report: the report.
    """

    def __init__(self, store: Generation, report: ReportRow) -> None:
        self.report = report
        self._store = store
        self._figures: Mapping[tuple[str | None, str], Measurement] | None = None
        self._parts: Mapping[Side, str] | None = None

    def other_figure(self, indicator: str, side: Side) -> Measurement | None:
        """A figure of the indicator that is not the cell's: of another year, part or basis."""
        if self._figures is None:
            rows = self._store.rows(MEASUREMENTS, report_id=self.report.report_id, source=self.report.source)
            self._figures = {(m.indicator, m.role): m for m in reversed(rows) if m.indicator and m.low is not None}
        return self._figures.get((indicator, side))

    def named(self, indicator: str, side: Side) -> str | None:
        """The first clause that names the indicator where such a cell is stated, without a figure in it."""
        if self._parts is None:
            self._parts = self._texts()
        names = _names(indicator_table().indicators[indicator].subject)
        if names is None:
            return None
        for clause in _CLAUSE.finditer(self._parts[side]):
            if names.search(clause.group()):
                return clause.group().strip(" *#—")[:_QUOTED]
        return None

    def _texts(self) -> Mapping[Side, str]:
        try:
            text = self._store.text(self.report.source)
        except NoTextError:
            return {"target": "", "actual": ""}
        sections = self._store.rows(SECTIONS, report_id=self.report.report_id, source=self.report.source)
        return {side: "\n".join(text[s.start : s.end] for s in sections if s.role in _WHERE[side]) for side in SIDES}


@lru_cache(maxsize=64)
def _names(subject: str) -> re.Pattern[str] | None:
    table = indicator_table()
    names = [name for name, of in table.names.items() if of == subject and len(name) >= _SHORTEST and name not in table.bare]
    return re.compile(alternation(names)) if names else None


def _why(said: _Said, m: PlacedMeasurement | None, indicator: str, side: Side, decision: Correction | None) -> tuple[str, str | None]:
    if decision and decision.action == "reject":
        return "refused", decision.reason
    if m is not None:
        return "without_number", in_words(m)
    if other := said.other_figure(indicator, side):
        return "other_figures", other.quote
    if clause := said.named(indicator, side):
        return "named_only", clause
    return ("damaged" if "damaged_numbers" in said.report.flags else "not_stated"), None


def _absent(choice: Choice, reports: Sequence[ReportRow], lang: Lang) -> Iterator[tuple[Value, ...]]:
    """Rows for the provinces of a year that have no report at all, where provinces were asked for."""
    if choice.levels is None or "province" not in choice.levels or choice.codes is not None:
        return
    years = choice.years or sorted({r.year for r in reports if not r.sample})
    there = {(r.region_id, r.year) for r in reports}
    for year in years:
        for region in regions().provinces(year):
            if (region.region_id, year) not in there:
                for indicator in choice.indicators:
                    for side in SIDES:
                        yield _gap(region.full_name, region.region_id, year, indicator, side, "no_report", None, None, lang)


def _gap(
    region: str, code: str, year: int, indicator: str, side: Side, why: str, detail: str | None, source: str | None, lang: Lang
) -> tuple[Value, ...]:
    zh, en = REASONS[why]
    reason = zh if lang == "zh" else en
    if detail:
        reason += f"：{detail}" if lang == "zh" else f": {detail}"
    known = indicator_table().indicators[indicator]
    said = (known.zh, SIDES_ZH[side]) if lang == "zh" else (known.en, side)
    return (region, code, year, indicator, *said, why, reason, source)
