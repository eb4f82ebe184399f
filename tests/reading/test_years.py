"""Years, numerals and the year of the plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.reading.years import DATE, Day, day, plan_end, plan_year, small_number, year_number

_HAN = "〇一二三四五六七八九十"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _HAN[tens]) + "十" if tens else "") + (_HAN[ones] if ones else "")


@given(st.integers(1, 99))
def test_small_numbers_in_either_digits(number: int) -> None:
    assert small_number(_han(number)) == number
    assert small_number(str(number)) == number


@pytest.mark.parametrize(("words", "number"), [("廿一", 21), ("百", None), ("十百", None), ("", None), ("一二三", None)])
def test_what_is_no_small_number(words: str, number: int | None) -> None:
    assert small_number(words) == number


@pytest.mark.parametrize(
    ("words", "year"),
    [("二〇〇五", 2005), ("二○一九", 2019), ("一九八九", 1989), ("2021", 2021), ("二零二零", 2020), ("1234", None), ("二百五十", None)],
)
def test_year_digits(words: str, year: int | None) -> None:
    assert year_number(words) == year


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("——2031年1月28日在", "2031-01-28"),
        ("二〇一九年十二月三十日", "2019-12-30"),
        ("二○○三年一月十日", "2003-01-10"),
        ("2012年3月6—9日", "2012-03-06"),
    ],
)
def test_days(text: str, iso: str) -> None:
    match = DATE.search(text)
    found = day(match) if match else None
    assert found is not None
    assert found.iso == iso


def test_a_day_the_calendar_lacks_is_unsound() -> None:
    assert not Day(2020, 2, 30).sound
    assert not Day(2020, 13, 1).sound
    assert Day(2020, 2, 29).sound


def test_plans_end_every_five_years() -> None:
    assert [plan_end(n) for n in (6, 9, 10, 14)] == [1985, 2000, 2005, 2025]


def _told(text: str, spoken: Day | None = None) -> int | None:
    found = plan_year(text, 0, len(text), spoken)
    return found.year if found else None


def test_the_day_decides() -> None:
    assert _told("过去一年，我们克服了许多困难。", Day(2018, 1, 9)) == 2018


def test_a_december_speech_is_for_the_next_year() -> None:
    assert _told("过去一年，我们克服了许多困难。", Day(2018, 12, 28)) == 2019


def test_a_september_speech_is_for_its_own_year_unless_the_body_says_otherwise() -> None:
    assert _told("过去五年，我们克服了许多困难。", Day(2016, 9, 28)) == 2016
    later = "一、2016年工作回顾\n" + "我们克服了许多困难。" * 30 + "二、2017年重点工作\n2017年，全面完成各项任务。"
    assert _told(later, Day(2016, 9, 28)) == 2017


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("一、2007年工作回顾\n去年工作扎实。", 2008),
        ("一、一九八九年工作的回顾\n去年工作扎实。", 1990),
        ("一、“十二五”时期工作回顾\n五年来工作扎实。", 2016),
        ("一、“十四五”开局之年的工作回顾\n过去的一年工作扎实。", 2022),
        ("一、2016年和过去五年工作回顾\n工作扎实。", 2017),
        ("没有年份的一段话。", None),
    ],
)
def test_headings_tell_where_the_day_is_missing(text: str, year: int | None) -> None:
    assert _told(text) == year


def test_far_ends_of_plans_and_comparisons_are_no_plan_years() -> None:
    text = "一、2020年工作回顾\n到2035年基本实现远景目标，二〇三五年远景目标的建议已经提出，比2010年翻一番，展望2035年远景。" * 5
    assert _told(text) == 2021


def test_the_body_overrules_an_impossible_day() -> None:
    text = "一、2002年工作回顾\n刚刚过去的2002年，成绩显著。" + "各项工作有序推进。" * 40 + "2003年工作安排如下。2003年主要任务很重。"
    found = plan_year(text, 0, len(text), Day(2010, 2, 20))
    assert found is not None
    assert (found.year, found.date_suspect) == (2003, True)
