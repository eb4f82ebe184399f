"""Names as weighted pairs of characters: what two names share, the rarer the more it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from duixian.registry.answers import answer_words, pair_weights

_RARE: Final = 10.0  # of a pair that the table doesn't hold
_MIXED: Final = 7.0  # of a pair with a digit or a letter
_BRACKET: Final = re.compile(r"（[^（）]{0,20}）")  # matches "（街道）"
_RUN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")  # matches "T3B航站楼", not "、"
_BLANK: Final = re.compile(r"[\s\x00“”]+")


def plain(text: str) -> str:
    """A text without blanks and remarks in brackets, words of one meaning read as one.

    Args:
        text: a stretch of a reading copy.
    """
    words = answer_words()
    return words.same.sub(lambda m: words.same_as[m[0]], _BRACKET.sub("", _BLANK.sub("", text)))


def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a plain text; pairs of digits only are no part of a name."""
    return frozenset(pair for run in _RUN.findall(text) for i in range(len(run) - 1) if not (pair := run[i : i + 2]).isdigit())


@cache
def weight(pair: str) -> float:
    """How much a shared pair counts: the square of its rarity."""
    known = pair_weights().get(pair)
    if known is None:
        known = _MIXED if pair.isascii() or not (pair[0] > "\u4e00" and pair[1] > "\u4e00") else _RARE
    return known * known


def total(pairs: Iterable[str]) -> float:
    """The weight of all pairs."""
    return sum(map(weight, pairs))


def core(text: str) -> str:
    """A name without the verbs before and after it.

    Args:
        text: a plain text such as 新建和提升产业园25个.
    """
    words = answer_words()
    if match := words.lead.match(text):
        if match.end() < len(text) - 1:
            text = text[match.end() :]
    while (match := words.tail.search(text)) and match.start() > 1:
        text = text[: match.start()]
    return text
