"""Tables of what a search found: keyword in context, counts by year and region, ranked reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar, get_args

from duixian.analysing.archive_tables import ROLES_ZH, find_codes
from duixian.analysing.columns import PLACE, WHERE
from duixian.analysing.search import Found, Hit, Ranked
from duixian.analysing.search_texts import Choice, Stretch, Texts
from duixian.analysing.tables import Column, Table, Value
from duixian.analysing.terms import By, Key, place_name, report_key
from duixian.analysing.terms_tables import key_columns, key_values
from duixian.model import FactRole, Level, Role
from duixian.store import StoreError

T = TypeVar("T", bound=str)
LEVELS: Mapping[str, Level] = {x: x for x in get_args(Level)}
FACT_ROLES: Mapping[str, FactRole] = {x: x for x in get_args(FactRole)}
SECTIONS: Mapping[str, Role] = {x: x for x in get_args(Role)}
_SENTENCE = (
    *WHERE,
    Column("sentence_start", "句起", "sentence start", numeric=True, detail=True),
    Column("sentence_end", "句止", "sentence end", numeric=True, detail=True),
    Column("sentence", "原句", "sentence", wide=True, detail=True),
)
_LONGEST_HEADING = 24  # characters of a heading that a section path shows


def narrowed(choice: Choice, fields: Mapping[str, Sequence[str]]) -> Choice:
    """A choice narrowed by the filters of a query.

    Args:
        choice: what the options chose.
        fields: the filters of the query: year (2025 or 2020-2025), region, level, section, role.

    Raises:
        StoreError: where a value is not known.
    """
    if values := fields.get("year"):
        choice = replace(choice, years=frozenset(y for v in values for y in _years(v)))
    if values := fields.get("region"):
        choice = replace(choice, places=frozenset(c for v in values for c in find_codes(v)))
    if values := fields.get("level"):
        choice = replace(choice, levels=frozenset(_known(LEVELS, "level", v) for v in values))
    if values := fields.get("section"):
        choice = replace(choice, sections=frozenset(_known(SECTIONS, "section", v) for v in values))
    if values := fields.get("role"):
        if len(values) > 1:
            raise StoreError("role: takes one of actual, target, other")
        choice = replace(choice, figure=_known(FACT_ROLES, "role", values[0]))
    return choice


def _years(value: str) -> range:
    first, _, last = value.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise StoreError(f"year:{value} is no year; write year:2025 or year:2020-2025")
    return range(int(first), int(last or first) + 1)


def _known(table: Mapping[str, T], name: str, value: str) -> T:
    if value not in table:
        raise StoreError(f"{name}:{value} is not known; there are: {', '.join(table)}")
    return table[value]


def section_path(stretch: Stretch) -> str:
    """A section's role and the headings above it, for reading."""
    return " › ".join([ROLES_ZH[stretch.role], *(h if len(h) <= _LONGEST_HEADING else f"{h[:_LONGEST_HEADING]}…" for h in stretch.path)])


def hits_table(found: Iterable[Found], limit: int | None = None, width: int = 20) -> Table:
    """Keyword in context, a row for each hit; each row leads to its sentence in the source text.

    Args:
        found: what a search found.
        limit: rows at most; all hits are counted in the note.
        width: characters shown before and after.
    """
    columns = (
        *PLACE,
        Column("section", "部分", "section", detail=True),
        Column("path", "位置", "where"),
        Column("before", "前文", "before", numeric=True),  # to the right, so that the words stand below one another
        Column("hit", "命中", "hit"),
        Column("after", "后文", "after"),
        *_SENTENCE,
    )
    everything = list(found)
    hits = [hit for f in everything for hit in f.hits]
    rows = tuple(_hit_row(hit, width) for hit in islice(hits, limit))
    places = len({f.text.report.region_id for f in everything})
    shown = f"; {len(rows):,} shown (--limit)" if len(rows) < len(hits) else ""
    return Table("hits", columns, rows, note=f"{len(hits):,} hits in {len(everything):,} reports of {places:,} places{shown}")


def _hit_row(hit: Hit, width: int) -> tuple[Value, ...]:
    r, section = hit.report, hit.section
    place: tuple[Value, ...] = (r.region, r.region_code, r.region_id, r.level, r.year)
    return (*place, section.role, section_path(section), *hit.context(width), *_where(hit))


def _where(hit: Hit) -> tuple[Value, ...]:
    r = hit.report
    return (r.report_id, r.source, *hit.source_span, *hit.sentence_span, hit.text.text[slice(*hit.sentence)])


def counts_table(found: Iterable[Found], texts: Texts, choice: Choice, by: Sequence[By]) -> Table:
    """Hits, reports with a hit and all chosen reports by place, year, level or section; groups without a hit have their row.

    Args:
        found: what the search found.
        texts: the texts that were searched.
        choice: which of them.
        by: what is counted by.
    """
    columns = key_columns(by)
    names: dict[Key, tuple[int, str | None, str | None]] = {}
    chosen: dict[Key, int] = {}
    for text in texts.chosen(choice):
        for key in _keys(report_key(text.report, by), [s.role for s in text.stretches] if "section" in by else None, choice):
            chosen[key] = chosen.get(key, 0) + 1
            if key not in names or names[key][0] <= text.report.year:
                names[key] = (text.report.year, *place_name(text.report, by, key))
    hits: dict[Key, int] = {}
    holding: dict[Key, int] = {}
    for f in found:
        base = report_key(f.text.report, by)
        keys = [replace(base, section=h.section.role) if "section" in by else base for h in f.hits]
        for key in keys:
            hits[key] = hits.get(key, 0) + 1
        for key in set(keys):
            holding[key] = holding.get(key, 0) + 1
    rows = []
    for key in sorted(chosen, key=lambda k: (names[k][2] or "", k.level or "", k.year or 0, k.section or "", k.report_id or "")):
        n = holding.get(key, 0)
        start = key_values(key, names[key][1], names[key][2], columns)
        rows.append((*start, hits.get(key, 0), n, chosen[key], round(n / chosen[key], 4)))
    counted = (
        Column("hits", "次数", "hits", numeric=True),
        Column("reports_with", "出现的报告", "reports with a hit", numeric=True),
        Column("reports", "报告数", "reports", numeric=True),
        Column("share", "比例", "share", numeric=True),
    )
    without = sum(not r[-4] for r in rows)
    note = f"{sum(hits.values()):,} hits; {len(rows) - without:,} rows with a hit, {without:,} without"
    return Table("counts", (*columns, *counted), tuple(rows), note=note)


def _keys(key: Key, roles: Iterable[Role] | None, choice: Choice) -> list[Key]:
    if roles is None:
        return [key]
    return [replace(key, section=r) for r in dict.fromkeys(roles) if choice.sections is None or r in choice.sections]


def ranked_table(ranked: Sequence[Ranked], limit: int | None = None) -> Table:
    """Reports by weight, each with its best sentence.

    Args:
        ranked: the reports, best first.
        limit: rows at most.
    """
    columns = (
        Column("rank", "名次", "rank", numeric=True),
        *PLACE,
        Column("score", "权重", "score", numeric=True),
        Column("hits", "次数", "hits", numeric=True),
        Column("path", "位置", "where"),
        *(replace(c, detail=c.name != "sentence") for c in _SENTENCE),
    )
    rows = []
    for n, one in enumerate(islice(ranked, limit), 1):
        r = one.text.report
        place: tuple[Value, ...] = (r.region, r.region_code, r.region_id, r.level, r.year)
        rows.append((n, *place, round(one.score, 3), one.hits, section_path(one.best.section), *_where(one.best)))
    return Table("ranked", columns, tuple(rows), note=f"{len(ranked):,} reports")
