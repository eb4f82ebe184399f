"""The registry of indicators as a table."""

from __future__ import annotations

from duixian.analysing.tables import Column, Table
from duixian.registry.indicators import indicator_table

_COLUMNS = (
    Column("indicator", "代码", "id"),
    Column("zh", "名称", "name"),
    Column("en", "英文", "English"),
    Column("kind", "类型", "kind"),
    Column("units", "单位类", "units"),
    Column("polarity", "何为好", "good is"),
    Column("low", "下限", "low", numeric=True),
    Column("high", "上限", "high", numeric=True),
    Column("names", "原文写法", "as written", wide=True),
)
_SHOWN = 12  # names of a subject that the table shows


def registry_table(words: str | None = None) -> Table:
    """Every indicator, or those whose id, names or synonyms hold the words.

    Args:
        words: part of an id, a name or a synonym.
    """
    table = indicator_table()
    names: dict[str, list[str]] = {}
    for name, subject in table.names.items():
        names.setdefault(subject, []).append(name)
    rows = []
    for one in table.indicators.values():
        written = names.get(one.subject, [])
        if words and not any(words.lower() in w.lower() for w in (one.id, one.zh, one.en, *written)):
            continue
        units = " ".join(sorted(one.units))
        rows.append((one.id, one.zh, one.en, one.kind, units, one.polarity, one.low, one.high, "、".join(written[:_SHOWN])))
    return Table("indicators", _COLUMNS, tuple(rows), f"{len(rows)} of {len(table.indicators)} indicators")
