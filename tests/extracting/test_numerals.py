"""The reader of Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.extracting.numerals import read_chinese

DIGITS = "零一二三四五六七八九"


def spell(n: int) -> str:
    """A number below 10,000 in Chinese numerals, as a writer would spell it."""
    out, zero = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + word
            zero = False
        else:
            zero = True
    return out.removeprefix("一") if 10 <= n < 20 else out


@given(st.integers(1, 9999))
def test_round_trip(n: int) -> None:
    assert read_chinese(spell(n)) == n


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_round_trip_with_myriads(high: int, low: int) -> None:
    joint = "零" if low < 1000 else ""
    assert read_chinese(spell(high) + "万" + joint + (("一" + spell(low)) if 10 <= low < 20 else spell(low))) == high * 10_000 + low


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("八点五", 8.5),
        ("十二", 12),
        ("两千三百万", 23_000_000),
        ("二〇二四", 2024),
        ("一万六千五百八十亿", 1_658_000_000_000),
        ("三十六点五", 36.5),
    ],
)
def test_numerals(text: str, value: float) -> None:
    assert read_chinese(text) == value


@pytest.mark.parametrize("text", ["", "点五", "五点", "三百甲"])
def test_no_numerals(text: str) -> None:
    assert read_chinese(text) is None


def test_a_chain_of_myriads_beyond_counting_is_no_number() -> None:
    assert read_chinese("一" + "亿" * 60) is None
