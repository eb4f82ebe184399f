"""Columns of a page: where the gutter is, and in which order the pieces are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_MIN_ROWS = 3  # fewer rows on one side of a gap are no column
_MIN_FILL = 0.55  # a column's rows fill it; the cells of a table don't
_STEP = 2.0  # points: how finely gaps are looked for


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one line: its text, from where to where it runs (points), its baseline (points downwards), its font size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


Row = list[Segment]


def find_gutter(segments: Sequence[Segment]) -> float | None:
    """The x of the gap between two columns of running text; None where there is one column, or a table.

    Args:
        segments: the pieces of a page or of a part of it.
    """
    if len(segments) < 2 * _MIN_ROWS:
        return None
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    size = median(s.size for s in segments)
    bins = int((right - left) / _STEP) + 1
    if right - left < 16 * size:
        return None
    cover = _coverage(segments, left, bins)
    best: tuple[float, float] | None = None
    for start, end in _valleys(cover, max(1, len(segments) // 8)):
        at, width = left + (start + end) / 2 * _STEP, (end - start) * _STEP
        inner = left + 0.15 * (right - left) < at < right - 0.15 * (right - left)
        if inner and width >= 0.7 * size and _is_gutter(segments, at, size) and (best is None or width > best[1]):
            best = (at, width)
    return best[0] if best else None


def _coverage(segments: Sequence[Segment], left: float, bins: int) -> list[int]:
    """How many pieces cover each strip of the width."""
    steps = [0] * (bins + 1)
    for s in segments:
        steps[int((s.x0 - left) / _STEP)] += 1
        steps[min(bins, int((s.x1 - left) / _STEP) + 1)] -= 1
    cover, now = [], 0
    for step in steps[:bins]:
        now += step
        cover.append(now)
    return cover


def _valleys(cover: list[int], most: int) -> list[tuple[int, int]]:
    """The stretches of strips that at most ``most`` pieces cover."""
    found, start = [], None
    for n, count in enumerate([*cover, most + 1]):
        if count <= most and start is None:
            start = n
        elif count > most and start is not None:
            found.append((start, n))
            start = None
    return found


def _is_gutter(segments: Sequence[Segment], at: float, size: float) -> bool:
    """Both sides hold running text beside each other."""
    sides = [s for s in segments if s.x1 <= at + 0.8 * s.size], [s for s in segments if s.x0 >= at - 0.8 * s.size]
    rows = [_group(side) for side in sides]
    if any(len(r) < _MIN_ROWS for r in rows):
        return False
    top, bottom = max(r[0][0].y for r in rows), min(r[-1][0].y for r in rows)
    beside = [[row for row in r if top - size <= row[0].y <= bottom + size] for r in rows]
    return all(len(b) >= _MIN_ROWS and _fill(b) >= _MIN_FILL for b in beside)


def _fill(rows: list[Row]) -> float:
    """How much of the column's width its rows fill, in the middle."""
    width = max(r[-1].x1 for r in rows) - min(r[0].x0 for r in rows)
    return median((r[-1].x1 - r[0].x0) / width for r in rows) if width > 0 else 0.0


def _group(segments: Sequence[Segment]) -> list[Row]:
    """Pieces on one baseline make a row; rows from top to bottom, pieces from left to right."""
    rows: list[Row] = []
    for s in sorted(segments, key=lambda s: (s.y, s.x0)):
        if rows and abs(s.y - rows[-1][0].y) < 0.5 * max(s.size, rows[-1][0].size):
            rows[-1].append(s)
        else:
            rows.append([s])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    return rows


def reading_order(segments: Sequence[Segment], gutter: float | None, usual: float | None = None) -> list[list[Row]]:
    """The columns of a page in the order in which they are read; each is a list of rows.

    A piece that runs across the gutter ends the columns above it. Columns may hold columns.

    Args:
        segments: the pieces of the page, without headers and footers.
        gutter: the gap between its columns, as found.
        usual: the gap on the document's other pages, for a page that is too short to tell.
    """
    if not segments:
        return []
    at = gutter
    if at is None and usual is not None:
        across = [s for s in segments if _spans(s, usual)]
        if len(across) * 5 <= len(segments) and any(s.x0 >= usual for s in segments):
            at = usual
    if at is None:
        return [_group(segments)]
    ordered: list[list[Row]] = []
    left: list[Segment] = []
    right: list[Segment] = []
    spanning: list[Segment] = []
    for s in sorted(segments, key=lambda s: (s.y, s.x0)):
        if _spans(s, at):
            ordered += _beside(left, right)
            left, right = [], []
            spanning.append(s)
            continue
        if spanning and abs(s.y - spanning[-1].y) < 0.5 * max(s.size, spanning[-1].size):
            spanning.append(s)
            continue
        if spanning:
            ordered.append(_group(spanning))
            spanning = []
        (left if s.x0 + s.x1 < 2 * at else right).append(s)
    ordered += _beside(left, right)
    if spanning:
        ordered.append(_group(spanning))
    return ordered


def _spans(segment: Segment, at: float) -> bool:
    """The piece runs across the gutter, not only a little into it."""
    return segment.x0 < at - 0.8 * segment.size and segment.x1 > at + 0.8 * segment.size


def _beside(left: list[Segment], right: list[Segment]) -> list[list[Row]]:
    return [column for side in (left, right) if side for column in reading_order(side, find_gutter(side))]
