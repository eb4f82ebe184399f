"""Tables of the decisions that people took about cells, and their form as gold rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from duixian.analysing.corrected import corrected_panel
from duixian.analysing.tables import Column, Table
from duixian.model import Cell, Correction
from duixian.registry.regions import regions
from duixian.store import Generation

_COLUMNS = (
    Column("correction_id", "编号", "number", numeric=True),
    Column("region", "地区", "region"),
    Column("region_id", "固定代码", "region_id", detail=True),
    Column("year", "年份", "year", numeric=True),
    Column("indicator", "指标", "indicator"),
    Column("role", "类别", "role"),
    Column("action", "决定", "decision"),
    Column("comparator", "比较", "comparator"),
    Column("low", "值", "value", numeric=True),
    Column("high", "上限", "high", numeric=True),
    Column("unit", "单位", "unit"),
    Column("direction", "方向", "direction", detail=True),
    Column("reason", "理由", "reason", wide=True),
    Column("author", "谁", "who"),
    Column("made", "时间", "when"),
    Column("undone", "撤销", "undone"),
)


def corrections_table(log: Iterable[Correction]) -> Table:
    """Every decision ever taken, oldest first."""
    rows = tuple(
        (
            c.correction_id,
            region.full_name if (region := regions().at(c.cell.region_id, c.cell.year)) else None,
            c.cell.region_id,
            c.cell.year,
            c.cell.indicator,
            c.cell.role,
            c.action,
            c.comparator,
            c.low,
            c.high,
            c.unit,
            c.direction,
            c.reason,
            c.author,
            c.made,
            c.undone,
        )
        for c in log
    )
    return Table("corrections", _COLUMNS, rows)


def gold_rows(store: Generation, current: Mapping[Cell, Correction]) -> Iterator[str]:
    """The decisions in force as JSON lines of the gold's headline format (a refused cell has no row there)."""
    cells = {(c.region_id, c.year, c.indicator, c.role) for c in current}
    for m in corrected_panel(store, current, codes=sorted({c.region_id for c in current})):
        if (m.region_id, m.year, m.indicator, m.role) in cells:
            correction = current[Cell(m.region_id, m.year, m.indicator or "", "target" if m.role == "target" else "actual")]
            row = {
                "indicator": m.indicator,
                "name": m.name,
                "role": m.role,
                "period": m.period,
                "cmp": m.comparator,
                "lo": m.low,
                "hi": m.high,
                "unit": m.unit,
                "dir": m.direction,
                "tier": m.tier,
                "scope": m.scope,
                "quote": correction.quote or m.quote,
                "source": m.source,
                "region_code": m.region_code,
                "year": m.year,
            }
            yield json.dumps(row, ensure_ascii=False)
