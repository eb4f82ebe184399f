"""Two made reports: one that promises a sentence, one that answers with another."""

from __future__ import annotations

from dataclasses import fields

from duixian.extracting import extract
from duixian.model import Measurement, Report, Role, Section
from duixian.reading.repair import repair
from duixian.settling.followups.following import Answering, follow
from duixian.settling.followups.records import Followup, Promise, Quantity, Span

_QUANTITY = tuple(f.name for f in fields(Quantity))


def report(text: str, role: Role, year: int) -> Report:
    """A report that is one section."""
    return Report(
        report_id=f"{year:012d}",
        doc_id="d",
        source=f"{year}.txt",
        region="望江市",
        region_code="990100",
        region_id="990100",
        level="prefecture",
        year=year,
        session=None,
        plan_from=year,
        plan_to=year,
        kind="full",
        delivered=None,
        meeting=None,
        speaker=None,
        speaker_title=None,
        title=None,
        url=None,
        sample=True,
        flags=(),
        start=0,
        end=len(text),
        sections=(Section(role, 1, None, 0, len(text)),),
    )


def quantities(found: tuple[Measurement, ...]) -> list[Quantity]:
    """Measurements as following up takes them."""
    return [Quantity(**{name: getattr(m, name) for name in _QUANTITY}) for m in found]


def promise_of(text: str, livelihood: int | None = None, role: Role = "tasks") -> tuple[Promise, list[Quantity]]:
    """A sentence as a promise of 2024, with its figures."""
    made = report(text, role, 2024)
    quote = text.rstrip("。")
    figures = quantities(extract(made, repair(text)))
    kind = "quantified" if any(f.low is not None for f in figures) else "milestone"
    one = Promise("c1", made.report_id, made.source, made.region_code, 2024, kind, livelihood, role, quote, 0, len(quote))  # type: ignore[arg-type]
    return one, figures


def answering(text: str, role: Role = "review") -> Answering:
    """A text as the report of 2025."""
    made = report(text, role, 2025)
    spans = [Span(made.report_id, made.source, role, 0, len(text))]
    return Answering(made.source, 2025, text, 0, spans, quantities(extract(made, repair(text))))


def followed(
    promise: str, answer: str, role: Role = "review", livelihood: int | None = None, promised_in: Role = "tasks"
) -> list[Followup]:
    """What becomes of a promised sentence."""
    one, figures = promise_of(promise, livelihood, "livelihood" if livelihood else promised_in)
    return list(follow([one], figures, answering(answer, role)))
