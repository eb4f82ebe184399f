"""The serving file of a generation: all tables in one DuckDB file, made from the segments and then never changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from duixian.model import ReadFailure
from duixian.store.arrow import schema_of, table_of
from duixian.store.editions import Candidate, Edition, editions
from duixian.store.folder import Counts, Entry
from duixian.store.rows import TABLES
from duixian.store.segments import TEMPORARY

MEMORY = "320MB"  # DuckDB spills above this, so that a build of any size stays small
_TYPES = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.list_(pa.string()): "VARCHAR[]"}

_LOAD = """CREATE TEMP TABLE documents AS
SELECT doc_id, source, reader_version, text_sha256, repairs, reports, sketches, rejected FROM read_parquet($reads)"""
_LOAD_REPORTS = "CREATE TEMP TABLE found AS SELECT doc_id, reader_version, text_sha256, unnest(reports) AS r FROM documents"
_LOAD_FACTS = "CREATE TEMP TABLE facts AS SELECT * FROM read_parquet($facts)"
_CANDIDATES = """SELECT r.report_id, r.region_id, r.year, r.session, r.kind = 'abstract', r.flags, r."end" - r.start, s.sentences, s.hashes
FROM (SELECT unnest(reports) AS r, unnest(sketches) AS s FROM documents)"""
_FILL = {
    "reports": """SELECT r.* EXCLUDE (flags, sections, livelihood), reader_version, text_sha256, edition_of, "primary",
        list_concat(r.flags, added) AS flags, r."end" - r.start AS chars
        FROM (SELECT *, row_number() OVER () - 1 AS place FROM found) AS found JOIN places USING (place) ORDER BY place""",
    "rejected": "SELECT x.* FROM (SELECT unnest(rejected) AS x FROM documents)",
    "sections": """SELECT report_id, source, region_code, year, x.* FROM
        (SELECT r.report_id, r.source, r.region_code, r.year, unnest(r.sections) AS x FROM found)""",
    "livelihood": """SELECT report_id, source, region_code, year, x.* FROM
        (SELECT r.report_id, r.source, r.region_code, r.year, unnest(r.livelihood) AS x FROM found)""",
    "repairs": "SELECT source, x.* FROM (SELECT source, unnest(repairs) AS x FROM documents)",
    "measurements": "SELECT * EXCLUDE (listed, chosen, score, reasons) FROM facts WHERE listed",
    "readings": "SELECT * EXCLUDE (listed) FROM facts WHERE chosen IS NOT NULL",
    "panel": "SELECT * EXCLUDE (listed, chosen, score, reasons) FROM facts WHERE chosen",
}
_TEXTS = "INSERT INTO texts BY NAME SELECT doc_id, source, text_sha256, length(text) AS chars, text FROM read_parquet($reads)"
_COUNTS = """SELECT (SELECT count(*) FROM texts), (SELECT count(*) FROM reports), (SELECT count(*) FROM reports WHERE "primary"),
(SELECT count(*) FROM rejected), (SELECT count(*) FROM failures)"""
_FLAGS = "SELECT flag, count(*) FROM (SELECT unnest(flags) AS flag FROM reports) GROUP BY flag ORDER BY flag"


def write_serving_file(path: Path, segments: Path, documents: Sequence[Entry], failures: Sequence[ReadFailure], threads: int) -> Counts:
    """Make the serving file of a generation.

    Args:
        path: where it shall stand.
        segments: the folder of segments.
        documents: the documents in their order, each with its segments.
        failures: what could not be read.
        threads: how many threads DuckDB may use.

    Returns:
        What the generation holds.

    Raises:
        duckdb.Error: where a segment is missing or damaged, or the disk is full.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    temporary.unlink(missing_ok=True)
    settings = {
        "memory_limit": MEMORY,
        "threads": str(threads),
        "temp_directory": str(temporary.with_name(f"{temporary.name}.spill{TEMPORARY}")),
    }
    with duckdb.connect(str(temporary), config={**settings}) as connection:
        _create(connection)
        _fill(connection, [str(segments / e.read) for e in documents], [str(segments / e.facts) for e in documents])
        _insert(connection, "failures", table_of(failures, ReadFailure))
        counts = _counts(connection)
        connection.execute("CHECKPOINT")
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    return counts


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for table, row in TABLES.items():
        columns = ", ".join(f'"{field.name}" {_TYPES[field.type]}' for field in schema_of(row))
        connection.execute(f'CREATE TABLE "{table}" ({columns})')


def _fill(connection: duckdb.DuckDBPyConnection, reads: list[str], facts: list[str]) -> None:
    connection.execute(_LOAD, {"reads": reads})
    connection.execute(_LOAD_REPORTS)
    connection.register("places", _places(editions(list(_candidates(connection)))))
    connection.execute(_LOAD_FACTS, {"facts": facts})
    for table, query in _FILL.items():
        connection.execute(f'INSERT INTO "{table}" BY NAME {query}')  # both from the constants above
    connection.execute("DROP TABLE facts")
    connection.execute(_TEXTS, {"reads": reads})


def _candidates(connection: duckdb.DuckDBPyConnection) -> Iterator[Candidate]:
    rows = connection.execute(_CANDIDATES)
    while chunk := rows.fetchmany(1000):
        yield from (Candidate(row[0], row[1], row[2], row[3], row[4], tuple(row[5]), row[6], row[7], tuple(row[8])) for row in chunk)


def _places(found: Sequence[Edition]) -> pa.Table:
    return pa.table(
        {
            "place": pa.array(range(len(found)), pa.int64()),
            "edition_of": pa.array([e.edition_of for e in found], pa.string()),
            "primary": pa.array([e.primary for e in found], pa.bool_()),
            "added": pa.array([list(e.flags) for e in found], pa.list_(pa.string())),
        }
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("given", rows)
    connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM given')  # noqa: S608 - the name comes from TABLES
    connection.unregister("given")


def _counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    numbers = connection.execute(_COUNTS).fetchone()
    assert numbers is not None
    flags = tuple((str(flag), int(n)) for flag, n in connection.execute(_FLAGS).fetchall())
    return Counts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], flags)
