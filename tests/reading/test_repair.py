"""Repair: each rule alone, all rules together, and positions that lead back to the source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.reading.folding import fold
from duixian.reading.repair import DAMAGE, RULES, DamageRule, Rule, damage, find_edits, repair

NASTY = st.text(alphabet="甲乙全省一二三年今，。；、：（）()“”*#-—_~ \n\t\u3000\xa0１２3.5%％$?&;abPM{}[]^<>!/\\亿元", max_size=120)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_finds_its_examples_and_leaves_the_others(rule: Rule) -> None:
    for text, wanted in rule.matches:
        assert rule.pattern.sub(rule.replace, text) == wanted
        assert not rule.needs or any(n in text for n in rule.needs)
    for text in rule.refuses:
        assert not rule.pattern.search(text)


@pytest.mark.parametrize("rule", DAMAGE, ids=lambda r: r.name)
def test_damage_is_found_and_sound_text_is_not_damage(rule: DamageRule) -> None:
    assert rule.pattern.search(rule.matches)
    assert not rule.needs or any(n in rule.matches for n in rule.needs)
    assert not rule.pattern.search(rule.refuses)


def test_damaged_number_is_listed_and_not_mended() -> None:
    copy = repair("全市生产总值增长1$1.$2％，其他正常。")
    assert [copy.text[d.start : d.end] for d in damage(copy)] == ["1$1.$2%"]
    assert "1$1.$2%" in copy.text


@pytest.mark.parametrize(
    ("text", "wanted", "rule"),
    [
        ("全市新建学校800\n\n个，其中小学300个。", "全市新建学校800个，其中小学300个。", "page_cut"),
        ("完成投资6.5\n\n万亿元左右。", "完成投资6.5万亿元左右。", "page_cut"),
        ("我们大力推进改革。全面推\n\n行新政。", "我们大力推进改革。全面推行新政。", "page_cut"),
        ("一、过去一年工作回顾\n\n过去一年很不容易。", "一、过去一年工作回顾\n过去一年很不容易。", "paragraph_break"),
        ("我们大力推进改革\n\n（一）稳住增长。", "我们大力推进改革\n（一）稳住增长。", "paragraph_break"),
        ("今年的主要工作如下：\n稳住增长。", "今年的主要工作如下：\n稳住增长。", "paragraph_break"),
        ("政府工作报\n\n告", "政府工作报告", "page_cut"),
        ("这是一段很长的没有结束的话，它讲的是各方面工作都取得了新的进展，群众的生活\n\n— 12 —\n\n得到改善。", None, "page_number"),
    ],
)
def test_line_breaks(text: str, wanted: str | None, rule: str) -> None:
    copy = repair(text)
    assert rule in copy.counts()
    assert copy.text == (wanted or "这是一段很长的没有结束的话，它讲的是各方面工作都取得了新的进展，群众的生活得到改善。")


def test_wrapped_text_is_joined_at_the_width() -> None:
    line = "全市上下团结一心克服困难推动各项事业取得了新的成绩并且"
    copy = repair("\n".join([line] * 60))
    assert copy.text.count("\n") == 0


@given(NASTY)
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(NASTY)
def test_edits_are_sorted_and_apart(text: str) -> None:
    edits = find_edits(text)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    assert all(0 <= e.start <= e.end <= len(text) for e in edits)


@given(NASTY, st.integers(0, 200), st.integers(1, 40))
def test_every_stretch_of_the_copy_leads_back(text: str, start: int, length: int) -> None:
    copy = repair(text)
    end = min(len(copy.text), start + length)
    if start >= end:
        return
    a, b = copy.span(start, end)
    assert 0 <= a < b <= len(text)
    assert copy.quote(start, end) == text[a:b]
    kept = [c for c in copy.text[start:end] if c not in "\n和等"]
    inside = fold(text[a:b])
    assert all(c in inside or c in "PM2.510‰ " for c in kept)


@given(NASTY)
def test_positions_map_there_and_back(text: str) -> None:
    copy = repair(text)
    for at in range(len(copy.text)):
        source = copy.source_start(at)
        assert copy.source_start(copy.copy_at(source)) == source


@given(NASTY)
def test_repair_twice_changes_little(text: str) -> None:
    once = repair(text).text
    assert len(repair(once).text) <= len(once)
