"""The followups of a generation: each report's promises beside the next year's report, kept as one file a pair until either changes.

A pair's file is named by the segments it was made from and by the version of the rules, so that a build follows up only what is new; the
files stand in ``followed/`` beside ``segments/`` and may be deleted.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from duixian.model import ReadFailure, Report
from duixian.settling.followups.following import Answering, checkable, follow, lone_targets
from duixian.settling.followups.records import Followup, Promise, Quantity, Span
from duixian.store.arrow import records_of
from duixian.store.folder import Entry
from duixian.store.pool import Died, run
from duixian.store.segments import read_segment, write_segment
from duixian.store.versions import closure, package_folder

FOLDER: Final = "followed"
BATCH: Final = 200  # files that are read into the table at once
FEW: Final = 16  # pairs that are followed up in this process sooner than others are started
DIED: Final = "its worker process died (out of memory or a crash)"
Tell = Callable[[int, int], None]
_FILL: Final = "INSERT INTO followups BY NAME SELECT * FROM read_parquet($files)"
_REPORTS: Final = """SELECT report_id, source, region_id, year, session, kind, "primary" FROM reports ORDER BY region_id, year, rowid"""


@dataclass(frozen=True, slots=True)
class _Dated:
    """A report with its place and year."""

    report_id: str
    source: str
    region_id: str
    year: int
    session: str | None
    kind: str
    primary: bool


@dataclass(frozen=True, slots=True)
class PairTask:
    """A report and the one that answers it, with the segments that hold them."""

    report_id: str
    source: str
    promises: str  # path of the segment with the commitments
    facts: str
    answer_id: str
    answer_read: str
    answer_facts: str
    out: str  # path of the file to be made


@dataclass(frozen=True, slots=True)
class _Text:
    """What following up needs of a read segment."""

    source: str
    text: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class _Fact(Quantity):
    listed: bool
    official: bool


_QUANTITY: Final = tuple(f.name for f in fields(Quantity))


def pair_tasks(connection: duckdb.DuckDBPyConnection, segments: Path, documents: Iterable[Entry]) -> list[PairTask]:
    """The pairs of reports that a serving file holds, whose other tables are filled.

    Args:
        connection: to the serving file.
        segments: the folder of segments.
        documents: the documents of the generation.
    """
    return list(_tasks(connection, segments, segments.parent / FOLDER, {e.source: e for e in documents}))


def follow_pairs(tasks: Sequence[PairTask], segments: Path, workers: int = 1, tell: Tell | None = None) -> list[ReadFailure]:
    """Follow up the pairs that no file holds yet, and delete the files of pairs that are there no longer.

    Args:
        tasks: every pair of the generation.
        segments: the folder of segments.
        workers: number of processes.
        tell: called with the pairs that are done and their number, after each.

    Returns:
        The reports that could not be followed up, with the reason; one bad pair never stops a build.

    Raises:
        duckdb.Error: where a segment is damaged.
    """
    folder = segments.parent / FOLDER
    folder.mkdir(exist_ok=True)
    failures = _follow([t for t in tasks if not Path(t.out).exists()], workers, tell)
    for path in set(folder.iterdir()) - {Path(t.out) for t in tasks}:
        path.unlink(missing_ok=True)
    return failures


def fill_followups(connection: duckdb.DuckDBPyConnection, tasks: Sequence[PairTask]) -> None:
    """Put the followups of every pair that was followed up into a serving file.

    Args:
        connection: to the serving file.
        tasks: the pairs.

    Raises:
        duckdb.Error: where a segment is damaged.
    """
    made = [t for t in tasks if Path(t.out).exists()]
    for at in range(0, len(made), BATCH):
        _insert(connection, made[at : at + BATCH])


def _follow(tasks: Sequence[PairTask], workers: int, tell: Tell | None = None) -> list[ReadFailure]:
    failures = []
    try:
        for n, (task, result) in enumerate(run(follow_pair, tasks, workers if len(tasks) > FEW else 1), 1):
            if reason := DIED if isinstance(result, Died) else result:
                failures.append(ReadFailure(task.source, f"not followed up in {task.answer_id}: {reason}"))
            if tell:
                tell(n, len(tasks))
    except pa.ArrowException as error:  # a segment was damaged on the disk: the build makes it again
        raise duckdb.IOException(str(error)) from error
    return failures


def _insert(connection: duckdb.DuckDBPyConnection, tasks: Sequence[PairTask]) -> None:
    """Put some pairs' files into the table; files that the disk damaged are made again."""
    files = {"files": [t.out for t in tasks]}
    try:
        connection.execute(_FILL, files)
    except duckdb.Error:
        _follow(tasks, 1)
        connection.execute(_FILL, files)


def follow_pair(task: PairTask) -> str | None:
    """Follow up one report and write the file; one that was cut short by a lost disk is made again from its segments.

    Args:
        task: the pair.

    Returns:
        Why it could not be done; null where it was.

    Raises:
        OSError, pyarrow.ArrowException: where a segment is missing or damaged, or the file can't be written.
    """
    (read,) = read_segment(Path(task.answer_read), _Text)
    report = next(r for r in read.reports if r.report_id == task.answer_id)
    answering = Answering(
        source=read.source,
        year=report.year,
        text=read.text[report.start : report.end],
        start=report.start,
        spans=[Span(report.report_id, report.source, s.role, s.start, s.end) for s in report.sections],
        figures=_figures(Path(task.answer_facts), task.answer_id),
    )
    figures = _figures(Path(task.facts), task.report_id)
    promises = [p for p in read_segment(Path(task.promises), Promise) if p.report_id == task.report_id]
    wanted = checkable(promises)
    try:
        rows = list(follow([*wanted, *lone_targets(figures, wanted)], figures, answering))
    except Exception as error:  # one bad pair never stops a build
        return f"internal error: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    write_segment(Path(task.out), rows, Followup)
    return None


def _figures(path: Path, report_id: str) -> list[Quantity]:
    facts = (f for f in read_segment(path, _Fact) if f.report_id == report_id and f.listed and not f.official)
    return [Quantity(*(getattr(f, name) for name in _QUANTITY)) for f in facts]


def _tasks(connection: duckdb.DuckDBPyConnection, segments: Path, folder: Path, entries: Mapping[str, Entry]) -> Iterator[PairTask]:
    by_year: dict[tuple[str, int], list[_Dated]] = defaultdict(list)
    for report in records_of(_Dated, connection.execute(_REPORTS).fetchall()):
        by_year[report.region_id, report.year].append(report)
    for (region_id, year), reports in by_year.items():
        if answer := _answering(by_year.get((region_id, year + 1), ())):
            yield from (_task(report, answer, segments, folder, entries) for report in reports)


def _answering(reports: Sequence[_Dated]) -> _Dated | None:
    """The report of a year that answers: of the first session, a full text before an abstract."""
    return min((r for r in reports if r.primary), key=lambda r: (r.kind != "full", r.session or "", r.source), default=None)


def _task(report: _Dated, answer: _Dated, segments: Path, folder: Path, entries: Mapping[str, Entry]) -> PairTask:
    mine, its = entries[report.source], entries[answer.source]
    made_of = (report.report_id, mine.promises, mine.facts, answer.report_id, its.read, its.facts, followups_version())
    name = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:32]
    return PairTask(
        report_id=report.report_id,
        source=report.source,
        promises=str(segments / mine.promises),
        facts=str(segments / mine.facts),
        answer_id=answer.report_id,
        answer_read=str(segments / its.read),
        answer_facts=str(segments / its.facts),
        out=str(folder / f"{name}.parquet"),
    )


@cache
def followups_version() -> str:
    """The version of the rules: a digest of the modules that following up reaches, and of its data."""
    package = package_folder()
    digest = hashlib.sha256()
    for module, text in sorted(closure(("duixian.settling.followups.following", "duixian.registry.answers"), package).items()):
        digest.update(f"{module}\0{text}\0".encode())
    for name in ("answers.toml", "bigrams.txt", "indicators.toml", "units.toml"):
        digest.update((package / "data" / name).read_bytes())
    return digest.hexdigest()[:8]
