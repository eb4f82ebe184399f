"""Targets without a number: 与经济增长同步, 高于全国平均水平, 完成国家下达任务, 持续改善."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from duixian.extracting.names import Name, clean, name_of, split_names
from duixian.model import Comparator
from duixian.registry.words import alternation, load_toml, words

_TABLE: Final = load_toml("vague.toml")


def _any(key: str) -> str:
    return alternation(words(_TABLE[key]))


# Keeps pace with the economy. Matches "居民收入增长与经济增长基本同步"; not "居民收入增长5%".
SYNC: Final = re.compile(
    rf"(?P<name>[^，；：。]*?)(?P<hedge>(?:保持|力争|努力|基本|实现|要|应)*(?:与|和|同|跟)(?P<other>{_any('growth_of')})(?:增长|增速|发展)?"
    r"(?:保持|实现|基本|大体|相|总体|力争|努力)*同步(?:增长|提高|增加)?)"
)
# Held against another's. Matches "进出口增速高于全国平均水平", "涨幅与全国一致"; not "高于5%".
REF: Final = re.compile(
    rf"(?P<name>[^，；：。]*?)(?P<hedge>(?:力争|努力|保持|继续|均|都|要)*(?:(?P<how>{_any('compared')})(?P<other>[^，；：。]{{0,6}}?(?:{_any('others')})[^，；：。]*)"
    rf"|(?:与|和|同)(?P<like>[^，；：。]{{0,4}}(?:{_any('others')})[^，；：。]{{0,10}}?)(?:保持|基本|大体|总体)*(?:{_any('alike')})"
    r"|(?:保持|维持|达到|稳定|不低于)在?(?P<last>(?:上年|去年|上一年)(?:实际)?(?:同期)?)水平))"
)
# Another's task. Matches "能耗完成国家下达任务", "完成节能减排目标", "控制在国家下达指标内"; not "完成投资任务重".
TASK: Final = re.compile(
    rf"(?P<name>[^，；：。]*?)(?P<hedge>(?:确保|力争|务必|坚决|全面|努力|如期|按期|不折不扣|高质量|圆满|按[^，；：。]{{1,10}}|较好地?)*(?:{_any('fulfil')})(?P<other>[^，；：。\d]{{0,48}}?(?:{_any('tasks')})(?:以内|之内|范围内|内)?)|(?:任务|目标|指标)(?:全面|如期)?完成)\Z"
)
# A state. Matches "生态环境质量持续改善", "进出口稳中提质"; not "持续改善民生".
STATE: Final = re.compile(
    rf"(?P<name>[^，；：。]{{2,}}?)(?P<hedge>(?:{_any('degree')})*(?:{_any('states')})(?:[、和](?:{_any('degree')})*(?:{_any('states')}))*)\Z"
)
_QUICK: Final = re.compile(rf"同步|任务|目标|指标|要求|计划|内\Z|水平\Z|于|一致|持平|衔接|相当|超过|{_any('states')}\Z")
# Where a clause's own words begin after a numeric target in it. Matches "左右、" of "增长5%左右、居民收入…".
_AFTER_NUMBER: Final = re.compile(r".*(?:[\d%‰]|左右|以上|以内|[\d%](?:万|亿)?[人元吨斤]|个百分点)[、和]", re.S)
_CLAUSES: Final = re.compile(r"[^，；：。！\n]+")
_LEAD: Final = re.compile(r"(?:(?:力争|努力|确保|争取|务必|推动|促进|保持|实现|同时|并|要|使|尽最大努力|进一步|扎实|坚持|继续|加快|建议)+)")
_TARGETS: Final = re.compile(r"目标|指标")
_OFFSET: Final = re.compile(r"(\d+(?:\.\d+)?)个百分点")


class Vague(NamedTuple):
    """A target without a number."""

    name: Name
    sign: Comparator
    hedge: str
    reference: str | None
    offset: float | None  # 高于全国0.5个百分点: 0.5
    start: int
    end: int
    rule: str


def read_vague(
    text: str, start: int, end: int, own: tuple[str, ...], carried: tuple[Name, ...], numbered: list[tuple[int, int]]
) -> list[Vague]:
    """The targets without a number in a sentence of a targets section.

    Args:
        text: the reading copy's text.
        start: first position of the sentence.
        end: the position after its last.
        own: names of the reporting place.
        carried: the names last spoken of, for a clause without its own.
        numbered: where the values of the sentence stand.
    """
    found: list[Vague] = []
    for match in _CLAUSES.finditer(text, start, end):
        clause = match.group().lstrip("—　 ")
        if len(clause) > 150 or not _QUICK.search(clause):
            continue
        at = match.end() - len(clause)
        if (cut := _AFTER_NUMBER.match(clause)) and cut.end() < len(clause):
            clause, at = clause[cut.end() :], at + cut.end()
        values = [v for v in numbered if at <= v[0] < match.end()]
        found += _clause(clause, at, bool(values), own, carried)
    return found


def _clause(clause: str, at: int, valued: bool, own: tuple[str, ...], carried: tuple[Name, ...]) -> list[Vague]:
    for rule, pattern, sign in (("sync", SYNC, "sync"), ("ref_other", REF, "ref"), ("ref_task", TASK, "ref"), ("state", STATE, "qual")):
        match = pattern.match(clause) if rule != "sync" else pattern.search(clause)
        if match is None:
            continue
        offset = _OFFSET.search(match["hedge"])
        if valued and offset is None:
            return []
        if rule in ("ref_task",) and valued:
            return []
        names = _names(match["name"], match["hedge"], rule, own, carried)
        if not names:
            continue
        parts = match.groupdict()
        reference = parts.get("other") or parts.get("like") or parts.get("last")
        begin = at + match.start() + _skip(match["name"])
        return [
            Vague(n, sign, match["hedge"], reference, float(offset[1]) if offset else None, begin, at + match.end(), rule)  # type: ignore[arg-type]
            for n in names
        ]
    return []


def _skip(name: str) -> int:
    match = _LEAD.match(name)
    return match.end() if match else 0


def _names(phrase: str, hedge: str, rule: str, own: tuple[str, ...], carried: tuple[Name, ...]) -> tuple[Name, ...]:
    core = clean(phrase[_skip(phrase) :])
    if len(core) < 2:
        if rule == "ref_task":
            return _tasked(hedge, own)
        return carried if rule in ("ref_other", "sync") else ()
    if rule == "state" and (len(core) > 40 or "与" in core or core[-1] in "的地得了着" or _VERBAL.match(core)):
        return ()
    if not name_of(core, own).subject:
        core = _TRAILING.sub("", core) or core
    if "等" in core:
        return (name_of(core, own),)
    return split_names(core, None, own) or (name_of(core, own),)


def _tasked(hedge: str, own: tuple[str, ...]) -> tuple[Name, ...]:
    """What a task is about, where the words name it inside: 完成省下达的单位生产总值能耗下降任务; none for 以下目标."""
    match = _TASKED.search(hedge)
    about = _AIMED.sub("", match["about"]) if match else ""
    if _POINTING.search(hedge) or (match and not about and not _GIVEN.search(hedge)):
        return ()
    names = split_names(about, None, own) or ((name_of(about, own),) if about else ())
    return tuple(n for n in names if n.subject) or (Name(clean(hedge), ""),)


# What a task is about, after who gave it. Matches "节能减排" of "完成省下达的节能减排任务".
_TASKED: Final = re.compile(r"(?:下达|确定|规定|要求|定|部署)的?(?:年度)?(?P<about>[^，；：。]*)\Z")
# Words of aim after the thing. Matches "下降目标任务" of "能耗下降目标任务".
_AIMED: Final = re.compile(r"(?:降低率?|下降率?|控制|削减|减排|年度|总量)*(?:约束性|预期)?(?:指标|目标|任务|要求|计划)+(?:以内|之内|内)?\Z")
# Points at goals said elsewhere. Matches "上述目标", "以下主要目标".
_POINTING: Final = re.compile(r"上述|以下|全年(?:主要)?(?:目标|任务)|各项(?:目标|任务)|年初|今后")
_GIVEN: Final = re.compile(r"下达|定|要求|节能|减排|环保|规划|考核|国家|省|市")
# What may stand after a name. Matches "目标" of "能耗强度目标", "规模" of "一般公共预算收入规模".
_TRAILING: Final = re.compile(r"(?:的?目标|规模|水平|在“?[一二三四五十]+五”?(?:规划)?期?间?内?|总体|整体|年均)\Z")


# A clause that does something rather than names a thing. Matches "深化改革"; not "生态环境质量".
_VERBAL: Final = re.compile(
    r"(?:深化|加强|加快|推进|推动|坚持|完善|健全|强化|优化|打造|建设|实施|开展|促进|落实|做好|抓好|支持|鼓励|引导|巩固|贯彻|统筹|提高|提升|扩大|增强|保障|改善|让|把|以|在|对|使|更|不|全面|着力|切实|充分|积极|大力|有效|突出|牢牢|构建|形成|发展|我们|既|这|经|通过|围绕|增进|维护|防范|化解|稳定|保持|实现|力争|努力|确保|取得|社会大局|人民|群众)"
)
