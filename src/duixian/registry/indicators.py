"""The registry of indicators: what a text may name (subjects), and the measures of each (indicators), read from a table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, cast

from duixian.registry.words import alternation, load_toml, words

# The headline ones, names too many to list, the others, what they mean.
SHIPPED: Final = ("indicators.toml", "name_patterns.toml", "indicators_more.toml", "indicators_about.toml")

Kind = Literal["growth", "level", "change"]
# Left out when a name is looked up. Matches 平均, 年均 before 浓度.
# Every branch begins with a character of its own, which the search can skip to.
_AVERAGED: Final = re.compile(
    r"[“”]|平均(?=优良|浓度|调查|达标)|年(?:日?均(?=浓度)|(?=平均浓度|浓度))|日均(?=浓度)|均(?=浓度)"
    r"|完(?<=业完)成(?=(?:工业)?增加值)|实(?<=业实)现(?=(?:工业)?增加值)"
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
    headline: bool = False  # one of those that the table "panel" holds
    domain: str = ""  # the field it belongs to: accounts, industry, trade …
    definition: str = ""  # what it measures
    source: str = ""  # the statistics it comes from


@dataclass(frozen=True, slots=True)
class Elided:
    """A short name (总产量) that means a subject where one of the context words stands before it."""

    subject: str
    context: re.Pattern[str]
    against: re.Pattern[str] | None = None  # words that, nearer than the context, make it another thing's


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


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of a subject: its field, what it measures, where its figures come from."""

    domain: str = ""
    definition: str = ""
    source: str = ""


class IndicatorTable:
    """All subjects and indicators.

    Args:
        tables: the tables of files like indicators.toml; a later one adds to the earlier ones and wins over them.
    """

    def __init__(self, tables: Iterable[dict[str, object]]) -> None:
        names: dict[str, str] = {}
        elided: dict[str, list[Elided]] = {}
        indicators: dict[str, Indicator] = {}
        by_subject: dict[str, list[Indicator]] = {}
        within: set[str] = set()
        preferred: set[str] = set()
        ratios: list[tuple[str, re.Pattern[str]]] = []
        every = tuple(tables)
        about = _abouts(every)
        headline = {one for table in every for one in words(table.get("headline", ""))}
        patterns: list[NamePattern] = []
        bare: set[str] = set()
        for table in every:
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
                    against = re.compile(alternation(words(entry["against"]))) if "against" in entry else None
                    for word in words(entry["elided"]):
                        elided.setdefault(word, []).append(Elided(subject, context, against))
                if "parts" in entry:
                    ratios.append((subject, _ratio(words(entry["parts"]), words(entry["wholes"]))))
            for entry in cast("list[dict[str, object]]", table.get("indicator", [])):
                one = _indicator(entry, about.get(str(entry["subject"]), _About()), headline)
                indicators[one.id] = one
        for one in indicators.values():
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
        self._endings = frozenset(name[-size:] for name in names for size in range(2, len(name) + 1))
        self._cores = re.compile(alternation(core for one in patterns for core in one.cores))

    def find(self, phrase: str) -> Iterator[Named]:
        """The subjects whose names end a phrase, the longest name first; an id is empty for a look-alike that is no subject.

        Args:
            phrase: the words before a verb or a number, such as 全省地区生产总值, as ``normal`` leaves them.
        """
        found: list[Named] = []
        names, endings = self.names, self._endings
        for start in range(len(phrase) - 2, -1, -1):
            ending = phrase[start:]
            if ending not in endings:
                break
            subject = names.get(ending)
            if subject is not None:
                found.append(Named(subject, start))
        if self._cores.search(phrase):
            for one in self._patterns:
                for core in one.cores:
                    if core in phrase:
                        if match := one.regex.search(phrase):
                            found.append(Named(one.subject, match.start()))
                        break
        if len(found) > 1:
            found.sort(key=lambda named: named.start)  # stable: of two of one length the listed name comes first
        yield from found
        if not _SHARING.search(phrase):
            return
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

    def has_level(self, subject: str) -> bool:
        """Whether a subject has an indicator that is an amount or a share, not a change."""
        return any(m.kind == "level" for m in self.of(subject))

    def unquantified(self, subject: str, amount: bool) -> Indicator | None:
        """The indicator of a subject that words without a number speak of, a headline one where the subject has any.

        Args:
            subject: id of the subject.
            amount: whether the words speak of the amount (规模) rather than its growth.
        """
        known = self.of(subject)
        measures = [m for m in known if m.headline] or list(known)
        return next((m for m in measures if (m.kind == "level") == amount), measures[0]) if measures else None

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


_SHARING: Final = re.compile("占|与|相当于")  # one of them stands in every name of a ratio


def normal(phrase: str) -> str:
    """A phrase without quotation marks and words of averaging: PM2.5年均浓度 is PM2.5浓度."""
    return _AVERAGED.sub("", phrase)


def _ratio(parts: tuple[str, ...], wholes: tuple[str, ...]) -> re.Pattern[str]:
    """A share of a whole. Matches 研发经费支出占全省生产总值比重; not 研发经费支出增长."""
    return re.compile(
        rf"(?:全社会)?(?:{alternation(parts)})(?:总额|总量)?(?:占|与|相当于)[^，。；占与]{{0,8}}?(?:{alternation(wholes)})"
        r"[^，。；占与]{0,3}?(?:比重|比例|之比|的比值|比率|比值|比)?\Z"
    )


def _abouts(tables: Iterable[dict[str, object]]) -> dict[str, _About]:
    found: dict[str, _About] = {}
    for table in tables:
        for kind in ("subject", "about"):
            for entry in cast("list[dict[str, object]]", table.get(kind, [])):
                if "domain" in entry:
                    said = (str(entry.get(key, "")) for key in ("domain", "definition", "source"))
                    found[str(entry["id"])] = _About(*said)
    return found


_MEASURED: Final = {"level": "{}", "growth": "{}，比上年增长的百分比（增速）", "change": "{}，比上年（或基期）变化的幅度"}


def _indicator(entry: dict[str, object], about: _About, headline: set[str]) -> Indicator:
    bound = {key: float(cast("float", entry[key])) for key in ("low", "high") if key in entry}
    kind = cast("Kind", entry["kind"])
    definition = str(entry.get("definition") or (_MEASURED[kind].format(about.definition) if about.definition else ""))
    return Indicator(
        str(entry["id"]),
        str(entry["subject"]),
        str(entry["zh"]),
        str(entry["en"]),
        kind,
        frozenset(words(entry["units"])),
        cast("Literal['up', 'down']", entry["polarity"]),
        bound.get("low"),
        bound.get("high"),
        bool(entry.get("yearly")),
        str(entry["id"]) in headline or bool(entry.get("headline")),
        str(entry.get("domain", about.domain)),
        definition,
        str(entry.get("source", about.source)),
    )


def is_fall(indicator: str | None, direction: str | None, value_kind: str = "change") -> bool:
    """Whether a value counts as negative: a change downward, and not a level that something fell to (降至29微克/立方米).

    Args:
        indicator: id of the value's indicator; none where the registry has none.
        direction: up, down or none.
        value_kind: the kind of the value, which decides where there is no indicator.
    """
    if direction != "down":
        return False
    known = indicator_table().indicators.get(indicator or "")
    return (known.kind if known else value_kind) != "level"


class IndicatorError(ValueError):
    """A file of indicators that can't be read, with the reason in one line."""


_NEEDED: Final = ("id", "subject", "zh", "en", "kind", "units", "polarity")
_extra: list[str] = []  # texts of users' own files, in this process
_changed: list[Callable[[], None]] = []


def check_indicators_file(text: str) -> None:
    """See whether a user's own file of indicators can be read.

    Args:
        text: the text of a TOML file with [[subject]] and [[indicator]] entries like those of indicators.toml.

    Raises:
        IndicatorError: where it is no TOML, an entry lacks a field, a value is of no known kind, or a subject is not defined.
    """
    try:
        table = cast("dict[str, object]", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise IndicatorError(f"no TOML: {error}") from None
    subjects = {i.subject for i in _shipped().indicators.values()}
    for entry in _entries(table, "subject"):
        if lacks := [k for k in ("id", "names") if k not in entry]:
            raise IndicatorError(f"[[subject]] {entry.get('id', '')} lacks {', '.join(lacks)}")
        subjects.add(str(entry["id"]))
    for entry in _entries(table, "indicator"):
        one = entry.get("id", "")
        if lacks := [k for k in _NEEDED if k not in entry]:
            raise IndicatorError(f"[[indicator]] {one} lacks {', '.join(lacks)}")
        if entry["kind"] not in _MEASURED or entry["polarity"] not in ("up", "down"):
            raise IndicatorError(f"[[indicator]] {one}: kind is level, growth or change; polarity is up or down")
        if any(not isinstance(entry.get(k, 0.0), (int, float)) for k in ("low", "high")):
            raise IndicatorError(f"[[indicator]] {one}: low and high are numbers")
        if entry["subject"] not in subjects:
            raise IndicatorError(f"[[indicator]] {one}: there is no subject {entry['subject']!r}")


def _entries(table: dict[str, object], kind: str) -> list[dict[str, object]]:
    found = table.get(kind, [])
    if not isinstance(found, list) or not all(isinstance(e, dict) for e in found):
        raise IndicatorError(f"{kind} is written as [[{kind}]]")
    return cast("list[dict[str, object]]", found)


def use_indicators(texts: Iterable[str]) -> None:
    """Read with the shipped registry and these files of a user's, from now on and in the whole process.

    Args:
        texts: texts of files that ``check_indicators_file`` accepts; empty ones are left out.
    """
    wanted = [t for t in texts if t.strip()]
    if wanted == _extra:
        return
    _extra[:] = wanted
    indicator_table.cache_clear()
    for tell in _changed:
        tell()


def know_indicators(text: str) -> None:
    """Know a user's indicators besides what is known already: to show what a store holds that was built with them.

    Args:
        text: the text of a file of indicators; may be empty.
    """
    if text.strip() and text not in _extra:
        use_indicators([*_extra, text])


def on_change(tell: Callable[[], None]) -> None:
    """Have something called when the registry changes: what remembers names must forget them.

    Args:
        tell: such as the ``cache_clear`` of a cached function.
    """
    _changed.append(tell)


@cache
def _shipped() -> IndicatorTable:
    return IndicatorTable(load_toml(name) for name in SHIPPED)


@cache
def indicator_table() -> IndicatorTable:
    """The registry: what is shipped, and the user's own files that ``use_indicators`` named."""
    own = (cast("dict[str, object]", tomllib.loads(text)) for text in _extra)
    return IndicatorTable((*(load_toml(name) for name in SHIPPED), *own)) if _extra else _shipped()
