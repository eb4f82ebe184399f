"""Reading a store: one generation, opened read-only and held until it is opened anew."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from duixian.registry.indicators import know_indicators
from duixian.store.arrow import records_of, schema_of
from duixian.store.errors import NoTextError, StoreError
from duixian.store.folder import Counts, Folder, Manifest
from duixian.store.queries import EXCERPT, PANEL, QUERIES, REPORTS, TEXT, PlacedMeasurement, Query
from duixian.store.rows import TABLES, ReportRow

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

T = TypeVar("T")
G = TypeVar("G", bound="Generation")
TRIES = 5  # a generation may be published and the one before the last removed between reading its number and opening it


class Generation:
    """One generation of a store; what a later build publishes is not seen until the store is opened again.

    Safe for threads: each query runs on a cursor of its own.

    Attributes:
        path: the store's folder.
        number: the number of the generation.
        manifest: what it is made of.
    """

    def __init__(self, path: Path, manifest: Manifest, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.number = manifest.number
        self.manifest = manifest
        self._connection = connection

    @property
    def counts(self) -> Counts:
        """What the generation holds."""
        return self.manifest.counts

    def rows(self, query: Query[T], **parameters: object) -> tuple[T, ...]:
        """The typed rows of a named query.

        Args:
            query: one of ``duixian.store.queries``.
            parameters: its parameters; one that is not given filters nothing.

        Raises:
            TypeError: where the query has no such parameter.
        """
        return records_of(query.row, self._run(query, parameters).fetchall())

    def query(self, name: str, **parameters: object) -> pl.DataFrame:
        """The rows of a named query as a Polars frame.

        Args:
            name: a name in ``duixian.store.queries.QUERIES``.
            parameters: its parameters; one that is not given filters nothing.

        Raises:
            StoreError: where there is no such query.
            TypeError: where the query has no such parameter.
        """
        if name not in QUERIES:
            raise StoreError(f"no query {name!r}; there are: {', '.join(sorted(QUERIES))}")
        row: Any = QUERIES[name].row
        return _frame(self._run(QUERIES[name], parameters), schema_of(row).names)

    def table(self, name: str) -> pl.DataFrame:
        """A whole table as a Polars frame, all editions included.

        Raises:
            StoreError: where there is no such table.
        """
        return _frame(self._scan(name), schema_of(TABLES[name]).names)

    def batches(self, name: str, rows: int = 50_000) -> Iterator[pa.RecordBatch]:
        """A whole table in Arrow batches of at most ``rows`` rows, for tables larger than memory.

        Raises:
            StoreError: where there is no such table.
        """
        yield from self._scan(name).to_arrow_reader(rows)

    def columns(self, name: str) -> tuple[str, ...]:
        """The columns of a table, in their order.

        Raises:
            StoreError: where there is no such table.
        """
        return tuple(self._scan(name).columns)

    def reports(
        self,
        *,
        years: Sequence[int] | None = None,
        levels: Sequence[str] | None = None,
        codes: Sequence[str] | None = None,
        region: str | None = None,
        editions: bool = False,
    ) -> tuple[ReportRow, ...]:
        """The reports of the archive, by place and year.

        Args:
            years: first years of the plan.
            levels: national, province, prefecture, county.
            codes: codes of places, of the report's year or constant ones.
            region: part of the place's name.
            editions: all editions, not only the primary ones.
        """
        return self.rows(REPORTS, years=_list(years), levels=_list(levels), codes=_list(codes), region=region, editions=editions)

    def panel(
        self,
        *,
        years: Sequence[int] | None = None,
        levels: Sequence[str] | None = None,
        codes: Sequence[str] | None = None,
        region: str | None = None,
        indicators: Sequence[str] | None = None,
        role: str | None = None,
        editions: bool = False,
    ) -> tuple[PlacedMeasurement, ...]:
        """The headline values by place, year and indicator.

        Args:
            years: years of the reports (the actual of a report of 2025 is that of 2024).
            levels: national, province, prefecture, county.
            codes: codes of places, of the report's year or constant ones.
            region: part of the place's name.
            indicators: ids of indicators.
            role: actual or target.
            editions: all editions, not only the primary ones.
        """
        return self.rows(
            PANEL,
            years=_list(years),
            levels=_list(levels),
            codes=_list(codes),
            region=region,
            indicators=_list(indicators),
            role=role,
            editions=editions,
        )

    def text(self, source: str, start: int | None = None, end: int | None = None) -> str:
        """The source text of a document, or a stretch of it.

        Args:
            source: the document's display path.
            start: first character (code points).
            end: the position after the last.

        Raises:
            NoTextError: where there is no such document, or its text is not here.
        """
        if start is None or end is None:
            found = self.rows(TEXT, source=source)
            cut = slice(start, end)
        else:
            found, cut = self.rows(EXCERPT, source=source, start=start, end=end), slice(None)
        if not found:
            raise NoTextError(self._without_text(source))
        return found[0].text[cut]

    def _without_text(self, source: str) -> str:
        if any(r.source == source for r in self.reports(editions=True)):  # a store of facts
            return f"no text of {source!r} here, only its figures; add it by: duixian build FILE -o {self.path}"
        return f"no document {source!r} in {self.path}"

    def close(self) -> None:
        """Let go of the generation."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        c = self.counts
        return f"<{self.path} generation {self.number}: {c.reports:,} reports ({c.primary:,} primary) in {c.documents:,} documents>"

    def _scan(self, name: str) -> duckdb.DuckDBPyRelation:
        if name not in TABLES:
            raise StoreError(f"no table {name!r}; there are: {', '.join(TABLES)}")
        return self._execute(f'SELECT * FROM "{name}" ORDER BY rowid', {})  # noqa: S608 - the name is one of TABLES

    def _run(self, query: Query[Any], parameters: dict[str, object]) -> duckdb.DuckDBPyRelation:
        if unknown := parameters.keys() - query.parameters:
            raise TypeError(
                f"query {query.name} has no parameter {', '.join(sorted(unknown))}; it has: {', '.join(sorted(query.parameters))}"
            )
        return self._execute(query.sql, dict.fromkeys(query.parameters) | parameters)

    def _execute(self, sql: str, parameters: dict[str, Any]) -> duckdb.DuckDBPyRelation:
        try:
            return self._connection.cursor().sql(sql, params=parameters)
        except (duckdb.IOException, duckdb.InternalException, duckdb.SerializationException) as error:
            raise StoreError(f"{self.path} is damaged: {_line(error)}; build it again") from None
        except duckdb.CatalogException as error:  # a table that an older version did not make
            raise StoreError(f"{self.path} was built by another version: {_line(error)}; build it again") from None


def open_store(path: str | os.PathLike[str]) -> Generation:
    """Open the current generation of a store.

    Args:
        path: the store's folder.

    Raises:
        StoreError: where the folder is no store, nothing was published in it yet, or its files are damaged.
    """
    return open_as(path, Generation)


def open_as(path: str | os.PathLike[str], kind: type[G]) -> G:
    """Open the current generation of a store as a class of its own; raises what ``open_store`` raises.

    Args:
        path: the store's folder.
        kind: the class.
    """
    folder = Folder(Path(path))
    if not folder.store_file.exists():
        raise StoreError(f"{folder.path} {'is no store' if folder.path.exists() else 'does not exist'}")
    folder.check_format()
    number = folder.current()
    for _ in range(TRIES):
        if number is None:
            raise StoreError(f"{folder.path} holds no generation yet; run the build to its end")
        opened = _open(folder, number, kind)
        if isinstance(opened, kind):
            return opened
        if (now := folder.current()) == number:
            raise StoreError(f"{folder.path} is damaged: generation {number} can't be opened ({opened}); build it again")
        number = now
    raise StoreError(f"{folder.path} changes too fast to be opened; try again")


def connect(serving_file: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a serving file, which can reach no other file.

    Raises:
        duckdb.Error: where the file is missing or damaged.
    """
    connection = duckdb.connect(str(serving_file), read_only=True, config={"enable_external_access": "false", "lock_configuration": "true"})
    connection.execute("SELECT count(*) FROM reports")
    return connection


def _open(folder: Folder, number: int, kind: type[G]) -> G | str:
    """The generation, or why it can't be opened."""
    manifest = folder.manifest(number)
    if manifest is None:
        return "its manifest can't be read"
    try:
        connection = connect(folder.serving_file(number))
    except duckdb.Error as error:
        return _line(error)
    know_indicators(manifest.indicators)
    return kind(folder.path, manifest, connection)


def _frame(rows: duckdb.DuckDBPyRelation, names: list[str]) -> pl.DataFrame:
    import polars as pl  # only here: the commands that need no frame start faster without

    frame = pl.from_arrow(rows.to_arrow_table().rename_columns(names))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _list(values: Sequence[T] | None) -> list[T] | None:
    return None if values is None else list(values)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
