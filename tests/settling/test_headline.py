"""The choice of a cell's headline value."""

from __future__ import annotations

import sys
from pathlib import Path

from duixian.model import Measurement, Reading, Section

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "extracting"))

from dataclasses import replace

from reading_aid import read

from duixian.extracting import extract
from duixian.reading.repair import repair
from duixian.settling.headline import choose
from made_report import made_report


def chosen(readings: tuple[Reading, ...]) -> dict[tuple[str | None, str], Measurement]:
    return {(r.measurement.indicator, r.measurement.role): r.measurement for r in readings if r.chosen}


def headline(text: str) -> dict[tuple[str | None, str], Measurement]:
    return chosen(choose(made_report(text), read(text)))


def test_unadjusted_value_wins() -> None:
    found = headline("一般公共预算收入增长1.2%（剔除减税因素后增长7.5%）。")
    assert found["budget_revenue.growth", "actual"].low == 1.2


def test_adjusted_value_fills_a_cell_with_no_other() -> None:
    assert headline("一般公共预算收入同口径增长4.6%。")["budget_revenue.growth", "actual"].low == 4.6


def test_headlines_own_name_wins() -> None:
    found = headline("全部工业增加值增长5.9%，其中规模以上工业增加值增长6.4%。")
    assert found["industry_va.growth", "actual"].low == 6.4


def test_targets_section_beats_work_sections_which_fill_the_rest() -> None:
    tasks, targets = "抓好消费，社会消费品零售总额增长9%，进出口总额增长4%。", "社会消费品零售总额增长6%左右。"
    text = tasks + targets
    report = replace(
        made_report(text),
        sections=(Section("tasks", 1, None, 0, len(tasks)), Section("targets", 1, None, len(tasks), len(text))),
    )
    found = chosen(choose(report, extract(report, repair(text))))
    assert found["retail.growth", "target"].low == 6
    assert found["trade.growth", "target"].low == 4


def test_exactly_one_of_each_cell_and_reasons_for_all() -> None:
    text = "地区生产总值增长5%。全市地区生产总值增长5.1%。"
    readings = choose(made_report(text), read(text))
    assert len(readings) == 2
    assert sum(r.chosen for r in readings) == 1
    assert all(r.reasons for r in readings)


def test_other_years_stretches_and_averages_are_no_headlines() -> None:
    assert headline("五年来，地区生产总值年均增长6.4%。") == {}
    assert headline("前三季度社会消费品零售总额增长4%。") == {}
    assert headline("地区生产总值从2020年的3.1万亿元提高到2024年的4.2万亿元。")["gdp.level", "actual"].low == 4.2


def test_a_bound_on_a_growth_does_not_give_way_to_another_growth() -> None:
    found = headline("全市生产总值完成2380亿元，增长14%以上。开发区进入新阶段。生产总值增长23%。")
    assert found["gdp.growth", "actual"].low == 14


def test_growth_behind_its_amount_is_no_weaker_than_one_that_stands_alone() -> None:
    found = headline("固定资产投资完成510亿元，增长21%。湖东片区连片开发，固定资产投资增长68%。")
    assert found["fai.growth", "actual"].low == 21


def test_a_line_that_was_crossed_gives_way_to_the_value_beside_it() -> None:
    found = headline("地区生产总值突破1000亿元大关，预计达到2380亿元。")
    assert found["gdp.level", "actual"].low == 2380


def test_revenue_of_places_is_none_of_the_country() -> None:
    text = "国家财政收入增长7.1%，地方财政收入增长9%。"
    report = replace(made_report(text), level="national", region="全国", region_code="100000", region_id="100000")
    assert chosen(choose(report, extract(report, repair(text))))["budget_revenue.growth", "actual"].low == 7.1
    text = "地方财政收入增长9%。"
    report = replace(made_report(text), level="national", region="全国", region_code="100000", region_id="100000")
    assert ("budget_revenue.growth", "actual") not in chosen(choose(report, extract(report, repair(text))))


def test_an_expected_result_is_no_target() -> None:
    assert ("grain.level", "target") not in headline("2025年粮食产量预计达到335万吨。")
