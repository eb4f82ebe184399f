"""The folder of facts: each table as Parquet and CSV, a codebook, and facts.json with version, date and digests."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from duixian.facts.rows import FACTS, PACKED
from duixian.store import StoreError
from duixian.store.arrow import schema_of, table_of
from duixian.store.folder import write_atomically

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1
ABOUT = "facts.json"


@dataclass(frozen=True, slots=True)
class TableAbout:
    """A table of the facts: its rows, and a digest of their values in their order, whatever file they stand in."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What the facts are.

    Attributes:
        format: of the folder.
        version: of the program that made them.
        stages: versions of the stages of the pipeline.
        date: the day they were made.
        reports: number of reports.
        first: first year.
        last: last year.
        sha256: digest of all tables.
        tables: each table.
    """

    format: int
    version: str
    stages: Mapping[str, str]
    date: str
    reports: int
    first: int
    last: int
    sha256: str
    tables: Mapping[str, TableAbout]


def write_facts(folder: Path, tables: Mapping[str, Sequence[Any]], version: str, stages: Mapping[str, str], date: str) -> About:
    """Write tables as Parquet and CSV, and what they are.

    Args:
        folder: made where it is missing.
        tables: rows of each table of ``FACTS``.
        version: of the program.
        stages: versions of its stages.
        date: YYYY-MM-DD.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about: dict[str, TableAbout] = {}
    for name, row in FACTS.items():
        rows = tables[name]
        frame = _frame(rows, row)
        pq.write_table(table_of(rows, row), folder / f"{name}.parquet", compression="zstd", compression_level=19)
        _write_csv(folder, name, frame)
        about[name] = TableAbout(len(rows), _digest(frame))
    years = [r.year for r in tables["reports"]]
    whole = hashlib.sha256("".join(t.sha256 for t in about.values()).encode()).hexdigest()
    made = About(FORMAT, version, dict(stages), date, len(years), min(years, default=0), max(years, default=0), whole, about)
    write_atomically(folder / ABOUT, (json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n").encode())
    return made


def _frame(rows: Sequence[Any], row: type) -> pl.DataFrame:
    import polars as pl  # only here: a site of the facts starts without

    frame = pl.from_arrow(table_of(rows, row))
    assert isinstance(frame, pl.DataFrame)
    return frame


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists of words as one string with blanks between them."""
    import polars as pl

    lists = [name for name, kind in frame.schema.items() if kind == pl.List]
    return frame.with_columns(pl.col(name).list.join(" ") for name in lists)


def _write_csv(folder: Path, name: str, frame: pl.DataFrame) -> None:
    out = io.BytesIO()
    flat(frame).write_csv(out)
    data = "\ufeff".encode() + out.getvalue()
    if name in PACKED:
        with (folder / f"{name}.csv.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(data)
    else:
        (folder / f"{name}.csv").write_bytes(data)


def _digest(frame: pl.DataFrame) -> str:
    out = io.BytesIO()
    flat(frame).write_csv(out)
    return hashlib.sha256(out.getvalue()).hexdigest()


def read_about(folder: Path) -> About:
    """What the facts of a folder are.

    Raises:
        StoreError: where the folder holds none, or of another format.
    """
    try:
        values = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        about = About(**{**values, "tables": {n: TableAbout(**t) for n, t in values["tables"].items()}})
    except FileNotFoundError:
        raise StoreError(f"{folder} holds no facts (no {ABOUT})") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"{folder / ABOUT} can't be read ({type(error).__name__})") from None
    if about.format != FORMAT or about.tables.keys() != FACTS.keys():
        raise StoreError(f"{folder} holds facts of format {about.format}; this program reads format {FORMAT}")
    return about


def read_table(folder: Path, name: str) -> pl.DataFrame:
    """A table of the facts.

    Raises:
        StoreError: where its file is missing or damaged.
    """
    import polars as pl

    try:
        frame = pl.from_arrow(pq.read_table(folder / f"{name}.parquet", schema=schema_of(FACTS[name])))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder / name}.parquet can't be read ({type(error).__name__})") from None
    assert isinstance(frame, pl.DataFrame)
    return frame


def differences(one: Path, other: Path, most: int = 5) -> list[str]:
    """What differs between two folders of facts, row for row; nothing where they hold the same.

    Args:
        one: a folder.
        other: another.
        most: rows that are shown for each table.

    Raises:
        StoreError: where a table can't be read.
    """
    found: list[str] = []
    for name in FACTS:
        a, b = (flat(read_table(folder, name)) for folder in (one, other))
        if a.equals(b):
            continue
        counts = [frame.group_by(frame.columns).len("n") for frame in (a, b)]
        only = [x.join(y, on=[*a.columns, "n"], how="anti", nulls_equal=True).sort(a.columns) for x, y in (counts, counts[::-1])]
        found.append(f"{name}: {a.height} rows and {b.height}; {only[0].height} only in the first, {only[1].height} only in the second")
        found += [f"  {sign} {row}" for sign, frame in zip("-+", only, strict=True) for row in frame.head(most).rows()]
        if not only[0].height and not only[1].height:
            found.append("  the same rows in another order")
    return found
