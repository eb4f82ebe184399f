"""From pieces of text with a place on a page to running text: columns, headers and footers, paragraphs cut by lines and pages.

Positions are in points, y grows downwards; sizes are font sizes in points. Nothing here knows where the pieces come from
(a PDF's text layer, an OFD page, recognised scans).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from duixian.reading.formats.columns import Segment, find_gutter, reading_order
from duixian.reading.formats.furniture import without_furniture
from duixian.reading.formats.joining import join

__all__ = ["Page", "Segment", "running_text"]

# What a typesetter keeps together at a line's start. Matches "24983.48亿", "international", "（一", "甲，"; not the blank after a word.
_UNCUT = re.compile(r"[（《“「]{0,2}(?:[A-Za-z0-9.,%\-/]+[^ ]?|[^ ])[，。、；：！？）》”」%]{0,3}")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its height in points and its pieces of text, in any order."""

    height: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a column, with what the decision about its paragraph needs."""

    text: str
    size: float
    room: float  # points between its end and the right edge of its column
    indented: bool  # starts right of the left edge of its column
    apart: bool  # stands lower than the usual distance below the row before
    first: bool  # the first row of its column


def running_text(pages: Sequence[Page]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of the pages, one paragraph a line, and where each page starts and ends in it.

    Args:
        pages: the pages in order.
    """
    bodies = without_furniture([(p.height, p.segments) for p in pages])
    gutters = [find_gutter(body) for body in bodies]
    known = [g for g in gutters if g is not None]
    usual = median(known) if len(known) * 2 > len(bodies) else None
    page_rows = [
        [row for column in reading_order(body, gutter, usual) for row in _rows(column)]
        for body, gutter in zip(bodies, gutters, strict=True)
    ]
    return _assemble(page_rows)


def _rows(column: list[list[Segment]]) -> list[_Row]:
    """The rows of one column."""
    lefts, rights = sorted(r[0].x0 for r in column), sorted(r[-1].x1 for r in column)
    left, right = lefts[len(lefts) // 10], rights[-1 - len(rights) // 20]
    steps = [b[0].y - a[0].y for a, b in pairwise(column)]
    leading = _usual_step(steps)
    found: list[_Row] = []
    for n, row in enumerate(column):
        size = max(s.size for s in row)
        apart = n > 0 and steps[n - 1] > leading + 0.45 * size
        room = max(0.0, right - row[-1].x1)
        found.append(_Row(_row_text(row), size, room, row[0].x0 > left + 1.2 * size, apart, n == 0))
    return found


def _usual_step(steps: list[float]) -> float:
    """The distance between two lines of one paragraph: the lower quartile, so that gaps between paragraphs don't count."""
    positive = sorted(s for s in steps if s > 0)
    return positive[len(positive) // 4] if positive else 0.0


def _row_text(row: list[Segment]) -> str:
    parts = [row[0].text]
    for before, after in pairwise(row):
        gap = after.x0 - before.x1
        parts.append(" " if gap > 0.25 * after.size else "")
        parts.append(after.text)
    return "".join(parts).strip()


def _assemble(page_rows: list[list[_Row]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Rows to paragraphs, with the offsets of the pages."""
    text: list[str] = []
    length = 0
    bounds: list[int] = []
    block_style = _is_block_style([row for rows in page_rows for row in rows])
    before: _Row | None = None
    for rows in page_rows:
        if not rows:
            bounds.append(length)
        for n, row in enumerate(rows):
            if before is None:
                glue, cut = "", 0
            elif _starts_paragraph(before, row, block_style):
                glue, cut = "\n", 0
            else:
                glue, cut = join(before.text, row.text)
            if cut:
                text[-1] = text[-1][:-cut]
                length -= cut
            if n == 0:
                bounds.append(length + len(glue))
            text += (glue, row.text)
            length += len(glue) + len(row.text)
            before = row
    bounds.append(length)
    whole = "".join(text)
    starts = [min(b, len(whole)) for b in bounds]
    return whole, tuple(pairwise(starts))


def _is_block_style(rows: list[_Row]) -> bool:
    """Paragraphs are told by gaps, not by an indent."""
    return sum(r.indented and not r.first for r in rows) < sum(r.apart for r in rows)


def _fits(before: _Row, row: _Row) -> bool:
    """What can't be cut at the start of ``row`` would have had room in the line before: so that line's end was meant."""
    found = _UNCUT.match(row.text)
    word = found.group() if found else ""
    width = sum(0.6 if c.isascii() else 1.0 for c in word) * row.size
    return before.room > width + 1.1 * row.size


def _starts_paragraph(before: _Row, row: _Row, block_style: bool) -> bool:
    if row.indented or _fits(before, row) or row.apart or abs(row.size - before.size) > 0.12 * before.size:
        return True
    return row.first and block_style and before.text.endswith(("。", "！", "：", "；", "”"))
