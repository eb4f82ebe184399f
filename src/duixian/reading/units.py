"""Units: the stretches of a report that roles are decided for, with what speaks for each role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from duixian.reading.goals import AFTERTHOUGHT, LISTED_GOAL, TARGET_NUMBER, GoalFinder, Zone
from duixian.reading.headings import Heading
from duixian.reading.perorations import Ending
from duixian.reading.sentences import BULLETS, Sentences
from duixian.registry.roles import OF_YEARS, Cue, State

Border = Literal["chapter", "heading", "item", "bullet", "opened", "listed", "salutation", "paragraph", "sentence"]

# A last line that names where a speech was printed. Matches "（《晨报》2001年1月2日）"; not "（热烈鼓掌）".
_PRINTED = re.compile(r"（[^（）\n]{0,24}《[^（\n]{4,40}）\s*")
# The first item of a list. Matches "一是", "（一）", "第一，", "1."; not "二是".
_FIRST_ITEM = re.compile(r"（?[一1①]|第一")
_SPLITS = 2.4  # a cue of at least this weight opens a unit inside a paragraph
_TITLE_SHARE = 0.5  # what a sub-heading's words weigh against a chapter's
_NO_GOALS = -4.0  # no targets where no words announce them
_NUMBER = 1.0  # what one number speaks for targets, in the zone
_NUMBER_CAP = 4.0
_NUMBERLESS = -1.5
_NO_WORK = -1.0  # a listed paragraph of targets is no work
_MILD = 0.2  # the share of that where it costs less
_WORRIED = 5.0  # cues of at least so much weight together announce problems
_ANNOUNCES = 1.5  # a cue of at least this weight announces the points after it
_POINT = 1.5  # what it says of each
_HELD = 2.0  # what follows in their paragraph, or in the list that begins there, goes on with them
_PRINCIPLED = 2.0  # by so much more where its words say so
_NAMED_AHEAD = 1500  # where a heading names the government within so many characters,
_TOO_EARLY = -3.0  # its part does not begin before it without one
_BEFORE_WORK = 1.5  # what stands between them gives reasons or principles
_NO_CLOSING = -12.0
_SOURCE_LINE = 2.0  # what a last line in brackets speaks for the closing
_TELLING = 2.5  # cues of titles of at least this weight speak for what stands under them
_LAST_WORDS = 3.0  # what the last paragraph does where there is no salutation either
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


class UnitMaker:
    """Cuts a report into units and weighs them.

    Args:
        said: the report's sentences.
        ending: where its speech ends.
    """

    def __init__(self, said: Sentences, ending: Ending) -> None:
        self.said, self.rules, self.ending = said, said.rules, ending
        self.greeting = self._greetings()
        self.goals = GoalFinder(said)
        self.worries = self._worries()
        self.points = self._points()
        self.ruled = [h.start for h in said.headings.values() if any(c.roles == ("government",) for c in said.title_cues(h))]

    def _greetings(self) -> frozenset[int]:
        """Indexes of the sentences that are only a salutation or a heading's own line; the next sentence belongs with them."""
        found = set()
        for i, (a, b) in enumerate(zip(self.said.sentences, self.said.ends, strict=True)):
            if (
                i + 1 == len(self.said.sentences)
                or b in self.said.headings
                or any("targets" in c.roles for c in self.said.hits.get(i + 1, ()))
            ):
                continue
            heading = self.said.headings.get(a)
            if self.said.is_salutation(i) or (heading and heading.words >= b - 2 and self.said.text[b - 1] == "\n"):
                found.add(i)
        return frozenset(found)

    def units(self) -> list[Unit]:
        """The units in order, weighed."""
        zone = {i: z for z in self.goals.zones for i in range(z.first, z.stop)}
        split = self.goals.openings()
        opening: list[int] = []
        for i in range(len(self.said.sentences)):
            strong = i in split or any(c.weight * self._share(c, i) >= _SPLITS for c in self.said.hits.get(i, ()))
            if (
                i == 0
                or i in self.greeting
                or self.said.salutation(self.said.sentences[i])
                or ((self.said.is_paragraph(i) or strong) and i - 1 not in self.greeting)
            ):
                opening.append(i)
        starts = [self.said.sentences[i] for i in opening]
        scores = self._word_scores(starts)
        for n, (i, stop) in enumerate(pairwise([*opening, len(self.said.sentences)])):
            self._weigh(scores[n], i, stop, zone)
        self._weigh_under(starts, scores)
        for score in scores:
            for state, of_years in OF_YEARS.items():
                _add(score, (of_years,), score.get(state, 0.0))
        abroad = self._abroad()
        return [
            Unit(s, self._border(i), score, any(a <= s < b for a, b in abroad)) for s, i, score in zip(starts, opening, scores, strict=True)
        ]

    def _worries(self) -> set[int]:
        """The sentences after one that announces problems, to the end of its paragraph or of the list it opens."""
        found: set[int] = set()
        for i, cues in self.said.hits.items():
            if i not in found and sum(c.weight for c in cues if c.roles == ("problems",)) >= _WORRIED:
                j = i + 1
                while j < len(self.said.sentences) and self._goes_on(j):
                    found.add(j)
                    j += 1
        return found

    def _points(self) -> dict[int, tuple[State, ...]]:
        """The sentences of lists (第一, 一是) that words of the past announce, with the roles of those words."""
        found: dict[int, tuple[State, ...]] = {}
        for i, cues in self.said.hits.items():
            first = self.said.headings.get(self.said.ends[i])
            said = [c for c in cues if c.weight >= _ANNOUNCES and c.roles and self.rules.past.issuperset(c.roles)]
            if first is None or not said or first.style not in ("ordinal", "clause") or not _FIRST_ITEM.match(self.said.text, first.start):
                continue
            if any(c.roles == ("tasks",) for c in cues):
                continue
            last = self._last_like(first)
            j = i + 1
            while j < len(self.said.sentences) and (self.said.sentences[j] <= last or not self.said.is_paragraph(j)):
                found[j] = max(said, key=lambda c: c.weight).roles
                j += 1
        return found

    def _last_like(self, first: Heading) -> int:
        """Where the last item of the list begins that a heading opens."""
        last = first.start
        for heading in self.said.headings.values():
            if heading.start >= first.start:
                if heading.level < first.level or (heading.level == first.level and heading.style != first.style):
                    break
                last = heading.start if heading.level == first.level else last
        return last

    def _goes_on(self, i: int) -> bool:
        """Whether a sentence goes on with the paragraph before it, or with a list."""
        at = self.said.sentences[i]
        if (heading := self.said.headings.get(at)) is not None:
            return heading.level > 2 and heading.style in ("clause", "bracket", "ordinal", "arabic", "round", "circle")
        return not self.said.is_paragraph(i) and at not in self.said.fresh

    def _abroad(self) -> list[tuple[int, int]]:
        """The stretches under titles of foreign affairs."""
        found: list[tuple[int, int]] = []
        headings = list(self.said.headings.values())
        for n, heading in enumerate(headings):
            if self.rules.titles.abroad.search(self.said.text, heading.title, heading.words):
                found.append((heading.start, next((h.start for h in headings[n + 1 :] if h.level <= heading.level), self.said.end)))
        return found

    def _border(self, i: int) -> Border:
        at = self.said.sentences[i]
        if heading := self.said.headings.get(at):
            if heading.level == 1:
                return "chapter"
            if _FIRST_ITEM.match(self.said.text, at) and self.said.text[at - 2 : at].rstrip("\n").endswith("："):
                return "opened" if heading.style in ("han", "bracket") else "listed"
            return "bullet" if heading.style == "clause" else "item" if heading.style == "ordinal" else "heading"
        if self.said.is_bullet(i):
            return "bullet" if self.said.text.startswith(BULLETS, self.said.text.rfind("\n", 0, at - 1) + 1) else "paragraph"
        if self.said.salutation(at):
            return "salutation"
        return "paragraph" if self.said.is_paragraph(i) or at in self.said.glued else "sentence"

    def _share(self, cue: Cue, i: int) -> float:
        """What a cue weighs in a sentence: less inside a paragraph, where its breaks are known."""
        if cue.inside == 1.0 or self.said.is_paragraph(i) or (cue.inside and self.said.sentences[i] in self.said.glued):
            return 1.0
        return cue.inside

    def _weigh(self, score: dict[State, float], first: int, stop: int, zone: Mapping[int, Zone]) -> None:
        """Add to a unit's score what its own sentences, its headings and its place say."""
        start, end = self.said.sentences[first], self.said.ends[stop - 1]
        cues = self._cues(first, stop)
        for cue, share in cues:
            _add(score, cue.roles, cue.weight * share)
            _add(score, cue.against, -cue.weight * share / 2)
        for i in range(first, stop):
            if heading := self.said.headings.get(self.said.sentences[i]):
                self._weigh_title(score, heading)
        if first in zone:
            self._weigh_goals(score, first, start, end, zone[first])
        elif not any("targets" in c.roles for c, _ in cues):
            _add(score, ("targets",), _NO_GOALS)
        if any(start < at <= start + _NAMED_AHEAD for at in self.ruled) and start not in self.said.headings:
            _add(score, ("government",), _TOO_EARLY)
        if first in self.worries:
            _add(score, ("problems",), _HELD)
        _add(score, self.points.get(first, ()), _POINT)
        if any(a <= start < b for a, b in self.goals.leads):
            principled = any(c.roles == ("outlook",) for c, _ in cues)
            _add(score, ("outlook",), _BEFORE_WORK * (_PRINCIPLED if principled else 1.0))
        self._weigh_closing(score, start, end, any("closing" in c.roles for c, _ in cues))

    def _cues(self, first: int, stop: int) -> list[tuple[Cue, float]]:
        """The cues that speak in a unit, each once, with the share of their weight they have there."""
        cues: dict[str, tuple[Cue, float]] = {}
        for i in range(first, stop):
            for cue in self.said.hits.get(i, ()):
                share = 0.0 if cue.faint and self.ending.last_call >= 0 else self._share(cue, i)
                if share > cues.get(cue.name, (cue, 0.0))[1]:
                    cues[cue.name] = cue, share
        return list(cues.values())

    def _weigh_goals(self, score: dict[State, float], first: int, start: int, end: int, zone: Zone) -> None:
        """What numbers, or their absence, say where targets may stand."""
        numbers = sum(1 for _ in TARGET_NUMBER.finditer(self.said.text, start, end))
        listed = zone.bulleted or zone.numbered or LISTED_GOAL.match(self.said.text, start) is not None
        glued = start in self.said.glued
        short = end - start <= AFTERTHOUGHT and not self.said.is_paragraph(first) and (not glued or self.goals.adds(first))
        announced = start < self.said.ends[self.goals.paragraph_end(zone.first, zone.stop) - 1]
        numberless = _NUMBERLESS * (_MILD / 2 if listed else _MILD if short or announced else 1.0)
        _add(score, ("tasks",), _NO_WORK if listed else 0.0)
        _add(score, ("targets",), min(_NUMBER_CAP, numbers * _NUMBER) if numbers else numberless)

    def _weigh_closing(self, score: dict[State, float], start: int, end: int, said: bool) -> None:
        """What the place of a unit says of the closing; ``said`` where a cue speaks for it."""
        ending = self.ending
        if end == self.said.end and _PRINTED.fullmatch(self.said.text, start, end):
            _add(score, ("closing",), _SOURCE_LINE)
        if ending.speech_end <= start and 0 <= ending.last_call < ending.speech_end:
            _add(score, _SPOKEN, _ANNEXED)
        if start == ending.last_paragraph and ending.last_greeting < 0:
            _add(score, ("closing",), _LAST_WORDS)
        if start < ending.peroration:
            _add(score, ("closing",), _NO_CLOSING)
        elif self.said.salutation(start):
            _add(score, ("closing",), ending.called(start))
        elif not said and not ending.last_call < 0 <= ending.last_greeting:
            _add(score, ("closing",), _SILENT_CLOSING)

    def _weigh_title(self, score: dict[State, float], heading: Heading) -> None:
        share = 1.0 if heading.level == 1 else _TITLE_SHARE
        if heading.level > 1 and heading.style != "line":
            _add(score, ("outlook",), _LISTED / 3 if heading.style in ("clause", "ordinal") else _LISTED)
        for cue in self.said.title_cues(heading):
            _add(score, cue.roles, cue.weight * share)
            _add(score, cue.against, -cue.weight * share)

    def _weigh_under(self, starts: list[int], scores: list[dict[State, float]]) -> None:
        """Add to each unit what the titles above it say: those of the past or of the government alone, and in essays the last one."""
        said: tuple[State, ...] = ()
        chapter: tuple[State, ...] = ()
        section: tuple[int, tuple[State, ...]] = (0, ())  # below a chapter: level and roles of a title that speaks of one thing alone
        lasting = self._lasting()
        turning = {self.said.sentences[i] for i, cues in self.said.hits.items() if any(c.turns for c in cues)}
        for start, score in zip(starts, scores, strict=True):
            if start in lasting and not chapter:
                chapter = lasting[start]
            if start in turning and (chapter or section[1]) == ("government",):
                chapter, section = (), (0, ())
            if heading := self.said.headings.get(start):
                said = self._telling(heading, said)
                alone = self._alone(heading)
                chapter = alone if heading.level == 1 else chapter
                if heading.level <= section[0] or alone:
                    section = (heading.level, alone if heading.level > 1 else ())
            if start < self.ending.peroration:
                _add(score, said, self.rules.under)
                held = chapter or section[1]
                _add(score, held, self.rules.ruled if held == ("government",) else self.rules.chapter)

    def _telling(self, heading: Heading, before: tuple[State, ...] = ()) -> tuple[State, ...]:
        """The roles a title speaks for most; what was told before where a sub-heading tells nothing."""
        cues = [c for c in self.said.title_cues(heading) if c.weight >= _TELLING and c.roles != ("outlook",)]
        return max(cues, key=lambda c: c.weight).roles if cues else () if heading.level == 1 else before

    def _alone(self, heading: Heading) -> tuple[State, ...]:
        """The roles of a title that speaks of the government alone, or (a chapter's, or one without a number) of the past alone."""
        spoken = self.said.title_cues(heading)
        if any(c.roles == ("government",) for c in spoken) and not any(c.roles == ("tasks",) for c in spoken):
            return ("government",)
        past = all(self.rules.past.issuperset(c.roles) for c in spoken) and (heading.level == 1 or heading.style == "line")
        told = self._telling(heading) if past else ()
        return ("review", "review_term") if "review_term" in told else told

    def _lasting(self) -> dict[int, tuple[State, ...]]:
        """The sentences whose words hold to the chapter's end, where a list of headings follows them, with their roles."""
        found: dict[int, tuple[State, ...]] = {}
        for i, cues in self.said.hits.items():
            roles = [c.roles for c in cues if c.lasts]
            if roles and self.said.ends[i] in self.said.headings:
                found[self.said.sentences[i]] = roles[0]
        return found

    def _word_scores(self, starts: list[int]) -> list[dict[State, float]]:
        """What the density of words speaks for in each unit."""
        scores: list[dict[State, float]] = [{} for _ in starts]
        counts = [[0] * len(starts) for _ in self.rules.words]
        for word, at, _ in self.rules.lexicon.find_matches_as_indexes(self.said.text[self.said.body : self.said.end]):
            unit = bisect_right(starts, self.said.body + at) - 1
            for i, by in self.rules.counted[word]:
                counts[i][unit] += by
        lengths = [b - a for a, b in pairwise([*starts, self.said.end])]
        for words, count in zip(self.rules.words, counts, strict=True):
            for score, n, length in zip(scores, count, lengths, strict=True):
                value = max(-words.cap, min(words.cap, n * words.weight - length / 100 * words.rate))
                _add(score, words.roles, value)
                _add(score, words.against, -value)
        return scores


def _add(score: dict[State, float], roles: Sequence[State], value: float) -> None:
    for role in roles:
        score[role] = score.get(role, 0.0) + value
