"""One target against one result: the gap and the verdict, by the rules of the contract. A pure function, in exact decimal arithmetic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from duixian.registry.indicators import Indicator
from duixian.registry.settling import settling_words
from duixian.registry.units import unit_table
from duixian.settling.records import Value, Verdict

# Reasons, each a constant phrase; what is particular follows after ": ".
SILENT: Final = "the next report is silent"
ABSTRACT: Final = "only an abstract of the next report is there"
UNIT: Final = "other unit"
BASIS: Final = "other basis"
BASE: Final = "other base period"
APART: Final = "amounts so far apart that they are hardly of one thing"
BOUND: Final = "the result is only a bound"
BOUND_YARDSTICK: Final = "the value to compare with is only a bound"
NO_NUMBER: Final = "the result is no number"
NO_MEASURE: Final = "the target names nothing measurable"
NO_YARDSTICK: Final = "no value to compare with"
CONFESSED: Final = "admitted among the problems"
CONTRADICTED: Final = "the figure passes the target, but a miss is admitted among the problems"
IN_PARTS: Final = "the result is given in parts, the lesser counts"
PARTS_DIFFER: Final = "the result is given in parts, of which one passes"
SETTLED: Final = "compared with the target"
AGAINST: Final = "compared with"
ZERO: Final = "compared with zero"

_RATES: Final = frozenset(("percent", "points"))
# A gap of mass is counted in 千克, so that 亿斤 and 万吨 share it; other gaps are in the canonical unit of their class.
_GAP_UNITS: Final = MappingProxyType({"mass": ("千克", Decimal(1000))})
_APART: Final = 5  # 出口达到3亿美元 of software beside 124亿美元; 30 firms added beside 243 that there are
# Units that count one thing each: a post (个) is filled by one person (人), a firm is a 家 or a 户.
_ONE_EACH: Final = (frozenset(("people", "count")), frozenset(("households", "count")))
_POINTS: Final = frozenset(("=", "~", "range"))
_RELATIVE: Final = frozenset(("sync", "ref"))
# Points above or below what is compared with. Matches "高于全国0.5个百分点"; not "5%".
_OFFSET: Final = re.compile(r"(\d+(?:\.\d+)?) ?个?百分点")
# Real growth is the headline basis of value added and output; of other indicators it is another basis than growth at current prices.
_REAL_GROWTH: Final = frozenset(("gdp.growth", "agri_output.growth", "industry_output.growth"))
_VALUE_ADDED: Final = "_va.growth"
_REAL: Final = frozenset(("real", "comparable"))


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far a result may fall short of a target with 左右 and still count as about met.

    Attributes:
        rate: points, for values in per cent.
        amount: share of the target, for amounts.
        sync: points, for targets in step with growth.
    """

    rate: Decimal = Decimal("0.2")
    amount: Decimal = Decimal("0.02")
    sync: Decimal = Decimal("0.5")


TOLERANCES: Final = Tolerances()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Gap and tolerance in ``unit``, positive gaps good; none where there is nothing to subtract."""

    gap: float | None
    tolerance: float | None
    unit: str | None
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class _Amount:
    """Bounds in the gap's unit; a fall counts as negative growth."""

    low: Decimal
    high: Decimal
    kind: str
    unit: str


def settle(
    indicator: Indicator, target: Value, actual: Value | None, yardstick: Value | None = None, tolerances: Tolerances = TOLERANCES
) -> Outcome:
    """The gap between a target and its result, and the verdict.

    Args:
        indicator: says whether lower is better, and whether the value is a level (which has no sign).
        target: what was aimed at.
        actual: what came; none where the next report is silent.
        yardstick: the value that a sync or ref target, or a level to be held, is measured against.
        tolerances: allowed shortfalls.
    """
    aim = _aim(indicator, target, yardstick)
    tolerance = _tolerance(target, aim, tolerances) if aim else None
    shown = float(tolerance) if tolerance is not None else None
    unit = aim.unit if aim else None
    if actual is None:
        return Outcome(None, shown, unit, "not_reported", SILENT)
    got = _amount(indicator, actual)
    if aim is None or tolerance is None:
        return Outcome(None, None, got.unit if got else None, "not_comparable", _why_no_aim(target))
    if got is None:
        return Outcome(None, shown, unit, "not_comparable", NO_NUMBER)
    if reason := _mismatch(indicator, target, actual, aim, got) or _only_bound(target, actual, yardstick):
        return Outcome(None, shown, unit, "not_comparable", reason)
    lower_is_better = indicator.polarity == "down"
    gap = aim.high - got.high if lower_is_better else got.low - aim.low
    return Outcome(_plain(gap), shown, unit, _verdict(target, gap, tolerance), _reason(target, yardstick))


def grows_really(indicator: str) -> bool:
    """Whether real growth is the headline basis of an indicator: of value added and output; of others it is another basis.

    Args:
        indicator: its id.
    """
    return indicator in _REAL_GROWTH or indicator.endswith(_VALUE_ADDED)


def is_positive(target: Value) -> bool:
    """Whether a qualitative target asks for more than nothing (正增长)."""
    return target.comparator == "qual" and _says(target, settling_words().positive)


def is_zero(target: Value) -> bool:
    """Whether a qualitative target asks for no less than nothing (持平)."""
    return target.comparator == "qual" and _says(target, settling_words().zero)


def _says(target: Value, words: tuple[str, ...]) -> bool:
    """Whether the qualifier holds one of the words (保持平稳 does not hold 持平)."""
    hedge = (target.hedge or "").replace("保持", "")
    return any(word in hedge for word in words)


def _aim(indicator: Indicator, target: Value, yardstick: Value | None) -> _Amount | None:
    """The bounds to reach; none where there are none."""
    if target.comparator in _RELATIVE:
        base = _amount(indicator, yardstick) if yardstick else None
        offset = _offset(target)
        return _Amount(base.low + offset, base.high + offset, base.kind, base.unit) if base else None
    if target.comparator != "qual":
        return _amount(indicator, target)
    if indicator.kind == "level":
        return _amount(indicator, yardstick) if yardstick and is_zero(target) else None
    return _Amount(Decimal(0), Decimal(0), "percent", "%") if is_zero(target) or is_positive(target) else None


def _offset(target: Value) -> Decimal:
    """Points by which the compared value is to be passed; 低于 asks for less."""
    words = f"{target.hedge or ''} {target.reference or ''}"
    said = _OFFSET.search(words)
    size = _exact(target.reference_offset) if target.reference_offset is not None else Decimal(said[1]) if said else Decimal(0)
    return -abs(size) if any(word in words for word in settling_words().less) else size


def _amount(indicator: Indicator, value: Value) -> _Amount | None:
    if value.low is None:
        return None
    worth = unit_table().worth(value.unit or "")
    unit, scale = _GAP_UNITS.get(worth.kind, (worth.canonical, Decimal(1)))
    factor = _exact(worth.factor) * scale
    if value.direction == "down" and indicator.kind != "level":
        factor = -factor
    ends = sorted(_exact(end) * factor for end in (value.low, value.low if value.high is None else value.high))
    return _Amount(ends[0], ends[1], worth.kind, unit)


def _tolerance(target: Value, aim: _Amount, tolerances: Tolerances) -> Decimal:
    if target.comparator == "sync":
        return tolerances.sync
    return tolerances.rate if aim.kind in _RATES else tolerances.amount * abs(aim.low)


def _mismatch(indicator: Indicator, target: Value, actual: Value, aim: _Amount, got: _Amount) -> str | None:
    """Why the two sides don't compare; none where they do."""
    if aim.unit != got.unit and not any({aim.kind, got.kind} <= alike for alike in _ONE_EACH):
        return f"{UNIT}: {target.unit or aim.unit} / {actual.unit}"
    if indicator.kind == "level" and aim.kind not in _RATES and aim.low > 0 and got.low > 0:
        least, most = sorted((aim.low, got.low))
        if most >= _APART * least:
            return APART
    if _basis(indicator, target) != _basis(indicator, actual):
        return f"{BASIS}: {target.basis or '-'} / {actual.basis or '-'}"
    if indicator.kind != "level" and (bases := (_base(target), _base(actual)))[0] != bases[1]:
        return f"{BASE}: {bases[0] or '-'} / {bases[1] or '-'}"
    return None


def _only_bound(target: Value, actual: Value, yardstick: Value | None) -> str | None:
    """Which side gives no more than a bound; none where neither does."""
    if actual.comparator not in _POINTS:
        return BOUND
    compared = yardstick is not None and target.low is None
    return BOUND_YARDSTICK if compared and yardstick and yardstick.comparator not in _POINTS else None


def _basis(indicator: Indicator, value: Value) -> str | None:
    """The basis, where it makes a difference: levels are not deflated, and value added always is."""
    plain = indicator.kind == "level" or grows_really(indicator.id)
    return None if plain and value.basis in _REAL else value.basis


def _base(value: Value) -> str | None:
    """The base period, where it is another one than the year before the period, which goes without saying."""
    base, period = value.base_period, value.period
    said = base and period and base[-4:].isdigit() and period[:4].isdigit() and int(base[-4:]) == int(period[:4]) - 1
    return None if said else base


def _verdict(target: Value, gap: Decimal, tolerance: Decimal) -> Verdict:
    if gap > 0 or (gap == 0 and not is_positive(target)):
        return "met"
    return "about_met" if _allows_shortfall(target) and -gap <= tolerance and not is_positive(target) else "missed"


def _allows_shortfall(target: Value) -> bool:
    if target.comparator in ("~", "sync"):
        return True
    return target.comparator in ("range", "ref", "qual") and _says(target, settling_words().near)


def _why_no_aim(target: Value) -> str:
    return f"{NO_YARDSTICK}: {target.reference or target.hedge or ''}" if target.comparator in _RELATIVE else NO_MEASURE


def _reason(target: Value, yardstick: Value | None) -> str:
    if target.comparator == "qual" and yardstick is None:
        return ZERO
    return f"{AGAINST}: {target.reference or target.hedge or ''}" if yardstick is not None and target.low is None else SETTLED


def _exact(value: float) -> Decimal:
    """The decimal that was written, not its nearest binary fraction (5.1, not 5.0999…)."""
    return Decimal(repr(value))


def _plain(gap: Decimal) -> float:
    return float(round(gap, 6)) + 0.0  # no minus zero
