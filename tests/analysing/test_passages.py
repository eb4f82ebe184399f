"""Shared passages against a reference that tries every pair of positions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.analysing.passages import Passage, TextGrams, shared_passages

SMALL = st.text("甲乙丙。\n", max_size=40)


def by_trying(text: str, other: str, least: int) -> list[Passage]:
    """Every stretch of the other text, kept where it stands in the first and no longer one does."""
    n = len(other)
    stand = {(i, j) for i in range(n) for j in range(i + least, n + 1) if "\n" not in other[i:j] and other[i:j] in text}
    longest = [(i, j) for i, j in stand if (i - 1, j) not in stand and (i, j + 1) not in stand]
    return [Passage(text.index(other[i:j]), i, j - i) for i, j in sorted(longest)]


@settings(max_examples=1500, deadline=None)
@given(SMALL, SMALL, st.integers(1, 5))
def test_passages_equal_brute_force(text: str, other: str, least: int) -> None:
    assert shared_passages(text, other, least) == by_trying(text, other, least)


@settings(max_examples=300, deadline=None)
@given(SMALL, SMALL, st.integers(1, 5))
def test_the_share_is_what_passages_cover(text: str, other: str, least: int) -> None:
    inside = {i for p in by_trying(text, other, least) for i in range(p.other_start, p.other_start + p.length)}
    characters = len(other) - other.count("\n")
    taken = TextGrams(other, least).taken_from(TextGrams(text, least))
    assert taken == (pytest.approx(len(inside) / characters) if characters else 0)


def test_a_sentence_taken_over() -> None:
    last = "坚持稳中求进。全面推进乡村振兴，守住粮食底线。"
    this = "今年全面推进乡村振兴，守住耕地红线。"
    assert shared_passages(last, this, 6) == [Passage(7, 2, 11)]


def test_long_repetitive_texts_take_linear_time() -> None:
    text = "甲" * 30_000
    assert shared_passages(text, text, 12) == [Passage(0, 0, 30_000)]
