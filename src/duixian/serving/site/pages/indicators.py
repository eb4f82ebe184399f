"""Indicators: the registry with what the archive holds of each, and one indicator by year, level and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from duixian.analysing.headline import headline_table
from duixian.analysing.settlements import JUDGED
from duixian.analysing.tables import Column, Table
from duixian.registry.indicators import Indicator, indicator_table
from duixian.registry.units import unit_table
from duixian.serving.site.cells import CellView, cells
from duixian.serving.site.context import NotThereError, Page, Request
from duixian.serving.site.figures import Figure, Spread, short, spread_chart, spread_of
from duixian.serving.site.pages.choosing import Group, by_field, field_name, menu, named
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import LEVELS, called, level_of, ratio
from duixian.store.site_queries import POINTS, VERDICT_COUNTS, Point, VerdictCount

FEWEST = 3  # years that a place needs to be called bold or careful
SHOWN = 10  # places in each list
NAMES = 40  # names of a subject that are shown
_RATE = ("%", "个百分点")


@dataclass(frozen=True, slots=True)
class Held:
    """An indicator with what the archive holds of it."""

    indicator: Indicator
    targets: int
    actuals: int
    places: int
    years: str
    judged: int
    share: float | None  # per cent met or about met of those judged


@dataclass(frozen=True, slots=True)
class YearOf:
    """A year of an indicator at a level: its verdicts."""

    year: str
    targets: int
    met: int
    about_met: int
    missed: int
    not_reported: int
    not_comparable: int
    share: float | None
    mean_gap: float | None


@dataclass(frozen=True, slots=True)
class Bold:
    """How far a place's targets stand above or below the middle of its level, on average over its years."""

    region_id: str
    name: str
    years: int
    mean: float


def index(request: Request) -> Page:
    """The indicators of the registry by field, or those that some words may mean."""
    words = request.params.text("q")
    domains = tuple(dict.fromkeys(i.domain for i in indicator_table().indicators.values()))
    domain = request.params.one_of("domain", ("", *domains), "")
    wanted = {i.id for i in named(words)} if words else set(indicator_table().indicators)
    rows = [h for h in _held(request) if h.indicator.id in wanted and (not domain or h.indicator.domain == domain)]
    held = {h.indicator.id: h for h in rows if h.targets or h.actuals}
    headline = [h.indicator for h in held.values() if h.indicator.headline]
    first = [Group(request.say("主要指标", "Headline indicators"), tuple(headline))] if headline else []
    groups = first + by_field(request, (h.indicator for h in held.values() if not h.indicator.headline))
    shows = {
        "groups": [(g.name, [held[i.id] for i in g.indicators]) for g in groups],
        "others": by_field(request, (h.indicator for h in rows if h.indicator.id not in held)),
        "others_count": len(rows) - len(held),
        "q": words,
        "domain": domain,
        "domains": [(d, field_name(request, d)) for d in domains],
        "menu": menu(request),
        "count": len(rows),
    }
    return Page(request.say("指标", "Indicators"), "indicators.html", shows, lambda: _index_table(rows))


def _held(request: Request) -> list[Held]:
    samples = request.shelf.only_samples
    counts = {c.indicator: c for c in request.shelf.indicator_counts}
    verdicts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for v in request.store.rows(VERDICT_COUNTS, samples=samples):
        verdicts[v.indicator][v.verdict] += v.count
    found = []
    for known in indicator_table().indicators.values():
        c, seen = counts.get(known.id), verdicts[known.id]
        judged = sum(seen[x] for x in JUDGED)
        held = (c.targets, c.actuals, c.places, f"{c.first}–{c.last}") if c else (0, 0, 0, "")
        found.append(Held(known, *held, judged, ratio(seen["met"] + seen["about_met"], judged)))
    return found


def _index_table(rows: Sequence[Held]) -> Table:
    columns = (
        Column("indicator", "指标代码", "indicator id"),
        Column("zh", "指标", "in Chinese"),
        Column("en", "英文", "in English"),
        Column("domain", "领域", "field"),
        Column("headline", "主要指标", "headline"),
        Column("kind", "种类", "kind"),
        Column("polarity", "方向", "good when"),
        Column("targets", "目标数", "targets", numeric=True),
        Column("actuals", "实际数", "results", numeric=True),
        Column("places", "地区数", "places", numeric=True),
        Column("years", "年份", "years"),
        Column("judged", "已结算", "settled", numeric=True),
        Column("share", "完成率%", "share met %", numeric=True),
    )
    body = tuple(
        (*(getattr(h.indicator, n) for n in ("id", "zh", "en", "domain", "headline", "kind", "polarity")), h.targets,
         h.actuals, h.places, h.years, h.judged, h.share)
        for h in rows
    )  # fmt: skip
    return Table("indicators", columns, body)


def indicator(request: Request) -> Page:
    """One indicator at a level: definition, spread by year, verdicts by year, boldest places, the year's values."""
    one = request.path["indicator"]
    known = indicator_table().indicators.get(one)
    if known is None:
        near = [i for i in indicator_table().indicators if i.split(".")[0] == one.split(".")[0]][:5]
        hint = ", ".join(near) or "/indicators"
        raise NotThereError(request.say(f"没有指标 {one[:40]}；见 {hint}", f"no indicator {one[:40]}; see {hint}"))
    level = level_of(request)
    years = request.shelf.years_of(level)
    year = request.params.year("year", request.shelf.full_year(level))
    points = request.store.rows(POINTS, indicators=[one], level=level, samples=request.shelf.only_samples)
    targets = _by_year(points, "target")
    found = cells(request, [one], [year], [level]) if year else {}
    values = sorted(
        ((code, cell) for (code, _, _), cell in found.items()), key=lambda pair: (pair[1].target is None, -(_aim(pair[1]) or 0), pair[0])
    )
    bold = _boldest(points)
    table = indicator_table()
    name = request.say(known.zh, known.en)

    def figure() -> Figure:
        told = request.say(
            "{year}：{count} 个地区，中位数 {median:g}，{low:g} 至 {high:g}",
            "{year}: {count} places, median {median:g}, {low:g} to {high:g}",
        )
        return spread_chart(f"{name} · {request.say('各地目标的分布', 'how targets are spread')}", _spreads(targets), told)

    shows = {
        "known": known,
        "names": sorted({n for n, subject in table.names.items() if subject == known.subject}, key=len)[:NAMES],
        "bounds": tuple("" if v is None else short(v) if request.lang == "zh" else f"{v:,.12g}" for v in (known.low, known.high)),
        "level": level,
        "levels": LEVELS,
        "year": year,
        "years": years,
        "figure": figure() if targets else None,
        "by_year": _years(request.store.rows(VERDICT_COUNTS, indicator=one, samples=request.shelf.only_samples), level),
        "bold": bold[:SHOWN],
        "careful": [b for b in reversed(bold) if b not in bold[:SHOWN]][:SHOWN],
        "values": [(code, called(code, year), cell) for code, cell in values][:120],
        "more": max(0, len(values) - 120),
    }
    return Page(
        name, "indicator.html", shows, lambda: headline_table(request.store, [one], None, [level], None, request.corrections), figure
    )


def _aim(cell: CellView) -> float | None:
    return cell.target.value if cell.target else None


def _size(p: Point) -> float:
    """A value in its canonical unit; a fall is negative."""
    worth = unit_table().worth(p.unit or "")
    value = p.low if p.unit in _RATE or not p.unit else p.low * worth.factor
    return -value if p.direction == "down" else value


def _by_year(points: Sequence[Point], role: str) -> dict[int, list[float]]:
    found: dict[int, list[float]] = defaultdict(list)
    for p in points:
        if p.role == role:
            found[p.year].append(_size(p))
    return found


def _spreads(targets: dict[int, list[float]]) -> list[Spread]:
    return [spread_of(year, values) for year, values in sorted(targets.items())]


def _years(counts: Sequence[VerdictCount], level: str) -> list[YearOf]:
    """Verdicts by year of the plan, last first."""
    by_year: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    gaps: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for c in counts:
        if c.level == level:
            by_year[c.period][c.verdict] += c.count
            if c.mean_gap is not None:
                gaps[c.period].append((c.mean_gap, c.count))
    found = []
    for year, v in sorted(by_year.items(), reverse=True):
        judged = sum(v[x] for x in JUDGED)
        weight = sum(n for _, n in gaps[year])
        gap = round(sum(g * n for g, n in gaps[year]) / weight, 2) if weight else None
        counted = (v["met"], v["about_met"], v["missed"], v["not_reported"], v["not_comparable"])
        found.append(YearOf(year, sum(v.values()), *counted, ratio(v["met"] + v["about_met"], judged), gap))
    return found


def _boldest(points: Sequence[Point]) -> list[Bold]:
    """Places by how far their targets stand from the median of their level's in the same year; rates only."""
    targets = [p for p in points if p.role == "target" and p.unit in _RATE]
    middle = {year: median(values) for year, values in _by_year(targets, "target").items()}
    away: dict[str, list[float]] = defaultdict(list)
    names: dict[str, str] = {}
    for p in targets:
        away[p.region_id].append(_size(p) - middle[p.year])
        names[p.region_id] = called(p.region_id, p.year)
    found = [Bold(code, names[code], len(v), round(fmean(v), 2)) for code, v in away.items() if len(v) >= FEWEST]
    return sorted(found, key=lambda b: (-b.mean, b.region_id))


ROUTES = (
    PageRoute(
        "/indicators",
        index,
        ("q", "domain"),
        "the registry of indicators, with what the archive holds of each and how often targets are met",
    ),
    PageRoute(
        "/indicator/{indicator}",
        indicator,
        ("level", "year"),
        "one indicator: definition, spread of targets by year, verdicts by year, boldest places",
        charts=True,
        examples={"indicator": "gdp.growth"},
    ),
)
