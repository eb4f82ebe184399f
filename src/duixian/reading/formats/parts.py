"""What a parser makes of one file: texts, refusals, and the members of an archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be parsed.

    Attributes:
        path: where its bytes lie.
        suffix: what its name promises, with the dot, in lower case; the bytes decide where they say otherwise.
        text_column: the column of a table that holds the text; None for the usual ones.
    """

    path: str
    suffix: str
    text_column: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """One text with what stands beside it.

    Attributes:
        text: the document's text.
        row: the number of the table row it comes from, counted from 1; 0 where the file is one document.
        pages: start and end of each page in ``text``.
    """

    text: str
    row: int = 0
    title: str | None = None
    url: str | None = None
    region: str | None = None
    year: str | None = None
    published: str | None = None
    pages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be read, with the reason in one line; ``name`` is the archive member's, ``row`` the table row's."""

    reason: str
    row: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Convert:
    """The file is one that an outside converter must turn into another format first (``suffix`` of what it really is)."""

    suffix: str


@dataclass(frozen=True, slots=True)
class Beat:
    """A slow page is done: the file may take that many seconds more."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its cleaned name, and its bytes in pieces, which must be taken before the next part is asked for."""

    name: str
    chunks: Iterator[bytes]


Part = Parsed | Refused | Convert | Beat | Member
