"""What targets without a number of their own are measured against: own growth, the place above, the whole country, last year's level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from duixian.registry.indicators import Indicator, indicator_table, normal, on_change
from duixian.registry.region_shorts import whole_province
from duixian.registry.regions import NATIONAL, regions
from duixian.registry.settling import settling_words
from duixian.settling.records import Figure, Place
from duixian.settling.verdicts import is_zero

GROWTH: Final = "gdp.growth"
# What stands behind the name of a compared indicator. Matches "增速", "增长的速度", "基本同步"; not "经济增长" as a whole.
_TAIL: Final = re.compile("(?:的?(?:增[速幅]|增长速度|涨幅|速度|水平|均值|平均)|基本|保持|大体|同步.*|一致.*|持平.*)+$")


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A figure to measure against, and what it is (own gdp.growth, national report, communiqué …)."""

    figure: Figure
    what: str


class Yardsticks:
    """The results of all places, asked for by targets that compare."""

    def __init__(self, results: Mapping[tuple[str, int, str], Figure], official: Mapping[tuple[str, int], Figure]) -> None:
        """Keep the results by region_id, year and indicator, and the official national ones by indicator and year."""
        self._results = results
        self._official = official

    def find(self, place: Place, indicator: Indicator, target: Figure, year: int) -> Yardstick | None:
        """The figure that a target of a year compares with; none where it compares with nothing, or with what no text states.

        Args:
            place: whose target it is.
            indicator: of the target.
            target: the target.
            year: the year whose result the target is about.
        """
        if target.comparator == "qual":
            if indicator.kind == "level" and is_zero(target):
                return self._own(place, year - 1, indicator.id, "the year before")
            return None
        if target.comparator not in ("sync", "ref"):
            return None
        words = _compared(target)
        if any(word in words for word in settling_words().assigned):
            return None
        if any(word in words for word in settling_words().before) or f"{year - 1}年" in words:
            known = indicator.kind == "level" or any(word in words for word in settling_words().rates)
            return self._own(place, year - 1, indicator.id, "the year before") if known else None
        if any(word in words for word in settling_words().national):
            return self._national(year, indicator.id)
        if place.level != "province" and any(word in words for word in (*settling_words().parent, *whole_province(place.region_id))):
            return self._parent(place, year, indicator.id)
        if indicator.kind == "level":
            return None  # in step with another indicator is a matter of rates
        other = _named(words, indicator) or (GROWTH if target.comparator == "sync" else None)
        return self._own(place, year, other, f"own {other}") if other and other != indicator.id else None

    def _own(self, place: Place, year: int, indicator: str, what: str) -> Yardstick | None:
        figure = self._results.get((place.region_id, year, indicator))
        return Yardstick(figure, what) if figure else None

    def _national(self, year: int, indicator: str) -> Yardstick | None:
        if figure := self._results.get((NATIONAL, year, indicator)):
            return Yardstick(figure, "national report")
        figure = self._official.get((indicator, year))
        return Yardstick(figure, "communiqué") if figure else None

    def _parent(self, place: Place, year: int, indicator: str) -> Yardstick | None:
        """The nearest place above that reports the indicator, from the prefecture to the province."""
        region = regions().at(place.region_id, year)
        for above in regions().ancestors(region, year) if region else ():
            if above.level != "national" and (figure := self._results.get((above.region_id, year, indicator))):
                return Yardstick(figure, f"report of {above.name}")
        return None


def _compared(target: Figure) -> str:
    """The words that say with what the target compares."""
    return target.reference or target.hedge or target.quote


@cache
def _named_subject(words: str) -> str | None:
    """The subject that the compared words name (经济增长, 地区生产总值增速)."""
    for cut in (words, _TAIL.sub("", words), re.sub("^.*?(?:与|和|跟|同|快于|高于|不低于|略高于)", "", _TAIL.sub("", words))):
        if named := next(indicator_table().find(normal(cut)), None):
            return named.subject or None
    return None


on_change(_named_subject.cache_clear)


def _named(words: str, indicator: Indicator) -> str | None:
    subject = _named_subject(words)
    measures = indicator_table().of(subject) if subject else ()
    return next((m.id for m in measures if m.kind == indicator.kind), None) or next((m.id for m in measures if m.kind != "level"), None)
