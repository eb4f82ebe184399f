"""Headline values as tables: table and gaps."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from duixian.commands.choosing import give, output_option
from duixian.commands.common import LEVELS, fail, formatted, levels, opened, some_report, split, store_argument, talk, years

if TYPE_CHECKING:
    from duixian.analysing.panels import Choice
    from duixian.analysing.tables import Table
    from duixian.model import Cell, Correction
    from duixian.store import Generation


def _choice(archive: Generation, indicator: list[str], year: list[int] | None, level: list[str] | None, region: list[str] | None) -> Choice:
    from duixian.analysing.panels import Choice

    codes = [code for place in region for code in _codes(archive, place)] if region else None
    return Choice(indicator, year, level, codes)


def _codes(archive: Generation, place: str) -> list[str]:
    """The places of a name that have reports here, of the most senior level where several have (鼓楼区 may be more than one)."""
    from duixian.analysing.archive_tables import find_codes

    codes = find_codes(place)
    here = {r.region_id: r.level for r in archive.reports(codes=list(codes))}
    with_reports = [code for code in codes if code in here]
    return [code for code in with_reports if here[code] == here[with_reports[0]]] or list(codes[:1])


@click.command()
@store_argument
@click.option("--year", callback=years, help="Years: 2025 or 2020-2025 (of the reports; of the values for the views).")
@click.option("--level", callback=levels, help=f"Levels: {', '.join(LEVELS)}.")
@click.option("--region", callback=split, help="Places, with commas: 安徽,宁波市,340000.")
@click.option("--indicator", callback=split, default="gdp.growth", show_default=True, help="Ids of indicators, with commas.")
@click.option("--pivot", is_flag=True, help="One row a place, one column for each indicator, year and side.")
@click.option("--change", is_flag=True, help="Targets with their change against the year before and their rank.")
@click.option("--summary", is_flag=True, help="Mean, median, deciles and GDP-weighted mean of each year.")
@output_option
@formatted
def table(
    store: Path,
    year: list[int] | None,
    level: list[str] | None,
    region: list[str] | None,
    indicator: list[str],
    pivot: bool,
    change: bool,
    summary: bool,
    output: Path | None,
    form: str,
    lang: str,
) -> None:
    """For each region this year's target and last year's actual, with the sentences.

    \b
    Examples:
      duixian table my.store --year 2025 --level province --indicator gdp.growth
      duixian table my.store --region 宁波,杭州 --indicator gdp.growth,cpi.growth --format csv > 两市.csv
      duixian table my.store --year 2020-2025 --level province --pivot -o 目标.xlsx
      duixian table my.store --year 2023-2025 --level province --summary
    """
    from duixian.analysing.headline import headline_table
    from duixian.ledger import Corrections, default_url

    views = [name for name, wanted in (("pivot", pivot), ("change", change), ("summary", summary)) if wanted]
    if len(views) > 1:
        raise click.UsageError(f"--{views[0]} and --{views[1]} are two tables; ask for one")
    with opened(store) as archive:
        choice = _choice(archive, indicator, year, level, region)
        _some_report(archive, choice, after=1)
        corrections = Corrections(default_url(store)).current()
        if views:
            give(_view(archive, choice, views[0], corrections), output, form, lang)
            return
        found = headline_table(archive, indicator, year, level, choice.codes, corrections)
        if output and output.suffix.lower() == ".xlsx":
            _workbook(found, output, lang)
        else:
            give(found, output, form, lang)


def _some_report(archive: Generation, choice: Choice, after: int = 0) -> None:
    """Ends the command where no report of the years is in the store, saying which years are."""
    held = (r.year for r in archive.reports(levels=choice.levels, codes=choice.codes))
    some_report(archive, held, choice.years, after)


def _view(archive: Generation, choice: Choice, view: str, corrections: Mapping[Cell, Correction]) -> Table:
    from dataclasses import replace

    from duixian.analysing.panels import WEIGHT, change_table, panel_of, pivot_table, summary_table

    panel = panel_of(archive, choice, corrections)
    if view == "pivot":
        return pivot_table(panel)
    if view == "change":
        return change_table(panel)
    earlier = None if choice.years is None else sorted({y for year in choice.years for y in (year - 1, year)})
    return summary_table(panel, panel_of(archive, replace(choice, indicators=(WEIGHT,), years=earlier), corrections))


def _workbook(found: Table, output: Path, lang: str) -> None:
    from duixian.serving.workbook import write_headline_workbook

    try:
        write_headline_workbook(found, output, " ".join(["duixian", *sys.argv[1:]]), "en" if lang == "en" else "zh")
    except OSError as error:
        fail(f"{output}: {error.strerror or error}")
    talk.print(f"{output}: {found.note}", style="dim")


@click.command()
@store_argument
@click.option("--year", callback=years, help="Years of the reports: 2025 or 2020-2025.")
@click.option("--level", callback=levels, help=f"Levels: {', '.join(LEVELS)}; with province the missing reports are listed too.")
@click.option("--region", callback=split, help="Places, with commas.")
@click.option("--indicator", callback=split, default="gdp.growth", show_default=True, help="Ids of indicators, with commas.")
@output_option
@formatted
def gaps(
    store: Path,
    year: list[int] | None,
    level: list[str] | None,
    region: list[str] | None,
    indicator: list[str],
    output: Path | None,
    form: str,
    lang: str,
) -> None:
    """Every empty headline cell with its reason.

    A target set in words only; figures of other years, parts or bases only; named without
    a figure; damaged numbers; not stated at all; refused by a person; no report.

    \b
    Example:
      duixian gaps my.store --level province --year 2025 --indicator cpi.growth
    """
    from duixian.analysing.gaps import gaps_table
    from duixian.ledger import Corrections, default_url

    with opened(store) as archive:
        corrections = Corrections(default_url(store)).current()
        choice = _choice(archive, indicator, year, level, region)
        _some_report(archive, choice)
        give(gaps_table(archive, choice, corrections, "en" if lang == "en" else "zh"), output, form, lang)


@click.command()
@store_argument
@click.option("--list", "listed", is_flag=True, help="Every doubt with its reason, not the counts by decade.")
@click.option("--year", callback=years, help="Years of the reports: 2025 or 2020-2025.")
@click.option("--level", callback=levels, help=f"Levels: {', '.join(LEVELS)}.")
@click.option("--region", callback=split, help="Places, with commas.")
@click.option("--indicator", callback=split, help="Ids of indicators, with commas.")
@click.option("--flag", "kinds", callback=split, help="Only these flags, with commas.")
@output_option
@formatted
def flags(
    store: Path,
    listed: bool,
    year: list[int] | None,
    level: list[str] | None,
    region: list[str] | None,
    indicator: list[str] | None,
    kinds: list[str] | None,
    output: Path | None,
    form: str,
    lang: str,
) -> None:
    """Doubts about chosen values: counts by decade, or with any other option the list with reasons.

    \b
    Examples:
      duixian flags my.store
      duixian flags my.store --flag growth_against_levels --year 2020-2025
    """
    from duixian.analysing.flags import flag_counts_table, flags_table
    from duixian.settling.checking import FLAGS

    if kinds and (unknown := set(kinds) - set(FLAGS)):
        raise click.BadParameter(f"no flag {', '.join(sorted(unknown))}; there are: {', '.join(FLAGS)}", param_hint="--flag")
    with opened(store) as archive:
        if not (listed or year or level or region or indicator or kinds):
            give(flag_counts_table(archive), output, form, lang)
            return
        choice = _choice(archive, indicator or [], year, level, region)
        give(flags_table(archive, choice.years, choice.levels, choice.codes, indicator, kinds), output, form, lang)


COMMANDS = (table, gaps, flags)
