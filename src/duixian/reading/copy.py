"""The reading copy: a repaired text with a map back to the source.

A repair is a sorted list of edits between the source text and the copy; positions are mapped by bisection.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duixian.reading.folding import fold


@dataclass(frozen=True, slots=True)
class Edit:
    """Source characters ``start:end`` read as ``replacement``, by the named rule."""

    start: int
    end: int
    replacement: str
    rule: str


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the copy that was lost or garbled before it came to us; never mended by guess."""

    start: int
    end: int
    rule: str


class ReadingCopy:
    """Text to match on, with positions that lead back to the source text.

    Args:
        source_text: the text as it was read.
        edits: edits sorted by start, not overlapping.
        folded: the source with widths folded, where it is at hand.

    Attributes:
        text: the copy.
        source_text: the source.
        edits: the edits, in order.
    """

    __slots__ = ("_copy_starts", "_pieces", "_source_starts", "edits", "source_text", "text")

    def __init__(self, source_text: str, edits: Iterable[Edit], folded: str | None = None) -> None:
        self.source_text = source_text
        self.edits = tuple(edits)
        folded = fold(source_text) if folded is None else folded
        parts: list[str] = []
        pieces: list[tuple[int, int, int, int]] = []  # copy start, copy length, source start, source length
        at, copied = 0, 0
        for edit in self.edits:
            if edit.start > at:
                parts.append(folded[at : edit.start])
                pieces.append((copied, edit.start - at, at, edit.start - at))
                copied += edit.start - at
            parts.append(edit.replacement)
            pieces.append((copied, len(edit.replacement), edit.start, edit.end - edit.start))
            copied += len(edit.replacement)
            at = edit.end
        parts.append(folded[at:])
        pieces.append((copied, len(folded) - at, at, len(folded) - at))
        self.text = "".join(parts)
        self._pieces = pieces
        self._copy_starts = [p[0] for p in pieces]
        self._source_starts = [p[2] for p in pieces]

    def source_start(self, at: int) -> int:
        """Where the copy's character ``at`` begins in the source (``len(copy.text)`` leads to the source's end)."""
        start, length, source, source_length = self._pieces[bisect_right(self._copy_starts, at) - 1]
        return source + min(at - start, length) if length == source_length else source

    def source_end(self, end: int) -> int:
        """Where, in the source, the copy's stretch that ends before ``end`` ends."""
        if end <= 0:
            return self.source_start(0)
        i = bisect_right(self._copy_starts, end - 1) - 1
        start, length, source, source_length = self._pieces[i]
        return source + (end - start) if length == source_length else source + source_length

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source positions of the copy's ``start:end``."""
        return self.source_start(start), self.source_end(end)

    def quote(self, start: int, end: int) -> str:
        """The source's own characters behind the copy's ``start:end``."""
        a, b = self.span(start, end)
        return self.source_text[a:b]

    def copy_at(self, source_at: int) -> int:
        """The copy's position of the source position ``source_at`` (of the next kept character where it was removed)."""
        start, length, source, source_length = self._pieces[bisect_right(self._source_starts, source_at) - 1]
        if length == source_length:
            return start + min(source_at - source, length)
        return start if source_at == source else start + length

    def counts(self) -> Mapping[str, int]:
        """How often each repair rule fired."""
        return Counter(edit.rule for edit in self.edits)
