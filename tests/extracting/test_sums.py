"""What counts over several years, and what is no value of the whole place's accounts, in sentences that look like a year's result."""

from __future__ import annotations

import pytest
from reading_aid import read

from duixian.model import Role

DATED = [  # text, section, indicator, value, period, aggregation, base
    ("单位生产总值能耗累计下降17.2%，超额完成任务。", "review", "energy_intensity.change", 17.2, "2021-2024", "cum", None),
    ("确保“十四五”能耗强度下降14.5%。", "tasks", "energy_intensity.change", 14.5, "2021-2025", "cum", None),
    ("万元地区生产总值能耗下降13%。", "targets", "energy_intensity.change", 13.0, "2021-2025", "cum", None),
    ("单位地区生产总值能耗下降3.1%。", "targets", "energy_intensity.change", 3.1, "2025", None, None),
    ("单位GDP能耗五年分别下降18.6%。", "review_term", "energy_intensity.change", 18.6, "2020-2024", "cum", None),
    ("五年完成固定资产投资、外贸进出口总额分别达1.2万亿元、930亿美元。", "review_term", "trade.level", 930.0, "2020-2024", "cum", None),
    ("2022年至2024年共出口创汇46亿美元。", "review_term", "export.level", 46.0, "2022-2024", "cum", None),
    ("2024年进出口总额96亿美元，外贸出口年均增长9%，累计310亿美元。", "review_term", "export.level", 310.0, "2020-2024", "cum", None),
    ("实际利用外资72亿美元，年均增长7.5%。", "review_term", "fdi.level", 72.0, "2020-2024", "cum", None),
    ("实际使用外资达到17.5亿美元，增长20.1%。", "review_term", "fdi.level", 17.5, "2024", None, None),
    ("累计利用外资69亿美元，实现进出口总额570亿美元，年均增长7.8%和21%。", "review_term", "trade.level", 570.0, "2020-2024", "cum", None),
    ("这是民生改善最快的五年。城镇新增就业61.6万人。", "review", "jobs_new.level", 61.6, "2020-2024", "cum", None),
    ("城镇新增就业超过31万人。", "review_term", "jobs_new.level", 31.0, "2020-2024", "cum", None),
]
NO_HEADLINE = [
    ("一般公共预算收入八成以上用于民生。", "budget_revenue.growth"),
    ("税收占一般公共预算收入的71.3%。", "budget_revenue.growth"),
    ("每平方公里土地产生3.2亿元的生产总值和8800万元的财政收入。", "gdp.level"),
    ("新设境外网点40个，带动出口超过15亿美元。", "export.level"),
    ("农村居民人均可支配收入低于7500元农户全部脱贫。", "income_rural.level"),
]


@pytest.mark.parametrize(("text", "section", "indicator", "value", "period", "agg", "base"), DATED)
def test_years(text: str, section: Role, indicator: str, value: float, period: str, agg: str | None, base: str | None) -> None:
    (one,) = [m for m in read(text, section) if m.indicator == indicator and m.low == value]
    assert (one.period, one.agg, one.base_period) == (period, agg, base)


@pytest.mark.parametrize(("text", "indicator"), NO_HEADLINE)
def test_no_value_of_the_whole(text: str, indicator: str) -> None:
    assert not [m for m in read(text) if m.indicator == indicator]


def test_a_base_holds_for_the_rises_after_it() -> None:
    text = "2024年生产总值2620亿元，比2021年增长72.1%；工业总产值5512亿元，增长88.8%；一般公共预算收入128.9亿元，增长91.2%。"
    (one,) = [m for m in read(text, "review_term") if m.indicator == "budget_revenue.growth"]
    assert one.base_period == "2021"


def test_the_country_is_no_part_of_the_place_account() -> None:
    found = [m for m in read("我国经济实力跃上新的大台阶，国内生产总值突破一百三十万亿元。") if m.indicator == "gdp.level"]
    assert [m.scope for m in found] == ["other"]


def test_a_change_told_as_amount_and_rate_has_one_base() -> None:
    found = read("2024年一般公共预算收入比2020年减少一百多亿元，减少近百分之十。")
    assert [m.base_period for m in found if m.indicator == "budget_revenue.growth"] == ["2020"]


def test_the_basis_is_the_values_own() -> None:
    text = "城镇居民人均可支配收入增长9.6%，扣除物价上涨因素，实际增长5%；农民人均纯收入902元，增长24.4%。"
    assert [(m.low, m.basis) for m in read(text)] == [(9.6, None), (5.0, "real"), (902.0, None), (24.4, None)]


def test_a_part_of_a_year_that_opens_a_sentence_holds_for_all_of_it() -> None:
    text = "前三季度，全市实现生产总值1887亿元、居全省第6位，增长5.1%；规模以上工业增加值增长4.5%。"
    assert all("partial_year" in m.flags for m in read(text) if m.indicator)


def test_a_goal_that_a_review_tells_again_is_no_result() -> None:
    text = "省五届人大二次会议提出，2024年的主要任务，是抓好两件大事，争取全省工业总产值增长6%，农业总产值增长5%。"
    assert {m.role for m in read(text) if m.indicator} == {"other"}


def test_amounts_at_constant_prices_are_of_another_basis() -> None:
    (one,) = read("按一九八〇年不变价格计算，国民生产总值达到1117亿元。", "targets")
    assert one.basis == "constant_prices"


def test_a_past_goal_told_in_a_review_is_no_result() -> None:
    found = read("去年曾提出，要把商品零售价格涨幅控制在10%以内。")
    assert {m.role for m in found if m.indicator} <= {"other"}


def test_a_look_back_behind_a_heading_in_one_line_with_it() -> None:
    text = "九、做好2025年的工作，开好局过去的一年，改革取得新的成就。国内生产总值增长10.2%。"
    assert [(m.role, m.period) for m in read(text, "tasks") if m.indicator] == [("actual", "2024")]
