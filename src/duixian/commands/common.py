"""What commands share: the store argument, output options, lists and years, one-line errors."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, get_args

import click
from rich.console import Console

from duixian.analysing.tables import Lang, Table
from duixian.model import Level
from duixian.serving.render import FORMATS, render

if TYPE_CHECKING:
    from duixian.store import Generation

LANG_VARIABLE = "DUIXIAN_LANG"
MOST = 10**9  # rows or characters that an option can ask for
LEVELS: tuple[str, ...] = get_args(Level)
# A year or a span of years. Matches "2025", "2020-2025"; not "25", "2020-", "2020-99999".
_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
F = TypeVar("F", bound=Callable[..., Any])


class NamedPath(click.Path):
    """A path that is not empty: an unset variable of a shell must not mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; wrong usage where it is empty."""
        if str(value) == "":
            self.fail("the path is empty; write . for the current folder", param, ctx)
        return super().convert(value, param, ctx)


talk = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(line: str) -> NoReturn:
    """One line on standard error and exit status 1."""
    click.echo(f"duixian: {line}", err=True)
    sys.exit(1)


def formatted(command: F) -> F:
    """The options --format and --lang, as ``form`` and ``lang``."""
    command = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print it.")(
        command
    )
    return lang_option("Language.")(command)


def lang_option(what: str) -> Callable[[F], F]:
    """The option --lang; the variable DUIXIAN_LANG gives it for a whole session."""
    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), default="zh", envvar=LANG_VARIABLE, show_default=True, show_envvar=True, help=what
    )


def store_argument(command: F) -> F:
    """The argument STORE, as a path."""
    return click.argument("store", type=NamedPath(path_type=Path))(command)


@contextmanager
def opened(path: Path) -> Iterator[Generation]:
    """The current generation of a store; closed at the end."""
    from duixian.store import open_store  # only here: it is the slowest thing to load

    with open_store(path) as store:
        yield store


def print_table(table: Table, form: str, lang: str) -> None:
    """A table to standard output, and its note to standard error."""
    chosen: Lang = "en" if lang == "en" else "zh"
    render(table, form, chosen)
    if form == "table":
        talk.print(table.note or f"{len(table.rows)} rows", style="dim")


def some_report(archive: Generation, held: Iterable[int], wanted: Collection[int] | None, after: int = 0) -> None:
    """Ends the command where no report of the years is there, saying of which years there are.

    Args:
        archive: the store.
        held: years of the reports among which the years were asked for; where there are none, nothing is said.
        wanted: the years; none for all.
        after: so many years after them count too: what a year came to stands in the next report.
    """
    there = sorted(set(held))
    if wanted and there and not any(min(wanted) <= y <= max(wanted) + after for y in there):
        fail(f"no report of {spans(sorted(wanted))} is in {archive.path}; it has some of {spans(there)}")


def spans(years: Sequence[int]) -> str:
    """Years in order as people write them: 2003–2007, 2010."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def split(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    """A list given with commas (a click callback)."""
    if value is None:
        return None
    found = [v.strip() for v in value.split(",") if v.strip()]
    if not found:
        raise click.BadParameter("nothing stands in it; leave the option out for all")
    return found


def years(context: click.Context, parameter: click.Parameter, value: str | None) -> list[int] | None:
    """Years as 2025, 2020,2025 or 2020-2025 (a click callback)."""
    if value is None:
        return None
    found: list[int] = []
    for part in value.split(","):
        written = _YEARS.fullmatch(part.strip())
        if not written:
            raise click.BadParameter(f"{value!r} is no year; write 2025, 2020,2025 or 2020-2025")
        first, last = int(written[1]), int(written[2] or written[1])
        if last < first:
            raise click.BadParameter(f"{part.strip()!r} ends before it begins; write {last}-{first}")
        found += range(first, last + 1)
    return found


def levels(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    """Levels of government given with commas (a click callback)."""
    names = split(context, parameter, value)
    for name in names or ():
        if name not in LEVELS:
            raise click.BadParameter(f"no level {name!r}; there are: {', '.join(LEVELS)}")
    return names
