"""The serving file of a generation: all tables in one DuckDB file, made from the segments and then never changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from duixian.model import ReadFailure
from duixian.registry.indicators import indicator_table
from duixian.store.arrow import schema_of, table_of
from duixian.store.editions import Candidate, Edition, editions
from duixian.store.flagged import fill_value_flags
from duixian.store.folder import Counts, Entry
from duixian.store.followed import Tell, fill_followups, follow_pairs, pair_tasks
from duixian.store.rows import TABLES
from duixian.store.segments import TEMPORARY
from duixian.store.settled import fill_settlements

MEMORY = "320MB"  # DuckDB spills above this, so that a build of any size stays small
_TYPES = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.list_(pa.string()): "VARCHAR[]"}

# A read segment is one row, and DuckDB holds room for two thousand while it keeps the order of files: so a few segments at a time.
BATCH = 100
_DOCUMENTS = "CREATE OR REPLACE TEMP TABLE documents AS SELECT * FROM read_parquet($reads)"
_BATCH_REPORTS = """CREATE OR REPLACE TEMP TABLE batch AS SELECT reader_version, text_sha256, r.*, s.sentences, s.hashes FROM
    (SELECT reader_version, text_sha256, unnest(reports) AS r, unnest(sketches) AS s FROM documents)"""
_CANDIDATES = """SELECT report_id, region_id, year, session, kind = 'abstract', flags, "end" - start, sentences, hashes FROM batch"""
_FOUND = """CREATE TEMP TABLE found AS SELECT * EXCLUDE (sections, livelihood, sentences, hashes) FROM batch"""
_MORE_FOUND = """INSERT INTO found SELECT * EXCLUDE (sections, livelihood, sentences, hashes) FROM batch"""
_HEADLINE = "CREATE TEMP TABLE headline AS SELECT unnest($ids) AS id"
_FACTS = "CREATE OR REPLACE TEMP TABLE facts AS SELECT * FROM read_parquet($facts)"
_PROBLEMS = "CREATE TEMP TABLE problems (report_id VARCHAR, source VARCHAR, start BIGINT, text VARCHAR)"  # read when targets are settled
_MORE_PROBLEMS = """INSERT INTO problems SELECT report_id, source, x.start, substring(text, x.start + 1, x."end" - x.start) FROM
    (SELECT batch.report_id, batch.source, documents.text, unnest(batch.sections) AS x FROM batch JOIN documents USING (source))
    WHERE x.role = 'problems'"""
_PROMISES = "CREATE OR REPLACE TEMP TABLE promises AS SELECT * FROM read_parquet($promises)"
_FILL = {
    "texts": "SELECT doc_id, source, text_sha256, length(text) AS chars, text FROM documents",
    "rejected": "SELECT x.* FROM (SELECT unnest(rejected) AS x FROM documents)",
    "repairs": "SELECT source, x.* FROM (SELECT source, unnest(repairs) AS x FROM documents)",
    "pages": "SELECT source, x.* FROM (SELECT source, unnest(pages) AS x FROM documents)",
    "sections": """SELECT report_id, source, region_code, year, x.* FROM
        (SELECT report_id, source, region_code, year, unnest(sections) AS x FROM batch)""",
    "livelihood": """SELECT report_id, source, region_code, year, x.* FROM
        (SELECT report_id, source, region_code, year, unnest(livelihood) AS x FROM batch)""",
    "references": """SELECT x.* FROM (SELECT unnest("references") AS x FROM documents)""",
    "measurements": "SELECT * EXCLUDE (listed, chosen, score, reasons, official) FROM facts WHERE listed AND NOT official",
    "readings": "SELECT * EXCLUDE (listed, official) FROM facts WHERE chosen IS NOT NULL AND NOT official",
    "panel": """SELECT * EXCLUDE (listed, chosen, score, reasons, official) FROM facts
        WHERE chosen AND NOT official AND indicator IN (SELECT id FROM headline)""",
    "commitments": "SELECT * EXCLUDE (topics), nullif(array_to_string(topics, '、'), '') AS topic FROM promises",
    "official": """SELECT * EXCLUDE (listed, chosen, score, reasons, official), coalesce(chosen, false) AS chosen FROM facts
        WHERE listed AND official""",
}
_REPORTS = """SELECT found.* EXCLUDE (flags, place), edition_of, "primary", list_concat(found.flags, added) AS flags, "end" - start AS chars
    FROM (SELECT *, row_number() OVER () - 1 AS place FROM found) AS found JOIN places USING (place) ORDER BY place"""
_COUNTS = """SELECT (SELECT count(*) FROM texts), (SELECT count(*) FROM reports), (SELECT count(*) FROM reports WHERE "primary"),
(SELECT count(*) FROM rejected), (SELECT count(*) FROM failures)"""
_FLAGS = "SELECT flag, count(*) FROM (SELECT unnest(flags) AS flag FROM reports) GROUP BY flag ORDER BY flag"


def write_serving_file(
    path: Path,
    segments: Path,
    documents: Sequence[Entry],
    failures: Sequence[ReadFailure],
    workers: int = 1,
    tell: Tell | None = None,
) -> Counts:
    """Make the serving file of a generation.

    Args:
        path: where it shall stand.
        segments: the folder of segments.
        documents: the documents in their order, each with its segments.
        failures: what could not be read.
        workers: number of processes that follow up promises.
        tell: called with the pairs of reports that are followed up and their number, after each.

    Returns:
        What the generation holds.

    Raises:
        duckdb.Error: where a segment is missing or damaged, or the disk is full.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    temporary.unlink(missing_ok=True)
    settings = {
        "memory_limit": MEMORY,
        "threads": "1",  # measured: faster than two for many small files
        "checkpoint_threshold": "1GB",  # each checkpoint writes the last part of every table anew
        "temp_directory": str(temporary.with_name(f"{temporary.name}.spill{TEMPORARY}")),
    }
    with duckdb.connect(str(temporary), config={**settings}) as connection:
        _create(connection)
        _fill(connection, segments, documents)
        fill_value_flags(connection)
        fill_settlements(connection)
        pairs = pair_tasks(connection, segments, documents)
        connection.execute("CHECKPOINT")
    unfollowed = follow_pairs(pairs, segments, workers, tell)  # with the file closed, whose pages would lie beside the workers' memory
    with duckdb.connect(str(temporary), config={**settings}) as connection:
        fill_followups(connection, pairs)
        connection.register("missed", table_of([*failures, *unfollowed], ReadFailure))
        _insert(connection, "failures", "SELECT * FROM missed")
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


def _fill(connection: duckdb.DuckDBPyConnection, segments: Path, documents: Sequence[Entry]) -> None:
    candidates: list[Candidate] = []
    connection.execute(_PROBLEMS)
    connection.execute(_HEADLINE, {"ids": [i.id for i in indicator_table().indicators.values() if i.headline]})
    for at in range(0, len(documents), BATCH):
        some = documents[at : at + BATCH]
        connection.execute("BEGIN")
        connection.execute(_DOCUMENTS, {"reads": [str(segments / e.read) for e in some]})
        connection.execute(_BATCH_REPORTS)
        connection.execute(_MORE_FOUND if at else _FOUND)
        connection.execute(_FACTS, {"facts": [str(segments / e.facts) for e in some]})
        connection.execute(_PROMISES, {"promises": [str(segments / e.promises) for e in some]})
        for table, query in _FILL.items():
            _insert(connection, table, query)
        connection.execute(_MORE_PROBLEMS)
        candidates += map(_candidate, connection.execute(_CANDIDATES).fetchall())
        connection.execute("COMMIT")
    connection.register("places", _places(editions(candidates)))
    _insert(connection, "reports", _REPORTS)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    """Fill a table by column names; table and query come from the constants of this module."""
    connection.execute(f'INSERT INTO "{table}" BY NAME {query}')


def _candidate(row: Sequence[Any]) -> Candidate:
    return Candidate(row[0], row[1], row[2], row[3], row[4], tuple(row[5]), row[6], row[7], tuple(row[8]))


def _places(found: Sequence[Edition]) -> pa.Table:
    return pa.table(
        {
            "place": pa.array(range(len(found)), pa.int64()),
            "edition_of": pa.array([e.edition_of for e in found], pa.string()),
            "primary": pa.array([e.primary for e in found], pa.bool_()),
            "added": pa.array([list(e.flags) for e in found], pa.list_(pa.string())),
        }
    )


def _counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    numbers = connection.execute(_COUNTS).fetchone()
    assert numbers is not None
    flags = tuple((str(flag), int(n)) for flag, n in connection.execute(_FLAGS).fetchall())
    return Counts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], flags)
