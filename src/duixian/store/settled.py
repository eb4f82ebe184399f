"""The settlements of a generation: targets and results are taken from its tables, settled, and written beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Final, TypeVar

import duckdb

from duixian.registry.regions import NATIONAL
from duixian.settling.confessions import confessions, may_admit
from duixian.settling.pairing import Material, ReportKey, settle_all
from duixian.settling.records import Confession, Figure, Place, Settlement
from duixian.store.arrow import records_of, table_of

T = TypeVar("T")
_PLACES: Final = f"""SELECT {", ".join(f.name for f in fields(Place))} FROM reports WHERE "primary" ORDER BY rowid"""  # noqa: S608
_FIGURE: Final = ", ".join(f'm."{f.name}"' for f in fields(Figure))
_PRIMARY: Final = """JOIN reports AS r ON m.report_id = r.report_id AND m.source = r.source WHERE r."primary" AND m.scope = 'region'"""
_PANEL: Final = f"SELECT {_FIGURE} FROM readings AS m {_PRIMARY} AND m.chosen ORDER BY m.rowid"  # noqa: S608
# Besides these: targets without a number (of the targets section: elsewhere they are turns of speech), stretch values, spans of years.
_OTHERS: Final = f"""SELECT {_FIGURE} FROM measurements AS m {_PRIMARY} AND m.indicator IS NOT NULL AND m.period IS NOT NULL AND (
    m.role = 'target' AND m.section = 'targets' AND m.low IS NULL
    OR m.role = 'target' AND m.low IS NOT NULL AND (m.tier = 'stretch' OR m.period <> r.year::VARCHAR)
    OR m.role = 'actual' AND m.low IS NOT NULL AND (contains(m.period, '-') OR m.agg IS NOT NULL)
) ORDER BY m.section <> 'targets', m.rowid"""  # noqa: S608
_OFFICIAL: Final = f"""SELECT {_FIGURE} FROM official AS m JOIN "references" AS f ON f.reference_id = m.report_id AND f.source = m.source
WHERE m.chosen AND m.role = 'actual' AND f.region_id = $national ORDER BY m.rowid"""  # noqa: S608
_PROBLEMS: Final = """SELECT p.report_id, p.source, p.start, p.text FROM problems AS p
JOIN reports AS r ON p.report_id = r.report_id AND p.source = r.source WHERE r."primary" ORDER BY p.rowid"""


def fill_settlements(connection: duckdb.DuckDBPyConnection) -> None:
    """Settle everything in a serving file whose other tables are filled.

    Args:
        connection: to the serving file.
    """
    material = Material(
        places=_records(connection, Place, _PLACES),
        panel=_by_report(_records(connection, Figure, _PANEL)),
        others=_by_report(_records(connection, Figure, _OTHERS)),
        official=_official(connection),
        confessions=_admitted(connection),
    )
    connection.register("settled", table_of(list(settle_all(material)), Settlement))
    connection.execute("INSERT INTO settlements BY NAME SELECT * FROM settled")
    connection.unregister("settled")


def _records(connection: duckdb.DuckDBPyConnection, row: type[T], query: str) -> tuple[T, ...]:
    return records_of(row, connection.execute(query).fetchall())


def _official(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], Figure]:
    figures = records_of(Figure, connection.execute(_OFFICIAL, {"national": NATIONAL}).fetchall())
    return {(f.indicator, int(f.period)): f for f in reversed(figures) if f.period}


def _by_report(figures: Iterable[Figure]) -> dict[ReportKey, list[Figure]]:
    found: dict[ReportKey, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[figure.report_id, figure.source].append(figure)
    return found


def _admitted(connection: duckdb.DuckDBPyConnection) -> dict[ReportKey, Sequence[Confession]]:
    found: dict[ReportKey, list[Confession]] = defaultdict(list)
    rows = connection.execute(_PROBLEMS)
    while batch := rows.fetchmany(200):
        for report_id, source, start, text in batch:
            if may_admit(text):
                found[report_id, source] += confessions(text, start)
    return {key: tuple(dict.fromkeys(each)) for key, each in found.items()}
