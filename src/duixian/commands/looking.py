"""Looking into a store: reports, rejected, show, table."""

from __future__ import annotations

from pathlib import Path

import click

from duixian.commands.choosing import sections
from duixian.commands.common import LEVELS, formatted, levels, opened, print_table, store_argument, years


@click.command()
@store_argument
@click.option("--year", callback=years, help="Years of the reports: 2025 or 2020-2025.")
@click.option("--level", callback=levels, help=f"Levels: {', '.join(LEVELS)}.")
@click.option("--region", help="A place: 安徽, 宁波市, 340000.")
@click.option("--all", "editions", is_flag=True, help="All editions of a report, not only the primary one.")
@formatted
def reports(store: Path, year: list[int] | None, level: list[str] | None, region: str | None, editions: bool, form: str, lang: str) -> None:
    """List the reports of a store.

    \b
    Examples:
      duixian reports my.store --year 2025 --level province
      duixian reports my.store --region 安徽 --format csv > 安徽.csv
    """
    from duixian.analysing.archive_tables import find_codes, reports_table

    with opened(store) as archive:
        codes = find_codes(region) if region else None
        print_table(reports_table(archive.reports(years=year, levels=level, codes=codes, editions=editions)), form, lang)


@click.command()
@store_argument
@formatted
def rejected(store: Path, form: str, lang: str) -> None:
    """List what is no report, and what could not be read, with the reasons.

    \b
    Example:
      duixian rejected my.store
    """
    from duixian.analysing.archive_tables import rejected_table

    with opened(store) as archive:
        print_table(rejected_table(archive), form, lang)


_PARTS = (
    "Only these parts: review, review_term (of the term), problems, outlook, targets, tasks, tasks_term (the work of the coming years, "
    "今后五年任务), livelihood, government, closing, appendix; or their Chinese names, such as 预期目标."
)


@click.command()
@store_argument
@click.argument("place")
@click.argument("year", type=int, required=False)
@click.option("--section", callback=sections, help=_PARTS)
@click.option("--text", is_flag=True, help="Print the text of the parts instead of the outline.")
@formatted
def show(store: Path, place: str, year: int | None, section: list[str] | None, text: bool, form: str, lang: str) -> None:
    """Show one report: who speaks, its flags, its outline.

    PLACE is a name (安徽, 宁波市), a code, or a report's id.

    \b
    Examples:
      duixian show my.store 安徽 2025
      duixian show my.store 安徽 2025 --section targets --text
    """
    from duixian.analysing.archive_tables import find_reports, outline_table, sections_of

    with opened(store) as archive:
        for report in find_reports(archive, place, year):
            who = " ".join(filter(None, (report.speaker_title, report.speaker)))
            facts = (report.region, str(report.year), report.meeting, report.delivered, who, report.source, ", ".join(report.flags))
            click.echo(" · ".join(filter(None, facts)), err=True)
            parts = [s for s in sections_of(archive, report) if s.level == 1 and (not section or s.role in section)]
            if not parts:
                click.echo("no such part in this report" if lang == "en" else "本篇没有这一部分", err=True)
            if text:
                click.echo("\n\n".join(archive.text(report.source, s.start, s.end).strip() for s in parts))
            else:
                print_table(outline_table(archive, report, section or ()), form, lang)


COMMANDS = (reports, rejected, show)
