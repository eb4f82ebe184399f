"""Reading of Chinese numerals: 百分之八点五, 三分之二, 一千二百, 两万三千, 二〇."""

from __future__ import annotations

from typing import Final

DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
POWERS: Final = {"十": 10, "百": 100, "千": 1000}
MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}


def read_chinese(text: str) -> float | None:
    """The value of a Chinese numeral; null where it is none.

    Args:
        text: only numeral characters, such as 二十五, 八点五, 两千三百万, 二〇.
    """
    whole, point, part = text.partition("点")
    value = _whole(whole)
    if value is None or (point and (not part or any(c not in DIGITS for c in part))):
        return None
    return value + (float("0." + "".join(str(DIGITS[c]) for c in part)) if point else 0.0)


_LARGEST = 10**24  # no report counts further


def _whole(text: str) -> float | None:
    if len(text) > 1 and all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text))
    total, section, digit = 0, 0, -1
    for char in text:
        if char in DIGITS:
            if digit > 0:
                return None
            digit = DIGITS[char]
        elif char in POWERS:
            section += POWERS[char] * (1 if digit < 0 or (digit == 0 and char == "十") else digit)
            digit = -1
        elif char in MYRIADS:
            section += max(digit, 0)
            total = (total + (section or 1)) * MYRIADS[char] if char == "亿" else total + (section or 1) * MYRIADS[char]
            section, digit = 0, -1
            if total > _LARGEST:
                return None
        else:
            return None
    return float(total + section + max(digit, 0)) if text else None
