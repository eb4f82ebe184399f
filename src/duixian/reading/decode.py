"""The most likely sequence of roles for the units of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from duixian.model import Role
from duixian.reading.units import Unit
from duixian.registry.roles import STATES, RoleRules, State

_NEVER = -1e9
_Costs = Mapping[State, Mapping[State, float]]
_Entries = tuple[tuple[tuple[int, float], ...], ...]  # for each state those it can be entered from, with the cost
_ROLE: dict[State, Role] = {"outlook_term": "outlook", "targets_term": "targets"}
_PLACE: dict[State, int] = {state: i for i, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class _Tables:
    """What it costs to enter each state at the kinds of places a report has."""

    chapter: _Entries
    within: _Entries
    greeted: _Entries
    unchaptered: _Entries
    abroad: _Entries
    lasting: tuple[float, ...]
    quiet: tuple[float, ...]


def decode(units: Sequence[Unit], rules: RoleRules) -> list[Role]:
    """One role for each unit: the sequence with the best sum of scores less the costs of passing (Viterbi).

    Args:
        units: the weighed units, in order.
        rules: costs of passing from role to role and at each border.
    """
    if not units:
        return []
    tables = _tables(rules)
    chaptered = sum(u.border == "chapter" for u in units) > 1
    opening = rules.passing["front"]
    best = [units[0].scores.get(s, 0.0) - opening[s] if s in opening else _NEVER for s in STATES]
    back: list[list[int]] = []
    for unit in units[1:]:
        chapter = unit.border == "chapter"
        within, greeted = (tables.within, tables.greeted) if chaptered else (tables.unchaptered, tables.chapter)
        entries = tables.abroad if unit.abroad else tables.chapter if chapter else greeted if unit.border == "salutation" else within
        margin = 0.0 if chapter or unit.border == "salutation" else rules.margin
        quiet = tables.quiet if unit.border in ("paragraph", "sentence") else None
        scores = [unit.scores.get(s, 0.0) for s in STATES]
        step: list[float] = []
        came: list[int] = []
        for i, score in enumerate(scores):
            value, source = best[i] - (tables.lasting[i] if chapter else 0.0), i
            border = rules.border[unit.border] + (quiet[i] if quiet else 0.0)
            for other, cost in entries[i]:
                there = best[other] - cost - border
                if there > value and (there := there - (rules.unsaid if score <= scores[other] + margin else 0.0)) > value:
                    value, source = there, other
            step.append(value + score)
            came.append(source)
        best = step
        back.append(came)
    place = max(range(len(STATES)), key=best.__getitem__)
    path = [place]
    for came in reversed(back):
        place = came[place]
        path.append(place)
    return [_ROLE.get(STATES[i], cast(Role, STATES[i])) for i in reversed(path)]


@cache
def _tables(rules: RoleRules) -> _Tables:
    return _Tables(
        chapter=_entries(rules, 0.0, rules.anew),
        within=_entries(rules, rules.midway),
        greeted=_entries(rules, rules.midway, rules.anew),
        unchaptered=_entries(rules, 0.0),
        abroad=_entries(rules, 0.0, instead=rules.abroad),
        lasting=tuple(rules.lasting.get(s, 0.0) for s in STATES),
        quiet=tuple(rules.quiet.get(s, 0.0) for s in STATES),
    )


def _entries(rules: RoleRules, midway: float, less: _Costs | None = None, instead: _Costs | None = None) -> _Entries:
    """For each state those it can be entered from, with the cost (and ``midway`` more from what was to what will be).

    Args:
        rules: costs of passing from role to role.
        midway: the addition.
        less: what it costs less.
        instead: costs that stand for the others'.
    """
    entries: list[list[tuple[int, float]]] = [[] for _ in STATES]
    for source, to in rules.passing.items():
        if source != "front":
            for state, cost in to.items():
                more = midway if source in rules.past and state not in rules.past and state != "closing" else 0.0
                own = (instead or {}).get(source, {}).get(state, cost + more)
                entries[_PLACE[state]].append((_PLACE[source], own - (less or {}).get(source, {}).get(state, 0.0)))
    return tuple(tuple(e) for e in entries)
