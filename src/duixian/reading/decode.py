"""The most likely sequence of roles for the units of a report."""

from __future__ import annotations

from collections.abc import Sequence

from duixian.model import Role
from duixian.reading.units import Unit
from duixian.registry.roles import ROLES, RoleRules

_NEVER = -1e9


def decode(units: Sequence[Unit], rules: RoleRules) -> list[Role]:
    """One role for each unit: the sequence with the best sum of scores less the costs of passing (Viterbi).

    Args:
        units: the weighed units, in order.
        rules: costs of passing from role to role and at each border.
    """
    if not units:
        return []
    into = {b: [(a, to[b]) for a, to in rules.passing.items() if b in to and a != "front"] for b in ROLES}
    opening = rules.passing["front"]
    best = {r: units[0].scores.get(r, 0.0) - opening[r] if r in opening else _NEVER for r in ROLES}
    back: list[dict[Role, Role]] = []
    for unit in units[1:]:
        border, scores = rules.border[unit.border], unit.scores
        step: dict[Role, float] = {}
        came: dict[Role, Role] = {}
        for role in ROLES:
            value, source = best[role], role
            for other, cost in into[role]:
                if (there := best[other] - cost - border) > value:
                    value, source = there, other
            step[role], came[role] = value + scores.get(role, 0.0), source
        best = step
        back.append(came)
    role = max(ROLES, key=lambda r: best[r])
    path = [role]
    for came in reversed(back):
        role = came[role]
        path.append(role)
    return path[::-1]
