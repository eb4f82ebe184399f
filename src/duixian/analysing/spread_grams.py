"""Grams of many texts at once, as numbers: a window's number is a polynomial of its characters modulo 2**64.

Two different windows of one length have the same number about once in 2**64 pairs; what is shown to people is checked on the texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
_BASE: Final = 0x9E3779B97F4A7C15 | 1  # odd, so that it has an inverse
_BITS: Final = 22  # of the table that sieves numbers before they are looked up


def numbers(text: str, size: int) -> Numbers:
    """The number of each window of ``size`` characters of a text, in order.

    Args:
        text: any text.
        size: at least 1.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(codes) < size:
        return np.empty(0, np.uint64)
    powers, inverses = _powers(1 << max(10, len(codes).bit_length()))
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    return (sums[size:] - sums[:-size]) * inverses[: len(codes) - size + 1]


@lru_cache(maxsize=4)
def _powers(length: int) -> tuple[Numbers, Numbers]:
    """Powers of the base and of its inverse."""
    inverse = pow(_BASE, -1, 1 << 64)

    def raised(base: int) -> Numbers:
        found = np.full(length, base, np.uint64)
        found[0] = 1
        return np.cumprod(found)

    return raised(_BASE), raised(inverse)


class Sieve:
    """A set of numbers, for asking fast which of many are in it.

    Args:
        wanted: the numbers.
    """

    def __init__(self, wanted: Numbers) -> None:
        self.wanted = np.unique(wanted)
        self._marks = np.zeros(1 << _BITS, np.bool_)
        self._marks[_low(self.wanted)] = True

    def places(self, found: Numbers) -> NDArray[np.intp]:
        """The indices of those of ``found`` that are in the set."""
        near = np.flatnonzero(self._marks[_low(found)])
        if not len(near):
            return near
        asked = found[near]
        at = np.searchsorted(self.wanted, asked)
        at[at == len(self.wanted)] = 0
        found_at: NDArray[np.intp] = near[self.wanted[at] == asked]
        return found_at


def _low(found: Numbers) -> Numbers:
    """A few well mixed bits of each number."""
    return (found * np.uint64(_BASE)) >> np.uint64(64 - _BITS)
