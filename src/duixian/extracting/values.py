"""The number scan: every stretch of a text that may be a measured value, with its unit.

Two passes of one regular expression each find Arabic and Chinese candidates; dates, ordinals, names and slogans are refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from duixian.extracting.numerals import read_chinese
from duixian.registry.regions import regions
from duixian.registry.units import unit_table
from duixian.registry.words import alternation, load_toml, words


class Value(NamedTuple):
    """A number with its unit as it stands in the reading copy."""

    start: int
    end: int
    low: float
    high: float
    unit: str
    more: bool = False  # 余, 多: somewhat above the number
    kind: str = "plain"  # plain, rank, ratio, fraction, doubling, index_up, index_down
    top: bool = False  # 前6强: a rank of at most


_UNITS: Final = unit_table()
_NUMBER: Final = r"\d+(?:\.\d+)?"
_SCALE: Final = _UNITS.scale_pattern()
_BASE: Final = _UNITS.pattern()
# A number with its unit. Matches "3000余个", "6%—6.5%", "1.2万亿元", "2—3家", "11.37万户"; not the 2.5 of "PM2.5", "G60", "5G".
ARABIC: Final = re.compile(
    rf"(?P<a>\d(?<![\d.A-Za-z_+第/]\d)\d*(?:\.\d+)?)(?:(?P<u>(?:{_SCALE})?(?:%|‰|{_BASE})?)(?:—|~|至|到)(?P<b>{_NUMBER})(?![—:\d]))?"
    rf"(?P<m1>余|多(?!项|个)|多(?=项|个)|几|来(?=[个万件人家]))?(?P<scale>{_SCALE})?(?P<m2>余|多)?(?P<unit>%|‰|{_BASE})?(?P<m3>多(?=[，。；、）\n]|\Z))?"
)
_CN: Final = "[一二两三四五六七八九十百千万亿零〇]"
# A Chinese numeral that counts. Matches "百分之八点五", "三分之二", "两座", "一百多亿元"; not "统一", "第三产业", "三农".
CHINESE: Final = re.compile(
    rf"(?P<first>{_CN})(?<![\d.]{_CN})(?:(?<=[百千二三四五六七八九十])分之(?P<num>{_CN}+(?:点{_CN}+)?|{_NUMBER})"
    rf"|(?P<rest>{_CN}*(?:点[一二三四五六七八九零〇]+(?:万亿|亿|万)?)?)(?P<more>余|多)?(?:(?<=多)(?P<scale>万亿|亿|万))?(?P<unit>{_UNITS.pattern(chinese=True)}))"
)
# A rank. Matches "第3位", "全国第一", "首位", "前6强", "前三名"; not "第一季度", "第二批", "前11个月".
RANK: Final = re.compile(
    r"(?:第(?P<n>\d{1,4}|[一二三四五六七八九十]{1,3})(?:(?P<w>位|名)(?!书记|先生)|(?=[，。；、）！\n以和及]|并|的[位好]))"
    r"|首位(?!于|产业|城市|度)|榜首|前(?P<top>\d{1,3}|[一二三四五六七八九十百]{1,3})(?:位|名|强)(?!企))"
)
# A multiple of two. Matches "翻一番", "翻了两番", "翻番"; not "翻新".
DOUBLING: Final = re.compile(r"翻(?:了|近)?(?:(?P<n>[一两二三四五六七八九]|\d+(?:\.\d+)?)番(?P<half>半)?|(?=番)番)")
# Where a number turns into another, which has the unit for both. Matches "降到17" of "由18降到17微克/立方米".
TURNED: Final = re.compile(r"(?:下降|降低|降|提高|提升|上升|升|增加|增长|减少|扩大|缩小|提)(?:到|至|为)(?=\d)")
# A scale word that is a number. Matches "千亿" of "迈上千亿大关", "百亿" of "投资近百亿，"; not "千亿台阶", "百亿产业".
GREAT: Final = re.compile(r"([百千万](?<=[超破上过近达][百千万])亿)(?:(?=(大关))|(?=[，。；、]))")
# A price index. Matches "103.5" of "居民消费价格指数为103.5", "102%" of "物价总指数控制在102%以内"; not "100家".
INDEX: Final = re.compile(
    r"(?:价格|物价)(?:总)?(?:水平)?(?:总)?指数(?:（[^（）]{1,12}）)?(?:预计|全年|控制|保持|稳定|预期|涨幅|约)*(?:在|为|达到?|是|到)?"
    r"(?P<n>(?:1[0-4]\d|9\d)(?:\.\d+)?)%?(?=[，。；、）左以上内\n]|\Z)"
)
# Half of a thing. Matches "占全国一半", "减少一半", "近半数"; not "一半是".
_HALVED: Final = "[占近超少过约低减降的国省市区达量数]"
HALF: Final = re.compile(rf"(?:一(?<={_HALVED}一)半|半(?<={_HALVED}半)数)(?!是|天|时间|路)")
# A sign between figures. Matches "/" of "1/4", "：" of "6：4".
JOINING: Final = re.compile(r"[/：](?=\d)")
# A fraction in figures. Matches "1/4"; not "24/7小时", "1/2024".
FRACTION: Final = re.compile(r"(?<![\d.A-Za-z/])(\d{1,2})/(\d{1,2})(?![\d/A-Za-z])")
# Parts of a whole. Matches "6.1：40.7：53.2"; not "8：30".
RATIO: Final = re.compile(rf"(?<![\d.：]){_NUMBER}(?:：{_NUMBER}){{2,}}|(?<=[比为])(?<![\d.：]){_NUMBER}：{_NUMBER}(?![：\d])")
# Before a rank without 位: Matches "全国", "居全省"; not "荣获".
_RANKED: Final = re.compile(r"[国省市州区位列居界球界部城市户均]\Z|城市|名列|排名|排位|同类")

# Before 第一 that ranks nothing. Matches "摆在第一位".
_PUT: Final = re.compile(r"(?:摆在|放在|作为|摆到|放到|当作|视为|置于|坚持)\Z")

_TABLE: Final = load_toml("numbers.toml")
_SLOGANS: Final = re.compile(alternation(words(_TABLE["slogans"])))
_NAME_AFTER: Final = re.compile(alternation(words(_TABLE["name_after"])))
_NAME_BEFORE: Final = re.compile(f"(?:{alternation(words(_TABLE['name_before']))})\\Z")
_SPELL_BEFORE: Final = re.compile(f"(?:{alternation(words(_TABLE['spell_before']))})\\Z")
_SPELL_AFTER: Final = re.compile(alternation(words(_TABLE["spell_after"])))
_WEAK: Final = frozenset("一百千万十亿")
# A Chinese numeral with a scale of its own. Matches "一千五百五十九亿"; not "三千".
_SCALED: Final = re.compile(r"(.+?)(万亿|亿|万)\Z")
_GREAT: Final = frozenset(("万亿", "千亿", "百亿", "千万", "百万"))
# A scale word alone is a number after these. Matches "突破" before 万亿元; not "投资" before 千亿元级.
_CROSSED: Final = re.compile(r"(?:突破|超|超过|过|达到?|迈上|跨上|近|上|逾|首破|跨过|迈过|站上)\Z")
# Things behind a scale, which are no unit. Matches the 企业 of "亿企业"; not "企业".
_THINGS: Final = re.compile(r"(?<=[万亿])(?:企业|社区|院|园区|大|校|国)\Z")
_TOPONYMS: Final = tuple("山峡河湖江湾庄堡店子")
_CIVIC: Final = frozenset("民长委级政场域容府直属情")  # 12345市民热线, 3县长: no count of places
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
# Before the ordinal of a session. Matches "十届", "八届人大", "市人大"; not "先后召开".
_SESSION: Final = re.compile(r"(?:届[^，。；]{0,6}|人大|政协|党委|省委|市委)\Z")
_SESSIONS: Final = ("全会", "会议", "全体会议", "代表大会", "党代会", "人代会", "全委", "、", "和", "中全会")
# 强 behind a unit that ranks nothing. Matches "强降雨"; not "强企业".
_STRONG: Final = re.compile(r"强(?:降|对流|震|冷|台风|暴)")
# A policy package in quotation marks, named by how many points it has. Matches the 条 of “新36条”; not of “一村一品”20条.
_PACKAGE: Final = re.compile(r"“[^“”，。；]{0,10}\Z")
# Inside a short slogan in quotation marks. Matches around the 三名 of “四换三名”; not in “办好三件实事”。
_SLOGAN_BEFORE: Final = re.compile(r"“[^“”]{1,4}\Z")
_SLOGAN_AFTER: Final = re.compile(r"[^“”，。]{0,2}”")
# After a single Chinese numeral and 元 that make no amount. Matches 三元前驱体; not 三元以上, 五元。
_AMOUNT: Final = re.compile(r"[，。；、）以左多每的至到钱及和\n]|\Z")


@cache
def _place_names() -> re.Pattern[str]:
    """Names of places that begin like a count. Matches "六盘水", "三门峡", "五台县"; not "三台"."""
    names = {r.name for r in regions() if r.name[0] in "一二三四五六七八九十两"}
    names |= {n[:-1] for n in names if len(n) > 3 and n[-1] in "市县区"}
    return re.compile(alternation(names))


def scan(text: str) -> list[Value]:
    """All values of a text, in order, none overlapping.

    Args:
        text: a stretch of a reading copy.
    """
    found = list(_indices(text))
    indices = {v.start for v in found}
    found += [v for m in ARABIC.finditer(text) if (v := _arabic(text, m)) is not None and v.start not in indices]
    found += [v for m in CHINESE.finditer(text) if (v := _chinese(text, m)) is not None]
    found += [v for m in RANK.finditer(text) if (v := _rank(text, m)) is not None]
    found += [
        Value(m.start(), m.end(), times, times, "倍", kind="doubling")
        for m in DOUBLING.finditer(text)
        for times in (round(2.0 ** (_count(m["n"]) + (0.5 if m["half"] else 0.0)), 4),)
    ]
    found += [Value(m.start(), m.end(), 1.0, 1.0, m[1] + ("元" if m[2] else "")) for m in GREAT.finditer(text)]
    found += [Value(m.start(), m.end(), 0.5, 0.5, "1", kind="fraction") for m in HALF.finditer(text)]
    found += _joined(text)
    return _settle(found, text)


def _indices(text: str) -> Iterator[Value]:
    """Price indices as the changes they state: 103.5 is 3.5% up."""
    at = text.find("指数")
    while at >= 0:
        if m := INDEX.search(text, max(0, at - 8), min(len(text), at + 30)):
            change = round(float(m["n"]) - 100, 4)
            yield Value(m.start("n"), m.end(), abs(change), abs(change), "%", kind="index_up" if change >= 0 else "index_down")
        at = text.find("指数", at + 2)


def _joined(text: str) -> Iterator[Value]:
    """Fractions in figures and the parts of ratios: only where a figure follows a sign, which is rare."""
    done = 0
    for sign in JOINING.finditer(text):
        start = sign.start()
        while start > done and (text[start - 1].isdigit() or text[start - 1] == "."):
            start -= 1
        if start == sign.start() or sign.start() < done:
            continue
        if (m := FRACTION.match(text, start)) and 0 < int(m[1]) < int(m[2]):
            share = round(int(m[1]) / int(m[2]), 4)
            yield Value(start, m.end(), share, share, "1", kind="fraction")
        elif m := RATIO.match(text, start):
            at = start
            for part in m.group().split("："):
                yield Value(at, at + len(part), float(part), float(part), "", kind="ratio")
                at += len(part) + 1
        done = m.end() if m else sign.end()


def _count(text: str | None) -> float:
    if text is None:
        return 1.0
    return float(text) if text[0].isdigit() else read_chinese(text) or 1.0


def _arabic(text: str, m: re.Match[str]) -> Value | None:
    a, b, scale, base = m["a"], m["b"], m["scale"] or "", m["unit"] or ""
    start, end = m.span()
    if scale and not base and text.startswith("大关", end):
        base = "元"  # 突破500亿大关
    unit = scale + base
    if not unit:
        if b is not None and m["u"]:
            end = m.end("u")  # the unit stands before the dash only
            return _arabic_checked(text, start, end, float(a), float(a), m["u"])
        listed = text.startswith(("、", "和", "，", "及", "与"), end) and text[end + 1 : end + 2].isdigit()
        if not listed and not text.startswith("的", end) and not TURNED.match(text, end):
            return None
    if b is not None and m["u"] and not unit:
        return None
    low, high = float(a), float(b) if b is not None else float(a)
    first = m["u"] or ""
    if b is not None and first and first != unit:
        worth, other = _UNITS.worth(first), _UNITS.worth(unit)
        if worth.canonical != other.canonical and worth.kind != "bare":
            return None
        low = low * worth.factor / other.factor
    if b is not None and high <= low:
        return None
    return _arabic_checked(text, start, end, low, high, unit, bool(m["m1"] or m["m2"] or m["m3"]))


def _arabic_checked(text: str, start: int, end: int, low: float, high: float, unit: str, more: bool = False) -> Value | None:
    before = text[max(0, start - 6) : start]
    if not unit and not text.startswith(("、", "和", "，", "及", "与"), end) and not TURNED.match(text, end):
        return None
    if unit and (things := _THINGS.search(unit)):
        end, unit = end - len(things.group()), unit[: things.start()]  # 超200亿企业, 21万社区工作者
    base = _UNITS.units.get(unit)
    if base is not None and base.kind == "place" and (low > 3000 or text[end : end + 1] in _CIVIC):
        return None
    if base is not None and base.strict:
        if unit == "年" and _YEAR.match(text[start : end - 1]):
            return None
        if not _SPELL_BEFORE.search(before) and not _SPELL_AFTER.match(text, end) and "年限" not in text[max(0, start - 10) : start]:
            return None
    named = _NAME_AFTER.match(text, end) is not None and not (unit and _STRONG.match(text, end))
    if named or (before and (before[-1] in "每“" or (_NAME_BEFORE.search(before) and not _measures_there(before, unit)))):
        if before[-1:] == "“" and len(unit) and text.find("”", end, end + 14) < 0:
            pass
        elif not (before[-1:] == "每" and unit in ("%",)):
            return None
    if unit == "次" and _is_session(text, before, end):
        return None
    if text.startswith("”", end) and _PACKAGE.search(text, max(0, start - 12), start):
        return None
    if before.endswith("每立方米") and unit in ("微克", "毫克"):
        unit += "/立方米"
    return Value(start, end, low, high, unit, more)


def _chinese(text: str, m: re.Match[str]) -> Value | None:
    start, end = m.span()
    before = text[max(0, start - 6) : start]
    first = m["first"]
    if m["num"]:
        value = float(m["num"]) if m["num"][0].isdigit() else read_chinese(m["num"])
        if value is None:
            return None
        if first in "百千":
            return Value(start, end, value, value, "%" if first == "百" else "‰")
        whole = read_chinese(first)
        share = round(value / whole, 4) if whole else value
        return Value(start, end, share, share, "1", kind="fraction")
    number, unit = first + m["rest"] + (m["scale"] or ""), m["unit"]  # 一百多亿
    if unit == "瓦" and len(number) > 1 and number.endswith("千"):
        number, unit = number[:-1], "千瓦"  # 百万千瓦
    if number in _GREAT:
        hedged = _CROSSED.search(before) is not None and not text.startswith(("级", "阶"), end)
        return Value(start, end, 1.0, 1.0, number + unit) if hedged else None
    if (
        before[-1:] in ("“", "第", "每", "‘")
        or _SLOGANS.match(text, start)
        or _SLOGANS.match(text, start - 1)
        or _NAME_AFTER.match(text, end)
    ):
        return None
    if _NAME_BEFORE.search(before) or (unit == "次" and _is_session(text, before, end)):
        return None
    if unit == "方" and text.startswith("面", end):
        return None
    if unit in "台盘门家口" and text[end : end + 1] in _TOPONYMS and len(number) == 1:
        return None  # 三台山
    if _place_names().match(text, start) or (unit == "元" and len(number) == 1 and not _AMOUNT.match(text, end)):
        return None
    if _SLOGAN_AFTER.match(text, end) and _SLOGAN_BEFORE.search(before):
        return None
    plain = _UNITS.units[unit]
    spell = plain.strict
    if spell and len(number) == 4 and not set(number) & set("十百千"):
        return None  # 一九六一年连续
    if spell and not (_SPELL_BEFORE.search(before) or _SPELL_AFTER.match(text, end)):
        return None
    if number == "二" and unit not in ("成", "番"):
        return None  # a count says 两; 二次供水 is a name
    if number[0] in _WEAK and len(number) == 1:
        hedged = before[-1:] in ("近", "上", "超", "过", "逾")
        if number == "一" and not spell and unit not in ("成", "倍"):
            return None
        if number in "百千万亿":
            if not hedged and not (number == "百" and unit in ("项", "件", "个")):
                return None
            return (
                Value(start, end, 1.0, 1.0, number + unit)
                if number in "万亿"
                else Value(start, end, float(10 ** (2 + "百千".index(number))), float(10 ** (2 + "百千".index(number))), unit)
            )
    if "亿" in number[:-1]:  # 三十亿八千四百万元: 30.84亿元
        whole = read_chinese(number)
        if whole is None:
            return None
        share = round(whole / 1e8, 8)
        return Value(start, end, share, share, "亿" + unit, bool(m["more"]))
    if scaled := _SCALED.match(number):
        number, unit = scaled[1], scaled[2] + unit
    value = read_chinese(number)
    return None if value is None or value == 0 else Value(start, end, value, value, unit, bool(m["more"]))


def _measures_there(before: str, unit: str) -> bool:
    """Whether a number behind 国道, 省道 or 电话 measures and is no part of a name: 改造国省道100公里, 受理热线电话8万个."""
    return bool(unit) and (before.endswith(("电话", "热线")) or (before.endswith("道") and _UNITS.worth(unit).kind == "length"))


def _is_session(text: str, before: str, end: int) -> bool:
    """Whether a count of 次 is the ordinal of a session: 十届三次全会; 召开3次会议 is a count."""
    return text.startswith(("党代会", "人代会"), end) or (text.startswith(_SESSIONS, end) and _SESSION.search(before) is not None)


def _rank(text: str, m: re.Match[str]) -> Value | None:
    start, end = m.span()
    before = text[max(0, start - 8) : start]
    if not m["n"] and not m["top"]:
        return (
            Value(start, end, 1.0, 1.0, "位", kind="rank")
            if not text.startswith("度", end) and text[start - 1 : start] not in ("放在", "摆")
            else None
        )
    if m["top"]:
        n = _count(m["top"])
        return Value(start, end, n, n, "位", kind="rank", top=True)
    if _PUT.search(before) or (not m["w"] and not _RANKED.search(before)):
        return None
    n = _count(m["n"])
    return Value(start, end, n, n, "位", kind="rank")


def _settle(found: list[Value], text: str) -> list[Value]:
    """In order, the longer of two that overlap; a bare number takes the unit of the list it stands in."""
    found.sort(key=lambda v: (v.start, -v.end))
    kept: list[Value] = []
    for value in found:
        if kept and value.start < kept[-1].end:
            continue
        kept.append(value)
    for i in range(len(kept) - 2, -1, -1):
        value, after = kept[i], kept[i + 1]
        if (
            not value.unit
            and value.kind == "plain"
            and after.unit
            and 0 < after.start - value.end <= (4 if TURNED.match(text, value.end) else 2)
        ):
            kept[i] = value._replace(unit=after.unit)
    return [v for v in kept if v.unit or v.kind == "ratio"]
