"""Which year is meant where a term's review names none: 地区生产总值增长7.1% among five-year figures is last year's.

A paragraph of a term's review often turns to the last year without a word for it. What speaks for the year: 同比 and 比上年, rates
too small for five years, a growth right behind its amount. What speaks for the term: 年均, 累计, 五年, rates too high for a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from duixian.model import Measurement

UNSAID: Final = "years_unsaid"  # flag: the years are the section's, no word names them
ASSUMED: Final = "year_assumed"  # flag: read as the last year's by what stands around
# Compares with the year before. Matches "同比增长", "比上年".
AGAINST_LAST: Final = re.compile(r"同比|[比较](?:上年|去年|上一年)")
# Speaks of the years of a term. Matches "五年", "累计"; not "2024年".
OF_TERM: Final = re.compile(r"[五四六]年|年均|累计|时期|平均每年|年递增")
# Rates that grow in nearly every year: so little in five years is a year's growth.
_STEADY: Final = frozenset(
    (
        "gdp.growth",
        "industry_va.growth",
        "services_va.growth",
        "retail.growth",
        "income.growth",
        "income_urban.growth",
        "income_rural.growth",
    )
)
_PRICES: Final = frozenset(("cpi.growth", "retail_price.growth"))  # never summed over years
_LITTLE: Final = 12.5  # percent
_MUCH: Final = 25.0  # percent: no year's growth of these


def assume_years(measurements: Sequence[Measurement], spans: Sequence[tuple[int, int]], text: str, year: int) -> list[Measurement]:
    """The measurements with the last year for those of a paragraph that speaks of it without saying so.

    Args:
        measurements: of a report, in the order of the text.
        spans: where the paragraph of each begins, and where its sentence ends.
        text: what the spans point into.
        year: the report's year.
    """
    if not any(UNSAID in m.flags for m in measurements):
        return list(measurements)
    out: list[Measurement] = []
    begin = 0
    while begin < len(measurements):
        end = begin + 1
        while end < len(measurements) and spans[end][0] == spans[begin][0]:
            end += 1
        out += _paragraph(measurements[begin:end], spans[begin:end], text, year)
        begin = end
    return out


def _paragraph(group: Sequence[Measurement], spans: Sequence[tuple[int, int]], text: str, year: int) -> list[Measurement]:
    steady = [m for m in group if UNSAID in m.flags and m.indicator in _STEADY and m.low is not None]
    little = any(_little(m) for m in steady)
    much = any(m.low is not None and m.low >= _MUCH for m in steady)
    averaged = any(m.agg == "avg" for m in group)
    out: list[Measurement] = []
    for one, (begin, end) in zip(group, spans, strict=True):
        if UNSAID in one.flags:
            against, of_term = _last(AGAINST_LAST, text, begin, end), _last(OF_TERM, text, begin, end)
            annual = against > of_term or (little and of_term < 0 and not averaged)
            if _little(one) or one.indicator in _PRICES or (annual and not much):
                flags = (*(f for f in one.flags if f != UNSAID), ASSUMED)
                out.append(replace(one, period=str(year - 1), agg=None, flags=flags))
                continue
        out.append(one)
    return out


def _last(words: re.Pattern[str], text: str, begin: int, end: int) -> int:
    return max((m.start() for m in words.finditer(text, begin, end)), default=-1)


def _little(one: Measurement) -> bool:
    return one.indicator in _STEADY and one.low is not None and one.low <= _LITTLE
