"""Names as characters weighed by the pairs they stand in: what of a name another text holds, the rarer the more it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from duixian.registry.answers import answer_words, pair_weights

_RARE: Final = 10.0  # of a pair that the table doesn't hold
_MIXED: Final = 7.0  # of a pair with a digit or a letter
_BRACKET: Final = re.compile(r"（[^（）]{0,20}）")  # matches "（街道）"
_RUN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")  # matches "T3B航站楼", not "、"
_BLANK: Final = re.compile(r"[\s\x00“”]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the weight of each of its characters.

    A character weighs the square of the rarity of the commoner pair it stands in, so that a pair across two words, rare only
    because the words seldom meet, adds nothing. It is found in another text where that holds one of its pairs.
    """

    text: str
    pairs: frozenset[str]
    chars: tuple[tuple[float, str, str], ...]  # weight, pair with the character before, pair with the one after
    weight: float

    def share_in(self, pairs: frozenset[str]) -> float:
        """The share of the name's weight whose characters another text holds."""
        return sum(w for w, left, right in self.chars if left in pairs or right in pairs) / self.weight if self.weight else 0.0

    def unbroken_in(self, pairs: frozenset[str]) -> float:
        """The share of the name's pairs that another text holds: less than ``share_in`` where words were put in or taken out."""
        return total(self.pairs & pairs) / total(self.pairs) if self.pairs else 0.0


def name_of(text: str) -> Name:
    """A plain text as a name."""
    chars: list[tuple[float, str, str]] = []
    for run in _RUN.findall(text):
        for i in range(len(run)):
            left, right = run[i - 1 : i + 1] if i else "", run[i : i + 2] if i + 1 < len(run) else ""
            rarity = min((rarity_of(p) for p in (left, right) if p), default=0.0)
            chars.append((rarity * rarity, left or right, right or left))
    return Name(text, grams(text), tuple(chars), sum(w for w, _, _ in chars))


def plain(text: str) -> str:
    """A text without blanks, quotation marks and remarks in brackets, words of one meaning read as one.

    Args:
        text: a stretch of a reading copy.
    """
    words = answer_words()
    return words.same.sub(lambda m: words.same_as[m[0]], _BRACKET.sub("", _BLANK.sub("", text)))


def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a plain text; pairs of digits only are no part of a name."""
    return frozenset(pair for run in _RUN.findall(text) for i in range(len(run) - 1) if not (pair := run[i : i + 2]).isdigit())


@cache
def rarity_of(pair: str) -> float:
    """The natural logarithm of clauses per clause that holds a pair."""
    known = pair_weights().get(pair)
    if known is None:
        return _RARE if pair[0] > "\u4e00" and pair[1] > "\u4e00" else _MIXED
    return known


def total(pairs: Iterable[str]) -> float:
    """The weight of pairs by themselves."""
    return sum(rarity_of(p) ** 2 for p in pairs)


def core(text: str) -> str:
    """A name without the verbs before and after it; empty where there is nothing else.

    Args:
        text: a plain text such as 新建和提升产业园25个.
    """
    words = answer_words()
    if (match := words.lead.match(text)) and match.end() != len(text) - 1:
        text = text[match.end() :]
    while (match := words.tail.search(text)) and match.start() != 1:
        text = text[: match.start()]
    return text
