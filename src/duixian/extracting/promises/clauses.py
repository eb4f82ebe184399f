"""Sentences cut into clauses on the reading copy, with what stands in brackets and quotation marks hidden from the cutting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# What the cutting must not look into. Matches "（含县、区）", "“放、管、服”", "《甲，乙》"; not an opening mark without its closing one.
INSET: Final = re.compile(r"（[^（）\n]{0,240}）|“[^“”\n]{0,60}”|《[^《》\n]{0,60}》")
# Where clauses end. Matches "，", "。", a line's end; not "、".
STOP: Final = re.compile(r"[，；。！？：\n]")
_HIDDEN: Final = str.maketrans("，；。！？：、", "\x01" * 7)
_SENTENCE_ENDS: Final = "。！？；\n"


class Clause(NamedTuple):
    """A stretch between two stops; positions are in the reading copy."""

    start: int
    end: int
    stop: str  # the stop after it, empty at the end of the text
    sentence: int  # the number of its sentence, counted from 0


def mask(text: str) -> str:
    """The text, of equal length, with brackets blanked to NUL and the stops inside quotation marks and titles hidden.

    Args:
        text: a stretch of the reading copy.
    """
    return INSET.sub(_hide, text)


def _hide(match: re.Match[str]) -> str:
    found = match.group()
    return "\x00" * len(found) if found[0] == "（" else found.translate(_HIDDEN)


def clauses(masked: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of ``masked[start:end]`` in order, empty ones left out.

    Args:
        masked: a masked text.
        start: where to begin.
        end: where to stop.
    """
    at, sentence = start, 0
    for match in STOP.finditer(masked, start, end):
        stop = match.group()
        if match.start() > at:
            yield Clause(at, match.start(), stop, sentence)
        at = match.end()
        if stop in _SENTENCE_ENDS:
            sentence += 1
    if end > at:
        yield Clause(at, end, "", sentence)
