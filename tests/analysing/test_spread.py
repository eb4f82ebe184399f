"""Rise, spread, silence, new terms, topics, grams."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_texts import made, texts

from duixian.analysing.dictionaries import Term, simple_terms
from duixian.analysing.search_query import Word
from duixian.analysing.search_texts import Choice
from duixian.analysing.spread import adoption, first_uses, silences, topic_shares, topic_terms
from duixian.analysing.spread_grams import Sieve, numbers
from duixian.analysing.spread_terms import candidates, new_terms, standing

BASE = texts(
    made("推广夜校。", "980100", 2021),
    made("推广夜校，夜校。", "980200", 2022),
    made("发展低空旅游。", "980100", 2022),
    made("没有。", "980100", 2023),
    made("没有。", "980200", 2023),
    made("低空旅游。", "980200", 2024, "county"),
    made("没有。", "980100", 2024),
)


def test_first_uses_by_place_and_time() -> None:
    found = first_uses(BASE, simple_terms(["夜校", "低空"]), Choice())
    assert [(u.term.name, u.text.report.region_id, u.text.report.year, u.at) for u in found] == [
        ("夜校", "980100", 2021, (2, 4)),
        ("夜校", "980200", 2022, (2, 4)),
        ("低空", "980100", 2022, (2, 4)),
        ("低空", "980200", 2024, (0, 2)),
    ]


def test_adoption_counts_reports_and_places() -> None:
    found = adoption(BASE, simple_terms(["夜校"]), Choice(levels=frozenset({"province"})))
    assert [(a.year, a.reports, a.holding, a.places, a.new, a.count) for a in found] == [
        (2021, 1, 1, 1, 1, 1),
        (2022, 2, 1, 2, 1, 2),
        (2023, 2, 0, 2, 0, 0),
        (2024, 1, 0, 2, 0, 0),
    ]


def test_silence_after_years_of_reports() -> None:
    rows = adoption(BASE, simple_terms(["夜校", "低空"]), Choice())
    found = {(s.term.name, s.level): s for s in silences(rows, 2)}
    assert (found["夜校", "province"].last, found["夜校", "province"].since, found["夜校", "province"].silent) == (2022, 2, True)
    assert (found["夜校", "province"].peak, found["夜校", "province"].peak_share) == (2021, 1.0)
    assert not found["低空", "county"].silent
    assert not {s.silent for s in silences(rows, 3)} - {False}


def test_new_terms_stand_in_no_earlier_report() -> None:
    earlier = [made("全面推进乡村振兴，发展数字经济。", "980100", 2023)]
    these = [
        made(f"{a}云上集市{b}，发展数字经济。", f"98{i}000", 2024)
        for i, (a, b) in enumerate([("打造", "平台"), ("走进", "。"), ("举办", "品牌"), ("扮靓", "样板")])
    ]
    found = new_terms(these, earlier, 3)
    assert [(f.term, f.reports, f.count) for f in found] == [("云上集市", 4, 4)]
    assert found[0].text.text[slice(*found[0].at)] == "云上集市"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("甲乙丙丁，", max_size=30), max_size=5), st.lists(st.text("甲乙丙丁", min_size=2, max_size=5), max_size=8))
def test_standing_terms_are_those_that_stand(bodies: list[str], terms: list[str]) -> None:
    found = standing(terms, [made(b, f"98{i}000") for i, b in enumerate(bodies)])
    assert found == {t for t in terms if any(t in b for b in bodies)}


@given(st.text(max_size=60), st.integers(1, 9))
def test_equal_windows_have_equal_numbers(text: str, size: int) -> None:
    found = numbers(text, size)
    windows = [text[i : i + size] for i in range(len(text) - size + 1)]
    assert len(found) == len(windows)
    assert len(set(found.tolist())) == len(set(windows))
    assert all(found[i] == numbers(w, size)[0] for i, w in enumerate(windows))


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1), st.lists(st.integers(0, 2**64 - 1)))
def test_a_sieve_is_a_set(wanted: list[int], asked: list[int]) -> None:
    asked = [*asked, *wanted[:3]]
    places = Sieve(np.array(wanted, np.uint64)).places(np.array(asked, np.uint64))
    assert places.tolist() == [i for i, n in enumerate(asked) if n in set(wanted)]


def test_candidates_have_no_function_word_at_an_edge() -> None:
    found = candidates([made("推动和完善云上集市的建设", f"98{i}000") for i in range(3)], 3)
    assert "云上集市" in found or "集市" in found
    assert not [t for t in found if t.startswith(("和", "的")) or t.endswith(("和", "的"))]


def test_topic_shares_count_sentences_once() -> None:
    topic = Term("氢能", (Word("氢"), Word("燃料电池")), (Word("脱氢"),))
    (found,) = topic_shares(texts(made("发展氢能和燃料电池。脱氢工艺。\n其他。")), [topic], Choice())
    assert (found.sentences, found.of) == (1, 3)


def test_the_registry_of_topics_gives_terms() -> None:
    found = topic_terms()
    assert len(found) > 20
    assert all(t.words for t in found)


@pytest.mark.parametrize("role", ["review", "tasks"])
def test_topic_shares_by_section(role: str) -> None:
    base = texts(made("去年发展氢能。今年种粮。", sections=[("review", 0, 7), ("tasks", 7, 12)]))
    choice = Choice(sections=frozenset({"review"}) if role == "review" else frozenset({"tasks"}))
    (found,) = topic_shares(base, [Term("氢", (Word("氢"),))], choice)
    assert (found.sentences, found.of) == ((1, 1) if role == "review" else (0, 1))
