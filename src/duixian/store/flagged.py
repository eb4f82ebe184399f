"""Doubts about the chosen values of a generation, computed across its reports and written beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

import duckdb

from duixian.registry.checks import checks
from duixian.registry.indicators import indicator_table
from duixian.settling.checking import LIVELIHOOD, Held, Other, ValueFlag, flags
from duixian.settling.subgoals import Goal, sub_goals
from duixian.store.arrow import records_of, table_of

_PLACED: Final = "JOIN reports AS r ON r.report_id = p.report_id AND r.source = p.source"
_HELD: Final = f"""SELECT p.measurement_id, p.report_id, p.source, p.region_code, r.region_id, p.year, r."primary",
    coalesce(r.edition_of, r.report_id), p.indicator, p.role, p.comparator, p.canonical_low, p.canonical_unit, p.direction, p.basis, p.score
FROM readings AS p {_PLACED} WHERE p.chosen AND p.low IS NOT NULL AND p.indicator IN (SELECT unnest($ids)) ORDER BY p.rowid"""  # noqa: S608
_OTHERS: Final = """SELECT c.measurement_id, c.source, o.canonical_low, o.canonical_unit, o.direction
FROM readings AS c JOIN readings AS o ON o.report_id = c.report_id AND o.source = c.source AND o.indicator = c.indicator AND o.role = c.role
WHERE c.chosen AND NOT o.chosen AND o.score >= c.score AND c.low IS NOT NULL AND o.low IS NOT NULL AND c.comparator = '='
    AND o.comparator = '=' AND c.basis IS NULL AND o.basis IS NULL AND c.indicator IN (SELECT unnest($ids)) ORDER BY c.rowid, o.rowid"""
_ANNOUNCED: Final = f"""INSERT INTO value_flags BY NAME SELECT l.report_id, l.source, any_value(l.region_code) AS region_code,
    any_value(r.region_id) AS region_id, any_value(l.year) AS year, '{LIVELIHOOD}' AS indicator, 'target' AS role, NULL AS measurement_id,
    'announced_count' AS flag, 'announced ' || max(l.announced) || ', listed ' || count(DISTINCT l.n) AS reason
FROM livelihood AS l JOIN reports AS r ON r.report_id = l.report_id AND r.source = l.source
GROUP BY l.report_id, l.source HAVING max(l.announced) <> count(DISTINCT l.n) ORDER BY l.source, l.report_id"""  # noqa: S608
_CARDS: Final = """SELECT c.commitment_id, c.report_id, c.source, c.region_code, r.region_id, c.year, c.quote, m.measurement_id,
    m.value_start - c.start, coalesce(m.canonical_low, m.low), coalesce(m.canonical_unit, m.unit), m.comparator = '='
FROM commitments AS c JOIN reports AS r ON r.report_id = c.report_id AND r.source = c.source
JOIN measurements AS m ON m.source = c.source AND list_contains(c.quantities, m.measurement_id)
WHERE c.section = 'livelihood' AND len(c.quantities) > 2 AND contains(c.quote, '其中') AND m.low IS NOT NULL
ORDER BY c.rowid, m.value_start"""
_ADDED: Final = """CREATE TEMP TABLE doubts AS SELECT source, measurement_id, list(DISTINCT flag ORDER BY flag) AS added
FROM value_flags WHERE measurement_id IS NOT NULL GROUP BY source, measurement_id"""
_TABLES: Final = ("panel", "readings")


def fill_value_flags(connection: duckdb.DuckDBPyConnection) -> None:
    """Flag the chosen values of a serving file whose readings and reports are filled: the table value_flags, and the columns ``flags``.

    Args:
        connection: to the serving file.
    """
    known = indicator_table().indicators
    ids = sorted({one.id for one in known.values() if one.headline} | checks().indicators())
    held = records_of(Held, connection.execute(_HELD, {"ids": ids}).fetchall())
    others = records_of(Other, connection.execute(_OTHERS, {"ids": ids}).fetchall())
    connection.register("doubted", table_of(list(flags(held, others)), ValueFlag))
    connection.execute("INSERT INTO value_flags BY NAME SELECT * FROM doubted")
    connection.unregister("doubted")
    connection.execute(_ANNOUNCED)
    connection.register("cards", table_of(list(_cards(connection)), ValueFlag))
    connection.execute("INSERT INTO value_flags BY NAME SELECT * FROM cards")
    connection.unregister("cards")
    connection.execute(_ADDED)
    for table in _TABLES:
        _mark(connection, table)
    connection.execute("DROP TABLE doubts")


def _cards(connection: duckdb.DuckDBPyConnection) -> Iterator[ValueFlag]:
    """A flag for each livelihood item whose listed parts do not add up to its goal."""
    for _, rows in groupby(connection.execute(_CARDS).fetchall(), key=itemgetter(0, 2)):
        held = list(rows)
        report_id, source, region_code, region_id, year, quote, whole = held[0][1:8]
        if reason := sub_goals(quote, [Goal(*row[8:]) for row in held]):
            yield ValueFlag(report_id, source, region_code, region_id, year, LIVELIHOOD, "target", whole, "subgoals_differ", reason)


def _mark(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Add the flags to the rows; the table is written anew, since rows whose lists are updated in place would change their order."""
    which = "AND t.chosen" if table == "readings" else ""
    connection.execute(
        f"""CREATE TEMP TABLE marked AS SELECT t.* REPLACE (list_concat(t.flags, coalesce(d.added, [])) AS flags) FROM "{table}" AS t
        LEFT JOIN doubts AS d ON d.source = t.source AND d.measurement_id = t.measurement_id {which} ORDER BY t.rowid"""  # noqa: S608
    )
    connection.execute(f'DELETE FROM "{table}"')  # noqa: S608
    connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM marked ORDER BY rowid')  # noqa: S608
    connection.execute("DROP TABLE marked")
