"""Data: what the archive covers, what is doubtful and missing, what people corrected, what each column means, how right it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from duixian._version import __version__
from duixian.analysing.archive_tables import rejected_table, reports_table
from duixian.analysing.corrections import corrections_table
from duixian.analysing.score_table import COLUMNS
from duixian.analysing.tables import Column, Table
from duixian.registry.indicators import indicator_table
from duixian.registry.regions import regions
from duixian.serving.site.codebook import column_note, scores, table_note
from duixian.serving.site.context import Page, Request
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import LEVELS, called, level_of, name_of
from duixian.store import EXPORTED, TABLES, ReportRow
from duixian.store.queries import FAILURES, REJECTED

PAGE: Final = 200  # reports on one page of flags
SECTIONS: Final = ("coverage", "flags", "gaps", "corrections", "codebook", "quality", "cite", "api")


@dataclass(frozen=True, slots=True)
class Gap:
    """Years between a place's first and last report of which the archive has none."""

    region_id: str
    name: str
    first: int
    last: int
    missing: tuple[int, ...]


def hub(request: Request) -> Page:
    """What the archive holds, in numbers, and where to read more."""
    counts = request.store.counts
    shows = {
        "counts": counts,
        "created": request.store.manifest.created,
        "number": request.store.number,
        "corrections": len(request.log),
        "sections": SECTIONS,
        "tables": [(name, table_note(name)) for name in EXPORTED],
    }
    return Page(request.say("数据", "Data"), "data.html", shows, lambda: reports_table(request.shelf.all_primary))


def coverage(request: Request) -> Page:
    """Reports by place and year at a level."""
    level = level_of(request)
    held: dict[str, dict[int, ReportRow]] = defaultdict(dict)
    for r in request.shelf.reports:
        if r.level == level:
            held[r.region_id].setdefault(r.year, r)
    years = request.shelf.years_of(level)
    rows = [(code, called(code), of) for code, of in sorted(held.items())]
    totals = Counter((r.level, r.year) for r in request.shelf.reports)
    shows = {
        "level": level,
        "levels": LEVELS,
        "years": years,
        "rows": rows,
        "totals": [totals[level, y] for y in years],
        "decades": len(years) > 40,
    }
    return Page(request.say("覆盖", "Coverage"), "coverage.html", shows, lambda: _coverage_table(request))


def _coverage_table(request: Request) -> Table:
    columns = (
        Column("level", "级别", "level"),
        Column("region_id", "固定代码", "region_id"),
        Column("region", "地区", "region"),
        Column("year", "年份", "year", numeric=True),
        Column("kind", "种类", "kind"),
        Column("chars", "字数", "characters", numeric=True),
        Column("flags", "标记", "flags"),
        Column("report_id", "编号", "id"),
    )
    rows = tuple((r.level, r.region_id, r.region, r.year, r.kind, r.chars, ", ".join(r.flags), r.report_id) for r in request.shelf.reports)
    return Table("coverage", columns, rows)


def flags(request: Request) -> Page:
    """Reports about which something is doubtful, by flag; what is no report or could not be read."""
    counts = Counter(f for r in request.shelf.all_primary for f in r.flags)
    flag = request.params.one_of("flag", ("", *sorted(counts)), "")
    number = request.params.number("page", 1, 1, 1000)
    found = [r for r in request.shelf.all_primary if (flag in r.flags if flag else r.flags)]
    shows = {
        "counts": sorted(counts.items(), key=lambda c: (-c[1], c[0])),
        "flag": flag,
        "rows": found[(number - 1) * PAGE : number * PAGE],
        "total": len(found),
        "page_number": number,
        "pages": -(-len(found) // PAGE),
        "rejected": request.store.rows(REJECTED)[:50],
        "failures": request.store.rows(FAILURES)[:50],
    }
    title = request.say("标记", "Flags")
    return Page(title, "flags.html", shows, lambda: reports_table(found) if found or flag else rejected_table(request.store))


def gaps(request: Request) -> Page:
    """Years that the archive lacks of places it has."""
    level = level_of(request)
    found = [g for g in _gaps(request.shelf.reports, level) if g.missing]
    held = {r.region_id for r in request.shelf.reports if r.level == level}
    last = max(request.shelf.years, default=2025)
    absent = [(p.region_id, name_of(p)) for p in regions().provinces(last) if p.region_id not in held] if level == "province" else []
    shows = {"level": level, "levels": LEVELS, "rows": found[:400], "total": len(found), "absent": absent}
    return Page(request.say("缺口", "Gaps"), "gaps.html", shows, lambda: _gaps_table(found))


def _gaps(reports: Sequence[ReportRow], level: str) -> list[Gap]:
    held: dict[str, set[int]] = defaultdict(set)
    for r in reports:
        if r.level == level:
            held[r.region_id] |= set(range(r.plan_from, max(r.plan_from, r.year) + 1)) | {r.year}
    return [
        Gap(code, called(code), min(years), max(years), tuple(y for y in range(min(years), max(years)) if y not in years))
        for code, years in sorted(held.items())
    ]


def _gaps_table(found: Sequence[Gap]) -> Table:
    columns = (
        Column("region_id", "固定代码", "region_id"),
        Column("region", "地区", "region"),
        Column("first", "首年", "first", numeric=True),
        Column("last", "末年", "last", numeric=True),
        Column("missing", "缺年数", "missing", numeric=True),
        Column("years", "缺的年份", "missing years", wide=True),
    )
    return Table(
        "gaps", columns, tuple((g.region_id, g.name, g.first, g.last, len(g.missing), " ".join(map(str, g.missing))) for g in found)
    )


def corrections(request: Request) -> Page:
    """Every decision of people about a headline value, newest first."""
    shows = {
        "rows": [(c, called(c.cell.region_id)) for c in reversed(request.log)][:500],
        "total": len(request.log),
        "indicators": indicator_table().indicators,
    }
    return Page(request.say("更正记录", "Corrections"), "corrections.html", shows, lambda: corrections_table(request.log))


def codebook(request: Request) -> Page:
    """The tables and what each column means."""
    tables = [(name, table_note(name), [(f.name, _type(f.type), column_note(f.name)) for f in fields(TABLES[name])]) for name in EXPORTED]
    return Page(request.say("数据字典", "Codebook"), "codebook.html", {"tables": tables}, _codebook_table)


def _type(kind: object) -> str:
    return str(kind).replace("Literal", "").replace("| None", "| null")


def _codebook_table() -> Table:
    columns = (
        Column("table", "表", "table"),
        Column("column", "列", "column"),
        Column("type", "类型", "type"),
        Column("zh", "含义", "meaning in Chinese", wide=True),
        Column("en", "英文含义", "meaning", wide=True),
    )
    rows = tuple((name, f.name, _type(f.type), *column_note(f.name)) for name in EXPORTED for f in fields(TABLES[name]))
    return Table("codebook", columns, rows)


def quality(request: Request) -> Page:
    """How the figures are made, and how right they are."""
    found = scores()
    shows = {"scores": found, "versions": request.store.manifest.versions}
    return Page(
        request.say("数字怎么来、有多准", "How figures are made and how right they are"),
        "quality.html",
        shows,
        lambda: Table("scores", _SCORES, tuple(astuple(s) for s in found.rows)),
    )


_SCORES = tuple(c for c in COLUMNS if c.name != "rule")  # the site tells layers and decades


def cite(request: Request) -> Page:
    """How to cite."""
    manifest = request.store.manifest
    shows = {
        "number": manifest.number,
        "created": manifest.created[:10],
        "year": manifest.created[:4],
        "reports": manifest.counts.primary,
        "release": __version__,
    }
    return Page(request.say("引用", "Citation"), "cite.html", shows)


ROUTES = (
    PageRoute("/data", hub, (), "what the archive holds, in numbers; the table lists its reports"),
    PageRoute("/data/coverage", coverage, ("level",), "reports by place and year"),
    PageRoute("/data/flags", flags, ("flag", "page"), "reports about which something is doubtful; what was refused"),
    PageRoute("/data/gaps", gaps, ("level",), "years that are missing between a place's first and last report"),
    PageRoute("/data/corrections", corrections, (), "every decision of people about a headline value"),
    PageRoute("/data/codebook", codebook, (), "the tables and what each column means"),
    PageRoute("/data/quality", quality, (), "how the figures are made and how right they are, by layer and decade"),
    PageRoute("/data/cite", cite, (), "how to cite", downloads=False),
)
