"""How right each layer is, as a table: of an export that is evaluated now, and of the facts as they were made."""

from __future__ import annotations

from collections.abc import Iterable

from duixian.analysing.tables import Column, Table, Value

COLUMNS = (
    Column("layer", "层", "layer"),
    Column("decade", "年代", "decade"),
    Column("rule", "规则", "rule"),
    Column("reports", "报告数", "reports", numeric=True),
    Column("right", "对", "right", numeric=True),
    Column("wrong", "错", "wrong", numeric=True),
    Column("missed", "漏", "missed", numeric=True),
    Column("precision", "精确率", "precision", numeric=True),
    Column("recall", "召回率", "recall", numeric=True),
    Column("f1", "F1", "F1", numeric=True),
)


def score_table(name: str, rows: Iterable[tuple[Value, ...]]) -> Table:
    """Scores as a table.

    Args:
        name: of the table.
        rows: values in the order of ``COLUMNS``.
    """
    found = tuple(rows)
    return Table(name, COLUMNS, found, note=f"{len(found)} scores")
