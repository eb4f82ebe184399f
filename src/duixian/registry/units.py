"""Units of measure: how they are written, which convert into one another, and what a scaled unit (万亿元) is worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Final, cast

from duixian.registry.words import alternation, load_toml, words


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit without its scale word: the class it belongs to and its worth in the class's canonical unit."""

    name: str
    kind: str  # class of units that convert into one another
    canonical: str
    factor: float
    strict: bool  # a number carries it only after 连续, 提前 and the like
    arabic_only: bool  # never after a Chinese numeral


@dataclass(frozen=True, slots=True)
class Worth:
    """What one of a scaled unit is: ``factor`` of ``canonical``."""

    kind: str
    canonical: str
    factor: float


BARE: Final = Worth("bare", "", 1.0)


def digits(value: float) -> str:
    """A number as texts write it, without needless zeros or powers of ten and without loss: 12, 5.5, 1349084."""
    return f"{Decimal(repr(value)).normalize():f}"


class UnitTable:
    """All units and scale words."""

    def __init__(self, table: dict[str, object]) -> None:
        found: dict[str, Unit] = {}
        for entry in cast("list[dict[str, object]]", table["class"]):
            for name, factor in _pairs(entry["units"]):
                found[name] = Unit(
                    name,
                    str(entry["id"]),
                    str(entry["canonical"]),
                    factor,
                    bool(entry.get("strict")),
                    bool(entry.get("arabic_only")),
                )
        self.units = MappingProxyType(found)
        self.scales = MappingProxyType(dict(_pairs(table["scales"])))
        self._worth: dict[str, Worth] = {"": BARE}

    def pattern(self, chinese: bool = False) -> str:
        """A regular expression for a unit without its scale; after Chinese numerals fewer are allowed."""
        return alternation(u.name for u in self.units.values() if not (chinese and u.arabic_only))

    def scale_pattern(self) -> str:
        """A regular expression for a scale word; 千瓦, 千米 and 百分点 hold none."""
        return f"(?!千[瓦米克伏]|百分){alternation(self.scales)}"

    def worth(self, unit: str) -> Worth:
        """What one of a unit with its scale is worth (万亿元: 1e12 元; 万 alone: 1e4 of nothing named).

        Args:
            unit: a unit as written, such as 万亿元, %, 万人.
        """
        known = self._worth.get(unit)
        if known is None:
            known = self._worth[unit] = self._find(unit)
        return known

    def _find(self, unit: str) -> Worth:
        if unit in self.units:
            plain = self.units[unit]
            return Worth(plain.kind, plain.canonical, plain.factor)
        for scale, factor in sorted(self.scales.items(), key=lambda item: -len(item[0])):
            if unit.startswith(scale):
                rest = self._find(unit[len(scale) :]) if len(unit) > len(scale) else BARE
                return Worth(rest.kind, rest.canonical, factor * rest.factor)
        return Worth("bare", unit, 1.0)


def _pairs(text: object) -> list[tuple[str, float]]:
    return [(name, float(factor) if factor else 1.0) for name, _, factor in (w.partition("=") for w in words(text))]


@cache
def unit_table() -> UnitTable:
    """The table that is shipped."""
    return UnitTable(load_toml("units.toml"))
