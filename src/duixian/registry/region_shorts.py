"""One-character names of provinces and what people call the whole of one by them: 全疆, 全川, 全闽."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def _shorts() -> Mapping[str, tuple[str, ...]]:
    text = resources.files("duixian").joinpath("data", "region_shorts.csv").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        found[row["region_id"]] = (*found.get(row["region_id"], ()), row["short"])
    return found


def whole_province(code: str) -> tuple[str, ...]:
    """What the whole province of a division is called by its one-character name: 全疆 for Xinjiang and all places in it.

    Args:
        code: the code of a division.

    Returns:
        The words; none for the whole country.
    """
    return tuple(f"全{short}" for short in _shorts().get(f"{code[:2]}0000", ()))
