"""The stretches of a report that promise: the innermost sections of the promising roles, with the heading each stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from duixian.model import Report, Role, Section
from duixian.reading.copy import ReadingCopy

PROMISING: Final[frozenset[Role]] = frozenset(("targets", "tasks", "tasks_term", "livelihood", "government"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one role; positions are in the reading copy."""

    role: Role
    theme: str | None  # the innermost heading above it
    start: int
    end: int
    body: int  # where its own heading ends


def stretches(report: Report, copy: ReadingCopy) -> Iterator[Stretch]:
    """The promising stretches of a report, in order, none overlapping.

    Args:
        report: the report with its sections.
        copy: the reading copy of its document.
    """
    for section, heading, start, end in _leaves(report):
        if section.role in PROMISING:
            a, b = copy.copy_at(start), copy.copy_at(end)
            if b > a:
                yield Stretch(section.role, heading, a, b, _after_heading(section, copy, a, b) if start == section.start else a)


def _leaves(report: Report) -> Iterator[tuple[Section, str | None, int, int]]:
    """Each stretch once with the section that owns it (the deepest) and the nearest heading above."""
    open_: list[tuple[Section, str | None]] = []
    at = report.start
    for section in sorted(report.sections, key=lambda s: (s.start, s.level)):
        while open_ and open_[-1][0].end <= section.start:
            owner, heading = open_.pop()
            if owner.end > at:
                yield owner, heading, at, owner.end
                at = owner.end
        if open_ and section.start > at:
            yield *open_[-1], at, section.start
        at = max(at, section.start)
        above = open_[-1][1] if open_ else None
        open_.append((section, section.heading or above))
    while open_:
        owner, heading = open_.pop()
        if owner.end > at:
            yield owner, heading, at, owner.end
            at = owner.end


def _after_heading(section: Section, copy: ReadingCopy, start: int, end: int) -> int:
    """The position after the section's heading, where the text repeats it."""
    words = "".join((section.heading or "").split())
    if not words:
        return start
    found = copy.text.find(words[-6:], start, min(end, start + len(words) + 24))
    return found + len(words[-6:]) if found >= 0 else start
