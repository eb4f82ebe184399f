"""The words that settling reads (data/settling.toml), typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from duixian.registry.words import load_toml, words


@dataclass(frozen=True, slots=True)
class SettlingWords:
    """Words of targets without a number and of admissions.

    Attributes:
        zero: a qualitative target of no less than nothing (持平).
        positive: one of more than nothing (正增长).
        near: words that allow a shortfall within the tolerance.
        national: a comparison with the whole country.
        parent: a comparison with the place above.
        before: a comparison with the year before.
        rates: words by which it is the year before's rate of change that counts.
        less: the target is to stay below what it compares with.
        assigned: a number that another government sets.
        totals: indicators whose amounts are counted over the years of a plan.
        parts: the indicators that together answer for one.
        failing: verbs of an admitted miss.
        aims: what was missed.
        plans: words that make the aim one of several years.
        short: subjects by the short names of such lists.
    """

    zero: tuple[str, ...]
    positive: tuple[str, ...]
    near: tuple[str, ...]
    national: tuple[str, ...]
    parent: tuple[str, ...]
    before: tuple[str, ...]
    rates: tuple[str, ...]
    less: tuple[str, ...]
    assigned: tuple[str, ...]
    totals: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    failing: tuple[str, ...]
    aims: tuple[str, ...]
    plans: tuple[str, ...]
    short: Mapping[str, str]


@cache
def settling_words() -> SettlingWords:
    """The shipped words."""
    data = load_toml("settling.toml")

    def of(table: str, key: str) -> tuple[str, ...]:
        return words(cast("dict[str, object]", data[table])[key])

    return SettlingWords(
        zero=of("qualitative", "zero"),
        positive=of("qualitative", "positive"),
        near=of("qualitative", "near"),
        national=of("yardsticks", "national"),
        parent=of("yardsticks", "parent"),
        before=of("yardsticks", "before"),
        rates=of("yardsticks", "rates"),
        less=of("yardsticks", "less"),
        assigned=of("yardsticks", "assigned"),
        totals=of("plans", "totals"),
        parts=MappingProxyType({whole: words(parts) for whole, parts in cast("dict[str, object]", data["parts"]).items()}),
        failing=of("confessions", "failing"),
        aims=of("confessions", "aims"),
        plans=of("confessions", "plans"),
        short=MappingProxyType(dict(pair.split("=", 1) for pair in of("confessions", "short"))),
    )
