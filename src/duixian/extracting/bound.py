"""A value bound to its name, and the state that follows the text: what was spoken of last, for the values that name nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from duixian.extracting.names import Name, name_of
from duixian.extracting.shapes import COMPARES, distinct
from duixian.extracting.tails import After, Tail
from duixian.extracting.values import Value

_KEPT: Final = 120  # characters of a sentence that later names may lean on
Group = list[tuple[Value, After, int]]  # values of one list: each with what follows it and where its lead begins


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
    """What the text has spoken of so far: the names a later value without one goes back to.

    Args:
        own: names of the reporting place.
    """

    own: tuple[str, ...]
    last: tuple[Name, ...] = ()
    last_start: int = -1
    said: list[tuple[Name, int, bool]] = field(default_factory=list)  # name, position, whether a change has been bound to it
    tail: Tail | None = None  # the words before the last value, for a stretch value after it
    before: str = ""  # the sentence before, for words that elided names lean on
    passed: int = -1  # where the sentence before began, if it had no values
    passed_end: int = -1
    age: int = 0  # sentences since the last name was spoken of
    owner: Name | None = None  # a name in a clause without values, on which a thin name after it leans

    def enter(self, masked: str, paragraph: bool) -> int:
        """Begin a sentence with values.

        Args:
            masked: the text with brackets and insertions blanked out.
            paragraph: whether the sentence opens a paragraph, which ends what was spoken of.

        Returns:
            Where the sentence before it began, if that had no values, else -1.
        """
        if paragraph:
            self.last, self.last_start = (), -1
        self.said = []
        self.age += 1
        passed, self.passed = self.passed, -1
        if passed >= 0:
            self.before = masked[passed : min(self.passed_end, passed + _KEPT)]
        return passed

    def leave(self, masked: str, start: int, end: int) -> None:
        """End the sentence at ``start:end``; names after it may lean on its words."""
        self.before = masked[start : min(end, start + _KEPT)]

    def pass_over(self, start: int, end: int) -> None:
        """Take note of a sentence without values: later ones may lean on its words.

        Args:
            start: first position of the sentence.
            end: the position after its last.
        """
        self.age += 1
        self.passed, self.passed_end = start, end

    def remember(self, out: list[Bound], names: tuple[Name, ...], rule: str, at: int, tail: Tail) -> None:
        """Keep what was spoken of.

        Args:
            out: the values just bound.
            names: the names found for them.
            rule: the rule that found the names; that of a bound value differs where the noun behind it is its name.
            at: where these begin.
            tail: the words before the first value.
        """
        if not out or not out[0].name.text:
            return
        self.tail = tail
        changing = tail.direction is not None and not tail.reaches
        told = names[0].subject and (out[0].rule != "noun_after" or rule == "single")
        spoken = names if told or out[-1].threshold else tuple(distinct([b.name for b in out]))
        if not spoken[0].subject and len(spoken) == 1 and (held := COMPARES.search(spoken[0].text)):
            before = name_of(spoken[0].text[: held.start()], self.own)  # 增速高于全省1个百分点，按增长7%安排
            spoken = (before,) if before.subject else spoken
        if len(spoken) == 1 and not self.said:
            self.said = [(spoken[0], at, changing)]
            if out[0].rule != "elided":
                self.last, self.last_start, self.age = spoken, at, 0
            return
        known = {n.text for n in spoken}
        self.said = [(n, p, c or (changing and n.text in known)) for n, p, c in self.said]
        have = {n.text for n, _, _ in self.said}
        self.said += [(n, at, changing) for n in spoken if n.text not in have]
        if out[0].rule not in ("elided", "list_again", "each_reach", "list_reach"):
            self.last, self.last_start, self.age = spoken, at, 0
