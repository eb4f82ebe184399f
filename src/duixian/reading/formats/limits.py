"""What one input may cost. A limit that is hit is an error line that names the option which raises it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one input file; every field is an option ``--limit NAME=VALUE``.

    Attributes:
        bytes: MiB of one file as it lies on disk.
        characters: characters of one document (a large compilation of reports has two millions).
        memory: MiB of address space a parser may take beyond what its process has when it is idle.
        seconds: wall-clock seconds of a parser for one file, and of CPU time.
        convert: wall-clock seconds of an outside converter (LibreOffice) for one file.
        pages: pages of a PDF.
        ocr_pages: scanned pages of a PDF that are recognised.
        ocr_memory: MiB more while scanned pages are recognised.
        ocr_seconds: wall-clock seconds granted for each scanned page, on top of ``seconds``.
        members: files in an archive, nested archives included; parts of a Word or Excel file.
        expanded: MiB that an archive may unpack to, nested archives included.
        ratio: how many times larger than packed a member may be (counted from 8 MiB on).
        depth: how deep archives may be nested.
        tags: how deep the elements of a web page may be nested.
        rows: rows of a table.
    """

    bytes: int = 128
    characters: int = 6_000_000
    memory: int = 768
    seconds: int = 15
    convert: int = 18
    pages: int = 2000
    ocr_pages: int = 300
    ocr_memory: int = 1024
    ocr_seconds: int = 30
    members: int = 20_000
    expanded: int = 512
    ratio: int = 200
    depth: int = 3
    tags: int = 250
    rows: int = 1_000_000

    @classmethod
    def parse(cls, options: Iterable[str]) -> Limits:
        """The limits with some of them changed.

        Args:
            options: texts like ``pages=5000``.

        Raises:
            ValueError: for an unknown name or a value that is no positive whole number; the message says which names there are.
        """
        names = {f.name for f in fields(cls)}
        limits = cls()
        for option in options:
            name, _, value = option.partition("=")
            if name not in names or not value.isdigit() or int(value) < 1:
                raise ValueError(f"--limit {option}: expected NAME=NUMBER with a name of {', '.join(sorted(names))}")
            limits = replace(limits, **{name: int(value)})
        return limits


class LimitError(ValueError):
    """A limit was hit: ``LimitError("pages", "5,000 pages, the limit is 2,000")``."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{what} (--limit {name}=N raises it)")
        self.name = name


def check(name: str, value: int, limit: int, unit: str) -> None:
    """Nothing, where ``value`` keeps to the limit.

    Raises:
        LimitError: where it does not.
    """
    if value > limit:
        raise LimitError(name, f"{value:,} {unit}, the limit is {limit:,}")
