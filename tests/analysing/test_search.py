"""Search against a reference that tries everything."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_texts import made, texts

from duixian.analysing.search import UNITS, Unit, rank, search
from duixian.analysing.search_query import And, Near, Node, Not, Or, Word, parse, positive
from duixian.analysing.search_texts import Choice, Span, common, joined, stretches
from duixian.store import StoreError


def node(query: str) -> Node:
    found = parse(query).node
    assert found is not None
    return found


def spans(query: str, *reports: str, unit: Unit = "sentence", choice: Choice | None = None) -> list[list[Span]]:
    base = texts(*(made(t, str(980000 + i)) for i, t in enumerate(reports)))
    found = {f.text.report.region_code: [(h.start, h.end) for h in f.hits] for f in search(base, node(query), choice, unit)}
    return [found.get(str(980000 + i), []) for i in range(len(reports))]


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("低空经济", Word("低空经济")),
        ("甲 乙", And((Word("甲"), Word("乙")))),
        ("甲 AND 乙 OR 丙", Or((And((Word("甲"), Word("乙"))), Word("丙")))),
        ("甲 | (乙 NOT 丙)", Or((Word("甲"), And((Word("乙"), Not(Word("丙"))))))),
        ("甲 -丙", And((Word("甲"), Not(Word("丙"))))),
        ("甲 NEAR/5 乙", Near(Word("甲"), Word("乙"), 5)),
        ("甲 NEAR （乙 或 丙）", Near(Word("甲"), Or((Word("乙"), Word("丙"))), 10)),
        ('"甲 AND 乙"', Word("甲 AND 乙")),
        ("ＧＤＰ", Word("GDP")),
        ("新*力", Word("新*力", wild=True)),
        ("甲 year:2025 >3", Word("甲")),
    ],
)
def test_parse(query: str, tree: Node) -> None:
    assert parse(query).node == tree


def test_fields_and_comparisons() -> None:
    found = parse("indicator:rd_intensity >3 year:2025,2024 region:安徽 <=4.5")
    assert found.node is None
    assert found.fields == {"indicator": ("rd_intensity",), "year": ("2025", "2024"), "region": ("安徽",)}
    assert [(c.sign, c.number) for c in found.comparisons] == [(">", 3.0), ("<=", 4.5)]


@pytest.mark.parametrize("query", ["(甲", "甲)", "甲 OR", "NOT 甲", '"甲', "*", "甲 NEAR/3", "AND 甲", '""'])
def test_wrong_queries_say_so(query: str) -> None:
    with pytest.raises(StoreError, match="query"):
        parse(query)


def test_hits_are_per_sentence() -> None:
    text = "发展低空经济。建设无人机基地，低空经济起步。\n无人机"
    assert spans("低空经济 无人机", text) == [[(9, 12), (15, 19)]]
    assert spans("低空经济 无人机", text, unit="report") == [[(2, 6), (9, 12), (15, 19), (23, 26)]]
    assert spans("低空经济 NOT 无人机", text) == [[(2, 6)]]
    assert spans("无人机 -低空经济", text) == [[(23, 26)]]


def test_or_shows_only_the_words_that_answer() -> None:
    assert spans("甲 OR (乙 丙)", "甲乙。乙丙。") == [[(0, 1), (3, 4), (4, 5)]]


def test_near_counts_the_characters_between() -> None:
    assert spans("稳岗 NEAR/2 就业", "稳岗促进就业。就业和稳岗。稳岗和再就业。") == [[(0, 2), (4, 6), (7, 9), (10, 12), (13, 15), (17, 19)]]
    assert spans("稳岗 NEAR/1 就业", "稳岗促进就业。就业和稳岗。") == [[(7, 9), (10, 12)]]
    assert spans("甲甲 NEAR/9 甲", "甲甲。") == [[]]


def test_wildcards_stay_inside_a_word() -> None:
    assert spans("新*力", "新质生产力，新的活动，能力。新力。") == [[(0, 5), (14, 16)]]
    assert spans("数字?会", "数字社会、数字化社会") == [[(0, 4)]]


def test_sections_filter_and_the_sentence_comes_along() -> None:
    report = made("去年发展氢能。今年发展氢能。", sections=[("review", 0, 7), ("tasks", 7, 14)])
    (found,) = search(texts(report), node("氢能"), Choice(sections=frozenset({"tasks"})))
    (hit,) = found.hits
    assert (hit.start, hit.sentence, hit.section.role) == (11, (7, 14), "tasks")
    assert hit.context(4) == ("今年发展", "氢能", "。")


def test_rank_prefers_rare_words_and_many_hits() -> None:
    base = texts(
        made("氢能产业。" * 3, "980100"), made("氢能，粮食。", "980200"), made("粮食丰收。" * 9, "980300"), made("粮食。", "980400")
    )
    found = rank(base, node("氢能 OR 粮食"))
    assert [r.text.report.region_code for r in found][:2] == ["980200", "980100"]
    assert len(found) == 4


ALPHABET = "甲乙丙，。\n"
TEXT = st.text(ALPHABET, max_size=60)
WORD = st.text("甲乙丙", min_size=1, max_size=3)


def brute(text: str, wanted: list[str], banned: list[str], either: bool, unit: Unit) -> list[Span]:
    """Cuts the text into units by hand and looks into each."""
    ends = {"sentence": r"[。！？\n]+[”’）」]*\n*", "paragraph": r"\n+", "report": r"(?!)"}[unit]
    cuts = sorted({0, len(text), *(m.end() for m in re.finditer(ends, text))})
    found = []
    for a, b in pairwise(cuts):
        starts = {w: [m.span() for m in re.finditer(re.escape(w), text) if a <= m.start() < b] for w in {*wanted, *banned}}
        there = [bool(starts[w]) for w in wanted]
        if (any(there) if either else all(there)) and not any(starts[w] for w in banned):
            found += [s for w in set(wanted) for s in starts[w]]
    return sorted(set(found))


@settings(max_examples=300, deadline=None)
@given(TEXT, st.lists(WORD, min_size=1, max_size=3), st.lists(WORD, max_size=2), st.booleans(), st.sampled_from(UNITS))
def test_hits_equal_brute_force(text: str, wanted: list[str], banned: list[str], either: bool, unit: Unit) -> None:
    query = f"({(' OR ' if either else ' ').join(wanted)})" + "".join(f" NOT {w}" for w in banned)
    found = sorted({s for hits in spans(query, text, unit=unit) for s in hits})
    assert found == brute(text, wanted, banned, either, unit)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_common_and_joined_are_sets_of_positions(one: list[Span], other: list[Span]) -> None:
    def positions(found: list[Span]) -> set[int]:
        return {i for a, b in found for i in range(a, b)}

    assert positions(joined(one)) == positions(one)
    assert positions(common(joined(one), joined(other))) == positions(one) & positions(other)


def test_stretches_tile_and_the_deepest_counts() -> None:
    found = stretches([("tasks", 1, "任务", 2, 10), ("livelihood", 2, "实事", 4, 6), ("closing", 1, None, 10, 12)], 13)
    assert [(s.start, s.end, s.role, s.path) for s in found] == [
        (0, 2, "front", ()),
        (2, 4, "tasks", ("任务",)),
        (4, 6, "livelihood", ("任务", "实事")),
        (6, 10, "tasks", ("任务",)),
        (10, 12, "closing", ()),
        (12, 13, "front", ()),
    ]


def test_positive_words_leave_out_the_unwanted() -> None:
    assert [w.text for w in positive(node("甲 (乙 OR 丙) NOT 丁"))] == ["甲", "乙", "丙"]
