"""Columns that many tables share: the place and year of a row, and where its words stand."""

from __future__ import annotations

from typing import Final

from duixian.analysing.tables import Column

PLACE: Final = (
    Column("region", "地区", "region"),
    Column("region_code", "区划代码", "code", detail=True),
    Column("region_id", "固定代码", "region_id", detail=True),
    Column("level", "级别", "level", detail=True),
    Column("year", "年份", "year", numeric=True),
)
SPAN: Final = (
    Column("source", "来源", "source", detail=True),
    Column("start", "起", "start", numeric=True, detail=True),
    Column("end", "止", "end", numeric=True, detail=True),
)
WHERE: Final = (Column("report_id", "编号", "id", detail=True), *SPAN)
