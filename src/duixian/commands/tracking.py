"""Promise and answer across the years: track, trace."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from duixian.commands.common import formatted, opened, print_table, split, store_argument, talk
from duixian.settling.followups.records import Fulfilment

KINDS = ("quantified", "milestone")
VERDICTS: tuple[str, ...] = get_args(Fulfilment)


@click.command()
@store_argument
@click.argument("place")
@click.argument("year", type=int)
@click.option("--verdict", callback=split, help=f"Only these results, with commas: {', '.join(VERDICTS)}.")
@click.option("--kind", type=click.Choice(KINDS), help="Only promises of a figure, or of a milestone.")
@click.option("--topic", help="Only one policy domain: 教育, 交通 …")
@click.option("--livelihood/--no-livelihood", default=None, help="Only promises about people's daily life (民生), or only others.")
@click.option("--words", help="Only where promise or answer holds these words.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write a file instead of printing: .xlsx, .csv, .json, .jsonl, .parquet or .dta.",
)
@formatted
def track(
    store: Path,
    place: str,
    year: int,
    verdict: list[str] | None,
    kind: str | None,
    topic: str | None,
    livelihood: bool | None,
    words: str | None,
    output: Path | None,
    form: str,
    lang: str,
) -> None:
    """What became of the promises of a report: each beside what the next year's report says of it.

    \b
    Examples:
      duixian track my.store 安徽 2025
      duixian track my.store 宁波 2019 --verdict partly,missed
      duixian track my.store 安徽 2025 --livelihood -o 安徽2025.xlsx
    """
    from duixian.analysing.tracking import Wanted, tracked, tracked_table

    for name in verdict or ():
        if name not in VERDICTS:
            raise click.BadParameter(f"no result {name!r}; there are: {', '.join(VERDICTS)}", param_hint="--verdict")
    with opened(store) as archive:
        rows = tracked(archive, place, year, Wanted(verdict, kind, topic, livelihood, words))
    table = tracked_table(rows, "en" if lang == "en" else "zh")
    if output is None:
        print_table(table, form, lang)
        return
    from duixian.serving.table_files import write_table

    write_table(table, output, "en" if lang == "en" else "zh")
    talk.print(f"{output}: {len(table.rows)} rows; {table.note}", style="dim")


@click.command()
@store_argument
@click.argument("place")
@click.argument("words", nargs=-1, required=True)
@formatted
def trace(store: Path, place: str, words: tuple[str, ...], form: str, lang: str) -> None:
    """A project or promise through the years: when it first stood, how often it was promised, when it was done or fell silent.

    A clause counts that holds all the WORDS.

    \b
    Examples:
      duixian trace my.store 杭州 地铁
      duixian trace my.store 宁波 机场 三期
    """
    from duixian.analysing.tracing import trace as follow
    from duixian.analysing.tracing import trace_table

    with opened(store) as archive:
        print_table(trace_table(follow(archive, place, words)), form, lang)


COMMANDS = (track, trace)
