"""Renderers of a table: for reading (terminal), CSV with a byte-order mark, JSON and JSON lines."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from duixian.analysing.tables import Column, Lang, Table, Value
from duixian.registry.units import digits

FORMATS = ("table", "csv", "json", "jsonl")
_UNBOUNDED = 4000  # characters a line where output is no terminal


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
    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for _, column in shown:
        heading = column.zh if lang == "zh" else column.en
        grid.add_column(
            heading, justify="right" if column.numeric else "left", overflow="fold", no_wrap=not column.wide and not out.isatty()
        )
    for row in table.rows:
        grid.add_row(*(Text(_shown(row[i], column)) for i, column in shown))
    console.print(grid)


def _shown(value: Value, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    return digits(round(value, 6)) if isinstance(value, float) else " ".join(str(value).split()) if column.wide else str(value)


def _csv(table: Table, lang: Lang, out: TextIO) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([c.name for c in table.columns])
    writer.writerows([_guarded(value) for value in row] for row in table.rows)
    out.write("\ufeff" + buffer.getvalue())


def _guarded(value: Value) -> Value:
    """Text that a spreadsheet would take for a formula is marked as text."""
    risky = isinstance(value, str) and len(value) > 1 and value[0] in "=+@\t\r"  # a lone "=" is a comparator
    return f"'{value}" if risky else value


def _json(table: Table, lang: Lang, out: TextIO) -> None:
    names = [c.name for c in table.columns]
    json.dump([dict(zip(names, row, strict=True)) for row in table.rows], out, ensure_ascii=False, indent=1)
    out.write("\n")


def _jsonl(table: Table, lang: Lang, out: TextIO) -> None:
    names = [c.name for c in table.columns]
    for row in table.rows:
        out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")


_RENDERERS: dict[str, Callable[[Table, Lang, TextIO], None]] = {"table": _table, "csv": _csv, "json": _json, "jsonl": _jsonl}
