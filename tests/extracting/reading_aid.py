"""A report of one section made from a sentence, and the short notation of a measurement that the example table uses."""

from __future__ import annotations

from duixian.extracting import extract
from duixian.model import Measurement, Report, Role, Section
from duixian.reading.repair import repair


def report_of(text: str, section: Role = "review", year: int = 2025) -> Report:
    """A report of the fictional 云陵省 that consists of one section."""
    return Report(
        report_id="0123456789ab",
        doc_id="0" * 64,
        source="云陵省/2025.md",
        region="云陵省",
        region_code="990000",
        region_id="990000",
        level="province",
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
        sections=(Section(section, 1, None, 0, len(text)),),
    )


def read(text: str, section: Role = "review", year: int = 2025) -> tuple[Measurement, ...]:
    """The measurements of a text that is one section."""
    return extract(report_of(text, section, year), repair(text))


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e6 else repr(value)


def short(one: Measurement) -> str:
    """A measurement as the example table writes it."""
    value = ""
    if one.low is not None and one.high is not None:
        value = _number(one.low) if one.low == one.high else f"{_number(one.low)}..{_number(one.high)}"
        value += f" {one.unit}" if one.unit else ""
    when = (one.period or "-") + (f"/{one.agg}" if one.agg else "")
    marks = [
        *(["stretch"] if one.tier == "stretch" else []),
        *([one.basis] if one.basis else []),
        *(["part"] if "partial_year" in one.flags else []),
    ]
    what = f"{one.comparator} {value}" + (f" {one.direction}" if one.direction else "")
    return f"{one.name} | {what} | {' '.join([one.role, when, *marks])} | {one.indicator or '-'}"
