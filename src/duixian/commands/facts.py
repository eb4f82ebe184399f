"""One report's facts: facts, annotate, explain; and the registry of indicators."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from duixian.analysing.tables import Lang
from duixian.commands.choosing import sections
from duixian.commands.common import fail, formatted, opened, print_table, store_argument
from duixian.store import Generation, ReportRow

_STYLES = {"actual": "green", "target": "red", "other": "dim"}


def one_report(store: Generation, place: str, year: int | None) -> ReportRow:
    """The report of a place and year (the first of two in a year)."""
    from duixian.analysing.archive_tables import find_reports

    return find_reports(store, place, year)[0]


@click.command()
@store_argument
@click.argument("place")
@click.argument("year", type=int, required=False)
@click.option("--section", callback=sections, help="Only these parts: targets, review … or 预期目标 …")
@click.option("--quotes", is_flag=True, help="Under each figure the words it was read from.")
@formatted
def facts(store: Path, place: str, year: int | None, section: list[str] | None, quotes: bool, form: str, lang: str) -> None:
    """Every measurement of a report, section by section, coloured by role (actual green, target red).

    \b
    Examples:
      duixian facts my.store 安徽 2025
      duixian facts my.store 安徽 2025 --section targets --quotes
      duixian facts my.store 安徽 2025 --section targets --format csv > 目标.csv
    """
    from duixian.analysing.report_facts import by_section, facts_table, section_in

    shown: Lang = "en" if lang == "en" else "zh"

    with opened(store) as archive:
        report = one_report(archive, place, year)
        if form != "table":
            print_table(facts_table(archive, report, section or ()), form, lang)
            return
        console = Console(highlight=False)
        for part in by_section(archive, report):
            if section and part.section.role not in section:
                continue
            console.rule(f"{section_in(part.section.role, shown)} {part.section.heading or ''}", align="left", style="dim")
            for m in part.facts:
                console.print(_line(m, shown), soft_wrap=True)
                if quotes:
                    console.print(Text(f"      {m.quote}", style="dim"), soft_wrap=True)


def _line(m: object, lang: Lang) -> Text:
    from duixian.analysing.headline import in_words
    from duixian.analysing.report_facts import role_in
    from duixian.model import Measurement

    assert isinstance(m, Measurement)
    line = Text("  ")
    line.append(f"{role_in(m.role, lang):7s}" if lang == "en" else f"{role_in(m.role, lang)}  ", style=_STYLES[m.role])
    line.append(f"{m.period or '':10s} ", style="dim")
    line.append(f"{m.name} ", style="bold" if m.indicator else "")
    line.append(in_words(m), style=_STYLES[m.role])
    for extra in (m.agg, m.indicator, m.basis, ", ".join(m.flags)):
        if extra:
            line.append(f"  {extra}", style="dim")
    return line


@click.command()
@store_argument
@click.argument("place")
@click.argument("year", type=int, required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The page to write.")
def annotate(store: Path, place: str, year: int | None, output: Path) -> None:
    """Write a report as one self-contained page with every measurement marked.

    \b
    Example:
      duixian annotate my.store 安徽 2025 -o 安徽.html
    """
    from duixian.serving.annotated import annotated

    with opened(store) as archive:
        page = annotated(archive, one_report(archive, place, year))
    try:
        output.write_text(page, encoding="utf8")
    except OSError as error:
        fail(f"{output}: {error.strerror}")
    click.echo(f"{output}: {len(page.encode()) // 1024} KB", err=True)


@click.command()
@store_argument
@click.argument("place")
@click.argument("year", type=int)
@click.argument("indicator")
@formatted
def explain(store: Path, place: str, year: int, indicator: str, form: str, lang: str) -> None:
    """All candidates for a headline value, which one was chosen and why.

    \b
    Example:
      duixian explain my.store 安徽 2025 gdp.growth
    """
    from duixian.analysing.report_facts import explained_table
    from duixian.ledger import Corrections, default_url

    with opened(store) as archive:
        corrections = Corrections(default_url(store)).current()
        shown: Lang = "zh" if form == "table" and lang == "zh" else "en"  # data files keep the codes
        print_table(explained_table(archive, one_report(archive, place, year), indicator, corrections, shown), form, lang)


@click.command()
@click.argument("words", required=False)
@click.option("--domain", help="Only those of a field: accounts, industry, trade …")
@click.option("--own", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A file of your own, checked and listed too.")
@formatted
def indicators(words: str | None, domain: str | None, own: Path | None, form: str, lang: str) -> None:
    """List the registry of indicators, or those whose id, names or synonyms hold WORDS; one by its id with all that is known of it.

    \b
    Examples:
      duixian indicators
      duixian indicators 就业
      duixian indicators gdp.growth
      duixian indicators --own my.toml
    """
    from duixian.analysing.registry_tables import indicator_card, registry_table
    from duixian.registry.indicators import IndicatorError, check_indicators_file, indicator_table, know_indicators

    if own:
        try:
            text = own.read_text(encoding="utf-8-sig")
            check_indicators_file(text)
        except (OSError, UnicodeDecodeError, IndicatorError) as error:
            fail(f"{own}: {error}")
        know_indicators(text)
    known = indicator_table().indicators.get(words or "")
    print_table(indicator_card(known) if known else registry_table(words, domain), form, lang)


COMMANDS = (facts, annotate, explain, indicators)
