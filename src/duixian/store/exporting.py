"""Export: every table as one file, in the same order of rows each time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from duixian.store.archive import Generation, open_store
from duixian.store.arrow import schema_of
from duixian.store.errors import StoreError
from duixian.store.rows import EXPORTED, TABLES
from duixian.store.segments import TEMPORARY

if TYPE_CHECKING:
    import polars as pl

Format = Literal["jsonl", "csv", "parquet"]


def export(
    store: str | os.PathLike[str] | Generation, format: Format, folder: str | os.PathLike[str], tables: Sequence[str] | None = None
) -> dict[str, int]:
    """Write tables as ``folder/<table>.<format>``.

    Nulls are null (empty in CSV); lists are arrays (in CSV as JSON); CSV begins with a byte-order mark, for Excel.

    Args:
        store: a store's folder, or an open generation.
        format: jsonl, csv or parquet.
        folder: where the files shall stand; made where it is missing.
        tables: names of tables; by default all but the texts.

    Returns:
        The number of rows of each table.

    Raises:
        StoreError: where the store can't be opened, the folder can't be written, or a table or format is not known.
    """
    if format not in WRITERS:
        raise StoreError(f"no export format {format!r}; there are: {', '.join(WRITERS)}")
    if unknown := [t for t in tables or () if t not in TABLES]:
        raise StoreError(f"no table {unknown[0]!r}; there are: {', '.join(TABLES)}")
    if not isinstance(store, Generation):
        with open_store(store) as opened:
            return export(opened, format, folder, tables)
    out = Path(folder)
    try:
        out.mkdir(parents=True, exist_ok=True)
        return {table: _write(store, table, out / f"{table}.{format}", WRITERS[format]) for table in tables or EXPORTED}
    except OSError as error:
        raise StoreError(f"{out} can't be written: {error.strerror or error}") from None


Writer = Callable[[Path, type, Iterator[pa.RecordBatch]], int]


def _write(generation: Generation, table: str, path: Path, writer: Writer) -> int:
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        rows = writer(temporary, TABLES[table], generation.batches(table))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return rows


def _jsonl(path: Path, row: type, batches: Iterator[pa.RecordBatch]) -> int:
    count = 0
    with path.open("wb") as file:
        for batch in batches:
            _frame(batch).write_ndjson(file)
            count += len(batch)
    return count


def _csv(path: Path, row: type, batches: Iterator[pa.RecordBatch]) -> int:
    count = 0
    with path.open("wb") as file:
        file.write("\ufeff".encode())
        _frame(schema_of(row).empty_table()).pipe(_flat).write_csv(file)
        for batch in batches:
            _frame(batch).pipe(_flat).write_csv(file, include_header=False)
            count += len(batch)
    return count


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists of words as JSON arrays, since CSV has no lists."""
    import polars as pl  # only here: commands that export nothing start faster without

    lists = [name for name, kind in frame.schema.items() if kind == pl.List]
    return frame.with_columns(pl.col(name).map_elements(_json_array, return_dtype=pl.String) for name in lists)


def _json_array(values: pl.Series) -> str:
    import json

    return json.dumps(values.to_list(), ensure_ascii=False)


def _parquet(path: Path, row: type, batches: Iterator[pa.RecordBatch]) -> int:
    count = 0
    with pq.ParquetWriter(path, schema_of(row), compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema_of(row)))
            count += len(batch)
    return count


def _frame(rows: pa.RecordBatch | pa.Table) -> pl.DataFrame:
    import polars as pl

    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame


WRITERS: Mapping[str, Writer] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
