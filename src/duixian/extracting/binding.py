"""Binding of values to names by explicit shapes: lists, 分别, 均, levels then growths, from–to, brackets, elided subjects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from duixian.extracting.names import Name, clean, is_thin, name_of, split_names
from duixian.extracting.periods import YEAR_TEXT
from duixian.extracting.scopes import PLACE, WHOLE, Scopes
from duixian.extracting.tails import After, Tail, read_after, read_tail
from duixian.extracting.values import Value
from duixian.registry.indicators import indicator_table, normal
from duixian.registry.units import unit_table
from duixian.registry.words import alternation, load_toml, words

_UNITS: Final = unit_table()
_COUNTED: Final = frozenset(("count", "people", "households", "place", "bare", "shipping", "visits"))
_PASSABLE: Final = frozenset(("money", "usd", "bare"))  # 过千亿元 is above it, 通过5项 is not
_NOUNS: Final = load_toml("nouns.toml")
# Between two values of one list. Matches "、", "和", "，约", "、不低于"; not "、增长", "，出口".
JOINT: Final = re.compile(
    r"\x00*(?:、|和|及|与|以及|或)(?:分别|各|约|近|不低于|超过|突破|超|不超过|达到|达|至|以及|和|不少于|为|到)?\x00*\Z"
)
# A second value of the same thing. Matches "、达到"; not "、和".
REACHED: Final = re.compile(r"\x00*[、和](?:达到?|为|到)\x00*\Z")
# A list that goes on with a verb of its own. Matches "、下降", "，提高到"; only where 分别 opened it.
JOINT_VERB: Final = re.compile(r"\x00*(?:、|和|及|与)(?:[增下降减提上回][长降加少高低升涨落](?:到|至|了)?|约|近|持平)\x00*\Z")
# The start of a from–to. Matches "解决率由", "从2020年的"; not "来自".
FROM: Final = re.compile(
    rf"(?:从|由)(?:(?:{YEAR_TEXT}(?:底|末|初)?|上?年初?|去年|上年[底末]?|“?[十一二三四五]+五”?(?:初|末|期末)?|原来|最初|当年|当初|过去|年初|上半年|一季度|前三季度|年中|最高时期|历史最高|高峰期|最高|上?一?年)的?)?(?:不足|不到|约|近)?\Z"
)
# A date between the verb and the number. Matches "2025年的".
DATED: Final = re.compile(
    rf"(?:到|至)?(?:{YEAR_TEXT}|目前|现在|去年|今年|上年|当前|“?[十一二三四五六七八九]+五”?(?:初|末|期末|时期)?|上年同期|去年同期)的?\Z"
)
_HEAD: Final = re.compile(r"[^，；：。！？\n（）—;:]*")
# A noun counted by a value. Matches 扶贫车间 in "1225个扶贫车间建设"; stops before verbs and punctuation.
_STOPS: Final = words(_NOUNS["stop"])
_NOUN: Final = re.compile(
    r"(?:的)?(?P<noun>[\u4e00-\u9fff“”A-Za-z·]{1,18}?)"
    rf"(?=[，。；、：！？\n（）\x00]|\Z|以上|\d|和|及|与|的|等|{alternation((*_STOPS, *words(_NOUNS['ends'])))})"
)
_NO_NOUN: Final = re.compile(
    rf"[，。；、：！？\n（）\x00]|和|及|与|以|并|的[^\u4e00-\u9fff]|{alternation((*_STOPS, *words(_NOUNS['barred'])))}"
)
# A threshold. Matches 以上 followed by a thing: "200人以上自然村", "亿元以上项目"; not "以上，", "以上，力争".
THRESHOLD: Final = re.compile(rf"(?:以上|以下|及以上|以内)(?:的)?(?={alternation(words(_NOUNS['threshold']))})|服务半径")
# A threshold whose comparator stands before it. Matches the 的 of "超10亿元的龙头企业".
BOUNDED: Final = re.compile(rf"的?(?={alternation(words(_NOUNS['threshold']))})")
# What ranks a value, at the end of its name. Matches "增速居全国" from 居 on.
RANKING: Final = re.compile(
    r"(?:均|都|稳|仍|继续|保持|分别)?(?:位|排|居|列|跃|名|升|进|跻身|挺|入|迈)*(?:全国|全省|全市|全区|中部|西部|东部|东北|沿海|世界|全球|长三角|同类城市|城市|地区|副省级城市|各省|省区市|县域|百强县|百强区|百强市|百强|上升到|升至|前移至|提升至)*(?:的)?\Z"
)
# A count of places whose sum or mean is meant. Matches "山区5县" and "14个" with 县 after it.
SUMMED: Final = re.compile(r"[\d一二两三四五六七八九十]个?(?:县|市|区|州|旗|镇|乡|地市|城市|国家|县（市）|县（市、区）|省)")
_AVERAGED: Final = frozenset(("pm25", "good_air"))  # 11个设区市PM2.5平均浓度 is the place's own
# A clause whose subject stands in the clause before. Matches "实现生产总值", "完成"; not "全市实现".
BARE_VERB: Final = re.compile(r"(?:预计|共|累计|全年|去年)*(?:实现|完成)")
# A year's growth without a name, under a head that speaks of the economy. Matches "全年增长", "比上年增长"; "经济发展" of the head.
_YEARLY: Final = re.compile(r"(?:全年|比上年|同比)(?:同比|预计|比上年)?增长")
_ECONOMY: Final = re.compile(r"经济(?:发展|增长|运行|总量|大盘)")
# A minus sign before a number, after folding. Matches "速—", "为—"; not "5—" or "%—".
MINUS: Final = re.compile(r"[速幅率长为是]—")
# A name that measures by itself. Matches "税收收入", "贷款余额"; not "企业".
_MEASURE: Final = re.compile(r"(?:收入|总额|总值|总量|产量|产值|增加值|投资|余额|零售额|销售额|人数|失业率|覆盖率)\Z")
# Holds a name against another's. Matches "高于" of "生产总值增速高于全省".
COMPARES: Final = re.compile(r"(?:略|明显|均|都)*(?:高于|低于|快于|慢于|好于|优于|高出|超过)")
# A line that was crossed, at the end of a name. Matches "再跨百亿台阶" of "生产总值再跨百亿台阶".
CROSSING: Final = re.compile(
    r"(?:再|连续|先后|首次|成功|历史性|一举|顺利)*(?:跨|跨越|迈|登|站|突破|上|越)(?:上|过|入|进)?了?[^，。；、跨迈]{1,9}(?:台阶|大关|关口)(?:后)?\Z"
)
# One value for each name. Matches "均增长", "都"; not "年均", "平均".
EVERY: Final = re.compile(r"(?<![年平人户])均|都|各")
_RATE: Final = re.compile(r"(?:率|占比|比例|比重|覆盖面)\Z")
_STRETCH: Final = re.compile(r"力争|争取|冲刺|奋力|努力|力求|挑战|更好")


class Bound(NamedTuple):
    """A value bound to a name."""

    value: Value
    after: After
    tail: Tail
    name: Name
    name_start: int
    rule: str
    starts_range: bool = False  # the first of a from–to
    shared: bool = False  # the comparator of the list's last value covers it
    threshold: bool = False
    stretch: bool = False
    bracket: bool = False
    part: str | None = None  # the part of the reporting place that is spoken of
    beside: bool = False  # the sentence speaks of a part before, though the name may be the whole's


@dataclass(slots=True)
class Memory:
    """What the text has spoken of so far: the names a later value without one goes back to."""

    last: tuple[Name, ...] = ()
    last_start: int = -1
    sentence: int = -1
    said: list[tuple[Name, int, bool]] = field(default_factory=list)  # name, position, whether a change has been bound to it
    tail: Tail | None = None  # the words before the last value, for a stretch value after it
    before: str = ""  # the sentence before, for words that elided names lean on
    part: str | None = None  # the part of the place that the sentence speaks of
    led: bool = False  # a headline of that part has been bound: what follows is its own too
    followed: int = -1  # the sentence has been followed up to here for parts
    looks: bool = False  # the sentence, or the one before it, may speak of a part
    passed_end: int = -1
    passed: int = -1  # where the sentence before began, if it had no values
    carried: bool = False  # that part was spoken of in the sentence before
    last_part: str | None = None  # the part that the last name belongs to
    age: int = 0  # sentences since the last name was spoken of
    owner: Name | None = None  # a name in a clause without values, on which a thin name after it leans


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
        self.scopes = scopes
        self.own = scopes.own
        self.memory = Memory()
        self._at = self._until = 0

    def sentence(self, start: int, end: int, values: list[Value], paragraph: bool) -> list[Bound]:
        """The bound values of the sentence at ``start:end``.

        Args:
            start: first position of the sentence.
            end: the position after its last.
            values: its values, in order.
            paragraph: whether the sentence opens a paragraph, which ends what was spoken of.
        """
        memory = self.memory
        if paragraph:
            memory.last, memory.last_start, memory.last_part = (), -1, None
        memory.said = []
        self._follow(start, end, paragraph)
        memory.age += 1
        if memory.age > 1:
            memory.last_part = None
        self._at, self._until = start, end
        bound: list[Bound] = []
        inner = [v for v in values if self.masked[v.start] == "\x00"]
        outer = [v for v in values if self.masked[v.start] != "\x00"] if inner else values
        for group in self._groups(outer, start):
            bound += self._bind(group, start, end, bracket=False)
        if inner:
            held = memory.last, memory.last_start
            for value in inner:
                bound += self._inner(value, start, end, bound)
            memory.last, memory.last_start = held
        memory.before = self.masked[start:end] if end - start < 120 else self.masked[start : start + 120]
        return bound

    def _follow(self, start: int, end: int, paragraph: bool) -> None:
        """Take note of the part of the place that the sentence before spoke of, where one of the two may speak of any."""
        memory = self.memory
        passed, memory.passed = memory.passed, -1
        begin = start if paragraph or passed < 0 else passed
        if passed >= 0:
            memory.before = self.masked[passed : min(memory.passed_end, passed + 120)]
        if paragraph:
            memory.part = None
        memory.looks = memory.part is not None or self.scopes.some(self.text, begin, end)
        if memory.looks and begin < start <= begin + _NEAR:
            memory.part = self.scopes.narrowed(self.masked[begin:start], memory.part)
        memory.led, memory.carried, memory.followed = False, memory.part is not None, start

    def pass_over(self, start: int, end: int) -> None:
        """Take note of a sentence without values: later ones may lean on its words.

        Args:
            start: first position of the sentence.
            end: the position after its last.
        """
        memory = self.memory
        memory.age += 1
        memory.passed, memory.passed_end = start, end

    # -- grouping ------------------------------------------------------------------------------------------------
    def _groups(self, values: list[Value], start: int) -> list[list[tuple[Value, After, int]]]:
        """Runs of values with nothing but separators between them; each with what follows it and where its lead begins."""
        groups: list[list[tuple[Value, After, int]]] = []
        previous_end, separate = start, False
        for value in values:
            after = read_after(self.text, value.end)
            gap = self.masked[previous_end : value.start]
            joined = bool(groups) and len(gap) < 12 and (JOINT.match(gap) is not None or (separate and JOINT_VERB.match(gap) is not None))
            if joined and not separate and REACHED.match(gap) and _alike(groups[-1][-1][0], value):
                joined = False  # 突破6000亿元、达6469亿元 says one thing twice
            joined = joined or (bool(groups) and gap == "：" and value.kind == "ratio")
            if joined and not separate and not _alike(groups[-1][-1][0], value):
                joined = False
            if joined:
                groups[-1].append((value, after, previous_end))
            else:
                groups.append([(value, after, previous_end)])
                separate = "分别" in gap
            previous_end = after.end
        return groups

    # -- binding -------------------------------------------------------------------------------------------------
    def _bind(self, group: list[tuple[Value, After, int]], start: int, end: int, bracket: bool) -> list[Bound]:
        value, _, lead = group[0]
        minus = value.start - lead > 1 and MINUS.match(self.masked, value.start - 2) is not None
        tail = read_tail(self._back, self.size, value.start - minus)
        if tail.hedge == "过" and _UNITS.worth(value.unit).kind not in _PASSABLE:
            tail = tail._replace(start=tail.start + 1, sign="=", hedge=None) if not tail.verb else tail._replace(sign="=", hedge=None)
        if tail.hedge == "上" and self.masked.startswith("基础", tail.start - 2):
            tail = tail._replace(sign="=", hedge=None)
        if minus and tail.direction is None:
            tail = tail._replace(direction="down")
        if tail.start < lead:
            tail = tail._replace(start=lead)
        elif d := DATED.search(self.masked, max(lead, value.start - 14), value.start):
            tail = read_tail(self._back, self.size, d.start())
            tail = tail._replace(start=max(lead, tail.start), reaches=tail.reaches or d.group()[0] in "到至")
        span = _HEAD.match(self._back, self.size - tail.start)
        head_start = max(lead, tail.start - (span.end() - span.start() if span else 0))
        head = self.masked[head_start : tail.start].replace("\x00", "")
        origin = FROM.search(head)
        if origin:
            head = head[: origin.start()]
        names, rule, at = self._names(head, head_start, tail, group, start)
        if head and SUMMED.search(self.masked[max(start, head_start - 6) : head_start] + head[:2]):
            names = tuple(n if n.subject in _AVERAGED else n._replace(subject="") for n in names)  # 山区5县生产总值
        part = self._part(head, head_start, names)
        bound = self._spread(group, tail, names, rule, at, bool(origin), bracket, end)
        self.memory.last_part = part
        beside = part is None and self.memory.part is not None
        return [b._replace(part=part, beside=beside) for b in bound] if part or beside else bound

    def _part(self, head: str, head_start: int, names: tuple[Name, ...]) -> str | None:
        """The part of the place that a name belongs to: its own, or that of the clause before where the name stands bare."""
        memory = self.memory
        if not memory.looks:
            return memory.last_part if not head else None
        if memory.followed < head_start:
            before = memory.part
            memory.part = self.scopes.narrowed(self.masked[memory.followed : head_start], memory.part)
            memory.led = memory.led and memory.part is not None
            memory.carried = memory.carried and memory.part == before
            memory.followed = head_start
        if WHOLE.search(head) or head.startswith(self.own):
            memory.part, memory.led = None, False
            return None
        if not head:
            return memory.last_part
        if own := self.scopes.part(head):
            if any(found.start < len(own) and found.subject for found in indicator_table().find(normal(names[0].text))):
                return None  # 战略性新兴产业增加值 is a measure of the whole place
            memory.carried, memory.part = False, own
            memory.led = self.scopes.place(own) and any(True for _ in indicator_table().find(normal(head.rstrip("的"))))
            return own
        bare = any(clean(n.text) in indicator_table().bare for n in names)
        if memory.part is None and bare and (place := PLACE.search(self.masked, self._at, head_start)):
            return place.group()  # 推进经开区改革，利用外资增长45%
        if memory.part is None:
            return None
        if memory.carried:
            return None
        leaning = memory.led or BARE_VERB.match(head) is not None or bare
        return memory.part if leaning else None

    def _names(
        self, head: str, at: int, tail: Tail, group: list[tuple[Value, After, int]], start: int
    ) -> tuple[tuple[Name, ...], str, int]:
        memory, count = self.memory, len(group)
        apart = "分别" in tail.adverbs or "分别" in head
        each = EVERY.search(tail.adverbs) is not None
        before, _, measure = head.partition("分别")
        if apart and measure and before:
            names = self._listed(before, count, at)
            if names and measure.startswith("占"):
                return tuple(Name(n.text + clean(measure), "") for n in names), "list_measure", at
            if names:
                return tuple(name_of(n.text + measure, self.own) if not n.subject else n for n in names), "list_measure", at
        if apart and measure and not before:  # 分别占全省的
            names, rule, at = self._elided(count, apart, each, at, group[0][2])
            return tuple(Name(n.text + clean(measure), "") for n in names), rule, at
        phrase = (before if apart else head).lstrip("、和及与，以 ").rstrip("、，和与 ")
        if group[0][0].kind == "rank" and (ranking := RANKING.search(phrase)):
            phrase = phrase[: ranking.start()]
        if "台阶" in phrase or "大关" in phrase or "关口" in phrase:
            phrase = CROSSING.sub("", phrase).rstrip("、，")
        core = clean(phrase)
        if core in ("", "提前", "提早") and _UNITS.worth(group[0][0].unit).kind == "spell":
            match = _HEAD.match(self.masked, group[0][0].end)
            if match and _worded(match.group()):
                return (Name(match.group().strip("\x00"), ""),), "spell", at
        if not _worded(core):
            if group[0][0].unit == "%" and phrase and not (tail.verb or tail.adverbs or tail.hedge) and not apart:
                return (Name("", ""),), "unnamed", at  # 推动90%的医院
            if self._headed(group, at):
                return (Name("经济", "gdp", changing=True),), "headed", at
            opened = self._opened(group[0][2], at) if count == 1 and not each and not apart else None
            return opened or self._elided(count, apart, each, at, group[0][2])
        if count > 1 or apart:
            names = self._listed(phrase.rpartition("其中")[2].lstrip("：，") if "其中" in phrase else phrase, count, at)
            if names:
                names = tuple(self._turned(n) for n in names)
                return names, "list_apart" if apart else "list", at
            if apart and count == 1 and (several := split_names(phrase, 2, self.own)):
                return several, "each", at
            if apart and count == 1:
                return (self._named(phrase),), "single", at
            if (back := self._reach(phrase, count)) is not None:
                return back, "list_reach", at
            return (self._named(phrase),), "list_one_name", at
        if each and (several := split_names(phrase, None, self.own)):
            return several, "each", at
        memory.owner = None
        if is_thin(core) and (led := self._opened(group[0][2], at)) is not None and led[0][0].subject:
            memory.owner = led[0][0]
        name = self._named(phrase)
        memory.owner = None
        if not name.subject and (both := split_names(phrase, 2, self.own)) and phrase[1:2] not in "、和及与" and _each(both, group[0][0]):
            return both, "each", at
        if not name.subject and group[0][0].unit == "%" and not tail.direction and "、" in phrase:
            rates = split_names(phrase, None, self.own)
            if rates and all(_RATE.search(n.text) for n in rates):
                return rates, "each", at
        if each and memory.said and "、" not in phrase and not memory.said[-1][2]:
            several = (*(n for n, _, changed in memory.said if not changed), name)
            return several, "each_reach", at
        return (name,), "single", at

    def _headed(self, group: list[tuple[Value, After, int]], at: int) -> bool:
        """Whether a growth without a name is the economy's, of which the head before speaks."""
        memory, value = self.memory, group[0][0]
        if len(group) > 1 or value.unit != "%" or (memory.last and memory.last[0].subject) or not _ECONOMY.search(memory.before):
            return False
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

    def _listed(self, phrase: str, count: int, at: int) -> tuple[Name, ...] | None:
        """Names before 分别: in the phrase itself, else further back in the sentence's clauses (A，B，C分别…)."""
        return split_names(phrase, count, self.own) if count > 1 else None

    def _opened(self, lead: int, at: int) -> tuple[tuple[Name, ...], str, int] | None:
        """The name that opens the clause before, where a value has none of its own: 进出口逆势上扬，增长5%."""
        passed = _CLAUSE.split(self.masked[lead:at].replace("\x00", ""))
        clause = next((c for c in reversed(passed) if _worded(c)), "")
        if not clause:
            return None
        core = clean(clause)
        opening = indicator_table().opening(core)
        if opening is not None:
            return (name_of(opening, self.own),), "clause_before", at
        if not self.memory.last:
            return (Name(core[:16], ""),), "clause_before", at
        return None

    def _reach(self, phrase: str, count: int) -> tuple[Name, ...] | None:
        """其中 with 分别 reaches back over the names before it."""
        memory = self.memory
        own = split_names(phrase, None, self.own) or (self._named(phrase),)
        missing = count - len(own)
        if missing < 1:
            return None
        earlier = _distinct([n for n, _, _ in memory.said])
        return (*earlier[-missing:], *own) if len(earlier) >= missing else None

    def _listed_before(self, lead: int, at: int, count: int) -> tuple[Name, ...] | None:
        """The names that open the clause before, where values stand without their own: 城乡居民收入较快增长，分别达到…"""
        clauses = [c for c in _STOPPED.split(self.masked[lead:at].replace("\x00", "")) if _worded(c)]
        if not clauses or len(clauses[-1]) > _OPENING:
            return None
        for end in range(len(clauses[-1]), 4, -1):
            names = split_names(clauses[-1][:end], count, self.own)
            if names and all(n.subject for n in names):
                return names
        return None

    def _elided(self, count: int, apart: bool, each: bool, at: int, lead: int) -> tuple[tuple[Name, ...], str, int]:
        memory = self.memory
        earlier = _distinct([n for n, _, _ in memory.said])
        if each and count == 1:
            open_names = tuple(_distinct([n for n, _, changed in memory.said if not changed]))
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
            if base.startswith(_HELD) or base in ("增速", "增幅", "排名"):
                return Name(owner + base, "")
        return name

    def _spread(
        self,
        group: list[tuple[Value, After, int]],
        tail: Tail,
        names: tuple[Name, ...],
        rule: str,
        at: int,
        origin: bool,
        bracket: bool,
        end: int,
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
            threshold = _is_threshold(self.text, value) or (tail.sign == ">=" and BOUNDED.match(self.text, value.end) is not None and not i)
            chosen = names if len(group) == 1 else ((names[i],) if len(names) == len(group) else names[-1:])
            for name in chosen:
                counted = self._counted(value, after, tail, name, end, rule) if rule in _COUNTABLE else None
                if threshold and (not name.text or name.text[-1] in "对为给向") and (noun := _NOUN.match(self.text, after.end, end)):
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
                        stretch,
                        bracket,
                    )
                )
        if not bracket:
            self._remember(out, names, at, tail)
        return out

    def _counted(self, value: Value, after: After, tail: Tail, name: Name, end: int, rule: str) -> Name | None:
        """The noun after a counted value."""
        kind = _UNITS.worth(value.unit).kind
        if kind == "percent" and self.masked.startswith("的", after.end) and not tail.direction:
            kind = "count"
        elif rule in ("unnamed", "elided") and tail.verb in _CREATED and kind != "percent":
            return self._noun(after.end, end)  # 新增100万千瓦可再生能源装机
        if (
            kind not in _COUNTED
            or (name.subject and (kind != "count" or ((m := indicator_table().measure(name.subject, kind, False)) and m.headline)))
            or value.kind in ("rank", "ratio")
        ):
            return None
        return self._noun(after.end, end)

    def _noun(self, at: int, end: int) -> Name | None:
        if self.masked.startswith("\x00", at) and (mask := _MASK.match(self.masked, at)):
            at = mask.end()
        if _NO_NOUN.match(self.masked, at):
            return None
        match = _NOUN.match(self.masked, at, end)
        if match is None:
            return None
        return Name(match["noun"].strip("“”"), "")

    def _remember(self, out: list[Bound], names: tuple[Name, ...], at: int, tail: Tail) -> None:
        memory = self.memory
        if not out or not out[0].name.text:
            return
        memory.tail = tail
        changing = tail.direction is not None and not tail.reaches
        distinct = names if names[0].subject else tuple(_distinct([b.name for b in out]))
        if not distinct[0].subject and len(distinct) == 1 and (held := COMPARES.search(distinct[0].text)):
            before = name_of(distinct[0].text[: held.start()], self.own)  # 增速高于全省1个百分点，按增长7%安排
            distinct = (before,) if before.subject else distinct
        if len(distinct) == 1 and not memory.said:
            memory.said = [(distinct[0], at, changing)]
            if out[0].rule != "elided":
                memory.last, memory.last_start, memory.age = distinct, at, 0
            return
        known = {n.text for n in distinct}
        memory.said = [(n, p, c or (changing and n.text in known)) for n, p, c in memory.said]
        have = {n.text for n, _, _ in memory.said}
        memory.said += [(n, at, changing) for n in distinct if n.text not in have]
        if out[0].rule not in ("elided", "list_again", "each_reach", "list_reach"):
            memory.last, memory.last_start, memory.age = distinct, at, 0

    def _inner(self, value: Value, start: int, end: int, bound: list[Bound]) -> list[Bound]:
        """A value in a bracket or an insertion: its own name inside, else the name of the value before the bracket."""
        after = read_after(self.text, value.end)
        tail = read_tail(self._plain_back, self.size, value.start)
        span = _HEAD.match(self._plain_back, self.size - tail.start)
        opening = _MASK.match(self._back, self.size - value.start)
        floor = value.start - (opening.end() - opening.start() if opening else 0)
        head = self.text[max(floor, tail.start - (span.end() - span.start() if span else 0)) : tail.start].lstrip("在（")
        at = tail.start - len(head)
        previous = [b for b in bound if b.value.end <= value.start]
        core = clean(head)
        if _worded(core) and not _BASIS.search(head):
            name = name_of(head, self.own)
            return [Bound(value, after, tail, name, at, "bracket", bracket=True, threshold=_is_threshold(self.text, value))]
        if previous:
            return [Bound(value, after, tail, previous[-1].name, at, "bracket_basis", bracket=True)]
        return [Bound(value, after, tail, Name(core, ""), at, "bracket", bracket=True)]


_CLAUSE: Final = re.compile(r"[，；：、]")
_NEAR: Final = 200  # a sentence of more characters before does not carry its part on
_STOPPED: Final = re.compile(r"[，；：]")
_OPENING: Final = 48  # a clause of more characters is no list of names with a predicate
_CREATED: Final = frozenset(("新增", "建成", "净增", "完成", "实现", "拥有", "有", "共有", "达成"))
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
)  # a name that begins so leans on the one before
_MASK: Final = re.compile(r"\x00*")
_SPREADS: Final[dict[str, bool]] = {"突破": True, "超过": True}
_COUNTABLE: Final = frozenset(("single", "elided", "unnamed", "list_one_name"))
# Another basis in a bracket. Matches "按可比口径", "剔除减税因素"; not "中心城区".
_BASIS: Final = re.compile(r"口径|剔除|扣除|可比|核算|不变价|实际|名义|考虑")
_WORD: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def _nearer(one: re.Pattern[str], other: re.Pattern[str], text: str) -> bool:
    """Whether the last match of one pattern stands behind the last of another."""
    last = max((m.start() for m in one.finditer(text)), default=-1)
    return last > max((m.start() for m in other.finditer(text)), default=-1)


def _both_measure(names: tuple[Name, ...]) -> bool:
    """Whether each of two names is an indicator or measures by itself (一般公共预算收入、税收收入)."""
    return any(n.subject for n in names) and all(n.subject or _MEASURE.search(n.text) for n in names)


def _alike(one: Value, other: Value) -> bool:
    """Whether two values may stand in one list."""
    if (one.kind == "rank") != (other.kind == "rank"):
        return False
    return one.unit == other.unit or _UNITS.worth(one.unit).kind == _UNITS.worth(other.unit).kind


def _worded(text: str) -> bool:
    """Whether a phrase names something: more than one character that is no figure or mark."""
    return (len(text) > 1 and _WORD.search(text) is not None) or text in ("煤", "油", "水", "电", "粮")


def _is_threshold(text: str, value: Value) -> bool:
    """Whether a value bounds a class of things (200人以上自然村); 100家以上企业 is a count."""
    return THRESHOLD.match(text, value.end) is not None and _UNITS.worth(value.unit).kind not in ("count", "place", "percent")


def _each(names: tuple[Name, ...], value: Value) -> bool:
    """Whether one value stands for each of two joined names: a rate of both, or headline measures; 建议和提案200件 counts them together."""
    if not _both_measure(names):
        return False
    names = tuple(n for n in names if n.subject)
    return value.unit in ("%", "‰") or all(any(m.headline for m in indicator_table().of(n.subject)) for n in names)


def _distinct(names: list[Name]) -> list[Name]:
    return list({n.text: n for n in names}.values())


def _whole(names: tuple[Name, ...]) -> Name:
    return Name("、".join(n.text for n in names), names[0].subject if len({n.subject for n in names}) == 1 else "")
