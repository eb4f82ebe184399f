"""When two values are the same: units brought to one, rounding allowed for, and what a target and a result come to."""

from __future__ import annotations

import re
from typing import Final, Protocol

POWERS: Final = (("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2))
_WHOLE: Final = ("千瓦", "千克", "千米", "千卡", "千伏", "百分点")  # begin like a power and are none
_ALIASES: Final = {
    "％": "%",
    "百分点": "个百分点",
    "μg/m3": "微克/立方米",
    "μg/m³": "微克/立方米",
    "微克每立方米": "微克/立方米",
    "公斤": "千克",
    "平方千米": "平方公里",
    "千米": "公里",
    "立方": "立方米",
    "人民币": "元",
}
_SCALES: Final = {"斤": (0.5, "千克"), "吨": (1000.0, "千克"), "公顷": (15.0, "亩")}
LOWER_IS_BETTER: Final = ("cpi.", "unemployment_", "pm25.level")
TOLERANCE: Final = 0.2  # points of a rate
SHARE: Final = 0.02  # of an amount


class Valued(Protocol):
    """What has a value."""

    @property
    def low(self) -> float | None:
        """As written before the unit."""

    @property
    def high(self) -> float | None:
        """As written before the unit."""

    @property
    def unit(self) -> str | None:
        """As written."""


def canonical(value: float | None, unit: str | None) -> tuple[float | None, str]:
    """A value in a base unit: 1.2 万亿元 and 12000 亿元 agree."""
    rest = re.sub(r"\s", "", unit or "")
    factor = 1.0
    while not rest.startswith(_WHOLE):
        power = next((p for p in POWERS if rest.startswith(p[0])), None)
        if power is None:
            break
        rest, factor = rest[len(power[0]) :], factor * power[1]
    if rest == "番" and value is not None:
        value, rest = 2.0**value, "倍"
    rest = _ALIASES.get(rest, rest)
    if rest in _SCALES:
        factor, rest = factor * _SCALES[rest][0], _SCALES[rest][1]
    return (None if value is None else value * factor), rest


def close(a: float | None, b: float | None) -> bool:
    """Equal but for rounding; null equals only null."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= max(1e-6 * max(abs(a), abs(b)), 5e-5)


def same_value(found: Valued, wanted: Valued) -> bool:
    """Whether two values are the same; where the reader recorded no unit, any will do."""
    (wl, unit), (wh, _) = canonical(wanted.low, wanted.unit), canonical(wanted.high, wanted.unit)
    (fl, other), (fh, _) = canonical(found.low, found.unit), canonical(found.high, found.unit)
    return close(wl, fl) and close(wh, fh) and (unit == other or not unit)


def is_level(indicator: str) -> bool:
    """Levels carry no direction."""
    return not indicator.endswith((".growth", ".change"))


class Aimed(Valued, Protocol):
    """A value with its comparator and direction."""

    @property
    def comparator(self) -> str:
        """As of the contract."""

    @property
    def direction(self) -> str | None:
        """up, down or none."""


def settled(indicator: str, target: Aimed, actual: Aimed) -> tuple[float, str] | None:
    """Gap and verdict of a target and a result; none where they do not compare."""
    (low, unit), (high, _) = canonical(target.low, target.unit), canonical(target.high, target.unit)
    got, other = canonical(actual.low, actual.unit)
    if unit != other or low is None or high is None or got is None:
        return None
    if not is_level(indicator):
        low, high = (-low, -high) if target.direction == "down" else (low, high)
        got = -got if actual.direction == "down" else got
    lower = indicator.startswith(LOWER_IS_BETTER) or indicator.endswith(".change")
    gap = round(max(low, high) - got if lower else got - min(low, high), 6)
    allowed = TOLERANCE if unit in ("%", "‰", "个百分点") else SHARE * abs(low)
    if gap >= 0:
        return gap, "met"
    return gap, "about_met" if target.comparator == "~" and -gap <= allowed + 1e-9 else "missed"


def shares_words(a: str, b: str) -> bool:
    """Whether two answers share a run of at least 60% of the shorter one, and neither is far longer than the other."""
    small, large = sorted((a, b), key=len)
    n = max(4, int(len(small) * 0.6))
    return any(small[i : i + n] in large for i in range(len(small) - n + 1)) and len(large) <= 3 * len(small) + 40
