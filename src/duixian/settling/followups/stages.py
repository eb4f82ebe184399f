"""How far a work has come, by the verbs that are said of it: planned, started, under way, its structure standing, built, in use."""

from __future__ import annotations

from duixian.registry.answers import answer_words
from duixian.settling.followups.answers import AnswerText, Clause
from duixian.settling.followups.grams import grams, rarity_of


def stage_of(words: str) -> int | None:
    """The furthest stage that the verbs of a text name; none where there is no such verb.

    Args:
        words: a plain text.
    """
    known = answer_words()
    return max((known.stages[m[0]] for m in known.stage.finditer(words)), default=None)


def stage_at(pairs: frozenset[str], clause: Clause, text: AnswerText) -> tuple[int | None, str]:
    """The stage said of a thing, with its verb: one in its own list member, else at the end, else at the beginning, else after the clause.

    Args:
        pairs: the pairs of characters of the thing's name.
        clause: a clause that names it.
        text: the report.
    """
    words = answer_words()
    pieces = clause.text.split("、")
    mine = max(range(len(pieces)), key=lambda i: sum(rarity_of(p) for p in grams(pieces[i]) & pairs))
    for piece in (pieces[mine], *reversed(pieces[mine + 1 :]), *reversed(pieces[:mine])):
        if verbs := [m[0] for m in words.stage.finditer(piece)]:
            best = max(verbs, key=lambda v: words.stages[v])
            return words.stages[best], best
    following = text.after(clause)
    if following and (match := words.stage.match(following.text)):
        return words.stages[match[0]], match[0]
    return None, ""
