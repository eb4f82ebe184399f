"""The measurements of a sentence, and the short notation of a measurement that the example table uses."""

from __future__ import annotations

from duixian.extracting import extract
from duixian.model import Measurement, Role
from duixian.reading.repair import repair
from made_report import made_report


def read(text: str, section: Role = "review", year: int = 2025) -> tuple[Measurement, ...]:
    """The measurements of a text that is one section."""
    return extract(made_report(text, section, year), repair(text))


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
        *([f"of {one.scope_name}"] if one.scope == "other" else []),
        *(["part"] if "partial_year" in one.flags else []),
    ]
    what = f"{one.comparator} {value}" + (f" {one.direction}" if one.direction else "")
    return f"{one.name} | {what} | {' '.join([one.role, when, *marks])} | {one.indicator or '-'}"
