"""Repair of damaged text: named rules, each of which finds edits in the folded source text.

Nothing is mended by guess: what is lost for good is listed as damage, and numbers that touch it are refused later.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duixian.reading.copy import Damage, Edit, ReadingCopy
from duixian.reading.folding import fold
from duixian.reading.lines import break_edits

HAN = "\u4e00-\u9fff"


@dataclass(frozen=True, slots=True)
class Rule:
    """A repair that one pattern finds.

    Attributes:
        name: what users see in counts.
        pattern: found in the folded text.
        replace: the replacement for a match.
        needs: strings without one of which the text holds no match; looked for first because that is cheap.
        matches: texts it must find (first) and their repaired form.
        refuses: texts it must leave alone.
    """

    name: str
    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]
    needs: tuple[str, ...]
    matches: tuple[tuple[str, str], ...]
    refuses: tuple[str, ...]


_Found = tuple[int, int, int, str, str]  # start, order of the rule, end, replacement, rule
_VOIDS = ("front_matter", "comment")  # rules whose matches hold no text; they come first


def _nothing(_: re.Match[str]) -> str:
    return ""


def _entity(match: re.Match[str]) -> str:
    return fold(html.unescape(match.group().replace("；", ";"))).replace("\n", " ").strip(" ")


# Particulate matter with its size as an index. Matches "PM_{2.5}$".
_INDEXED = r"PM ?_ ?\{? ?(2 ?\. ?5|10) ?\}? ?\$?"


def _particles(match: re.Match[str]) -> str:
    *sizes, index = match.groups()
    size = next((s for s in sizes if s is not None), None)
    return index or "" if size is None else "PM10" if "1" in size or "₁" in size else "PM2.5"


# Each pattern begins with one character, or with one of several: the search skips to it, several times as fast as from a lookbehind.
RULES: tuple[Rule, ...] = (
    Rule(
        "front_matter",
        re.compile(r"\A ?\n?———\n(?:[^\n]{0,400}\n){0,40}?———(?:\n|\Z)"),
        _nothing,
        ("———",),
        (("———\ntitle：甲\n———\n正文", "正文"),),
        ("———\n正文没有第二条线",),
    ),
    Rule("comment", re.compile(r"<！——.*?——>", re.S), _nothing, ("<！——",), (("甲<！——乙摄——>丙", "甲丙"),), ("甲<乙>丙",)),
    Rule(
        "html_entity",
        re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5})[；;]"),
        _entity,
        ("&",),
        (("3&permil；以内", "3‰以内"), ("甲&nbsp；乙", "甲乙")),
        ("AT&T；甲",),
    ),
    Rule(
        "html_tag",
        re.compile(r"</?(?:p|br|div|span|b|strong|font|a|u|i|em|td|tr|sup|sub)(?: [^<>\n]{0,200})?/?>|<https?：//[^<>\s]{0,300}>", re.I),
        _nothing,
        ("<",),
        (("甲<br>乙", "甲乙"),),
        ("甲<乙",),
    ),
    Rule(
        "latex",
        re.compile(rf"\${_INDEXED}|{_INDEXED}|PM(₂ ?\. ?₅|₁₀)|P ?M ?(2 ?\. ?5|10)(?!\d)|_(?<=[A-Z]_)\{{(\d)\}}"),
        _particles,
        ("PM", "P M", "_{"),
        (("PM_{2.5}浓度", "PM2.5浓度"), ("PM₁₀", "PM10"), ("PM 2.5平均", "PM2.5平均")),
        ("PMI指数", "PM100"),
    ),
    Rule(
        "note_mark",
        re.compile(r"\[\^?\d{1,3}\](?!：)|【\d{1,3}】"),
        _nothing,
        ("[", "【"),
        (("预计[1]全省", "预计全省"), ("“六稳[8]”", "“六稳”")),
        ("[2020]12号",),
    ),
    Rule(
        "jump_mark",
        re.compile(r"（(?:上接|下转|紧接)[^（）\n]{1,14}版）"),
        _nothing,
        ("版）",),
        (("产品。（上接A02版）二是", "产品。二是"),),
        ("（上接第一部分）",),
    ),
    Rule(
        "english_word",
        re.compile(rf"(?:a(?<=[{HAN}”》）]a)nd|e(?<=[{HAN}”》）]e)tc\.?| (?<=[{HAN}”》）] )(?:and|etc\.?)) ?(?=[{HAN}“《\d，。、；])"),
        lambda m: "和" if "and" in m.group() else "等",
        ("and", "etc"),
        (("民营and国有企业", "民营和国有企业"), ("软件etc新业态", "软件等新业态")),
        ("Rock and Roll", "甲and B"),
    ),
    Rule(
        "emphasis",
        re.compile(r"\*\*{0,2}|#(?<![^\n ]#)#{0,5} ?|>(?<![^\n]>) ?|\\(?=[*_\\\[\]（）.#—~])"),
        _nothing,
        ("*", "#", ">", "\\"),
        (("**一、回顾**", "一、回顾"), ("## 二、安排", "二、安排")),
        ("C#语言",),
    ),
    Rule(
        "link",
        re.compile(r"(?<=\])（https?：[^（）\s]{1,300}）"),
        _nothing,
        ("](", "]（"),
        (("[甲]（https：//example.org/a）", "[甲]"),),
        ("[甲]（乙）",),
    ),
    Rule(
        "thousands",
        re.compile(r"\d(?<![\d.，]\d)\d{0,2}(?:[， ]\d{3})+(?![\d，]|\.\d{3})"),
        lambda m: m.group().replace("，", "").replace(" ", ""),
        (),
        (("34 065元", "34065元"), ("1，234，567人", "1234567人"), ("1，234.5亿元", "1234.5亿元")),
        ("12，34", "2019 20", "到2020，300家"),
    ),
    Rule(
        "blank",
        re.compile(r" (?:(?<=[^A-Za-z0-9\n ] ) *|(?<=[A-Za-z] ) *(?![A-Za-z ])|(?<=[0-9] ) *(?![0-9 ]))"),
        _nothing,
        (" ",),
        (("增长 8.2 %", "增长8.2%"), ("龚 正", "龚正"), ("甲  乙", "甲乙")),
        ("New Area", "12 34"),
    ),
    Rule(
        "decimal_blank",
        re.compile(r"\.(?<=\d\.) +(?=\d)| (?<=\d ) *\.(?=\d)"),
        lambda _: ".",
        (". ", " ."),
        (("8. 5%", "8.5%"),),
        ("1. 新建",),
    ),
    Rule(
        "decimal_stop",
        re.compile(r"。(?=\d{1,2}(?:[%‰]|个百分点|[万亿]))(?<=\d。)|，(?=\d[万亿%])(?<=\d{4}，)"),
        lambda _: ".",
        ("。", "，"),
        (("上涨9。6%", "上涨9.6%"), ("总额1715，7亿元", "总额1715.7亿元")),
        ("增长9。6个县", "增长8%，5%", "20，3亿元"),
    ),
)


@dataclass(frozen=True, slots=True)
class DamageRule:
    """A kind of loss that a pattern finds; ``needs`` as in ``Rule``."""

    name: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    matches: str
    refuses: str


DAMAGE: tuple[DamageRule, ...] = (
    DamageRule("damaged_number", re.compile(r"[\d.]*(?:\$\d\.\$\d)+[\d.]*%?|\$\d\.\$\d"), ("$",), "增长1$1.$2%", "3.5美元"),
    DamageRule(
        "damaged_number",
        re.compile(rf"\d[\d.]*[？\ufffd□]+[\d.]*(?=[{HAN}])|[□\ufffd]+\d[\d.]*|\d+\.(?=[。，；、])"),
        ("？", "\ufffd", "□", ".。", ".，", ".；", ".、"),
        "增长12？保持",
        "12。",
    ),
    DamageRule("lost_text", re.compile(r"？{4,}|\ufffd+|锟斤拷|[À-ÿ]{3,}"), (), "甲？？？？？乙", "为什么？"),
)


# One of these stands in all damage; looked for first because that is cheap. Matches "$", "5？", "？？？？", "5.。"; not "为什么？".
_HARMED = re.compile(r"[$□\ufffd锟À-ÿ？.](?:(?<=[$□\ufffd锟À-ÿ])|(?<=[\d.]？)|(?<=？)(?=？？？)|(?<=\.)(?=[。，；、]))")


def find_edits(text: str, folded: str | None = None) -> list[Edit]:
    """All edits for a source text, sorted and without overlap (an earlier rule wins).

    Args:
        text: the source text.
        folded: the text with widths folded, where it is at hand.
    """
    folded = fold(text) if folded is None else folded
    found: list[_Found] = []
    for order, rule in enumerate(RULES):
        replace, name = rule.replace, rule.name
        if rule.needs and not any(n in folded for n in rule.needs):
            continue
        if replace is _nothing:
            found += [(m.start(), order, m.end(), "", name) for m in rule.pattern.finditer(folded)]
        else:
            found += [(m.start(), order, m.end(), replace(m), name) for m in rule.pattern.finditer(folded)]
        if name in _VOIDS:
            folded = _blanked(folded, found)
    found += [(e.start, len(RULES), e.end, e.replacement, e.rule) for e in break_edits(folded)]
    found.sort()
    return list(_without_overlap(found))


def _blanked(folded: str, voids: list[_Found]) -> str:
    """The text with what is no text at all (front matter, comments) made blank, so that lines and rules don't see it."""
    for start, _, end, _, _ in voids:
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def _without_overlap(found: list[_Found]) -> Iterator[Edit]:
    """Edits without overlap: one that lies inside another vanishes in it; of two that cross, the earlier rule's stays."""
    kept: list[_Found] = []
    for new in found:
        if kept and new[0] < kept[-1][2]:
            start, order, end, replacement, rule = kept[-1]
            if new[2] <= end:
                if new[4] in _VOIDS:
                    kept[-1] = (start, order, end, replacement, new[4])
            elif new[0] == start or new[1] < order:
                kept[-1] = (*new[:4], rule if rule in _VOIDS else new[4])
        else:
            kept.append(new)
    for start, _, end, replacement, rule in kept:
        yield Edit(start, end, replacement, rule)


def repair(text: str) -> ReadingCopy:
    """The reading copy of a source text.

    Args:
        text: the source text.
    """
    folded = fold(text)
    return ReadingCopy(text, find_edits(text, folded), folded)


def damage(copy: ReadingCopy, start: int = 0, end: int | None = None) -> tuple[Damage, ...]:
    """The damaged stretches of a reading copy between two of its positions, in order."""
    stop = len(copy.text) if end is None else end
    if not _HARMED.search(copy.text, start, stop):
        return ()
    rules = [r for r in DAMAGE if not r.needs or any(n in copy.text for n in r.needs)]
    spans = [Damage(m.start(), m.end(), r.name) for r in rules for m in r.pattern.finditer(copy.text, start, stop)]
    return tuple(sorted(spans, key=lambda d: (d.start, d.end)))
