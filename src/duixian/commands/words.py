"""Asking the words: search, terms."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from duixian.commands.common import LEVELS, formatted, levels, opened, print_table, split, store_argument, years
from duixian.model import Role

if TYPE_CHECKING:
    from duixian.analysing.search_texts import Choice
    from duixian.analysing.tables import Table

F = TypeVar("F", bound=Callable[..., Any])
SECTIONS: tuple[str, ...] = get_args(Role)
BYS = ("region", "province", "level", "year", "section", "report")


def _listed(allowed: Sequence[str]) -> Callable[[click.Context, click.Parameter, str | None], list[str] | None]:
    """A callback for a list with commas of known names."""

    def check(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
        names = split(context, parameter, value)
        for name in names or ():
            if name not in allowed:
                raise click.BadParameter(f"no {name!r}; there are: {', '.join(allowed)}")
        return names

    return check


def choosing(command: F) -> F:
    """The options that choose reports and parts of them."""
    for option in (
        click.option("--all", "editions", is_flag=True, help="All editions of a report, not only the primary one."),
        click.option("--figure", type=click.Choice(["actual", "target", "other"]), help="Only sentences with a figure of this role."),
        click.option("--section", callback=_listed(SECTIONS), help="Only these parts: tasks, targets, problems …"),
        click.option("--region", callback=split, help="Places, everything below them included: 安徽,宁波市,340000."),
        click.option("--level", callback=levels, help=f"Levels: {', '.join(LEVELS)}."),
        click.option("--year", callback=years, help="Years of the reports: 2025, 2020,2025 or 2020-2025."),
    ):
        command = option(command)
    return command


def choice_of(
    year: list[int] | None, level: list[str] | None, region: list[str] | None, section: list[str] | None, figure: str | None, editions: bool
) -> Choice:
    """What the options choose."""
    from duixian.analysing.search_tables import narrowed
    from duixian.analysing.search_texts import Choice

    fields = {
        "year": [str(y) for y in year or ()],
        "level": level or (),
        "region": region or (),
        "section": section or (),
        "role": [figure] if figure else (),
    }
    return narrowed(Choice(editions=editions), fields)


def give(table: Table, output: Path | None, form: str, lang: str) -> None:
    """A table to a file, where one is named, else to standard output."""
    if output is None:
        print_table(table, form, lang)
        return
    from duixian.analysing.terms_files import write_table
    from duixian.commands.common import talk

    about = {"命令": " ".join(["duixian", *sys.argv[1:]]), "说明": table.note or ""}
    write_table(table, output, "en" if lang == "en" else "zh", about)
    talk.print(f"{output}: {len(table.rows):,} rows; {table.note or ''}", style="dim")


output_option = click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a file instead: .csv, .parquet, .dta or .xlsx.")


@click.command()
@store_argument
@click.argument("query", nargs=-1, required=True)
@choosing
@click.option("--within", "unit", type=click.Choice(["sentence", "paragraph", "report"]), default="sentence", show_default=True,
              help="What the words must stand in together.")  # fmt: skip
@click.option("--by", callback=_listed(BYS), help="Counts instead of hits, by these: year,region (also province, level, section, report).")
@click.option("--rank", "ranked", is_flag=True, help="Reports, the most telling first, each with its best sentence.")
@click.option("--headline", is_flag=True, help="With indicator: only each report's headline value.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="Rows at most; 0 for all. Not for counts.")
@click.option("--context", "width", type=click.IntRange(0), default=20, show_default=True, help="Characters before and after a hit.")
@output_option
@formatted
def search(
    store: Path, query: tuple[str, ...], year: list[int] | None, level: list[str] | None, region: list[str] | None,
    section: list[str] | None, figure: str | None, editions: bool, unit: str, by: list[str] | None, ranked: bool, headline: bool,
    limit: int, width: int, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """Find words, or figures, in the reports.

    QUERY: 甲 乙 (both in one sentence), 甲 OR 乙, 甲 NOT 乙, 甲 NEAR/10 乙, brackets, "quoted", 新*力, and filters
    year:2025 region:安徽 level:county section:tasks role:target. With indicator:ID figures are found: indicator:rd_intensity >3.

    \b
    Examples:
      duixian search my.store 低空经济 --section tasks --by year,region
      duixian search my.store '氢能 NOT 脱氢' --region 安徽 --year 2020-2025
      duixian search my.store 'indicator:rd_intensity >3 year:2025'
    """
    from duixian.analysing.search import UNITS, rank
    from duixian.analysing.search import search as find
    from duixian.analysing.search_cache import open_texts
    from duixian.analysing.search_figures import figures_table, search_figures
    from duixian.analysing.search_query import parse
    from duixian.analysing.search_tables import counts_table, hits_table, narrowed, ranked_table
    from duixian.analysing.terms import BYS as KINDS
    from duixian.store import StoreError

    asked = parse(" ".join(query))
    choice = narrowed(choice_of(year, level, region, section, figure, editions), asked.fields)
    most = limit or None
    with opened(store) as archive:
        if asked.fields.get("indicator"):
            give(figures_table(search_figures(archive, asked, choice, headline=headline), most), output, form, lang)
            return
        if asked.node is None or asked.comparisons:
            raise StoreError("the query names no word" if asked.node is None else "a bound such as >3 needs indicator:ID")
        texts = open_texts(archive)
        part = next(u for u in UNITS if u == unit)
        if ranked:
            give(ranked_table(rank(texts, asked.node, choice, part), most), output, form, lang)
            return
        found = find(texts, asked.node, choice, part)
        if by:
            give(counts_table(found, texts, choice, [b for b in KINDS if b in by]), output, form, lang)
        else:
            give(hits_table(found, most, width), output, form, lang)


@click.command()
@store_argument
@click.option("--words", "given", callback=split, help="Words with commas; * and ? are wildcards, 氢!脱氢 leaves out what lies in 脱氢.")
@click.option("--dictionary", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A TOML file with groups of words.")
@click.option("--each", is_flag=True, help="Count every word of the dictionary by itself.")
@click.option("--by", callback=_listed(BYS), default="region,year", show_default=True, help="What a row is about.")
@choosing
@click.option("--per", help="Divide: a number (per so many characters), words, or sentences.")
@click.option("--count", "counting", type=click.Choice(["strings", "words"]), default="strings", show_default=True,
              help="words: only where the segmenter sees words begin and end; the difference is shown.")  # fmt: skip
@click.option("--wide", is_flag=True, help="A column for each word instead of a row.")
@click.option("--indicator", callback=split, help="Headline values of these indicators beside the counts.")
@output_option
@formatted
def terms(
    store: Path, given: list[str] | None, dictionary: Path | None, each: bool, by: list[str], year: list[int] | None,
    level: list[str] | None, region: list[str] | None, section: list[str] | None, figure: str | None, editions: bool, per: str | None,
    counting: str, wide: bool, indicator: list[str] | None, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """Count words by place and year: exact counts on the repaired texts.

    \b
    Examples:
      duixian terms my.store --words 数字经济,人工智能 --level province --per 10000 -o panel.csv
      duixian terms my.store --dictionary groups.toml --by region,year --wide -o panel.dta
    """
    from duixian.analysing.dictionaries import read_dictionary, simple_terms
    from duixian.analysing.search_cache import open_texts
    from duixian.analysing.terms import BYS as KINDS
    from duixian.analysing.terms import term_panel
    from duixian.analysing.terms_tables import long_table, wide_table, with_indicators

    wanted = (*simple_terms(given or ()), *(read_dictionary(dictionary, each=each) if dictionary else ()))
    if not wanted:
        raise click.UsageError("nothing to count; give --words or --dictionary")
    base, times = _per(per)
    choice = choice_of(year, level, region, section, figure, editions)
    with opened(store) as archive:
        panel = term_panel(
            open_texts(archive), wanted, [b for b in KINDS if b in by], choice, base, times, "words" if counting == "words" else "strings"
        )
        table = wide_table(panel) if wide else long_table(panel)
        give(with_indicators(table, archive, indicator, choice) if indicator else table, output, form, lang)


def _per(value: str | None) -> tuple[Any, int | None]:
    """What to divide by, and by what to multiply."""
    if value is None:
        return None, None
    if value in ("words", "sentences"):
        return value, 1
    if value.isdigit() and int(value):
        return "characters", int(value)
    raise click.BadParameter("give a number of characters, words or sentences", param_hint="--per")


COMMANDS = (search, terms)
