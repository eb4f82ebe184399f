"""Tables of term panels, long and wide, alone or beside the headline values of indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from duixian.analysing.archive_tables import LEVELS_ZH
from duixian.analysing.headline import check_indicators
from duixian.analysing.search_texts import Choice
from duixian.analysing.tables import Column, Table, Value
from duixian.analysing.terms import By, Key, TermPanel
from duixian.registry.indicators import is_fall
from duixian.store import Generation, StoreError

_PER_ZH = {"characters": "字", "words": "词", "sentences": "句"}
_KEYS: dict[By, tuple[Column, ...]] = {
    "region": (
        Column("region_id", "固定代码", "region_id", detail=True),
        Column("region_code", "区划代码", "code", detail=True),
        Column("region", "地区", "region"),
        Column("level", "级别", "level", detail=True),
    ),
    "province": (
        Column("region_id", "固定代码", "region_id", detail=True),
        Column("region_code", "区划代码", "code", detail=True),
        Column("region", "省份", "province"),
    ),
    "level": (Column("level", "级别", "level", words=LEVELS_ZH),),
    "year": (Column("year", "年份", "year", numeric=True),),
    "section": (Column("section", "部分", "section"),),
    "report": (Column("report_id", "编号", "report"), Column("region", "地区", "region")),
}
_REPORTS = Column("reports", "报告数", "reports", numeric=True)


def key_columns(by: Sequence[By]) -> tuple[Column, ...]:
    """The columns that tell what a row is about, in a fixed order."""
    found: dict[str, Column] = {}
    for one, columns in _KEYS.items():
        if one in by:
            for column in columns:
                found.setdefault(column.name, column)
    return tuple(found.values())


def key_values(key: Key, region: str | None, region_code: str | None, columns: Iterable[Column]) -> list[Value]:
    """The values of key columns."""
    known: dict[str, Value] = {
        "region_id": key.region_id,
        "region_code": region_code,
        "region": region,
        "level": key.level,
        "year": key.year,
        "section": key.section,
        "report_id": key.report_id,
    }
    return [known[c.name] for c in columns]


def long_table(panel: TermPanel) -> Table:
    """A row for each group and term.

    Args:
        panel: the counts.
    """
    keys = key_columns(panel.by)
    both = panel.counting == "words"
    columns = [*keys, _REPORTS, Column("term", "词", "term")]
    if any(t.group for t in panel.terms):
        columns.append(Column("group", "词组", "group"))
    columns.append(Column("count", "次数", "count", numeric=True))
    if both:
        columns += [
            Column("count_strings", "字符串次数", "as strings", numeric=True),
            Column("difference", "差", "difference", numeric=True),
        ]
    if panel.per:
        columns += [
            Column("base", f"{_PER_ZH[panel.per]}数", panel.per, numeric=True),
            Column("rate", _rate_zh(panel), _rate_en(panel), numeric=True),
        ]
    rows = []
    for group in panel.groups:
        start, counts = [*key_values(group.key, group.region, group.region_code, keys), group.reports], panel.counts(group)
        for i, term in enumerate(panel.terms):
            row: list[Value] = [*start, term.name]
            if any(t.group for t in panel.terms):
                row.append(term.group)
            row.append(counts[i])
            if both:
                row += [group.counts[i], group.counts[i] - counts[i]]
            if panel.per:
                row += [group.base, panel.rate(group, i)]
            rows.append(tuple(row))
    return Table("terms", tuple(columns), tuple(rows), note=_note(panel))


def wide_table(panel: TermPanel) -> Table:
    """A row for each group, a column for each term (and one for its rate).

    Args:
        panel: the counts.
    """
    keys = key_columns(panel.by)
    columns = [*keys, _REPORTS]
    if panel.per:
        columns.append(Column("base", f"{_PER_ZH[panel.per]}数", panel.per, numeric=True))
    for term in panel.terms:
        columns.append(Column(term.name, term.name, term.name, numeric=True))
        if panel.counting == "words":
            columns.append(Column(f"{term.name}_strings", f"{term.name}（字符串）", f"{term.name} as strings", numeric=True))
        if panel.per:
            columns.append(
                Column(f"{term.name}_rate", f"{term.name}（{_rate_zh(panel)}）", f"{term.name} ({_rate_en(panel)})", numeric=True)
            )
    rows = []
    for group in panel.groups:
        row = [*key_values(group.key, group.region, group.region_code, keys), group.reports, *([group.base] if panel.per else [])]
        counts = panel.counts(group)
        for i in range(len(panel.terms)):
            row.append(counts[i])
            if panel.counting == "words":
                row.append(group.counts[i])
            if panel.per:
                row.append(panel.rate(group, i))
        rows.append(tuple(row))
    return Table("terms", tuple(columns), tuple(rows), note=_note(panel))


def with_indicators(table: Table, store: Generation, ids: Sequence[str], choice: Choice) -> Table:
    """A panel by region and year with the headline values of indicators beside it (``<id>_target``, ``<id>_actual``).

    The actual of a report of 2025 is that of 2024, as everywhere. Values are in the indicator's own unit.

    Raises:
        StoreError: where an indicator is not known, or the panel is not by region and year.
    """
    check_indicators(ids)
    names = [c.name for c in table.columns]
    if "region_id" not in names or "year" not in names:
        raise StoreError("indicators stand by region and year; count by region and year too")
    years = sorted(choice.years) if choice.years else None
    values: dict[tuple[Value, Value, str, str], float | None] = {}
    for m in store.panel(years=years, indicators=ids, editions=choice.editions):
        if m.indicator:
            low = m.canonical_low
            values.setdefault(
                (m.region_id, m.year, m.indicator, m.role), -low if low is not None and is_fall(m.indicator, m.direction) else low
            )
    added = [(one, role) for one in ids for role in ("target", "actual")]
    columns = tuple(Column(f"{i}_{r}", f"{i} {'目标' if r == 'target' else '上年实际'}", f"{i} {r}", numeric=True) for i, r in added)
    place, year = names.index("region_id"), names.index("year")
    rows = tuple((*row, *(values.get((row[place], row[year], i, r)) for i, r in added)) for row in table.rows)
    return Table(table.name, (*table.columns, *columns), rows, note=table.note)


def _rate_zh(panel: TermPanel) -> str:
    return f"每{panel.times if panel.times != 1 else ''}{_PER_ZH[panel.per]}" if panel.per else ""


def _rate_en(panel: TermPanel) -> str:
    return f"per {panel.times} {panel.per}" if panel.times != 1 else f"per {(panel.per or '').removesuffix('s')}"


def _note(panel: TermPanel) -> str:
    total = [sum(panel.counts(g)[i] for g in panel.groups) for i in range(len(panel.terms))]
    said = "; ".join(f"{t.name} {n:,}" for t, n in zip(panel.terms[:8], total, strict=False))
    return f"{sum(g.reports for g in panel.groups):,} reports in {len(panel.groups):,} rows; {said}{' …' if len(panel.terms) > 8 else ''}"
