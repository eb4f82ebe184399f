"""A text cut at the edges of what is marked in it, in blocks to be set as paragraphs; pure functions over positions."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 420  # characters of a paragraph; a longer one (a report may be one line) is broken behind a sentence
# Ends a sentence. Matches "。", "！”", "；"; not "，".
_SENTENCE_END: Final = re.compile(r"[。！？；]+[”’）」]*")

# Lines about a Markdown file at its head. Matches "---\ntitle: x\n---\n"; not "---\n正文\n---\n", nor "---" further down.
_FRONT_MATTER: Final = re.compile(r"\s*---[ \t]*\n(?:[A-Za-z_]\w*:[^\n]*\n+)+---[ \t]*(?:\n+|\Z)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a text.

    Attributes:
        start: first character.
        end: the position after the last.
        kind: what it is; the class of the mark.
        words: what is told of it.
        target: the address it leads to, if any.
    """

    start: int
    end: int
    kind: str
    words: str = ""
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch within which the same marks hold.

    Attributes:
        text: its characters.
        kinds: classes of its marks, joined by blanks; empty for plain text.
        words: what is told of its shortest mark.
        target: where its shortest mark leads.
        anchor: its name on the page, where something leads here.
    """

    text: str
    kinds: str = ""
    words: str = ""
    target: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the page.

    Attributes:
        start: where it begins in the document.
        heading: level of the heading that it is, 0 for text.
        bits: its pieces.
        notes: what stands in the margin.
        anchor: its name on the page.
    """

    start: int
    heading: int
    bits: tuple[Bit, ...]
    notes: tuple[Mark, ...] = ()
    anchor: str = ""


def front_matter(text: str) -> int:
    """Where a text begins behind the lines of its file about itself (address, title); 0 where there are none."""
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def paragraphs(text: str, start: int = 0, breaks: Iterable[int] = ()) -> list[tuple[int, int]]:
    """The spans of a text's paragraphs: lines, cut at given places, long ones broken behind a sentence.

    Args:
        text: the text.
        start: the position of its first character in the document; spans count from the document's start.
        breaks: positions in the document where a paragraph begins (sections).
    """
    edges = {start, start + len(text)}
    edges |= {start + m.end() for m in re.finditer(r"\n+", text)}
    edges |= {b for b in breaks if start < b < start + len(text)}
    found: list[tuple[int, int]] = []
    ordered = sorted(edges)
    for a, b in itertools.pairwise(ordered):
        found += _broken(text, a - start, b - start, start)
    return [(a, b) for a, b in found if text[a - start : b - start].strip()]


def _broken(text: str, a: int, b: int, offset: int) -> list[tuple[int, int]]:
    found = []
    at = a
    while b - at > LONGEST * 1.3:
        ends = [m.end() for m in _SENTENCE_END.finditer(text, at + LONGEST // 2, min(b, at + LONGEST * 2))]
        if not ends:
            break
        cut = min(ends, key=lambda e: abs(e - at - LONGEST))
        if b - cut < LONGEST // 4:
            break
        found.append((at + offset, cut + offset))
        at = cut
    found.append((at + offset, b + offset))
    return found


def bits(text: str, offset: int, span: tuple[int, int], marks: Sequence[Mark], anchors: dict[int, str] | None = None) -> tuple[Bit, ...]:
    """The pieces of a paragraph between the edges of marks.

    Args:
        text: the text around.
        offset: the position of its first character in the document.
        span: the paragraph, in the document.
        marks: marks that touch it, in the document.
        anchors: names for places that something leads to.
    """
    a, b = span
    names = anchors or {}
    edges = {a, b} | {p for m in marks for p in (m.start, m.end) if a < p < b} | {p for p in names if a < p < b}
    ordered = sorted(edges)
    found: list[Bit] = []
    for x, y in itertools.pairwise(ordered):
        over = [m for m in marks if m.start <= x and m.end >= y]
        least = min(over, key=lambda m: m.end - m.start, default=None)
        kinds = " ".join(dict.fromkeys(m.kind for m in over))
        words = least.words if least else ""
        found.append(Bit(text[x - offset : y - offset], kinds, words, least.target if least else None, names.get(x)))
    return tuple(found)


def touching(marks: Sequence[Mark], starts: Sequence[int], span: tuple[int, int], longest: int) -> list[Mark]:
    """The marks that touch a span, found by bisection.

    Args:
        marks: in the order of their starts.
        starts: their starts.
        span: the span.
        longest: length of the longest mark.
    """
    a, b = span
    return [m for m in marks[bisect_left(starts, a - longest) : bisect_right(starts, b - 1)] if m.start < b and m.end > a]


def sentence_span(text: str, at: int, limit: int = 300) -> tuple[int, int]:
    """The sentence around a position of a text, within a limit on either side.

    Args:
        text: the text.
        at: the position.
        limit: characters on either side at most.
    """
    first, last = max(0, at - limit), min(len(text), at + limit)
    start = max((m.end() for m in re.finditer(r"[。！？\n]+[”’）」]*", text[first:at])), default=0) + first
    end = re.compile(r"[。！？\n]").search(text, at, last)
    return start, (end.end() if end and text[end.start()] != "\n" else end.start() if end else last)
