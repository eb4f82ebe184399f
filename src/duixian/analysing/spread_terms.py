"""New terms of a year, and terms that have gone: found in the texts themselves, no list needed.

Candidates are neighbouring words of the segmenter joined to two to ``LONGEST`` Chinese characters that stand in enough reports. A
candidate is new where no earlier report holds it. Pieces of longer candidates are left out, and what never stands in varied company.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from duixian.analysing.search_query import Word, occurrences
from duixian.analysing.search_texts import ReportText, Span
from duixian.analysing.search_words import words
from duixian.analysing.spread_grams import Sieve, numbers

LONGEST: Final = 8  # characters of a term
_JOINED = 3  # neighbouring words at most
_SAME = 0.8  # a piece that stands in hardly more reports than the longer term is left out
_COMPANY = 3  # different characters (or edges) before and after, at least
_HAN = re.compile(r"[\u4e00-\u9fff]+")  # "低空", not "5G"


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term that was found.

    Attributes:
        term: its words.
        reports: reports of the year that hold it.
        count: occurrences in them.
        text: the first report that holds it.
        at: where it stands there.
    """

    term: str
    reports: int
    count: int
    text: ReportText
    at: Span


def new_terms(these: Sequence[ReportText], earlier: Sequence[ReportText], least: int = 3) -> list[FoundTerm]:
    """Terms that stand in at least ``least`` of some reports and in none of others; the most widespread first.

    For what has fallen silent, give old reports first and the late ones second.

    Args:
        these: the reports of the year.
        earlier: all reports before it.
        least: how many reports must hold a term.
    """
    holding = candidates(these, least)
    known = standing(list(holding), earlier)
    fresh = {t: n for t, n in holding.items() if t not in known}
    found = [_found(t, these) for t in _whole(fresh)]
    return sorted((f for f in found if f is not None), key=lambda f: (-f.reports, -f.count, f.term))


def candidates(texts: Sequence[ReportText], least: int) -> dict[str, int]:
    """Joined words that stand in at least so many texts, with their number."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_joined(words(text.text)))
    return {t: n for t, n in counts.items() if n >= least}


def _joined(tokens: Sequence[str]) -> set[str]:
    """One to three neighbouring words of Chinese characters, two to eight characters together, none with a function word at an edge."""
    edges = function_words()
    found: set[str] = set()
    for i, first in enumerate(tokens):
        if not _HAN.fullmatch(first) or first in edges:
            continue
        joined = ""
        for token in tokens[i : i + _JOINED]:
            if not _HAN.fullmatch(token):
                break
            joined += token
            if len(joined) > LONGEST:
                break
            if len(joined) > 1 and token not in edges:
                found.add(joined)
    return found


@cache
def function_words() -> frozenset[str]:
    """Words that begin and end no term."""
    text = resources.files("duixian").joinpath("data", "function_words.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def standing(terms: Sequence[str], texts: Sequence[ReportText]) -> set[str]:
    """Those of the terms that stand in one of the texts."""
    found: set[str] = set()
    for size in {len(t) for t in terms}:
        asked = [t for t in terms if len(t) == size]
        by_number = {int(numbers(t, size)[0]): t for t in asked}
        sieve = Sieve(np.array(list(by_number), np.uint64))
        missing = np.ones(len(sieve.wanted), np.bool_)
        for text in texts:
            there = numbers(text.text, size)
            missing[np.searchsorted(sieve.wanted, there[sieve.places(there)])] = False
        found |= {by_number[int(n)] for n in sieve.wanted[~missing]}
    return found


def _whole(holding: dict[str, int]) -> list[str]:
    """Terms without those that are hardly more than a piece of a longer one."""
    pieces: dict[str, int] = {}
    for term, n in holding.items():
        for size in range(2, len(term)):
            for i in range(len(term) - size + 1):
                piece = term[i : i + size]
                pieces[piece] = max(pieces.get(piece, 0), n)
    return [t for t, n in holding.items() if pieces.get(t, 0) < n * _SAME]


def _found(term: str, texts: Sequence[ReportText]) -> FoundTerm | None:
    """The term with its reports; none where it always stands in the same company, as pieces of longer wordings do."""
    before: set[str] = set()
    after: set[str] = set()
    reports = count = 0
    first: tuple[ReportText, Span] | None = None
    for text in texts:
        places = occurrences(text.text, Word(term))
        if places:
            reports, count = reports + 1, count + len(places)
            first = first or (text, places[0])
            before |= {text.text[a - 1 : a] for a, _ in places}
            after |= {text.text[b : b + 1] for _, b in places}
    if first is None or min(len(before), len(after)) < _COMPANY:
        return None
    return FoundTerm(term, reports, count, *first)
