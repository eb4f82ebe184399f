"""Tables of the facts that need no store: counts of policy terms, error rates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from duixian.analysing.score_table import COLUMNS, score_table
from duixian.analysing.tables import Column, Table
from duixian.facts.files import read_table
from duixian.facts.terms import policy_terms
from duixian.store import StoreError

_BY = {
    "region": Column("region", "地区", "region"),
    "level": Column("level", "级别", "level"),
    "year": Column("year", "年份", "year", numeric=True),
}


def terms_table(
    facts: Path,
    words: Sequence[str] | None,
    group: str | None,
    by: Sequence[str],
    years: Sequence[int] | None = None,
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    *,
    together: bool = False,
) -> Table:
    """Counts of terms in primary reports by place, level or year; rows without an occurrence are there too, with 0.

    Args:
        facts: the folder of facts.
        words: terms of the list.
        group: a group of the list.
        by: of region, level, year.
        years: of the reports.
        levels: of government.
        codes: constant codes of places.
        together: all the terms in one row; without years the rows with the highest rate first.

    Raises:
        StoreError: where a word or group is not in the list, or the facts can't be read.
    """
    wanted = _wanted(words, group)
    reports = read_table(facts, "reports").filter(pl.col("primary"))
    for column, values in (("year", years), ("level", levels), ("region_id", codes)):
        if values is not None:
            reports = reports.filter(pl.col(column).is_in(list(values)))
    counts = read_table(facts, "term_counts").filter(pl.col("term").is_in(wanted))
    shown = [group or ("、".join(wanted) if words else "all")] if together else wanted
    if together:
        counts = counts.with_columns(pl.lit(shown[0]).alias("term"))
    keys = list(dict.fromkeys(by))
    ids = ["region_id" if k == "region" else k for k in keys]
    base = reports.group_by(ids).agg(
        pl.len().alias("reports"), pl.col("chars").sum().alias("chars"), pl.col("region").sort_by("year").last().alias("name")
    )
    found = (
        counts.join(reports.select("report_id", *ids), on="report_id")
        .group_by([*ids, "term"])
        .agg(pl.col("count").sum(), pl.col("report_id").n_unique().alias("using"))
    )
    order = pl.DataFrame({"term": shown, "place": range(len(shown))})
    rows = (
        base.join(order, how="cross")
        .join(found, on=[*ids, "term"], how="left", nulls_equal=True)
        .with_columns(pl.col("count", "using").fill_null(0))
        .sort([*ids, "place"])
    )
    if together and "year" not in keys:
        rows = rows.sort(pl.col("count") / pl.col("chars"), descending=True, nulls_last=True, maintain_order=True)
    columns = (
        *(_BY[k] for k in keys),
        Column("term", "词", "term"),
        Column("count", "次数", "count", numeric=True),
        Column("using", "用到的报告", "reports that use it", numeric=True),
        Column("reports", "报告数", "reports", numeric=True),
        Column("rate", "每万字", "in 10,000 characters", numeric=True),
    )
    body = tuple(
        (
            *(r["name"] if k == "region" else r[k] for k in keys),
            r["term"],
            r["count"],
            r["using"],
            r["reports"],
            round(10_000 * r["count"] / r["chars"], 3) if r["chars"] else None,
        )
        for r in rows.iter_rows(named=True)
    )
    return Table("terms", columns, body, note=f"{reports.height} reports, {len(wanted)} terms")


def _wanted(words: Sequence[str] | None, group: str | None) -> list[str]:
    known = {t.term: t.group for t in policy_terms()}
    if group is not None and group not in known.values():
        raise StoreError(f"no group {group!r}; there are: {', '.join(dict.fromkeys(known.values()))}")
    for word in words or ():
        if word not in known:
            near = [k for k in known if word in k or k in word][:5]
            raise StoreError(f"{word!r} is not among the counted terms{'; near: ' + ', '.join(near) if near else ''}")
    return list(words) if words else [t for t, g in known.items() if group in (None, g)]


def quality_table(facts: Path) -> Table:
    """The error rates.

    Raises:
        StoreError: where they can't be read.
    """
    return score_table("quality", read_table(facts, "error_rates").select([c.name for c in COLUMNS]).iter_rows())
