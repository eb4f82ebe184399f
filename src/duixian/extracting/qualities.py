"""What a bound value says besides its number: which way it goes, how it is compared, on what basis, of what kind it is."""

from __future__ import annotations

import re
from typing import Final

from duixian.extracting.bound import Bound
from duixian.extracting.vague import Vague
from duixian.model import Comparator, Direction, ValueKind
from duixian.registry.indicators import indicator_table
from duixian.registry.units import unit_table

_UNITS: Final = unit_table()
# Another basis than the headline's. Matches "剔除不可比因素", "按可比口径"; not "实现".
BASES: Final = (
    ("real", re.compile(r"(?:扣除|剔除)[^，。；]{0,4}(?:价格|物价|涨价|通胀)")),
    ("adjusted", re.compile(r"剔除|扣除|考虑.{0,12}因素|不含|还原")),
    ("comparable", re.compile(r"同口径|可比口径|可比(?:增长|价|因素)|自然口径|按可比|可比")),
    ("old_method", re.compile(r"原核算|原口径|老口径|现价|按.{0,6}核算")),
    ("real", re.compile(r"实际(?:增长|下降|增幅|提高|增)")),
)
_ANY_BASIS: Final = re.compile(r"剔除|扣除|考虑|不含|还原|口径|可比|核算|现价|实际")
_STEPS: Final = frozenset(("连跨", "先后跨越", "连续跨越", "接连跨越", "跨越", "跨过"))
_ADDED: Final = frozenset(("新增", "净增"))  # behind its name, what a stock grew by
_HELD: Final = frozenset(("高", "高出", "高于", "快", "快于", "低", "低于", "慢于", "多", "少"))  # hold a value against another's
# What makes them a change: the same thing's own past. Matches "比上年", "较2020年"; not "比全国".
_BEFORE: Final = re.compile(r"年|同期|时期|期初|末")
_POINTS: Final = frozenset(("条", "项"))  # of a policy, which do not grow
# Amounts at the prices of another year. Matches "按一九八〇年不变价格计算，"; not "不变价增长".
CONSTANT: Final = re.compile(r"按[^，。；]{3,10}(?:年)?不变价格?计算(?:，|的)")
# The end of a number that is no year: what stands before it is of another value. Matches "%" and "3" of "增长3%", "12亿元"; not "2024年".
_NUMBER: Final = re.compile(r"%|\d(?=[^\d年—.])")
# Which way a wish goes. Matches "保持下降"; "稳定增长".
FALL: Final = re.compile(r"下降|降低|减少|缩小|回落")
RISE: Final = re.compile(r"增长|增速|提高|提升|增加|扩大|上升|涨幅|回升|改善|好转|同步|高于|快于")
# A change verb before its noun. Matches "减少贫困人口"; not "新增就业".
LED: Final = re.compile(r"(?:.{0,6}(?:平均|累计|共))?(?P<down>减少|压减|缩减|精简|削减|下调|降低|压缩)|增加(?!值)|提高|扩大(?!了?进)")


def wish(vague: Vague) -> Direction | None:
    """Which way a target without a number goes."""
    words = vague.name.text + vague.hedge
    if FALL.search(words):
        return "down"
    return "up" if RISE.search(words) else None


def direction_of(bound: Bound) -> tuple[Direction | None, bool]:
    """Which way the value goes, and whether it is a change rather than a level."""
    tail, name, value = bound.tail, bound.name, bound.value
    if bound.starts_range or bound.threshold:
        return None, False
    if value.kind in ("rank", "ratio") or _UNITS.worth(value.unit).kind == "spell":
        return None, False
    if value.kind == "doubling":
        return "up", True
    if value.kind in ("index_up", "index_down"):
        return ("up" if value.kind == "index_up" else "down"), True
    if tail.verb == "改善" and value.unit not in ("%", "微克/立方米"):
        return None, False
    lead = LED.match(name.text) if tail.direction is None and not indicator_table().has_level(name.subject) else None
    if lead is not None and (value.unit not in ("%", "‰") or (lead["down"] and not tail.reaches)):
        return ("down" if lead["down"] else "up"), True
    if tail.reaches and tail.direction is not None and name.changing:
        return ("down" if name.falling else "up"), True  # 涨幅回落到2%
    if tail.direction is not None and value.unit in _POINTS and tail.verb in ("增长", "增") and not tail.reaches:
        return None, False  # 稳增长30条
    if tail.verb in _HELD and not _BEFORE.search(tail.adverbs):
        return None, False  # 比全国高2个百分点 is no change
    if tail.direction is not None:
        return tail.direction, not tail.reaches
    if name.changing:
        return ("down" if name.falling else "up"), True
    if tail.verb in _ADDED and bound.rule != "noun_after" and name.text:
        return "up", False  # 保护性耕作面积新增20万亩
    return None, False


def comparator(bound: Bound) -> tuple[Comparator, str | None]:
    """How a value is compared, and the word that says so."""
    value, tail, after = bound.value, bound.tail, bound.after
    if value.high > value.low:
        return "range", after.hedge or tail.hedge
    if after.hedge is not None:
        return after.sign, after.hedge
    if value.top:
        return "<=", "前"
    if tail.hedge is not None and tail.hedge in _STEPS and _UNITS.worth(value.unit).kind == "count":
        return "=", None
    if tail.hedge is not None:
        return tail.sign, tail.hedge
    if value.more:
        return ">=", "多"
    return "=", None


def basis_of(around: str, text: str, bound: Bound, sentence: tuple[int, int]) -> str | None:
    """On what basis a rate or an amount stands, where it is not the headline's: adjusted, comparable, old_method, real."""
    window = text[max(sentence[0], bound.value.start - 40) : bound.value.start] if bound.bracket or bound.rule == "elided" else around
    if bound.value.unit.endswith("元") and CONSTANT.search(text, sentence[0], bound.value.start):
        return "constant_prices"
    if not _ANY_BASIS.search(window):
        return None
    window = window[max((m.end() for m in _NUMBER.finditer(window)), default=0) :]
    for name, pattern in BASES:
        if pattern.search(window):
            return name
    return None


def kind(bound: Bound, changing: bool) -> ValueKind:
    """What kind of value it is; ``changing`` tells a change from a level."""
    if bound.value.kind == "rank":
        return "rank"
    if bound.value.kind in {"ratio", "fraction"}:
        return "ratio"
    if bound.value.unit == "倍" and not changing:
        return "multiple"
    return "change" if changing else "level"
