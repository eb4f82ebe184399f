"""The registry of indicators: what a text may name (subjects), and the measures of each (indicators), read from a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, cast

from duixian.registry.words import alternation, load_toml, words

Kind = Literal["growth", "level", "change"]
# Left out when a name is looked up. Matches 平均, 年均 before 浓度.
_AVERAGED: Final = re.compile(
    r"[“”]|平均(?=优良|浓度|调查|达标)|年?日?均(?=浓度)|年(?=平均浓度|浓度)|(?<=业)(?:完成|实现)(?=(?:工业)?增加值)"
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure of a subject (gdp.growth), with the units it may carry and which way is good."""

    id: str
    subject: str
    zh: str
    en: str
    kind: Kind
    units: frozenset[str]  # classes of units.toml
    polarity: Literal["up", "down"]
    low: float | None  # plausible bounds, in the canonical unit
    high: float | None
    yearly: bool  # a level that a five-year review states for its last year


@dataclass(frozen=True, slots=True)
class Elided:
    """A short name (总产量) that means a subject where one of the context words stands before it."""

    subject: str
    context: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NamePattern:
    """How a subject is named, as a pattern that ends a phrase."""

    subject: str
    cores: tuple[str, ...]  # one of these stands in every name
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A subject found at the end of a phrase, and where in the phrase its name begins."""

    subject: str
    start: int


class IndicatorTable:
    """All subjects and indicators."""

    def __init__(self, tables: Iterable[dict[str, object]]) -> None:
        names: dict[str, str] = {}
        elided: dict[str, list[Elided]] = {}
        indicators: dict[str, Indicator] = {}
        by_subject: dict[str, list[Indicator]] = {}
        within: set[str] = set()
        preferred: set[str] = set()
        ratios: list[tuple[str, re.Pattern[str]]] = []
        patterns: list[NamePattern] = []
        bare: set[str] = set()
        for table in tables:
            for entry in cast("list[dict[str, object]]", table.get("pattern", [])):
                patterns.append(NamePattern(str(entry["subject"]), words(entry["core"]), re.compile(rf"(?:{entry['regex']})\Z")))
            for entry in cast("list[dict[str, object]]", table.get("subject", [])):
                subject = str(entry["id"])
                names |= dict.fromkeys(map(normal, words(entry["names"])), subject)
                names |= dict.fromkeys(map(normal, words(entry.get("other", ""))), "")
                preferred |= set(map(normal, words(entry.get("preferred", ""))))
                bare |= set(words(entry.get("bare", "")))
                within |= set(map(normal, words(entry.get("within", ""))))
                if "elided" in entry:
                    context = re.compile(alternation(words(entry["context"])))
                    for word in words(entry["elided"]):
                        elided.setdefault(word, []).append(Elided(subject, context))
                if "parts" in entry:
                    ratios.append((subject, _ratio(words(entry["parts"]), words(entry["wholes"]))))
            for entry in cast("list[dict[str, object]]", table.get("indicator", [])):
                one = _indicator(entry)
                indicators[one.id] = one
                by_subject.setdefault(one.subject, []).append(one)
        self.names = MappingProxyType(names)
        self.within = frozenset(within)
        self.preferred = frozenset(preferred)
        self.bare = frozenset(bare)
        self._patterns = tuple(patterns)
        self.elided = MappingProxyType({word: tuple(items) for word, items in elided.items()})
        self.indicators = MappingProxyType(indicators)
        self._by_subject = {subject: tuple(items) for subject, items in by_subject.items()}
        self._ratios = tuple(ratios)
        self._longest = max(map(len, names))
        self._ends = frozenset(name[-1] for name in names)

    def find(self, phrase: str) -> Iterator[Named]:
        """The subjects whose names end a phrase, the longest name first; an id is empty for a look-alike that is no subject.

        Args:
            phrase: the words before a verb or a number, such as 全省地区生产总值, as ``normal`` leaves them.
        """
        found: list[Named] = []
        if phrase and phrase[-1] in self._ends:
            for size in range(min(self._longest, len(phrase)), 1, -1):
                subject = self.names.get(phrase[-size:])
                if subject is not None:
                    found.append(Named(subject, len(phrase) - size))
        for one in self._patterns:
            if any(core in phrase for core in one.cores) and (match := one.regex.search(phrase)):
                found.append(Named(one.subject, match.start()))
        found.sort(key=lambda named: named.start)  # stable: of two of one length the listed name comes first
        yield from found
        for subject, pattern in self._ratios:
            if match := pattern.search(phrase):
                yield Named(subject, match.start())

    def opening(self, clause: str) -> str | None:
        """The longest name that opens a clause (进出口逆势上扬: 进出口).

        Args:
            clause: a clause without the words before its name.
        """
        for size in range(min(self._longest, len(clause)), 1, -1):
            if self.names.get(clause[:size]):
                return clause[:size]
        return None

    def of(self, subject: str) -> tuple[Indicator, ...]:
        """The indicators of a subject."""
        return self._by_subject.get(subject, ())

    def measure(self, subject: str, unit_kind: str, changing: bool) -> Indicator | None:
        """The indicator of a subject that a value belongs to.

        Args:
            subject: id of the subject.
            unit_kind: class of the value's unit.
            changing: whether the value is a change (增长, 下降, 涨幅) rather than a level.
        """
        for indicator in self._by_subject.get(subject, ()):
            if unit_kind in indicator.units and (indicator.kind == "level") != changing:
                return indicator
        return None


def normal(phrase: str) -> str:
    """A phrase without quotation marks and words of averaging: PM2.5年均浓度 is PM2.5浓度."""
    return _AVERAGED.sub("", phrase)


def _ratio(parts: tuple[str, ...], wholes: tuple[str, ...]) -> re.Pattern[str]:
    """A share of a whole. Matches 研发经费支出占全省生产总值比重; not 研发经费支出增长."""
    return re.compile(
        rf"(?:全社会)?(?:{alternation(parts)})(?:总额|总量)?(?:占|与|相当于)[^，。；占与]{{0,8}}?(?:{alternation(wholes)})"
        r"[^，。；占与]{0,3}?(?:比重|比例|之比|的比值|比率|比值|比)?\Z"
    )


def _indicator(entry: dict[str, object]) -> Indicator:
    bound = {key: float(cast("float", entry[key])) for key in ("low", "high") if key in entry}
    return Indicator(
        str(entry["id"]),
        str(entry["subject"]),
        str(entry["zh"]),
        str(entry["en"]),
        cast("Kind", entry["kind"]),
        frozenset(words(entry["units"])),
        cast("Literal['up', 'down']", entry["polarity"]),
        bound.get("low"),
        bound.get("high"),
        bool(entry.get("yearly")),
    )


@cache
def indicator_table() -> IndicatorTable:
    """The registry that is shipped."""
    return IndicatorTable((load_toml("indicators.toml"), load_toml("name_patterns.toml")))
