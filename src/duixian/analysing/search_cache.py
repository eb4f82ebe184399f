"""The file of repaired texts beside a generation: made when first asked for, used by every later command, rebuilt when it does not fit.

``generations/<n>.words`` is an Arrow file that is mapped into memory. It is derived from the serving file alone and may be deleted.
Texts that an earlier generation's file holds are taken from there. Where the folder can't be written, the texts stay in memory.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from duixian.analysing.search_texts import PositionMap, ReportText, Stretch, Texts, position_map, stretches
from duixian.analysing.search_words import segmenter, words
from duixian.model import Role
from duixian.reading.repair import repair
from duixian.store import Generation, ReportRow, SectionRow
from duixian.store.archive import open_store
from duixian.store.folder import Folder
from duixian.store.pool import Died, run
from duixian.store.queries import Query
from duixian.store.segments import TEMPORARY
from duixian.store.versions import stage_versions

FORMAT = 1
ALL_SECTIONS = Query("all_sections", SectionRow, "SELECT * FROM sections ORDER BY rowid", "the sections of all reports")
_KEY = b"duixian.words"
_FIELDS: Sequence[tuple[str, pa.DataType]] = (
    ("report_id", pa.string()),
    ("source", pa.string()),
    ("text_sha256", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("text", pa.large_string()),
    ("words", pa.int32()),
    ("offset", pa.int32()),
    ("map_copy", pa.large_list(pa.int32())),
    ("map_source", pa.large_list(pa.int32())),
    ("part_start", pa.large_list(pa.int32())),
    ("part_role", pa.large_list(pa.string())),
    ("part_path", pa.large_list(pa.string())),  # headings, outermost first, one a line
)
_SCHEMA = pa.schema(_FIELDS)
_BATCH = 256  # documents that are taken from the store at once
_BUNCH = 32  # documents that a process repairs at once
_MUCH = 3_000_000  # characters; less is done in this process sooner than others are started


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file."""

    report_id: str
    source: str
    text_sha256: str
    start: int
    end: int
    text: str
    words: int
    offset: int
    map_copy: tuple[int, ...]
    map_source: tuple[int, ...]
    part_start: tuple[int, ...]
    part_role: tuple[Role, ...]
    part_path: tuple[str, ...]


def open_texts(store: Generation | str | os.PathLike[str], *, workers: int = 1, making: Callable[[], None] | None = None) -> Texts:
    """The repaired texts of a store; makes the file of texts where it is missing or does not fit.

    Args:
        store: an open generation, or a store's folder.
        workers: number of processes that make a large file; with more than one, call it below ``if __name__ == "__main__":``.
        making: called once where the file must be made, which takes some seconds for each ten million characters.

    Raises:
        StoreError: where the store can't be opened.
    """
    if not isinstance(store, Generation):
        store = open_store(store)
    folder = Folder(store.path)
    file = words_file(folder, store.number)
    table = _mapped(file, _key(store))
    if table is None:
        if making:
            making()
        table = _made(store, _reusable(folder, store.number), workers)
        if _write(table, file):
            table = _mapped(file, _key(store)) or table
    return Texts(_texts(store, table), store)


def words_file(folder: Folder, number: int) -> Path:
    """Where the texts of a generation stand; the name goes with the generation when it is pruned."""
    return folder.generations / f"{number}.words"


def texts_ready(store: Generation) -> bool:
    """Whether the file of texts is there and was made of this generation by today's rules, so that it need not be made."""
    return _mapped(words_file(Folder(store.path), store.number), _key(store)) is not None


def _rules() -> str:
    return f"{FORMAT} {stage_versions()['read']} {segmenter()}"


def _key(store: Generation) -> bytes:
    """A digest of what the file depends on: the generation's documents and the rules of repair and segmenting."""
    digest = hashlib.sha256(_rules().encode())
    for entry in store.manifest.documents:
        digest.update(f"\0{entry.source}\0{entry.read}".encode())
    return json.dumps([digest.hexdigest(), _rules()]).encode()


def _mapped(file: Path, key: bytes | None) -> pa.Table | None:
    """The table of a file; none where it is missing, damaged, or was made of something else."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
    except (OSError, pa.ArrowException):
        return None
    metadata = table.schema.metadata or {}
    if table.schema.remove_metadata() != _SCHEMA:
        return None
    return table if key is None or metadata.get(_KEY) == key else None


def _reusable(folder: Folder, number: int) -> pa.Table | None:
    """The newest other file that was made by the same rules."""
    files = [p for p in folder.generations.glob("*.words") if p.stem.isdigit() and int(p.stem) != number]
    for file in sorted(files, key=lambda p: -int(p.stem)):
        table = _mapped(file, None)
        if table is not None and json.loads(table.schema.metadata[_KEY])[1] == _rules():
            return table
    return None


def _made(store: Generation, known: pa.Table | None, workers: int) -> pa.Table:
    rows = _rows(store, known, workers)
    columns = {name: [getattr(r, name) for r in rows] for name in _SCHEMA.names}
    return pa.table(columns, schema=_SCHEMA.with_metadata({_KEY: _key(store)}))


@dataclass(frozen=True, slots=True)
class _Job:
    """A document whose reports are to be repaired."""

    source: str
    text: str
    reports: tuple[tuple[int, int], ...]  # start and end of each report in the source text


def _rows(store: Generation, known: pa.Table | None, workers: int) -> list[_Row]:
    """The rows of all reports, in the order of the documents."""
    reports: dict[str, list[ReportRow]] = {}
    for report in store.reports(editions=True):
        reports.setdefault(report.source, []).append(report)
    sections: dict[tuple[str, str], list[SectionRow]] = {}
    for section in store.rows(ALL_SECTIONS):
        sections.setdefault((section.report_id, section.source), []).append(section)
    places = _places(known)
    texts: dict[str, list[_Text]] = {source: [] for source in reports}
    jobs: list[_Job] = []
    for batch in store.batches("texts", _BATCH):
        for document in batch.select(["source", "text_sha256", "text"]).to_pylist():
            found = reports.get(document["source"], [])
            keys = [(document["text_sha256"], r.start, r.end) for r in found]
            if known is not None and all(k in places for k in keys):
                texts[document["source"]] = [_reused(known, places[k]) for k in keys]
            elif found:
                jobs.append(_Job(document["source"], document["text"], tuple((r.start, r.end) for r in found)))
    texts |= _repaired(jobs, workers)
    return [
        _row(report, text, sections.get((report.report_id, report.source), ()))
        for source, found in reports.items()
        if texts[source]  # a store of facts has reports without their texts
        for report, text in zip(found, texts[source], strict=True)
    ]


def _repaired(jobs: Sequence[_Job], workers: int) -> dict[str, list[_Text]]:
    """The repaired texts of documents, by source; in several processes where there is much to do."""
    bunches = [tuple(jobs[i : i + _BUNCH]) for i in range(0, len(jobs), _BUNCH)]
    if sum(len(j.text) for j in jobs) < _MUCH:
        workers = 1
    found: dict[str, list[_Text]] = {}
    for bunch, result in run(_repair, bunches, workers):
        found |= _repair(bunch) if isinstance(result, Died) else result
    return found


def _repair(jobs: Sequence[_Job]) -> dict[str, list[_Text]]:
    found: dict[str, list[_Text]] = {}
    for job in jobs:
        copy = repair(job.text)
        texts = found[job.source] = []
        for a, b in job.reports:
            start, end = copy.copy_at(a), copy.copy_at(b)
            cut = copy.text[start:end]
            texts.append(_Text(cut, len(words(cut)), position_map(copy, start, end)))
    return found


def _places(known: pa.Table | None) -> Mapping[tuple[str, int, int], int]:
    if known is None:
        return {}
    keys = zip(*(known.column(c).to_pylist() for c in ("text_sha256", "start", "end")), strict=True)
    return {key: i for i, key in enumerate(keys)}


@dataclass(frozen=True, slots=True)
class _Text:
    """A report's repaired text, its number of tokens and the way back."""

    text: str
    words: int
    way: PositionMap


def _reused(known: pa.Table, at: int) -> _Text:
    (row,) = known.select(["text", "words", "offset", "map_copy", "map_source"]).slice(at, 1).to_pylist()
    return _Text(row["text"], row["words"], PositionMap(row["map_copy"], row["map_source"], row["offset"]))


def _row(report: ReportRow, text: _Text, sections: Iterable[SectionRow]) -> _Row:
    parts = _stretches(sections, text.way, report, len(text.text))
    return _Row(
        report.report_id,
        report.source,
        report.text_sha256,
        report.start,
        report.end,
        text.text,
        text.words,
        text.way.offset,
        tuple(text.way.copy),
        tuple(text.way.source),
        tuple(p.start for p in parts),
        tuple(p.role for p in parts),
        tuple("\n".join(p.path) for p in parts),
    )


def _write(table: pa.Table, file: Path) -> bool:
    """Write the file whole or not at all; false where the folder can't be written."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}{TEMPORARY}")
    try:
        with pa.OSFile(str(temporary), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        temporary.replace(file)
    except OSError:  # a read-only folder or a full disk
        return False
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return True


def _texts(store: Generation, table: pa.Table) -> Iterator[ReportText]:
    places = {key: i for i, key in enumerate(zip(table.column("report_id").to_pylist(), table.column("source").to_pylist(), strict=True))}
    texts: list[str] = _values(table, "text")
    counts: list[int] = _values(table, "words")
    offsets: list[int] = _values(table, "offset")
    copies, sources, starts = _Lists(table, "map_copy"), _Lists(table, "map_source"), _Lists(table, "part_start")
    for report in store.reports(editions=True):
        i = places.get((report.report_id, report.source))
        if i is not None:
            way = PositionMap(copies[i], sources[i], offsets[i])
            yield ReportText(report, texts[i], counts[i], way, partial(_parts, table, i, starts[i], len(texts[i])))


def _values(table: pa.Table, column: str) -> list[Any]:
    return table.column(column).to_pylist()


def _parts(table: pa.Table, i: int, starts: Sequence[int], length: int) -> tuple[Stretch, ...]:
    roles, paths = (table.column(c)[i].as_py() for c in ("part_role", "part_path"))
    ends = (*starts[1:], length)
    return tuple(
        Stretch(a, b, role, tuple(path.split("\n")) if path else ()) for a, b, role, path in zip(starts, ends, roles, paths, strict=True)
    )


class _Lists:
    """The lists of a column without copying them."""

    def __init__(self, table: pa.Table, column: str) -> None:
        array: Any = table.column(column).combine_chunks()
        chunks: list[Any] = list(array.chunks) if hasattr(array, "chunks") else [array]
        self._values = memoryview(chunks[0].values.buffers()[1]).cast("i") if chunks and len(chunks[0].values) else memoryview(b"")
        self._offsets = chunks[0].offsets.to_pylist() if chunks else [0]

    def __getitem__(self, i: int) -> memoryview:
        return self._values[self._offsets[i] : self._offsets[i + 1]]


def _stretches(sections: Iterable[SectionRow], way: PositionMap, report: ReportRow, length: int) -> tuple[Stretch, ...]:
    def at(position: int) -> int:
        if position <= report.start:
            return 0
        return length if position >= report.end else way.back(position)

    found: list[tuple[Role, int, str | None, int, int]] = [(s.role, s.level, s.heading, at(s.start), at(s.end)) for s in sections]
    return stretches(found, length)
