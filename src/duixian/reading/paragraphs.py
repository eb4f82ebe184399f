"""Paragraphs: where they begin, told by their first words where the breaks between them were lost."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from duixian.registry.roles import RoleRules

_GLUED = 2500  # a paragraph of more characters has lost its breaks
_HEAD = 26  # a sentence of at most so many characters, without a figure, may be a run-in heading
_HEAD_LEAST = 6
_AFTER_HEAD = 20  # what follows a run-in heading is longer than so many characters

# How a paragraph of a list begins. Matches "——工业增长8%", "第一，抓好", "（二）投资"; not "一是" (it stands inside paragraphs more often).
_LISTED = re.compile(r"[—·]|第[一二三四五六七八九十]{1,3}[，、]|（[一二三四五六七八九十]{1,3}）")
# What a run-in heading does not have. Matches "，是", "12", "我们"; not "产业转型成效显著。".
_NO_HEAD = re.compile(r"\d|我们|[！？：；“]|^(?:这|其中|同时|此外|对此|要|并|也|还)")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Starts of sentences in stretches without breaks.

    Attributes:
        glued: all of them.
        restored: those that seem to begin a paragraph.
        fresh: of these, the ones with the words of a new thought (not list items or run-in headings).
    """

    glued: frozenset[int]
    restored: frozenset[int]
    fresh: frozenset[int]


def lost_paragraphs(text: str, start: int, end: int, sentences: Sequence[int], rules: RoleRules) -> Paragraphs:
    """The stretches of a report whose breaks were lost, and the likely beginnings of paragraphs in them.

    Args:
        text: the reading copy.
        start: the report's first position.
        end: the position after its last.
        sentences: the starts of its sentences, in order.
        rules: the rules of the report's year.
    """
    spans = _long_paragraphs(text, start, end)
    if not spans:
        return Paragraphs(frozenset(), frozenset(), frozenset())
    stops = dict(pairwise([*sentences, end]))
    glued = [s for a, b in spans for s in sentences[bisect_right(sentences, a) : bisect_left(sentences, b)]]
    fresh = frozenset(s for s in glued if rules.openers.match(text, s, stops[s]))
    items = {s for s in glued if _LISTED.match(text, s) or _is_head(text, s, stops[s], stops.get(stops[s], stops[s]))}
    return Paragraphs(frozenset(glued), fresh | items, fresh)


def _long_paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if stop - at > _GLUED:
            found.append((at, stop))
        at = stop + 1
    return found


def _is_head(text: str, at: int, stop: int, after: int) -> bool:
    """Whether the sentence ``at:stop`` is a short one that heads the next (which ends before ``after``)."""
    short = _HEAD_LEAST <= stop - at <= _HEAD and after - stop > _AFTER_HEAD
    return short and text[stop - 1] == "。" and not _NO_HEAD.search(text[at:stop])
