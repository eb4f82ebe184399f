"""What the next report says of one member of a promise: the best clause, what it proves, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from duixian.registry.answers import answer_words
from duixian.registry.indicators import indicator_table
from duixian.settling.followups.answers import AnswerText, Clause
from duixian.settling.followups.compare import compare, same_measure, shown
from duixian.settling.followups.grams import grams, plain, total, weight
from duixian.settling.followups.members import Member
from duixian.settling.followups.records import Quantity

State = Literal["reached", "part", "short", "other", "planned"]
_RESULTS: Final = ("review", "term", "problems")
_LEAST_SHARED: Final = 0.4  # share of a name's weight below which a clause is no candidate
_FIGURE_LIKE: Final = 0.62  # likeness from which a figure answers
_OTHER_LIKE: Final = 0.72  # likeness from which a figure of another measure answers
_NAME_LIKE: Final = 0.66  # share of a name from which a clause speaks of it
_PLAN_LIKE: Final = 0.72
_TRIED: Final = 12  # candidates looked at
_PIECE: Final = re.compile(r"[、，。；：和与及]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that answers a member."""

    clause: Clause
    state: State
    score: float
    why: str
    start: int  # of the answer, in the source text
    end: int


def evidence(member: Member, text: AnswerText, year: int) -> Evidence | None:
    """The strongest answer to a member; none where the report is silent.

    Args:
        member: what was promised.
        text: the answering report.
        year: the year it was promised for.
    """
    shared = text.sharing(member.pairs)
    likely = sorted(((w / member.weight, at) for at, w in shared.items() if w >= _LEAST_SHARED * member.weight), key=lambda c: (-c[0], c[1]))
    clauses = [(share, text.clauses[at]) for share, at in likely]
    found = list(_figures(member, clauses, text, year)) if member.figure else list(_mentions(member, clauses, text))
    if not found and member.figure is not None and member.figure.indicator:
        found = list(_same_indicator(member, text, year))
    return max(found, key=lambda e: (_RANK[e.state], e.score, -e.clause.at), default=None)


_RANK: Final = {"reached": 3, "short": 3, "part": 2, "other": 1, "planned": 0}


# -- figures -----------------------------------------------------------------------------------------------------------
def _figures(member: Member, clauses: list[tuple[float, Clause]], text: AnswerText, year: int) -> Iterator[Evidence]:
    goal = member.figure
    assert goal is not None
    for share, clause in clauses[:_TRIED]:
        if clause.part not in _RESULTS:
            continue
        for figure in clause.figures:
            if figure.role == "actual" and (found := _judged(member, goal, figure, share, clause, text, year)):
                yield found


def _same_indicator(member: Member, text: AnswerText, year: int) -> Iterator[Evidence]:
    goal = member.figure
    assert goal is not None
    subject = _subject(goal)
    for clause in text.clauses:
        if clause.part in _RESULTS:
            for figure in clause.figures:
                if figure.role == "actual" and subject and _subject(figure) == subject:
                    if found := _judged(member, goal, figure, 1.0, clause, text, year):
                        yield found


def _judged(member: Member, goal: Quantity, figure: Quantity, share: float, clause: Clause, text: AnswerText, year: int) -> Evidence | None:
    like = _likeness(member, goal, figure, share, clause)
    comparable = same_measure(goal, figure)
    if like < (_FIGURE_LIKE if comparable else _OTHER_LIKE):
        return None
    start, end = min(clause.start, figure.start), clause.end
    state: State
    if why := _incomparable(member, goal, figure, clause, text):
        state = "other"
    else:
        result = compare(goal, figure, year, stock=member.stock)
        state, why = {"reached": "reached", "short": "short", "other": "other"}[result.relation], result.why  # type: ignore[assignment]
    bonus = 0.1 * comparable + 0.05 * (figure.period == str(year)) + 0.05 * (clause.part == "review")
    return Evidence(clause, state, like + bonus, why, start, end)


def _likeness(member: Member, goal: Quantity, figure: Quantity, share: float, clause: Clause) -> float:
    """How surely a figure is about the same thing, from 0 to 1."""
    mine, its = _subject(goal), _subject(figure)
    if mine and its:
        return 1.0 if mine == its else 0.0
    near = grams(plain(figure.name)) | _around(figure, clause)
    both = member.pairs & near
    covered = total(both) / member.weight
    exact = total(both) / (total(near) or 1.0)
    return 0.5 * covered + 0.3 * share + 0.2 * exact


def _around(figure: Quantity, clause: Clause) -> frozenset[str]:
    """The pairs of the list member in which a figure stands."""
    written = f"{figure.low:g}" if figure.low is not None else ""
    at = clause.text.find(written) if written else -1
    if at < 0:
        return frozenset()
    first = max((m.end() for m in _PIECE.finditer(clause.text, 0, at)), default=0)
    stop = _PIECE.search(clause.text, at)
    return grams(clause.text[first : stop.start() if stop else len(clause.text)])


def _subject(figure: Quantity) -> str | None:
    return indicator_table().indicators[figure.indicator].subject if figure.indicator else None


def _incomparable(member: Member, goal: Quantity, figure: Quantity, clause: Clause, text: AnswerText) -> str | None:
    """Why two figures of one measure don't compare: another basis, a stock for an addition, an addition for a stock."""
    words = answer_words()
    before = text.before(clause)
    if words.basis.search(clause.text) or (before and words.basis.search(before.text)):
        return f"other basis: {shown(figure)}"
    if goal.value_kind != "level" or goal.indicator or not same_measure(goal, figure):
        return None
    adds = words.flow.search(clause.text) is not None
    if member.stock and adds and not words.stock.search(clause.text):
        return f"an addition for a level: {shown(figure)}"
    if not member.stock and words.flow.search(member.verb) and words.stock.search(clause.text) and not adds:
        return f"a stock for an addition: {shown(figure)}"
    return None


# -- named things ------------------------------------------------------------------------------------------------------
def _mentions(member: Member, clauses: list[tuple[float, Clause]], text: AnswerText) -> Iterator[Evidence]:
    for share, clause in clauses[:_TRIED]:
        if clause.part in _RESULTS and share >= _NAME_LIKE:
            state, why = _progress(member, clause, text)
            yield Evidence(clause, state, share + 0.05 * (clause.part == "review"), why, clause.start, clause.end)
        elif clause.part == "plan" and share >= _PLAN_LIKE:
            yield Evidence(clause, "planned", share, "stands only in the new plan", clause.start, clause.end)


def _progress(member: Member, clause: Clause, text: AnswerText) -> tuple[State, str]:
    """How far a clause says that a named thing has come."""
    words = answer_words()
    stage, verb = _stage_at(member, clause, text)
    if member.stage is not None and member.stage > 0:
        if stage is not None and stage > 0:
            if stage >= member.stage:
                return "reached", f"{verb}"
            return "part", f"only {verb}"
        if done := words.done.search(clause.text):
            return "reached", done[0]
        return "other", "named without its state"
    if done := words.done.search(clause.text):
        return ("part" if words.weak.search(clause.text) and not words.weak.search(member.verb) else "reached"), done[0]
    if stage is not None and stage >= 4:
        return "reached", verb
    return "other", "named without a result"


def _stage_at(member: Member, clause: Clause, text: AnswerText) -> tuple[int | None, str]:
    """The stage said of the thing: by a verb in its own list member, else at the end, else at the beginning of the clause, else after it."""
    words = answer_words()
    pieces = clause.text.split("、")
    mine = max(range(len(pieces)), key=lambda i: sum(weight(p) for p in grams(pieces[i]) & member.pairs))
    for piece in (pieces[mine], *reversed(pieces[mine + 1 :]), *reversed(pieces[:mine])):
        if verbs := [m[0] for m in words.stage.finditer(piece)]:
            best = max(verbs, key=lambda v: words.stages[v])
            return words.stages[best], best
    following = text.after(clause)
    if following and (match := words.stage.match(following.text)):
        return words.stages[match[0]], match[0]
    return None, ""
