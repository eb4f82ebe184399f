"""Every checkable promise of a report followed up in the next one."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from duixian.registry.answers import answer_words
from duixian.registry.indicators import indicator_table
from duixian.settling.followups.answers import AnswerText
from duixian.settling.followups.evidence import Evidence, evidence
from duixian.settling.followups.grams import plain
from duixian.settling.followups.members import members
from duixian.settling.followups.records import Followup, Promise, Quantity, Span
from duixian.settling.followups.verdicts import LONGEST_REASON, Judgement, judge

BLANKET_SCORE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Answering:
    """The report of the year after.

    Attributes:
        source: its document.
        year: its year.
        text: the document's source text from ``start`` on, to the report's end.
        start: where the report starts.
        spans: its sections.
        figures: its measurements.
    """

    source: str
    year: int
    text: str
    start: int
    spans: Sequence[Span]
    figures: Sequence[Quantity]


def follow(promises: Sequence[Promise], figures: Sequence[Quantity], answering: Answering) -> Iterator[Followup]:
    """One followup for each answer, or one without an answer, promise by promise.

    Args:
        promises: the checkable commitments of a report.
        figures: its measurements.
        answering: the next year's report of the place.
    """
    text = AnswerText(answering.text, answering.start, answering.spans, _in_order(answering.figures))
    figures = _in_order(figures)
    starts = [f.value_start for f in figures]
    for promise in promises:
        mine = figures[bisect_left(starts, promise.start) : bisect_left(starts, promise.end)]
        judgement = judge([(m, evidence(m, text, promise.year)) for m in members(promise, mine)])
        if not judgement.answers or judgement.verdict == "carried_over":
            judgement = _by_blanket(promise, text) or judgement
        yield from _rows(promise, judgement, answering)


def checkable(promises: Iterable[Promise]) -> list[Promise]:
    """The promises that the next report can answer: figures, milestones and short acts of a telling verb, of the year, not of the plan.

    Args:
        promises: the commitments of a report.
    """
    return [p for p in promises if p.section != "tasks_term" and (p.kind != "qualitative" or _tells(p.quote))]


def _tells(quote: str) -> bool:
    words = answer_words()
    text = plain(quote)
    return len(text) <= words.longest_followed and words.followed.match(text) is not None


def lone_targets(figures: Sequence[Quantity], promises: Sequence[Promise]) -> list[Promise]:
    """The year's targets of the targets section that no commitment holds (in step with growth, no less than the nation), as promises.

    Args:
        figures: the measurements of a report.
        promises: its commitments.
    """
    found: dict[tuple[int, int], Promise] = {}
    for f in figures:
        of_the_year = f.role == "target" and f.section == "targets" and f.period == str(f.year)
        if of_the_year and not any(p.start < f.end and f.start < p.end for p in promises):
            code = hashlib.sha256(f"{f.report_id}:{f.start}:{f.end}".encode()).hexdigest()[:12]
            one = Promise(code, f.report_id, f.source, f.region_code, f.year, "quantified", None, f.section, f.quote, f.start, f.end)
            found.setdefault((f.start, f.end), one)
    return list(found.values())


def _in_order(figures: Sequence[Quantity]) -> list[Quantity]:
    """Figures by position; an indicator counts only where it is a headline one: promised works (roads, places) are told by their names."""
    known = indicator_table().indicators
    plainer = (f if f.indicator is None or known[f.indicator].headline else replace(f, indicator=None) for f in figures)
    return sorted(plainer, key=lambda f: f.value_start)


def _by_blanket(promise: Promise, text: AnswerText) -> Judgement | None:
    """An item of the livelihood list is done where the report says that all of them are."""
    if text.blanket is None or (promise.livelihood_n is None and promise.section != "livelihood"):
        return None
    clause = text.blanket
    found = Evidence(clause, "reached", BLANKET_SCORE, "all livelihood items", clause.start, clause.end)
    return Judgement("met", f"all livelihood items are said to be done: {clause.text}"[:LONGEST_REASON], (found,))


def _rows(promise: Promise, judgement: Judgement, answering: Answering) -> Iterator[Followup]:
    if not judgement.answers:
        yield _row(promise, judgement, answering, None, None, None)
    for one in judgement.answers:
        yield _row(promise, judgement, answering, one.start, one.end, one.score)


def _row(promise: Promise, judgement: Judgement, answering: Answering, start: int | None, end: int | None, score: float | None) -> Followup:
    answer = None if start is None or end is None else answering.text[start - answering.start : end - answering.start]
    return Followup(
        commitment_id=promise.commitment_id,
        source=promise.source,
        region_code=promise.region_code,
        year=promise.year,
        start=promise.start,
        end=promise.end,
        promise=promise.quote,
        to_source=answering.source,
        to_year=answering.year,
        answer=answer,
        answer_start=start,
        answer_end=end,
        verdict=judgement.verdict,
        reason=judgement.reason,
        score=None if score is None else round(score, 4),
    )
