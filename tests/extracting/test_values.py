"""The number scan: what is a value, what is a name or a date, and what was damaged."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_aid import read

from duixian.extracting.values import scan


def values(text: str) -> list[tuple[float, float, str]]:
    return [(v.low, v.high, v.unit) for v in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长8.2%", [(8.2, 8.2, "%")]),
        ("投资1.2万亿元", [(1.2, 1.2, "万亿元")]),
        ("培育3—5家", [(3, 5, "家")]),
        ("降低5%至8%", [(5, 8, "%")]),
        ("培训3万—5万人", [(3, 5, "万人")]),
        ("百分之八点五", [(8.5, 8.5, "%")]),
        ("三分之二的税收", [(0.6667, 0.6667, "1")]),
        ("翻了两番", [(4, 4, "倍")]),
        ("居全国第9位", [(9, 9, "位")]),
        ("3.9、1.8、1.3倍", [(3.9, 3.9, "倍"), (1.8, 1.8, "倍"), (1.3, 1.3, "倍")]),
        ("9.8：42.1：48.1", [(9.8, 9.8, ""), (42.1, 42.1, ""), (48.1, 48.1, "")]),
        ("引进300多个", [(300, 300, "个")]),
        ("500千伏", [(500, 500, "千伏")]),
        ("每立方米28微克", [(28, 28, "微克/立方米")]),
    ],
)
def test_values(text: str, expected: list[tuple[float, float, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月15日",
        "“十四五”",
        "5G基站",
        "PM2.5",
        "G60走廊",
        "12345热线",
        "“1331工程”",
        "三大攻坚战",
        "5A级景区",
        "一批项目",
        "“四个意识”",
        "第一，抓产业",
        "统一部署",
        "二十大",
    ],
)
def test_no_values(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["出口增长1$1.$2%。", "完成投资12□亿元。", "产值增长12？保持领先。", "拆迁40.。"])
def test_damaged_numbers_are_refused(text: str) -> None:
    assert read(text) == ()


@given(
    st.decimals(min_value="0.01", max_value="99999", places=2),
    st.sampled_from(["%", "亿元", "万人", "个百分点", "万吨", "公里", "家", "微克/立方米", "万亿元", "倍"]),
)
def test_number_and_unit_survive(number: object, unit: str) -> None:
    text = f"某项指标达到{number}{unit}。"
    found = scan(text)
    assert [(v.low, v.unit) for v in found] == [(float(str(number)), unit)]


@given(st.text(alphabet="0123456789.%‰—~至第前翻番倍成万亿千百十一二三两个家年月元人、，。：（）“”增长", max_size=60))
def test_any_text_is_scanned_in_order_without_overlap(text: str) -> None:
    found = scan(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(v.low <= v.high for v in found)
