"""Binding of values to names by explicit shapes: lists, 分别, 均, levels then growths, from–to, brackets, elided subjects."""

from __future__ import annotations

import re
from typing import Final

from duixian.extracting.bound import Bound, Group, Memory
from duixian.extracting.names import Name, clean, name_of
from duixian.extracting.naming import Namer
from duixian.extracting.parts import Parts
from duixian.extracting.scopes import Scopes
from duixian.extracting.shapes import (
    BASIS,
    COUNTED_TOO,
    DATE_ENDS,
    DATED,
    DOING,
    FROM,
    GOES_ON,
    HEAD,
    JOINT,
    JOINT_VERB,
    MASK,
    MINUS,
    NO_NOUN,
    NOUN,
    PROPERTIES,
    REACHED,
    SAID_OF,
    SUMMED,
    TIMES,
    UNITS,
    alike,
    is_bounded,
    is_threshold,
    worded,
)
from duixian.extracting.tails import After, Tail, read_after, read_tail
from duixian.extracting.values import Value
from duixian.registry.indicators import indicator_table

_COUNTED: Final = frozenset(("count", "people", "households", "place", "bare", "shipping", "visits"))
_PASSABLE: Final = frozenset(("money", "usd", "bare"))  # 过千亿元 is above it, 通过5项 is not
_AVERAGED: Final = frozenset(("pm25", "good_air"))  # 11个设区市PM2.5平均浓度 is the place's own
_STRETCH: Final = re.compile(r"力争|争取|冲刺|奋力|努力|力求|挑战|更好")
_CREATED: Final = frozenset(("新增", "建成", "净增", "完成", "实现", "拥有", "有", "共有", "达成"))
_SPREADS: Final[dict[str, bool]] = {"突破": True, "超过": True}
_COUNTABLE: Final = frozenset(("single", "elided", "unnamed", "list_one_name", "clause_before"))
_LISTED: Final = frozenset("、和及与")
_OPENERS: Final = frozenset("，；：。\n")
_PERSONS: Final = frozenset(("people", "households"))


class Binder:
    """Binds the values of one report, sentence by sentence.

    Args:
        text: the reading copy's text.
        masked: the same with brackets and insertions blanked out.
        scopes: the reporting place, its names and parts.
    """

    def __init__(self, text: str, masked: str, scopes: Scopes) -> None:
        self.text = text
        self.masked = masked
        self._back = masked[::-1]
        self._plain_back = text[::-1] if masked != text else self._back
        self.size = len(text)
        self.own = scopes.own
        self.memory = Memory(scopes.own)
        self.namer = Namer(masked, scopes.own, self.memory)
        self.parts = Parts(text, masked, scopes)

    def sentence(self, start: int, end: int, values: list[Value], paragraph: bool) -> list[Bound]:
        """The bound values of the sentence at ``start:end``.

        Args:
            start: first position of the sentence.
            end: the position after its last.
            values: its values, in order.
            paragraph: whether the sentence opens a paragraph, which ends what was spoken of.
        """
        memory = self.memory
        passed = memory.enter(self.masked, paragraph)
        self.namer.enter(start, end)
        self.parts.enter(start, end, start if paragraph or passed < 0 else passed, new=paragraph, stale=memory.age > 1)
        bound: list[Bound] = []
        inner = [v for v in values if self.masked[v.start] == "\x00"]
        outer = [v for v in values if self.masked[v.start] != "\x00"] if inner else values
        for group in self._groups(outer, start):
            bound += self._bind(group, start, end)
        if inner:
            held = memory.last, memory.last_start
            for value in inner:
                bound += self._inner(value, start, end, bound)
            memory.last, memory.last_start = held
        memory.leave(self.masked, start, end)
        return bound

    def pass_over(self, start: int, end: int) -> None:
        """Take note of a sentence without values: later ones may lean on its words.

        Args:
            start: first position of the sentence.
            end: the position after its last.
        """
        self.memory.pass_over(start, end)

    def _groups(self, values: list[Value], start: int) -> list[Group]:
        """Runs of values with nothing but separators between them; each with what follows it and where its lead begins."""
        groups: list[Group] = []
        previous_end, separate = start, False
        for value in values:
            after = read_after(self.text, value.end)
            gap = self.masked[previous_end : value.start]
            joined = bool(groups) and len(gap) < 12 and (JOINT.match(gap) is not None or (separate and JOINT_VERB.match(gap) is not None))
            if joined and not separate and REACHED.match(gap) and alike(groups[-1][-1][0], value):
                joined = False  # 突破6000亿元、达6469亿元 says one thing twice
            joined = joined or (bool(groups) and gap == "：" and value.kind == "ratio")
            if joined and not separate and not alike(groups[-1][-1][0], value):
                joined = False
            if joined:
                groups[-1].append((value, after, previous_end))
            else:
                groups.append([(value, after, previous_end)])
                separate = "分别" in gap
            previous_end = after.end
        return groups

    def _bind(self, group: Group, start: int, end: int) -> list[Bound]:
        value, _, lead = group[0]
        minus = value.start - lead > 1 and self.masked[value.start - 1] == "—" and MINUS.match(self.masked, value.start - 2) is not None
        tail = read_tail(self._back, self.size, value.start - minus)
        if tail.hedge == "过" and UNITS.worth(value.unit).kind not in _PASSABLE:
            tail = tail._replace(start=tail.start + 1, sign="=", hedge=None) if not tail.verb else tail._replace(sign="=", hedge=None)
        if tail.hedge == "上" and self.masked.startswith("基础", tail.start - 2):
            tail = tail._replace(sign="=", hedge=None)
        if minus and tail.direction is None:
            tail = tail._replace(direction="down")
        if tail.start < lead:
            tail = tail._replace(start=lead)
        elif self.masked[value.start - 1] in DATE_ENDS and (d := DATED.search(self.masked, max(lead, value.start - 14), value.start)):
            tail = read_tail(self._back, self.size, d.start())
            tail = tail._replace(start=max(lead, tail.start), reaches=tail.reaches or d.group()[0] in "到至")
        span = HEAD.match(self._back, self.size - tail.start)
        head_start = max(lead, tail.start - (span.end() - span.start() if span else 0))
        head = self.masked[head_start : tail.start].replace("\x00", "")
        origin = FROM.search(head)
        if origin:
            head = head[: origin.start()]
        names, rule, at = self.namer.names(head, head_start, tail, group)
        if head and SUMMED.search(self.masked[max(start, head_start - 6) : head_start] + head[:2]):
            names = tuple(n if n.subject in _AVERAGED else n._replace(subject="") for n in names)  # 山区5县生产总值
        part, beside = self.parts.of(head, head_start, names)
        bound = self._spread(group, tail, names, rule, at, bool(origin), end, head)
        return [b._replace(part=part, beside=beside) for b in bound] if part or beside else bound

    def _spread(
        self,
        group: Group,
        tail: Tail,
        names: tuple[Name, ...],
        rule: str,
        at: int,
        origin: bool,
        end: int,
        head: str,
    ) -> list[Bound]:
        """One bound value for each value of the group, or for each name of a single value."""
        memory = self.memory
        last_after = group[-1][1]
        bare_list = len(group) > 1 and all(a.hedge is None for _, a, _ in group[:-1])
        out: list[Bound] = []
        stretch = rule == "elided" and bool(memory.said) and _STRETCH.search(tail.adverbs) is not None
        if stretch and tail.direction is None and memory.tail is not None:
            tail = tail._replace(direction=memory.tail.direction, reaches=memory.tail.reaches, verb=memory.tail.verb)
        for i, (value, after, lead) in enumerate(group):
            mine = tail
            if i:
                own = read_tail(self._back, self.size, value.start)
                mine = tail._replace(sign=own.sign, hedge=own.hedge) if own.hedge else tail
                if own.verb and own.start > lead - 1 and own.direction:
                    mine = mine._replace(verb=own.verb, direction=own.direction)
                if not own.hedge and tail.hedge and _SPREADS.get(tail.hedge, True) is False:
                    mine = mine._replace(sign="=", hedge=None)
            shared = bare_list and after.hedge is None and last_after.hedge is not None and tail.hedge is None
            used = last_after._replace(end=after.end) if shared else after
            threshold = is_threshold(self.text, value) or (tail.sign in (">=", "<=") and not i and is_bounded(self.text, value))
            chosen = names if len(group) == 1 else ((names[i],) if len(names) == len(group) else names[-1:])
            for name in chosen:
                counted = self._counted(value, after, tail, name, end, rule, head) if rule in _COUNTABLE else None
                if origin and worded(clean(head)):
                    counted = None  # 机构由85个减为26个
                if (
                    threshold
                    and (rule == "elided" or not name.text or name.text[-1] in "对为给向")
                    and (noun := NOUN.match(self.text, after.end, end))
                ):
                    counted = Name(noun["noun"], "")
                out.append(
                    Bound(
                        value,
                        used,
                        mine,
                        counted or name,
                        at,
                        "noun_after" if counted else rule,
                        origin,
                        shared,
                        threshold,
                        stretch and counted is None,
                    )
                )
        if out and out[-1].threshold and (noun := NOUN.match(self.text, group[-1][1].end, end)):
            names = (Name(clean(self.text[max(at, 0) : noun.end("noun")])[-24:], ""),)  # 年纳税200万元以上的企业，由9户增加到12户
        memory.remember(out, names, rule, at, tail)
        return out

    def _counted(self, value: Value, after: After, tail: Tail, name: Name, end: int, rule: str, head: str) -> Name | None:
        """The noun after a counted value."""
        kind = UNITS.worth(value.unit).kind
        if kind == "percent" and self.masked.startswith("的", after.end) and not tail.direction:
            kind = "count"
        elif self._is_done(tail, name, rule, head, kind) and kind not in ("percent", "spell"):
            return self._noun(after.end, end)  # 开工建设500千伏输变电工程
        elif rule in ("unnamed", "elided", "clause_before") and tail.verb in _CREATED and kind != "percent":
            return self._noun(after.end, end)  # 新增100万千瓦可再生能源装机
        if rule == "clause_before" and kind in _PERSONS and (said := self._said_of(value, after, tail)):
            return said  # 脱贫攻坚成效明显，12万人纳入保障范围
        if kind not in _COUNTED or value.kind in ("rank", "ratio") or (name.subject and self._measures(name, kind, rule)):
            return None
        found = self._noun(after.end, end)
        if found is None and kind in _PERSONS and rule in ("elided", "unnamed"):
            return self._said_of(value, after, tail)
        return found

    def _is_done(self, tail: Tail, name: Name, rule: str, head: str, kind: str) -> bool:
        """Whether the words before a value say what is done, or end a list, so that the thing itself stands behind it."""
        if tail.verb or tail.adverbs or rule not in ("single", "elided", "unnamed", "clause_before"):
            return False
        before = TIMES.sub("", self.masked[max(0, tail.start - 5) : tail.start])
        opening = kind not in _COUNTED and not head and (tail.start == self.namer.start or before[-1:] in _OPENERS) and not tail.hedge
        if before[-1:] in _LISTED or before.endswith(("年产", "日产")) or opening:
            return True  # 60万吨乙烯项目通过评审
        return not (name.subject and rule == "single") and DOING.match(TIMES.sub("", head)) is not None

    def _measures(self, name: Name, kind: str, rule: str) -> bool:
        """Whether a name with a subject may be what a counted value measures, rather than the noun behind the value."""
        fits = indicator_table().measure(name.subject, kind, False)
        if kind == "count":
            return fits is not None and fits.headline
        return (fits is not None and kind != "bare") or rule not in ("elided", "clause_before")

    def _said_of(self, value: Value, after: After, tail: Tail) -> Name | None:
        """What is said of people whose number opens the clause: 50万人纳入最低生活保障."""
        if tail.verb or self.text[tail.start - 1 : tail.start] not in ("，", "；", "。", "\n", "：", "户", ""):
            return None
        again = COUNTED_TOO.match(self.masked, after.end)
        match = SAID_OF.match(self.masked, again.end() if again else after.end)
        return Name(match.group(), "") if match else None

    def _noun(self, at: int, end: int) -> Name | None:
        if self.masked.startswith("\x00", at) and (mask := MASK.match(self.masked, at)):
            at = mask.end()
        if again := COUNTED_TOO.match(self.masked, at):
            at = again.end()
        if NO_NOUN.match(self.masked, at):
            return None
        match = NOUN.match(self.masked, at, end)
        if match is None:
            return None
        noun = match["noun"]
        if len(noun) == 1 and self.masked.startswith("\x00", match.end()) and (mask := MASK.match(self.masked, match.end())):
            rest = None if NO_NOUN.match(self.masked, mask.end()) else NOUN.match(self.masked, mask.end(), end)
            return Name(noun + (rest["noun"] if rest else ""), "")  # 小（二）型水库
        if (listed := PROPERTIES.match(self.masked, match.end())) and (rest := NOUN.match(self.masked, listed.end(), end)):
            return Name(rest["noun"], "")
        if (more := GOES_ON.match(self.masked, match.end())) and (rest := NOUN.match(self.masked, more.end(), end)):
            closed = rest.end() == end or self.masked[rest.end()] in "，。；、：）\n"
            noun += "的" + rest["noun"] if closed else ""  # 产值倍增的科技型企业
        return Name(noun.strip("“”"), "")

    def _inner(self, value: Value, start: int, end: int, bound: list[Bound]) -> list[Bound]:
        """A value in a bracket or an insertion: its own name inside, else the name of the value before the bracket."""
        after = read_after(self.text, value.end)
        tail = read_tail(self._plain_back, self.size, value.start)
        span = HEAD.match(self._plain_back, self.size - tail.start)
        opening = MASK.match(self._back, self.size - value.start)
        floor = value.start - (opening.end() - opening.start() if opening else 0)
        head = self.text[max(floor, tail.start - (span.end() - span.start() if span else 0)) : tail.start].lstrip("在（")
        at = tail.start - len(head)
        previous = [b for b in bound if b.value.end <= value.start]
        core = clean(head)
        if worded(core) and not BASIS.search(head):
            name = name_of(head, self.own)
            return [Bound(value, after, tail, name, at, "bracket", bracket=True, threshold=is_threshold(self.text, value))]
        if previous:
            return [Bound(value, after, tail, previous[-1].name, at, "bracket_basis", bracket=True)]
        return [Bound(value, after, tail, Name(core, ""), at, "bracket", bracket=True)]
