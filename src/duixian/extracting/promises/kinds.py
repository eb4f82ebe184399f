"""Which acts can be checked without a figure: milestones told by what opens a clause and by what closes it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from duixian.registry.promises import ActRule, Strength, promise_words

_WORDS: Final = promise_words()
# The words of firmness before a verb. Matches "力争", "确保", "加快推动"; each again.
MODAL: Final = re.compile(
    r"(?:力争|确保|争取|努力|力促|保证|加快推进|加快推动|积极推动|积极推进|大力推进|大力推动|推动|推进|促进|促成|加快|支持|抓好|做好|实现|全力|要|将|着力|尽快|早日|积极|重点)*"
)
# The end of a list of names. Matches "等项目", "等工程建设", "等一批重点项目"; not "平等".
AND_OTHERS: Final = re.compile(
    r"等(?!级|待|额)(?:一批|\x00|[一二两三四五六七八九十\d]+[个条座项家])*(?:重大|重点)?(?P<noun>[\u4e00-\u9fff]{0,8})\Z"
)
# A subject that nobody can name. Matches "重大项目", "更多优质企业"; not "南湖水厂项目".
GENERIC: Final = re.compile(
    r"(?:推动|推进|促进|加快|确保|一批|更多|若干|各类|各项|相关|有关|重大|重点|签约|在建|优质|新|续建|产业|投资|工业|省|市|县|区|已|的|所有|全部|大|好|建设|前期|标志性|引领性)*"
    r"(?:项目|企业|工程|政策|措施|任务|工作|成果|改革|资金|建设|要素|举措|产业|机构)(?:早日|尽快|加快|及时|如期|加速|真正|有效|全面)*\Z"
)
# A name of its own. Matches a quotation, a title, a list, a number, "二期".
NAMED: Final = re.compile(r"[“《、A-Za-z\d]|等|[一二三四五六七八九]期|[一二三四五六七八九十]号")
# Words that turn the verb before them into a qualifier. Matches "建成的", "开工后".
QUALIFIES: Final = re.compile(r"(?:的|了|后|以后|之后|率|量|面积|数|区|情况|时|为)")
# Whoever may be meant. Matches "有条件的企业", "社会力量"; not "青山钢厂".
_ANYBODY: Final = re.compile(
    r"(?:企业|机构|单位|农民|各地|县区|力量|高校|院校|群众|人员|部门|社会|资本|主体|组织|人才|乡镇|银行|大学生|公司|院所)(?:在[\u4e00-\u9fff]{1,8})?(?:联合|共同|牵头|积极)*\Z|更多|条件"
)
# Words of testing the ground: the verb after them is not promised yet. Matches "探索", "谋划"; not "研究制定".
_TENTATIVE: Final = re.compile(r"(?:探索|谋划|鼓励|引导|研究|策划|酝酿)\Z")
# Whom a policy meets. Matches "兴办工厂的投资者"; not "捐赠图书".
_WHOM: Final = re.compile(r"(?:者|人员|企业|单位|地区|部门|项目|人才|家庭)\Z")
# What is forbidden or undone. Matches "一律不得", "尚未"; not "不断".
_DENIED: Final = re.compile(r"(?:不得|不准|不许|不能|不再|严禁|禁止|停止|尚未|暂缓|不予)\Z")
# Nobody can say when it stands. Matches "文化服务体系基本", "新格局"; not "监测体系一期".
_SYSTEM: Final = re.compile(r"(?:体系|格局|局面|机制|框架)(?:基本|初步|全面)*\Z")
# Words that are carried out rather than come to stand. Matches "合作战略", "政策措施"; not "物流枢纽".
_WORDING: Final = re.compile(r"(?:战略|政策|措施|举措|精神|方案|部署)\Z")
# A way or a pace is no thing that comes to be. Matches "的步伐", "进程"; not "路程".
_PACE: Final = re.compile(r"(?:步伐|进程|力度|步子|节奏|问题)\Z")
# A place made into what it may be called. Matches "建成全国性中心"; a title that is awarded is kept: "国家环保模范城".
_AWARDED: Final = re.compile(r"(?:国家|全国|省级)(?!性|重要)[^，]{0,14}(?:城|城市|市|县|区|单位|乡镇|村)\Z")
_INTRANSITIVE: Final = frozenset(("贯通", "封顶", "通车", "竣工", "投产", "投用", "投运", "收官", "竣工投产"))
_WEAK: Final = ("推进", "促进", "推动", "加快", "支持")
# Further verbs of a list. Matches "、续建", "扩建和新建", "及改造"; not "、道路".
_MORE_VERBS: Final = re.compile(r"(?:[、和及与]?(?:新建|续建|扩建|改建|改造|完善|建设|建成|开工|投产|修建|启动|推进))+")
_LIST_MARKS: Final = ("、", "和", "及", "与")
# What an act is to serve. Matches "提供担保", "做好准备"; after "为举办运动会" the act is this, not the event.
_SERVES: Final = re.compile(r"(?:提供|做好|作好|创造|奠定|打下|打好|作出|做出|贡献|努力|准备|积蓄|注入|增添)")
# Others are to do it, if they like. Matches "吸引名企到我市"; not "支持"; the government's own help is an act.
_OTHERS: Final = re.compile(r"(?:吸引|鼓励|引导|动员|欢迎|号召|倡导)")
_TAIL_NOISE: Final = "\x00 、的"


class Milestone(NamedTuple):
    """What makes a clause checkable: where its act begins, the verb, by which rule and how firmly."""

    start: int
    verb: str
    rule: str
    strength: Strength


def milestone(masked: str, start: int, end: int, opening: int) -> Milestone | None:
    """The milestone of a clause without a figure, if it has one.

    Args:
        masked: the masked text.
        start: where the clause begins.
        end: where it ends.
        opening: where it begins after lead words.
    """
    modal = MODAL.match(masked, opening, end)
    promised = modal.end() if modal else opening
    return (
        _closed(masked, opening, promised, end)
        or _opened(masked, start, opening, promised, end)
        or _inner(masked, start, opening, promised, end)
    )


def _closed(masked: str, opening: int, promised: int, end: int) -> Milestone | None:
    """A subject with a predicate that ends the clause."""
    tail = masked[opening:end].rstrip(_TAIL_NOISE)
    match = _WORDS.close_reversed.match(tail[::-1])
    if match is None:
        return None
    verb = match.group()[::-1]
    body = tail[promised - opening : len(tail) - len(verb)]
    rule = _WORDS.closes[verb]
    if len(body) < 3 or _WORDS.vague.match(body) or GENERIC.match(body) or (rule.list_only and not NAMED.search(body)):
        return None
    if _DENIED.search(body) or (_SYSTEM.search(body) and not NAMED.search(body)):
        return None
    if rule.list_only and _WORDING.search(body):
        return None
    if (rule.firm and tail.startswith(_WEAK)) or "更多" in body or body[-1] in "的未已不待新无和及与":
        return None
    return Milestone(opening, verb, rule.name, "hard")


def _opened(masked: str, start: int, opening: int, promised: int, end: int) -> Milestone | None:
    """A verb that opens the clause, with an object."""
    for at in (opening, promised) if promised > opening else (opening,):
        match = _WORDS.act.match(masked, at, end)
        if match and (found := _judged(masked, start, opening, match, end)):
            return found
    return None


_INNER: Final = frozenset(("start", "finish", "policy", "found", "event", "honour", "complete", "pilot", "handover", "cancel", "survey"))


def _inner(masked: str, start: int, opening: int, promised: int, end: int) -> Milestone | None:
    """A verb after a phrase of place, time or actor."""
    firm = promised > opening
    if _OTHERS.match(masked, opening, end) or _OTHERS.match(masked, promised, end):
        return None
    limit = min(end, opening + (60 if firm else 32))
    for match in _WORDS.act.finditer(masked, opening + 1, limit):
        before = masked[opening : match.start()]
        if _TENTATIVE.search(before):
            return None
        if firm:
            if _ANYBODY.search(before) or match.start() - promised < 2:
                continue
        elif _WORDS.place.match(before) is None:
            continue
        if before.endswith("推"):  # "推动工业…" is no 动工
            continue
        if before.endswith("为") and _SERVES.search(masked, match.end(), end):
            continue
        found = _judged(masked, start, opening, match, end)
        if found and found.rule in _INNER and not _is_idle(found, masked[promised : match.start()] or before, masked[match.end() : end]):
            kept = opening if firm or before[0] in "在对到以将把与" else match.start()
            return found._replace(start=kept)
    return None


def _is_idle(found: Milestone, before: str, said: str) -> bool:
    """Whether a verb inside a clause promises nothing: part of a name, of a vision (把…建成…), or of those whom a policy meets."""
    if (
        (before[0] in "将把以" and found.rule != "handover" and not _AWARDED.search(said))
        or before[-1] in "和及与"
        or (found.rule == "finish" and found.verb in _INTRANSITIVE)
    ):
        return True
    return before[0] in "对以" and _WHOM.search(said) is not None


def _judged(masked: str, start: int, opening: int, match: re.Match[str], end: int) -> Milestone | None:
    verb, at = match.group(), match.end()
    if QUALIFIES.match(masked, at, end):
        return None
    if masked[at : at + 1] in _LIST_MARKS and not _MORE_VERBS.match(masked, at, end):
        return None  # "城市创建、园区建设": a noun made of the verb
    said = masked[at:end].strip(_TAIL_NOISE)
    before = masked[start : match.start()]
    for rule in _WORDS.acts[verb]:
        if verb not in rule.verbs_refuse and _fits(rule, said, before):
            return Milestone(opening, verb, rule.name, rule.strength)
    return None


def _fits(rule: ActRule, said: str, before: str) -> bool:
    if len(said) < 3 or _WORDS.vague.match(_after_verbs(said)) or _PACE.search(said):
        return False
    if rule.before_refuse and rule.before_refuse.search(before):
        return False
    if rule.refuse and rule.refuse.search(said):
        return False
    if rule.object and not rule.object.search(said):
        return False
    return not rule.built or _built(said)


def _after_verbs(said: str) -> str:
    """An object without further verbs before it: "、续建一批道路" of "新建、续建一批道路"."""
    match = _MORE_VERBS.match(said)
    return said[match.end() :] if match else said


def _built(said: str) -> bool:
    """Whether the object is a list of facilities or ends with one."""
    others = AND_OTHERS.search(said)
    core = said[: others.start()] if others else said
    if others and (not others["noun"] or _WORDS.facility.search(others["noun"])):
        return NAMED.search(core) is not None or _WORDS.facility.search(core) is not None
    return any(_WORDS.facility.search(name.rstrip(_TAIL_NOISE)) for name in re.split(r"[、和及]", core)[-2:])
