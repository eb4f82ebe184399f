"""Compare: regions by indicators, target and result in a cell with the verdict."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.analysing.headline import headline_table
from duixian.registry.indicators import indicator_table
from duixian.registry.regions import regions
from duixian.serving.site.cells import MARKS, CellView, cells
from duixian.serving.site.context import Page, Request
from duixian.serving.site.pages.choosing import menu, named
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import LEVELS, level_of
from duixian.serving.site.params import BadParameterError
from duixian.store import ReportRow

DEFAULT = ("gdp.growth", "cpi.growth", "jobs_new.level", "unemployment_surveyed.level", "budget_revenue.growth")
MOST = 12  # columns
SIDES = ("target", "actual", "gap", "region")
PAGE = 100  # regions on one page


@dataclass(frozen=True, slots=True)
class Row:
    """A region with its cells, in the order of the indicators."""

    report: ReportRow
    name: str
    cells: tuple[CellView | None, ...]
    last: tuple[CellView | None, ...]  # of the year before
    pinned: bool


def compare(request: Request) -> Page:
    """Regions by indicators for one year."""
    params, known = request.params, indicator_table().indicators
    level = level_of(request)
    years = request.shelf.years_of(level)
    year = params.year("year", request.shelf.full_year(level))
    ids = _ids(request)
    sort = params.one_of("sort", SIDES, "region")
    by = params.one_of("by", tuple(ids), ids[0])
    order = params.one_of("order", ("asc", "desc"), "asc" if sort == "region" else "desc")
    pins = params.several_of("pin", lambda c: c.isdigit() and len(c) == 6, (), "six-digit codes of places")
    under = params.text("under")
    verdict = params.one_of("verdict", ("", *MARKS), "")
    page = params.number("page", 1, 1, 1000)
    here = _reports(request, level, year, under)
    found = cells(request, ids, [year - 1, year], [level]) if year else {}
    rows = [_row(r, ids, found, r.region_id in pins) for r in here]
    if verdict:
        rows = [r for r in rows if r.pinned or any(c and c.settlement and c.settlement.verdict == verdict for c in r.cells)]
    rows = _sorted(rows, sort, ids.index(by), order)
    shows = {
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "count": len(rows),
        "page_number": page,
        "pages": -(-len(rows) // PAGE),
        "ids": ids,
        "indicators": known,
        "menu": menu(request, ids),
        "level": level,
        "levels": LEVELS,
        "years": years,
        "year": year,
        "sort": sort,
        "by": by,
        "order": order,
        "pins": pins,
        "under": under,
        "verdict": verdict,
        "verdicts": tuple(MARKS),
        "provinces": [p for p in regions().provinces(year, sample=True) if not p.sample or p.region_id in request.shelf.places]
        if year
        else (),
    }
    codes = [r.report.region_id for r in rows]
    return Page(
        request.say("比较", "Compare"),
        "compare.html",
        shows,
        lambda: headline_table(request.store, ids, [year] if year else None, [level], codes, request.corrections),
    )


def _ids(request: Request) -> list[str]:
    """The indicators of the columns: those of the address, and one that is added by its name."""
    params, known = request.params, indicator_table().indicators
    ids = params.several_of("indicator", known.__contains__, DEFAULT, "ids of the registry, see /indicators", MOST)
    words = params.text("add")
    if not words:
        return ids
    found = named(words)
    if len(found) != 1:
        near = "、".join(i.zh if request.lang == "zh" else i.en for i in found[:12]) or "/indicators"
        raise BadParameterError("add", words, request.say(f"一个指标的名称或代码，如 {near}", f"the name or id of one indicator: {near}"))
    return list(dict.fromkeys([*ids, found[0].id]))[-MOST:]


def _reports(request: Request, level: str, year: int | None, under: str) -> list[ReportRow]:
    """The year's reports of a level, one for each place."""
    found = (r for r in request.shelf.all_primary if r.level == level and r.year == year and _is_under(r, under))
    real = {r.region_id: r for r in found if not r.sample or request.shelf.only_samples or under == r.region_id[:2] + "0000"}
    return list(real.values())


def _is_under(report: ReportRow, under: str) -> bool:
    return not under or report.region_id.startswith(under[:2]) or report.region_id == under


def _row(report: ReportRow, ids: list[str], found: dict[tuple[str, int, str], CellView], pinned: bool) -> Row:
    region = regions().at(report.region_id, report.year)
    name = regions().short_name(region) if region else report.region
    here = tuple(found.get((report.region_id, report.year, i)) for i in ids)
    last = tuple(found.get((report.region_id, report.year - 1, i)) for i in ids)
    return Row(report, name, here, last, pinned)


def _sorted(rows: list[Row], sort: str, at: int, order: str) -> list[Row]:
    """Pinned regions first; regions without a value last, whatever the order."""

    def value(row: Row) -> float | None:
        cell = row.cells[at]
        if cell is None:
            return None
        if sort == "gap":
            return cell.settlement.gap if cell.settlement else None
        side = cell.target if sort == "target" else cell.actual
        return side.value if side else None

    if sort == "region":
        return sorted(rows, key=lambda r: (not r.pinned, r.report.region_code if order == "asc" else _reversed(r.report.region_code)))
    sign = 1 if order == "asc" else -1
    return sorted(rows, key=lambda r: (not r.pinned, value(r) is None, sign * (value(r) or 0), r.report.region_code))


def _reversed(code: str) -> str:
    return "".join(chr(ord("9") - int(c) + ord("0")) if c.isdigit() else c for c in code)


ROUTES = (
    PageRoute(
        "/compare",
        compare,
        ("year", "level", "indicator", "sort", "by", "order", "pin", "under", "verdict", "page", "add"),
        "regions by indicators: the year's target, its result and the verdict",
    ),
)
