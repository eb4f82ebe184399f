"""Search: words in their sentences, figures by their bounds; each hit leads to its place in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from duixian.analysing.search import UNITS, Found, Hit, Unit, search
from duixian.analysing.search_figures import figures_table, search_figures
from duixian.analysing.search_query import Node, Search, parse
from duixian.analysing.search_tables import SECTIONS, hits_table, narrowed, section_path
from duixian.analysing.search_texts import Choice, ReportText
from duixian.analysing.tables import Table
from duixian.registry.indicators import indicator_table
from duixian.serving.site.context import Page, Request
from duixian.serving.site.figures import Figure, Series, line_chart
from duixian.serving.site.finding import Answering, answering, hits_of
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import LEVELS, codes_named
from duixian.serving.site.params import BadParameterError
from duixian.store import PlacedMeasurement, ReportRow, StoreError

PAGE = 30  # reports on one page
EACH = 3  # hits of a report that are shown
DOWNLOADED = 20_000  # hits in one download; narrow the years or places for more
WIDTH = 36  # characters before and after
SORTS = ("best", "newest", "place")


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it."""

    before: str
    hit: str
    after: str
    where: str
    start: int  # in the source


@dataclass(frozen=True, slots=True)
class Result:
    """A report with its first hits."""

    report: ReportRow
    hits: int
    shown: tuple[Shown, ...]


def find(request: Request) -> Page:
    """Reports that answer a query, or the help of the query language."""
    params = request.params
    query = params.text("q")
    level = params.one_of("level", ("", *LEVELS), "")
    years = params.years("year")
    section = params.one_of("section", ("", *SECTIONS), "")
    unit = params.one_of("within", UNITS, "sentence")
    sort = params.one_of("sort", SORTS, "best")
    number = params.number("page", 1, 1, 10_000)
    asked = _asked(request, query)
    choice = _choice(asked, years, level, section, params.text("region"))
    shows: dict[str, object] = {
        "q": query,
        "level": level,
        "levels": LEVELS,
        "year": request.params.text("year"),
        "section": section,
        "sections": tuple(SECTIONS),
        "within": unit,
        "units": UNITS,
        "sort": sort,
        "sorts": SORTS,
        "region": params.text("region"),
        "page_number": number,
        "results": (),
        "figures": (),
        "hits": 0,
        "reports": 0,
        "places": 0,
        "pages": 0,
        "chart": None,
        "held": texts_held(request),
        "indicators": indicator_table().indicators,
    }
    title = request.say("检索", "Search") + (f" · {query}" if query else "")
    if asked is None or (asked.node is None and not asked.fields.get("indicator")):
        return Page(title, "search.html", shows)
    if asked.fields.get("indicator"):
        return _figures(request, asked, choice, shows, title, number)
    assert asked.node is not None
    texts = request.shelf.texts()
    node = asked.node
    found = answering(texts, node, choice, unit)
    ordered = _ordered(found, sort)
    chart = _by_year(request, found, [t.report.year for t in texts.chosen(choice)], query)
    here = [a.text for a in ordered[(number - 1) * PAGE : number * PAGE]]
    narrow = replace(choice, years=None, levels=None, places=None)  # these are the chosen ones already
    shows |= {
        "results": tuple(_result(f) for f in _hits(request, here, node, narrow, unit)),
        "hits": sum(a.hits for a in found),
        "reports": len(found),
        "places": len({f.text.report.region_id for f in found}),
        "pages": -(-len(found) // PAGE),
        "chart": chart,
    }

    def table() -> Table:
        return hits_table(_hits(request, _first(ordered), node, narrow, unit))

    return Page(title, "search.html", shows, table, (lambda: chart) if chart else None)


def texts_held(request: Request) -> str:
    """How many of the reports have their text here; empty where all have."""
    here, every = request.shelf.with_text, len(request.shelf.reports)
    if here == every:
        return ""
    return request.say(f"{every:,} 篇报告中 {here:,} 篇有原文。", f"{here:,} of {every:,} reports have their text here.")


def _first(ordered: Sequence[Answering]) -> list[ReportText]:
    """The reports whose hits a download holds: whole reports until there are enough hits."""
    held = accumulate((a.hits for a in ordered), initial=0)
    return [a.text for a, before in zip(ordered, held, strict=False) if before < DOWNLOADED]


def _hits(request: Request, texts: Sequence[ReportText], node: Node, choice: Choice, unit: Unit) -> list[Found]:
    if choice.figure is None:
        return hits_of(texts, node, choice, unit)
    wanted = {id(t): i for i, t in enumerate(texts)}  # which sentences hold a figure only the whole collection knows
    found = [f for f in search(request.shelf.texts(), node, choice, unit) if id(f.text) in wanted]
    return sorted(found, key=lambda f: wanted[id(f.text)])


def _asked(request: Request, query: str) -> Search | None:
    if not query:
        return None
    try:
        asked = parse(query)
    except StoreError as error:
        raise BadParameterError("q", query, str(error)) from None
    if asked.comparisons and not asked.fields.get("indicator"):
        raise BadParameterError("q", query, request.say("比较（如 >3）要和 indicator:指标 一起用", "a bound such as >3 needs indicator:ID"))
    return asked


def _choice(asked: Search | None, years: Sequence[int] | None, level: str, section: str, named: str) -> Choice:
    choice = Choice(
        years=frozenset(years) if years else None,
        levels=frozenset(x for x in LEVELS if x == level) or None,
        sections=frozenset(role for name, role in SECTIONS.items() if name == section) or None,
        places=frozenset(codes_named(named) or ()) or None,
    )
    try:
        return narrowed(choice, asked.fields) if asked else choice
    except StoreError as error:
        raise BadParameterError("q", "…", str(error)) from None


def _ordered(found: list[Answering], sort: str) -> list[Answering]:
    if sort == "newest":
        return sorted(found, key=lambda a: (-a.text.report.year, a.text.report.region_code))
    if sort == "place":
        return found
    return sorted(found, key=lambda a: (-a.score, a.text.report.region_code, a.text.report.year, a.text.report.source))


def _result(found: Found) -> Result:
    return Result(found.text.report, len(found.hits), tuple(_shown(h) for h in found.hits[:EACH]))


def _shown(hit: Hit) -> Shown:
    before, word, after = hit.context(WIDTH)
    return Shown(before, word, after, section_path(hit.section), hit.source_span[0])


def _by_year(request: Request, found: Sequence[Answering], chosen: Sequence[int], query: str) -> Figure | None:
    """The share of each year's reports that answer; none where all are of one year."""
    base = Counter(chosen)
    held = Counter(f.text.report.year for f in found)
    if len(base) < 2:
        return None
    points = tuple((year, round(100 * held[year] / base[year], 1)) for year in sorted(base))
    told = tuple(f"{year}: {held[year]} / {base[year]} ({share:g}%)" for year, share in points)
    title = request.say(f"提到“{query}”的报告占比（%）", f"reports with “{query}”, per cent of the year's")
    return line_chart(title, (Series(query, "series0", points, told),), 640, 170, 0)


def _figures(request: Request, asked: Search, choice: Choice, shows: dict[str, object], title: str, number: int) -> Page:
    try:
        found: tuple[PlacedMeasurement, ...] = search_figures(request.store, asked, choice)
    except StoreError as error:
        raise BadParameterError("q", "…", str(error)) from None
    shows |= {
        "figures": found[(number - 1) * PAGE : number * PAGE],
        "hits": len(found),
        "reports": len({m.report_id for m in found}),
        "places": len({m.region_id for m in found}),
        "pages": -(-len(found) // PAGE),
    }

    def table() -> Table:
        return figures_table(found)

    return Page(title, "search.html", shows, table)


ROUTES = (
    PageRoute(
        "/search",
        find,
        ("q", "level", "year", "section", "within", "sort", "region", "page"),
        "words in their sentences, or figures by indicator and bound",
        charts=True,
    ),
)
