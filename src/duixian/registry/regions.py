"""The administrative divisions of China since 1980, with their successions: find one by code or by name, in a year.

A division has one row for each stretch of years in which its code, name and parent stay the same; ``region_id`` ties the rows of one place
together over all changes. Years before 1980 are read as 1980. How the table was made stands in docs/regions.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType
from typing import Final, cast

from duixian.model import Level
from duixian.registry.region_names import GENERIC, all_names, short_name

FIRST_YEAR: Final = 1980
FOREVER: Final = 9999
NATIONAL: Final = "100000"
# Province-level units whose reports are not part of the thirty-one: the Corps, Taiwan, Hong Kong, Macao.
SPECIAL_PROVINCES: Final = frozenset({"660000", "710000", "810000", "820000"})
_RANK: Final = {"national": 0, "province": 1, "prefecture": 2, "county": 3}


@dataclass(frozen=True, slots=True)
class Region:
    """A division over the years (inclusive; 9999 = still) in which its code, name and parent are the same."""

    code: str
    region_id: str
    name: str
    full_name: str
    level: Level
    parent_code: str
    valid_from: int
    valid_to: int
    sample: bool = False

    def valid_in(self, year: int) -> bool:
        """Whether the row holds in a year (the state at the year's end)."""
        return self.valid_from <= max(year, FIRST_YEAR) <= self.valid_to

    def distance(self, year: int) -> int:
        """Years between a year and the row's own years; 0 inside them."""
        asked = max(year, FIRST_YEAR)
        return max(self.valid_from - asked, asked - self.valid_to, 0)


def _seniority(region: Region) -> tuple[bool, int, int, str]:
    """Real places before fictional ones, then the more senior level, then what is still valid."""
    return region.sample, _RANK[region.level], -region.valid_to, region.code


class RegionTable:
    """All divisions, indexed by code, place and name."""

    def __init__(self, rows: Iterable[Region], aliases: Mapping[str, str] | None = None) -> None:
        """Index rows; aliases map a colloquial name to a region_id."""
        self._rows = tuple(rows)
        self._aliases = dict(aliases or {})
        self._by_code: dict[str, list[Region]] = {}
        self._by_id: dict[str, list[Region]] = {}
        for row in self._rows:
            self._by_code.setdefault(row.code, []).append(row)
            self._by_id.setdefault(row.region_id, []).append(row)

    def __iter__(self) -> Iterator[Region]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def by_code(self, code: str, year: int | None = None) -> Region | None:
        """The division that has a code in a year; without a year the last one that had it. None where the code was not in use."""
        rows = self._by_code.get(code, [])
        if year is None:
            return max(rows, key=lambda r: r.valid_to, default=None)
        return next((row for row in rows if row.valid_in(year)), None)

    def at(self, region_id: str, year: int | None = None) -> Region | None:
        """The row of a place in a year (襄樊市 in 2005, 襄阳市 in 2015), or the nearest one; without a year its last."""
        rows = self._by_id.get(region_id, [])
        if year is None:
            return max(rows, key=lambda r: r.valid_to, default=None)
        return min(rows, key=lambda r: (r.distance(year), -r.valid_to), default=None)

    def by_name(self, name: str, year: int | None = None, level: Level | None = None, within: str | None = None) -> tuple[Region, ...]:
        """Divisions called by a name: official, full, short or former (宁波, 恩施州, 襄樊, 天津市东丽区, 湖北天门).

        Args:
            name: the name as written.
            year: if given, those that bore the name in that year, or up to the year before (a report of January still uses the name that
                the year then changed); where there is none, the same places as they were in that year, or nearest to it.
            level: only divisions of this level.
            within: the code of a division that must be above them.

        Returns:
            One row for each place, most senior level first; without a year each place's last row that bore the name.
        """
        rows = self._named(name)
        if not rows:
            return self._by_joined_name(name, year, level, within)
        found = self._pick(rows, year)
        if level is not None:
            found = [r for r in found if r.level == level]
        if within is not None:
            found = [r for r in found if self._is_within(r, within, year)]
        return tuple(sorted(found, key=_seniority))

    def short_name(self, region: Region) -> str:
        """What people write for a division: 安徽, 宁波, 东丽, 黔东南州."""
        return short_name(region.name)

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Every full, short and former name of two or more characters and the codes that bore it, most senior first.

        Names that many cities give to a district (郊区, 市中区) are left out; they stand here only behind their city.
        """
        return self._codes_by_name

    def ancestors(self, region: Region, year: int | None = None) -> tuple[Region, ...]:
        """The divisions above one, nearest first, ending with the whole country; the year defaults to the row's last."""
        asked = self._year_of(region, year)
        found: list[Region] = []
        code = region.parent_code
        while code:
            parent = self.by_code(code, asked) or self._nearest(code, asked)
            if parent is None:
                break
            found.append(parent)
            code = parent.parent_code
        return tuple(found)

    def province_of(self, region: Region, year: int | None = None) -> Region | None:
        """The province of a division: itself for a province, None for the whole country."""
        if region.level == "province":
            return region
        return next((r for r in self.ancestors(region, year) if r.level == "province"), None)

    def children(self, code: str, year: int) -> tuple[Region, ...]:
        """The divisions directly below a code in a year, by code."""
        return tuple(sorted((r for r in self._by_parent.get(code, []) if r.valid_in(year)), key=lambda r: r.code))

    def provinces(self, year: int, *, special: bool = False, sample: bool = False) -> tuple[Region, ...]:
        """The provinces of a year by code: 29 in 1980, 30 with 海南 from 1988, 31 with 重庆 from 1997.

        The Corps, Taiwan, Hong Kong and Macao come only with ``special``, the fictional provinces of the sample only with ``sample``.
        """
        below = self.children(NATIONAL, year)
        return tuple(r for r in below if (special or r.code not in SPECIAL_PROVINCES) and (sample or not r.sample))

    @cached_property
    def _by_parent(self) -> dict[str, list[Region]]:
        index: dict[str, list[Region]] = {}
        for row in self._rows:
            index.setdefault(row.parent_code, []).append(row)
        return index

    @cached_property
    def _by_name(self) -> dict[str, list[Region]]:
        index: dict[str, list[Region]] = {}
        for row in self._rows:
            for form in all_names(row.name, row.full_name):
                index.setdefault(form, []).append(row)
        for alias, region_id in self._aliases.items():
            index.setdefault(alias, []).extend(r for r in self._by_id.get(region_id, []) if r not in index.get(alias, []))
        return index

    @cached_property
    def _codes_by_name(self) -> Mapping[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {}
        for name, rows in self._by_name.items():
            if name not in GENERIC:
                ordered = sorted(rows, key=_seniority)
                names[name] = tuple(dict.fromkeys(r.code for r in ordered))
        return MappingProxyType(names)

    def _named(self, name: str) -> list[Region]:
        return self._by_name.get(name, [])

    def _pick(self, rows: list[Region], year: int | None) -> list[Region]:
        """One row for each place among the rows that bear a name."""
        if year is None:
            last: dict[str, Region] = {}
            for row in sorted(rows, key=lambda r: r.valid_to):
                last[row.region_id] = row
            return list(last.values())
        for most in (0, 1):
            near = {r.region_id: r for r in sorted(rows, key=lambda r: -r.distance(year)) if r.distance(year) <= most}
            if near:
                return list(near.values())
        # The name was not in use: the places that bore it, as they were in that year.
        gap = min(r.distance(year) for r in rows)
        ids = dict.fromkeys(r.region_id for r in rows if r.distance(year) == gap)
        then = (self.at(region_id, year) for region_id in ids)
        return [row for row in then if row is not None]

    def _by_joined_name(self, name: str, year: int | None, level: Level | None, within: str | None) -> tuple[Region, ...]:
        """A name with a division above it in front: 湖北省天门市, 浙江宁波."""
        for cut in range(len(name) - 2, 1, -1):
            outer, inner = name[:cut], name[cut:]
            if self._named(outer) and self._named(inner):
                for above in self.by_name(outer, year):
                    found = self.by_name(inner, year, level, above.code)
                    if found and (within is None or self._is_within(found[0], within, year)):
                        return found
        return ()

    def _is_within(self, region: Region, code: str, year: int | None) -> bool:
        """Whether a code, or another code of the same place, is above a division."""
        ids = {r.region_id for r in self._by_code.get(code, [])}
        return any(r.code == code or r.region_id in ids for r in self.ancestors(region, year))

    def _nearest(self, code: str, year: int) -> Region | None:
        return min(self._by_code.get(code, []), key=lambda r: r.distance(year), default=None)

    @staticmethod
    def _year_of(region: Region, year: int | None) -> int:
        """The asked year, brought inside the row's own years."""
        asked = region.valid_to if year is None else year
        return min(max(asked, region.valid_from), region.valid_to)


def _read(file_name: str, *, sample: bool) -> list[Region]:
    text = resources.files("duixian").joinpath("data", file_name).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines())
    next(rows)
    return [
        Region(code, region_id, name, full, cast(Level, level), parent, int(first), int(last), sample)
        for code, name, level, parent, first, last, region_id, full, _source, _note in rows
    ]


def _read_aliases() -> dict[str, str]:
    text = resources.files("duixian").joinpath("data", "region_aliases.csv").read_text(encoding="utf-8")
    return {row["alias"]: row["region_id"] for row in csv.DictReader(text.splitlines())}


@cache
def regions() -> RegionTable:
    """The table of divisions shipped with the package, the four fictional places of the sample included (``Region.sample``)."""
    return RegionTable([*_read("regions.csv", sample=False), *_read("sample_regions.csv", sample=True)], _read_aliases())
