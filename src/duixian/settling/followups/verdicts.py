"""From the evidence of all members to one verdict, its reason and at most three answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from duixian.registry.units import unit_table
from duixian.settling.followups.evidence import Evidence
from duixian.settling.followups.members import Member
from duixian.settling.followups.records import Fulfilment

MOST_ANSWERS: Final = 3
LONGEST_REASON: Final = 400  # characters


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a promise with the evidence that decided it."""

    verdict: Fulfilment
    reason: str
    answers: tuple[Evidence, ...]


def judge(pairs: Sequence[tuple[Member, Evidence | None]]) -> Judgement:
    """The verdict on a promise.

    Args:
        pairs: its members, each with its evidence.
    """
    results = [(m, e) for m, e in pairs if e is not None and e.state != "planned"]
    if not results:
        planned = [e for m, e in pairs if e is not None and m.figure is None]
        if planned and 2 * len(planned) >= len(pairs):
            return Judgement("carried_over", "stands only in the new plan", tuple(planned[:1]))
        return Judgement("not_mentioned", "no result in the next report", ())
    states = [_state(m, e) for m, e in pairs]
    reason = "; ".join(f"{m.name.text}: {e.why if e else 'nothing'}" for m, e in pairs)
    wanted = set(states)
    verdict: Fulfilment
    if wanted == {"met"}:
        verdict = "met"
    elif wanted <= {"missed", "none"}:
        verdict = "missed"
    elif not wanted & {"met", "partly", "missed"}:
        verdict = "reported_no_measure"
    else:
        verdict = "partly"
    return Judgement(verdict, reason[:LONGEST_REASON], _answers([e for _, e in results]))


def _state(member: Member, found: Evidence | None) -> str:
    if found is None or found.state == "planned":
        return "none"
    if found.state == "short":
        return "missed" if _is_indicator(member) else "partly"
    return {"reached": "met", "part": "partly", "other": "other"}[found.state]


def _is_indicator(member: Member) -> bool:
    """Whether a rate, a level or a ratio is promised rather than an amount of work."""
    goal = member.figure
    if goal is None:
        return False
    return bool(goal.indicator) or member.stock or goal.value_kind != "level" or unit_table().worth(goal.unit or "").kind == "percent"


def _answers(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """At most three answers, each clause once, the strongest first."""
    kept: dict[int, Evidence] = {}
    for one in sorted(found, key=lambda e: -e.score):
        kept.setdefault(one.clause.at, one)
    return tuple(sorted(list(kept.values())[:MOST_ANSWERS], key=lambda e: -e.score))
