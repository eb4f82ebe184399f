"""Extracting: frames (who is spoken of, period, role), numbers, binding by explicit shapes, measurements."""

from __future__ import annotations

from duixian.model import Measurement, Report
from duixian.reading.copy import ReadingCopy

__all__ = ["extract"]


def extract(report: Report, copy: ReadingCopy) -> tuple[Measurement, ...]:
    """All measurements of a report, in the order of the text.

    Args:
        report: the report with its sections.
        copy: the reading copy of its document.
    """
    return ()
