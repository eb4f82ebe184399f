"""The most likely sequence of roles for the units of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from duixian.model import Role
from duixian.reading.units import Unit
from duixian.registry.roles import STATES, RoleRules, State

_NEVER = -1e9
_Costs = Mapping[State, Mapping[State, float]]
_ROLE: dict[State, Role] = {"outlook_term": "outlook", "targets_term": "targets"}


def decode(units: Sequence[Unit], rules: RoleRules) -> list[Role]:
    """One role for each unit: the sequence with the best sum of scores less the costs of passing (Viterbi).

    Args:
        units: the weighed units, in order.
        rules: costs of passing from role to role and at each border.
    """
    if not units:
        return []
    into = _entries(rules, 0.0)
    anew = _entries(rules, 0.0, rules.anew)
    midway = _entries(rules, rules.midway) if sum(u.border == "chapter" for u in units) > 1 else into
    greeted = _entries(rules, rules.midway, rules.anew) if midway is not into else anew
    abroad = _entries(rules, 0.0, instead=rules.abroad) if any(u.abroad for u in units) else into
    opening = rules.passing["front"]
    best = {r: units[0].scores.get(r, 0.0) - opening[r] if r in opening else _NEVER for r in STATES}
    back: list[dict[State, State]] = []
    for unit in units[1:]:
        border, scores = rules.border[unit.border], unit.scores
        margin = rules.margin if unit.border not in ("chapter", "salutation") else 0.0
        quiet = rules.quiet if unit.border in ("paragraph", "sentence") else {}
        entries = abroad if unit.abroad else anew if unit.border == "chapter" else greeted if unit.border == "salutation" else midway
        step: dict[State, float] = {}
        came: dict[State, State] = {}
        for role in STATES:
            value, source, score = best[role], role, scores.get(role, 0.0)
            if unit.border == "chapter":
                value -= rules.lasting.get(role, 0.0)
            for other, cost in entries[role]:
                there = best[other] - cost - border - quiet.get(role, 0.0)
                if there > value and (there := there - (rules.unsaid if score <= scores.get(other, 0.0) + margin else 0.0)) > value:
                    value, source = there, other
            step[role], came[role] = value + score, source
        best = step
        back.append(came)
    role = max(STATES, key=lambda r: best[r])
    path = [role]
    for came in reversed(back):
        role = came[role]
        path.append(role)
    return [_ROLE.get(state, cast(Role, state)) for state in reversed(path)]


def _entries(
    rules: RoleRules, midway: float, less: _Costs | None = None, instead: _Costs | None = None
) -> dict[State, list[tuple[State, float]]]:
    """For each role those it can be entered from, with the cost (and ``midway`` more from what was to what will be).

    Args:
        rules: costs of passing from role to role.
        midway: the addition.
        less: what it costs less.
        instead: costs that stand for the others'.
    """
    entries: dict[State, list[tuple[State, float]]] = {role: [] for role in STATES}
    for source, to in rules.passing.items():
        if source != "front":
            for role, cost in to.items():
                more = midway if source in rules.past and role not in rules.past and role != "closing" else 0.0
                own = (instead or {}).get(source, {}).get(role, cost + more)
                entries[role].append((source, own - (less or {}).get(source, {}).get(role, 0.0)))
    return entries
