"""The words of answers: what each pattern matches and what it must not, and the weights of shared pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.registry.answers import STAGES, answer_words, pair_weights
from duixian.settling.followups.answers import AnswerText
from duixian.settling.followups.grams import core, grams, name_of, plain
from duixian.settling.followups.records import Span
from duixian.settling.followups.stages import stage_of

WORDS = answer_words()
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=12)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新建和提升产业园", "产业园"),
        ("力争建成北湖大桥", "北湖大桥"),
        ("和美乡村", "和美乡村"),
        ("东站枢纽建成投用", "东站枢纽"),
        ("智能算力规模", "智能算力"),
        ("争创全国卫生城市五连冠", "卫生城市"),
        ("以上", ""),
    ],
)
def test_core(text: str, name: str) -> None:
    assert core(text) == name


@pytest.mark.parametrize(
    ("text", "stage"),
    [("谋划东城水厂", "planned"), ("水厂开工", "started"), ("水厂有序推进", "under_way"), ("水厂竣工", "built"), ("水厂投用", "in_use")],
)
def test_stage(text: str, stage: str) -> None:
    found = stage_of(text)
    assert found is not None
    assert STAGES[found] == stage


def test_no_stage() -> None:
    assert stage_of("水厂") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("省级园区", "国家级园区", False), ("省级园区", "省重点园区", True), ("全省项目", "国家项目", True), ("省外项目", "国家项目", True)],
)
def test_levels_of_government(one: str, other: str, same: bool) -> None:
    a, b = ({i for i, level in enumerate(WORDS.levels) if level.search(text)} for text in (one, other))
    assert (not a or not b or bool(a & b)) == same


@pytest.mark.parametrize(
    ("text", "blanket"),
    [
        ("十件民生实事全面完成", True),
        ("年初确定的民生实事全部办结", True),
        ("办好十件民生实事", False),
        ("全面完成防汛任务", False),
        ("民生实事有序推进", False),
    ],
)
def test_blanket(text: str, blanket: bool) -> None:
    made = AnswerText(text, 0, [Span("r", "s", "review", 0, len(text))], ())
    assert (made.blanket is not None) == blanket


def test_acts_are_told_by_their_verbs() -> None:
    kinds = {a.name: a for a in WORDS.acts}
    assert kinds["title"].verbs is not None
    assert kinds["title"].verbs.search("争创")
    assert kinds["title"].done.search("获评")
    assert not kinds["title"].done.search("制定方案")
    assert WORDS.acts[-1].verbs is None


def test_rare_pairs_weigh_more() -> None:
    weights = pair_weights()
    assert weights["发展"] < weights["高新"]
    assert "玥驿" not in weights
    common, rare = name_of("发展经济"), name_of("玥驿古镇")
    assert rare.weight > common.weight


def test_shares() -> None:
    name = name_of("青泽机场三期")
    assert name.share_in(grams("青泽国际机场三期工程")) == 1.0  # a word put in leaves all characters found
    assert name.unbroken_in(grams("青泽国际机场三期工程")) < 1.0
    assert name.share_in(grams("北湖大桥")) == 0.0


def test_plain_reads_words_of_one_meaning_as_one() -> None:
    assert plain("新建 100 个“技术改造”项目（含续建）") == "新建100个技改项目"


@given(CHINESE, CHINESE)
def test_shares_lie_between_none_and_all(a: str, b: str) -> None:
    name = name_of(a)
    assert 0.0 <= name.share_in(grams(b)) <= 1.0 + 1e-9
    if len(a) >= 2:
        assert name.share_in(grams(a)) == pytest.approx(1.0)


def test_clauses_point_into_the_source() -> None:
    text = "　城市 更新，新建公园 3 个；改造\n\n老旧小区20个。"
    made = AnswerText(text, 100, [Span("r", "s", "review", 100, 100 + len(text))], ())
    for clause in made.clauses:
        assert plain(text[clause.start - 100 : clause.end - 100]) == clause.text
        assert clause.part == "review"
