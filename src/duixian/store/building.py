"""Building: which files there are, which of them still need work, and the publishing of a generation that holds exactly them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from duixian.model import ReadFailure
from duixian.reading.formats import Limits, find_files
from duixian.registry.indicators import check_indicators_file, use_indicators
from duixian.store.archive import connect
from duixian.store.errors import StoreError
from duixian.store.folder import Counts, Entry, FileState, Folder, Manifest
from duixian.store.pool import Died, run
from duixian.store.publishing import write_serving_file
from duixian.store.segments import Stage
from duixian.store.versions import generation_version, reader_version, stage_versions, with_indicators
from duixian.store.work import Done, Task, process

SETTLED = 2_000_000_000  # nanoseconds: a file changed more recently may change again without a new time, so it is read again next time
SMALL = 200_000  # bytes: less is done in this process sooner than others are started
DIED = "its worker process died while reading it (out of memory or a crash)"
_ROW = re.compile(r"(.*)#(\d+)", re.S)  # "a.csv#12", not "a.csv"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is.

    Attributes:
        phase: reading files, or publishing the generation.
        done: files that are ready.
        total: files in all.
        source: the file that became ready last.
    """

    phase: str
    done: int
    total: int
    source: str


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, and what the store holds now.

    Attributes:
        generation: number of the current generation; none where nothing was ever published.
        published: whether this build published it.
        documents: documents in the generation.
        skipped: documents that were unchanged.
        dropped: documents of the generation before that are not among these inputs, and so are in the store no longer.
        reports: reports in the generation.
        primary: reports without further editions of the same report.
        rejected: refused stretches.
        failures: what could not be read, with reasons.
        errors: failures that are the program's own fault.
        flags: how many reports have each flag.
        seconds: time the build took.
    """

    generation: int | None
    published: bool
    documents: int
    skipped: int
    dropped: int
    reports: int
    primary: int
    rejected: int
    failures: tuple[ReadFailure, ...]
    errors: int
    flags: Mapping[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The files of a build with their display paths, and what could not even be listed."""

    root: Path
    files: tuple[tuple[Path, str], ...]  # path, display path
    failures: tuple[ReadFailure, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """One build."""

    folder: Folder
    found: _Inputs
    workers: int
    text_column: str | None
    limits: Limits
    progress: Callable[[Progress], None] | None
    began: float  # monotonic seconds
    versions: tuple[tuple[Stage, str], ...]
    indicators: str  # the text of the user's own file

    def tell(self, phase: str, done: int, source: str) -> None:
        """Report progress to whoever wants to know."""
        if self.progress:
            self.progress(Progress(phase, done, len(self.found.files), source))


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading all files gave."""

    documents: tuple[Entry, ...]
    failures: tuple[ReadFailure, ...]
    states: Mapping[str, FileState]
    skipped: int
    errors: int


def build(
    inputs: Iterable[str | os.PathLike[str]],
    store: str | os.PathLike[str],
    *,
    root: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    text_column: str | None = None,
    limits: Limits | None = None,
    indicators: str | os.PathLike[str] | None = None,
) -> BuildSummary:
    """Read files and publish a generation that holds exactly the documents of the given inputs.

    What is unchanged is not read again; when nothing changed, no generation is made. Where no input can be read, the store stays as it is.

    Args:
        inputs: files and folders (folders with everything below them).
        store: the store's folder; made where it is missing.
        root: the folder that display paths start from; by default the one the store keeps where all inputs lie below it, else the
            inputs' common folder.
        workers: number of processes; by default one for each processor; 1 does everything in this process.
        progress: called after each file.
        text_column: the CSV column that holds the text.
        limits: what one file may cost; what is over it is a failure that names the limit.
        indicators: a TOML file with indicators of the user's own (like data/indicators.toml), read besides the shipped ones; by default
            those the store was built with before, none with an empty file.

    Raises:
        StoreError: where another process builds the store, it can't be written or is something else, an input lies outside the root, or
            the file of indicators can't be read.
    """
    began = time.monotonic()
    folder = Folder(Path(os.path.abspath(store)))  # noqa: PTH100 - keeps the user's own links
    folder.check_writable()
    given = [Path(os.path.abspath(i)) for i in inputs]  # noqa: PTH100
    kept = folder.manifest(number) if (number := folder.current()) is not None else None
    found = _find(given, folder, Path(os.path.abspath(root)) if root is not None else None, kept)  # noqa: PTH100
    if not found.files:
        return _summary(kept, found.failures, began)
    own = _own_indicators(indicators, kept)
    use_indicators([own])
    versions = tuple(sorted(with_indicators(stage_versions(), own).items()))
    job = _Job(folder, found, workers or _processors(), text_column, limits or Limits(), progress, began, versions, own)
    with folder.writing():
        try:
            return _build(job)
        except duckdb.Error as error:
            if not _drop_damaged(folder):
                raise StoreError(f"{folder.path}: the generation can't be written: {_line(error)}") from None
            return _build(job)
        except OSError as error:
            raise StoreError(f"{error.filename or folder.path} can't be written: {error.strerror or _line(error)}") from error


def _own_indicators(given: str | os.PathLike[str] | None, kept: Manifest | None) -> str:
    """The text of the user's file of indicators; without one the text that the store keeps."""
    if given is None:
        return kept.indicators if kept else ""
    try:
        text = Path(given).read_text(encoding="utf-8-sig")
        check_indicators_file(text)
    except OSError as error:
        raise StoreError(f"{given}: {error.strerror or _line(error)}") from None
    except ValueError as error:  # no UTF-8, or what is wrong with it
        raise StoreError(f"{given}: {_line(error)}") from None
    return text


def _build(job: _Job) -> BuildSummary:
    folder, found = job.folder, job.found
    read = _read_all(job)
    current = folder.current()
    before = folder.manifest(current) if current is not None else None
    failures = _sorted_failures((*found.failures, *read.failures))
    versions = (*job.versions, ("generation", generation_version()))
    manifest = Manifest(str(found.root), job.text_column, versions, read.documents, failures, _no_counts(), indicators=job.indicators)
    published = bool(read.documents) and (before is None or _content(before) != manifest or not _serves(folder, before.number))
    if published:
        job.tell("publishing", len(found.files), "")
        manifest = _publish(job, manifest)
    folder.keep_file_states(read.states, job.versions, manifest.root, job.text_column)
    summary = _summary(manifest if published else before, failures, job.began)
    return replace(
        summary, published=published, skipped=read.skipped, dropped=_dropped(before, manifest) if published else 0, errors=read.errors
    )


def _dropped(before: Manifest | None, now: Manifest) -> int:
    return len({e.source for e in before.documents} - {e.source for e in now.documents}) if before else 0


def _publish(job: _Job, manifest: Manifest) -> Manifest:
    folder = job.folder
    number = folder.newest_number() + 1

    def tell(done: int, total: int) -> None:
        if job.progress:
            job.progress(Progress("following up", done, total, ""))

    counts = write_serving_file(folder.serving_file(number), folder.segments, manifest.documents, manifest.failures, job.workers, tell)
    made = replace(manifest, counts=counts, number=number, created=datetime.now(UTC).isoformat(timespec="seconds"))
    folder.publish(made)
    folder.prune(number)
    return made


def _content(manifest: Manifest) -> Manifest:
    """The manifest without what differs between two builds of the same."""
    return replace(manifest, counts=_no_counts(), number=0, created="")


def _no_counts() -> Counts:
    return Counts(0, 0, 0, 0, 0, ())


def _summary(manifest: Manifest | None, failures: tuple[ReadFailure, ...], began: float) -> BuildSummary:
    counts = manifest.counts if manifest else _no_counts()
    return BuildSummary(
        generation=manifest.number if manifest else None,
        published=False,
        documents=counts.documents,
        skipped=0,
        dropped=0,
        reports=counts.reports,
        primary=counts.primary,
        rejected=counts.rejected,
        failures=failures,
        errors=0,
        flags=dict(counts.flags),
        seconds=time.monotonic() - began,
    )


def _find(given: Sequence[Path], folder: Folder, root: Path | None, kept: Manifest | None) -> _Inputs:
    """The files below the inputs, sorted by display path."""
    items = [i for i in find_files(list(given)) if isinstance(i, ReadFailure) or folder.path not in i.parents]
    files = [i for i in items if isinstance(i, Path)]
    failures = [i for i in items if isinstance(i, ReadFailure)]
    for item in given:
        if item.is_dir() and not _holds(item, files):
            failures.append(ReadFailure(str(item), "no file in it that can be read"))
    top = root or _root(given, kept)
    outside = [f for f in files if top not in f.parents]
    if outside:
        raise StoreError(f"{outside[0]} does not lie below the root {top}")
    named = sorted(((f, _text(f.relative_to(top).as_posix())) for f in files), key=lambda pair: pair[1])
    return _Inputs(top, tuple(named), tuple(ReadFailure(_shown(f.source, top), f.reason) for f in failures))


def _holds(folder: Path, files: Sequence[Path]) -> bool:
    """Whether one of the files lies below the folder, under this or another name of the folder."""
    if any(folder in f.parents for f in files):
        return True
    real = folder.resolve()
    return any(real in f.resolve().parents for f in files)


def _root(given: Sequence[Path], kept: Manifest | None) -> Path:
    """The store's own root where all inputs lie below it, else the inputs' common folder."""
    if kept is not None and all(Path(kept.root) in (i, *i.parents) for i in given):
        return Path(kept.root)
    return Path(os.path.commonpath([i if i.is_dir() else i.parent for i in given]))


def _shown(path: str, root: Path) -> str:
    return _text(Path(path).relative_to(root).as_posix() if root in Path(path).parents else path)


def _text(name: str) -> str:
    """A file's name that can be written as UTF-8: bytes of another encoding as \\xNN."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_all(job: _Job) -> _Read:
    """Every file's documents; a file that is still the one that was read, with its segments there, is not opened."""
    folder, files = job.folder, job.found.files
    known = folder.file_states(job.versions, str(job.found.root), job.text_column)
    there = set(os.listdir(folder.segments))  # noqa: PTH208 - names only, thousands of them
    states: dict[str, FileState] = {}
    stats: dict[str, os.stat_result] = {}
    results: dict[str, Done] = {}
    tasks: list[Task] = []
    for path, source in files:
        name = str(path)
        try:
            stats[name] = stat = os.stat(path)  # noqa: PTH116
        except OSError as error:  # removed since it was found
            results[name] = Done(failures=(ReadFailure(source, error.strerror or _line(error)),))
            continue
        state = known.get(name)
        if state and state.fits(stat) and all(there.issuperset(e.segments) for e in state.documents):
            states[name], results[name] = state, Done(state.documents)
        else:
            tasks.append(
                Task(
                    name,
                    source,
                    stat.st_size,
                    str(folder.segments),
                    job.versions,
                    reader_version(),
                    job.text_column,
                    job.limits,
                    job.indicators,
                )
            )
    skipped = sum(len(s.documents) for s in states.values())
    tasks.sort(key=lambda t: (-t.size, t.source))  # the largest first, for an even load
    now = time.time_ns()
    for task, result in run(process, tasks, job.workers if sum(t.size for t in tasks) > SMALL else 1):
        done = Done(failures=(ReadFailure(task.source, DIED),), errors=1) if isinstance(result, Died) else result
        results[task.path] = done
        skipped += len(done.documents) - done.made
        stat = stats[task.path]
        if not done.failures and now - stat.st_mtime_ns > SETTLED:
            states[task.path] = FileState(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, done.documents)
        job.tell("reading", len(results), task.source)
    in_order = [results[str(path)] for path, _ in files]
    return _Read(
        documents=tuple(e for d in in_order for e in d.documents),
        failures=tuple(f for d in in_order for f in d.failures),
        states=states,
        skipped=skipped,
        errors=sum(d.errors for d in in_order),
    )


def _sorted_failures(failures: Iterable[ReadFailure]) -> tuple[ReadFailure, ...]:
    def place(failure: ReadFailure) -> tuple[str, int, str]:
        row = _ROW.fullmatch(failure.source)
        return (row[1], int(row[2]), failure.reason) if row else (failure.source, 1, failure.reason)

    return tuple(sorted(set(failures), key=place))


def _serves(folder: Folder, number: int) -> bool:
    """Whether the generation's serving file can be opened."""
    try:
        connect(folder.serving_file(number)).close()
    except duckdb.Error:
        return False
    return True


def _drop_damaged(folder: Folder) -> int:
    """Remove segments that are no whole Parquet files (a disk lost part of them), so that they are made again."""
    damaged = 0
    for path in folder.segments.glob("*.parquet"):
        try:
            pq.read_table(path)
        except (OSError, ValueError, pa.ArrowException):
            path.unlink(missing_ok=True)
            damaged += 1
    return damaged


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
