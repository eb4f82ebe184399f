"""The store's folder: where its files stand, one writer at a time, and writing that is never seen half done.

store.json               the format of the store
lock                     held by the one process that builds
segments/                what each stage found in each document, written once
files.json               which files were read when they had which size and time; a cache that may be deleted
generations/<n>.json     what generation n is made of
generations/<n>.duckdb   the tables of generation n, never changed
CURRENT                  the number of the generation that readers open
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from duixian.model import ReadFailure
from duixian.store.errors import StoreError
from duixian.store.segments import TEMPORARY

FORMAT = 1
KEPT = 2  # generations that stay after publishing, so that a reader between reading CURRENT and opening finds its file


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a generation and the segments that hold what was found in it."""

    source: str
    doc_id: str
    read: str  # file names below segments/
    facts: str
    promises: str

    @property
    def segments(self) -> tuple[str, str, str]:
        """All its segments."""
        return self.read, self.facts, self.promises


@dataclass(frozen=True, slots=True)
class Counts:
    """What a generation holds."""

    documents: int
    reports: int
    primary: int
    rejected: int
    failures: int
    flags: tuple[tuple[str, int], ...]  # flag and number of reports, by name


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of; two equal manifests (but for number and time) make equal tables."""

    root: str
    text_column: str | None
    versions: tuple[tuple[str, str], ...]  # of the stages, and of what is done across documents
    documents: tuple[Entry, ...]
    failures: tuple[ReadFailure, ...]
    counts: Counts
    number: int = 0
    created: str = ""  # UTC, ISO 8601
    indicators: str = ""  # the user's own file of indicators, as it was given


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file was when it was read, and the documents it gave."""

    size: int
    modified: int  # nanoseconds
    changed: int  # nanoseconds
    documents: tuple[Entry, ...]

    def fits(self, stat: os.stat_result) -> bool:
        """Whether the file is still the one that was read."""
        return (self.size, self.modified, self.changed) == (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is seen whole or not at all, even after a power cut."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def sync_folder(path: Path) -> None:
    """Make the names in a folder last over a power cut, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Folder:
    """The folder of a store.

    Args:
        path: the folder; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.segments = path / "segments"
        self.generations = path / "generations"
        self.current_file = path / "CURRENT"
        self.files_file = path / "files.json"
        self.store_file = path / "store.json"

    def check_writable(self) -> None:
        """Refuse what can't be a store of this program.

        Raises:
            StoreError: where the path is a file or a folder of other things, or holds a store of another format.
        """
        if self.path.exists() and not self.store_file.exists() and (not self.path.is_dir() or any(self._foreign())):
            raise StoreError(f"{self.path} exists and is no store; give a new folder")
        self.check_format()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store as its only writer; makes the folder where it is missing and sweeps what killed writers left.

        Raises:
            StoreError: where another process builds, or the folder can't be written.
        """
        try:
            for folder in (self.path, self.segments, self.generations):
                folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / "lock", timeout=0)
            lock.acquire()
        except Timeout:
            raise StoreError(f"{self.path} is being built by another process; try again when it has ended") from None
        except OSError as error:
            raise StoreError(f"{self.path} can't be written: {error.strerror or error}") from None
        try:
            self._sweep()
            if not self.store_file.exists():
                write_atomically(self.store_file, _json({"format": FORMAT}))
            yield
        finally:
            lock.release()

    def _foreign(self) -> Iterator[Path]:
        own = {"segments", "generations", "lock"}
        return (p for p in self.path.iterdir() if p.name not in own and not p.name.endswith(TEMPORARY))

    def _sweep(self) -> None:
        for folder in (self.path, self.segments, self.generations):
            left = [p for p in folder.iterdir() if TEMPORARY in p.name]
            _unlink(p for p in left if not p.is_dir())
            for spilled in (p for p in left if p.is_dir()):
                shutil.rmtree(spilled, ignore_errors=True)

    def check_format(self) -> None:
        """Refuse a store of another format.

        Raises:
            StoreError: where store.json is damaged or names another format.
        """
        if not self.store_file.exists():
            return
        try:
            found = json.loads(self.store_file.read_bytes())["format"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.path} is damaged: store.json can't be read ({type(error).__name__})") from None
        if found != FORMAT:
            raise StoreError(f"{self.path} has store format {found}, this program reads format {FORMAT}; build it anew")

    def current(self) -> int | None:
        """The number of the published generation; none where nothing was published yet.

        Raises:
            StoreError: where CURRENT is damaged.
        """
        try:
            return int(self.current_file.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise StoreError(f"{self.path} is damaged: CURRENT can't be read; build it again") from None

    def manifest_file(self, number: int) -> Path:
        """Where the manifest of a generation stands."""
        return self.generations / f"{number}.json"

    def serving_file(self, number: int) -> Path:
        """Where the tables of a generation stand."""
        return self.generations / f"{number}.duckdb"

    def manifest(self, number: int) -> Manifest | None:
        """The manifest of a generation; none where it is missing or damaged."""
        try:
            return _manifest(json.loads(self.manifest_file(number).read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def newest_number(self) -> int:
        """The highest number of a generation, published or not; 0 where there is none."""
        return max((int(p.stem) for p in self.generations.iterdir() if p.stem.isdigit()), default=0)

    def publish(self, manifest: Manifest) -> None:
        """Make a generation the current one; its serving file stands already."""
        write_atomically(self.manifest_file(manifest.number), _json(asdict(manifest)))
        sync_folder(self.segments)
        sync_folder(self.generations)
        write_atomically(self.current_file, f"{manifest.number}\n".encode())
        sync_folder(self.path)

    def prune(self, current: int) -> None:
        """Remove generations before the last ones, and segments that no kept generation names."""
        numbers = sorted((int(p.stem) for p in self.generations.glob("*.json") if p.stem.isdigit()), reverse=True)
        kept = [n for n in numbers if n <= current][:KEPT]
        manifests = [self.manifest(n) for n in kept]
        _unlink(p for p in self.generations.iterdir() if not p.stem.isdigit() or int(p.stem) not in kept)
        named = {name for m in manifests if m for entry in m.documents for name in entry.segments}
        if all(manifests):
            _unlink(p for p in self.segments.iterdir() if p.name not in named)

    def file_states(self, versions: Sequence[tuple[str, str]], root: str, text_column: str | None) -> Mapping[str, FileState]:
        """What files were read by the same versions under the same root, by path; empty where nothing usable is known."""
        try:
            known = json.loads(self.files_file.read_bytes())
            if known["by"] != [[list(v) for v in versions], root, text_column]:
                return {}
            return {
                path: FileState(state[0], state[1], state[2], tuple(Entry(*e) for e in state[3])) for path, state in known["files"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return {}

    def keep_file_states(
        self, states: Mapping[str, FileState], versions: Sequence[tuple[str, str]], root: str, text_column: str | None
    ) -> None:
        """Keep for the next build what files were read."""
        rows = {
            path: [s.size, s.modified, s.changed, [[e.source, e.doc_id, *e.segments] for e in s.documents]] for path, s in states.items()
        }
        write_atomically(self.files_file, _json({"by": [versions, root, text_column], "files": rows}))


def _unlink(paths: Iterable[Path]) -> None:
    for path in list(paths):
        try:
            path.unlink()
        except OSError:  # a reader holds it (Windows); the next build tries again
            continue


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _manifest(value: Mapping[str, Any]) -> Manifest:
    counts = value["counts"]
    return Manifest(
        root=value["root"],
        text_column=value["text_column"],
        versions=tuple((a, b) for a, b in value["versions"]),
        documents=tuple(Entry(**e) for e in value["documents"]),
        failures=tuple(ReadFailure(**f) for f in value["failures"]),
        counts=Counts(**{**counts, "flags": tuple((a, b) for a, b in counts["flags"])}),
        number=value["number"],
        created=value["created"],
        indicators=value.get("indicators", ""),
    )
