"""Counts of right, wrong and missed, and what they come to by layer, decade and rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["right", "wrong", "missed"]
ALL = "all"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that was found or missed in one report.

    Attributes:
        layer: reports, sections, panel: actual …
        report: the annotated report.
        decade: 2010s.
        outcome: right; wrong (found and not so); missed.
        rule: the rule that found it.
        times: how many there are of it.
    """

    layer: str
    report: str
    decade: str
    outcome: Outcome
    rule: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Score:
    """How right a layer is.

    Attributes:
        layer: its name.
        decade: 2010s, or all.
        rule: the rule, where the score is of one: then only precision says something.
        reports: annotated reports that have something of it.
        right: found and so.
        wrong: found and not so.
        missed: there and not found.
    """

    layer: str
    decade: str
    rule: str | None
    reports: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Of what was found, the share that is so."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Of what is there, the share that was found; of a rule it can't be told."""
        there = self.right + self.missed
        return self.right / there if there and self.rule is None else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        p, r = self.precision, self.recall
        return None if p is None or r is None else (2 * p * r / (p + r) if p + r else 0.0)


def scores(marks: Iterable[Mark]) -> tuple[Score, ...]:
    """Scores of each layer, whole and by decade, and of each rule over all decades; in the order of the layers."""
    groups: dict[tuple[str, str, str | None], list[Mark]] = defaultdict(list)
    order: dict[str, int] = {}
    for mark in marks:
        order.setdefault(mark.layer, len(order))
        for key in _keys(mark):
            groups[key].append(mark)

    def place(key: tuple[str, str, str | None]) -> tuple[int, bool, str, str]:
        return order[key[0]], key[2] is not None, "" if key[1] == ALL else key[1], key[2] or ""

    return tuple(_score(key, groups[key]) for key in sorted(groups, key=place))


def _keys(mark: Mark) -> Iterator[tuple[str, str, str | None]]:
    yield mark.layer, ALL, None
    yield mark.layer, mark.decade, None
    if mark.rule is not None and mark.outcome != "missed":
        yield mark.layer, ALL, mark.rule


def _score(key: tuple[str, str, str | None], marks: list[Mark]) -> Score:
    counts = {outcome: sum(m.times for m in marks if m.outcome == outcome) for outcome in ("right", "wrong", "missed")}
    return Score(*key, len({m.report for m in marks}), counts["right"], counts["wrong"], counts["missed"])
