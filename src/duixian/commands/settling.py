"""Settling: settle, account, check-communiques."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from duixian.analysing.tables import Table
from duixian.commands.common import LEVELS, fail, formatted, levels, opened, print_table, some_report, split, store_argument, talk, years
from duixian.store import Generation

VIEWS = ("rows", "summary", "revisions", "cascade", "after-miss")
ACCOUNT_FILES = (".docx", ".txt")
BY = ("indicator", "region", "level", "year")


@click.command()
@store_argument
@click.option("--region", help="A place: 宁波, 安徽省, 340000.")
@click.option("--year", callback=years, help="Settled years: 2019 or 2015-2020 (of a plan its last year counts).")
@click.option("--from", "first", type=int, help="First settled year.")
@click.option("--to", "last", type=int, help="Last settled year.")
@click.option("--level", callback=levels, help=f"Levels: {', '.join(LEVELS)}.")
@click.option("--indicator", callback=split, help="Ids of indicators, with commas; all by default (trends: gdp.growth).")
@click.option("--view", type=click.Choice(VIEWS), default="rows", show_default=True, help="What to show.")
@click.option("--by", type=click.Choice(BY), default="indicator", show_default=True, help="What a summary groups by.")
@formatted
def settle(
    store: Path,
    region: str | None,
    year: list[int] | None,
    first: int | None,
    last: int | None,
    level: list[str] | None,
    indicator: list[str] | None,
    view: str,
    by: Literal["indicator", "region", "level", "year"],
    form: str,
    lang: Literal["zh", "en"],
) -> None:
    """Targets beside what came: the account of a year, the panel of hits and misses, summaries and trends.

    rows: each target with its result. summary: share met and mean gap. revisions: targets against last year's. cascade: how a target grows
    from the nation to the province to the city (层层加码). after-miss: who lowers the target after missing it.

    \b
    Examples:
      duixian settle my.store --region 宁波 --year 2019
      duixian settle my.store --indicator gdp.growth --level province --from 2003 --to 2026
      duixian settle my.store --view summary --by year --level province
      duixian settle my.store --view cascade --indicator gdp.growth --year 2021
    """
    from duixian.analysing.archive_tables import find_codes
    from duixian.analysing.settlements import settlements, settlements_table, summary_table
    from duixian.analysing.settlements_trends import after_miss_table, cascade_table, revisions_table

    if first is not None and last is not None and last < first:
        raise click.UsageError(f"--from {first} is later than --to {last}")
    for given, name, views in ((region, "--region", ("cascade", "after-miss")), (level, "--level", ("cascade",))):
        if given and view in views:
            raise click.UsageError(f"--view {view} is about all places; it takes no {name}")
    first, last = (min(year), max(year)) if year else (first, last)
    span = list(range(first or 1949, (last or 2100) + 1)) if first or last else None
    with opened(store) as archive:
        codes = find_codes(region) if region else None
        tables: list[Table] = []
        if view in ("rows", "summary"):
            found = settlements(archive, indicators=indicator, first=first, last=last, levels=level, codes=codes)
            tables.append(settlements_table(found, lang) if view == "rows" else summary_table(found, by, lang))
        for one in (indicator or ["gdp.growth"]) if not tables else ():
            if view == "revisions":
                tables.append(revisions_table(archive, one, span, level, codes, lang))
            elif view == "cascade":
                tables.append(cascade_table(archive, one, span))
            else:
                tables.append(after_miss_table(archive, one, first, last, level, lang))
        if not any(table.rows for table in tables):
            held = (r.year for r in archive.reports(levels=level, codes=codes))
            some_report(archive, held, span, after=1)
        for table in tables:
            print_table(table, form, lang)


@click.command()
@store_argument
@click.argument("place")
@click.argument("year", type=int)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A .docx or .txt file to write instead of printing.")
def account(store: Path, place: str, year: int, output: Path | None) -> None:
    """Draft what the next report should say: N targets and tasks, k met, the rest with what was promised and what was reached.

    \b
    Examples:
      duixian account my.store 海南 2019
      duixian account my.store 海南 2019 -o 海南2019.docx
    """
    if output and output.suffix.lower() not in ACCOUNT_FILES:
        raise click.BadParameter(f"{output}: no such kind of file; there are: {', '.join(ACCOUNT_FILES)}", param_hint="--output")
    from duixian.analysing.accounts import account as draft
    from duixian.analysing.accounts import as_text

    with opened(store) as archive:
        found = draft(archive, place, year)
    if output is None:
        click.echo(as_text(found), nl=False)
        return
    try:
        if output.suffix.lower() == ".docx":
            from duixian.analysing.accounts_docx import write_docx

            write_docx(found, output)
        else:
            output.write_text(as_text(found), encoding="utf-8")
    except OSError as error:
        fail(f"{output} can't be written: {error.strerror or error}")
    talk.print(f"{output}: {len(found.lines)} targets, {len(found.tasks)} open tasks", style="dim")


@click.command("check-communiques")
@store_argument
@click.option("--indicator", callback=split, help="Ids of indicators, with commas; all by default.")
@click.option("--region", help="A place; by default every place with a communiqué in the store.")
@formatted
def check_communiques(store: Path, indicator: list[str] | None, region: str | None, form: str, lang: str) -> None:
    """Results that a report and the official communiqué of the same place and year both give, with both sentences.

    \b
    Example:
      duixian check-communiques my.store --indicator gdp.growth,cpi.growth
    """
    from duixian.analysing.archive_tables import find_codes
    from duixian.analysing.settlements_official import check_table

    with opened(store) as archive:
        print_table(check_table(archive, indicator, _one(archive, find_codes(region)) if region else None), form, lang)


def _one(archive: Generation, codes: tuple[str, ...]) -> str:
    """The place among those of one name that has reports here."""
    return next((code for code in codes if archive.reports(codes=[code])), codes[0])


COMMANDS = (settle, account, check_communiques)
