"""Every checkable promise of a report followed up in the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duixian.settling.followups.answers import AnswerText
from duixian.settling.followups.evidence import evidence
from duixian.settling.followups.members import members
from duixian.settling.followups.records import Followup, Promise, Quantity, Span
from duixian.settling.followups.verdicts import Judgement, judge


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
        figures: its measurements in the order of the text.
        answering: the next year's report of the place.
    """
    text = AnswerText(answering.text, answering.start, answering.spans, figures=answering.figures)
    for promise in promises:
        mine = [f for f in figures if promise.start <= f.value_start < promise.end]
        found = [(m, evidence(m, text, promise.year)) for m in members(promise, mine)]
        yield from _rows(promise, judge(found), answering)


def _rows(promise: Promise, judgement: Judgement, answering: Answering) -> Iterator[Followup]:
    if not judgement.answers:
        yield _row(promise, judgement, answering, None, None, None)
    for one in judgement.answers:
        yield _row(promise, judgement, answering, one.start, one.end, one.score)


def _row(
    promise: Promise, judgement: Judgement, answering: Answering, start: int | None, end: int | None, score: float | None
) -> Followup:
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
