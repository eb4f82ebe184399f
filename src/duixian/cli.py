"""The command line: one thin function a command. Data goes to standard output, talk to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from duixian import __version__
from duixian.analysing.tables import Lang, Table
from duixian.serving.render import FORMATS, render
from duixian.store import BuildSummary, Generation, StoreError, open_store
from duixian.store import Progress as BuildProgress

LEVELS = ("national", "province", "prefecture", "county")
DEFAULT_INDICATORS = "gdp.growth"
F = TypeVar("F", bound=Callable[..., Any])
_talk = Console(stderr=True, highlight=False, soft_wrap=True)


class _Group(click.Group):
    """A group whose errors are one line each, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a store's error is one line on standard error and exit status 1."""
        try:
            return super().invoke(ctx)
        except StoreError as error:
            _fail(str(error))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order of the work."""
        return list(self.commands)


def _fail(line: str) -> NoReturn:
    click.echo(f"duixian: {line}", err=True)
    sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__)
def main() -> None:
    """兑现: reads government work reports (政府工作报告) and settles their promises.

    \b
    Examples:
      duixian build reports/ -o my.store
      duixian table my.store --year 2025 --level province --indicator gdp.growth
      duixian show my.store 安徽 2025
    """


def _formatted(command: F) -> F:
    command = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print it.")(
        command
    )
    return click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the headings.")(
        command
    )


def _store_argument(command: F) -> F:
    return click.argument("store", type=click.Path(path_type=Path))(command)


@contextmanager
def _opened(path: Path) -> Iterator[Generation]:
    with open_store(path) as store:
        yield store


def _print(table: Table, form: str, lang: str) -> None:
    chosen: Lang = "en" if lang == "en" else "zh"
    render(table, form, chosen)
    if form == "table":
        _talk.print(table.note or f"{len(table.rows)} rows", style="dim")


def _split(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    """A list given with commas."""
    return [v.strip() for v in value.split(",") if v.strip()] if value else None


def _years(context: click.Context, parameter: click.Parameter, value: str | None) -> list[int] | None:
    """Years as 2025, 2020,2025 or 2020-2025."""
    if not value:
        return None
    found: list[int] = []
    for part in value.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            raise click.BadParameter(f"{value!r} is no year; write 2025, 2020,2025 or 2020-2025")
        found += range(int(first), int(last or first) + 1)
    return found


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", "store", required=True, type=click.Path(path_type=Path), help="The store's folder; made where missing.")
@click.option("--workers", type=click.IntRange(1), help="Number of processes; by default one a processor.")
@click.option("--root", type=click.Path(path_type=Path), help="Folder that the shown paths start from; by default the inputs' common one.")
@click.option("--text-column", help="The column of CSV files that holds the text; by default full_text, else the longest.")
def build(inputs: tuple[Path, ...], store: Path, workers: int | None, root: Path | None, text_column: str | None) -> None:
    """Read files and folders into a store; what is unchanged is skipped.

    Exit status: 0 where the store holds something now, 1 where nothing could be read.

    \b
    Examples:
      duixian build reports/ -o my.store
      duixian build a.txt b.md panel.csv -o my.store --workers 2
    """
    from duixian.store import build as build_store

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_talk,
        transient=True,
        disable=not _talk.is_terminal,
    ) as bar:
        task = bar.add_task("…", total=None)

        def show(at: BuildProgress) -> None:
            bar.update(task, description=at.phase, completed=at.done, total=at.total)

        try:
            summary = build_store(inputs, store, root=root, workers=workers, progress=show, text_column=text_column)
        except KeyboardInterrupt:
            bar.stop()
            _fail(f"stopped; {store} keeps its last generation, and the next build goes on from here")
    _summarise(summary, store)
    if not summary.documents:
        sys.exit(1)


def _summarise(summary: BuildSummary, store: Path) -> None:
    for failure in summary.failures:
        click.echo(f"{failure.source}: {failure.reason}", err=True)
    if not summary.documents:
        click.echo(f"duixian: nothing to read{'' if summary.failures else ' in the inputs'}; {store} is unchanged", err=True)
        return
    flags = ", ".join(f"{name} {count}" for name, count in sorted(summary.flags.items(), key=lambda item: -item[1])) or "none"
    state = f"generation {summary.generation}" if summary.published else f"generation {summary.generation}, nothing changed"
    click.echo(
        f"{store} ({state}): {summary.documents} documents, {summary.skipped} of them unchanged, in {summary.seconds:.1f} s\n"
        f"reports {summary.reports} ({summary.primary} primary), rejected {summary.rejected}, not read {len(summary.failures)}, "
        f"errors {summary.errors}\nflags: {flags}",
        err=True,
    )


@main.command()
@_store_argument
@click.option("--year", callback=_years, help="Years of the reports: 2025 or 2020-2025.")
@click.option("--level", callback=_split, help=f"Levels: {', '.join(LEVELS)}.")
@click.option("--region", help="A place: 安徽, 宁波市, 340000.")
@click.option("--all", "editions", is_flag=True, help="All editions of a report, not only the primary one.")
@_formatted
def reports(store: Path, year: list[int] | None, level: list[str] | None, region: str | None, editions: bool, form: str, lang: str) -> None:
    """List the reports of a store.

    \b
    Examples:
      duixian reports my.store --year 2025 --level province
      duixian reports my.store --region 安徽 --format csv > 安徽.csv
    """
    from duixian.analysing.archive_tables import find_codes, reports_table

    with _opened(store) as opened:
        codes = find_codes(region) if region else None
        _print(reports_table(opened.reports(years=year, levels=_levels(level), codes=codes, editions=editions)), form, lang)


def _levels(level: list[str] | None) -> list[str] | None:
    for name in level or ():
        if name not in LEVELS:
            raise click.BadParameter(f"no level {name!r}; there are: {', '.join(LEVELS)}", param_hint="--level")
    return level


@main.command()
@_store_argument
@_formatted
def rejected(store: Path, form: str, lang: str) -> None:
    """List what is no report, and what could not be read, with the reasons.

    \b
    Example:
      duixian rejected my.store
    """
    from duixian.analysing.archive_tables import rejected_table

    with _opened(store) as opened:
        _print(rejected_table(opened), form, lang)


@main.command()
@_store_argument
@click.argument("place")
@click.argument("year", type=int, required=False)
@click.option("--section", callback=_split, help="Only these parts: targets, livelihood, problems …")
@click.option("--text", is_flag=True, help="Print the text of the parts instead of the outline.")
@_formatted
def show(store: Path, place: str, year: int | None, section: list[str] | None, text: bool, form: str, lang: str) -> None:
    """Show one report: who speaks, its flags, its outline.

    PLACE is a name (安徽, 宁波市), a code, or a report's id.

    \b
    Examples:
      duixian show my.store 安徽 2025
      duixian show my.store 安徽 2025 --section targets --text
    """
    from duixian.analysing.archive_tables import ROLES_ZH, find_reports, outline_table, sections_of

    for name in section or ():
        if name not in ROLES_ZH:
            raise click.BadParameter(f"no part {name!r}; there are: {', '.join(ROLES_ZH)}", param_hint="--section")
    with _opened(store) as opened:
        for report in find_reports(opened, place, year):
            who = " ".join(filter(None, (report.speaker_title, report.speaker)))
            facts = (report.region, str(report.year), report.meeting, report.delivered, who, report.source, ", ".join(report.flags))
            click.echo(" · ".join(filter(None, facts)), err=True)
            if text:
                parts = [s for s in sections_of(opened, report) if (s.role in section if section else s.level == 1)]
                click.echo("\n".join(opened.text(report.source, s.start, s.end).strip() for s in parts))
            else:
                _print(outline_table(opened, report, section or ()), form, lang)


@main.command()
@_store_argument
@click.option("--year", callback=_years, help="Years of the reports: 2025 or 2020-2025.")
@click.option("--level", callback=_split, help=f"Levels: {', '.join(LEVELS)}.")
@click.option("--region", help="A place: 安徽, 宁波市, 340000.")
@click.option("--indicator", callback=_split, default=DEFAULT_INDICATORS, show_default=True, help="Ids of indicators, with commas.")
@_formatted
def table(
    store: Path, year: list[int] | None, level: list[str] | None, region: str | None, indicator: list[str], form: str, lang: str
) -> None:
    """For each region this year's target and last year's actual, with the sentences.

    \b
    Examples:
      duixian table my.store --year 2025 --level province --indicator gdp.growth
      duixian table my.store --region 宁波 --indicator gdp.growth,cpi.growth --format csv > 宁波.csv
    """
    from duixian.analysing.archive_tables import find_codes
    from duixian.analysing.headline import headline_table

    with _opened(store) as opened:
        codes = find_codes(region) if region else None
        _print(headline_table(opened, indicator, year, _levels(level), codes), form, lang)


@main.command()
@_store_argument
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True)
@click.option("-o", "--output", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write to.")
@click.option("--tables", callback=_split, help="Only these tables, with commas.")
def export(store: Path, form: str, folder: Path, tables: list[str] | None) -> None:
    """Write every table as one file each into a folder.

    \b
    Examples:
      duixian export my.store --format jsonl -o out
      duixian export my.store --format csv -o out --tables panel,reports
    """
    from duixian.store import export as export_store

    with _opened(store) as opened:
        written = export_store(opened, form, folder, tables)  # type: ignore[arg-type]
    for name, count in written.items():
        click.echo(f"{folder / name}.{form}: {count} rows", err=True)


if __name__ == "__main__":
    main()
