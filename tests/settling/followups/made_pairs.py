"""Two made reports: one that promises a sentence, one that answers with another."""

from __future__ import annotations

from dataclasses import fields

from duixian.extracting import extract
from duixian.model import Measurement, Role
from duixian.reading.repair import repair
from duixian.settling.followups.following import Answering, follow
from duixian.settling.followups.records import Followup, Promise, Quantity, Span
from made_report import made_report

_QUANTITY = tuple(f.name for f in fields(Quantity))


def quantities(found: tuple[Measurement, ...]) -> list[Quantity]:
    """Measurements as following up takes them."""
    return [Quantity(**{name: getattr(m, name) for name in _QUANTITY}) for m in found]


def promise_of(text: str, livelihood: int | None = None, role: Role = "tasks") -> tuple[Promise, list[Quantity]]:
    """A sentence as a promise of 2024, with its figures."""
    made = made_report(text, role, 2024)
    quote = text.rstrip("。")
    figures = quantities(extract(made, repair(text)))
    kind = "quantified" if any(f.low is not None for f in figures) else "milestone"
    one = Promise("c1", made.report_id, made.source, made.region_code, 2024, kind, livelihood, role, quote, 0, len(quote))  # type: ignore[arg-type]
    return one, figures


def answering(text: str, role: Role = "review") -> Answering:
    """A text as the report of 2025."""
    made = made_report(text, role, 2025)
    spans = [Span(made.report_id, made.source, role, 0, len(text))]
    return Answering(made.source, 2025, text, 0, spans, quantities(extract(made, repair(text))))


def followed(
    promise: str, answer: str, role: Role = "review", livelihood: int | None = None, promised_in: Role = "tasks"
) -> list[Followup]:
    """What becomes of a promised sentence."""
    one, figures = promise_of(promise, livelihood, "livelihood" if livelihood else promised_in)
    return list(follow([one], figures, answering(answer, role)))
