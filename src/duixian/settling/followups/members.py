"""A promise taken apart: one member for each figure it sets and each thing it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from duixian.registry.answers import answer_words
from duixian.registry.units import unit_table
from duixian.settling.followups.grams import Name, core, grams, name_of, plain
from duixian.settling.followups.records import Promise, Quantity
from duixian.settling.followups.stages import stage_of

# Where an act takes place, before its verb. Matches "在东县" of "在东县开工建设水厂"; not "在建项目".
_PLACE: Final = re.compile(r"^(?:在|于)[\u4e00-\u9fff]{2,8}?(?=开工|启动|新建|建设|建成|举办|设立|打造|开展)")
# A verb behind its actors. Matches "甲县、乙县创建国家公园"; not "创建国家公园".
_INNER: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:创建|争创|申报|申创|打造|创成)(?=[^、]{4})")
_AND: Final = re.compile(r"以及|[和与及](?!美|谐|平)")  # between two members: "展览馆和剧院", not "和美乡村"
_BARE: Final = 5  # characters up to which a member needs what is said of all of them
_LEAST: Final = 3
_NO_LIST: Final = ("等级", "等次", "等额")
_QUOTED: Final = re.compile("“([^“”]{3,12})”")  # matches “一证通办”, not “双创”
_BREAK: Final = re.compile(r"[、，和及与]")
GENERAL_NAME: Final = 100.0  # weight below which a name (项目, 投资) says too little to find anything by
MOST_MEMBERS: Final = 12
_NUMBER: Final = re.compile(r"[\d.]+")
# A work named by its size. Matches "120万吨乙烯项目", "500千伏变电站工程"; not "1500个技改项目" (a count).
_WORK: Final = re.compile(r"(?:项目|工程|机组|基地|电站|机场|装置|生产线|厂|线路|公路|铁路|高速)")


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that is promised."""

    name: Name  # without verbs
    figure: Quantity | None  # what it is to reach
    stage: int | None  # how far the work is to come
    stock: bool  # a level, not an addition
    verb: str  # plain words of the promise that hold its verb
    lead: str  # the verbs that open it
    quoted: tuple[str, ...]  # names in quotation marks: “最多90天”


def members(promise: Promise, figures: Sequence[Quantity]) -> tuple[Member, ...]:
    """The members of a promise, in the order of the text.

    Args:
        promise: the promise.
        figures: the measurements that stand in it.
    """
    targets = [f for f in figures if f.role == "target"]
    goals = [f for i, f in enumerate(targets) if not _is_size(promise, f) and not _narrows(promise, f, targets[i + 1 : i + 2])]
    found = _counted_all(promise, goals) if goals else _named(promise)
    seen: dict[str, Member] = {}
    for member in found:
        if member.name.weight:
            seen.setdefault(member.name.text + (str(member.figure.value_start) if member.figure else ""), member)
    telling = [m for m in seen.values() if m.name.weight >= GENERAL_NAME or (m.figure and m.figure.indicator)]
    return tuple(telling or seen.values())[:MOST_MEMBERS]


def _is_size(promise: Promise, figure: Quantity) -> bool:
    """Whether a figure only names a work by its size."""
    kind = unit_table().worth(figure.unit or "").kind
    if figure.low is None or kind in answer_words().counts or kind in ("percent", "points", "days", "length", "households"):
        return False
    rest = plain(promise.quote[figure.value_end - promise.start :])
    return bool(_WORK.search(rest.split("、")[0])) and stage_of(plain(promise.quote)) is not None


def _narrows(promise: Promise, figure: Quantity, following: Sequence[Quantity]) -> bool:
    """Whether a figure only narrows what the next one counts: 收入1万元以下的企业50家."""
    for other in following:
        between = plain(promise.quote[figure.value_end - promise.start : other.value_start - promise.start])
        return len(between) >= 2 and figure.unit != other.unit and not _BREAK.search(between)
    return False


def _counted_all(promise: Promise, goals: Sequence[Quantity]) -> list[Member]:
    words = plain(promise.quote)
    lead, quoted = _lead(words), _quoted(promise)
    names: list[str] = []
    for goal in goals:
        name = _counted(promise, goal, goals)
        if names and len(name) >= 2 and (at := names[0].find(name[:2])) > 0 and goal.indicator is None:
            name = names[0][:at] + name  # 电商示范镇5个、示范村10个: both of them 电商
        names.append(name)
    return [Member(name_of(n), g, None, _is_stock(words, lead, g), words, lead, quoted) for n, g in zip(names, goals, strict=True)]


def _counted(promise: Promise, figure: Quantity, goals: Sequence[Quantity]) -> str:
    quote = promise.quote
    first, last = figure.value_start - promise.start, figure.value_end - promise.start
    before = max((g.value_end - promise.start for g in goals if g.value_end <= figure.value_start), default=0)
    after = min((g.value_start - promise.start for g in goals if g.value_start >= figure.value_end), default=len(quote))
    name = core(plain(figure.name))
    if not grams(name) & grams(plain(quote)):
        name = ""  # carried over from a clause before the promise
    if len(goals) == 1 and figure.indicator is None and (len(name) < 4 or not _NUMBER.search(plain(quote[:first]))):
        name = f"{core(plain(quote[:first]))}、{core(plain(quote[last:]))}"
    elif len(name) < 2:
        name = core(plain(quote[before:first])) + "、" + core(plain(quote[last:after]))
    return _NUMBER.sub("", name).strip("、和")


def _quoted(promise: Promise) -> tuple[str, ...]:
    return tuple(plain(m[1]) for m in _QUOTED.finditer(promise.quote))


def _lead(words: str) -> str:
    match = answer_words().lead.match(words)
    return match[0] if match else ""


def _is_stock(words: str, lead: str, figure: Quantity) -> bool:
    """Whether a level is promised rather than an addition."""
    known = answer_words()
    if figure.value_kind != "level":
        return False
    kind = unit_table().worth(figure.unit or "").kind
    if kind == "percent":
        return True
    return known.stock.search(words) is not None and not known.flow.search(lead) and not known.added.search(words)


def _named(promise: Promise) -> list[Member]:
    words = plain(promise.quote)
    stage, lead, quoted = stage_of(words), _lead(words), _quoted(promise)
    listed, shared = _list_and_head(words)
    listed = core(_PLACE.sub("", listed))
    inner = _INNER.search(listed)  # 支持甲县、乙县创建示范区: the act is theirs, the thing stands behind its verb
    parts = [p for part in _split(listed[inner.end() :] if inner else listed) if (p := core(part))]
    return [
        Member(name_of(part + (shared if len(part) <= _BARE else "")), None, stage, stock=False, verb=words, lead=lead, quoted=quoted)
        for part in parts
    ]


def _split(listed: str) -> Iterator[str]:
    """The members of a list; 和 parts two of a kind (图书馆和文化馆) or two long ones, 与 only two of a kind."""
    for part in listed.split("、"):
        match = _AND.search(part)
        left, right = (core(part[: match.start()]), part[match.end() :]) if match else ("", "")
        kind = left[-1:] == core(right)[-1:] and min(len(left), len(right)) >= _LEAST
        if match and (kind or (match[0] != "与" and min(len(left), len(right)) >= _BARE)):
            yield left
            yield from _split(right)
        else:
            yield part


def _list_and_head(words: str) -> tuple[str, str]:
    """A list before 等, and what all its members are where that is said behind it: 甲、乙等污水处理厂."""
    at = words.find("等", 2)
    if at < 0 or words[at : at + 2] in _NO_LIST or ("、" not in words[:at] and at < 4):
        return words, ""
    head = answer_words().general.sub("", core(words[at + 1 :]))
    return words[:at], head if len(head) >= 3 and "、" not in head else ""
