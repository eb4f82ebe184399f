"""The promises of a report as a list of tasks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from duixian.commands.common import lang_option, opened, print_table, store_argument, talk
from duixian.serving.render import FORMATS

_KINDS = ("quantified", "milestone", "qualitative")
_WORKBOOK = ".xlsx"


@click.command()
@store_argument
@click.argument("place")
@click.argument("year", type=int)
@click.option("--topic", help="Only one policy domain: 教育, 交通 …")
@click.option("--kind", type=click.Choice(_KINDS), help="Only this kind; without it the two that can be checked, quantified and milestone.")
@click.option("--livelihood/--no-livelihood", default=None, help="Only promises about people's daily life (民生), or only others.")
@click.option("--format", "form", type=click.Choice([*FORMATS, "xlsx"]), help="How to print it (table), or the kind of the file of -o.")
@lang_option("Language of the printed headings.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write a file: .xlsx (a list ready to assign), .csv, .json, .parquet."
)
def promises(
    store: Path,
    place: str,
    year: int,
    topic: str | None,
    kind: str | None,
    livelihood: bool | None,
    form: str | None,
    lang: str,
    output: Path | None,
) -> None:
    """The promises of a report as numbered tasks: theme, act, quantity, deadline, responsible body, topic, sentence.

    A promise keeps its number whatever is asked for, and in every rebuild. The workbook has empty columns for who does it,
    how far it is and remarks, and a sheet with the sentence of each act.

    \b
    Examples:
      duixian promises my.store 安徽 2025
      duixian promises my.store 安徽 2025 --topic 教育 --kind quantified
      duixian promises my.store 安徽 2025 --livelihood --format csv > 民生.csv
      duixian promises my.store 安徽 2025 -o 安徽2025任务.xlsx
    """
    from duixian.analysing.tasks import Wanted, task_list, task_table

    kind_of_file = _kind_of_file(form, output)
    with opened(store) as archive:
        found = task_list(archive, place, year, Wanted(topic, kind, livelihood))
    table = task_table(found)
    if output is None:
        print_table(table, form or "table", lang)
        return
    if kind_of_file == _WORKBOOK:
        from duixian.serving.task_workbook import write_task_workbook

        write_task_workbook(found, output, " ".join(["duixian", *sys.argv[1:]]))
    else:
        from duixian.serving.table_files import write_table

        write_table(table, output, "en" if lang == "en" else "zh")
    talk.print(f"{output}: {table.note}", style="dim")


def _kind_of_file(form: str | None, output: Path | None) -> str:
    """The suffix that says what to write; the words --format and the file's name must not contradict each other."""
    suffix = output.suffix.lower() if output else ""
    if output is None:
        if form == "xlsx":
            raise click.BadParameter("a workbook needs a file; add -o FILE.xlsx", param_hint="--format")
        return ""
    if form in (None, "table"):
        return suffix
    if suffix != f".{form}":
        raise click.BadParameter(f"{output.name} does not end in .{form}", param_hint="-o")
    return suffix


COMMANDS = (promises,)
