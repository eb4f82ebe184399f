"""Regions: the index of places, and a place through the years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from duixian.analysing.archive_tables import reports_table
from duixian.analysing.corrected import corrected_panel
from duixian.analysing.headline import headline_table
from duixian.registry.indicators import indicator_table, is_fall
from duixian.registry.regions import NATIONAL, Region, regions
from duixian.serving.site.cells import CellView, cells_of, shown
from duixian.serving.site.context import Page, Request
from duixian.serving.site.figures import Figure, Series, line_chart, side_by_side
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import name_of, near, place_of
from duixian.store import LivelihoodRow, ReportRow
from duixian.store.queries import LIVELIHOOD, SETTLEMENTS, PlacedMeasurement
from duixian.store.site_queries import PROMISE_COUNTS, TOPIC_COUNTS, PromiseCount

CHARTS = 12  # small multiples at most
FEWEST = 3  # values that a small multiple needs
TOPICS = 6  # topics that rose, and that fell


@dataclass(frozen=True, slots=True)
class Below:
    """A place below another, with its reports."""

    region: Region
    name: str
    reports: int
    years: str
    inside: int  # places below it with reports


@dataclass(frozen=True, slots=True)
class Moved:
    """A topic whose share of the promises changed."""

    topic: str
    now: float  # per cent of the year's promises
    before: float
    change: float


def index(request: Request) -> Page:
    """All places with reports, by province."""
    shelf = request.shelf
    inside: dict[str, list[ReportRow]] = defaultdict(list)
    for report in shelf.all_primary:
        inside[report.region_id[:2] + "0000"].append(report)
    last = max(shelf.years, default=2025)
    provinces = list(regions().provinces(last, special=True, sample=True))
    groups = [(p, name_of(p), inside.get(p.region_id, [])) for p in provinces if not p.sample or p.region_id in inside]
    shows = {
        "nation": _below([NATIONAL], request),
        "groups": [
            (
                province,
                name,
                len(found),
                len({r.region_id for r in found if r.level == "prefecture"}),
                len({r.region_id for r in found if r.level == "county"}),
                _span(r.year for r in found),
                bool(shelf.of_place(province.region_id)),
            )
            for province, name, found in groups
        ],
        "count": len(shelf.places),
    }
    return Page(request.say("地区", "Regions"), "regions.html", shows, lambda: reports_table(shelf.all_primary))


def region(request: Request) -> Page:
    """One place: charts through the years, the year's account, livelihood items, topics, reports, places below."""
    place = place_of(request, request.path["code"])
    held = request.shelf.of_place(place.region_id)
    years = [r.year for r in held]
    year = request.params.year("year", years[-1] if years else None)
    report = request.shelf.at(place.region_id, year) if year else None
    panel = corrected_panel(request.store, request.corrections, codes=[place.region_id]) if held else ()
    settled = request.store.rows(SETTLEMENTS, codes=[place.region_id], first=year, last=year) if year and held else ()
    account = cells_of(panel, settled, [year]) if year else {}
    charts = _charts(panel, request)
    other = [s for s in settled if s.tier != "base" or s.agg is not None or not s.period.isdigit()]
    moved = _moved(request, place.region_id, report)
    before, after = (_step(years, year, -1), _step(years, year, 1)) if year else (None, None)
    shows = {
        "place": place,
        "above": [(a, name_of(a)) for a in reversed(regions().ancestors(place))],
        "held": held,
        "year": year,
        "before": before,
        "after": after,
        "report": report,
        "nearest": near(years, year) if year and report is None else None,
        "charts": charts,
        "account": _account(account, place.region_id, year),
        "other": other,
        "verdicts": Counter(c.settlement.verdict for c in account.values() if c.settlement),
        "livelihood": _livelihood(request, report),
        "promises": _promises(request, place.region_id, year) if report else [],
        "rose": _furthest(moved, 1),
        "fell": _furthest(moved, -1),
        "below": _below([c.region_id for c in regions().children(place.code, max(years, default=place.valid_to))], request),
        "indicators": indicator_table().indicators,
    }
    ids = list(dict.fromkeys(m.indicator for m in panel if m.indicator and m.indicator in indicator_table().indicators))
    title = place.full_name
    figure = lambda: side_by_side(title, charts)  # noqa: E731 - only called for .svg and .png
    codes = [place.region_id]
    return Page(title, "region.html", shows, lambda: headline_table(request.store, ids, None, None, codes, request.corrections), figure)


def _step(years: Sequence[int], year: int, way: int) -> int | None:
    further = [y for y in years if (y - year) * way > 0]
    return (min(further) if way > 0 else max(further)) if further else None


def _charts(panel: Sequence[PlacedMeasurement], request: Request) -> list[Figure]:
    """A small multiple for each indicator with the most values, target and result by the year they are about."""
    values: dict[str, dict[str, dict[int, tuple[float, str]]]] = defaultdict(lambda: {"target": {}, "actual": {}})
    for m in panel:
        one = shown(m)
        known = indicator_table().indicators.get(m.indicator or "")
        if known is None or m.low is None or m.canonical_low is None:
            continue
        size = -m.canonical_low if is_fall(known.id, m.direction) else m.canonical_low
        year = m.year if m.role == "target" else m.year - 1
        values[known.id][m.role].setdefault(year, (size, one.words))
    most = sorted(values, key=lambda i: (-sum(map(len, values[i].values())), list(indicator_table().indicators).index(i)))
    chosen = [i for i in most if sum(map(len, values[i].values())) >= FEWEST][:CHARTS]
    return [_chart(i, values[i], request) for i in chosen]


def _chart(indicator: str, sides: dict[str, dict[int, tuple[float, str]]], request: Request) -> Figure:
    known = indicator_table().indicators[indicator]
    lines = []
    for role, name in (("target", request.say("目标", "target")), ("actual", request.say("实际", "result"))):
        points = sorted(sides[role].items())
        told = tuple(f"{year} {name}: {words}" for year, (_, words) in points)
        lines.append(Series(name, role, tuple((year, value) for year, (value, _) in points), told))
    return line_chart(request.say(known.zh, known.en), lines)


def _account(found: dict[tuple[str, int, str], CellView], region_id: str, year: int | None) -> list[tuple[str, CellView]]:
    """The year's cells in the order of the registry."""
    order = [(i, found.get((region_id, year or 0, i))) for i in indicator_table().indicators]
    return [(i, cell) for i, cell in order if cell is not None]


def _livelihood(request: Request, report: ReportRow | None) -> tuple[LivelihoodRow, ...]:
    return request.store.rows(LIVELIHOOD, report_id=report.report_id, source=report.source) if report else ()


def _promises(request: Request, region_id: str, year: int | None) -> list[PromiseCount]:
    return list(request.store.rows(PROMISE_COUNTS, year=year, codes=[region_id]))


def _moved(request: Request, region_id: str, report: ReportRow | None) -> list[Moved]:
    """How the share of each topic among the year's promises changed against the report before."""
    before = request.shelf.beside(report)[0] if report else None
    if report is None or before is None:
        return []
    rows = request.store.rows(TOPIC_COUNTS, region_id=region_id, years=[before.year, report.year])
    shares = {(r.year, r.topic): 100 * r.count / r.promises for r in rows}
    topics = {t for _, t in shares}
    return [
        Moved(t, round(now, 1), round(then, 1), round(now - then, 1))
        for t in sorted(topics)
        for now, then in [(shares.get((report.year, t), 0.0), shares.get((before.year, t), 0.0))]
    ]


def _furthest(moved: Sequence[Moved], way: int) -> list[Moved]:
    """Those that rose (1) or fell (-1) most."""
    found = [m for m in moved if m.change * way >= 0.5]
    return sorted(found, key=lambda m: -m.change * way)[:TOPICS]


def _below(codes: Sequence[str], request: Request) -> list[Below]:
    found = []
    places = request.shelf.places
    for code in codes:
        place = regions().at(code)
        if place is None:
            continue
        years = [r.year for r in request.shelf.of_place(code)]
        inside = sum(1 for c in regions().children(place.code, place.valid_to) if c.region_id in places) if place.level != "national" else 0
        found.append(Below(place, name_of(place), len(years), _span(years), inside))
    return sorted(found, key=lambda b: (b.reports == 0 and b.inside == 0, b.region.code))


def _span(years: object) -> str:
    held = sorted(set(years))  # type: ignore[call-overload]  # any iterable of years
    return "" if not held else str(held[0]) if held[0] == held[-1] else f"{held[0]}–{held[-1]}"


ROUTES = (
    PageRoute("/regions", index, (), "the places with reports, by province"),
    PageRoute(
        "/region/{code}",
        region,
        ("year",),
        "a place through the years: targets and results, the year's account, livelihood items, topics, reports, places below",
        charts=True,
        examples={"code": "100000"},
    ),
)
