"""Chosen values held against one another: bounds, the year before, parts and wholes, editions, other readings. Nothing is computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from duixian.model import Comparator, Direction
from duixian.registry.checks import PartsCheck, checks
from duixian.registry.indicators import is_fall

Flag = Literal[
    "unusual",
    "jump",
    "growth_against_levels",
    "parts_differ",
    "part_above_whole",
    "editions_differ",
    "readings_differ",
    "announced_count",
    "subgoals_differ",
]
FLAGS: Final[Mapping[Flag, str]] = {
    "unusual": "outside the usual bounds of the indicator",
    "jump": "the level of the year before is far away",
    "growth_against_levels": "the stated growth and the levels of two years in a row differ",
    "parts_differ": "the parts do not make up the whole",
    "part_above_whole": "a part is larger than its whole",
    "editions_differ": "another edition of the report states another value",
    "readings_differ": "the report states another value that speaks for itself as well",
    "announced_count": "more or fewer livelihood items are listed than announced",
    "subgoals_differ": "the parts that a livelihood item lists do not add up to its goal",
}
LIVELIHOOD: Final = "livelihood"  # stands for an indicator where the count of livelihood items is flagged
_SAME: Final = 0.002  # two values are the same within this share


@dataclass(frozen=True, slots=True)
class Held:
    """A chosen value with its place."""

    measurement_id: str
    report_id: str
    source: str
    region_code: str
    region_id: str
    year: int  # of the report
    primary: bool
    edition: str  # the id of the primary edition
    indicator: str
    role: Literal["actual", "target"]
    comparator: Comparator
    value: float | None  # in the canonical unit
    unit: str | None  # the canonical one
    direction: Direction | None
    basis: str | None
    score: float

    @property
    def signed(self) -> float | None:
        """The value, a fall counting as negative; a level that something fell to is none."""
        return _signed(self.indicator, self.value, self.direction)


@dataclass(frozen=True, slots=True)
class ValueFlag:
    """A doubt about a chosen value, with the reason."""

    report_id: str
    source: str
    region_code: str
    region_id: str
    year: int
    indicator: str
    role: Literal["actual", "target"]
    measurement_id: str | None
    flag: Flag
    reason: str


@dataclass(frozen=True, slots=True)
class Other:
    """A reading that was not chosen though its score is that of the chosen one."""

    measurement_id: str  # of the chosen one
    source: str
    value: float
    unit: str | None
    direction: Direction | None


def flags(held: Sequence[Held], others: Iterable[Other] = ()) -> Iterator[ValueFlag]:
    """Every doubt about chosen values, each with its reason.

    Args:
        held: the chosen values of all editions.
        others: readings as good as a chosen one.
    """
    cells: dict[tuple[str, str], dict[tuple[str, str], Held]] = defaultdict(dict)
    by_place: dict[tuple[str, int, str], Held] = {}
    by_edition: dict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for one in held:
        cells[one.report_id, one.source][one.indicator, one.role] = one
        by_edition[one.edition, one.indicator, one.role].append(one)
        if one.primary and one.role == "actual":
            by_place.setdefault((one.region_id, one.year, one.indicator), one)
    for one in held:
        yield from _bounds(one)
        yield from _year_before(one, by_place)
    for report in cells.values():
        yield from _growths(report, by_place)
        yield from _parts(report)
    for editions in by_edition.values():
        yield from _editions(editions)
    yield from _others(held, others)


def _flag(one: Held, flag: Flag, reason: str) -> ValueFlag:
    return ValueFlag(
        one.report_id, one.source, one.region_code, one.region_id, one.year, one.indicator, one.role, one.measurement_id, flag, reason
    )


def _bounds(one: Held) -> Iterator[ValueFlag]:
    bounds = checks().usual.get(one.indicator)
    if bounds and one.signed is not None and not bounds[0] <= one.signed <= bounds[1]:
        yield _flag(one, "unusual", f"{one.signed:g}{one.unit or ''} outside {bounds[0]:g} to {bounds[1]:g}")


def _year_before(one: Held, by_place: Mapping[tuple[str, int, str], Held]) -> Iterator[ValueFlag]:
    if one.indicator not in checks().jumping or one.role != "actual":
        return
    before = by_place.get((one.region_id, one.year - 1, one.indicator))
    if before and before.value and one.value and before.unit == one.unit:
        ratio = one.value / before.value
        if not 1 / checks().jump <= ratio <= checks().jump:
            yield _flag(one, "jump", f"{ratio:.3g} times the {before.value:g}{one.unit or ''} of the year before")


def _growths(report: Mapping[tuple[str, str], Held], by_place: Mapping[tuple[str, int, str], Held]) -> Iterator[ValueFlag]:
    for check in checks().growths:
        growth, level = report.get((check.growth, "actual")), report.get((check.level, "actual"))
        before = by_place.get((level.region_id, level.year - 1, check.level)) if level else None
        if growth is None or level is None or before is None or growth.signed is None or growth.basis:
            continue  # a growth in constant prices tells nothing of levels
        if not level.value or not before.value or level.unit != before.unit or any(x.comparator != "=" for x in (growth, level, before)):
            continue
        found = (level.value / before.value - 1) * 100
        if abs(found - growth.signed) > check.slack:
            yield _flag(growth, "growth_against_levels", f"stated {growth.signed:g}%, the levels of two reports give {found:.1f}%")


def _parts(report: Mapping[tuple[str, str], Held]) -> Iterator[ValueFlag]:
    for role in ("actual", "target"):
        for check in checks().sums:
            yield from _compared(report, check, role, adding=True)
        for check in checks().between:
            yield from _compared(report, check, role, adding=False)
    for part, whole in checks().at_most:
        p, w = report.get((part, "actual")), report.get((whole, "actual"))
        if p and w and p.value and w.value and p.unit == w.unit and p.value > w.value * (1 + _SAME):
            yield _flag(p, "part_above_whole", f"{p.value:g} {p.unit or ''} above {whole} {w.value:g}")


def _compared(report: Mapping[tuple[str, str], Held], check: PartsCheck, role: str, *, adding: bool) -> Iterator[ValueFlag]:
    whole = report.get((check.whole, role))
    parts = [report.get((p, role)) for p in check.parts]
    known = [p.signed for p in parts if p and p.signed is not None and whole and p.unit == whole.unit and p.comparator in ("=", "~")]
    if whole is None or whole.signed is None or whole.comparator not in ("=", "~") or len(known) != len(check.parts):
        return
    slack = check.slack * abs(whole.signed) if adding or whole.indicator.endswith(".level") else check.slack
    if adding:
        fits, said = abs(sum(known) - whole.signed) <= slack, f"sum of the parts {sum(known):g}"
    else:
        fits, said = min(known) - slack <= whole.signed <= max(known) + slack, f"parts from {min(known):g} to {max(known):g}"
    if not fits:
        yield _flag(whole, "parts_differ", f"{whole.signed:g}{whole.unit or ''}, {said} ({', '.join(check.parts)})")


def _editions(editions: Sequence[Held]) -> Iterator[ValueFlag]:
    for one in editions:
        other = next((o for o in editions if o.source != one.source and not _agree(o.signed, one.signed) and o.unit == one.unit), None)
        if other:
            yield _flag(one, "editions_differ", f"{other.signed:g}{other.unit or ''} in {other.source}")


def _others(held: Sequence[Held], others: Iterable[Other]) -> Iterator[ValueFlag]:
    chosen = {(h.source, h.measurement_id): h for h in held}
    seen: set[tuple[str, str]] = set()
    for other in others:
        key = other.source, other.measurement_id
        one = chosen.get(key)
        signed = _signed(one.indicator, other.value, other.direction) if one else None
        if one and key not in seen and one.unit == other.unit and not _agree(one.signed, signed):
            seen.add(key)
            yield _flag(one, "readings_differ", f"elsewhere {signed:.12g}{other.unit or ''}")


def _signed(indicator: str, value: float | None, direction: Direction | None) -> float | None:
    return -value if value is not None and is_fall(indicator, direction) else value


def _agree(a: float | None, b: float | None) -> bool:
    return a is None or b is None or abs(a - b) <= _SAME * max(abs(a), abs(b))
