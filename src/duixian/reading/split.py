"""Splitting of compilations and refusing of what is no report."""

from __future__ import annotations

from duixian.model import Hints
from duixian.reading.copy import ReadingCopy
from duixian.reading.pieces import Piece


def split(copy: ReadingCopy, hints: Hints) -> list[Piece]:
    """The reports and refused stretches of a document, in order.

    Args:
        copy: the document's reading copy.
        hints: what stands beside the text.
    """
    return [Piece(0, len(copy.text))]
