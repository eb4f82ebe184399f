"""Term panels: how often words stand in the repaired texts, by place, year, level or section.

Counts are exact: for a single word what ``str.count`` gives on the repaired text; for a group the number of places where one of its words
stands, left to right, the longest first, no character counted twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from duixian.analysing.dictionaries import Term
from duixian.analysing.search import borders as unit_borders
from duixian.analysing.search_query import Word, wild_pattern
from duixian.analysing.search_texts import Choice, ReportText, Span, Texts, characters
from duixian.analysing.search_words import borders, words
from duixian.model import Role
from duixian.registry.regions import regions
from duixian.store import ReportRow

By = Literal["region", "province", "level", "year", "section", "report"]
Per = Literal["characters", "words", "sentences"]
Counting = Literal["strings", "words"]
BYS: tuple[By, ...] = ("region", "province", "level", "year", "section", "report")
# What jieba cuts as one block: borders of words inside do not depend on what stands outside. Matches "加氢站3号"; not "，".
_BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]")
_REACH = 400  # characters at most that a block is followed to either side


@dataclass(frozen=True, slots=True)
class Key:
    """What a row of a panel is about; what the panel is not split by is null."""

    region_id: str | None = None
    year: int | None = None
    level: str | None = None
    section: Role | None = None
    report_id: str | None = None


@dataclass(slots=True)
class Group:
    """The texts of one row: its key, its place, and what is counted in it so far.

    Attributes:
        key: what it is about.
        region: name of the place in the last of its years.
        region_code: code of the place in the last of its years.
        last_year: that year.
        reports: number of reports.
        base: characters, words or sentences, as asked for.
        counts: occurrences of each term.
        aligned: occurrences whose ends are ends of words; where they were asked for.
    """

    key: Key
    region: str | None
    region_code: str | None
    last_year: int
    reports: int
    base: int
    counts: list[int]
    aligned: list[int] | None


@dataclass(frozen=True, slots=True)
class TermPanel:
    """Counts of terms by group.

    Attributes:
        terms: the terms, in order.
        by: what it is split by.
        per: what counts are divided by; none for counts alone.
        times: by what the quotient is multiplied.
        counting: whether counts are of strings or of strings that begin and end with words.
        groups: the rows, in order.
    """

    terms: tuple[Term, ...]
    by: tuple[By, ...]
    per: Per | None
    times: int
    counting: Counting
    groups: tuple[Group, ...]

    def counts(self, group: Group) -> list[int]:
        """The counts of a group by the chosen way of counting."""
        return group.aligned if self.counting == "words" and group.aligned is not None else group.counts

    def rate(self, group: Group, i: int) -> float | None:
        """The count of term ``i`` for each ``times`` characters, words or sentences; none where there is no text."""
        return self.counts(group)[i] * self.times / group.base if self.per and group.base else None


def spans(text: str, term: Term, start: int = 0, end: int | None = None, fits: Callable[[int, int], bool] | None = None) -> list[Span]:
    """Where a term stands: from left to right, the longest word first, none inside an exclusion, no character twice.

    Args:
        text: repaired text.
        term: the term.
        start: first position to look at.
        end: the position after the last.
        fits: what an occurrence must fulfil besides.
    """
    stop = len(text) if end is None else end
    candidates = [s for w in term.words for s in _everywhere(text, w, start, stop)]
    if not candidates:
        return []
    candidates.sort(key=lambda s: (s[0], -s[1]))
    banned = sorted(s for w in term.exclude for s in _everywhere(text, w, start, stop))
    furthest = list(accumulate((b for _, b in banned), max))
    found: list[Span] = []
    at = start
    for a, b in candidates:
        if a < at:
            continue
        i = bisect_right(banned, (a, stop)) - 1
        if (i < 0 or furthest[i] < b) and (fits is None or fits(a, b)):
            found.append((a, b))
            at = b
    return found


def _everywhere(text: str, word: Word, start: int, stop: int) -> Iterator[Span]:
    """All occurrences, those that overlap too."""
    if word.wild:
        pattern = wild_pattern(word.text)
        at = start
        while (match := pattern.search(text, at, stop)) is not None:
            yield match.span()
            at = match.start() + 1
        return
    size, find, string = len(word.text), text.find, word.text
    at = find(string, start, stop)
    while at >= 0:
        yield at, at + size
        at = find(string, at + 1, stop)


def count(text: str, term: Term, parts: Sequence[Span] | None = None) -> int:
    """How often a term stands in a text, or in parts of it.

    Args:
        text: repaired text.
        term: the term.
        parts: stretches to look at; all by default.
    """
    literal = term.literal
    if parts is None:
        return text.count(literal) if literal else len(spans(text, term))
    if literal:
        return sum(text.count(literal, a, b) for a, b in parts)
    return sum(len(spans(text, term, a, b)) for a, b in parts)


def count_words(text: str, term: Term, parts: Sequence[Span] | None = None) -> int:
    """How often a term stands in a text so that it begins and ends where words do.

    Args:
        text: repaired text.
        term: the term.
        parts: stretches to look at; all by default.
    """

    def fits(start: int, end: int) -> bool:
        left, right = start, end
        while left > 0 and start - left < _REACH and _BLOCK.match(text, left - 1):
            left -= 1
        while right < len(text) and right - end < _REACH and _BLOCK.match(text, right):
            right += 1
        found = _borders(text[left:right])
        return start - left in found and end - left in found

    return sum(len(spans(text, term, a, b, fits)) for a, b in parts or ((0, len(text)),))


@lru_cache(maxsize=50_000)
def _borders(block: str) -> frozenset[int]:
    return borders(block)


def term_panel(
    texts: Texts,
    terms: Sequence[Term],
    by: Sequence[By] = ("region", "year"),
    choice: Choice | None = None,
    per: Per | None = None,
    times: int | None = None,
    counting: Counting = "strings",
) -> TermPanel:
    """Count terms.

    Every place and year with a report has its row, zeros included; a place without a report has none.

    Args:
        texts: the texts of a store.
        terms: what is counted.
        by: what the panel is split by.
        choice: which texts and parts.
        per: what counts are divided by.
        times: by what the quotient is multiplied; 10,000 for characters, else 1.
        counting: strings, or strings that begin and end with words.
    """
    choice = choice or Choice()
    groups: dict[Key, Group] = {}
    for text in texts.chosen(choice):
        for key, parts in _keyed(texts, text, tuple(by), choice):
            group = groups.get(key)
            if group is None:
                aligned = [0] * len(terms) if counting == "words" else None
                group = groups[key] = Group(key, None, None, -1, 0, 0, [0] * len(terms), aligned)
            _name(group, text, by)
            _add(group, text, terms, parts, per)
    ordered = sorted(groups.values(), key=_order)
    factor = times if times is not None else 10_000 if per == "characters" else 1
    return TermPanel(tuple(terms), tuple(by), per, factor, counting, tuple(ordered))


def _keyed(texts: Texts, text: ReportText, by: tuple[By, ...], choice: Choice) -> Iterator[tuple[Key, list[Span] | None]]:
    """The keys of a text with the parts that belong to each; None for the whole text."""
    key = report_key(text.report, by)
    if "section" not in by:
        whole = choice.sections is None and choice.figure is None
        yield key, None if whole else texts.parts(text, choice)
        return
    roles = dict.fromkeys(s.role for s in text.stretches if choice.sections is None or s.role in choice.sections)
    for role in roles:
        part = Choice(sections=frozenset({role}), figure=choice.figure)
        yield replace(key, section=role), texts.parts(text, part)


def report_key(report: ReportRow, by: Sequence[By]) -> Key:
    """The key of a report, but for the section."""
    if "region" in by:
        place: str | None = report.region_id
    else:
        place = province_id(report.region_code, report.region_id, report.year) if "province" in by else None
    return Key(
        region_id=place,
        year=report.year if "year" in by else None,
        level=report.level if "level" in by or "region" in by else None,
        report_id=report.report_id if "report" in by else None,
    )


@lru_cache(maxsize=50_000)
def province_id(code: str, region_id: str, year: int) -> str | None:
    """The constant code of the province that a place lies in (of the whole country for the whole country)."""
    table = regions()
    place = table.by_code(code, year) or table.at(region_id, year)
    province = table.province_of(place, year) if place else None
    return province.region_id if province else region_id if place and place.level == "national" else None


def _name(group: Group, text: ReportText, by: Sequence[By]) -> None:
    """The place's name and code in the last year."""
    report = text.report
    if report.year >= group.last_year:
        group.last_year = report.year
        group.region, group.region_code = place_name(report, by, group.key)


def place_name(report: ReportRow, by: Sequence[By], key: Key) -> tuple[str | None, str | None]:
    """Name and code of the place that a row is about, as they were in the report's year."""
    if "region" in by or "report" in by:
        return report.region, report.region_code
    if key.region_id and (place := regions().at(key.region_id, report.year)):
        return place.full_name, place.code
    return None, None


def _add(group: Group, text: ReportText, terms: Sequence[Term], parts: list[Span] | None, per: Per | None) -> None:
    body = text.text
    group.reports += 1
    group.base += _base(text, parts, per)
    counts, aligned = group.counts, group.aligned
    for i, term in enumerate(terms):
        literal = term.literal
        found = body.count(literal) if literal and parts is None else count(body, term, parts)
        if found:
            counts[i] += found
            if aligned is not None:
                aligned[i] += count_words(body, term, parts)


def _base(text: ReportText, parts: list[Span] | None, per: Per | None) -> int:
    """Characters, words or sentences of the parts."""
    if per is None:
        return 0
    if parts is None and per == "words":
        return text.words
    pieces = [text.text] if parts is None else [text.text[a:b] for a, b in parts]
    if per == "characters":
        return sum(map(characters, pieces))
    if per == "words":
        return sum(len(words(p)) for p in pieces)
    return sum(len(unit_borders(p, "sentence")) for p in pieces if p.strip())


def _order(group: Group) -> tuple[str, str, int, str, str]:
    key = group.key
    return group.region_code or "", key.level or "", key.year or 0, key.section or "", key.report_id or ""
