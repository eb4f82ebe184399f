"""What the facts are taken from: one query of a store for each table."""

# ruff: noqa: S608 - the queries are put together from constants of this module

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from duixian.facts.rows import FACTS, FactCommitment, FactCount, FactFigure, FactReport, FactSection, FactSettlement
from duixian.store import Query

_REAL: Final = "(NOT r.sample OR coalesce($samples::BOOLEAN, false))"  # the sample's fictional places only where they are asked for


def _columns(row: Any, alias: str, *but: str) -> str:
    return ", ".join(f'{alias}."{f.name}"' for f in fields(row) if f.name not in but)


def _first(hedge: str, quote: str, low: str) -> str:
    """Whether a qualifying word stands right before the number in a sentence (不低于5%); null where there is no word or no number."""
    plain = f"translate(regexp_replace({quote}, '\\s', '', 'g'), '０１２３４５６７８９．，', '0123456789.,')"
    digits = f"CASE WHEN {low} = floor({low}) THEN {low}::BIGINT::VARCHAR ELSE {low}::VARCHAR END"
    behind = f"strpos(reverse({plain}), reverse({digits})) + length({digits}) - 1"  # characters from the number's first digit to the end
    before = f"strpos(reverse({plain}), reverse({digits})) > 0 AND ends_with(left({plain}, length({plain}) - ({behind})), {hedge})"
    return f"CASE WHEN {hedge} IS NULL OR {low} IS NULL THEN NULL ELSE {before} END"


_VERDICTS: Final = """SELECT commitment_id, source, any_value(verdict) AS verdict, any_value(to_source) AS to_source,
    arg_max(answer_start, coalesce(score, 0)) AS answer_start, arg_max(answer_end, coalesce(score, 0)) AS answer_end
    FROM followups GROUP BY commitment_id, source"""

REPORTS = Query(
    "fact_reports",
    FactReport,
    f"SELECT {_columns(FactReport, 'r')} FROM reports AS r WHERE {_REAL} ORDER BY r.region_id, r.year, r.source, r.start",
    "reports",
)
SECTIONS = Query(
    "fact_sections",
    FactSection,
    f"""SELECT {_columns(FactSection, "s")} FROM sections AS s JOIN reports AS r USING (report_id, source) WHERE {_REAL}
ORDER BY r.region_id, r.year, r.source, r.start, s.rowid""",
    "parts of reports",
)
PANEL = Query(
    "fact_panel",
    FactFigure,
    f"""SELECT p.report_id, r.region, r.region_id, r.level, p.year, p.measurement_id, p.indicator, h.source IS NOT NULL AS headline,
    p.role, p.period, p.agg, p.base_period,
    p.comparator, p.hedge,
    {_first("p.hedge", "p.quote", "p.low")} AS hedge_first,
    {
        _columns(
            FactFigure,
            "p",
            "report_id",
            "region",
            "region_id",
            "level",
            "year",
            "measurement_id",
            "indicator",
            "headline",
            "role",
            "period",
            "agg",
            "base_period",
            "comparator",
            "hedge",
            "hedge_first",
        )
    }
FROM readings AS p JOIN reports AS r USING (report_id, source)
LEFT JOIN (SELECT DISTINCT report_id, source, indicator, role FROM panel) AS h ON h.report_id = p.report_id AND h.source = p.source
    AND h.indicator = p.indicator AND h.role = p.role
WHERE {_REAL} AND p.chosen AND p.indicator IS NOT NULL
ORDER BY r.region_id, r.year, r.source, p.indicator, p.role, p.start, p.value_start""",
    "chosen values",
)
SETTLEMENTS = Query(
    "fact_settlements",
    FactSettlement,
    "SELECT "
    + ", ".join(
        f"{_first(f's.{f.name[:6]}_hedge', f's.{f.name[:6]}_quote', f's.{f.name[:6]}_low')} AS {f.name}"
        if f.name.endswith("_hedge_first")
        else f's."{f.name}"'
        for f in fields(FactSettlement)
    )
    + f""" FROM settlements AS s
WHERE NOT EXISTS (SELECT 1 FROM reports AS r WHERE r.region_id = s.region_id AND NOT {_REAL})
ORDER BY s.region_id, s.year, s.indicator, s.period, s.tier, s.agg, s.target_source, s.target_start""",
    "targets beside results",
)
COMMITMENTS = Query(
    "fact_commitments",
    FactCommitment,
    f"""WITH verdicts AS ({_VERDICTS}),
quantities AS (SELECT commitment_id, source, unnest(CASE WHEN len(quantities) = 0 THEN [NULL] ELSE quantities END) AS measurement_id
    FROM commitments WHERE kind = 'quantified')
SELECT c.report_id, c.start, c."end", c.term, c.strength, c.topic, c.deadline, c.deadline_quote IS NOT NULL, c.livelihood, c.livelihood_n,
    c.section, m.indicator, m.period, m.comparator, m.low, m.high, m.unit, m.direction, m.value_kind, m.value_start, m.value_end,
    v.verdict, CASE WHEN v.answer_start IS NULL THEN NULL ELSE v.to_source END, v.answer_start, v.answer_end
FROM commitments AS c JOIN reports AS r USING (report_id, source) JOIN quantities AS q USING (commitment_id, source)
LEFT JOIN measurements AS m ON m.measurement_id = q.measurement_id AND m.source = c.source LEFT JOIN verdicts AS v ON
    v.commitment_id = c.commitment_id AND v.source = c.source
WHERE {_REAL} AND r."primary" AND c.kind = 'quantified'
ORDER BY r.region_id, r.year, r.source, c.start, c."end", m.value_start""",
    "figures of promises",
)
COUNTS = Query(
    "fact_counts",
    FactCount,
    f"""WITH verdicts AS ({_VERDICTS})
SELECT c.report_id, c.section, c.kind, c.term, c.strength, c.livelihood, v.verdict, count(*)
FROM commitments AS c JOIN reports AS r USING (report_id, source) LEFT JOIN verdicts AS v USING (commitment_id, source)
WHERE {_REAL} AND r."primary" GROUP BY ALL ORDER BY ALL""",
    "promises counted",
)
QUERIES: Mapping[str, Query[Any]] = {
    "reports": REPORTS,
    "sections": SECTIONS,
    "panel": PANEL,
    "settlements": SETTLEMENTS,
    "commitments": COMMITMENTS,
    "commitment_counts": COUNTS,
}
assert QUERIES.keys() < FACTS.keys()
