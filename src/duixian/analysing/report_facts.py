"""The facts of one report: its measurements section by section, and the candidates behind a headline cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duixian.analysing.archive_tables import ROLES_ZH as SECTIONS_ZH
from duixian.analysing.archive_tables import sections_of
from duixian.analysing.corrected import RULE
from duixian.analysing.headline import check_indicators, in_words
from duixian.analysing.labels import all_in_language, in_language
from duixian.analysing.settlements_words import amount_in_words
from duixian.analysing.tables import Column, Lang, Table
from duixian.model import Cell, Correction, FactRole, Measurement
from duixian.registry.indicators import indicator_table
from duixian.store import Generation, ReportRow, SectionRow
from duixian.store.queries import MEASUREMENTS, READINGS, VALUE_FLAGS
from duixian.store.rows import ReadingRow

ROLES_ZH: Mapping[FactRole, str] = {"actual": "实际", "target": "目标", "other": "其他"}
_FACTS = (
    Column("section", "部分", "section"),
    Column("role", "类别", "role"),
    Column("name", "名称", "name"),
    Column("value", "数值", "value", numeric=True),
    Column("period", "年份", "period"),
    Column("agg", "口径", "over the years"),
    Column("indicator", "指标", "indicator"),
    Column("comparator", "比较", "comparator", detail=True),
    Column("low", "值", "low", numeric=True, detail=True),
    Column("high", "上限", "high", numeric=True, detail=True),
    Column("unit", "单位", "unit", detail=True),
    Column("direction", "方向", "direction", detail=True),
    Column("tier", "档", "tier", detail=True),
    Column("scope_name", "范围", "scope", detail=True),
    Column("basis", "基准", "basis", detail=True),
    Column("rule", "规则", "rule", detail=True),
    Column("quote", "原文", "sentence", wide=True),
    Column("start", "起", "start", numeric=True, detail=True),
    Column("end", "止", "end", numeric=True, detail=True),
)
_EXPLAINED = (
    Column("chosen", "选中", "chosen"),
    Column("role", "类别", "role"),
    Column("value", "数值", "value", numeric=True),
    Column("score", "得分", "score", numeric=True),
    Column("reasons", "理由", "reasons", wide=True),
    Column("rule", "规则", "rule"),
    Column("section", "部分", "section"),
    Column("quote", "原文", "sentence", wide=True),
    Column("start", "起", "start", numeric=True),
    Column("end", "止", "end", numeric=True),
)


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """An outermost section with what is measured in it."""

    section: SectionRow
    facts: tuple[Measurement, ...]


def facts_of(store: Generation, report: ReportRow) -> tuple[Measurement, ...]:
    """The measurements of a report in the order of the text."""
    return store.rows(MEASUREMENTS, report_id=report.report_id, source=report.source)


def by_section(store: Generation, report: ReportRow) -> Iterator[SectionFacts]:
    """The outermost sections of a report, each with its measurements (those without any too)."""
    facts = facts_of(store, report)
    for section in sections_of(store, report):
        if section.level == 1:
            yield SectionFacts(section, tuple(m for m in facts if section.start <= m.value_start < section.end))


def facts_table(store: Generation, report: ReportRow, roles: Sequence[str] = ()) -> Table:
    """The measurements of a report, one a row.

    Args:
        store: an open store.
        report: the report.
        roles: only sections with these roles.
    """
    rows = tuple(
        (
            m.section,
            m.role,
            m.name,
            in_words(m),
            m.period,
            m.agg,
            m.indicator,
            m.comparator,
            m.low,
            m.high,
            m.unit,
            m.direction,
            m.tier,
            m.scope_name,
            m.basis,
            m.rule,
            m.quote,
            m.start,
            m.end,
        )
        for m in facts_of(store, report)
        if not roles or m.section in roles
    )
    return Table("facts", _FACTS, rows)


def explained_table(
    store: Generation, report: ReportRow, indicator: str, corrections: Mapping[Cell, Correction], lang: Lang = "en"
) -> Table:
    """Every candidate for the cells of an indicator with its score and reasons, best first, and a person's decision where there is one.

    Args:
        store: an open store.
        report: the report.
        indicator: id of an indicator.
        corrections: decisions in force.
        lang: of reasons, roles and sections; English ones are those of the data files.
    """
    check_indicators([indicator])
    readings = store.rows(READINGS, report_id=report.report_id, source=report.source, indicator=indicator)
    doubts = store.rows(
        VALUE_FLAGS, years=[report.year], codes=[report.region_id], indicators=[indicator], flags=None, editions=not report.primary
    )
    doubted = {f.measurement_id: f"{f.flag}: {f.reason}" for f in doubts if f.source == report.source}
    rows: list[tuple[str | int | float | bool | None, ...]] = []
    for role in ("target", "actual"):
        decision = corrections.get(Cell(report.region_id, report.year, indicator, "target" if role == "target" else "actual"))
        if decision:
            said = in_language(f"{decision.action}: {decision.reason} ({decision.author}, {decision.made[:10]})", lang)
            value = None if decision.low is None else amount_in_words(decision.low, decision.high, decision.unit)
            rows.append((decision.action != "reject", role_in(role, lang), value, None, said, RULE, None, decision.quote, None, None))
        overruled = decision is not None and decision.action != "accept"
        rows += [
            (
                r.chosen and not overruled,
                role_in(r.role, lang),
                in_words(r),
                r.score,
                all_in_language(_reasons(r, doubted), lang),
                r.rule,
                section_in(r.section, lang),
                r.quote,
                r.start,
                r.end,
            )
            for r in readings
            if r.role == role
        ]
    known = indicator_table().indicators[indicator]
    if lang == "zh":
        note = f"{report.region} {report.year} {known.zh}：" + (f"{len(readings)} 个候选" if rows else "没有说")
    else:
        note = f"{report.region} {report.year} " + (f"{known.en}: {len(readings)} candidates" if rows else f"states no {indicator}")
    return Table("explained", _EXPLAINED, tuple(rows), note)


def role_in(role: str, lang: Lang) -> str:
    """What a value is, in a language."""
    return next((zh for code, zh in ROLES_ZH.items() if code == role), role) if lang == "zh" else role


def section_in(section: str, lang: Lang) -> str:
    """A part of a report, in a language."""
    return SECTIONS_ZH.get(section, section) if lang == "zh" else section


def _reasons(reading: ReadingRow, doubted: Mapping[str | None, str]) -> str:
    """Why a reading has its score; of a chosen one also what is doubtful about it."""
    doubt = doubted.get(reading.measurement_id) if reading.chosen else None
    return "; ".join((*reading.reasons, *([f"flagged {doubt}"] if doubt else [])))
