"""What tells the part of a report a stretch belongs to: cues for titles and sentences, words, costs of passing (data/roles.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, cast

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from duixian.model import Role

# What a stretch of a report is while it is read: a role, and for what lies ahead whether it is of the year or of the years.
State = Role | Literal["outlook_term", "targets_term"]

STATES: Final[tuple[State, ...]] = (
    "front",
    "review",
    "review_term",
    "problems",
    "outlook",
    "outlook_term",
    "targets",
    "targets_term",
    "tasks",
    "tasks_term",
    "government",
    "closing",
    "appendix",
)
# What lies ahead for the year, and the same for the years.
OF_YEARS: Final[Mapping[State, State]] = {"outlook": "outlook_term", "targets": "targets_term", "tasks": "tasks_term"}
_ORDINALS: Final = "零一二三四五六七八九十"
_WORK: Final = {"tasks", "tasks_term"}
# In essays passing to and from these costs no more than elsewhere, nor does passing from the past to work.
_CHEAP: Final = {"targets", "targets_term", "closing", "appendix"}
_PUNCTUAL: Final = 1984  # from then on plans are adopted in their first year
_FIRST_PLAN: Final = 1953  # first year of the first five-year plan that later ones follow without a gap from 1966 on


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for roles.

    Attributes:
        name: what reasons and tests call it.
        roles: the roles it speaks for.
        against: the roles it speaks against, with half its weight.
        weight: how strongly (log-odds).
        anchors: words one of which the sentence holds; found first because that is cheap. Empty for titles.
        pattern: tried on the sentence or title.
        also: must be found in the sentence too.
        unless: must not be found before the match's end.
        within: how far into the sentence the match may begin.
        paragraph: only at a paragraph's first sentence.
        line: only at the start of a line.
        opens: the match must begin where the sentence does.
        inside: the share of its weight that it has inside a paragraph.
        short: what it announces ends with the next sentence.
        faint: it speaks only in speeches that end without a call.
        turns: where it speaks, a title on the government says nothing of what follows any more.
        lasts: what it says of the list it opens holds to the chapter's end.
        matches: sentences it must find.
        refuses: sentences it must not.
    """

    name: str
    roles: tuple[State, ...]
    against: tuple[State, ...]
    weight: float
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    also: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    within: int
    paragraph: bool
    line: bool
    opens: bool
    inside: float
    short: bool
    faint: bool
    lasts: bool
    turns: bool
    matches: tuple[str, ...]
    refuses: tuple[str, ...]

    def speaks(self, sentence: str) -> bool:
        """Whether it finds itself in a sentence (or in the words of a title)."""
        found = self.pattern.match(sentence) if self.opens or self.line else self.pattern.search(sentence)
        if found is None or found.start() > self.within:
            return False
        if self.also is not None and self.also.search(sentence) is None:
            return False
        return self.unless is None or self.unless.search(sentence, 0, found.end()) is None


@dataclass(frozen=True, slots=True)
class Words:
    """Words whose number in a stretch speaks for roles (and against others), up to a cap.

    Attributes:
        words: each speaks for the roles with ``weight``.
        less: each counts the other way.
        rate: what a hundred characters without any of them speak against the roles.
        cap: the most they speak for or against.
    """

    name: str
    roles: tuple[State, ...]
    against: tuple[State, ...]
    weight: float
    rate: float
    cap: float
    words: tuple[str, ...]
    less: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """What titles of chapters and annexes are made of."""

    chapter: re.Pattern[str]
    glued: re.Pattern[str]
    restart: re.Pattern[str]
    abroad: re.Pattern[str]
    annex: re.Pattern[str]
    request: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class RoleRules:
    """Everything that decides roles in the report of one year."""

    titles: Titles
    openers: re.Pattern[str]  # how paragraphs begin, for texts without breaks
    afterthought: re.Pattern[str]  # what a sentence without a number adds to targets
    later_goal: re.Pattern[str]  # what an item of a list of goals names
    title_cues: tuple[Cue, ...]
    sentence_cues: tuple[Cue, ...]
    words: tuple[Words, ...]
    anchors: AhoCorasick  # every anchor of a sentence cue, all found in one pass
    anchored: tuple[tuple[int, ...], ...]  # for each anchor the sentence cues that have it
    lexicon: AhoCorasick  # the words' words, the longest at a place
    counted: tuple[tuple[tuple[int, int], ...], ...]  # for each its places in ``words``, with 1 or -1
    passing: Mapping[State, Mapping[State, float]]
    anew: Mapping[State, Mapping[State, float]]  # what it costs less where a chapter or a salutation begins
    abroad: Mapping[State, Mapping[State, float]]  # what it costs in chapters on foreign affairs
    border: Mapping[str, float]
    midway: float
    under: float  # what a heading's words weigh in each unit under it
    chapter: float  # what the words of a title on the past alone weigh in each unit under it
    ruled: float  # what those of a title on the government alone do
    unsaid: float
    margin: float
    lasting: Mapping[State, float]
    quiet: Mapping[State, float]
    past: frozenset[State]


def plan_number(year: int) -> int:
    """Which five-year plan a year lies in (2024 lies in the fourteenth; before 1966 the first)."""
    return max(1, (year - 1951) // 5) if year >= 1966 else 1 + (year > 1957)


@cache
def role_rules(year: int) -> RoleRules:
    """The rules for a report whose plan begins in a year.

    Args:
        year: the plan's first year.
    """
    raw = _raw()
    names = _placeholders(year)
    essay = year < int(raw["essay"]["before"])
    words = tuple(_words(w, float(raw["essay"]["words"]) if essay else 1.0) for w in raw["words"])
    counted: dict[str, tuple[tuple[int, int], ...]] = {}
    for i, group in enumerate(words):
        for word in group.words:
            counted[word] = (*counted.get(word, ()), (i, 1))
        for word in group.less:
            counted[word] = (*counted.get(word, ()), (i, -1))
    sentence_cues = tuple(_cue(c, names) for c in raw["sentence"])
    anchored = _anchored(sentence_cues)
    more = float(raw["essay"]["cost"]) if essay else 0.0
    past = frozenset(raw["midway"]["past"])
    passing = {
        cast(State, a): {
            cast(State, b): float(cost) + (0.0 if {a, b} & _CHEAP or (a in past and b in _WORK) else more) for b, cost in to.items()
        }
        for a, to in raw["passing"].items()
    }
    return RoleRules(
        titles=Titles(**{k: re.compile(v) for k, v in raw["titles"].items()}),
        openers=re.compile(_filled(raw["lost"]["openers"], names)),
        afterthought=re.compile(raw["lost"]["afterthought"]),
        later_goal=re.compile(_filled(raw["lost"]["later_goal"], names)),
        title_cues=tuple(_cue(c, names) for c in raw["title"]),
        sentence_cues=sentence_cues,
        anchors=AhoCorasick(anchored, implementation=Implementation.DFA),
        anchored=tuple(anchored.values()),
        words=words,
        lexicon=AhoCorasick(counted, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA),
        counted=tuple(counted.values()),
        passing=passing,
        anew=_costs(raw["essay"]["anew"] if essay else raw["anew"]),
        abroad=_costs(raw["abroad"]),
        under=float(raw["essay"]["under"]) if essay else 0.0,
        chapter=0.0 if essay else float(raw["under"]["chapter"]),
        ruled=float(raw["under"]["government"]),
        unsaid=float(raw["unsaid"]["cost"]),
        quiet={cast(State, k): float(v) for k, v in raw["quiet"].items()},
        lasting={cast(State, k): float(v) for k, v in raw["lasting"].items()},
        margin=float(raw["unsaid"]["margin"]),
        midway=float(raw["midway"]["cost"]),
        past=past,
        border={k: float(v) for k, v in raw["border"].items()},
    )


def _costs(raw: Mapping[str, Mapping[str, float]]) -> dict[State, dict[State, float]]:
    return {cast(State, a): {cast(State, b): float(cost) for b, cost in to.items()} for a, to in raw.items()}


def _anchored(cues: Sequence[Cue]) -> dict[str, tuple[int, ...]]:
    """For each anchor the cues that have it."""
    found: dict[str, tuple[int, ...]] = {}
    for n, cue in enumerate(cues):
        for anchor in cue.anchors:
            found[anchor] = (*found.get(anchor, ()), n)
    return found


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((resources.files("duixian") / "data" / "roles.toml").read_text(encoding="utf-8"))


def _cue(raw: Mapping[str, Any], names: Mapping[str, str]) -> Cue:
    def pattern(key: str) -> re.Pattern[str] | None:
        text = raw.get(key)
        return None if text is None else re.compile(_filled(text, names))

    found = pattern("pattern")
    if found is None:
        raise ValueError(f"cue {raw.get('name')} has no pattern")
    return Cue(
        name=raw["name"],
        roles=tuple(raw["roles"]),
        against=tuple(raw.get("against", ())),
        weight=float(raw["weight"]),
        anchors=tuple(raw.get("anchors", ())),
        pattern=found,
        also=pattern("also"),
        unless=pattern("unless"),
        within=int(raw.get("within", 60)),
        paragraph=bool(raw.get("paragraph", False)),
        line=bool(raw.get("line", False)),
        opens=bool(raw.get("opens", False)),
        inside=float(raw.get("inside", 1.0)),
        short=bool(raw.get("short", False)),
        faint=bool(raw.get("faint", False)),
        turns=bool(raw.get("turns", False)),
        lasts=bool(raw.get("lasts", False)),
        matches=tuple(raw["matches"]),
        refuses=tuple(raw["refuses"]),
    )


def _filled(pattern: str, names: Mapping[str, str]) -> str:
    for name, words in names.items():
        pattern = pattern.replace("{" + name + "}", words)
    return pattern


def _words(raw: Mapping[str, Any], share: float) -> Words:
    return Words(
        name=raw["name"],
        roles=tuple(raw["roles"]),
        against=tuple(raw["against"]),
        weight=float(raw["weight"]) * share,
        rate=float(raw["rate"]) * share,
        cap=float(raw["cap"]) * share,
        words=tuple(raw["words"]),
        less=tuple(raw["less"]),
    )


def _placeholders(year: int) -> dict[str, str]:
    """Patterns for the plan's year, the year before, the years looked back on and the years ahead."""
    years = "[五四三543]年"
    here, before = plan_number(year), plan_number(year - 1)
    late = year < _PUNCTUAL and (year - 1951) % 5 < 3  # early plans were adopted in their third year
    ahead = here if here != before or late else here + 1
    past = "|".join(f"“?{_plan_name(n)}五”?(?:规划|计划)?(?:时期|期间|以来)?" for n in (before, before - 1) if 0 < n < ahead)
    return {
        "this": f"今年|本年度?|新的一年|{_year_name(year)}",
        "last": f"(?:刚刚)?过去的?(?:这)?一年|一年来|一年中|这一年|去年|上年|{_year_name(year - 1)}",
        "term": rf"(?:刚刚)?过去的?(?:这)?{years}|这{years}"
        + rf"|{years}(?:来|间|里|的?(?:奋斗|实践|工作|历程|努力)|砥砺|探索|耕耘|拼搏)|(?:上|本)届政府"
        + (past and f"|{past}")
        + "|[一二三四五六七八九十]{1,3}届[^。，]{0,4}人大一次会议以来",
        "later": f"(?:{'|'.join(str(year + n) for n in range(1, 16))})",
        "next": f"(?:今后|未来|此后|往后)(?:的)?(?:[三四五几十35]年|一个时期)|“?{_plan_name(ahead)}五”?|第{_plan_name(ahead)}个五年计划",
    }


def _plan_name(number: int) -> str:
    return _ORDINALS[number] if number <= 10 else "十" + _ORDINALS[number - 10]


def _year_name(year: int) -> str:
    """A year in digits, or in Chinese numerals with any of the signs for zero."""
    han = "".join("[〇○零0Ｏo]" if d == "0" else _ORDINALS[int(d)] for d in str(year))
    return f"(?:{year}|{han}|{han[2:] if year < 2000 else han})年"
