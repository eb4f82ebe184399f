"""Tables of rise and spread: first uses, adoption, silence, new terms, topic shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from duixian.analysing.archive_tables import LEVELS_ZH
from duixian.analysing.columns import PLACE as PLACE_AND_YEAR
from duixian.analysing.columns import WHERE
from duixian.analysing.search_tables import section_path
from duixian.analysing.search_texts import ReportText, Span
from duixian.analysing.spread import Adoption, FirstUse, Silence, TopicShare
from duixian.analysing.spread_terms import FoundTerm
from duixian.analysing.tables import Column, Table, Value
from duixian.analysing.terms import By, Key, place_name, report_key
from duixian.analysing.terms_tables import key_columns, key_values

PLACE = tuple(replace(c, detail=False, words=LEVELS_ZH) if c.name == "level" else c for c in PLACE_AND_YEAR)  # the level is shown too
_CONTEXT = 20  # characters shown before and after


def place(text: ReportText) -> tuple[Value, ...]:
    """The values of ``PLACE``."""
    r = text.report
    return r.region, r.region_code, r.region_id, r.level, r.year


def where(text: ReportText, span: Span) -> tuple[Value, ...]:
    """The values of ``WHERE``."""
    return (text.report.report_id, text.report.source, *text.positions.span(*span))


def _context(text: ReportText, span: Span) -> str:
    return " ".join(text.text[max(0, span[0] - _CONTEXT) : span[1] + _CONTEXT].split())


def first_uses_table(found: Sequence[FirstUse]) -> Table:
    """The first use of each term by each place."""
    columns = (
        Column("term", "词", "term"),
        Column("rank", "次序", "order", numeric=True),
        *PLACE,
        Column("delivered", "报告日期", "delivered"),
        Column("path", "位置", "where"),
        Column("context", "原文", "text", wide=True),
        *WHERE,
    )
    ranks: dict[str, int] = {}
    rows = []
    for use in found:
        ranks[use.term.name] = rank = ranks.get(use.term.name, 0) + 1
        path = section_path(use.text.at(use.at[0]))
        delivered = use.text.report.delivered
        rows.append((use.term.name, rank, *place(use.text), delivered, path, _context(use.text, use.at), *where(use.text, use.at)))
    return Table("first_uses", columns, tuple(rows), note="; ".join(f"{t}: {n} places" for t, n in ranks.items()) or "no use")


def adoption_table(found: Iterable[Adoption]) -> Table:
    """Each term by level and year."""
    columns = (
        Column("term", "词", "term"),
        Column("level", "级别", "level", words=LEVELS_ZH),
        Column("year", "年份", "year", numeric=True),
        Column("reports", "报告数", "reports", numeric=True),
        Column("holding", "出现的报告", "reports with it", numeric=True),
        Column("share", "比例", "share", numeric=True),
        Column("places", "累计地区", "places so far", numeric=True),
        Column("new_places", "新增地区", "new places", numeric=True),
        Column("count", "次数", "count", numeric=True),
    )
    rows = tuple(
        (a.term.name, a.level, a.year, a.reports, a.holding, round(a.holding / a.reports, 4), a.places, a.new, a.count) for a in found
    )
    return Table("adoption", columns, rows)


def silences_table(found: Sequence[Silence], uses: Sequence[FirstUse]) -> Table:
    """For each term and level: first year and place, peak, last year, whether it has fallen silent."""
    columns = (
        Column("term", "词", "term"),
        Column("level", "级别", "level", words=LEVELS_ZH),
        Column("first", "首次年份", "first year", numeric=True),
        Column("first_region", "首次地区", "first place"),
        Column("places", "累计地区", "places", numeric=True),
        Column("peak", "最盛年份", "peak year", numeric=True),
        Column("peak_share", "当年比例", "peak share", numeric=True),
        Column("last", "最后年份", "last year", numeric=True),
        Column("years_since", "其后年数", "years since", numeric=True),
        Column("silent", "已消失", "silent"),
    )
    firsts: dict[tuple[str, str], list[FirstUse]] = {}
    for use in uses:
        firsts.setdefault((use.term.name, use.text.report.level), []).append(use)
    rows = []
    for s in found:
        of = firsts.get((s.term.name, s.level), [])
        rows.append(
            (
                *(s.term.name, s.level, s.first, of[0].text.report.region if of else None, len(of)),
                *(s.peak, round(s.peak_share, 4), s.last, s.since, s.silent),
            )
        )
    return Table("spread", columns, tuple(rows), note=f"{sum(s.silent for s in found)} of {len(found)} rows silent")


def found_terms_table(found: Sequence[FoundTerm], limit: int | None = None) -> Table:
    """New or gone terms, each with its first report."""
    columns = (
        Column("term", "词", "term"),
        Column("reports", "报告数", "reports", numeric=True),
        Column("count", "次数", "count", numeric=True),
        *(replace(c, detail=c.detail or c.name == "level") for c in PLACE),
        Column("context", "例句", "example", wide=True),
        *WHERE,
    )
    rows = tuple((f.term, f.reports, f.count, *place(f.text), _context(f.text, f.at), *where(f.text, f.at)) for f in found[:limit])
    return Table("new_terms", columns, rows, note=f"{len(found):,} terms; {len(rows):,} shown")


def topics_table(found: Iterable[TopicShare], by: Sequence[By]) -> Table:
    """The share of sentences that speak of each topic, by place, year or level."""
    keys = key_columns(by)
    columns = (
        *keys,
        Column("topic", "主题", "topic"),
        Column("sentences", "句数", "sentences", numeric=True),
        Column("of", "总句数", "of", numeric=True),
        Column("share", "比例", "share", numeric=True),
    )
    sums: dict[tuple[Key, str], tuple[int, int]] = {}
    names: dict[Key, tuple[int, str | None, str | None]] = {}
    for one in found:
        report = one.text.report
        key = report_key(report, by)
        if key not in names or names[key][0] <= report.year:
            names[key] = (report.year, *place_name(report, by, key))
        n, of = sums.get((key, one.topic.name), (0, 0))
        sums[key, one.topic.name] = n + one.sentences, of + one.of
    order = sorted(sums.items(), key=lambda item: (*_order(item[0][0], names), -item[1][0]))
    rows = tuple(
        (*key_values(key, names[key][1], names[key][2], keys), topic, n, of, round(n / of, 4) if of else None)
        for (key, topic), (n, of) in order
    )
    return Table("topics", columns, rows)


def _order(key: Key, names: Mapping[Key, tuple[int, str | None, str | None]]) -> tuple[str, str, int]:
    return names[key][2] or "", key.level or "", key.year or 0
