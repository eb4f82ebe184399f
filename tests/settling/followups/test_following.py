"""Promise and answer, case by case, and what must hold for every pair."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pairs import answering, followed, promise_of

from duixian.model import Role
from duixian.settling.followups.following import checkable, follow, lone_targets

CASES = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))["case"]
SENTENCES = [c[key] for c in CASES for key in ("promise", "answer")]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["promise"])
def test_case(case: dict[str, str]) -> None:
    role: Role = case.get("part", "review")  # type: ignore[assignment]
    promised_in: Role = case.get("promised_in", "tasks")  # type: ignore[assignment]
    rows = followed(case["promise"], case["answer"], role, promised_in=promised_in)
    assert {r.verdict for r in rows} == {case["verdict"]}, rows[0].reason
    if case["said"]:
        assert any(case["said"] in (r.answer or "") for r in rows)
    else:
        assert [r.answer for r in rows] == [None]


def test_all_livelihood_items_are_answered_by_one_sentence() -> None:
    answer = "民生福祉增进，十件民生实事全面完成。"
    (row,) = followed("改造老旧小区60个。", answer, livelihood=3)
    assert (row.verdict, row.answer) == ("met", "十件民生实事全面完成")
    (row,) = followed("改造老旧小区60个。", answer)  # no item of the list
    assert row.verdict == "not_mentioned"
    (row,) = followed("改造老旧小区60个。", "办成了一批民生实事。", livelihood=3)  # not all of them
    assert row.verdict == "not_mentioned"


def test_an_item_with_an_answer_of_its_own_keeps_it() -> None:
    (row,) = followed("改造老旧小区60个。", "改造老旧小区41个，十件民生实事全面完成。", livelihood=3)
    assert (row.verdict, row.answer) == ("partly", "改造老旧小区41个")


def test_reasons_name_what_was_compared() -> None:
    (row,) = followed("新增高新技术企业200家以上。", "新增高新技术企业236家。")
    assert row.reason == "高新技术企业: 236家 against >=200家"


def test_members_are_answered_one_by_one_and_three_at_most() -> None:
    promise = "新增托育机构20家、社区食堂30家、口袋公园40个、充电桩5000个。"
    answer = "新增托育机构21家。新增社区食堂33家。新增口袋公园46个。新增充电桩6100个。"
    rows = followed(promise, answer)
    assert len(rows) == 3
    assert {r.verdict for r in rows} == {"met"}
    assert len({r.answer_start for r in rows}) == 3


def test_a_target_that_is_no_commitment_is_followed_up() -> None:
    one, figures = promise_of("居民人均可支配收入与经济增长同步。", role="targets")
    assert [p.quote for p in lone_targets(figures, [])] == ["居民人均可支配收入与经济增长同步"]
    assert lone_targets(figures, [one]) == []


def test_what_is_checkable() -> None:
    one, _ = promise_of("全面推行林长制。")
    vague = replace(one, kind="qualitative")
    assert checkable([one, vague, replace(vague, quote="加强生态保护"), replace(one, section="tasks_term")]) == [one, vague]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.sampled_from(SENTENCES))
def test_every_answer_is_a_piece_of_the_report_and_every_promise_has_one_verdict(report: list[str], sentence: str) -> None:
    text = "\n".join(report)
    one, figures = promise_of(sentence)
    said = answering(text)
    rows = list(follow([one], figures, said))
    assert 1 <= len(rows) <= 3
    assert len({r.verdict for r in rows}) == 1
    for row in rows:
        assert row.promise == sentence[row.start : row.end]
        if row.answer is None:
            assert row.verdict == "not_mentioned"
        else:
            assert row.answer == text[row.answer_start : row.answer_end]
    assert rows == list(follow([one], figures, said))
