"""Which files below the given inputs are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from duixian.model import ReadFailure
from duixian.reading.formats.kinds import SUFFIXES, UNREAD


def find_files(inputs: list[Path]) -> Iterator[Path | ReadFailure]:
    """The readable files below the inputs, each once, in a stable order.

    Links are followed as long as they stay below the input they are found in; directory loops are followed once only. A file of a
    format in which reports come but which is not read is a failure that says what helps; other files are passed over.

    Args:
        inputs: files and folders.
    """
    seen: set[tuple[int, int]] = set()
    for item in inputs:
        yield from _walk(item, seen, None)


def _walk(item: Path, seen: set[tuple[int, int]], root: Path | None) -> Iterator[Path | ReadFailure]:
    try:
        if root is not None and item.is_symlink() and not item.resolve().is_relative_to(root):
            yield ReadFailure(str(item), "a link that leads out of the folder; name its target to read it")
            return
        stat = item.stat()
        if (stat.st_dev, stat.st_ino) in seen:
            return
        seen.add((stat.st_dev, stat.st_ino))
        suffix = item.suffix.lower()
        if item.is_dir():
            inside = root or item.resolve()
            for name in sorted(p.name for p in item.iterdir()):
                if not name.startswith((".", "~$")):
                    yield from _walk(item / name, seen, inside)
        elif suffix in UNREAD:
            yield ReadFailure(str(item), f"{suffix} is not read: {UNREAD[suffix]}")
        elif suffix in SUFFIXES and item.is_file():
            yield item
        elif root is None:
            yield ReadFailure(str(item), f"format {item.suffix or 'without suffix'} is not read ({', '.join(SUFFIXES)} are)")
    except (OSError, RuntimeError) as error:
        yield ReadFailure(str(item), getattr(error, "strerror", None) or str(error))
