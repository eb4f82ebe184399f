"""Doubts about chosen values: counted by decade, listed with their reasons."""

from __future__ import annotations

from collections.abc import Sequence

from duixian.analysing.tables import Column, Table, Value
from duixian.registry.indicators import indicator_table
from duixian.settling.checking import FLAGS
from duixian.store import Generation
from duixian.store.queries import FLAG_COUNTS, VALUE_FLAGS

_LIST = (
    Column("region", "地区", "region"),
    Column("region_id", "固定代码", "region_id", detail=True),
    Column("year", "报告年份", "year of the report", numeric=True),
    Column("indicator", "指标代码", "indicator id"),
    Column("indicator_zh", "指标", "indicator", detail=True),
    Column("role", "类别", "role"),
    Column("flag", "疑点", "flag"),
    Column("reason", "理由", "reason", wide=True),
    Column("quote", "原文", "sentence", wide=True),
    Column("source", "来源", "source", detail=True),
)


def flags_table(
    store: Generation,
    years: Sequence[int] | None = None,
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
) -> Table:
    """Every doubt about a chosen value of a primary report, with its reason and the sentence.

    Args:
        store: an open store.
        years: years of the reports.
        levels: levels of government.
        codes: codes of places.
        indicators: ids of indicators.
        kinds: names of flags.
    """
    found = store.rows(VALUE_FLAGS, years=years, levels=levels, codes=codes, indicators=indicators, flags=kinds, editions=False)
    known = indicator_table().indicators
    rows = tuple(
        (
            f.region,
            f.region_id,
            f.year,
            f.indicator,
            known[f.indicator].zh if f.indicator in known else "民生实事",
            f.role,
            f.flag,
            f.reason,
            f.quote,
            f.source,
        )
        for f in found
    )
    return Table("flags", _LIST, rows, f"{len(rows)} doubts")


def flag_counts_table(store: Generation) -> Table:
    """How many doubts of each kind there are in each decade, and in how many headline values."""
    counts = store.rows(FLAG_COUNTS)
    decades = sorted({c.decade for c in counts})
    number = {(c.decade, c.flag): c.values for c in counts}
    heads = (
        Column("flag", "疑点", "flag"),
        Column("meaning", "含义", "meaning", wide=True),
        *(Column(f"d{d}", f"{d}年代", f"{d}s", numeric=True) for d in decades),
        Column("all", "合计", "all", numeric=True),
    )
    rows: list[tuple[Value, ...]] = [("values", "chosen headline values", *_across(number, None, decades))]
    rows += [(flag, meaning, *_across(number, flag, decades)) for flag, meaning in FLAGS.items()]
    return Table("flag_counts", heads, tuple(rows))


def _across(number: dict[tuple[int, str | None], int], flag: str | None, decades: Sequence[int]) -> tuple[int, ...]:
    found = [number.get((d, flag), 0) for d in decades]
    return (*found, sum(found))
