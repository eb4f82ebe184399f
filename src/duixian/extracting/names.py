"""Names of what is measured: taking off what is no part of them, splitting lists, and finding the subject in the registry."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from duixian.extracting.periods import YEAR_TEXT
from duixian.registry.indicators import IndicatorTable, indicator_table, normal, on_change
from duixian.registry.words import alternation, load_toml, words

_PHRASES: Final = load_toml("phrases.toml")
_VERBS: Final = alternation(words(_PHRASES["verbs"]))
_SCOPE: Final = alternation(words(_PHRASES["scope"]))
_TIME: Final = (
    rf"{YEAR_TEXT}(?:底|末|以来)?|(?:19|20)\d\d年?(?:底|末|—(?:19|20)\d\d年)?"
    r"|“?(?:十[一二三四五六]?|[六七八九])五”?(?:时期|期间|末|以来)?|近?[\d二两三四五]年[来内]?|按[^，]{1,6}口径"
    r"|\d+月[底末份]?|[上下]半年|前三个?季度|[一二三四]季度|前\d{1,2}个月|1—\d{1,2}月份?"
)
# What may stand before an indicator's name. Matches "", "2024年全市", "我们推动全省"; not "高技术", "民营经济".
ALLOWED: Final = re.compile(
    rf"(?:.*(?:{_VERBS}))?(?:{_SCOPE}|{_TIME}|[一二两三四五六七八九十\d]+个?(?:市|区|州|县)|[\u4e00-\u9fff]{{0,4}}口径|\W)*\Z", re.S
)
# What to take off the front of a name. Matches "全年累计完成", "到2025年"; not "新增".
LEADING: Final = re.compile(
    rf"(?:\d{{1,2}}[.、](?!\d)|[一二三四五六七八九十]{{1,3}}、(?=新|建|完|改)|(?:到|至|在|从|由|以|对|把|将|使|让|按)?(?:{_TIME})|(?:用|力争用|近)?[一二两三四五\d]年(?:来|内|间|时间)?(?:累计|共)?(?!期|级|制)|{alternation(words(_PHRASES['leading']))}|再(?!生|就业)|使(?![用命领])|并(?![网购轨联])|还(?![林草湿款贷])|\W)*"
)
GROWTH_NOUN: Final = re.compile(rf"(?:{alternation(words(_PHRASES['growth_nouns']))})\Z")
_THIN: Final = frozenset(words(_PHRASES["thin"]))
# What belongs to the number after a name. Matches "2×".
_BEFORE_NUMBER: Final = re.compile(r"\d+×\Z")
_PAIRS: Final = {word: tuple(both.split("+")) for word, _, both in (w.partition("=") for w in words(_PHRASES["pairs"]))}
_MEASURES: Final = frozenset("量额率值数次费")  # the last character of what measures by itself: 货物周转量
_SEPARATOR: Final = re.compile(r"、|以及|和|及|与|，")
_COMMA: Final = re.compile(r"、|，")
# What may join names, looked for first because that is cheap. Matches "和", "城乡"; not "生产总值".
_JOINED: Final = re.compile(alternation(("、", "和", "及", "与", "，", "城乡", *_PAIRS)))
_FALLING: Final = re.compile(r"降|减")


class Name(NamedTuple):
    """What is measured, in the words of the text, and the subject of the registry it is."""

    text: str
    subject: str  # "" where the registry has none
    changing: bool = False  # the name itself says that the value is a change: 涨幅, 增速
    falling: bool = False


@lru_cache(maxsize=20_000)
def name_of(phrase: str, own: tuple[str, ...] = ()) -> Name:
    """The name in a phrase.

    Args:
        phrase: the words before a verb or a number.
        own: names of the reporting place, which narrow nothing.
    """
    table = indicator_table()
    core, changing, falling = phrase, False, False
    if (tail := GROWTH_NOUN.search(phrase)) and not phrase.endswith(("自然增长率", "人口增长率")):
        core = phrase[: tail.start()].removesuffix("同比").removesuffix("年均").removesuffix("的")
        changing, falling = True, bool(_FALLING.search(tail.group()))
    subject = _subject(table, core, own)
    if changing and not subject:
        subject = _subject(table, phrase, own)
    return Name(clean(phrase), subject, changing, falling)


on_change(name_of.cache_clear)


def _subject(table: IndicatorTable, phrase: str, own: tuple[str, ...]) -> str:
    bare = normal(phrase)
    for found in table.find(bare):
        if not found.subject:
            return ""
        before = bare[: found.start]
        for place in own:
            before = before.replace(place, "")
        if not before or ALLOWED.match(before):
            return found.subject
    return ""


@lru_cache(maxsize=20_000)
def clean(phrase: str) -> str:
    """A phrase without the words before its name.

    Args:
        phrase: such as 全年累计完成固定资产投资.
    """
    match = LEADING.match(phrase)
    rest = phrase[match.end() :] if match else phrase
    if rest[-1:] == "×":
        rest = _BEFORE_NUMBER.sub("", rest)
    if rest.count("”") > rest.count("“"):
        rest = "“" + rest
    return rest.removesuffix("的") if len(rest) > 2 else rest if len(rest) != 1 else phrase.strip("，、：；“”的 ")


def is_thin(text: str) -> bool:
    """Whether a name needs the subject before it: 增加值, 总投资, 占比."""
    return text in _THIN


def split_names(phrase: str, count: int | None, own: tuple[str, ...]) -> tuple[Name, ...] | None:
    """The names of a list with shared parts given to each; null where the list has not ``count`` members.

    Args:
        phrase: such as 城镇、农村居民人均可支配收入.
        count: how many values there are; null for as many as the list has.
        own: names of the reporting place.
    """
    if not _JOINED.search(phrase):
        return None
    phrase = phrase.replace("城、乡", "城乡").replace("一、二、三产", "一二三产").replace("二、三产", "二三产")
    for separator in (_SEPARATOR, _COMMA):
        parts = [p for p in separator.split(phrase) if p]
        if len(parts) > 1 and (count is None or len(parts) == count):
            return tuple(_complete(parts, own))
    for word, members in _PAIRS.items():
        if count == len(members) and word in phrase:
            return tuple(name_of(phrase.replace(word, one, 1), own) for one in members)
    if count is not None and count > 1:
        return _regroup(phrase, count, own)
    return None


def _regroup(phrase: str, count: int, own: tuple[str, ...]) -> tuple[Name, ...] | None:
    """Members of a list of which one holds 和 or 及 itself: 研究和试验发展经费、专利授权量."""
    parts = [p for p in _COMMA.split(phrase) if p]
    for word in ("和", "与", "及", "以及"):
        head, found, last = parts[-1].rpartition(word) if parts else ("", "", "")
        if found and head and last and len(parts) + 1 == count:
            return tuple(_complete([*parts[:-1], head, last], own))
    if len(parts) < count and "城乡" in phrase and (whole := split_names(phrase.replace("城乡", "城镇、农村", 1), count, own)):
        return whole
    return None


def _complete(parts: list[str], own: tuple[str, ...]) -> list[Name]:
    last = parts[-1]
    names = [name_of(part, own) for part in parts]
    if not names[-1].subject and clean(last) in _THIN:  # 规上工业产值、增加值
        first = clean(parts[0])
        names[-1] = next((n for k in range(2, len(first)) if (n := name_of(first[:k] + last, own)).subject), names[-1])
    ending = next((last[i:] for i in range(1, len(last)) if last[i:] in _THIN), "")
    growth = GROWTH_NOUN.search(last)
    bare = indicator_table().bare
    for i, part in enumerate(parts[:-1]):
        shared = next((n for k in range(1, len(last) - 1) if (n := name_of(part + last[k:], own)).subject), None)
        if names[i].subject:
            if shared is not None and shared.subject == names[i].subject and shared.changing == names[i].changing:
                names[i] = shared  # 一产、二产增加值: the fuller name of the same
            elif ending and clean(part) in bare and (whole := name_of(part + ending, own)).subject != names[i].subject:
                names[i] = whole  # 工业和手工业总产值: no value added of industry
        elif shared is not None:
            names[i] = shared
        elif ending and part not in _THIN and part[-1] not in _MEASURES and not any(part.endswith(ending[-k:]) for k in (2, len(ending))):
            names[i] = name_of(part + ending, own)
        elif growth and not names[i].changing:
            names[i] = names[i]._replace(changing=True, falling=bool(_FALLING.search(growth.group())))
    return names
