"""Tables as files of the kinds that panels are handed on in: CSV, JSON, Parquet, Stata, Excel."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from duixian.analysing.tables import Column, Lang, Table, Value
from duixian.serving.render import guarded_text, render
from duixian.store import StoreError
from duixian.store.segments import TEMPORARY

Writer = Callable[[Table, Path, Lang, Mapping[str, str]], None]
_STATA_NAME = 32  # characters of a Stata variable name
_STATA_LABEL = 80
_CODES = ("region_id", "region_code", "report_id")  # text even where they look like numbers
_WIDEST = 60  # characters of an Excel column


def frame_of(table: Table) -> pl.DataFrame:
    """A table as a Polars frame: codes are strings, years and counts integers, nothing is null that was not."""
    data = {c.name: [row[i] for row in table.rows] for i, c in enumerate(table.columns)}
    return pl.DataFrame(data, schema={c.name: _type(c, data[c.name]) for c in table.columns})


def _type(column: Column, values: Sequence[Value]) -> Any:
    there = {type(v) for v in values if v is not None}
    if column.name in _CODES or str in there:
        return pl.String
    if there == {bool}:
        return pl.Boolean
    if float in there:
        return pl.Float64
    return pl.Int64 if there or column.numeric else pl.String


def write_table(table: Table, path: Path, lang: Lang = "zh", about: Mapping[str, str] | None = None) -> None:
    """Write a table whole or not at all; the kind is told by the file's name.

    Args:
        table: the table.
        path: a name that ends in .csv (with byte-order mark), .json, .jsonl, .parquet, .dta (Stata 14 and later) or .xlsx.
        lang: language of headings and variable labels.
        about: lines of the sheet 说明 of an Excel file.

    Raises:
        StoreError: where the kind is not known or the file can't be written.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise StoreError(f"{path}: no such kind of file; there are: {', '.join(WRITERS)}")
    temporary = path.with_name(f".{path.stem}.{os.getpid()}{TEMPORARY}{path.suffix.lower()}")
    try:
        writer(table, temporary, lang, about or {})
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror or error}") from None
    finally:
        temporary.unlink(missing_ok=True)


def _csv(table: Table, path: Path, lang: Lang, about: Mapping[str, str]) -> None:
    with path.open("wb") as file:
        file.write("\ufeff".encode())
        frame = frame_of(table)
        guarded = [pl.col(c).map_elements(guarded_text, pl.String) for c, kind in frame.schema.items() if kind == pl.String]
        frame.with_columns(guarded).rename(guarded_text).write_csv(file)


def _lines_of(form: str) -> Writer:
    """A writer of what --format prints."""

    def write(table: Table, path: Path, lang: Lang, about: Mapping[str, str]) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            render(table, form, lang, file)

    return write


def _parquet(table: Table, path: Path, lang: Lang, about: Mapping[str, str]) -> None:
    frame_of(table).write_parquet(path, compression="zstd")


def _dta(table: Table, path: Path, lang: Lang, about: Mapping[str, str]) -> None:
    frame = frame_of(table)
    named = frame.rename(dict(zip(frame.columns, stata_names(frame.columns), strict=True)))
    write_stata(named, [c.heading(lang) for c in table.columns], path)


def write_stata(frame: pl.DataFrame, labels: Sequence[str], path: Path) -> None:
    """Write a frame as a Stata file (version 14 and later).

    Args:
        frame: its columns named as Stata takes them.
        labels: what each variable means.
        path: the file.
    """
    import pyreadstat

    short = frame.with_columns(pl.selectors.boolean().cast(pl.Int8), pl.col(pl.Int64).cast(pl.Int32))  # Stata has no longer ones
    known: dict[str, str | None] = {name: label[:_STATA_LABEL] for name, label in zip(frame.columns, labels, strict=True)}
    pyreadstat.write_dta(short, str(path), column_labels=known, version=14)


def stata_names(names: Sequence[str]) -> list[str]:
    """Names that Stata takes: letters (Han too), digits and underscores, at most 32, no digit in front, each one once."""
    found: list[str] = []
    for name in names:
        base = "".join(c if c.isalnum() or c == "_" else "_" for c in name)[:_STATA_NAME]
        base = f"_{base}"[:_STATA_NAME] if not base or base[0].isdigit() else base
        one, n = base, 1
        while one in found:
            n += 1
            one = f"{base[: _STATA_NAME - len(str(n)) - 1]}_{n}"
        found.append(one)
    return found


def _xlsx(table: Table, path: Path, lang: Lang, about: Mapping[str, str]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(table.name[:31])
        for i, column in enumerate(table.columns):
            sheet.write_string(0, i, column.heading(lang), bold)
            values = [row[i] for row in table.rows]
            sheet.set_column(i, i, min(_WIDEST, 2 + max([_width(column.heading(lang)), *(_width(v) for v in values[:500])])))
            for n, value in enumerate(values, 1):
                write_cell(sheet, n, i, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), max(len(table.columns) - 1, 0))
        told = book.add_worksheet("说明")
        told.set_column(0, 0, 24)
        told.set_column(1, 2, 40)
        lines = [*about.items(), *((c.name, f"{c.zh} / {c.en}") for c in table.columns)]
        for n, (name, said) in enumerate(lines):
            told.write_string(n, 0, name)
            told.write_string(n, 1, said)


def write_cell(sheet: Any, row: int, column: int, value: Value) -> None:
    """A value in a cell of an Excel sheet as what it is: a number, a truth, a text; nothing for a null."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, value[:32_767])


def _width(value: Value) -> int:
    """Columns that a value takes; a Han character takes two."""
    return sum(2 if ord(c) > 0x2E80 else 1 for c in str(value)) if value is not None else 0


WRITERS: Mapping[str, Writer] = {
    ".csv": _csv,
    ".json": _lines_of("json"),
    ".jsonl": _lines_of("jsonl"),
    ".parquet": _parquet,
    ".dta": _dta,
    ".xlsx": _xlsx,
}
