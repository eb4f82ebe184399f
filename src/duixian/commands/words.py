"""Asking the words: search, terms, and the commands of spread and wording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from duixian.commands import wording
from duixian.commands.choosing import BYS, check_years, choice_of, choosing, give, listed, output_option, texts_of
from duixian.commands.common import MOST, formatted, opened, split, store_argument


@click.command()
@store_argument
@click.argument("query", nargs=-1, required=True)
@choosing
@click.option("--within", "unit", type=click.Choice(["sentence", "paragraph", "report"]), default="sentence", show_default=True,
              help="What the words must stand in together.")  # fmt: skip
@click.option("--by", callback=listed(BYS), help="Counts instead of hits, by these: year,region (also province, level, section, report).")
@click.option("--rank", "ranked", is_flag=True, help="Reports, the most telling first, each with its best sentence.")
@click.option("--headline", is_flag=True, help="With indicator: only each report's headline value.")
@click.option("--limit", type=click.IntRange(0, MOST), default=50, show_default=True, help="Rows at most; 0 for all. Not for counts.")
@click.option("--context", "width", type=click.IntRange(0, MOST), default=20, show_default=True, help="Characters before and after a hit.")
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
    from duixian.analysing.search_figures import figures_table, search_figures
    from duixian.analysing.search_query import parse
    from duixian.analysing.search_tables import counts_table, hits_table, narrowed, ranked_table
    from duixian.analysing.terms import BYS as KINDS
    from duixian.store import StoreError

    asked = parse(" ".join(query))
    choice = narrowed(choice_of(year, level, region, section, figure, editions), asked.fields)
    most = limit or None
    with opened(store) as archive:
        check_years(archive, choice)
        if asked.fields.get("indicator"):
            give(figures_table(search_figures(archive, asked, choice, headline=headline), most), output, form, lang)
            return
        if asked.node is None or asked.comparisons:
            raise StoreError("the query names no word" if asked.node is None else "a bound such as >3 needs indicator:ID")
        texts = texts_of(archive)
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
@click.option("--by", callback=listed(BYS), default="region,year", show_default=True, help="What a row is about.")
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
    from duixian.analysing.terms import BYS as KINDS
    from duixian.analysing.terms import term_panel
    from duixian.analysing.terms_tables import long_table, wide_table, with_indicators

    wanted = (*simple_terms(given or ()), *(read_dictionary(dictionary, each=each) if dictionary else ()))
    if not wanted:
        raise click.UsageError("nothing to count; give --words or --dictionary")
    base, times = _per(per)
    choice = choice_of(year, level, region, section, figure, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        panel = term_panel(
            texts_of(archive), wanted, [b for b in KINDS if b in by], choice, base, times, "words" if counting == "words" else "strings"
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


COMMANDS = (search, terms, *wording.COMMANDS)
