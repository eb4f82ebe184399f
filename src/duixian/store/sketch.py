"""A small sketch of a report's sentences, by which copies and abstracts are known without comparing every text with every other."""

from __future__ import annotations

import re
from hashlib import blake2b

from duixian.reading.copy import ReadingCopy

SIZE = 256  # the smallest hashes that are kept
SHORTEST = 10  # characters; shorter sentences are formulas that all reports share
_SENTENCE_END = re.compile(r"[。！？；\n]+")
_NO_WORD = re.compile(r"[^\u3400-\u9fffA-Za-z0-9.%]+")  # drops "，" and "“", keeps "增长8.2%"


def sentence_hashes(text: str) -> frozenset[int]:
    """Hashes (63 bits) of the sentences of a text, punctuation and blanks left out.

    Args:
        text: a stretch of a reading copy.
    """
    sentences = (_NO_WORD.sub("", s) for s in _SENTENCE_END.split(text))
    return frozenset(int.from_bytes(blake2b(s.encode(), digest_size=8).digest()) >> 1 for s in sentences if len(s) >= SHORTEST)


def report_hashes(copy: ReadingCopy, start: int, end: int) -> frozenset[int]:
    """Hashes of the sentences of a report that stands at the source positions ``start:end``."""
    return sentence_hashes(copy.text[copy.copy_at(start) : copy.copy_at(end)])


def smallest(hashes: frozenset[int]) -> tuple[int, ...]:
    """The hashes that a sketch keeps, ascending."""
    return tuple(sorted(hashes)[:SIZE])
