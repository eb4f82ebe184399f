"""Every table of a store as an Excel workbook or a Stata file, its columns named as in the other exports and explained by the codebook."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa

from duixian.serving.site.codebook import column_note, table_note
from duixian.serving.table_files import stata_names, write_cell, write_stata
from duixian.store import EXPORTED, TABLES, Generation, StoreError
from duixian.store.segments import TEMPORARY

SHEET_ROWS: Final = 1_048_575  # rows of an Excel sheet below its heading; more go on a further sheet
_WIDE: Final = 24.0  # columns that a column of an export takes; the texts are cut off on the screen only

Write = Callable[[str, Path, Sequence[str], Iterator[pa.RecordBatch]], int]


def export_files(store: Generation, form: str, folder: Path, tables: Sequence[str] | None = None) -> dict[str, int]:
    """Write tables as ``folder/<table>.<form>``.

    Nulls are empty; lists are JSON arrays, since neither kind of file has lists.

    Args:
        store: an open store.
        form: xlsx or dta.
        folder: where the files shall stand; made where it is missing.
        tables: names of tables; by default all but the texts.

    Returns:
        The number of rows of each table.

    Raises:
        StoreError: where the folder can't be written, or a table or format is not known.
    """
    if form not in FORMS:
        raise StoreError(f"no export format {form!r}; there are: {', '.join(FORMS)}")
    if unknown := [t for t in tables or () if t not in TABLES]:
        raise StoreError(f"no table {unknown[0]!r}; there are: {', '.join(TABLES)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {table: _write(store, table, folder / f"{table}.{form}", FORMS[form]) for table in tables or EXPORTED}
    except OSError as error:
        raise StoreError(f"{folder} can't be written: {error.strerror or error}") from None


def _write(store: Generation, table: str, path: Path, write: Write) -> int:
    temporary = path.with_name(f".{path.stem}.{os.getpid()}{TEMPORARY}{path.suffix}")
    try:
        rows = write(table, temporary, store.columns(table), store.batches(table))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return rows


def _dta(table: str, path: Path, columns: Sequence[str], batches: Iterator[pa.RecordBatch]) -> int:
    frames = [_flat(batch) for batch in batches]
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    notes = {name: column_note(name)[0] for name in frame.columns}
    write_stata(frame.rename(dict(zip(frame.columns, stata_names(frame.columns), strict=True))), list(notes.values()), path)
    return frame.height


def _xlsx(table: str, path: Path, columns: Sequence[str], batches: Iterator[pa.RecordBatch]) -> int:
    import xlsxwriter

    count = 0
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        _explain(book, table, columns)
        sheet = _sheet(book, table, columns, bold)
        sheet.activate()
        for batch in batches:
            for row in _flat(batch).iter_rows():
                if count and count % SHEET_ROWS == 0:
                    sheet = _sheet(book, f"{table} {count // SHEET_ROWS + 1}", columns, bold)
                for i, value in enumerate(row):
                    write_cell(sheet, count % SHEET_ROWS + 1, i, value)
                count += 1
    return count


def _sheet(book: Any, name: str, columns: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name[:31])
    sheet.set_column(0, len(columns) - 1, _WIDE)
    sheet.freeze_panes(1, 0)
    for i, column in enumerate(columns):
        sheet.write_string(0, i, column, bold)
    return sheet


def _explain(book: Any, table: str, columns: Sequence[str]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 2, 2 * _WIDE)
    for n, (name, (zh, en)) in enumerate([(table, table_note(table)), *((c, column_note(c)) for c in columns)]):
        for i, said in enumerate((name, zh, en)):
            sheet.write_string(n, i, said)


def _flat(batch: pa.RecordBatch) -> pl.DataFrame:
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)
    lists = [name for name, kind in frame.schema.items() if kind == pl.List]
    return frame.with_columns(pl.col(name).map_elements(_array, return_dtype=pl.String) for name in lists)


def _array(values: pl.Series) -> str:
    return json.dumps(values.to_list(), ensure_ascii=False)


FORMS: Mapping[str, Write] = {"xlsx": _xlsx, "dta": _dta}
