"""The names of a group of values: said before them, spread over a list, or left out and found in what was spoken of before."""

from __future__ import annotations

import re
from typing import Final

from duixian.extracting.bound import Group, Memory
from duixian.extracting.names import Name, clean, is_thin, name_of, split_names
from duixian.extracting.shapes import CROSSING, EVERY, HEAD, MEASURE, OF_PLAN, OPENS, RANKING, RATE, UNITS, distinct, each_has, worded
from duixian.extracting.tails import Tail
from duixian.registry.indicators import indicator_table, normal

Named = tuple[tuple[Name, ...], str, int]  # the names, the rule that found them, where they begin
# A year's growth without a name, under a head that speaks of the economy. Matches "全年增长", "比上年增长"; "经济发展" of the head.
_YEARLY: Final = re.compile(r"(?:全年|比上年|同比)(?:同比|预计|比上年)?增长")
_ECONOMY: Final = re.compile(r"经济(?:发展|增长|运行|总量|大盘)")
_CLAUSE: Final = re.compile(r"[，；：、]")
_STOPPED: Final = re.compile(r"[，；：]")
_OPENING: Final = 48  # a clause of more characters is no list of names with a predicate
_HELD: Final = (
    "占",
    "高于",
    "低于",
    "快于",
    "慢于",
    "高出",
    "超过",
    "好于",
    "优于",
    "领先",
    "比全国",
    "比全省",
    "比全市",
    "比全区",
    "比国家",
    "比计划",
    "比预期",
)  # a name that begins so leans on the one before


# What was new of a stock. Matches "新认定" of "新认定企业".
_NEWLY: Final = re.compile(r"\A(?:新增|新认定|新建|新培育|新引进|净增)")
_OWNED: Final = frozenset(("增速", "增幅", "降幅", "涨幅", "排名", "位次"))  # say nothing without whose they are


class Namer:
    """Finds the names of groups of values in the order of the text.

    Args:
        masked: the text with brackets and insertions blanked out.
        own: names of the reporting place.
        memory: what the text has spoken of so far.
    """

    def __init__(self, masked: str, own: tuple[str, ...], memory: Memory) -> None:
        self.masked = masked
        self.own = own
        self.memory = memory
        self._at = self._until = 0

    def enter(self, start: int, end: int) -> None:
        """Begin a sentence.

        Args:
            start: its first position.
            end: the position after its last.
        """
        self._at, self._until = start, end

    @property
    def start(self) -> int:
        """Where the sentence in hand begins."""
        return self._at

    def names(self, head: str, at: int, tail: Tail, group: Group) -> Named:
        """The names of a group.

        Args:
            head: the words between the last mark and the tail.
            at: where they begin.
            tail: the words directly before the first value.
            group: the values.
        """
        memory, count = self.memory, len(group)
        apart = "分别" in tail.adverbs or "分别" in head
        each = EVERY.search(tail.adverbs) is not None
        before, _, measure = head.partition("分别")
        if apart and measure and before:
            names = self._listed(before, count)
            if names and measure.startswith("占"):
                return tuple(Name(n.text + clean(measure), "") for n in names), "list_measure", at
            if names:
                return tuple(name_of(n.text + measure, self.own) if not n.subject else n for n in names), "list_measure", at
        if apart and measure and not before:  # 分别占全省的
            names, rule, at = self._elided(count, apart, each, at, group[0][2], tail)
            return tuple(Name(n.text + clean(measure), "") for n in names), rule, at
        phrase = (before if apart else head).lstrip("、和及与，以 ").rstrip("、，和与 ")
        if group[0][0].kind == "rank" and (ranking := RANKING.search(phrase)):
            phrase = phrase[: ranking.start()]
        if "台阶" in phrase or "大关" in phrase or "关口" in phrase:
            phrase = CROSSING.sub("", phrase).rstrip("、，")
        core = clean(phrase)
        running = UNITS.worth(group[0][0].unit).kind == "spell" or (group[0][0].unit in ("次", "届") and "连续" in tail.adverbs)
        if core in ("", "提前", "提早") and running:
            match = HEAD.match(self.masked, group[0][0].end)
            if match and worded(match.group()):
                return (Name(match.group().strip("\x00"), ""),), "spell", at
        if not worded(core) and group[0][0].kind == "ratio" and memory.last:
            return memory.last[-1:], "elided", memory.last_start  # 三次产业比例由…调整为…
        if not worded(core):
            if group[0][0].unit == "%" and phrase and not (tail.verb or tail.adverbs or tail.hedge) and not apart:
                return (Name("", ""),), "unnamed", at  # 推动90%的医院
            if self._headed(group, at):
                return (Name("经济", "gdp", changing=True),), "headed", at
            opened = self._opened(group[0][2], at) if count == 1 and not each and not apart else None
            thing = self._thing(group[0][2], at) if opened is None and count == 1 and not each and not apart else ""
            if thing and (group[0][0].kind == "rank" or MEASURE.search(thing)):
                return (name_of(thing, self.own),), "clause_before", at
            return opened or self._elided(count, apart, each, at, group[0][2], tail)
        if count > 1 or apart:
            names = self._listed(phrase.rpartition("其中")[2].lstrip("：，") if "其中" in phrase else phrase, count)
            if names:
                names = tuple(self._turned(n) for n in names)
                return names, "list_apart" if apart else "list", at
            if apart and count == 1 and (several := split_names(phrase, 2, self.own)):
                return several, "each", at
            if apart and count == 1:
                return (self._named(phrase),), "single", at
            if (apart or "其中" in head) and (back := self._reach(phrase, count)) is not None:
                return back, "list_reach", at
            if count > 1 and is_thin(core.removeprefix("年")) and (owners := self._owners(group[0][2], at, count)):
                return tuple(Name(n.text + core, "") for n in owners), "list_before", at
            return (self._named(phrase),), "list_one_name", at
        if each and (several := split_names(phrase, None, self.own)):
            return several, "each", at
        if group[0][0].unit == "%" and memory.last and OF_PLAN.match(phrase):
            return (Name(memory.last[-1].text + phrase.rstrip("的"), ""),), "elided", memory.last_start
        memory.owner = None
        if is_thin(core) and (led := self._opened(group[0][2], at)) is not None and led[0][0].subject:
            memory.owner = led[0][0]
        elif core.startswith(_HELD) and (thing := self._thing(group[0][2], at)):
            memory.owner = name_of(thing, self.own)
        name = self._named(phrase)
        memory.owner = None
        if (
            not name.subject
            and (both := split_names(phrase, 2, self.own))
            and phrase[1:2] not in "、和及与"
            and each_has(both, group[0][0], phrase)
        ):
            return both, "each", at
        if not name.subject and group[0][0].unit == "%" and not tail.direction and "、" in phrase:
            rates = split_names(phrase, None, self.own)
            if rates and all(RATE.search(n.text) for n in rates):
                return rates, "each", at
        if each and memory.said and "、" not in phrase and not memory.said[-1][2]:
            rated = RATE.search(name.text) is not None
            several = (*(n for n, _, changed in memory.said if not changed and (not rated or RATE.search(n.text))), name)
            return several, "each_reach", at
        return (name,), "single", at

    def _headed(self, group: Group, at: int) -> bool:
        """Whether a growth without a name is the economy's, of which the head before speaks."""
        memory, value = self.memory, group[0][0]
        if len(group) > 1 or value.unit != "%" or (memory.last and memory.last[0].subject) or not _ECONOMY.search(memory.before):
            return False
        if memory.said and MEASURE.search(memory.said[-1][0].text):
            return False  # 国民收入达到828亿元，比上年增长12.9%
        return _YEARLY.search(self.masked, max(0, at - 2), value.start) is not None

    def _turned(self, name: Name) -> Name:
        """A member of a list that names only whose: 城镇, 农村 after 居民人均可支配收入."""
        if name.subject or not self.memory.last:
            return name
        owner, table = normal(self.memory.last[-1].text), indicator_table()
        for size in range(len(owner)):
            if subject := table.names.get(name.text + owner[size:]):
                return Name(name.text + owner[size:], subject, name.changing, name.falling)
        return name

    def _listed(self, phrase: str, count: int) -> tuple[Name, ...] | None:
        """Names before 分别: in the phrase itself, else further back in the sentence's clauses (A，B，C分别…)."""
        return split_names(phrase, count, self.own) if count > 1 else None

    def _opened(self, lead: int, at: int) -> Named | None:
        """The name that opens the clause before, where a value has none of its own: 进出口逆势上扬，增长5%."""
        passed = _CLAUSE.split(self.masked[lead:at].replace("\x00", ""))
        clause = next((c for c in reversed(passed) if worded(c)), "")
        if not clause:
            return None
        core = clean(clause)
        opening = indicator_table().opening(core)
        if opening is not None:
            return (name_of(opening, self.own),), "clause_before", at
        if not self.memory.last:
            led = OPENS.match(core)
            return (Name(led["thing"] if led else core[:16], ""),), "clause_before", at
        return None

    def _thing(self, lead: int, at: int) -> str:
        """The thing that opens the clause before, where no value stands in it: 热线服务水平名列前茅，居全省第二."""
        passed = [c for c in _STOPPED.split(self.masked[lead:at].replace("\x00", "")) if worded(c)]
        match = OPENS.match(passed[-1]) if passed else None
        return match["thing"] if match else ""

    def _reach(self, phrase: str, count: int) -> tuple[Name, ...] | None:
        """其中 with 分别 reaches back over the names before it."""
        memory = self.memory
        own = split_names(phrase, None, self.own) or (self._named(phrase),)
        missing = count - len(own)
        if missing < 1:
            return None
        earlier = distinct([n for n, _, _ in memory.said])
        return (*earlier[-missing:], *own) if len(earlier) >= missing else None

    def _listed_before(self, lead: int, at: int, count: int) -> tuple[Name, ...] | None:
        """The names that open the clause before, where values stand without their own: 城乡居民收入较快增长，分别达到…"""
        clauses = [c for c in _STOPPED.split(self.masked[lead:at].replace("\x00", "")) if worded(c)]
        if not clauses or len(clauses[-1]) > _OPENING:
            return None
        for end in range(len(clauses[-1]), 4, -1):
            names = split_names(clauses[-1][:end], count, self.own)
            if names and all(n.subject for n in names):
                return names
        return None

    def _owners(self, lead: int, at: int, count: int) -> tuple[Name, ...] | None:
        """Whose measures a list of values gives: 甲产业、乙产业增势强劲，产值分别增长7%、9%."""
        clauses = [c for c in _STOPPED.split(self.masked[lead:at].replace("\x00", "")) if worded(c)]
        return split_names(clauses[-1], count, self.own) if clauses and len(clauses[-1]) <= _OPENING else None

    def _elided(self, count: int, apart: bool, each: bool, at: int, lead: int, tail: Tail) -> Named:
        memory = self.memory
        earlier = distinct([n for n, _, _ in memory.said])
        if each and count == 1:
            open_names = tuple(distinct([n for n, _, changed in memory.said if not changed]))
            chosen = open_names if len(open_names) > 1 else memory.last
            return chosen or (Name("", ""),), "each_reach", memory.last_start
        if count > 1 and apart and (passed := self._listed_before(lead, at, count)):
            return passed, "list_before", at
        if count > 1 or apart:
            if len(memory.last) == count and (not apart or (count > 1 and len(memory.last) > 1)):
                return memory.last, "list_again", memory.last_start
            if len(earlier) >= count:
                return tuple(earlier[-count:]), "list_reach", memory.last_start
        if memory.last and (memory.age <= 1 or not memory.last[0].subject):
            if count == 1 and "累计" in tail.adverbs and memory.last[-1].text.startswith("新增"):
                return (Name(memory.last[-1].text.removeprefix("新增"), ""),), "elided", memory.last_start
            name = memory.last[-1] if len(memory.last) == 1 or count > 1 else _whole(memory.last)
            return (name,), "elided", memory.last_start
        return (Name("", ""),), "unnamed", at

    def _named(self, phrase: str) -> Name:
        """A single name, completed by the subject before it where it is too thin to stand alone."""
        memory = self.memory
        if "其中" in phrase:
            phrase = phrase.rpartition("其中")[2].lstrip("：，")
            name = name_of(phrase, self.own)
            if normal(name.text) in indicator_table().within and any(n.subject == name.subject for n in memory.last):
                return name._replace(subject="")  # 其中外商直接投资 is part of 实际利用外资
        name = name_of(phrase, self.own)
        if name.subject:
            return name
        table = indicator_table()
        text = name.text
        base = clean(text)
        for elided in table.elided.get(base, ()):
            spoken = memory.said[-1][0] if memory.said else None
            if spoken and spoken.subject != elided.subject and any(m.headline for m in table.of(spoken.subject)):
                continue
            near = memory.before + (self.masked[self._at : self._until] if self._until > self._at else "")
            if "累计" in near or (elided.against is not None and _nearer(elided.against, elided.context, near)):
                continue  # what came together over years; the spring's grain
            if elided.context.search("".join(n.text for n in memory.last)) or elided.context.search(near):
                return name._replace(subject=elided.subject)
        last = (memory.owner,) if memory.owner else memory.last
        if last and base and not is_thin(base) and not base.startswith(_HELD):
            owner = normal(last[-1].text)
            for size in range(2, min(len(owner), 9)):
                if (subject := table.names.get(owner[:size] + base)) and any(m.headline for m in table.of(subject)):
                    return Name(owner[:size] + base, subject)
        if last and (is_thin(base) or base.startswith(_HELD)):
            owner = last[-1].text
            joined = name_of(owner + base, self.own)
            if joined.subject:
                return joined
            turned = Name("", "") if base.startswith(_HELD) else name_of(base + owner, self.own)
            if turned.subject:
                return turned
            if base.startswith(_HELD) or base in _OWNED:
                return Name(owner + base, "")
            if base == "总数":
                return Name(_NEWLY.sub("", owner) + base, "")
        return name


def _nearer(one: re.Pattern[str], other: re.Pattern[str], text: str) -> bool:
    """Whether the last match of one pattern stands behind the last of another."""
    last = max((m.start() for m in one.finditer(text)), default=-1)
    return last > max((m.start() for m in other.finditer(text)), default=-1)


def _whole(names: tuple[Name, ...]) -> Name:
    return Name("、".join(n.text for n in names), names[0].subject if len({n.subject for n in names}) == 1 else "")
