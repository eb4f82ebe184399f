"""Making a store and handing its tables over: build, export."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from duixian.commands.common import NamedPath, fail, opened, split, store_argument, talk
from duixian.store import BuildSummary
from duixian.store import Progress as BuildProgress


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=NamedPath(path_type=Path))
@click.option("-o", "--output", "store", required=True, type=NamedPath(path_type=Path), help="The store's folder; made where missing.")
@click.option("--workers", type=click.IntRange(1), help="Number of processes; by default one a processor.")
@click.option("--root", type=NamedPath(path_type=Path), help="Folder that the shown paths start from; by default the inputs' common one.")
@click.option(
    "--limit", "limits", multiple=True, metavar="NAME=NUMBER", help="Raise or lower a limit on what one file may cost: pages=5000."
)
@click.option(
    "--indicators",
    type=NamedPath(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file with indicators of your own; later builds of the store keep them.",
)
@click.option("--text-column", help="The column of CSV files that holds the text; by default full_text, else the longest.")
def build(
    inputs: tuple[Path, ...],
    store: Path,
    workers: int | None,
    root: Path | None,
    text_column: str | None,
    limits: tuple[str, ...],
    indicators: Path | None,
) -> None:
    """Read files and folders into a store; what is unchanged is skipped.

    The store holds exactly the inputs named last: to add reports, name the old inputs too (those unchanged cost no time).

    Exit status: 0 where the store holds something now, 1 where nothing could be read.

    \b
    Examples:
      duixian build reports/ -o my.store
      duixian build a.txt b.md panel.csv -o my.store --workers 2
      duixian build reports/ -o my.store --indicators my.toml
    """
    from duixian.facts.loading import is_filled, own_store, refill
    from duixian.reading.formats import Limits
    from duixian.store import build as build_store

    of_facts = is_filled(store)
    target = own_store(store) if of_facts else store
    try:
        allowed = Limits.parse(limits)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=talk,
        transient=True,
        disable=not talk.is_terminal,
    ) as bar:
        task = bar.add_task("…", total=None)

        def show(at: BuildProgress) -> None:
            bar.update(task, description=at.phase, completed=at.done, total=at.total)

        try:
            summary = build_store(
                inputs,
                target,
                root=root,
                workers=workers,
                progress=show,
                text_column=text_column,
                limits=allowed,
                indicators=indicators,
            )
        except KeyboardInterrupt:
            bar.stop()
            fail(f"stopped; {store} keeps its last generation, and the next build goes on from here")
    _summarise(summary, store)
    if of_facts and summary.documents:
        filled = refill(store)
        click.echo(
            f"facts of {filled.about.date}: {filled.linked} reports linked with your texts by their digest, "
            f"{filled.replaced} replaced by yours, {filled.added} of yours added",
            err=True,
        )
    if not summary.documents:
        sys.exit(1)


def _summarise(summary: BuildSummary, store: Path) -> None:
    for failure in summary.failures:
        click.echo(f"{failure.source}: {failure.reason}", err=True)
    if not summary.documents:
        click.echo(f"duixian: nothing to read{'' if summary.failures else ' in the inputs'}; {store} is unchanged", err=True)
        return
    if summary.dropped:
        click.echo(f"note: {summary.dropped} documents of the last build are not among these inputs and are in {store} no longer", err=True)
    flags = ", ".join(f"{name} {count}" for name, count in sorted(summary.flags.items(), key=lambda item: -item[1])) or "none"
    state = f"generation {summary.generation}" if summary.published else f"generation {summary.generation}, nothing changed"
    click.echo(
        f"{store} ({state}): {summary.documents} documents, {summary.skipped} of them unchanged, in {summary.seconds:.1f} s\n"
        f"reports {summary.reports} ({summary.primary} primary), rejected {summary.rejected}, not read {len(summary.failures)}, "
        f"errors {summary.errors}\nflags: {flags}",
        err=True,
    )


@click.command()
@store_argument
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet", "xlsx", "dta"]), default="jsonl", show_default=True)
@click.option("-o", "--output", "folder", required=True, type=NamedPath(path_type=Path), help="The folder to write to.")
@click.option("--tables", callback=split, help="Only these tables, with commas.")
def export(store: Path, form: str, folder: Path, tables: list[str] | None) -> None:
    """Write every table as one file each into a folder.

    \b
    Examples:
      duixian export my.store --format jsonl -o out
      duixian export my.store --format csv -o out --tables panel,reports
      duixian export my.store --format xlsx -o out --tables panel
    """
    from duixian.store import export as export_store

    with opened(store) as archive:
        if form in ("xlsx", "dta"):
            from duixian.serving.export_files import export_files

            written = export_files(archive, form, folder, tables)
        else:
            written = export_store(archive, form, folder, tables)  # type: ignore[arg-type]
    for name, count in written.items():
        click.echo(f"{folder / name}.{form}: {count} rows", err=True)


COMMANDS = (build, export)
