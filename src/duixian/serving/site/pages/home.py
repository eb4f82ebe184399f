"""Home: what is in the store, the country as a tile map, the distribution of the year's headline target."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from duixian.analysing.headline import headline_table
from duixian.registry.indicators import indicator_table
from duixian.registry.regions import regions
from duixian.serving.site.cells import CellView, cells
from duixian.serving.site.context import Page, Request
from duixian.serving.site.figures import Figure, Shape
from duixian.serving.site.pages.choosing import menu
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import LEVELS
from duixian.serving.site.tiles import TILES

SHOWS = ("target", "actual", "gap", "verdict")
DEFAULT = "gdp.growth"
STEPS = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """One province on the map."""

    code: str
    name: str
    row: int
    column: int
    cell: CellView | None
    said: str
    step: int | None  # 0 … STEPS-1, from the smallest value to the largest


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a distribution."""

    label: str
    count: int
    share: float  # of the longest bar


def home(request: Request) -> Page:
    """The country in one look."""
    real, years = request.shelf.reports, request.shelf.years
    indicator = request.params.one_of("indicator", tuple(indicator_table().indicators), DEFAULT)
    show = request.params.one_of("show", SHOWS, "target")
    year = request.params.year("year", request.shelf.full_year("province") or max(years, default=None))
    held = Counter((r.level, r.year // 10 * 10) for r in real)
    levels = [level for level in LEVELS if any(k[0] == level for k in held)]
    found = cells(request, [indicator], [year], ["province"]) if year else {}
    spots = (*TILES, *_fictional(request))
    tiles = [_tile(code, row, column, found.get((code, year or 0, indicator)), show) for code, row, column in spots]
    graded = _graded(tiles, show)
    shows = {
        "reports": len(real),
        "sample_only": request.shelf.only_samples,
        "levels": levels,
        "decades": [(d, [held[lvl, d] for lvl in levels]) for d in sorted({k[1] for k in held}, reverse=True)],
        "years": years,
        "year": year,
        "indicator": indicator,
        "indicators": indicator_table().indicators,
        "menu": menu(request, (indicator,)),
        "show": show,
        "shows": SHOWS,
        "tiles": graded,
        "bars": _bars(found),
    }
    known = indicator_table().indicators[indicator]
    title = f"{year or ''} {request.say(known.zh, known.en)} · {request.say(*_SHOWS[show])}"
    return Page(
        request.say("兑现", "duixian"),
        "home.html",
        shows,
        lambda: headline_table(request.store, [indicator], [year] if year else None, ["province"], None, request.corrections),
        lambda: tile_map(title, graded),
    )


_SHOWS = {"target": ("目标", "target"), "actual": ("实际", "result"), "gap": ("差距", "gap"), "verdict": ("结算", "verdict")}


def tile_map(title: str, tiles: list[Tile]) -> Figure:
    """The map as a drawing."""
    wide, high, top = 92, 52, 44
    shapes = [Shape("text", "strong", ((8, 26),), title, 15)]
    for t in tiles:
        x, y = 8 + (t.column - 1) * wide, top + (t.row - 1) * high
        shapes += [
            Shape("rect", "tile" if t.step is None else f"tile{t.step}", ((x, y), (wide - 4, high - 4))),
            Shape("text", "name", ((x + 6, y + 18),), t.name, 12),
            Shape("text", "strong", ((x + 6, y + 38),), t.said or "·", 12),
        ]
    across, down = max(t.column for t in tiles), max(t.row for t in tiles)
    return Figure(title, 16 + across * wide, top + down * high + 8, tuple(shapes))


def _fictional(request: Request) -> list[tuple[str, int, int]]:
    """Where the sample's provinces stand when there is nothing else: in the empty corner of the north-west."""
    if not request.shelf.only_samples:
        return []
    codes = sorted({r.region_id for r in request.shelf.reports if r.level == "province"})
    return [(code, 1, column) for column, code in enumerate(codes[:5], 2)]


def _tile(code: str, row: int, column: int, cell: CellView | None, show: str) -> Tile:
    region = regions().at(code)
    name = regions().short_name(region) if region else code
    return Tile(code, name, row, column, cell, _said(cell, show), None)


def _said(cell: CellView | None, show: str) -> str:
    if cell is None:
        return ""
    if show == "target":
        return cell.target.words if cell.target else ""
    if show == "actual":
        return cell.actual.words if cell.actual else ""
    if cell.settlement is None:
        return ""
    return cell.mark if show == "verdict" else "" if cell.settlement.gap is None else f"{cell.settlement.gap:+.3g}"


def _value(cell: CellView | None, show: str) -> float | None:
    if cell is None or show == "verdict":
        return None
    if show == "gap":
        return cell.settlement.gap if cell.settlement else None
    side = cell.target if show == "target" else cell.actual
    return side.value if side else None


def _graded(tiles: list[Tile], show: str) -> list[Tile]:
    """Tiles with their step between the smallest and the largest value."""
    values = [v for t in tiles if (v := _value(t.cell, show)) is not None]
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    out = []
    for t in tiles:
        v = _value(t.cell, show)
        step = None if v is None else STEPS // 2 if high == low else min(STEPS - 1, int((v - low) / (high - low) * STEPS))
        out.append(Tile(t.code, t.name, t.row, t.column, t.cell, t.said, step))
    return out


def _bars(found: dict[tuple[str, int, str], CellView]) -> list[Bar]:
    counts = Counter(c.target.words for c in found.values() if c.target and c.target.value is not None)
    order = {c.target.words: c.target.value for c in found.values() if c.target and c.target.value is not None}
    longest = max(counts.values(), default=1)
    return [Bar(label, counts[label], counts[label] / longest) for label in sorted(counts, key=lambda w: (order[w] or 0, w))]


ROUTES = (
    PageRoute("/", home, ("year", "indicator", "show"), "what the store holds; the provinces' headline values of a year", charts=True),
)
