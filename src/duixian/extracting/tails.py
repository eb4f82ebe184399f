"""What stands between a name and its number, read backward from the number: 分别比上年增长, 提高到, 控制在, 力争达到不低于.

Backward matching on the reversed text costs a few steps a number, however long the sentence is.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from duixian.model import Comparator, Direction
from duixian.registry.words import alternation, load_toml, words


class Tail(NamedTuple):
    """The words directly before a value."""

    start: int  # where the tail begins: the end of the name
    adverbs: str  # 分别, 年均, 比上年 … in the order of the text
    verb: str
    direction: Direction | None
    reaches: bool  # 提高到: a level that is reached
    sign: Comparator
    hedge: str | None


class After(NamedTuple):
    """A comparator after a value and where it ends."""

    end: int
    sign: Comparator
    hedge: str | None


# Words of the tail that another word may end in, and what must not stand before them: 加快 is no 快, 供应 no 应, 招生计划 no 计划.
_ENDINGS: Final = {
    "快": "加尽赶",
    "高": "新拔最",
    "应": "供响相反对适效感顺",
    "计划": "生产",
    "将": "大上中少主健麻干猛闯",
    "提": "前",
    "列": "班系专序罗陈",
    "排": "安减外彩",
    "能": "产功性节智可职万核热动电储",
    "约": "节集公条合契预签简",
    "近": "附邻靠",
    "还": "归偿退",
    "净": "干洁",
    "三年": "一二三四五六七八九十〇零○",
    "四年": "一二三四五六七八九十〇零○",
    "五年": "一二三四五六七八九十〇零○",
    "居": "民定安移",
    "多": "许众很更诸繁",
    "少": "减缺至不多",
}

_MUST: Final = "要(?![主需必]|重(?!比))"  # backwards; 比重要提高 is no 重要


# Words that wish only with a verb before the number: 计划投资3亿元; not 引才计划40人, 将3亿元用于.
_APART: Final = frozenset(("计划", "将"))


def _backward(items: tuple[str, ...]) -> str:
    guarded = [
        ("(?<![\\d一二两三四五六七八九十百千])" if word in _APART else "") + f"{word[::-1]}(?![{_ENDINGS[word]}])"
        for word in items
        if word in _ENDINGS
    ]
    if "要" in items:
        guarded.append(_MUST)
    return "|".join((alternation(word[::-1] for word in items if word not in _ENDINGS and word != "要"), *guarded))


_SIGNS: Final = load_toml("comparators.toml")["comparator"]
_VERBS: Final = load_toml("verbs.toml")
_BEFORE: dict[str, Comparator] = {}
_AFTER: dict[str, Comparator] = {}
for _entry in _SIGNS:  # type: ignore[attr-defined]
    _BEFORE |= dict.fromkeys(words(_entry["before"]), _entry["sign"])
    _AFTER |= dict.fromkeys(words(_entry["after"]), _entry["sign"])
_UP: Final = frozenset(words(_VERBS["up"]))
_DOWN: Final = frozenset(words(_VERBS["down"]))
_LEVEL: Final = words(_VERBS["level"])
_TO: Final = words(_VERBS["to"])
# 均 and N年 between a name and a verb, backward. Matches 均 of "投资均增长", not of "人均"; "年5" of "城镇化率5年提高".
_BOTH: Final = r"均(?![人年平户日亩月])|年[\d两二三四五](?![\d一二三四五六七八九〇零○])"
# Another basis, backward. Matches "后素因税退抵留除扣" of 扣除留抵退税因素后; not "后".
_LESS: Final = r"后?(?:素因|响影)[^，。；、\x00]{2,14}?(?:除扣|除剔|虑考|原还)"
# What a change is measured against, backward. Matches "年上比", "年0202较", "末”五四十“比"; not "年0202".
_BASE: Final = (
    r"(?:年五(?:个一?)?[上前][比较]|前年[五三十四][比较]|初年[比较]|(?:期同|末|底)?(?:年[上去前]|年[\d〇零○一二三四五六七八九]{4}|期同(?:年上|年去)?|初|期时)(?:了)?[比较](?:相)?"
    r"|(?:期时|期同|末|底)?”?五[一二三四十]{1,2}“?(?:期时)?[比较]|比(?:相|期同)?(?:年上|年去|期同年上|期同)[与同])"
)
# For whom a standard is raised, backward. Matches "人每" of 提高到每人100元; not of 每人100元.
_PER: Final = r"(?:(?:[年月人户亩吨天]|斤公)每|均人[月年]?)+(?=[到至])"
# Backward from the number: currency, comparator, 到, adverbs, verb, adverbs. Matches "于低不到达长增别分" before the reversed name.
TAIL: Final = re.compile(
    rf"(?P<cur>{_PER}|币民人|计(?![预合共总估累统])|:|：|米方立每)?(?P<cmp>{_backward(tuple(_BEFORE))})?(?:{_PER})?(?P<to>(?:{_backward(_TO)})*)"
    rf"(?P<cmp2>{_backward(tuple(_BEFORE))})?(?P<near>(?:{_BASE}|{_LESS}|{_backward(words(_VERBS['adverb']))}|{_BOTH}|\x00+)*)"
    rf"(?P<verb>{_backward((*_UP, *_DOWN, *_LEVEL))})?(?P<far>(?:{_BASE}|{_LESS}|{_backward(words(_VERBS['adverb']))}|{_BOTH}|\x00+)*)"
)
# A comparator after the value. Matches "左右", "以上"; not "以上的企业" (a threshold, see ``THRESHOLD``).
POST: Final = re.compile(rf"(?P<sign>{alternation(_AFTER)})")


def read_tail(backward: str, size: int, value_start: int) -> Tail:
    """The tail before a value.

    Args:
        backward: the whole text reversed.
        size: its length.
        value_start: where the number begins in the text.
    """
    match = TAIL.match(backward, size - value_start)
    assert match is not None  # every part is optional
    far, near = match["far"], match["near"]
    verb = (match["verb"] or "")[::-1]
    adverbs = (far[::-1] + near[::-1]).replace("\x00", "") if far or near else ""
    to = match["to"]
    sign: Comparator = "="
    hedge = None
    word = match["cmp"] or match["cmp2"]
    if word:
        hedge = word[::-1]
        sign = _BEFORE[hedge]
    direction: Direction | None = "up" if verb in _UP else "down" if verb in _DOWN else None
    return Tail(size - match.end(), adverbs, verb, direction, bool(to) and any(c in to for c in "到至为达成"), sign, hedge)


def read_after(text: str, value_end: int) -> After:
    """The comparator directly after a value, if there is one.

    Args:
        text: the reading copy's text.
        value_end: where the value ends.
    """
    match = POST.match(text, value_end)
    if match is None:
        return After(value_end, "=", None)
    word = match["sign"]
    return After(match.end(), _AFTER[word], word)
