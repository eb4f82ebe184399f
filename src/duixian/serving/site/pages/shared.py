"""What several pages share: levels and their words, places by code, the year that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from duixian.model import Level
from duixian.registry.regions import NATIONAL, Region, regions
from duixian.serving.site.context import NotThereError, Request
from duixian.serving.site.params import BadParameterError
from duixian.store import ReportRow

LEVELS: Final[tuple[Level, ...]] = get_args(Level)


def level_of(request: Request, default: Level = "province") -> Level:
    """The level asked for; the default is the first that has reports."""
    held = [x for x in (default, *LEVELS) if request.shelf.years_of(x)]
    return request.params.one_of("level", LEVELS, held[0] if held else default)


def place_of(request: Request, code: str) -> Region:
    """The place of an address, by its constant code or one of a year.

    Raises:
        NotThereError: where no place has the code.
    """
    table = regions()
    found = table.at(code) or table.by_code(code)
    if found is None:
        raise NotThereError(
            request.say(f"没有代码为 {code} 的地区；代码为六位数字，见 /regions", f"no place has the code {code}; see /regions")
        )
    return table.at(found.region_id) or found


def name_of(region: Region) -> str:
    """What people call a place; the whole country by its full name."""
    return region.full_name if region.region_id == NATIONAL else regions().short_name(region)


def called(code: str, year: int | None = None) -> str:
    """What people call the place of a code; the code itself where no place has it."""
    place = regions().at(code, year)
    return name_of(place) if place else code


def codes_named(named: str) -> list[str] | None:
    """The places that a name or code means; none where nothing is named.

    Raises:
        BadParameterError: where no place is called so.
    """
    if not named:
        return None
    table = regions()
    found = [r.region_id for r in table.by_name(named)] or [r.region_id for r in [table.by_code(named)] if r]
    if not found:
        raise BadParameterError("region", named, "a place's name or its six-digit code")
    return found


def report_of(request: Request, report_id: str) -> ReportRow:
    """The report of an address.

    Raises:
        NotThereError: where there is none.
    """
    found = request.shelf.report(report_id)
    if found is None:
        raise NotThereError(
            request.say(
                f"库里没有编号为 {report_id[:20]} 的报告，可能已换了版本；见 /regions", f"no report {report_id[:20]} here; see /regions"
            )
        )
    return found


def near(years: Sequence[int], wanted: int) -> int | None:
    """The year with something to show that is nearest to one."""
    return min(years, key=lambda y: (abs(y - wanted), -y), default=None)


def ratio(part: int, whole: int) -> float | None:
    """A share in per cent; none of nothing."""
    return round(100 * part / whole, 1) if whole else None
