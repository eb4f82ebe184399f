"""Passages that two texts share word for word.

A shared passage is a stretch of the second text that stands in the first too and that would no longer do so with one character more at
either end. Passages are found in time linear in the two texts: grams of the least length tell which stretches can matter at all, and a
suffix automaton of the first text's stretches is walked with the second's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 12  # characters of a passage, where nothing else is asked for
_SEPARATOR = "\ue000"  # stands in no text; no match goes across it


@dataclass(frozen=True, slots=True)
class Passage:
    """A shared passage.

    Attributes:
        start: its first character in the first text (the first place where it stands).
        other_start: its first character in the second text.
        length: its length.
    """

    start: int
    other_start: int
    length: int


def grams(text: str, size: int) -> frozenset[str]:
    """All stretches of ``size`` characters of a text; none across a line break.

    Args:
        text: any text.
        size: at least 1.
    """
    return frozenset(g for g in (text[i : i + size] for i in range(len(text) - size + 1)) if "\n" not in g)


def covered(text: str, shared: frozenset[str], size: int) -> list[tuple[int, int]]:
    """The stretches of a text that shared grams cover, in order, joined where they touch inside a gram's reach.

    Args:
        text: the text.
        shared: grams of ``size`` characters.
        size: their length.
    """
    found: list[tuple[int, int]] = []
    start = end = -1
    for i in [i for i in range(len(text) - size + 1) if text[i : i + size] in shared]:
        if i > end - size + 1 or start < 0:  # the gram before did not begin one character earlier
            if start >= 0:
                found.append((start, end))
            start = i
        end = i + size
    if start >= 0:
        found.append((start, end))
    return found


def share(text: str, shared: frozenset[str], size: int) -> float:
    """The share of a text's characters, line breaks not counted, that lie in shared passages of at least ``size``.

    Args:
        text: the text.
        shared: grams of the other text, or of what the two have in common.
        size: their length.
    """
    total = len(text) - text.count("\n")
    inside = end = 0
    for a, b in covered(text, shared, size):
        inside += b - max(a, end)
        end = b
    return inside / total if total else 0.0


class Automaton:
    """The suffix automaton of a text: walks along another text and tells at each place the longest stretch that stands in this one.

    Args:
        text: the text.
    """

    __slots__ = ("_first", "_length", "_link", "_next")

    def __init__(self, text: str) -> None:
        follow: list[dict[str, int]] = [{}]
        link, length, first = [-1], [0], [-1]
        last = 0
        for i, c in enumerate(text):
            new = len(follow)
            follow.append({})
            link.append(0)
            length.append(length[last] + 1)
            first.append(i)
            at = last
            while at >= 0 and c not in follow[at]:
                follow[at][c] = new
                at = link[at]
            if at >= 0:
                there = follow[at][c]
                if length[at] + 1 == length[there]:
                    link[new] = there
                else:
                    twin = len(follow)
                    follow.append(follow[there].copy())
                    link.append(link[there])
                    length.append(length[at] + 1)
                    first.append(first[there])
                    while at >= 0 and follow[at].get(c) == there:
                        follow[at][c] = twin
                        at = link[at]
                    link[there] = link[new] = twin
            last = new
        self._next, self._link, self._length, self._first = follow, link, length, first

    def walk(self, text: str) -> Iterator[tuple[int, int]]:
        """For each character of a text the length of the longest stretch ending there that stands here, and where it first ends."""
        follow, link, length, first = self._next, self._link, self._length, self._first
        at = size = 0
        for c in text:
            while at and c not in follow[at]:
                at = link[at]
                size = length[at]
            if c in follow[at]:
                at = follow[at][c]
                size += 1
            yield size, first[at]


def shared_passages(text: str, other: str, least: int = LEAST) -> list[Passage]:
    """All shared passages of at least ``least`` characters, in the order of the second text; no passage goes across a line break.

    Args:
        text: the first text.
        other: the second text.
        least: characters of a passage at least, 1 or more.
    """
    return TextGrams(text, least).passages(TextGrams(other, least))


class TextGrams:
    """A text with its grams, to be compared with many others.

    Args:
        text: the text.
        least: characters of a passage at least.
    """

    __slots__ = ("grams", "least", "text")

    def __init__(self, text: str, least: int = LEAST) -> None:
        self.text = text
        self.least = least
        self.grams = grams(text, least)

    def taken_from(self, other: TextGrams) -> float:
        """The share of this text that stands in passages shared with another."""
        return share(self.text, self.grams & other.grams, self.least)

    def passages(self, other: TextGrams) -> list[Passage]:
        """The passages that this text (the first) shares with another."""
        shared = self.grams & other.grams
        if not shared:
            return []
        here, there = covered(self.text, shared, self.least), covered(other.text, shared, self.least)
        joint, starts = _joint(self.text, here)
        automaton = Automaton(joint)
        found: list[Passage] = []
        for a, b in there:
            ends = list(automaton.walk(other.text[a:b]))
            for i, (size, first) in enumerate(ends):
                goes_on = i + 1 < len(ends) and ends[i + 1][0] == size + 1
                if size >= self.least and not goes_on:
                    found.append(Passage(starts[first - size + 1], a + i - size + 1, size))
        return found


def _joint(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[int]]:
    """The stretches of a text one after another with a separator between, and each character's position in the text."""
    places: list[int] = []
    for a, b in spans:
        places += range(a, b)
        places.append(-1)
    return "".join(text[a:b] + _SEPARATOR for a, b in spans), places
