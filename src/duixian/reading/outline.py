"""The outline: sections with their roles, and the livelihood items (民生实事)."""

from __future__ import annotations

from duixian.reading.copy import ReadingCopy
from duixian.reading.pieces import Identity, Outline, Part


def outline(copy: ReadingCopy, start: int, end: int, identity: Identity) -> Outline:
    """The parts of the report at ``start:end`` of the copy; every character lies in one.

    Args:
        copy: the document's reading copy.
        start: first position of the report in the copy.
        end: the position after its last.
        identity: whose report for which years it is.
    """
    return Outline((Part("front", 1, None, start, end),), ())
