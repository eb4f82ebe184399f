"""What holds for any text: quotes, positions, no crash, the same result wherever the report stands."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading_aid import read

from duixian.extracting import extract
from duixian.model import Role
from duixian.reading.repair import repair
from made_report import made_report

PARTS = st.sampled_from(
    [
        "地区生产总值", "增长", "5.6%", "左右", "、", "，",
        "。", "分别", "比上年", "（", "）", "12万人", "城镇新增就业", "和", "其中", "从", "提高到",
        "2024年", "过去五年", "年均", "力争", "与经济增长同步", "第3位",
        "三分之二", "翻一番", "\n", "$1.$2", "？", "“", "”", "高于全国平均水平", "均", "达",
        "9：8：7", "在…情况下", "3—5家", "亿元以上项目", " ", "7", "万", "居民收入",
    ]
)  # fmt: skip
SOUND = (
    "全年地区生产总值达到4120亿元，比上年增长百分之五点六；城乡居民人均可支配收入分别增长5.1%、6.8%左右。"
    "财政收入由三十二亿元提高到四十亿五千万元，占全省的1/4；粮食总产量（含薯类）三百二十万吨，居全省第3位。"
    "外贸进出口突破6亿美元、翻一番，居民消费价格指数为102.3，单位生产总值能耗下降3%—3.5%，培育3—5家企业。"
)
PUT = st.sampled_from(["", "？", "$1.$2", "\n", "。", "\ufffd", "百分之", "万", "三", "—", "（", "9"])
ROLES: list[Role] = ["review", "targets", "tasks", "outlook", "review_term", "problems", "appendix"]


@settings(deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join), st.sampled_from(ROLES))
def test_quotes_and_positions(text: str, role: Role) -> None:
    for one in read(text, role):
        assert text[one.start : one.end] == one.quote
        assert 0 <= one.start < one.end <= len(text)
        assert one.start <= one.value_start <= one.value_end
        assert (one.low is None) == (one.comparator in ("sync", "ref", "qual"))
        assert one.rule


@settings(deadline=None)
@given(st.lists(PARTS, max_size=25).map("".join))
def test_place_in_the_document_does_not_matter(text: str) -> None:
    body = "甲。" + text + "。乙"
    alone = extract(made_report(body), repair(body))
    padded = "封面文字\n\n" + body + "\n\n另一篇，外贸出口增长3%。"
    inside = made_report(padded)
    shift = len("封面文字\n\n")
    section = replace(inside.sections[0], start=shift, end=shift + len(body))
    within = extract(replace(inside, start=shift, end=shift + len(body), sections=(section,)), repair(padded))
    strip = [(m.name, m.low, m.unit, m.comparator, m.period, m.role, m.indicator, m.start - shift) for m in within]
    assert strip == [(m.name, m.low, m.unit, m.comparator, m.period, m.role, m.indicator, m.start) for m in alone]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), PUT, st.integers(0, 2)), min_size=1, max_size=6))
@example([(SOUND.index("三十二亿"), "三", 0)])
@example([(SOUND.index("1/4"), "0", 1)])
def test_damage_anywhere_breaks_nothing(damage: list[tuple[int, str, int]]) -> None:
    """Characters lost, doubled or replaced: no exception, no quote that is not there, no number out of nothing."""
    text = SOUND
    for at, put, lost in damage:
        text = text[:at] + put + text[at + lost :]
    for role in ("review", "targets"):
        for one in read(text, role):
            assert text[one.start : one.end] == one.quote
            assert one.low is None or (one.high is not None and one.low <= one.high)


def test_identifiers_are_unique() -> None:
    found = read("外贸出口和实际利用外资均增长3.4%，进出口、出口分别增长5%、6%。", "targets")
    assert len({m.measurement_id for m in found}) == len(found)
