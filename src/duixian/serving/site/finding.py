"""Finding for the page: which reports answer and how well, without building every hit of every report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from duixian.analysing.search import Found, Unit, rank, search
from duixian.analysing.search_query import Node, Word
from duixian.analysing.search_texts import Choice, ReportText, Texts

_K, _B = 1.2, 0.75  # as in ``analysing.search``


@dataclass(frozen=True, slots=True)
class Answering:
    """A report that answers a query.

    Attributes:
        text: the report.
        hits: occurrences in it.
        score: its weight.
    """

    text: ReportText
    hits: int
    score: float


def answering(texts: Texts, query: Node, choice: Choice, unit: Unit) -> list[Answering]:
    """The reports that answer, in the order of place and year.

    One plain word in whole reports, which is what most people ask, is counted without cutting sentences; the counts and weights are those
    of ``rank``.

    Args:
        texts: the texts of a store.
        query: what is asked.
        choice: which texts and parts.
        unit: what the query is asked of.
    """
    if isinstance(query, Word) and not query.wild and choice.sections is None and choice.figure is None:
        return _plain(texts, query.text, choice)
    order = {id(t): i for i, t in enumerate(texts)}
    found = [Answering(r.text, r.hits, r.score) for r in rank(texts, query, choice, unit)]
    return sorted(found, key=lambda a: order[id(a.text)])


def _plain(texts: Texts, word: str, choice: Choice) -> list[Answering]:
    chosen = texts.chosen(choice)
    counted = [(t, n) for t in chosen if (n := t.text.count(word))]
    mean = sum(len(t.text) for t in chosen) / max(1, len(chosen))
    weight = math.log(1 + (len(chosen) - len(counted) + 0.5) / (len(counted) + 0.5))
    return [Answering(t, n, weight * n * (_K + 1) / (n + _K * (1 - _B + _B * len(t.text) / mean))) for t, n in counted]


def hits_of(texts: Sequence[ReportText], query: Node, choice: Choice, unit: Unit) -> list[Found]:
    """The hits in some reports, in their order.

    Args:
        texts: the reports.
        query: what is asked.
        choice: which parts of them.
        unit: what the query is asked of.
    """
    every = {id(f.text): f for text in texts for f in search(_one(text), query, choice, unit)}
    return [every[id(t)] for t in texts if id(t) in every]


def _one(text: ReportText) -> Texts:
    return Texts((text,))
