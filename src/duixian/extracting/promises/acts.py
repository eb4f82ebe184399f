"""Acts: every clause of a stretch cut at its own predicates, typed, and joined with what only continues it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from duixian.extracting.promises.clauses import Clause, clauses
from duixian.extracting.promises.kinds import MODAL, Milestone, milestone
from duixian.registry.promises import Strength, promise_words

_WORDS: Final = promise_words()
Kind = Literal["quantified", "milestone", "qualitative"]
# Two-digit growth is a figure without a number. Matches "两位数增长", "保持两位数以上增速"; not "两位同志".
# Where something stands first in mind, not in rank. Matches "把质量放在首位"; not "跃居全省首位".
_IN_MIND: Final = re.compile(r"[放摆]在[^，]{0,12}\Z|置于[^，]{0,12}\Z")
TWO_DIGITS: Final = re.compile(r"[两双]位数(?:以上)?(?:的)?(?:增长|增速|增幅)|增长[两双]位数")
# The people as such, not a number of persons who get something. Matches "三千万人民", "14亿中国人"; not "30万人", "2亿农民工".
_PEOPLE: Final = re.compile(
    r"[\d.近上一二三四五六七八九十百千多余]+[万亿](?:多|余)?(?:各族|全国|全省|全市|全区|全县|中国|勤劳)*(?:人民|民族|人口的|同胞|中国人|儿女|父老)|[\d.近上十]+亿(?:多|余)?(?:人口|农民)的|[五\d十六]{2,3}个(?:兄弟)?民族"
)
# Numbers that are names, of roads and of services. Matches "209绕城线", "312国道", "24小时在线服务"; not "3条国道".
_ROUTE: Final = re.compile(r"\d+小时(?:在线|过境|免签|不打烊|服务|自助|生活圈|经济圈|交通圈|通勤圈)|\d{3}(?:国道|省道|县道|绕城|线|高速)")
# Both sides of a matter, or most of the people. Matches "两手抓", "正反两面", "百分之九十五以上的人民", "四分之一世纪"; not "两头牛".
_SIDES: Final = re.compile(
    r"[^，。；]{1,9}世纪|[^，。；]{2,9}以上的(?:人民|群众|干部|党员)|[两二三四](?:手|头)(?:[都抓，。；、]|\Z)|[两二]面(?:[的，。；、]|\Z)"
)
# A predicate whose subject stands before it. Matches "比上年增长5%", "年均分别增长", "要达到"; not "增加投资".
_PREDICATE: Final = re.compile(
    r"(?:今年)?(?:要|必须|应当|力争|争取)?(?:比|较)[^，]{1,12}?(?:增|提|减|下|降|翻|上)|(?:年均|均|平均)?分别(?:增|提|下|降|达)|(?:要求|要|必须|应当|应|必须要)(?:达到|控制在|保持在)"
)
# What those counted come to. Matches "2个县跻身百强", "3家企业上市"; not "200家".
_HONOURED: Final = re.compile(r"跻身|进入|挺进|获批|创成|入选|通过|上市|建成|开工|竣工|投产")
# A stretch without a number or a subject. Matches "力争实现两位数增长"; not "工业保持两位数增长".
_STRETCHED: Final = re.compile(r"(?:力争|争取|确保|努力)?(?:实现|保持|达到|突破)?[两双]位数(?:以上)?(?:的)?(?:增长|增速|增幅)?")
# To what a figure is changed. Matches "调整为13%", "提高到100元"; not "提高补助".
_ONWARD: Final = re.compile(r"(?:调整|提高|增加|扩大|上升|降低|下降|减少|压减|缩短)(?:到|至|为)(?:约|近)?[\d一二三四五六七八九十百]")
# Slogans of numerals in turn. Matches "三支两军", "两免一补"; not "三百二十", "五年三次".
_SLOGAN: Final = re.compile(r"[一二两三四五六七八九十](?![百千万亿十点分零年月日天])[\u4e00-\u9fff][一二两三四五六七八九十][\u4e00-\u9fff]")
# Names of places that begin like a count. Matches "七里河", "五里牌", "七道湾"; not "七里长", "两家店铺".
_PLACE: Final = re.compile(
    r"[一二三四五六七八九十]+(?:里(?:河|牌|店|铺|堡|墩|桥|坡|塘|沟|庙|岗|亭|山)|[道门棵](?:湾|河|沟|岭|峡|桥|口|子|树|坎))"
)
# The head of a list of what is done. Matches "已建成的有", "已经完成"; not "已确定的项目".
_DONE: Final = re.compile(r"已经?(?:建成|完成|投产|开工|竣工|形成|取得|达到)")
# A size that things must have. Matches, after "一批年收入超100亿元", "的企业"; not the end of a clause.
_OF_SIZE: Final = re.compile(r"(?:以上|以下)?(?:、[^，、]{1,12})?的[\u4e00-\u9fff]")
# What is aimed at. Matches "目标", "任务", "计划要求".
_AIMED: Final = re.compile(r"目标|任务|计划|指标|预期|安排|要求|打算")
# What ought to be done with what was named. Matches "要抓紧施工", "今年必须普及"; not "面向社会".
_OUGHT: Final = re.compile(r"(?:今年|年内|年底前)?(?:要|必须|应|将|全部|一律|力争|争取|确保)")
_NAMES: Final = 3  # so many characters after a number name what is counted
_SUBJECT: Final = 32  # the most characters of a clause that only names a subject
_MONEY: Final = re.compile(r"[%‰元]|百分点")
_AIMS: Final = ("围绕", "聚焦", "瞄准", "紧扣", "立足", "按照", "根据", "针对", "依托")  # a clause that opens with one names an aim
_AIM_ENDS: Final = ("目标", "任务", "要求", "部署", "主题", "主线", "战略", "定位", "思路")
_COORDINATE: Final = re.compile(r"、|并|和")
_NO_OBJECT: Final = ("", "、", "和", "的", "，", "及", "与", "并")
_MIN_OBJECT: Final = 3
_LOOSE: Final = ("个", "大", "项", "条", "种", "场")  # classifiers that also count abstract things
_NOUN_REACH: Final = 16
_NUMERALS: Final = "零一二三四五六七八九十百千两〇"
_LONG: Final = 60  # a clause of more characters is no mere end of a list


class Value(NamedTuple):
    """A measured value inside a stretch."""

    start: int
    end: int
    unit: str
    target: bool


class Act(NamedTuple):
    """A promised act; positions are in the stretch."""

    start: int
    end: int
    kind: Kind
    rule: str
    strength: Strength
    clause: Clause  # the clause it begins in
    verb: str


class ActFinder:
    """Finds the acts of one stretch.

    Args:
        masked: the stretch, masked.
        values: its measured values in order.
    """

    def __init__(self, masked: str, values: Sequence[Value]) -> None:
        self.masked = masked
        self.values = [v for v in values if v.target]
        self._starts = [v.start for v in self.values]
        self._states = [m.start() for m in _WORDS.state.finditer(masked)]
        self._relatives = [m.start() for m in _WORDS.relative.finditer(masked)]
        self._abroad = [m.start() for m in _WORDS.abroad.finditer(masked)]
        self._grows = "位数" in masked  # a figure without a number may be there

    def find(self, start: int, end: int) -> list[Act]:
        """The acts between two positions, in order.

        Args:
            start: where to begin.
            end: where to stop.
        """
        out: list[Act] = []
        before: Clause | None = None
        stated = -1  # the sentence whose last clause said what is
        bare: Clause | None = None  # the clause before, where it only names so many things
        listed = start  # to where a list of what is goes on
        for clause in clauses(self.masked, start, end):
            if clause.start < listed or (self._abroad and self._of_others(clause)):
                continue
            opening = self._opening(clause.start, clause.end)
            if out and before is not None and before.sentence == clause.sentence and out[-1].end >= before.end - 1:
                self._turn(out, clause)
            elif bare is not None and bare.sentence == clause.sentence and bare.end >= clause.start - 1:
                opening = self._opening(bare.start, bare.end) if _OUGHT.match(self.masked, opening, clause.end) else opening
            if _any(self._states, clause.start, clause.end):
                stated = clause.sentence
                if clause.stop == "：" and _DONE.search(self.masked, clause.start, clause.end):
                    listed = _sentence(self.masked, clause.start, clause.end)[1]
            elif stated == clause.sentence and self._goes_on(clause, opening):
                continue
            else:
                stated = -1
            last = out[-1] if out and before is not None and before.sentence == clause.sentence and out[-1].end >= before.end - 1 else None
            if last is not None and clause.stop == "：" and self.masked.endswith("其中", clause.start, clause.end):
                out[-1] = last._replace(end=clause.end)  # "其中：…": its parts follow
            elif last is not None and (self._continues(last, clause, opening) or self.masked.startswith("其中：", last.end - 2)):
                out[-1] = last._replace(end=clause.end)
            elif opening < clause.end:
                found = self._acts(clause, self._subject(before, clause) if self._lacks_subject(clause, opening) else opening)
                bare = clause if last is None and clause.stop == "，" and self._bare(found) else None
                out += () if bare else found
            before = clause
        return out

    def _bare(self, found: Sequence[Act]) -> bool:
        """Whether a clause only names so many things, of which the next one speaks: "全县12个乡镇的公路，要…"."""
        if len(found) != 1 or found[0].kind != "quantified":
            return False
        start, end = found[0].start, found[0].end
        values = self._inside(start, end)
        if not values or end - values[-1].end < _NAMES or _MONEY.search(values[-1].unit):
            return False
        return not self._acts_on(start, end) and not _WORDS.exhort.search(self.masked, start, end)

    def _of_others(self, clause: Clause) -> bool:
        """Whether a clause's sentence speaks of other states."""
        start, end = _sentence(self.masked, clause.start, clause.end)
        return _any(self._abroad, start, end)

    def _turn(self, out: list[Act], clause: Clause) -> None:
        """Takes back an act that the next clause shows to be only supposed, or only spoken of."""
        supposed = out[-1].kind != "qualitative" and _WORDS.supposes.match(self.masked, clause.start, clause.end)
        if supposed or (out[-1].kind == "milestone" and _WORDS.speaks_of.match(self.masked, clause.start, clause.end)):
            out.pop()

    def _lacks_subject(self, clause: Clause, opening: int) -> bool:
        """Whether a clause with a figure begins with its predicate: "比上年增长5%", "必须达到90%"."""
        return _PREDICATE.match(self.masked, opening, clause.end) is not None and bool(self._inside(clause.start, clause.end))

    def _subject(self, before: Clause | None, clause: Clause) -> int:
        """Where the short clause begins that names what this one speaks of ("工业总产值，比上年增长5%"), else its own beginning."""
        masked = self.masked
        own = self._opening(clause.start, clause.end)
        if before is None or before.sentence != clause.sentence or before.stop != "，" or before.end - before.start > _SUBJECT:
            return own
        start = self._opening(before.start, before.end)
        if before.end - start < 2 or self._inside(start, before.end):
            return own
        verbs = (_WORDS.opens, _WORDS.act, _WORDS.exhort, _WORDS.background, _WORDS.never)
        if any(p.match(masked, start, before.end) for p in verbs) or _WORDS.inside.search(masked, start, before.end):
            return own
        return start

    def _opening(self, start: int, end: int) -> int:
        match = _WORDS.lead.match(self.masked, start, end)
        return match.end() if match else start

    def _inside(self, start: int, end: int) -> list[Value]:
        first = bisect_left(self._starts, start)
        return self.values[first : bisect_left(self._starts, end)]

    # -- one clause ------------------------------------------------------------------------------------------------
    def _acts(self, clause: Clause, opening: int) -> list[Act]:
        cuts = [opening, *self._cuts(opening, clause.end), clause.end]
        out: list[Act] = []
        for i, (a, b) in enumerate(pairwise(cuts)):
            start = a if i == 0 else _after_mark(self.masked, a)
            act = self._act(clause, clause.start if i == 0 else start, start, b)
            if act is not None:
                out.append(act)
        return out

    def _act(self, clause: Clause, start: int, opening: int, end: int) -> Act | None:
        masked = self.masked
        if masked.count("“", opening, end) > masked.count("”", opening, end):  # a citation that goes on
            return None
        trimmed = end
        while trimmed > opening and masked[trimmed - 1] in " 、—":
            trimmed -= 1
        if self._figure(opening, end):
            return Act(opening, trimmed, "quantified", "figure", self._strength(opening, end, "hard"), clause, "")
        if trimmed - opening < 5 or clause.stop == "：":
            return None
        found = milestone(masked, start, end, opening)
        if found is None and _any(self._relatives, opening, end) and not _any(self._states, opening, end):
            found = Milestone(opening, "", "relative", "hard")
        if found is not None and (_WORDS.past.search(masked, start, end) or self._argues(opening, end)):
            return None
        if found is not None:
            return Act(found.start, trimmed, "milestone", found.rule, self._strength(opening, end, found.strength), clause, found.verb)
        match = _WORDS.exhort.match(masked, opening, end)
        if match is None:
            return None
        return Act(opening, trimmed, "qualitative", "exhortation", self._strength(opening, end, "process"), clause, match.group())

    def _figure(self, opening: int, end: int) -> bool:
        """Whether a clause promises a figure: one of its own, not one of the background it names."""
        masked = self.masked
        values = [v for v in self._inside(opening, end) if masked[v.start] != "\x00" and not self._talks(v, end)]
        if not values and not (self._grows and TWO_DIGITS.search(masked, opening, end)):
            return False
        if _any(self._states, opening, end) or self._argues(opening, end):
            return False
        background = _WORDS.background.match(masked, opening, end)
        if background is None:
            return True
        if background.group() in _AIMS and masked[opening:end].endswith(_AIM_ENDS):
            return False
        start = values[-1].start if values and background.group() == "对" else background.end()
        return self._acts_on(start, end, nouns=background.group() not in _AIMS)

    def _argues(self, opening: int, end: int) -> bool:
        """Whether a clause only argues, supposes or names a condition."""
        return _WORDS.never.match(self.masked, opening, end) is not None or _WORDS.condition.search(self.masked[opening:end]) is not None

    def _acts_on(self, start: int, end: int, nouns: bool = True) -> bool:
        """Whether a verb of doing or reaching stands in a stretch; at its end a noun made of a verb is one where ``nouns``."""
        words, masked = _WORDS, self.masked
        if not nouns and (noun := words.nominal.search(masked[start:end])):
            end = start + noun.start()
        return any(p.search(masked, start, end) for p in (words.opens, words.reaches, words.inside, words.act, words.nominal))

    def _talks(self, value: Value, end: int) -> bool:
        """Whether a number promises nothing: heads of talk ("四个方面"), a base ("每100公斤"), a place in mind ("放在首位")."""
        masked = self.masked
        if masked[value.start - 1 : value.start] == "每" or masked.startswith("亿万", value.start):
            return True
        if any(masked.rfind(a, 0, value.start) > masked.rfind(b, 0, value.start) for a, b in ("“”", "《》")):
            return True
        if any(p.match(masked, value.start, end) for p in (_PEOPLE, _SIDES, _ROUTE, _SLOGAN, _PLACE)) or self._is(value):
            return True
        if value.unit == "位" and (
            masked[value.end : value.end + 1] == "的" or _IN_MIND.search(masked, max(0, value.start - 16), value.start)
        ):
            return True
        if "一批" in masked[max(0, value.start - 16) : value.start] and _OF_SIZE.match(masked, value.end, end):
            return True
        after = _after_count(masked, value)
        if masked[value.start].isdigit():
            return _WORDS.talk_always.match(masked, after, end) is not None
        if _WORDS.talk.match(masked, after, end):
            return True
        small = after - value.start <= 2 and masked[after : after + 1] in _LOOSE
        return small and _WORDS.concrete.search(masked, after, min(end, after + _NOUN_REACH)) is None

    def _is(self, value: Value) -> bool:
        """Whether a number is only said to be so ("日产量是九十万吨"), not aimed at ("目标是5%")."""
        before = self.masked[max(0, value.start - 24) : value.start]
        return before.endswith("是") and before[-2:-1] not in _NUMERALS and _AIMED.search(before) is None

    def _strength(self, opening: int, end: int, default: Strength) -> Strength:
        match = _WORDS.strength.match(self.masked, opening, end)
        return _WORDS.strengths[match.group()] if match else default

    # -- cutting inside a clause -----------------------------------------------------------------------------------
    def _cuts(self, opening: int, end: int) -> list[int]:
        """Positions of the marks inside a clause after which a new act begins."""
        masked = self.masked
        if masked.find("、", opening + 4, end) < 0 and len(self._inside(opening, end)) < 2:
            return []
        head = _WORDS.under.search(masked, opening, _found(masked, "、", opening, end)) is not None
        apart = masked.find("分别", opening, end) >= 0
        cuts: list[int] = []
        last = opening
        for match in _COORDINATE.finditer(masked, opening + 4, end):
            at = match.start()
            if self._opens(last, at, match.end(), end, weak=match.group() != "、") or (
                match.group() == "、" and not head and not apart and self._own_level(last, at, match.end(), end)
            ):
                cuts.append(at)
                last = match.end()
        return cuts

    def _opens(self, start: int, at: int, next_start: int, end: int, weak: bool) -> bool:
        """Whether a verb with an object of its own follows the mark, after a complete act; a weak mark (和, 并) needs two figures."""
        masked = self.masked
        verb = _WORDS.opens.match(masked, next_start, end)
        while verb and masked[verb.end() : verb.end() + 1] == "、" and (more := _WORDS.opens.match(masked, verb.end() + 1, end)):
            verb = more  # "新建、续建…": several verbs before one object
        if verb is None or masked[verb.end() : verb.end() + 1] in _NO_OBJECT:
            return False
        after = end if weak else _found(masked, "、", verb.end(), end)
        here, there = bool(self._inside(start, at)), bool(self._inside(next_start, after))
        if weak or (here and there):
            return here and there
        begin = _skip_modal(masked, start, at)
        first = _WORDS.opens.match(masked, begin, at) or _WORDS.act.match(masked, begin, at)
        if first is None or min(at - first.end(), end - verb.end()) < _MIN_OBJECT:
            return False
        return here or there or any(milestone(masked, a, b, a) is not None for a, b in ((next_start, end), (start, at)))

    def _own_level(self, start: int, at: int, next_start: int, end: int) -> bool:
        """Whether the next part of a list has a subject and a level of its own, after a part that is complete."""
        masked = self.masked
        stop = _found(masked, "、", next_start, end)
        values = self._inside(next_start, stop)
        if not values:
            return False
        level = _WORDS.level.search(masked, next_start, min(values[0].end, end))
        if level is None:
            shares = masked[next_start : next_start + 1].isdigit() and masked.find("%的", next_start, stop) >= 0
            return shares and bool(self._inside(start, at)) and _WORDS.reaches.search(masked, start, at) is not None
        if level.start() - next_start < 2 or _WORDS.thin.match(masked, next_start, level.start()):
            return False
        if self._inside(start, at):
            return _WORDS.level.search(masked, start, at) is not None or _WORDS.opens.match(masked, start, at) is not None
        first = _WORDS.act.match(masked, start, at)
        return first is not None and at - first.end() >= 4 and milestone(masked, start, at, start) is not None

    # -- joining clauses -------------------------------------------------------------------------------------------
    def _goes_on(self, clause: Clause, opening: int) -> bool:
        """Whether a clause goes on saying what is: no verb of doing opens it."""
        if _WORDS.continues.match(self.masked, clause.start, clause.end):
            return True
        at = _skip_modal(self.masked, opening, clause.end)
        return at == opening and not any(p.match(self.masked, at, clause.end) for p in (_WORDS.opens, _WORDS.act, _WORDS.exhort))

    def _continues(self, last: Act, clause: Clause, opening: int) -> bool:
        """Whether a clause only goes on with the act before it: 其中…, a growth without a subject, one more thing and its count."""
        masked = self.masked
        if _WORDS.and_more.match(masked, clause.start, clause.end) and clause.end - clause.start < _LONG:
            return True
        if last.kind != "quantified":
            return False
        values = self._inside(clause.start, clause.end)
        if not values:
            return _STRETCHED.fullmatch(masked, clause.start, clause.end) is not None
        if _WORDS.continues.match(masked, clause.start, clause.end):
            return not (masked[clause.start].isdigit() and self._own_predicate(clause))
        if masked.startswith("其中", opening) or _ONWARD.match(masked, opening, clause.end):
            return True
        return len(values) == 1 and self._one_more(last, clause, opening, values[0])

    def _own_predicate(self, clause: Clause) -> bool:
        """Whether a clause that begins with a number says something of what it counts: "90%的村达到…", "300人搬迁"."""
        masked = self.masked
        if masked.find("%的", clause.start, clause.end) >= 0 or _WORDS.reaches.search(masked, clause.start, clause.end):
            return True
        if _HONOURED.search(masked, clause.start, clause.end):
            return True
        return _WORDS.nominal.search(masked[clause.start : clause.end]) is not None

    def _one_more(self, last: Act, clause: Clause, opening: int, value: Value) -> bool:
        masked = self.masked
        mine = self._inside(last.start, last.end)
        if _MONEY.search(value.unit) or not mine or _MONEY.search(mine[-1].unit):
            return False
        if clause.end - value.end > 3 or last.end - mine[-1].end > 3:
            return False
        if _WORDS.close_reversed.match(masked[opening : clause.end][::-1]) or _WORDS.inside.search(masked, opening, value.start):
            return False
        if _WORDS.exhort.match(masked, opening, value.start) or _WORDS.level.search(masked, opening, value.end):
            return False
        noun = _WORDS.nominal.search(masked[opening : value.start])
        if noun is None:
            return True
        return masked.startswith(("完成", "全面完成"), last.start) and masked[last.start : mine[-1].start].endswith(noun.group())


def _after_count(masked: str, value: Value) -> int:
    """The position after a numeral, before its classifier."""
    at = value.start
    while at < value.end and (masked[at] in _NUMERALS or masked[at].isdigit()):
        at += 1
    return at


def _sentence(masked: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around a stretch."""
    first = max(masked.rfind(mark, 0, start) for mark in "。！？\n") + 1
    last = min((at for mark in "。！？\n" if (at := masked.find(mark, end)) >= 0), default=len(masked))
    return first, last


def _any(starts: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted positions lies in a stretch."""
    i = bisect_left(starts, start)
    return i < len(starts) and starts[i] < end


def _found(text: str, mark: str, start: int, end: int) -> int:
    """Where a mark stands, the end where it does not."""
    at = text.find(mark, start, end)
    return end if at < 0 else at


def _after_mark(masked: str, at: int) -> int:
    return at + 1 if masked[at] in "、并和" else at


def _skip_modal(masked: str, start: int, end: int) -> int:
    modal = MODAL.match(masked, start, end)
    return modal.end() if modal else start
