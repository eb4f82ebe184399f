"""The most likely sequence of roles for the units of a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from duixian.model import Role
from duixian.reading.units import Unit
from duixian.registry.roles import STATES, RoleRules, State

_NEVER = -1e9
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
    midway = _entries(rules, rules.midway) if sum(u.border == "chapter" for u in units) > 1 else into
    opening = rules.passing["front"]
    best = {r: units[0].scores.get(r, 0.0) - opening[r] if r in opening else _NEVER for r in STATES}
    back: list[dict[State, State]] = []
    for unit in units[1:]:
        border, scores = rules.border[unit.border], unit.scores
        margin = rules.margin if unit.border not in ("chapter", "salutation") else 0.0
        quiet = rules.quiet if unit.border in ("paragraph", "sentence") else {}
        step: dict[State, float] = {}
        came: dict[State, State] = {}
        for role in STATES:
            value, source, score = best[role], role, scores.get(role, 0.0)
            if unit.border == "chapter":
                value -= rules.lasting.get(role, 0.0)
            for other, cost in (into if unit.border == "chapter" else midway)[role]:
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


def _entries(rules: RoleRules, midway: float) -> dict[State, list[tuple[State, float]]]:
    """For each role those it can be entered from, with the cost (and ``midway`` more from what was to what will be)."""
    entries: dict[State, list[tuple[State, float]]] = {role: [] for role in STATES}
    for source, to in rules.passing.items():
        if source != "front":
            for role, cost in to.items():
                entries[role].append(
                    (source, cost + (midway if source in rules.past and role not in rules.past and role != "closing" else 0.0))
                )
    return entries
