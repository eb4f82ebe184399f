"""Searching the figures: ``indicator:rd_intensity >3 year:2025``."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence

from duixian.analysing.columns import PLACE, WHERE
from duixian.analysing.headline import in_words
from duixian.analysing.search_query import Comparison, occurrences, positive
from duixian.analysing.search_query import Search as Query_
from duixian.analysing.search_texts import Choice, above
from duixian.analysing.tables import Column, Table, Value
from duixian.registry.indicators import indicator_table as registry
from duixian.registry.indicators import is_fall
from duixian.store import Generation, PlacedMeasurement, StoreError
from duixian.store.queries import Query

_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}
FIGURES = Query(
    "figures",
    PlacedMeasurement,
    """SELECT m.*, r.region, r.region_id, r.level, r.sample, r.title FROM measurements AS m JOIN reports AS r USING (report_id, source)
WHERE (r."primary" OR $editions::BOOLEAN) AND list_contains($indicators::VARCHAR[], m.indicator)
ORDER BY r.region_code, r.year, m.source, m.start, m.value_start""",
    "all figures of the given indicators, headline or not",
)


def find_indicators(names: Iterable[str]) -> tuple[str, ...]:
    """The ids that names mean: an id, a subject (``rd_intensity``), or the Chinese name.

    Raises:
        StoreError: where a name means none.
    """
    known = registry().indicators
    found: dict[str, None] = {}
    for name in names:
        ids = [i for i, one in known.items() if name in (i, i.split(".")[0], one.zh)]
        if not ids:
            near = [i for i in known if name.lower() in i][:5] or list(known)[:12]
            raise StoreError(f"no indicator {name!r}; near: {', '.join(near)}")
        found.update(dict.fromkeys(ids))
    return tuple(found)


def search_figures(store: Generation, query: Query_, choice: Choice, *, headline: bool = False) -> tuple[PlacedMeasurement, ...]:
    """The figures that a query asks for, by place and year.

    Bounds are compared with the value in the indicator's own unit (the lower end of a range; a fall is negative). Words of the query
    must stand in the figure's sentence.

    Args:
        store: an open generation.
        query: a query with ``indicator:``.
        choice: which reports and sections; which role of figure.
        headline: only the one value that is the report's headline for its indicator and role.

    Raises:
        StoreError: where an indicator is not known.
    """
    ids = find_indicators(query.fields["indicator"])
    rows: Sequence[PlacedMeasurement]
    if headline:
        rows = store.panel(indicators=ids, editions=choice.editions)
    else:
        rows = store.rows(FIGURES, indicators=list(ids), editions=choice.editions)
    return tuple(m for m in rows if _chosen(m, choice) and _bounded(m, query.comparisons) and _speaks(m, query))


def _chosen(m: PlacedMeasurement, choice: Choice) -> bool:
    return (
        (choice.years is None or m.year in choice.years)
        and (choice.levels is None or m.level in choice.levels)
        and (choice.places is None or not choice.places.isdisjoint(above(m.region_code, m.region_id, m.year)))
        and (choice.sections is None or m.section in choice.sections)
        and (choice.figure is None or m.role == choice.figure)
    )


def value_of(m: PlacedMeasurement) -> float | None:
    """The value in the indicator's own unit; a fall is negative."""
    low = m.canonical_low
    return -low if low is not None and is_fall(m.indicator, m.direction, m.value_kind) else low


def _bounded(m: PlacedMeasurement, comparisons: Iterable[Comparison]) -> bool:
    value = value_of(m)
    return all(value is not None and _SIGNS[c.sign](value, c.number) for c in comparisons)


def _speaks(m: PlacedMeasurement, query: Query_) -> bool:
    return query.node is None or all(occurrences(m.quote, w) for w in positive(query.node))


def figures_table(found: Sequence[PlacedMeasurement], limit: int | None = None) -> Table:
    """Figures with their sentences.

    Args:
        found: the figures.
        limit: rows at most.
    """
    columns = (
        *PLACE,
        Column("indicator", "指标", "indicator"),
        Column("role", "类别", "role"),
        Column("period", "时期", "period"),
        Column("value", "数值", "value", numeric=True),
        Column("unit", "单位", "unit"),
        Column("words", "原文写法", "as written"),
        Column("section", "部分", "section", detail=True),
        *WHERE,
        Column("quote", "原句", "sentence", wide=True),
    )
    rows: list[tuple[Value, ...]] = [
        (
            *(m.region, m.region_code, m.region_id, m.level, m.year, m.indicator, m.role, m.period, value_of(m), m.canonical_unit),
            *(in_words(m), m.section, m.report_id, m.source, m.start, m.end, m.quote),
        )
        for m in (found if limit is None else found[:limit])
    ]
    places = len({m.region_id for m in found})
    return Table("figures", columns, tuple(rows), note=f"{len(found):,} figures in reports of {places:,} places")
