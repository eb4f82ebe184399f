"""The statements that fill a store of facts: from the facts, from the user's own store, and the sentences of texts that are there."""

# ruff: noqa: S608 - the statements are put together from constants of this module

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from duixian.analysing.tables import MISSING

_SIDES: Final = ("target", "actual", "yardstick", "confession")
MACROS: Final = (
    f"""CREATE TEMP MACRO locator(source, "from", "to") AS '〔{MISSING}：' || source || ' ' || "from" || '–' || "to" || '〕'""",
    """CREATE TEMP MACRO digits(low) AS CASE WHEN low = floor(low) THEN low::BIGINT::VARCHAR ELSE low::VARCHAR END""",
    # The qualifying word right before the number where the sentence has it so: what shows values looks for it there.
    """CREATE TEMP MACRO stand_in(source, "from", "to", first, hedge, low, unit) AS locator(source, "from", "to") ||
    CASE WHEN first THEN hedge || digits(low) || coalesce(unit, '') ELSE '' END""",
)
FROM_FACTS: Final = (
    """INSERT INTO reports BY NAME SELECT *, region_id IN (SELECT region_id FROM samples) AS sample FROM fact_reports""",
    """INSERT INTO sections BY NAME SELECT s.*, r.source, r.region_code, r.year FROM fact_sections AS s JOIN fact_reports AS r
    USING (report_id)""",
    """CREATE TEMP TABLE chosen AS SELECT p.* EXCLUDE (region, region_id, level, year, hedge_first), r.source, r.region_code, r.year,
    coalesce(n.zh, p.indicator) AS name, NULL AS scope_name,
    stand_in(r.source, p.start, p."end", p.hedge_first, p.hedge, p.low, p.unit) AS quote
    FROM fact_panel AS p JOIN fact_reports AS r USING (report_id) LEFT JOIN names AS n USING (indicator)""",
    """INSERT INTO panel BY NAME SELECT * EXCLUDE (headline) FROM chosen WHERE headline""",
    """INSERT INTO readings BY NAME SELECT * EXCLUDE (headline), true AS chosen, 0.0 AS score, ['facts'] AS reasons FROM chosen""",
    """INSERT INTO measurements BY NAME SELECT * EXCLUDE (headline) FROM chosen""",
    """CREATE TEMP TABLE figures AS SELECT c.*, r.source, r.region_code, r.region_id, r.year, left(sha256(c.report_id
    || ':' || c.start || ':' || c."end"), 12) AS commitment_id,
    coalesce(m.measurement_id, left(sha256(c.report_id || ':' || c.value_start || ':'
    || c.value_end), 12)) AS measurement_id, m.measurement_id IS NULL AS extra
    FROM fact_commitments AS c JOIN fact_reports AS r USING (report_id)
    LEFT JOIN (SELECT report_id, value_start, value_end, min(measurement_id) AS measurement_id FROM fact_panel GROUP BY ALL) AS m
    USING (report_id, value_start, value_end)""",
    """INSERT INTO measurements BY NAME SELECT DISTINCT ON (f.report_id, f.value_start, f.value_end) f.measurement_id,
    f.report_id, f.source, f.region_code, f.year, coalesce(n.zh, '') AS name, f.indicator, 'target' AS role, f.period,
    f.comparator, f.low, f.high, f.unit,
    f.direction, f.value_kind, 'base' AS tier, 'region' AS scope, false AS preliminary, f.section, 'figure' AS rule, [] AS flags,
    locator(f.source, f.value_start, f.value_end) AS quote, f.value_start AS start, f.value_end AS "end", f.value_start, f.value_end
    FROM figures AS f LEFT JOIN names AS n USING (indicator) WHERE f.extra AND f.value_start IS NOT NULL""",
    """INSERT INTO commitments BY NAME SELECT f.commitment_id, f.report_id, any_value(f.source) AS source, any_value(f.region_code) AS
    region_code, any_value(f.year) AS year, 'quantified' AS kind, any_value(f.term) AS term, any_value(f.strength) AS strength,
    any_value(f.livelihood_n) AS livelihood_n, any_value(f.topic) AS topic, any_value(f.deadline) AS deadline, any_value(f.livelihood) AS
    livelihood, list(f.measurement_id ORDER BY f.value_start) FILTER (f.value_start IS NOT NULL) AS quantities,
    row_number() OVER (PARTITION BY f.report_id ORDER BY f.start) AS number, any_value(f.section) AS section, 'figure' AS rule,
    any_value(locator(f.source, f.start, f."end")) AS quote, f.start, f."end"
    FROM figures AS f GROUP BY f.report_id, f.commitment_id, f.start, f."end" ORDER BY f.report_id, f.start""",
    """UPDATE commitments SET quantities = [] WHERE quantities IS NULL""",
    """INSERT INTO settlements BY NAME SELECT * EXCLUDE (target_hedge_first, actual_hedge_first, reason), coalesce(reason, '') AS reason,
    stand_in(target_source, target_start, target_end, target_hedge_first, target_hedge, target_low, target_unit) AS target_quote,
    stand_in(actual_source, actual_start, actual_end, actual_hedge_first, actual_hedge, actual_low, actual_unit) AS actual_quote,
    locator(yardstick_source, yardstick_start, yardstick_end) AS yardstick_quote,
    locator(confession_source, confession_start, confession_end) AS confession_quote FROM fact_settlements""",
    """INSERT INTO followups BY NAME SELECT DISTINCT ON (f.commitment_id) f.commitment_id, f.source, f.region_code, f.year,
    f.start, f."end", locator(f.source, f.start, f."end") AS promise, coalesce(f.answer_source, n.source) AS to_source,
    f.year + 1 AS to_year,
    locator(f.answer_source, f.answer_start, f.answer_end) AS answer, f.answer_start, f.answer_end, f.verdict, '' AS reason
    FROM figures AS f LEFT JOIN fact_reports AS n ON n.region_id = f.region_id AND n.year = f.year + 1 AND n."primary"
    WHERE f.verdict IS NOT NULL AND coalesce(f.answer_source, n.source) IS NOT NULL ORDER BY f.report_id, f.start""",
)
_BY_REPORT: Final = ("sections", "livelihood", "measurements", "readings", "panel", "commitments")
_WHOLE: Final = ("rejected", "failures", "repairs", "references", "official")
OWN: Final = (
    # own reports: the same text (linked), the same place and year (instead), or new; what stands for the facts' report is its id and source
    """CREATE TEMP TABLE linked AS SELECT DISTINCT ON (f.report_id, f.source) o.report_id AS own_id, o.source AS own_source, f.report_id,
    f.source FROM own.reports AS o JOIN fact_reports AS f ON f.text_sha256 = o.text_sha256 AND f.start = o.start AND f."end" = o."end"
    ORDER BY f.report_id, f.source, o.source""",
    """CREATE TEMP TABLE instead AS SELECT DISTINCT f.report_id, f.source FROM own.reports AS o JOIN fact_reports AS f
    ON f.region_id = o.region_id AND f.year = o.year AND f.session IS NOT DISTINCT FROM o.session
    WHERE o."primary" AND o.report_id NOT IN (SELECT own_id FROM linked) AND f.report_id NOT IN (SELECT report_id FROM linked)""",
    """CREATE TEMP TABLE named AS SELECT o.report_id AS own_id, o.source AS own_source, coalesce(l.report_id, o.report_id) AS report_id,
    coalesce(l.source, o.source) AS source FROM own.reports AS o
    LEFT JOIN linked AS l ON l.own_id = o.report_id AND l.own_source = o.source""",
    """CREATE TEMP TABLE gone AS SELECT report_id FROM linked UNION SELECT report_id FROM instead""",
    """DELETE FROM reports WHERE report_id IN (SELECT report_id FROM instead)""",
    """INSERT INTO reports BY NAME SELECT * FROM own.reports WHERE report_id NOT IN (SELECT own_id FROM linked)""",
    """INSERT INTO texts BY NAME SELECT t.* EXCLUDE (source), n.source FROM own.texts AS t
    JOIN (SELECT DISTINCT own_source, source FROM named) AS n ON n.own_source = t.source""",
    """INSERT INTO texts BY NAME SELECT * FROM own.texts WHERE source NOT IN (SELECT own_source FROM named)""",
)
FILLED: Final = """SELECT (SELECT count(*) FROM linked), (SELECT count(*) FROM instead),
(SELECT count(*) FROM own.reports AS o WHERE o.report_id NOT IN (SELECT own_id FROM linked) AND NOT EXISTS
    (SELECT 1 FROM fact_reports AS f WHERE f.region_id = o.region_id AND f.year = o.year))"""


def replacing() -> Sequence[str]:
    """Rows of reports the user has take the place of the facts' rows; settlements and followups are added where the facts have none."""
    found: list[str] = []
    for table in _BY_REPORT:
        found.append(f'DELETE FROM "{table}" WHERE report_id IN (SELECT report_id FROM gone)')
        found.append(
            f'INSERT INTO "{table}" BY NAME SELECT t.* EXCLUDE (report_id, source), n.report_id, n.source FROM own."{table}" AS t '
            "JOIN named AS n ON n.own_id = t.report_id AND n.own_source = t.source"
        )
    found += [f'INSERT INTO "{table}" BY NAME SELECT * FROM own."{table}"' for table in _WHOLE]
    # Where both have a settlement, the facts' one stays: it was made beside more reports. One of a report that is gone does not.
    key = "region_id, indicator, period, tier, coalesce(agg, '')"
    found.append(
        f"DELETE FROM settlements WHERE target_source IN (SELECT source FROM instead) AND ({key}) IN (SELECT ({key}) FROM own.settlements)"
    )
    sides = ", ".join(
        f"coalesce((SELECT any_value(n.source) FROM named AS n WHERE n.own_source = s.{side}_source), s.{side}_source) AS {side}_source"
        for side in _SIDES
    )
    but = ", ".join(f"{side}_source" for side in _SIDES)
    found.append(
        f"INSERT INTO settlements BY NAME SELECT s.* EXCLUDE ({but}), {sides} FROM own.settlements AS s "
        f"WHERE ({key}) NOT IN (SELECT ({key}) FROM settlements)"
    )
    found.append("DELETE FROM followups WHERE commitment_id NOT IN (SELECT commitment_id FROM commitments)")
    found.append(
        """INSERT INTO followups BY NAME SELECT u.* EXCLUDE (source, to_source), coalesce(a.source, u.source) AS source,
        coalesce(b.source, u.to_source) AS to_source FROM own.followups AS u
        LEFT JOIN (SELECT DISTINCT own_source, source FROM named) AS a ON a.own_source = u.source
        LEFT JOIN (SELECT DISTINCT own_source, source FROM named) AS b ON b.own_source = u.to_source
        WHERE u.commitment_id NOT IN (SELECT commitment_id FROM followups)"""
    )
    return found


def quoting() -> Sequence[str]:
    """The sentences of texts that are there, for rows that hold only their place."""
    columns = [("settlements", f"{side}_quote", f"{side}_source", f"{side}_start", f"{side}_end") for side in _SIDES]
    columns += [("followups", "promise", "source", "start", "end"), ("followups", "answer", "to_source", "answer_start", "answer_end")]
    return [
        f"""UPDATE {table} SET {quote} = substring(t.text, "{start}" + 1, "{end}" - "{start}") FROM texts AS t
        WHERE t.source = {table}.{source} AND starts_with({table}.{quote}, '〔{MISSING}')"""
        for table, quote, source, start, end in columns
    ]
