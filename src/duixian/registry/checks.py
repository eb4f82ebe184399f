"""What headline values are checked against (checks.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from duixian.registry.words import load_toml, words


@dataclass(frozen=True, slots=True)
class GrowthCheck:
    """A growth that the levels of two years in a row must bear out."""

    level: str
    growth: str
    slack: float  # points


@dataclass(frozen=True, slots=True)
class PartsCheck:
    """A whole and its parts."""

    whole: str
    parts: tuple[str, ...]
    slack: float  # a share of a level, points of a rate


@dataclass(frozen=True, slots=True)
class Checks:
    """All checks.

    Attributes:
        usual: bounds by indicator, in the canonical unit, a fall counting as negative.
        growths: growths against levels.
        jump: the ratio of two years' levels that is too large.
        jumping: the levels that are looked at for it.
        sums: wholes that their parts add up to.
        between: wholes that lie between their parts.
        at_most: pairs of a part and its whole.
    """

    usual: Mapping[str, tuple[float, float]]
    growths: tuple[GrowthCheck, ...]
    jump: float
    jumping: frozenset[str]
    sums: tuple[PartsCheck, ...]
    between: tuple[PartsCheck, ...]
    at_most: tuple[tuple[str, str], ...]

    def indicators(self) -> frozenset[str]:
        """Every indicator that a check looks at."""
        found = {*self.usual, *self.jumping}
        for growth in self.growths:
            found |= {growth.level, growth.growth}
        for check in (*self.sums, *self.between):
            found |= {check.whole, *check.parts}
        return frozenset(found | {one for pair in self.at_most for one in pair})


@cache
def checks() -> Checks:
    """The checks that are shipped."""
    raw = cast("dict[str, Any]", load_toml("checks.toml"))
    return Checks(
        MappingProxyType({one: (float(low), float(high)) for one, (low, high) in raw["usual"].items()}),
        tuple(GrowthCheck(e["level"], e["growth"], float(e["slack"])) for e in raw["growth"]),
        float(raw["jump"]["ratio"]),
        frozenset(words(raw["jump"]["levels"])),
        tuple(_parts(e) for e in raw["sum"]),
        tuple(_parts(e) for e in raw["between"]),
        tuple((e["part"], e["whole"]) for e in raw["part"]),
    )


def _parts(entry: Mapping[str, Any]) -> PartsCheck:
    return PartsCheck(entry["whole"], words(entry["parts"]), float(entry["slack"]))
