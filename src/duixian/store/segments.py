"""Segments: what one stage found in one document, as an immutable Parquet file.

The read stage writes one row with the text and a list column for each table; the other stages write one row a measurement and one a
commitment, since a document has hundreds and flat columns are read four times as fast as nested ones.

A segment's name is made of the document's bytes, of what stands beside them, of the stage and of the stage's version; so a segment that
exists is right and is never written again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar

import pyarrow.parquet as pq

from duixian.model import Document, Measurement, Reading, Rejected, Report, RuleCount
from duixian.reading.pieces import Reference
from duixian.store.arrow import records_of, schema_of, table_of

Stage = Literal["read", "facts", "promises"]
STAGES: tuple[Stage, ...] = ("read", "facts", "promises")
TEMPORARY = ".tmp"  # suffix of files that are being written
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a report's normalised sentences, to know copies and abstracts by content."""

    report_id: str
    sentences: int  # how many different sentences the report has
    hashes: tuple[int, ...]  # ascending


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of a PDF or OFD file stands in its text."""

    page: int  # from 1
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """What reading found in a document, with the text that all positions point into."""

    doc_id: str
    source: str
    reader_version: str
    text_sha256: str
    text: str
    repairs: tuple[RuleCount, ...]
    reports: tuple[Report, ...]
    sketches: tuple[Sketch, ...]
    rejected: tuple[Rejected, ...]
    references: tuple[Reference, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRow(Measurement):
    """A measurement, with the judgement on it where it is a candidate for a headline cell."""

    listed: bool  # one of the report's measurements; false where the choice read the value in another way (then it has a row of its own)
    chosen: bool | None  # null where it is no candidate
    score: float | None
    reasons: tuple[str, ...]
    official: bool = False  # of a reference document


def fact_rows(measurements: Iterable[Measurement], readings: Iterable[Reading], *, official: bool = False) -> list[FactRow]:
    """One row a measurement, with its reading where it is a candidate.

    Args:
        measurements: of a report, in the order of the text.
        readings: the candidates for the headline cells among them.
        official: whether they stand in a reference document.
    """
    waiting = {r.measurement: r for r in readings}
    rows = [_fact_row(m, True, waiting.pop(m, None), official) for m in measurements]
    return rows + [_fact_row(m, False, r, official) for m, r in waiting.items()]


_MEASURED = tuple(f.name for f in fields(Measurement))


def _fact_row(measurement: Measurement, listed: bool, reading: Reading | None, official: bool) -> FactRow:
    measured = {name: getattr(measurement, name) for name in _MEASURED}
    if reading is None:
        return FactRow(**measured, listed=listed, chosen=None, score=None, reasons=(), official=official)
    return FactRow(**measured, listed=listed, chosen=reading.chosen, score=reading.score, reasons=reading.reasons, official=official)


def segment_key(document: Document) -> str:
    """The document's bytes and, since hints may decide where the text is silent, its source and hints."""
    beside = hashlib.sha256(repr((document.source, astuple(document.hints))).encode()).hexdigest()[:12]
    return f"{document.doc_id}.{beside}"


def segment_name(key: str, stage: Stage, version: str) -> str:
    """The file name of a segment."""
    return f"{key}-{stage}-{version}.parquet"


def write_segment(path: Path, rows: Sequence[object], cls: type) -> None:
    """Write records as a Parquet file: temporary name, fsync, atomic rename.

    Args:
        path: where the segment shall stand.
        rows: instances of ``cls``.
        cls: a dataclass; its fields are the columns.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    with temporary.open("wb") as file:
        # Few rows a file: dictionaries and statistics cost more than they save (measured: half the time, three quarters of the size).
        pq.write_table(table_of(rows, cls), file, compression="zstd", write_statistics=False, use_dictionary=False)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_segment(path: Path, cls: type[T]) -> tuple[T, ...]:
    """The records of a segment.

    Raises:
        OSError, pyarrow.ArrowInvalid: where the file is missing or damaged.
    """
    schema_class: Any = cls
    rows = pq.read_table(path, schema=schema_of(schema_class)).to_pylist()
    return records_of(cls, (tuple(row.values()) for row in rows))
