"""Where reports stand on official sites: the shipped list, or one of the user's own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from duixian.registry.regions import regions

SHIPPED = "sources.csv"
COLUMNS = ("region_id", "region", "year", "url")


@dataclass(frozen=True, slots=True)
class Source:
    """The address of one report."""

    region_id: str
    region: str
    year: int
    url: str


def read_sources(path: Path | None = None) -> tuple[Source, ...]:
    """The addresses of a CSV file with the columns region_id, region, year, url.

    Args:
        path: the file; the shipped one by default.

    Raises:
        ValueError: where it can't be read or a row is none; the message names the line.
    """
    try:
        text = (path or resources.files("duixian").joinpath("data", SHIPPED)).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path or SHIPPED} can't be read: {error}") from None
    rows = csv.DictReader(text.splitlines())
    if missing := [c for c in COLUMNS if c not in (rows.fieldnames or ())]:
        raise ValueError(f"{path or SHIPPED} has no column {', '.join(missing)}")
    found: list[Source] = []
    for row in rows:
        if not (row["year"] or "").isdigit() or not row["region_id"] or not row["url"]:
            raise ValueError(f"{path or SHIPPED} line {rows.line_num}: no region, year or address")
        found.append(Source(row["region_id"], row["region"], int(row["year"]), row["url"]))
    return tuple(found)


def choose_sources(
    sources: Sequence[Source], places: Sequence[str] = (), years: Sequence[int] = (), *, below: bool = False
) -> tuple[Source, ...]:
    """The sources of places and years, in the order of places and years.

    Args:
        sources: all there are.
        places: names or codes; every place by default.
        years: all by default.
        below: the places below them too.

    Raises:
        ValueError: where no place is called so.
    """
    wanted = {code for place in places for code in _codes(place)}

    def fits(source: Source) -> bool:
        if years and source.year not in years:
            return False
        return not wanted or source.region_id in wanted or (below and bool(wanted & _above(source)))

    return tuple(sorted((s for s in sources if fits(s)), key=lambda s: (s.region_id, s.year, s.url)))


def _codes(place: str) -> tuple[str, ...]:
    found = regions().by_name(place) or tuple(r for r in (regions().by_code(place),) if r)
    if not found:
        raise ValueError(f"no place is called {place!r} in the table of divisions")
    return tuple(r.region_id for r in found[:1])  # the most senior of several that share a name


def _above(source: Source) -> set[str]:
    region = regions().at(source.region_id, source.year)
    return {r.region_id for r in regions().ancestors(region, source.year)} if region else set()
