"""What one worker does with one file: read it, run the stages that its documents still need, write their segments."""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from duixian.extracting import extract
from duixian.extracting.promises import promises
from duixian.model import Commitment, Document, ReadFailure, Report, RuleCount
from duixian.reading import read_document
from duixian.reading.copy import ReadingCopy
from duixian.reading.formats import Limits, read_file
from duixian.reading.pieces import Reference
from duixian.reading.references import as_report
from duixian.reading.repair import repair
from duixian.registry.indicators import use_indicators
from duixian.settling.headline import choose
from duixian.store.folder import Entry
from duixian.store.segments import (
    FactRow,
    Page,
    ReadSegment,
    Sketch,
    Stage,
    fact_rows,
    read_segment,
    segment_key,
    segment_name,
    write_segment,
)
from duixian.store.sketch import report_hashes, smallest


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be read.

    Attributes:
        path: the file.
        source: its display path.
        size: its size in bytes.
        segments: the folder of segments.
        versions: the version of each stage.
        reader_version: kept in the read segments.
        text_column: the CSV column with the text, where one was named.
        limits: what the file may cost.
        indicators: the text of a user's own file of indicators.
    """

    path: str
    source: str
    size: int
    segments: str
    versions: tuple[tuple[Stage, str], ...]
    reader_version: str
    text_column: str | None
    limits: Limits
    indicators: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a file."""

    documents: tuple[Entry, ...] = ()
    failures: tuple[ReadFailure, ...] = ()
    made: int = 0  # documents of which a segment was written
    errors: int = 0  # failures that no reader foresaw


def process(task: Task) -> Done:
    """Read one file and write the segments that are missing.

    Args:
        task: the file.

    Raises:
        OSError: where a segment can't be written.
    """
    use_indicators([task.indicators])
    entries: list[Entry] = []
    failures: list[ReadFailure] = []
    made = errors = 0
    for item in _items(task):
        if isinstance(item, _Unforeseen):
            failures.append(item.failure)
            errors += 1
        elif isinstance(item, ReadFailure):
            failures.append(item)
        else:
            found = _document(item, task)
            if isinstance(found, _Unforeseen):
                failures.append(found.failure)
                errors += 1
            else:
                entries.append(found[0])
                made += found[1]
    return Done(tuple(entries), tuple(failures), made, errors)


@dataclass(frozen=True, slots=True)
class _Unforeseen:
    failure: ReadFailure


def _unforeseen(source: str, error: Exception) -> _Unforeseen:
    """One line that names the error and the place in the program, so that it can be found."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = " ".join(str(error).split())[:200]
    return _Unforeseen(ReadFailure(source, f"internal error: {type(error).__name__}: {what} ({Path(last.filename).name}:{last.lineno})"))


def _items(task: Task) -> Iterator[Document | ReadFailure | _Unforeseen]:
    try:
        yield from read_file(Path(task.path), task.source, task.text_column, limits=task.limits)
    except Exception as error:  # one bad file never stops a build
        yield _unforeseen(task.source, error)


def _document(document: Document, task: Task) -> tuple[Entry, bool] | _Unforeseen:
    """The document's entry and whether a segment was written for it."""
    key, folder = segment_key(document), Path(task.segments)
    names = {stage: segment_name(key, stage, version) for stage, version in task.versions}
    entry = Entry(document.source, document.doc_id, **names)
    missing = {stage for stage, name in names.items() if not os.path.exists(folder / name)}  # noqa: PTH110 - twice as fast
    if not missing:
        return entry, False
    read = None if "read" in missing else _known_reading(folder / entry.read)
    try:
        if read is None:
            read, copy = _read(document, task.reader_version)
            missing.add("read")
        else:
            copy = repair(document.text)
        facts, commitments = _facts(read.reports, read.references, copy, with_promises="promises" in missing)
    except Exception as error:  # one bad document never stops a build
        return _unforeseen(document.source, error)
    if "read" in missing:
        write_segment(folder / entry.read, (read,), ReadSegment)
    if "facts" in missing:
        write_segment(folder / entry.facts, facts, FactRow)
    if "promises" in missing:
        write_segment(folder / entry.promises, commitments, Commitment)
    return entry, True


def _known_reading(path: Path) -> ReadSegment | None:
    if not path.exists():
        return None
    try:
        (segment,) = read_segment(path, ReadSegment)
    except (OSError, ValueError, pa.ArrowException):  # damaged on the disk: read the document again
        return None
    return segment


def _read(document: Document, reader_version: str) -> tuple[ReadSegment, ReadingCopy]:
    result = read_document(document)
    segment = ReadSegment(
        doc_id=document.doc_id,
        source=document.source,
        reader_version=reader_version,
        text_sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        text=document.text,
        repairs=tuple(RuleCount(rule, count) for rule, count in sorted(result.copy.counts().items())),
        reports=result.reports,
        sketches=tuple(_sketch(report, result.copy) for report in result.reports),
        rejected=result.rejected,
        references=result.references,
        pages=tuple(Page(n, start, end) for n, (start, end) in enumerate(document.pages, 1)),
    )
    return segment, result.copy


def _sketch(report: Report, copy: ReadingCopy) -> Sketch:
    hashes = report_hashes(copy, report.start, report.end)
    return Sketch(report.report_id, len(hashes), smallest(hashes))


def _facts(
    reports: tuple[Report, ...], references: tuple[Reference, ...], copy: ReadingCopy, *, with_promises: bool
) -> tuple[list[FactRow], list[Commitment]]:
    rows: list[FactRow] = []
    commitments: list[Commitment] = []
    for official in (as_report(r) for r in references if r.kind == "communique"):
        measurements = extract(official, copy)
        rows += fact_rows(measurements, choose(official, measurements), official=True)
    for report in reports:
        measurements = extract(report, copy)
        rows += fact_rows(measurements, choose(report, measurements))
        if with_promises:
            commitments += promises(report, copy, measurements)
    return rows, commitments
