"""Charts as plain geometry: shapes with coordinates, worked out here and drawn by one template; no chart library, no script.

Colours never carry meaning alone: a target is a hollow ring on a dashed line, a result a dot on a full line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

# Presentation attributes by name, not CSS: the same drawing stands in a page under a strict policy, in a file and in a PNG.
INK: Final = "#1a1a1a"
SOFT: Final = "#595959"
ACCENT: Final = "#8a1c1c"
LINE: Final = "#c9c9c9"
STYLES: Final = {
    "axis": f'stroke="{LINE}" stroke-width="1" fill="none"',
    "grid": 'stroke="#ececec" stroke-width="1" fill="none"',
    "zero": f'stroke="{SOFT}" stroke-width="0.8" fill="none"',
    "target": f'stroke="{SOFT}" stroke-width="1.2" stroke-dasharray="3 2" fill="none"',
    "target_dot": f'stroke="{INK}" stroke-width="1.1" fill="#fff"',
    "actual": f'stroke="{ACCENT}" stroke-width="1.6" fill="none"',
    "actual_dot": f'fill="{ACCENT}"',
    "range": f'stroke="{SOFT}" stroke-width="1" fill="none"',
    "box": f'fill="#e9e2d6" stroke="{SOFT}" stroke-width="0.8"',
    "median": f'stroke="{ACCENT}" stroke-width="2" fill="none"',
    "bar": f'fill="{ACCENT}"',
    "track": 'fill="#efece6"',
    "label": f'fill="{SOFT}" stroke="none"',
    "name": f'fill="{INK}" stroke="none"',
    "strong": f'fill="{INK}" stroke="none" font-weight="600"',
    "tile": f'fill="#fff" stroke="{LINE}"',
    **{f"tile{i}": f'fill="{c}" stroke="{LINE}"' for i, c in enumerate(("#fbf6ee", "#f3e6d3", "#e8cfae", "#d9b184", "#c6905a"))},
    **{
        f"series{i}": f'stroke="{c}" stroke-width="1.6" fill="none" stroke-dasharray="{d}"'
        for i, (c, d) in enumerate(
            ((ACCENT, "none"), ("#1d3f5c", "6 3"), ("#6b5300", "2 2"), ("#1d5c3a", "8 3 2 3"), ("#5c1d5a", "4 2"), ("#1a1a1a", "1 3"))
        )
    },
    **{f"series{i}_dot": f'fill="{c}"' for i, c in enumerate((ACCENT, "#1d3f5c", "#6b5300", "#1d5c3a", "#5c1d5a", "#1a1a1a"))},
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One drawn thing.

    Attributes:
        kind: line (path through points), dot, rect or text.
        style: a name in ``STYLES``.
        points: what it goes through; of a rect the corner and its size.
        words: of a text what it says; of the others what a pointer or a reader is told.
        size: of a text its height in units, of a dot its radius.
        anchor: of a text start, middle or end.
    """

    kind: str
    style: str
    points: tuple[tuple[float, float], ...]
    words: str = ""
    size: float = 0
    anchor: str = "start"

    @property
    def path(self) -> str:
        """The path's commands."""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing.

    Attributes:
        title: what it shows, in one line.
        width: in units (pixels at 100 %).
        height: in units.
        shapes: what is drawn, in order.
        parts: drawings inside it with their corners.
    """

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    parts: tuple[tuple[float, float, Figure], ...] = ()


def side_by_side(title: str, figures: Sequence[Figure], columns: int = 3, gap: float = 24) -> Figure:
    """Small multiples as one drawing, under their title."""
    if not figures:
        return Figure(title, 400, 60, (Shape("text", "strong", ((8, 26),), title, 15),))
    wide, high = max(f.width for f in figures), max(f.height for f in figures)
    columns = min(columns, len(figures))
    rows = ceil(len(figures) / columns)
    parts = tuple((12 + (i % columns) * (wide + gap), 44 + (i // columns) * (high + gap), f) for i, f in enumerate(figures))
    heading = Shape("text", "strong", ((12, 26),), title, 15)
    return Figure(title, 24 + columns * wide + (columns - 1) * gap, 56 + rows * high + (rows - 1) * gap, (heading,), parts)


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round values that span a range."""
    if high - low <= 1e-7 * max(abs(low), abs(high), 1e-2):  # nothing to tell apart
        low, high = (low - abs(low) * 0.1 - 0.5, high + abs(high) * 0.1 + 0.5) if low or high else (0.0, 1.0)
    rough = (high - low) / most
    unit = 10 ** floor(log10(rough))
    step = next(unit * m for m in (1, 2, 2.5, 5, 10) if unit * m >= rough * 0.999)
    first = floor(low / step + 1e-9)
    last = ceil(high / step - 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def short(value: float) -> str:
    """A number for an axis: 12, 3.5, 1.2万."""
    for size, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if abs(value) >= size * 1.0001 or value == size:
            return f"{value / size:g}{word}"
    return f"{value:g}"


@dataclass(frozen=True, slots=True)
class Series:
    """Values by year, drawn as a line with dots.

    Attributes:
        name: what it is.
        style: a name in ``STYLES`` that also has a ``_dot``.
        values: year and value, in order.
        words: for each value what is told of it.
    """

    name: str
    style: str
    values: tuple[tuple[int, float], ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The plane of a chart: years across, values up."""

    years: tuple[int, int]
    marks: tuple[float, ...]
    width: float
    height: float
    left: float = 40
    top: float = 26
    right: float = 12
    bottom: float = 20
    inset: float = 0  # room between the plane's edges and the first and last year

    def x(self, year: float) -> float:
        """Across."""
        first, last = self.years
        inner = self.width - self.left - self.right - 2 * self.inset
        return round(self.left + self.inset + (inner / 2 if last == first else inner * (year - first) / (last - first)), 1)

    def y(self, value: float) -> float:
        """Up."""
        low, high = self.marks[0], self.marks[-1]
        inner = self.height - self.top - self.bottom
        return round(self.top + inner * (1 - (value - low) / (high - low)), 1)

    def shapes(self, title: str) -> list[Shape]:
        """Title, grid and labels of the axes."""
        out = [Shape("text", "strong", ((0, 13),), title, 12.5)]
        for mark in self.marks:
            out.append(Shape("line", "zero" if mark == 0 else "grid", ((self.left, self.y(mark)), (self.width - self.right, self.y(mark)))))
            out.append(Shape("text", "label", ((self.left - 5, self.y(mark) + 3.5),), short(mark), 10, "end"))
        for year in year_marks(*self.years, most=max(2, int((self.width - self.left) / 46))):
            out.append(Shape("text", "label", ((self.x(year), self.height - 4),), str(year), 10, "middle"))
        return out


def _room(marks: Sequence[float]) -> float:
    """Room for the labels of an axis: a digit takes six units, a Han character eleven."""
    return max(30.0, 10.0 + max(sum(11 if ord(c) > 0x2E80 else 6 for c in short(m)) for m in marks))


def year_marks(first: int, last: int, most: int) -> list[int]:
    """Years that are written under an axis; the first and the last among them."""
    if last == first:
        return [first]
    step = next(s for s in (1, 2, 3, 5, 10, 20, 50) if (last - first) / s <= most - 1 or s == 50)
    found = [y for y in range(first, last + 1) if (last - y) % step == 0]
    return found if found[0] == first or found[0] - first < step * 0.75 else [first, *found]


def line_chart(title: str, series: Sequence[Series], width: float = 300, height: float = 150, base: float | None = None) -> Figure:
    """Values by year as lines; a gap of more than one year breaks a line.

    Args:
        title: what stands above.
        series: the lines.
        width: in units.
        height: in units.
        base: a value that the axis must hold.
    """
    points = [p for s in series for p in s.values]
    if not points:
        return Figure(title, width, 30, (Shape("text", "strong", ((0, 13),), title, 12.5),))
    years, values = [y for y, _ in points], [v for _, v in points] + ([] if base is None else [base])
    marks = tuple(ticks(min(values), max(values)))
    frame = Frame((min(years), max(years)), marks, width, height, left=_room(marks))
    shapes = frame.shapes(title)
    for one in series:
        for run in _runs(one.values):
            if len(run) > 1:
                shapes.append(Shape("line", one.style, tuple((frame.x(y), frame.y(v)) for y, v in run)))
        for i, (year, value) in enumerate(one.values):
            told = one.words[i] if i < len(one.words) else f"{one.name} {year}: {value:g}"
            shapes.append(Shape("dot", f"{one.style}_dot", ((frame.x(year), frame.y(value)),), told, 2.6))
    return Figure(title, width, height, tuple(shapes))


def _runs(values: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    found: list[list[tuple[int, float]]] = []
    for year, value in values:
        if found and year - found[-1][-1][0] <= 1:
            found[-1].append((year, value))
        else:
            found.append([(year, value)])
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """How values of a year are spread."""

    year: int
    count: int
    low: float
    quarter: float
    median: float
    three_quarters: float
    high: float


def spread_of(year: int, values: Sequence[float]) -> Spread:
    """Smallest, quartiles and largest of a year's values.

    Args:
        year: the year.
        values: at least one.
    """
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        i = floor(place)
        return ordered[i] + (ordered[min(i + 1, len(ordered) - 1)] - ordered[i]) * (place - i)

    return Spread(year, len(ordered), ordered[0], at(0.25), at(0.5), at(0.75), ordered[-1])


def spread_chart(title: str, spreads: Sequence[Spread], told: str, width: float = 640, height: float = 230) -> Figure:
    """Boxes by year: a line from the smallest to the largest value, a box over the middle half, a bar at the median.

    Args:
        title: what stands above.
        spreads: a box each.
        told: what a box says, with the fields of ``Spread`` in braces.
        width: in units.
        height: in units.
    """
    if not spreads:
        return line_chart(title, (), width, height)
    marks = ticks(min(s.low for s in spreads), max(s.high for s in spreads), 5)
    first, last = min(s.year for s in spreads), max(s.year for s in spreads)
    half = max(2.0, min(9.0, (width - 76) / max(1, last - first) * 0.3))
    frame = Frame((first, last), tuple(marks), width, height, left=_room(marks), inset=half + 4)
    shapes = frame.shapes(title)
    for s in spreads:
        x = frame.x(s.year)
        said = told.format(**{f: getattr(s, f) for f in Spread.__dataclass_fields__})
        shapes.append(Shape("line", "range", ((x, frame.y(s.low)), (x, frame.y(s.high)))))
        size = round(frame.y(s.quarter) - frame.y(s.three_quarters), 1)
        shapes.append(Shape("rect", "box", ((x - half, frame.y(s.three_quarters)), (2 * half, max(size, 1))), said))
        shapes.append(Shape("line", "median", ((x - half, frame.y(s.median)), (x + half, frame.y(s.median)))))
    return Figure(title, width, height, tuple(shapes))


def bar_chart(title: str, bars: Sequence[tuple[str, float, str]], width: float = 560, row: float = 18, named: float = 110) -> Figure:
    """Bars across, one a row: name, value from 0, what is written behind.

    Args:
        title: what stands above; may be empty.
        bars: name, value and words of each.
        width: in units.
        row: height of a row in units.
        named: room for the names in units.
    """
    longest = max((abs(v) for _, v, _ in bars), default=0) or 1
    top = 24 if title else 2
    room = width - named - 90
    shapes = [Shape("text", "strong", ((0, 13),), title, 12.5)] if title else []
    for i, (name, value, words) in enumerate(bars):
        y = top + i * row
        size = round(abs(value) / longest * room, 1)
        shapes.append(Shape("text", "name", ((named - 6, y + row - 5.5),), name, 11.5, "end"))
        shapes.append(Shape("rect", "bar", ((named, y + 3), (max(size, 0.5), row - 7))))
        shapes.append(Shape("text", "label", ((named + size + 5, y + row - 5.5),), words, 11))
    return Figure(title, width, top + len(bars) * row + 4, tuple(shapes))
