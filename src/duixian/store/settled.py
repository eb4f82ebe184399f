"""The settlements of a generation: targets and results are taken from its tables, settled, and written beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Final, TypeVar

import duckdb

from duixian.settling.confessions import confessions, may_admit
from duixian.settling.pairing import Material, ReportKey, settle_all
from duixian.settling.records import Confession, Figure, Place, Settlement
from duixian.store.arrow import records_of, table_of

T = TypeVar("T")
_PLACES: Final = f"""SELECT {", ".join(f.name for f in fields(Place))} FROM reports WHERE "primary" ORDER BY rowid"""  # noqa: S608
_FIGURE: Final = ", ".join(f'm."{f.name}"' for f in fields(Figure))
_PRIMARY: Final = """JOIN reports AS r ON m.report_id = r.report_id AND m.source = r.source WHERE r."primary" AND m.scope = 'region'"""
_PANEL: Final = f"SELECT {_FIGURE} FROM panel AS m {_PRIMARY} ORDER BY m.rowid"  # noqa: S608
# Besides the panel: targets without a number (of the targets section: elsewhere they are turns of speech), stretch values, spans of years.
_OTHERS: Final = f"""SELECT {_FIGURE} FROM measurements AS m {_PRIMARY} AND m.indicator IS NOT NULL AND m.period IS NOT NULL AND (
    m.role = 'target' AND m.section = 'targets' AND m.low IS NULL
    OR m.role = 'target' AND m.low IS NOT NULL AND (m.tier = 'stretch' OR m.period <> r.year::VARCHAR)
    OR m.role = 'actual' AND m.low IS NOT NULL AND (contains(m.period, '-') OR m.agg IS NOT NULL)
) ORDER BY m.section <> 'targets', m.rowid"""  # noqa: S608
_OFFICIAL: Final = f"""SELECT {_FIGURE} FROM official AS m WHERE m.role = 'actual' AND m.region_code = $national AND m.low IS NOT NULL
ORDER BY m.rowid"""  # noqa: S608
_PROBLEMS: Final = """SELECT s.report_id, s.source, s.start, substring(t.text, s.start + 1, s."end" - s.start)
FROM sections AS s JOIN reports AS r ON s.report_id = r.report_id AND s.source = r.source JOIN texts AS t ON t.source = s.source
WHERE r."primary" AND s.role = 'problems' ORDER BY s.rowid"""


def fill_settlements(connection: duckdb.DuckDBPyConnection) -> None:
    """Settle everything in a serving file whose other tables are filled.

    Args:
        connection: to the serving file.
    """
    material = Material(
        places=_records(connection, Place, _PLACES),
        panel=_by_report(_records(connection, Figure, _PANEL)),
        others=_by_report(_records(connection, Figure, _OTHERS)),
        confessions=_admitted(connection),
    )
    connection.register("settled", table_of(list(settle_all(material)), Settlement))
    connection.execute("INSERT INTO settlements BY NAME SELECT * FROM settled")
    connection.unregister("settled")


def _records(connection: duckdb.DuckDBPyConnection, row: type[T], query: str) -> tuple[T, ...]:
    return records_of(row, connection.execute(query).fetchall())


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
