"""Renderers of a table: for reading (terminal), CSV with a byte-order mark, JSON and JSON lines."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from duixian.analysing.tables import MISSING, Column, Lang, Table, Value
from duixian.registry.units import digits

FORMATS = ("table", "csv", "json", "jsonl")
_UNBOUNDED = 4000  # characters a line where output is no terminal
_GAP = 3  # characters between two columns
_READABLE = 16  # characters that running text needs at least


def render(table: Table, form: str, lang: Lang = "zh", out: TextIO | None = None) -> None:
    """Write a table.

    Args:
        table: what to write.
        form: one of ``FORMATS``.
        lang: language of the headings of the printed table; data files carry column names.
        out: where to; standard output by default.

    Raises:
        KeyError: for an unknown format.
    """
    _RENDERERS[form](table, lang, out or sys.stdout)


def _table(table: Table, lang: Lang, out: TextIO) -> None:
    console = Console(file=out, width=None if out.isatty() else _UNBOUNDED, highlight=False, soft_wrap=False)
    shown = [(i, c) for i, c in enumerate(table.columns) if not c.detail]
    left_out: list[str] = []
    if out.isatty():
        fitting = _fitting(table, shown, lang, console.width)
        left_out = [c.heading(lang) for i, c in shown if (i, c) not in fitting]
        shown = fitting
    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for _, column in shown:
        grid.add_column(
            column.heading(lang),
            justify="right" if column.numeric else "left",
            overflow="fold",
            no_wrap=not column.wide and not out.isatty(),
        )
    for row in table.rows:
        grid.add_row(*(Text(_shown(row[i], column, lang)) for i, column in shown))
    console.print(grid)
    if left_out:
        names = ("、" if lang == "zh" else ", ").join(left_out)
        said = f"窗口里没放下：{names}（--format csv 里有）" if lang == "zh" else f"not shown: {names} (--format csv has all)"
        console.print(said, style="dim", soft_wrap=True)


def _fitting(table: Table, shown: list[tuple[int, Column]], lang: Lang, width: int) -> list[tuple[int, Column]]:
    """The columns that a terminal has room for: without sentences that are not in the store, then as much running text as can be read."""
    kept = [(i, c) for i, c in shown if not (c.wide and _without_words([row[i] for row in table.rows]))]
    fixed = [(i, c) for i, c in kept if not c.wide]
    room = width - sum(_GAP + max(cell_len(s) for s in (c.heading(lang), *(_shown(r[i], c, lang) for r in table.rows))) for i, c in fixed)
    wide = [(i, c) for i, c in kept if c.wide]
    readable = wide[: max(0, room // (_READABLE + _GAP))]
    return [one for one in kept if not one[1].wide or one in readable]


def _without_words(values: list[Value]) -> bool:
    """Whether at least one sentence is missing and none is there."""
    said = [str(v) for v in values if v]
    return bool(said) and all(v.startswith(f"〔{MISSING}") for v in said)


def _shown(value: Value, column: Column, lang: Lang) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    return (
        digits(round(value, 6))
        if isinstance(value, float)
        else " ".join(str(value).split())
        if column.wide
        else str(column.told(value, lang))
    )


def _csv(table: Table, lang: Lang, out: TextIO) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([_guarded(c.name) for c in table.columns])
    writer.writerows([_guarded(value) for value in row] for row in table.rows)
    out.write("\ufeff" + buffer.getvalue())


def _guarded(value: Value) -> Value:
    return guarded_text(value) if isinstance(value, str) else value


def guarded_text(value: str) -> str:
    """Text that a spreadsheet would take for a formula, marked as text."""
    return f"'{value}" if len(value) > 1 and value[0] in "=+@\t\r" else value  # a lone "=" is a comparator


def _json(table: Table, lang: Lang, out: TextIO) -> None:
    names = [c.name for c in table.columns]
    json.dump([dict(zip(names, row, strict=True)) for row in table.rows], out, ensure_ascii=False, indent=1)
    out.write("\n")


def _jsonl(table: Table, lang: Lang, out: TextIO) -> None:
    names = [c.name for c in table.columns]
    for row in table.rows:
        out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")


_RENDERERS: dict[str, Callable[[Table, Lang, TextIO], None]] = {"table": _table, "csv": _csv, "json": _json, "jsonl": _jsonl}
