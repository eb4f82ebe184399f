"""Where targets may stand: the stretches that words announce or lists of figures make, and what leads from them to the work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from duixian.reading.sentences import Sentences

# A number with a unit, as targets have. Matches "6%", "百分之七", "12万人"; not "第3次".
TARGET_NUMBER = re.compile(r"\d(?:%|‰|个百分点|[万亿]|美?元)|百分之|翻[一两三]?番")

# A paragraph that goes on with a list of targets. Matches "——工业增长8%", "一是经济增长", "（2）投资"; not "第一，抓好", "（二）投资".
LISTED_GOAL = re.compile(r"[—·]|[一二三四五六七八九十]{1,2}是|（\d{1,2}）|\d{1,2}[.、]|[①-⑳]")

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

# Goals that are the year's whatever they tell. Matches "预期目标", "同步"; not "奋斗目标".
_EXPECTED = re.compile(r"预期|同步|今年")

# A list of targets begins in the words that announce them, or right after. Matches "目标是：——", "如下：一是"; not "目标：增长".
_LIST_OPENS = re.compile(r"[：；。](?:——|一是|（1|1[.、]|①)")

_DENSE = 4  # a list of figures has at least so many semicolons, and more figures
_LEAST_GOALS = 3  # a numbered list of goals has at least so many
_ZONE = 2500  # a paragraph of targets ends at most so many characters after the words that open it
AFTERTHOUGHT = 150  # a sentence without a number, in the paragraph of the targets, of at most so many characters costs less
_LEAD = 1500  # from the targets to what opens the work it is at most so many characters
_CHAPTER_LEAD = 1900  # and to a chapter
_TURNS = 3.0  # a paragraph with a cue of the outlook of at least this weight ends the targets
_OPENS_WORK = 4.5  # a cue of at least this weight opens it


@dataclass(frozen=True, slots=True)
class Zone:
    """Sentences that may hold targets; ``bulleted`` where they are a list whose breaks were lost, ``numbered`` where they are headings."""

    first: int
    stop: int
    bulleted: bool
    numbered: bool = False


class GoalFinder:
    """Finds the stretches of a report that may hold targets.

    Args:
        said: the report's sentences.

    Attributes:
        zones: the stretches.
        leads: the stretches from their ends to what opens the work, as positions.
    """

    def __init__(self, said: Sentences) -> None:
        self.said = said
        self.zones = [z for z in self._zones() if self._has_figures(z)]
        self.leads = self._leads()

    def _zones(self) -> list[Zone]:
        """Stretches that may hold targets: from the words that announce them to their paragraph's or their list's end."""
        zones: list[Zone] = []
        for i in self._tasks_in_figures():
            zones.append(Zone(i, self._paragraphs_after(i)[-1], False, True))
            self.said.hits[i] = [c for c in self.said.hits[i] if "tasks" not in c.roles]
        for i in sorted(self.said.hits):
            announced = [c for c in self.said.hits[i] if "targets" in c.roles]
            if announced and (stop := self._numbered_goals(i)):
                zones.append(Zone(i, stop, False, True))
            elif announced:
                stop = i + 1
                last = self.said.ends[i] + 1 if all(c.short for c in announced) else min(self.said.sentences[i] + _ZONE, self.said.end)
                listed = self.said.text[self.said.sentences[i] : self.said.ends[i]].endswith(("：\n", "如下。\n"))
                announcing = self.said.text[self.said.sentences[i] : self.said.ends[i]].rstrip("\n").endswith(("：", "如下。"))
                glued = self.said.sentences[i] in self.said.glued
                bulleted = (
                    glued
                    and _LIST_OPENS.search(self.said.text, self.said.sentences[i], min(self.said.end, self.said.ends[i] + 2)) is not None
                )
                while stop < len(self.said.sentences) and self.said.sentences[stop] < last and not self._ends_zone(stop, listed):
                    if not announcing and self._is_work(stop):
                        break
                    if glued and not bulleted and not self._has_numbers(stop) and not self.adds(stop):
                        break
                    listed = listed and LISTED_GOAL.match(self.said.text, self.said.sentences[stop]) is None  # what ends its list ends it
                    stop += 1
                zones.append(Zone(i, stop, bulleted))
        return [*zones, *(z for z in self._listed_goals() if not any(z.first < o.stop and o.first < z.stop for o in zones))]

    def _has_figures(self, zone: Zone) -> bool:
        """Whether goals tell at least one figure, or are the year's expected ones; the words that announce others say nothing."""
        a, b = self.said.sentences[zone.first], self.said.ends[zone.stop - 1]
        if TARGET_NUMBER.search(self.said.text, a, b) or _EXPECTED.search(self.said.text, a, b):
            return True
        self.said.hits[zone.first] = [c for c in self.said.hits.get(zone.first, ()) if "targets" not in c.roles]
        return False

    def _tasks_in_figures(self) -> list[int]:
        """Sentences that announce the main tasks where most paragraphs after them name levels: these are targets."""
        found: list[int] = []
        for i in sorted(self.said.hits):
            if _TASKS_ARE.search(self.said.text, self.said.sentences[i], self.said.ends[i]):
                starts = self._paragraphs_after(i)
                told = sum(
                    TARGET_NUMBER.search(self.said.text, self.said.sentences[a], self.said.ends[b - 1]) is not None
                    for a, b in pairwise(starts)
                )
                if len(starts) > _LEAST_GOALS and told * 2 >= len(starts) - 1:
                    found.append(i)
        return found

    def _paragraphs_after(self, i: int) -> list[int]:
        """The first sentences of the paragraphs after a sentence, and where they end: at a heading or at words that open work."""
        starts: list[int] = []
        j = i + 1
        while j < len(self.said.sentences) and self.said.sentences[j] < self.said.sentences[i] + _ZONE:
            if self.said.breaks(self.said.sentences[j]):
                if self._ends_zone(j, True):
                    break
                starts.append(j)
            j += 1
        return [*starts, j]

    def _listed_goals(self) -> list[Zone]:
        """Lists of paragraphs without numbers (——) a third of which name levels of later years, whatever announces them."""
        said = self.said
        found: list[Zone] = []
        items: list[int] = []
        for i in [*(i for i in range(len(said.sentences)) if said.is_bullet(i)), len(said.sentences)]:
            if items and (i == len(said.sentences) or any(said.breaks(said.sentences[k]) for k in range(items[-1] + 1, i))):
                stop = next((k for k in range(items[-1] + 1, len(said.sentences)) if said.breaks(said.sentences[k])), len(said.sentences))
                goals = said.rules.later_goal
                told = [goals.search(said.text, said.sentences[a], said.ends[b - 1]) is not None for a, b in pairwise([*items, stop])]
                if len(items) >= _LEAST_GOALS and sum(told) * 3 >= len(items):
                    found.append(Zone(items[0], stop, True))
                items = []
            items.append(i)
        return found

    def _leads(self) -> list[tuple[int, int]]:
        """Stretches from the end of targets to the heading or the words that open the work."""
        found: list[tuple[int, int]] = []
        for zone in self.zones:
            start = self.said.ends[zone.stop - 1]
            first = next((i for i in range(zone.stop, len(self.said.sentences)) if self._opens_work(i)), None)
            if first is not None and self.said.sentences[first] < start + (_CHAPTER_LEAD if self._is_chapter(first) else _LEAD):
                found.append((start, self.said.sentences[first]))
        return found

    def _is_chapter(self, i: int) -> bool:
        heading = self.said.headings.get(self.said.sentences[i])
        return heading is not None and heading.level == 1

    def _opens_work(self, i: int) -> bool:
        heading = self.said.headings.get(self.said.sentences[i])
        if heading is not None and heading.style in ("han", "bracket", "part", "line"):
            return True
        return any(c.roles == ("tasks",) and c.weight >= _OPENS_WORK for c in self.said.hits.get(i, ()))

    def _is_work(self, i: int) -> bool:
        """Whether a sentence opens an item of work without a number."""
        a, b = self.said.sentences[i], self.said.ends[i]
        return _LISTED_WORK.match(self.said.text, a, b) is not None and TARGET_NUMBER.search(self.said.text, a, b) is None

    def _numbered_goals(self, first: int) -> int:
        """The sentence after a numbered list of goals that ``first`` announces with a colon; 0 where there is none, or few tell a level."""
        if not self.said.text[self.said.sentences[first] : self.said.ends[first]].rstrip("\n").endswith("："):
            return 0
        items: list[int] = []
        i = first + 1
        while i < len(self.said.sentences) and self.said.sentences[i] < self.said.sentences[first] + _ZONE:
            at = self.said.sentences[i]
            if any("tasks" in c.roles for c in self.said.hits.get(i, ())):
                break
            if _NUMBERED_GOAL.match(self.said.text, at) and (not items or self._alike(items[-1], at)):
                items.append(at)
            elif not items or self.said.breaks(at):
                break
            i += 1
        stops = [*items[1:], self.said.sentences[i] if i < len(self.said.sentences) else self.said.end]
        telling = sum(_LEVEL.search(self.said.text, a, b) is not None for a, b in zip(items, stops, strict=False))
        return i if len(items) >= _LEAST_GOALS and telling * 3 >= len(items) else 0

    def _alike(self, before: int, at: int) -> bool:
        """Whether two numbers are of one style."""
        return all((self.said.text[before] == c) == (self.said.text[at] == c) for c in "（第")

    def openings(self) -> set[int]:
        """The sentences of the zones that open units: each of the announcement's paragraph, each item of a list whose breaks were lost."""
        split: set[int] = set()
        for zone in self.zones:
            split |= {zone.first, zone.stop}
            if not zone.bulleted:
                split.update(range(zone.first, self.paragraph_end(zone.first, zone.stop)))
            split.update(i for i in range(zone.first, zone.stop) if self._is_glued_item(i))
        return split

    def _has_numbers(self, i: int) -> bool:
        """Whether a sentence or the one before it holds a number as targets have."""
        return TARGET_NUMBER.search(self.said.text, self.said.sentences[i - 1], self.said.ends[i]) is not None

    def adds(self, i: int) -> bool:
        """Whether a short sentence without a number still belongs to the targets before it."""
        a, b = self.said.sentences[i], self.said.ends[i]
        return b - a <= AFTERTHOUGHT and self.said.rules.afterthought.search(self.said.text, a, b) is not None

    def paragraph_end(self, first: int, stop: int) -> int:
        """The sentence after ``first``'s paragraph, at most ``stop``; the sentences of a list's further paragraphs are weighed together."""
        return next((i for i in range(first + 1, stop) if self.said.breaks(self.said.sentences[i]) or self._is_glued_item(i)), stop)

    def _is_glued_item(self, i: int) -> bool:
        """Whether a sentence opens an item of a list (一是) whose breaks were lost."""
        return self.said.sentences[i] in self.said.glued and LISTED_GOAL.match(self.said.text, self.said.sentences[i]) is not None

    def _ends_zone(self, i: int, listed: bool) -> bool:
        at = self.said.sentences[i]
        heading = self.said.headings.get(at)
        if heading is not None and heading.style in ("han", "bracket", "part", "line", "ordinal"):
            return True
        if any("tasks" in c.roles for c in self.said.hits.get(i, ())):
            return True
        if self.said.breaks(at) and any(c.roles == ("outlook",) and c.weight >= _TURNS for c in self.said.hits.get(i, ())):
            return True
        if at in self.said.glued:
            return at in self.said.fresh
        return self.said.breaks(at) and not listed and LISTED_GOAL.match(self.said.text, at) is None and not self._is_dense(i)

    def _is_dense(self, i: int) -> bool:
        """Whether a sentence is a list of figures between semicolons."""
        a, b = self.said.sentences[i], self.said.ends[i]
        return self.said.text.count("；", a, b) >= _DENSE and sum(1 for _ in TARGET_NUMBER.finditer(self.said.text, a, b)) > _DENSE
