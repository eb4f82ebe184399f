"""Admissions in problems sections: which indicators they name, and what looks like one and is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.settling.confessions import confessions, may_admit

ADMIT = [
    ("固定资产投资、社会消费品零售总额增速没有达到年初预期目标。", ["fai", "retail"]),
    ("投资、出口和居民收入增长等三项指标略低于预期目标。", ["fai", "export", "income"]),
    ("一般公共预算收入增长1.2%，低于预期目标2.8个百分点。", ["budget_revenue"]),
    ("地区生产总值增速未达预期。", ["gdp"]),
    ("县域经济不强，城镇调查失业率虽有回落，但未完成年度目标。", ["unemployment_surveyed"]),
    ("粮食产量未完成年度计划；规模以上工业增加值没能实现预期。", ["grain", "industry_va"]),
    ("固定资产投资增速低于6%左右的预期。", ["fai"]),
]
PLANS = [("城镇化率、研发经费投入强度没有达到“十三五”规划目标。", ["urbanization", "rd_intensity"])]
SILENT = [
    "部分经济指标完成情况不及预期。",
    "投资增长乏力，消费者信心恢复不及预期。",
    "深化改革没有完成时，只有进行时。",
    "对没有完成节能任务的企业从严问责。",
    "固定资产投资增长9.1%，高于预期目标。",
    "一批项目尚未完成前期工作。",
]


@pytest.mark.parametrize(("text", "subjects"), ADMIT)
def test_admitted(text: str, subjects: list[str]) -> None:
    found = confessions(text, 7)
    assert [c.subject for c in found] == subjects
    assert not any(c.plan for c in found)
    assert all(text[c.start - 7 : c.end - 7] == c.quote for c in found)


@pytest.mark.parametrize(("text", "subjects"), PLANS)
def test_plan_missed(text: str, subjects: list[str]) -> None:
    found = confessions(text)
    assert [c.subject for c in found] == subjects
    assert all(c.plan for c in found)


@pytest.mark.parametrize("text", SILENT)
def test_nothing_admitted(text: str) -> None:
    assert confessions(text) == ()


@given(st.text(alphabet="固定资产投资、，。没有达到预期目标未完成12% \n", max_size=60))
def test_quotes_point_into_the_text(text: str) -> None:
    found = confessions(text)
    assert all(text[c.start : c.end] == c.quote for c in found)
    assert not found or may_admit(text)
