"""Who speaks, for which region, for which years."""

from __future__ import annotations

from duixian.model import Hints
from duixian.reading.copy import ReadingCopy
from duixian.reading.pieces import Identity


def identify(copy: ReadingCopy, start: int, end: int, hints: Hints) -> Identity | None:
    """The identity of the report at ``start:end`` of the copy; none where region or year can't be told.

    Args:
        copy: the document's reading copy.
        start: first position of the report in the copy.
        end: the position after its last.
        hints: what stands beside the text; decides only where the text is silent.
    """
    return None
