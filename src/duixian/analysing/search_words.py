"""Words: the tokens of a text by jieba's dictionary and rules, through its fast Rust twin."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from itertools import accumulate

# jieba cuts a run of letters, digits and dots that its dictionary does not know by this; the twin leaves it whole.
# Matches "2.5" and "GWh" in "2.5GWh"; not the dot of "3.GDP".
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
# A run that the two cut differently. Matches "3.GDP", "2.5GWh", "1.2.3"; not "2.5%", "2.5。".
_UNLIKE = re.compile(r"\.[a-zA-Z.]|\.\d+[a-zA-Z.]")


@cache
def segmenter() -> str:
    """The segmenter's name and version, on which counts of words depend."""
    return f"rjieba {version('rjieba')}"


def words(text: str) -> list[str]:
    """The tokens of a text, marks and line breaks included, as ``jieba.lcut(text)`` gives them.

    Args:
        text: repaired text.
    """
    import rjieba  # only here: it loads its dictionary at once, and a search without words needs none

    found: list[str] = rjieba.cut(text)
    if not _UNLIKE.search(text):
        return found
    cut: list[str] = []
    for token in found:
        if len(token) > 1 and "." in token and not _LATIN.fullmatch(token):
            cut += [piece for piece in _LATIN.split(token) if piece]
        else:
            cut.append(token)
    return cut


def borders(text: str) -> frozenset[int]:
    """The positions between the tokens of a text, its start and end included."""
    return frozenset(accumulate(map(len, words(text)), initial=0))
