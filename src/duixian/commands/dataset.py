"""The facts as a data set: made of a store, filled into one, compared, asked for terms."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from duixian.commands.common import LEVELS, NamedPath, formatted, levels, opened, print_table, split, talk, years

BYS = ("region", "level", "year")


@click.group()
def dataset() -> None:
    """Facts as a data set: figures and locators of real reports, without their sentences.

    \b
    Example:
      duixian dataset load facts -o facts.store
    """


@dataset.command()
@click.argument("store", type=NamedPath(path_type=Path))
@click.option("-o", "--output", "folder", required=True, type=NamedPath(path_type=Path), help="The folder of facts.")
@click.option("--gold", type=NamedPath(path_type=Path, exists=True, file_okay=False), help="Annotations, for the error rates.")
@click.option("--corpus", type=NamedPath(path_type=Path, exists=True, file_okay=False), help="The texts that they annotate.")
@click.option("--date", help="YYYY-MM-DD; today by default.")
def make(store: Path, folder: Path, gold: Path | None, corpus: Path | None, date: str | None) -> None:
    """Make facts of a store: Parquet, CSV, codebook, digests, error rates.

    \b
    Example:
      duixian dataset make corpus.store -o facts --gold gold --corpus corpus
    """
    from duixian.facts.making import make_facts
    from duixian.facts.rates import error_rates

    if (gold is None) != (corpus is None):
        raise click.UsageError("--gold and --corpus belong together")
    with opened(store) as archive:
        rates = error_rates(archive, gold, corpus) if gold and corpus else ()
        about = make_facts(archive, folder, rates, workers=os.cpu_count() or 1, date=date)
    for name, table in about.tables.items():
        talk.print(f"{folder / name}: {table.rows:,} rows")
    talk.print(f"{folder}: {about.reports:,} reports of {about.first}–{about.last}, sha256 {about.sha256[:12]}", style="dim")


@dataset.command()
@click.argument("facts", type=NamedPath(path_type=Path))
@click.option("-o", "--output", "store", required=True, type=NamedPath(path_type=Path), help="The store's folder; made where missing.")
def load(facts: Path, store: Path) -> None:
    """Fill facts into a store, so that table, settle, serve and the rest work on them.

    Where a sentence should stand, its place stands. Your own texts bring the sentences: duixian build FILES -o STORE.

    \b
    Example:
      duixian dataset load facts -o facts.store
    """
    from duixian.facts.loading import fill

    filled = fill(facts, store)
    a = filled.about
    talk.print(f"{store}: {a.reports:,} reports of {a.first}–{a.last} (facts of {a.date}, duixian {a.version}, sha256 {a.sha256[:12]})")
    talk.print(f"sentences are not in the facts; add your own texts: duixian build FILES -o {store}", style="dim")


@dataset.command()
@click.argument("one", type=NamedPath(path_type=Path))
@click.argument("other", type=NamedPath(path_type=Path))
def compare(one: Path, other: Path) -> None:
    """Compare two folders of facts, row for row. Exit status: 0 where they hold the same, else 1.

    \b
    Example:
      duixian dataset compare facts new-facts
    """
    from duixian.facts.files import differences

    found = differences(one, other)
    for line in found:
        click.echo(line)
    if found:
        sys.exit(1)
    talk.print("the same, row for row", style="dim")


@dataset.command()
@click.argument("facts", type=NamedPath(path_type=Path))
@click.option("--words", "words", callback=split, help="Terms of the list, with commas; all by default.")
@click.option("--group", "group", help="A group of the list.")
@click.option("--by", "by", callback=split, default="year", show_default=True, help=f"What a row is about: {', '.join(BYS)}.")
@click.option("--year", callback=years, help="Years of the reports: 2025 or 2020-2025.")
@click.option("--level", callback=levels, help=f"Levels: {', '.join(LEVELS)}.")
@click.option("--region", help="A place: 安徽, 宁波市, 340000.")
@click.option("--sum", "together", is_flag=True, help="All the terms in one row; by places, who uses them most stands first.")
@formatted
def terms(
    facts: Path, words: list[str] | None, group: str | None, by: list[str], year: list[int] | None, level: list[str] | None,
    region: str | None, together: bool, form: str, lang: str,
) -> None:  # fmt: skip
    """Count policy terms in the facts: occurrences, reports that use them, and uses in 10,000 characters.

    \b
    Examples:
      duixian dataset terms facts --words 数字经济,人工智能 --by year --level province
      duixian dataset terms facts --group 绿色 --sum --by region --year 2025 --level province
    """
    from duixian.analysing.archive_tables import find_codes
    from duixian.facts.tables import terms_table

    if wrong := [b for b in by if b not in BYS]:
        raise click.BadParameter(f"no {wrong[0]!r}; there are: {', '.join(BYS)}", param_hint="--by")
    codes = find_codes(region) if region else None
    print_table(terms_table(facts, words, group, by, year, level, codes, together=together), form, lang)


@dataset.command()
@click.argument("facts", type=NamedPath(path_type=Path))
@formatted
def quality(facts: Path, form: str, lang: str) -> None:
    """How right the facts are: precision and recall by layer, decade and rule, measured on annotated reports.

    \b
    Example:
      duixian dataset quality facts
    """
    from duixian.facts.tables import quality_table

    print_table(quality_table(facts), form, lang)


COMMANDS = (dataset,)
