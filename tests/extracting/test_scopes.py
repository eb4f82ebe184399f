"""Whose a value is: the whole place's, or that of a part, a group of places or firms that the sentence speaks of."""

from __future__ import annotations

import pytest
from reading_aid import read

PARTS = [
    ("青云湖实现生产总值312亿元，增长14.2%。", "gdp.level", {312.0}),
    ("云陵综合保税区实现进出口总额88亿元、增长41%。", "trade.level", {88.0}),
    ("外贸加工企业实现进出口额3200万美元，增长95%。", "trade.level", {3200.0}),
    ("开发区继续走在前列，生产总值达到410亿元，增长22%。", "gdp.growth", {22.0}),
    ("软件和信息服务业收入210亿元；出口6.5亿美元，增长38%。", "export.level", {6.5}),
    ("全省各县、区财政收入均超过2亿元。", "budget_revenue.level", {2.0}),
    ("其中，2024年临江经济开发区指标喜人，地区生产总值、固定资产投资分别增长26%、71%。", "fai.growth", {71.0}),
]
WHOLE = [
    ("规模以上工业企业完成增加值806亿元，增长9.1%。", "industry_va.growth", {9.1}),
    ("努力实现生产总值5200亿元。", "gdp.level", {5200.0}),
    ("我省完成固定资产投资3100亿元，增长6%。", "fai.level", {3100.0}),
    ("综合保税区通过验收，外贸进出口232亿元。", "trade.level", {232.0}),
    ("港口集装箱吞吐量增长12%，城镇登记失业率3.1%。", "unemployment_registered.level", {3.1}),
    ("县城以上城市污水处理率保持92%以上；城镇新增就业8万人。", "jobs_new.level", {8.0}),
]


@pytest.mark.parametrize(("text", "indicator", "values"), PARTS)
def test_part(text: str, indicator: str, values: set[float]) -> None:
    found = [m for m in read(text) if m.indicator == indicator]
    assert {m.low for m in found} == values
    assert all(m.scope == "other" and m.scope_name for m in found)


@pytest.mark.parametrize(("text", "indicator", "values"), WHOLE)
def test_whole(text: str, indicator: str, values: set[float]) -> None:
    found = [m for m in read(text) if m.indicator == indicator]
    assert {m.low for m in found} == values
    assert all(m.scope == "region" for m in found)
