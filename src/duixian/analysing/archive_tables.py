"""Tables of what a store holds: its reports, what it refused, one report with its outline."""

from __future__ import annotations

from collections.abc import Sequence

from duixian.analysing.tables import Column, Table
from duixian.registry.regions import regions
from duixian.store import Generation, ReportRow, SectionRow
from duixian.store.errors import NoTextError, StoreError
from duixian.store.queries import FAILURES, REJECTED, SECTIONS

LEVELS_ZH = {"national": "国家", "province": "省级", "prefecture": "地级", "county": "县级"}
EDITIONS_ZH = {"full": "全文", "abstract": "摘要"}
ROLES_ZH = {
    "front": "题头",
    "review": "上年回顾",
    "review_term": "本届（五年）回顾",
    "problems": "问题",
    "outlook": "总体要求",
    "targets": "预期目标",
    "tasks": "重点任务",
    "tasks_term": "今后五年任务",
    "livelihood": "民生实事",
    "government": "政府建设",
    "closing": "结语",
    "appendix": "附件",
}
_EXCERPT = 60  # characters of a refused stretch that are shown

_REPORTS = (
    Column("report_id", "编号", "id"),
    Column("region", "地区", "region"),
    Column("region_code", "区划代码", "code"),
    Column("region_id", "固定代码", "region_id", detail=True),
    Column("level", "级别", "level", words=LEVELS_ZH),
    Column("year", "年份", "year", numeric=True),
    Column("session", "届次", "session"),
    Column("kind", "种类", "kind", words=EDITIONS_ZH),
    Column("delivered", "报告日期", "delivered"),
    Column("speaker", "报告人", "speaker"),
    Column("speaker_title", "职务", "title"),
    Column("meeting", "会议", "meeting", detail=True),
    Column("title", "标题", "headline", detail=True),
    Column("url", "网址", "url", detail=True),
    Column("primary", "主版本", "primary"),
    Column("edition_of", "同一报告", "edition of", detail=True),
    Column("sample", "样例", "sample", detail=True),
    Column("flags", "标记", "flags", wide=True),
    Column("source", "来源", "source", wide=True),
    Column("start", "起", "start", numeric=True, detail=True),
    Column("end", "止", "end", numeric=True, detail=True),
    Column("chars", "字数", "characters", numeric=True),
)


def find_codes(name: str, year: int | None = None) -> tuple[str, ...]:
    """The constant codes of the places called ``name`` (a full, short or former name, or a six-digit code); most senior first.

    Raises:
        StoreError: where no place is called so.
    """
    found = regions().by_name(name, year)
    if not found and name.isdigit() and (region := regions().by_code(name, year)):
        found = (region,)
    if not found:
        raise StoreError(f"no place is called {name!r} in the table of divisions")
    return tuple(dict.fromkeys(r.region_id for r in found))


def find_reports(store: Generation, place: str, year: int | None = None, *, editions: bool = False) -> tuple[ReportRow, ...]:
    """The reports of a place (of the most senior one where several share the name), or the report of an id.

    Raises:
        StoreError: where there is none.
    """
    if by_id := [r for r in store.reports(editions=True) if len(place) >= 6 and r.report_id.startswith(place.lower())]:
        return tuple(by_id)
    years = None if year is None else [year]
    for code in find_codes(place, year):
        if found := store.reports(codes=[code], years=years, editions=editions):
            return found
    there = sorted({r.year for code in find_codes(place, year) for r in store.reports(codes=[code])})
    years_there = f"; years there: {', '.join(map(str, there))}" if there else ""
    raise StoreError(f"no report of {place}{f' for {year}' if year is not None else ''} in {store.path}{years_there}")


def reports_table(rows: Sequence[ReportRow]) -> Table:
    """Reports, one a row."""
    values = tuple(
        tuple(", ".join(r.flags) if c.name == "flags" else getattr(r, c.name) for c in _REPORTS)  # other fields are plain values
        for r in rows
    )
    return Table("reports", _REPORTS, values)


def rejected_table(store: Generation) -> Table:
    """What is no report, and what could not be read, each with its reason."""
    columns = (
        Column("source", "来源", "source"),
        Column("start", "起", "start", numeric=True),
        Column("end", "止", "end", numeric=True),
        Column("reason", "原因", "reason"),
        Column("beginning", "开头", "beginning", wide=True),
    )
    refused = [
        (r.source, r.start, r.end, r.reason, store.text(r.source, r.start, min(r.end, r.start + _EXCERPT))) for r in store.rows(REJECTED)
    ]
    failed = [(f.source, None, None, f.reason, None) for f in store.rows(FAILURES)]
    return Table("rejected", columns, (*refused, *failed))


def outline_table(store: Generation, report: ReportRow, roles: Sequence[str] = ()) -> Table:
    """The sections of a report, with their first words."""
    columns = (
        Column("role", "部分", "role", words=ROLES_ZH),
        Column("role_zh", "名称", "name", detail=True),
        Column("level", "层", "level", numeric=True),
        Column("heading", "标题", "heading", wide=True),
        Column("start", "起", "start", numeric=True),
        Column("end", "止", "end", numeric=True),
        Column("beginning", "开头", "beginning", wide=True),
    )
    sections = [s for s in sections_of(store, report) if not roles or s.role in roles]
    rows = [
        (
            s.role,
            ROLES_ZH[s.role],
            s.level,
            s.heading,
            s.start,
            s.end,
            _beginning(store, s),
        )
        for s in sections
    ]
    return Table("sections", columns, tuple(rows))


def _beginning(store: Generation, section: SectionRow) -> str:
    try:
        return store.text(section.source, section.start, min(section.end, section.start + _EXCERPT)).strip()
    except NoTextError:  # a store of facts: the outline stands, the words are not here
        return ""


def sections_of(store: Generation, report: ReportRow) -> tuple[SectionRow, ...]:
    """The sections of a report in the order of the text, outer before inner."""
    return store.rows(SECTIONS, report_id=report.report_id, source=report.source)
