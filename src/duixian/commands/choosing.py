"""Options that choose reports and parts of them, and where results go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from duixian.commands.common import LEVELS, levels, print_table, some_report, split, talk, years
from duixian.model import Role

if TYPE_CHECKING:
    from duixian.analysing.search_texts import Choice, Texts
    from duixian.analysing.tables import Table
    from duixian.store import Generation

F = TypeVar("F", bound=Callable[..., Any])
SECTIONS: tuple[str, ...] = get_args(Role)
BYS = ("region", "province", "level", "year", "section", "report")


def listed(allowed: Sequence[str]) -> Callable[[click.Context, click.Parameter, str | None], list[str] | None]:
    """A callback for a list with commas of known names."""

    def check(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
        names = split(context, parameter, value)
        for name in names or ():
            if name not in allowed:
                raise click.BadParameter(f"no {name!r}; there are: {', '.join(allowed)}")
        return names

    return check


def sections(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    """A callback for a list with commas of parts of a report, by their codes or as Chinese tables name them."""
    if value is None:
        return None
    from duixian.analysing.archive_tables import ROLES_ZH

    codes = {zh: code for code, zh in ROLES_ZH.items()}
    named = ",".join(codes.get(one.strip(), one) for one in value.split(","))
    return listed(SECTIONS)(context, parameter, named)


def choosing(command: F) -> F:
    """The options that choose reports and parts of them."""
    for option in (
        click.option("--all", "editions", is_flag=True, help="All editions of a report, not only the primary one."),
        click.option("--figure", type=click.Choice(["actual", "target", "other"]), help="Only sentences with a figure of this role."),
        click.option("--section", callback=sections, help="Only these parts: tasks, targets, problems … or 重点任务 …"),
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


def check_years(archive: Generation, choice: Choice) -> None:
    """Ends the command where the store has no report of the chosen years; says of which years it has some."""
    from dataclasses import replace

    anytime = replace(choice, years=None)
    some_report(archive, (r.year for r in archive.reports(editions=choice.editions) if anytime.takes(r)), choice.years)


def texts_of(archive: Generation) -> Texts:
    """The repaired texts of a store; says so where they must be made first."""
    from duixian.analysing.search_cache import open_texts

    def making() -> None:
        talk.print("repairing and indexing the texts, once for this generation …", style="dim")

    texts = open_texts(archive, workers=os.cpu_count() or 1, making=making)
    if missing := archive.counts.reports - len(texts):
        talk.print(
            f"{missing:,} of {archive.counts.reports:,} reports have no text in this store (facts only) and are not searched; "
            "policy terms are counted for all of them: duixian dataset terms FACTS"
        )
    return texts


def give(table: Table, output: Path | None, form: str, lang: str) -> None:
    """A table to a file, where one is named, else to standard output."""
    if output is None:
        print_table(table, form, lang)
        return
    from duixian.serving.table_files import write_table

    about = {"命令": " ".join(["duixian", *sys.argv[1:]]), "说明": table.note or ""}
    write_table(table, output, "en" if lang == "en" else "zh", about)
    talk.print(f"{output}: {table.note or f'{len(table.rows):,} rows'}", style="dim")


output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write a file instead: .csv, .json, .jsonl, .parquet, .dta or .xlsx."
)
