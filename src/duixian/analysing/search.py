"""Searching the repaired texts of a store: hits that lead back to their sentence, counts, ranking.

A query is asked of units (sentences, paragraphs or whole reports). A hit is an occurrence of a wanted word in a unit that answers the
query; occurrences of one word never overlap.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from duixian.analysing.search_query import And, Near, Node, Not, Or, Span, Word, occurrences, positive
from duixian.analysing.search_texts import Choice, ReportText, Stretch, Texts
from duixian.store import ReportRow

Unit = Literal["sentence", "paragraph", "report"]
UNITS: tuple[Unit, ...] = ("sentence", "paragraph", "report")
_K, _B = 1.2, 0.75  # of the BM25 weight: how fast further occurrences count less, how far long reports count less
# Ends a sentence. Matches "。", "！”", "？\n"; not "；", "，".
_SENTENCE_END = re.compile(r"[。！？\n]+[”’）」]*\n*")
_PARAGRAPH_END = re.compile(r"\n+")  # a line break; not "。"


@dataclass(frozen=True, slots=True)
class Hit:
    """An occurrence.

    Attributes:
        text: the report with its repaired text.
        word: the word of the query.
        start: its first character in the repaired text.
        end: the position after its last.
        sentence: the sentence around it, in the repaired text.
    """

    text: ReportText
    word: str
    start: int
    end: int
    sentence: Span

    @property
    def report(self) -> ReportRow:
        """The report it stands in."""
        return self.text.report

    @property
    def section(self) -> Stretch:
        """The section it stands in."""
        return self.text.at(self.start)

    @property
    def source_span(self) -> Span:
        """The occurrence's positions in the source text."""
        return self.text.positions.span(self.start, self.end)

    @property
    def sentence_span(self) -> Span:
        """The sentence's positions in the source text."""
        return self.text.positions.span(*self.sentence)

    def context(self, width: int) -> tuple[str, str, str]:
        """What stands before, the occurrence itself, and what stands after, on one line."""
        text = self.text.text
        before, after = text[max(0, self.start - width) : self.start], text[self.end : self.end + width]
        return before.replace("\n", " "), text[self.start : self.end], after.replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found in one report."""

    text: ReportText
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A report with its weight for a query, and its best sentence."""

    text: ReportText
    score: float
    hits: int
    best: Hit


def borders(text: str, unit: Unit) -> list[int]:
    """The starts of the units of a text; the first is 0."""
    if unit == "report":
        return [0]
    ends = (_SENTENCE_END if unit == "sentence" else _PARAGRAPH_END).finditer(text)
    return [0, *(m.end() for m in ends if m.end() < len(text))] if text else [0]


def sentence_of(text: str, starts: Sequence[int], at: int) -> Span:
    """The sentence around a position, without the line breaks at its edges."""
    i = bisect_right(starts, at) - 1
    start, end = starts[i], starts[i + 1] if i + 1 < len(starts) else len(text)
    while start < end and text[start] in "\n ":
        start += 1
    while end > start and text[end - 1] in "\n ":
        end -= 1
    return start, end


class _Answer:
    """The units of one report that answer a query, each with the occurrences that do."""

    def __init__(self, text: str, parts: Sequence[Span], unit: Unit) -> None:
        self._text = text
        self._parts = parts
        self._unit = unit
        self._starts: list[int] | None = None

    def units(self, node: Node) -> dict[int, set[tuple[int, int, str]]]:
        """Unit numbers and the occurrences (start, end, word) in them."""
        if isinstance(node, Word):
            return self._word(node)
        if isinstance(node, Near):
            return self._near(node)
        if isinstance(node, Or):
            found: dict[int, set[tuple[int, int, str]]] = {}
            for part in node.parts:
                for unit, spans in self.units(part).items():
                    found.setdefault(unit, set()).update(spans)
            return found
        if isinstance(node, And):
            return self._and(node)
        without = self.units(node.part)
        return {unit: set() for unit in self._universe() if unit not in without}

    def _and(self, node: And) -> dict[int, set[tuple[int, int, str]]]:
        wanted: list[Node] = [part for part in node.parts if not isinstance(part, Not)]
        found = self.units(wanted[0]) if wanted else {unit: set() for unit in self._universe()}
        for part in wanted[1:]:
            if not found:
                return {}
            other = self.units(part)
            found = {unit: spans | other[unit] for unit, spans in found.items() if unit in other}
        for part in node.parts:
            if found and isinstance(part, Not):
                without = self.units(part.part)
                found = {unit: spans for unit, spans in found.items() if unit not in without}
        return found

    def _word(self, word: Word) -> dict[int, set[tuple[int, int, str]]]:
        found: dict[int, set[tuple[int, int, str]]] = {}
        for a, b in self._parts:
            for start, end in occurrences(self._text, word, a, b):
                found.setdefault(self._unit_of(start), set()).add((start, end, word.text))
        return found

    def _near(self, node: Near) -> dict[int, set[tuple[int, int, str]]]:
        left, right = self.units(node.left), self.units(node.right)
        found: dict[int, set[tuple[int, int, str]]] = {}
        for unit in left.keys() & right.keys():
            for one in left[unit]:
                for other in right[unit]:
                    first, second = sorted((one, other))
                    if one != other and first[1] <= second[0] and second[0] - first[1] <= node.distance:
                        found.setdefault(unit, set()).update((one, other))
        return found

    def _universe(self) -> Iterable[int]:
        starts = self.starts
        for i, start in enumerate(starts):
            end = starts[i + 1] if i + 1 < len(starts) else len(self._text)
            if any(a < end and start < b for a, b in self._parts):
                yield i

    def _unit_of(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    @property
    def starts(self) -> list[int]:
        """The starts of the units."""
        if self._starts is None:
            self._starts = borders(self._text, self._unit)
        return self._starts


def _possible(node: Node, text: str) -> bool:
    """Whether a text can hold an answer; cheap, and never wrongly false."""
    if isinstance(node, Word):
        return node.wild or node.text in text
    if isinstance(node, And):
        return all(_possible(part, text) for part in node.parts)
    if isinstance(node, Or):
        return any(_possible(part, text) for part in node.parts)
    if isinstance(node, Near):
        return _possible(node.left, text) and _possible(node.right, text)
    return True


def search(texts: Texts, query: Node, choice: Choice | None = None, unit: Unit = "sentence") -> Iterator[Found]:
    """The reports that answer a query, in the order of place and year, each with its hits in the order of the text.

    Args:
        texts: the texts of a store.
        query: what is asked, from ``search_query.parse(...).node``.
        choice: which texts and parts.
        unit: what the query is asked of.
    """
    choice = choice or Choice()
    whole = choice.sections is None and choice.figure is None
    for text in texts.chosen(choice):
        if _possible(query, text.text):
            parts = [(0, len(text.text))] if whole else texts.parts(text, choice)
            hits = _hits(text, query, parts, unit)
            if hits:
                yield Found(text, hits)


def _hits(text: ReportText, query: Node, parts: Sequence[Span], unit: Unit) -> tuple[Hit, ...]:
    answer = _Answer(text.text, parts, unit)
    found = sorted(span for spans in answer.units(query).values() for span in spans)
    if not found:
        return ()
    starts = answer.starts if unit == "sentence" else borders(text.text, "sentence")
    return tuple(Hit(text, word, start, end, sentence_of(text.text, starts, start)) for start, end, word in found)


def rank(texts: Texts, query: Node, choice: Choice | None = None, unit: Unit = "sentence") -> list[Ranked]:
    """The reports that answer a query, the most telling first: BM25 over the query's words, length in characters.

    Args:
        texts: the texts of a store.
        query: what is asked.
        choice: which texts and parts.
        unit: what the query is asked of.
    """
    choice = choice or Choice()
    chosen = texts.chosen(choice)
    found = list(search(texts, query, choice, unit))
    mean = sum(len(t.text) for t in chosen) / max(1, len(chosen))
    counts = [Counter(hit.word for hit in f.hits) for f in found]
    holding = Counter(word for count in counts for word in count)
    words = {word.text for word in positive(query)}
    weights = {w: math.log(1 + (len(chosen) - holding[w] + 0.5) / (holding[w] + 0.5)) for w in words}
    ranked = [
        Ranked(f.text, sum(weights[w] * _saturated(n, len(f.text.text) / mean) for w, n in count.items()), len(f.hits), _best(f, weights))
        for f, count in zip(found, counts, strict=True)
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.text.report.region_code, r.text.report.year, r.text.report.source))


def _saturated(n: int, length: float) -> float:
    return n * (_K + 1) / (n + _K * (1 - _B + _B * length))


def _best(found: Found, weights: dict[str, float]) -> Hit:
    """The first hit of the sentence with the most of the query's weight."""
    sentences: dict[Span, list[Hit]] = {}
    for hit in found.hits:
        sentences.setdefault(hit.sentence, []).append(hit)
    best = max(sentences.values(), key=lambda hits: (sum(weights[w] for w in {h.word for h in hits}), len(hits)))
    return best[0]
