"""Units: the stretches of a report that roles are decided for, with what speaks for each role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Literal

from duixian.reading.headings import SHORT_LINE, Heading
from duixian.reading.paragraphs import lost_paragraphs
from duixian.registry.roles import OF_YEARS, Cue, RoleRules, State

Border = Literal["chapter", "heading", "item", "bullet", "opened", "listed", "salutation", "paragraph", "sentence"]

# Ends a sentence; a colon or semicolon does so only before the first number of a list.
# Matches "。" and the colon of "工作：（一）"; not ","
_END = re.compile(r"[。！？\n：；](?:(?<=[：；])(?=一、|（一）)|(?<=[。！？\n])[。！？\n]*[”’）」]?\n*)")
# Opens a new thought to the assembly. Matches "各位代表！", "各位代表、同志们："; not "代表们提出".
SALUTATION = re.compile(r"(?:各位|名位|尊敬的)[^。，\n]{0,10}?(?:代表|委员|同志)们?[！，：]\n?")
# A number with a unit, as targets have. Matches "6%", "百分之七", "12万人"; not "第3次".
_TARGET_NUMBER = re.compile(r"\d(?:%|‰|个百分点|[万亿]|美?元)|百分之|翻[一两三]?番")

# A paragraph that goes on with a list of targets. Matches "——工业增长8%", "一是经济增长", "（2）投资"; not "第一，抓好", "（二）投资".
_LISTED_GOAL = re.compile(r"[—·]|[一二三四五六七八九十]{1,2}是|（\d{1,2}）|\d{1,2}[.、]|[①-⑳]")

# A paragraph of a list without numbers. Matches "——必须坚持"; not "一是坚持".
_BULLET = re.compile(r"——?|·")

# A numbered goal among others. Matches "（二）城市化达到新水平", "三、产值达到", "第一，实力提升"; not "二是".
_NUMBERED_GOAL = re.compile(r"（?[一二三四五六七八九十]{1,3}(?:）|、)|第[一二三四五六七八九十]{1,2}，")

# A numbered goal that tells a level. Matches "到2005年", "百分之八", "6%"; not "第三产业".
_LEVEL = re.compile(
    r"\d(?:%|‰|个百分点|[万亿]|元)|百分之|(?:[达到超过]|年(?:均|平均))[^。，；]{0,10}\d|[一二三四五六七八九][十百千][一二三四五六七八九十百千]*[亿万个项元吨人]"
)

# What opens an item of work among goals. Matches "——实施强县战略"; not "——工业增长8%", "——城乡协调发展".
_LISTED_WORK = re.compile(r"——?(?:实施|推进|加快|大力|着力|打造|强化|深入|全面推进|积极|加强)[^。]{4,}")

# A paragraph's end that announces the main tasks. Matches "今年的主要任务是：\n"; not "主要任务是抓好".
_TASKS_ARE = re.compile(r"(?:主要|总的?)任务是：\n")

# A list of targets begins in the words that announce them, or right after. Matches "目标是：——", "如下：一是"; not "目标：增长".
_LIST_OPENS = re.compile(r"[：；。](?:——|一是|（1|1[.、]|①)")

# A last line that names where a speech was printed. Matches "（《晨报》2001年1月2日）"; not "（热烈鼓掌）".
_PRINTED = re.compile(r"（[^（）\n]{0,24}《[^（\n]{4,40}）\s*")

# The first item of a list. Matches "一是", "（一）", "第一，", "1."; not "二是".
_FIRST_ITEM = re.compile(r"（?[一1①]|第一")

_TERMINAL = "。！？；：…”）"  # what a paragraph ends with
_DENSE = 4  # a list of figures has at least so many semicolons, and more figures
_LEAST_GOALS = 3  # a numbered list of goals has at least so many
_ZONE = 2500  # a paragraph of targets ends at most so many characters after the words that open it
_SPLITS = 2.4  # a cue of at least this weight opens a unit inside a paragraph
_TITLE_SHARE = 0.5  # what a sub-heading's words weigh against a chapter's
_NO_GOALS = -4.0  # no targets where no words announce them
_NUMBER = 1.0  # what one number speaks for targets, in the zone
_NUMBER_CAP = 4.0
_NUMBERLESS = -1.5
_NO_WORK = -1.0  # a listed paragraph of targets is no work
_MILD = 0.2  # the share of that where it costs less
_AFTERTHOUGHT = 150  # a sentence without a number, in the paragraph of the targets, of at most so many characters costs less
_WORRIED = 5.0  # cues of at least so much weight together announce problems
_ANNOUNCES = 1.5  # a cue of at least this weight announces the points after it
_POINT = 1.5  # what it says of each
_HELD = 2.0  # what follows in their paragraph, or in the list that begins there, goes on with them
_PRINCIPLED = 2.0  # by so much more where its words say so
_NAMED_AHEAD = 1500  # where a heading names the government within so many characters,
_TOO_EARLY = -3.0  # its part does not begin before it without one
_LEAD = 1500  # from the targets to what opens the work it is at most so many characters
_CHAPTER_LEAD = 1900  # and to a chapter
_TURNS = 3.0  # a paragraph with a cue of the outlook of at least this weight ends the targets
_OPENS_WORK = 4.5  # a cue of at least this weight opens it
_BEFORE_WORK = 1.5  # what stands between them gives reasons or principles
_TAIL = 1000  # the closing lies within so many characters of the end of the speech (or its last fourteenth)
_NO_CLOSING = -12.0
_NO_CALL_BEFORE = 1500  # a call further from the end of the speech calls for something else
_SOURCE_LINE = 2.0  # what a last line in brackets speaks for the closing
_SURE = 5.0  # cues of this weight decide where the speech and its closing stand
_LATE = 0.6  # no closing begins in an earlier share of the speech
_TELLING = 2.5  # cues of titles of at least this weight speak for what stands under them
_CALLED = 3.0  # what a salutation shortly before the last call speaks for the closing
_LAST_THOUGHT = 5.0  # what the last salutation speaks for it where nothing calls
_LAST_WORDS = 3.0  # what the last paragraph does where there is no salutation either
_UNCALLED = -2.5  # a salutation with no call near
_CALL_AFTER = 350
_CALL_NEAR = 260
_SILENT_CLOSING = -2.0  # a stretch near the end without the words of a closing
_SPOKEN: tuple[State, ...] = ("review", "review_term", "problems", "outlook", "targets", "tasks", "government")
_ANNEXED = -3.0  # no part of the speech stands after the first annex
_LISTED = -1.5  # numbered sub-headings are work rather than outlook


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that has one role."""

    start: int
    border: Border
    scores: dict[State, float]
    abroad: bool = False  # in a chapter on foreign affairs


@dataclass(frozen=True, slots=True)
class _Zone:
    """Sentences that may hold targets; ``bulleted`` where they are a list whose breaks were lost, ``numbered`` where they are headings."""

    first: int
    stop: int
    bulleted: bool
    numbered: bool = False


def sentence_starts(text: str, start: int, end: int) -> list[int]:
    """The starts of the sentences of ``text[start:end]``."""
    starts = [start, *(m.end() for m in _END.finditer(text, start, end))]
    return [s for s in starts if s < end]


class UnitMaker:
    """Cuts a report into units and weighs them.

    Args:
        text: the reading copy.
        body: where the body begins.
        end: the position after the report.
        sentences: starts of the sentences from ``body`` on.
        headings: the report's headings.
        rules: what decides roles.
    """

    def __init__(self, text: str, body: int, end: int, sentences: Sequence[int], headings: Sequence[Heading], rules: RoleRules) -> None:
        self.text, self.body, self.end, self.rules = text, body, end, rules
        self.headings = {h.start: h for h in headings if h.start >= body}
        self.sentences = list(sentences)
        self.ends = [*self.sentences[1:], end]
        lost = lost_paragraphs(text, body, end, self.sentences, rules)
        self.glued, self.restored, self.fresh = lost.glued, lost.restored, lost.fresh
        self.greeting: frozenset[int] = frozenset()
        self._in_titles: dict[int, tuple[Cue, ...]] = {}  # of headings by their start
        self.hits = self._cue_hits()
        self.greeting = self._greetings()
        self.zones = self._goal_zones()
        self.leads = self._leads()
        self.worries = self._worries()
        self.points = self._points()
        self.ruled = [h.start for h in self.headings.values() if any(c.roles == ("government",) for c in self._title_cues(h))]
        self.speech_end = min(self.annexes(), default=end)
        self.last_greeting = self._last_greeting()
        self.last_call = self._last_call()
        self.peroration = self._peroration()
        self.last_paragraph = self._last_paragraph() if self.last_call < 0 else -1

    def _greetings(self) -> frozenset[int]:
        """Indexes of the sentences that are only a salutation or a heading's own line; the next sentence belongs with them."""
        found = set()
        for i, (a, b) in enumerate(zip(self.sentences, self.ends, strict=True)):
            if i + 1 == len(self.sentences) or b in self.headings or any("targets" in c.roles for c in self.hits.get(i + 1, ())):
                continue
            heading = self.headings.get(a)
            if self._is_salutation(i) or (heading and heading.words >= b - 2 and self.text[b - 1] == "\n"):
                found.add(i)
        return frozenset(found)

    def _is_paragraph(self, i: int) -> bool:
        at = self.sentences[i]
        return at == self.body or self._breaks(at) or at in self.headings or (i > 0 and self._is_salutation(i - 1))

    def _breaks(self, at: int) -> bool:
        """Whether a paragraph begins here: after a break (one inside a sentence is a page's end), or by its words where breaks are lost."""
        if at in self.restored:
            return True
        text = self.text
        return text[at - 1] == "\n" and (text[at - 2] in _TERMINAL or at - text.rfind("\n", 0, at - 1) < SHORT_LINE)

    def _is_salutation(self, i: int) -> bool:
        match = SALUTATION.match(self.text, self.sentences[i], self.ends[i])
        return match is not None and match.end() >= self.ends[i]

    def _cue_hits(self) -> dict[int, list[Cue]]:
        """The cues that speak in each sentence, by its index."""
        text, cues, anchored = self.text, self.rules.sentence_cues, self.rules.anchored
        tried: dict[int, set[int]] = defaultdict(set)  # of each sentence, the cues of which an anchor stands in it
        for anchor, at, _ in self.rules.anchors.find_matches_as_indexes(text[self.body : self.end], overlapping=True):
            tried[bisect_right(self.sentences, self.body + at) - 1].update(anchored[anchor])
        hits = {i: [cues[n] for n in sorted(numbers) if self._speaks(cues[n], i)] for i, numbers in tried.items()}
        return {i: speaking for i, speaking in hits.items() if speaking}

    def _speaks(self, cue: Cue, i: int) -> bool:
        start = self.sentences[i]
        if (cue.paragraph and not self._is_paragraph(i)) or (cue.line and not self._opens_line(start)):
            return False
        if heading := self.headings.get(start):
            if cue.opens and heading.level == 1 and heading.words >= self.ends[i] - 2:
                return False  # what a chapter's own line says, its title says
            start = heading.words if heading.words < self.ends[i] - 1 and not cue.line else heading.title
        return cue.speaks(self.text[start : self.ends[i]])

    def _opens_line(self, start: int) -> bool:
        """Whether a line begins here, or may have begun where breaks were lost."""
        before = self.text[start - 1 : start]
        return before in ("", "\n", "！") or (before == "。" and start in self.glued)

    def _goal_zones(self) -> list[_Zone]:
        """Stretches that may hold targets: from the words that announce them to their paragraph's or their list's end."""
        zones: list[_Zone] = []
        for i in self._tasks_in_figures():
            zones.append(_Zone(i, self._paragraphs_after(i)[-1], False, True))
            self.hits[i] = [c for c in self.hits[i] if "tasks" not in c.roles]
        for i in sorted(self.hits):
            announced = [c for c in self.hits[i] if "targets" in c.roles]
            if announced and (stop := self._numbered_goals(i)):
                zones.append(_Zone(i, stop, False, True))
            elif announced:
                stop = i + 1
                last = self.ends[i] + 1 if all(c.short for c in announced) else min(self.sentences[i] + _ZONE, self.end)
                listed = self.text[self.sentences[i] : self.ends[i]].endswith(("：\n", "如下。\n"))
                announcing = self.text[self.sentences[i] : self.ends[i]].rstrip("\n").endswith(("：", "如下。"))
                glued = self.sentences[i] in self.glued
                bulleted = glued and _LIST_OPENS.search(self.text, self.sentences[i], min(self.end, self.ends[i] + 2)) is not None
                while stop < len(self.sentences) and self.sentences[stop] < last and not self._ends_zone(stop, listed):
                    if not announcing and self._is_work(stop):
                        break
                    if glued and not bulleted and not self._has_numbers(stop) and not self._adds(stop):
                        break
                    listed = listed and _LISTED_GOAL.match(self.text, self.sentences[stop]) is None  # what ends its list ends it
                    stop += 1
                zones.append(_Zone(i, stop, bulleted))
        return [*zones, *(z for z in self._listed_goals() if not any(z.first < o.stop and o.first < z.stop for o in zones))]

    def _tasks_in_figures(self) -> list[int]:
        """Sentences that announce the main tasks where most paragraphs after them name levels: these are targets."""
        found: list[int] = []
        for i in sorted(self.hits):
            if _TASKS_ARE.search(self.text, self.sentences[i], self.ends[i]):
                starts = self._paragraphs_after(i)
                told = sum(_TARGET_NUMBER.search(self.text, self.sentences[a], self.ends[b - 1]) is not None for a, b in pairwise(starts))
                if len(starts) > _LEAST_GOALS and told * 2 >= len(starts) - 1:
                    found.append(i)
        return found

    def _paragraphs_after(self, i: int) -> list[int]:
        """The first sentences of the paragraphs after a sentence, and where they end: at a heading or at words that open work."""
        starts: list[int] = []
        j = i + 1
        while j < len(self.sentences) and self.sentences[j] < self.sentences[i] + _ZONE:
            if self._breaks(self.sentences[j]):
                if self._ends_zone(j, True):
                    break
                starts.append(j)
            j += 1
        return [*starts, j]

    def _listed_goals(self) -> list[_Zone]:
        """Lists of paragraphs without numbers (——) a third of which name levels of later years, whatever announces them."""
        found: list[_Zone] = []
        i = 0
        while i < len(self.sentences):
            items: list[int] = []
            first = i
            while i < len(self.sentences) and (self._is_bullet(i) or (items and not self._breaks(self.sentences[i]))):
                items += [i] if self._is_bullet(i) else []
                i += 1
            stops = [*items[1:], i]
            telling = sum(
                self.rules.later_goal.search(self.text, self.sentences[a], self.ends[b - 1]) is not None
                for a, b in zip(items, stops, strict=False)
            )
            if len(items) >= _LEAST_GOALS and telling * 3 >= len(items):
                found.append(_Zone(first, i, True))
            i = max(i, first + 1)
        return found

    def _is_bullet(self, i: int) -> bool:
        at = self.sentences[i]
        return _BULLET.match(self.text, at) is not None and self._breaks(at)

    def _leads(self) -> list[tuple[int, int]]:
        """Stretches from the end of targets to the heading or the words that open the work."""
        found: list[tuple[int, int]] = []
        for zone in self.zones:
            start = self.ends[zone.stop - 1]
            first = next((i for i in range(zone.stop, len(self.sentences)) if self._opens_work(i)), None)
            if first is not None and self.sentences[first] < start + (_CHAPTER_LEAD if self._is_chapter(first) else _LEAD):
                found.append((start, self.sentences[first]))
        return found

    def _is_chapter(self, i: int) -> bool:
        heading = self.headings.get(self.sentences[i])
        return heading is not None and heading.level == 1

    def _worries(self) -> set[int]:
        """The sentences after one that announces problems, to the end of its paragraph or of the list it opens."""
        found: set[int] = set()
        for i, cues in self.hits.items():
            if i not in found and sum(c.weight for c in cues if c.roles == ("problems",)) >= _WORRIED:
                j = i + 1
                while j < len(self.sentences) and self._goes_on(j):
                    found.add(j)
                    j += 1
        return found

    def _points(self) -> dict[int, tuple[State, ...]]:
        """The sentences of lists (第一, 一是) that words of the past announce, with the roles of those words."""
        found: dict[int, tuple[State, ...]] = {}
        for i, cues in self.hits.items():
            first = self.headings.get(self.ends[i])
            said = [c for c in cues if c.weight >= _ANNOUNCES and c.roles and self.rules.past.issuperset(c.roles)]
            if first is None or not said or first.style not in ("ordinal", "clause") or not _FIRST_ITEM.match(self.text, first.start):
                continue
            if any(c.roles == ("tasks",) for c in cues):
                continue
            items = [h for h in self.headings.values() if h.start >= first.start]
            own = list(takewhile(lambda h: h.level > first.level or (h.level, h.style) == (first.level, first.style), items))
            last = max(h.start for h in own if h.level == first.level)
            j = i + 1
            while j < len(self.sentences) and (self.sentences[j] <= last or not self._is_paragraph(j)):
                found[j] = max(said, key=lambda c: c.weight).roles
                j += 1
        return found

    def _goes_on(self, i: int) -> bool:
        """Whether a sentence goes on with the paragraph before it, or with a list."""
        at = self.sentences[i]
        if (heading := self.headings.get(at)) is not None:
            return heading.level > 2 and heading.style in ("clause", "bracket", "ordinal", "arabic", "round", "circle")
        return not self._is_paragraph(i) and at not in self.fresh

    def _opens_work(self, i: int) -> bool:
        heading = self.headings.get(self.sentences[i])
        if heading is not None and heading.style in ("han", "bracket", "part", "line"):
            return True
        return any(c.roles == ("tasks",) and c.weight >= _OPENS_WORK for c in self.hits.get(i, ()))

    def _is_work(self, i: int) -> bool:
        """Whether a sentence opens an item of work without a number."""
        a, b = self.sentences[i], self.ends[i]
        return _LISTED_WORK.match(self.text, a, b) is not None and _TARGET_NUMBER.search(self.text, a, b) is None

    def _numbered_goals(self, first: int) -> int:
        """The sentence after a numbered list of goals that ``first`` announces with a colon; 0 where there is none, or few tell a level."""
        if not self.text[self.sentences[first] : self.ends[first]].rstrip("\n").endswith("："):
            return 0
        items: list[int] = []
        i = first + 1
        while i < len(self.sentences) and self.sentences[i] < self.sentences[first] + _ZONE:
            at = self.sentences[i]
            if any("tasks" in c.roles for c in self.hits.get(i, ())):
                break
            if _NUMBERED_GOAL.match(self.text, at) and (not items or self._alike(items[-1], at)):
                items.append(at)
            elif not items or self._breaks(at):
                break
            i += 1
        stops = [*items[1:], self.sentences[i] if i < len(self.sentences) else self.end]
        telling = sum(_LEVEL.search(self.text, a, b) is not None for a, b in zip(items, stops, strict=False))
        return i if len(items) >= _LEAST_GOALS and telling * 3 >= len(items) else 0

    def _alike(self, before: int, at: int) -> bool:
        """Whether two numbers are of one style."""
        return all((self.text[before] == c) == (self.text[at] == c) for c in "（第")

    def _split_goals(self) -> set[int]:
        """The sentences of the zones that open units: each of the announcement's paragraph, each item of a list whose breaks were lost."""
        split: set[int] = set()
        for zone in self.zones:
            split |= {zone.first, zone.stop}
            if not zone.bulleted:
                split.update(range(zone.first, self._paragraph_end(zone.first, zone.stop)))
            split.update(i for i in range(zone.first, zone.stop) if self._is_glued_item(i))
        return split

    def _has_numbers(self, i: int) -> bool:
        """Whether a sentence or the one before it holds a number as targets have."""
        return _TARGET_NUMBER.search(self.text, self.sentences[i - 1], self.ends[i]) is not None

    def _adds(self, i: int) -> bool:
        """Whether a short sentence without a number still belongs to the targets before it."""
        a, b = self.sentences[i], self.ends[i]
        return b - a <= _AFTERTHOUGHT and self.rules.afterthought.search(self.text, a, b) is not None

    def _paragraph_end(self, first: int, stop: int) -> int:
        """The sentence after ``first``'s paragraph, at most ``stop``; the sentences of a list's further paragraphs are weighed together."""
        return next((i for i in range(first + 1, stop) if self._breaks(self.sentences[i]) or self._is_glued_item(i)), stop)

    def _is_glued_item(self, i: int) -> bool:
        """Whether a sentence opens an item of a list (一是) whose breaks were lost."""
        return self.sentences[i] in self.glued and _LISTED_GOAL.match(self.text, self.sentences[i]) is not None

    def _ends_zone(self, i: int, listed: bool) -> bool:
        at = self.sentences[i]
        heading = self.headings.get(at)
        if heading is not None and heading.style in ("han", "bracket", "part", "line", "ordinal"):
            return True
        if any("tasks" in c.roles for c in self.hits.get(i, ())):
            return True
        if self._breaks(at) and any(c.roles == ("outlook",) and c.weight >= _TURNS for c in self.hits.get(i, ())):
            return True
        if at in self.glued:
            return at in self.fresh
        return self._breaks(at) and not listed and _LISTED_GOAL.match(self.text, at) is None and not self._is_dense(i)

    def _is_dense(self, i: int) -> bool:
        """Whether a sentence is a list of figures between semicolons."""
        a, b = self.sentences[i], self.ends[i]
        return self.text.count("；", a, b) >= _DENSE and sum(1 for _ in _TARGET_NUMBER.finditer(self.text, a, b)) > _DENSE

    def units(self) -> list[Unit]:
        """The units in order, weighed."""
        zone = {i: z for z in self.zones for i in range(z.first, z.stop)}
        split = self._split_goals()
        opening: list[int] = []
        for i in range(len(self.sentences)):
            strong = i in split or any(c.weight * self._share(c, i) >= _SPLITS for c in self.hits.get(i, ()))
            if (
                i == 0
                or i in self.greeting
                or SALUTATION.match(self.text, self.sentences[i])
                or ((self._is_paragraph(i) or strong) and i - 1 not in self.greeting)
            ):
                opening.append(i)
        starts = [self.sentences[i] for i in opening]
        scores = self._word_scores(starts)
        for n, (i, stop) in enumerate(pairwise([*opening, len(self.sentences)])):
            self._weigh(scores[n], i, stop, zone)
        self._weigh_under(starts, scores)
        for score in scores:
            for state, of_years in OF_YEARS.items():
                _add(score, (of_years,), score.get(state, 0.0))
        abroad = self._abroad()
        return [
            Unit(s, self._border(i), score, any(a <= s < b for a, b in abroad)) for s, i, score in zip(starts, opening, scores, strict=True)
        ]

    def _abroad(self) -> list[tuple[int, int]]:
        """The stretches under titles of foreign affairs."""
        found: list[tuple[int, int]] = []
        headings = list(self.headings.values())
        for n, heading in enumerate(headings):
            if self.rules.titles.abroad.search(self.text, heading.title, heading.words):
                found.append((heading.start, next((h.start for h in headings[n + 1 :] if h.level <= heading.level), self.end)))
        return found

    def _border(self, i: int) -> Border:
        at = self.sentences[i]
        if heading := self.headings.get(at):
            if heading.level == 1:
                return "chapter"
            if _FIRST_ITEM.match(self.text, at) and self.text[at - 2 : at].rstrip("\n").endswith("："):
                return "opened" if heading.style in ("han", "bracket") else "listed"
            return "bullet" if heading.style == "clause" else "item" if heading.style == "ordinal" else "heading"
        if self._is_bullet(i):
            return "bullet" if _BULLET.match(self.text, self.text.rfind("\n", 0, at - 1) + 1) else "paragraph"
        if SALUTATION.match(self.text, at):
            return "salutation"
        return "paragraph" if self._is_paragraph(i) or at in self.glued else "sentence"

    def _share(self, cue: Cue, i: int) -> float:
        """What a cue weighs in a sentence: less inside a paragraph, where its breaks are known."""
        if cue.inside == 1.0 or self._is_paragraph(i) or (cue.inside and self.sentences[i] in self.glued):
            return 1.0
        return cue.inside

    def _weigh(self, score: dict[State, float], first: int, stop: int, zone: Mapping[int, _Zone]) -> None:
        start, end = self.sentences[first], self.ends[stop - 1]
        cues: dict[str, tuple[Cue, float]] = {}
        for i in range(first, stop):
            for cue in self.hits.get(i, ()):
                share = 0.0 if cue.faint and self.last_call >= 0 else self._share(cue, i)
                if share > cues.get(cue.name, (cue, 0.0))[1]:
                    cues[cue.name] = cue, share
        for cue, share in cues.values():
            _add(score, cue.roles, cue.weight * share)
            _add(score, cue.against, -cue.weight * share / 2)
        if end == self.end and _PRINTED.fullmatch(self.text, start, end):
            _add(score, ("closing",), _SOURCE_LINE)
        for i in range(first, stop):
            if heading := self.headings.get(self.sentences[i]):
                self._weigh_title(score, heading)
        if first in zone:
            numbers = sum(1 for _ in _TARGET_NUMBER.finditer(self.text, start, end))
            listed = zone[first].bulleted or zone[first].numbered or _LISTED_GOAL.match(self.text, start) is not None
            short = end - start <= _AFTERTHOUGHT and not self._is_paragraph(first) and (start not in self.glued or self._adds(first))
            numberless = _NUMBERLESS * (
                _MILD / 2
                if listed
                else _MILD
                if short or start < self.ends[self._paragraph_end(zone[first].first, zone[first].stop) - 1]
                else 1.0
            )
            _add(score, ("tasks",), _NO_WORK if listed else 0.0)
            _add(score, ("targets",), min(_NUMBER_CAP, numbers * _NUMBER) if numbers else numberless)
        elif not any("targets" in c.roles for c, _ in cues.values()):
            _add(score, ("targets",), _NO_GOALS)
        if any(start < at <= start + _NAMED_AHEAD for at in self.ruled) and start not in self.headings:
            _add(score, ("government",), _TOO_EARLY)
        if first in self.worries:
            _add(score, ("problems",), _HELD)
        _add(score, self.points.get(first, ()), _POINT)
        if any(a <= start < b for a, b in self.leads):
            principled = any(c.roles == ("outlook",) for c, _ in cues.values())
            _add(score, ("outlook",), _BEFORE_WORK * (_PRINCIPLED if principled else 1.0))
        if self.speech_end <= start and 0 <= self.last_call < self.speech_end:
            _add(score, _SPOKEN, _ANNEXED)
        if start == self.last_paragraph and self.last_greeting < 0:
            _add(score, ("closing",), _LAST_WORDS)
        if start < self.peroration:
            _add(score, ("closing",), _NO_CLOSING)
        elif SALUTATION.match(self.text, start):
            _add(score, ("closing",), self._called(start))
        elif not any("closing" in c.roles for c, _ in cues.values()) and not self.last_call < 0 <= self.last_greeting:
            _add(score, ("closing",), _SILENT_CLOSING)

    def annexes(self) -> list[int]:
        """Where the annexes begin: their title lines in the report's second half."""
        late = (self.body + self.end) / 2
        named = [i for i, cues in self.hits.items() if any(c.roles == ("appendix",) and c.weight >= _SURE for c in cues)]
        return sorted(self.sentences[i] for i in named if self.sentences[i] > late)

    def _last_call(self) -> int:
        """Where the last call to march on begins; -1 without one in the last part of the speech."""
        calls = [self.sentences[i] for i, cues in self.hits.items() if any(c.roles == ("closing",) and c.weight >= _SURE for c in cues)]
        late = self.body + _LATE * (self.speech_end - self.body)
        if self.last_greeting >= 0:
            late = max(late, self.speech_end - _NO_CALL_BEFORE)
        return max((at for at in calls if self.speech_end >= at > late), default=-1)

    def _last_greeting(self) -> int:
        """The last salutation near the end of the speech; -1 without one."""
        near = max(self.body, self.speech_end - max(_TAIL, (self.speech_end - self.body) // 14), self.speech_end - _TAIL)
        return max((m.start() for m in SALUTATION.finditer(self.text, near, self.speech_end)), default=-1)

    def _last_paragraph(self) -> int:
        """The start of the speech's last paragraph that is no mere line."""
        stop = self.speech_end
        for at, end in zip(reversed(self.sentences), reversed(self.ends), strict=True):
            if self.body < at and end <= stop and self._breaks(at):
                if stop - at > SHORT_LINE:
                    return at
                stop = at
        return self.body

    def _called(self, start: int) -> float:
        """What a salutation speaks for the closing: the last one before the last call opens it."""
        if self.last_call < 0:
            return _LAST_THOUGHT if start == self.peroration else 0.0
        if not start <= self.last_call <= start + _CALL_AFTER:
            return _UNCALLED
        if SALUTATION.search(self.text, start + 4, self.last_call) is None:
            return _CALLED
        return 0.0 if self.last_call - start <= _CALL_NEAR else _UNCALLED

    def _peroration(self) -> int:
        """The first position where the closing may begin: some way before its last call, or before the end of the speech."""
        if self.last_call >= 0:
            near = [m.start() for m in SALUTATION.finditer(self.text, max(self.body, self.last_call - _CALL_AFTER), self.last_call + 1)]
            opening = [at for at in near if self.last_call - at <= _CALL_NEAR] or near[-1:]
            return opening[0] if opening else self.last_call - _TAIL
        return self.last_greeting if self.last_greeting >= 0 else self.speech_end - max(_TAIL, (self.speech_end - self.body) // 14)

    def _weigh_title(self, score: dict[State, float], heading: Heading) -> None:
        share = 1.0 if heading.level == 1 else _TITLE_SHARE
        if heading.level > 1 and heading.style != "line":
            _add(score, ("outlook",), _LISTED / 3 if heading.style in ("clause", "ordinal") else _LISTED)
        for cue in self._title_cues(heading):
            _add(score, cue.roles, cue.weight * share)
            _add(score, cue.against, -cue.weight * share)

    def _title_cues(self, heading: Heading) -> tuple[Cue, ...]:
        """The cues that speak in a title."""
        if (found := self._in_titles.get(heading.start)) is None:
            title = self.text[heading.title : heading.words]
            found = self._in_titles[heading.start] = tuple(c for c in self.rules.title_cues if c.speaks(title))
        return found

    def _weigh_under(self, starts: list[int], scores: list[dict[State, float]]) -> None:
        """Add to each unit what the title of a chapter on the past says, and what the last heading that says anything says."""
        said: tuple[State, ...] = ()
        chapter: tuple[State, ...] = ()
        section: tuple[int, tuple[State, ...]] = (0, ())  # below a chapter: level and roles of a title that speaks of one thing alone
        lasting = self._lasting()
        turning = {self.sentences[i] for i, cues in self.hits.items() if any(c.turns for c in cues)}
        for start, score in zip(starts, scores, strict=True):
            if start in lasting and not chapter:
                chapter = lasting[start]
            if start in turning and (chapter or section[1]) == ("government",):
                chapter, section = (), (0, ())
            if heading := self.headings.get(start):
                spoken = self._title_cues(heading)
                cues = [c for c in spoken if c.weight >= _TELLING and c.roles != ("outlook",)]
                said = max(cues, key=lambda c: c.weight).roles if cues else () if heading.level == 1 else said
                past = said if cues and all(self.rules.past.issuperset(c.roles) for c in spoken) else ()
                ruled = any(c.roles == ("government",) for c in spoken) and not any(c.roles == ("tasks",) for c in spoken)
                one: tuple[State, ...] = ("government",) if ruled else past if heading.level == 1 or heading.style == "line" else ()
                if heading.level == 1:
                    chapter = one
                if heading.level <= section[0] or one:
                    section = (heading.level, one if heading.level > 1 else ())
            if start < self.peroration:
                _add(score, said, self.rules.under)
                alone = chapter or section[1]
                _add(score, alone, self.rules.ruled if alone == ("government",) else self.rules.chapter)

    def _lasting(self) -> dict[int, tuple[State, ...]]:
        """The sentences whose words hold to the chapter's end, where a list of headings follows them, with their roles."""
        found: dict[int, tuple[State, ...]] = {}
        for i, cues in self.hits.items():
            roles = [c.roles for c in cues if c.lasts]
            if roles and self.ends[i] in self.headings:
                found[self.sentences[i]] = roles[0]
        return found

    def _word_scores(self, starts: list[int]) -> list[dict[State, float]]:
        """What the density of words speaks for in each unit."""
        scores: list[dict[State, float]] = [{} for _ in starts]
        counts = [[0] * len(starts) for _ in self.rules.words]
        for word, at, _ in self.rules.lexicon.find_matches_as_indexes(self.text[self.body : self.end]):
            unit = bisect_right(starts, self.body + at) - 1
            for i, by in self.rules.counted[word]:
                counts[i][unit] += by
        lengths = [b - a for a, b in pairwise([*starts, self.end])]
        for words, count in zip(self.rules.words, counts, strict=True):
            for score, n, length in zip(scores, count, lengths, strict=True):
                value = max(-words.cap, min(words.cap, n * words.weight - length / 100 * words.rate))
                _add(score, words.roles, value)
                _add(score, words.against, -value)
        return scores


def _add(score: dict[State, float], roles: Sequence[State], value: float) -> None:
    for role in roles:
        score[role] = score.get(role, 0.0) + value
