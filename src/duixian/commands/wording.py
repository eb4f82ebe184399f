"""How words spread and whose words reports use: spread, newterms, topics, passages, taken, similar, shared, firmness."""

from __future__ import annotations

from pathlib import Path

import click

from duixian.commands.choosing import check_years, choice_of, choosing, give, listed, output_option, texts_of
from duixian.commands.common import MOST, formatted, opened, split, store_argument, years

_least = click.option("--least", type=click.IntRange(2, 200), default=12, show_default=True, help="Characters of a passage at least.")
_limit = click.option("--limit", type=click.IntRange(0, MOST), default=50, show_default=True, help="Rows at most; 0 for all.")


@click.command()
@store_argument
@click.option("--words", "given", callback=split, help="Words with commas; * and ? are wildcards.")
@click.option("--dictionary", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A TOML file with groups of words.")
@click.option("--show", "kind", type=click.Choice(["summary", "adoption", "first"]), default="summary", show_default=True,
              help="summary: rise and end by level; adoption: by level and year; first: each place's first use.")  # fmt: skip
@click.option("--silent", type=click.IntRange(1), default=2, show_default=True, help="Silent after so many years of reports without it.")
@choosing
@output_option
@formatted
def spread(
    store: Path, given: list[str] | None, dictionary: Path | None, kind: str, silent: int, year: list[int] | None,
    level: list[str] | None, region: list[str] | None, section: list[str] | None, figure: str | None, editions: bool,
    output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """When words came up, which places took them over, when they fell silent.

    \b
    Examples:
      duixian spread my.store --words 低空经济,新质生产力
      duixian spread my.store --words 区块链 --show adoption --level province --year 2020-2025
    """
    from duixian.analysing.dictionaries import read_dictionary, simple_terms
    from duixian.analysing.spread import adoption, first_uses, silences
    from duixian.analysing.spread_tables import adoption_table, first_uses_table, silences_table

    wanted = (*simple_terms(given or ()), *(read_dictionary(dictionary) if dictionary else ()))
    if not wanted:
        raise click.UsageError("no word to follow; give --words or --dictionary")
    choice = choice_of(year, level, region, section, figure, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        texts = texts_of(archive)
        if kind == "adoption":
            table = adoption_table(adoption(texts, wanted, choice))
        elif kind == "first":
            table = first_uses_table(first_uses(texts, wanted, choice))
        else:
            table = silences_table(silences(adoption(texts, wanted, choice), silent), first_uses(texts, wanted, choice))
        give(table, output, form, lang)


@click.command()
@store_argument
@choosing
@click.option("--gone", callback=years, help="Terms of --year that stand in no report of these later years, instead of new ones.")
@click.option("--least", type=click.IntRange(1), default=3, show_default=True, help="Reports that hold a term at least.")
@_limit
@output_option
@formatted
def newterms(
    store: Path, gone: list[int] | None, least: int, limit: int, year: list[int] | None, level: list[str] | None,
    region: list[str] | None, section: list[str] | None, figure: str | None, editions: bool, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """Terms of a year that no earlier report of the store holds; or terms of years that later reports no longer hold.

    \b
    Examples:
      duixian newterms my.store --year 2025 --level province
      duixian newterms my.store --year 2012-2016 --gone 2022-2025
    """
    from dataclasses import replace

    from duixian.analysing.spread_tables import found_terms_table
    from duixian.analysing.spread_terms import new_terms

    if not year:
        raise click.UsageError("of which year? give --year")
    if section or figure:
        raise click.UsageError("newterms looks at whole reports; leave out --section and --figure")
    choice = choice_of(year, level, region, None, None, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        if gone:
            check_years(archive, replace(choice, years=frozenset(gone)))
        texts = texts_of(archive)
        everything = texts.chosen(replace(choice, years=None))
        others = [t for t in everything if (t.report.year in gone if gone else t.report.year < min(year))]
        found = new_terms([t for t in everything if t.report.year in year], others, least)
        give(found_terms_table(found, limit or None), output, form, lang)


@click.command()
@store_argument
@click.option(
    "--dictionary", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Your own topics: a TOML file with groups."
)
@click.option("--by", callback=listed(("region", "province", "level", "year")), default="region,year", show_default=True)
@choosing
@output_option
@formatted
def topics(
    store: Path, dictionary: Path | None, by: list[str], year: list[int] | None, level: list[str] | None, region: list[str] | None,
    section: list[str] | None, figure: str | None, editions: bool, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """The share of sentences that speak of each policy domain.

    \b
    Example:
      duixian topics my.store --region 安徽 --section tasks --by year
    """
    from duixian.analysing.dictionaries import read_dictionary
    from duixian.analysing.spread import topic_shares, topic_terms
    from duixian.analysing.spread_tables import topics_table
    from duixian.analysing.terms import BYS

    wanted = read_dictionary(dictionary) if dictionary else topic_terms()
    choice = choice_of(year, level, region, section, figure, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        give(topics_table(topic_shares(texts_of(archive), wanted, choice), [b for b in BYS if b in by]), output, form, lang)


@click.command()
@store_argument
@click.argument("report")
@click.argument("other", required=False)
@_least
@output_option
@formatted
def passages(store: Path, report: str, other: str | None, least: int, output: Path | None, form: str, lang: str) -> None:
    """Passages that two reports share word for word, the longest first.

    REPORT and OTHER are written 安徽:2025, or are ids. Without OTHER the place's own last report is taken.

    \b
    Examples:
      duixian passages my.store 安徽:2025
      duixian passages my.store 合肥:2025 安徽:2025 --least 20
    """
    from duixian.analysing.wording_tables import find_text, own_last, passages_table

    with opened(store) as archive:
        texts = texts_of(archive)
        one = find_text(archive, texts, report)
        earlier = find_text(archive, texts, other) if other else own_last(texts, one)
        give(passages_table(earlier, one, least), output, form, lang)


@click.command()
@store_argument
@choosing
@_least
@output_option
@formatted
def taken(
    store: Path, least: int, year: list[int] | None, level: list[str] | None, region: list[str] | None, section: list[str] | None,
    figure: str | None, editions: bool, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """The share of each report that stands word for word in its own last report, its province's and the nation's.

    \b
    Example:
      duixian taken my.store --region 安徽 --year 2025
    """
    from duixian.analysing.similarity import taken_over
    from duixian.analysing.wording_tables import taken_table

    if section or figure:
        raise click.UsageError("taken looks at whole reports; leave out --section and --figure")
    choice = choice_of(year, level, region, None, None, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        give(taken_table(taken_over(texts_of(archive), choice, least)), output, form, lang)


@click.command()
@store_argument
@click.argument("report")
@choosing
@_least
@click.option("--limit", type=click.IntRange(1, MOST), default=10, show_default=True, help="Rows at most.")
@output_option
@formatted
def similar(
    store: Path, report: str, least: int, limit: int, year: list[int] | None, level: list[str] | None, region: list[str] | None,
    section: list[str] | None, figure: str | None, editions: bool, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """The reports in which most of one report (安徽:2025) stands word for word.

    \b
    Example:
      duixian similar my.store 安徽:2025 --level province
    """
    from duixian.analysing.similarity import most_similar
    from duixian.analysing.wording_tables import find_text, taken_table

    if section or figure:
        raise click.UsageError("similar looks at whole reports; leave out --section and --figure")
    choice = choice_of(year, level, region, None, None, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        texts = texts_of(archive)
        give(taken_table(most_similar(texts, find_text(archive, texts, report), choice, limit, least), "similar"), output, form, lang)


@click.command()
@store_argument
@choosing
@click.option("--clauses", is_flag=True, help="What stands between marks instead of whole sentences.")
@click.option("--least", type=click.IntRange(2), default=10, show_default=True, help="Characters at least.")
@click.option("--places", type=click.IntRange(2), default=3, show_default=True, help="Places that share a sentence at least.")
@_limit
@output_option
@formatted
def shared(
    store: Path, clauses: bool, least: int, places: int, limit: int, year: list[int] | None, level: list[str] | None,
    region: list[str] | None, section: list[str] | None, figure: str | None, editions: bool, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """Sentences that the reports of several places share word for word.

    \b
    Example:
      duixian shared my.store --year 2025 --level province --section tasks
    """
    from duixian.analysing.wording import shared_wording
    from duixian.analysing.wording_tables import shared_table

    choice = choice_of(year, level, region, section, figure, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        found = shared_wording(texts_of(archive), choice, "clause" if clauses else "sentence", least, places)
        give(shared_table(found, limit or None), output, form, lang)


@click.command()
@store_argument
@choosing
@output_option
@formatted
def firmness(
    store: Path, year: list[int] | None, level: list[str] | None, region: list[str] | None, section: list[str] | None,
    figure: str | None, editions: bool, output: Path | None, form: str, lang: str,
) -> None:  # fmt: skip
    """How firmly reports speak: targets with numbers, promises that are hard, soft or only work.

    \b
    Example:
      duixian firmness my.store --level province --year 2025
    """
    from duixian.analysing.wording import firmness as found
    from duixian.analysing.wording_tables import firmness_table

    if section or figure:
        raise click.UsageError("firmness looks at whole reports; leave out --section and --figure")
    choice = choice_of(year, level, region, None, None, editions)
    with opened(store) as archive:
        check_years(archive, choice)
        give(firmness_table(found(archive, choice)), output, form, lang)


COMMANDS = (spread, newterms, topics, passages, taken, similar, shared, firmness)
