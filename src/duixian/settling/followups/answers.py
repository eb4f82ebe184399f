"""The answering report as clauses, each with its part, its figures and its pairs of characters, and an index over them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from duixian.model import Role
from duixian.reading.repair import repair
from duixian.registry.answers import answer_words
from duixian.settling.followups.grams import grams, plain, rarity_of
from duixian.settling.followups.records import Part, Quantity, Span

_PARTS: Final[Mapping[Role, Part]] = {
    "review": "review",
    "review_term": "term",
    "problems": "problems",
    "outlook": "plan",
    "targets": "plan",
    "tasks": "plan",
    "tasks_term": "plan",
    "livelihood": "plan",
    "government": "plan",
}
_STOP: Final = re.compile(r"[，。；：！？\n]|,(?!\d)|;|:(?!\d)")  # ends a clause; not the comma of "1,200"
_FULL: Final = frozenset("。！？；\n;")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the answering report; positions are in the source text."""

    at: int  # its number
    sentence: int
    part: Part
    start: int
    end: int
    text: str  # plain
    pairs: frozenset[str]
    figures: tuple[Quantity, ...] = field(compare=False)


class AnswerText:
    """The clauses of one report, found by the pairs of characters they hold; ``growth`` is the economy's, ``blanket`` the clause
    that says that all livelihood items of the year are done.

    Args:
        text: the report's own stretch of its source text.
        offset: where the stretch starts.
        spans: the report's sections, in the order of the text, outer ones first.
        figures: its measurements in the order of the text.
    """

    def __init__(self, text: str, offset: int, spans: Sequence[Span], figures: Sequence[Quantity]) -> None:
        self.clauses = tuple(_clauses(text, offset, spans, figures))
        self.growth = next((f for f in figures if f.indicator == "gdp.growth" and f.role == "actual" and f.agg is None), None)
        self.blanket = next((c for c in self.clauses if c.part == "review" and _is_blanket(c.text)), None)
        self._index: dict[str, list[int]] = defaultdict(list)
        for clause in self.clauses:
            for pair in clause.pairs:
                self._index[pair].append(clause.at)

    def sharing(self, pairs: frozenset[str]) -> dict[int, float]:
        """The weight of the pairs that each clause shares with a name, by the clause's number."""
        found: dict[int, float] = defaultdict(float)
        for pair in pairs:
            w = rarity_of(pair) ** 2
            for at in self._index.get(pair, ()):
                found[at] += w
        return found

    def after(self, clause: Clause) -> Clause | None:
        """The next clause of the same sentence."""
        return self._same(clause, clause.at + 1)

    def before(self, clause: Clause) -> Clause | None:
        """The clause before, of the same sentence."""
        return self._same(clause, clause.at - 1)

    def _same(self, clause: Clause, at: int) -> Clause | None:
        if 0 <= at < len(self.clauses) and self.clauses[at].sentence == clause.sentence:
            return self.clauses[at]
        return None


def _is_blanket(text: str) -> bool:
    """Whether a clause says that the livelihood items are all done. Matches "十件民生实事全面完成"; not "办好十件民生实事"."""
    words = answer_words()
    items = words.blanket_items.search(text)
    return items is not None and words.blanket_done.search(text) is not None and not words.weak.search(text)


def _clauses(text: str, offset: int, spans: Sequence[Span], figures: Sequence[Quantity]) -> Iterator[Clause]:
    copy = repair(text)
    at = begin = sentence = figure = 0
    roles = _Roles(spans)
    for match in _STOP.finditer(copy.text + "\n"):
        start, end = begin, match.start()
        while start < end and copy.text[start] in " \x00":
            start += 1
        begin = match.end()
        if end - start >= 2:
            a, b = copy.span(start, end)
            a, b = a + offset, b + offset
            while figure < len(figures) and figures[figure].value_start < a:
                figure += 1
            last = figure
            while last < len(figures) and figures[last].value_start < b:
                last += 1
            mine = tuple(figures[figure:last])
            figure = last
            words = plain(copy.text[start:end])
            pairs = grams(words)
            if mine:
                pairs = pairs.union(*(grams(plain(f.name)) for f in mine))
            yield Clause(at, sentence, roles.at(a), a, b, words, pairs, mine)
            at += 1
        if match[0] in _FULL:
            sentence += 1


class _Roles:
    """The part that a position stands in; asked for in ascending order."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda s: (s.start, -s.end))
        self._next = 0
        self._open: list[Span] = []

    def at(self, position: int) -> Part:
        while self._next < len(self._spans) and self._spans[self._next].start <= position:
            self._open.append(self._spans[self._next])
            self._next += 1
        while self._open and self._open[-1].end <= position:
            self._open.pop()
        return _PARTS.get(self._open[-1].role, "other") if self._open else "other"
