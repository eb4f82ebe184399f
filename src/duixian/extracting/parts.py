"""The part of the reporting place that the text speaks of, followed from clause to clause: 滨海新区…，实现生产总值…"""

from __future__ import annotations

from typing import Final

from duixian.extracting.names import Name, clean
from duixian.extracting.scopes import PLACE, WHOLE, Scopes
from duixian.extracting.shapes import BARE_VERB
from duixian.registry.indicators import indicator_table, normal

_OWN_ACCOUNTS: Final = frozenset(("gdp",))  # after a clause about a part it is that part's; trade after one about a port is the whole's
_NEAR: Final = 200  # a sentence of more characters before does not carry its part on


class Parts:
    """Follows the parts of one report in the order of the text.

    Args:
        text: the reading copy's text.
        masked: the same with brackets and insertions blanked out.
        scopes: the reporting place, its names and parts.
    """

    def __init__(self, text: str, masked: str, scopes: Scopes) -> None:
        self.text = text
        self.masked = masked
        self.scopes = scopes
        self.part: str | None = None  # the part that the sentence speaks of
        self.last: str | None = None  # the part that the last name belongs to
        self._at = 0  # where the sentence begins
        self._followed = -1  # the sentence has been followed up to here
        self._looks = False  # the sentence, or the one before it, may speak of a part
        self._led = False  # a headline of that part has been bound: what follows is its own too
        self._carried = False  # that part was spoken of in the sentence before

    def enter(self, start: int, end: int, begin: int, *, new: bool, stale: bool) -> None:
        """Take note of the part that the sentence before spoke of, where one of the two may speak of any.

        Args:
            start: first position of the sentence.
            end: the position after its last.
            begin: where the sentence before begins, if it had no values, else ``start``.
            new: whether the sentence opens a paragraph.
            stale: whether the last name was spoken of more than a sentence ago.
        """
        if new:
            self.part = None
        if new or stale:
            self.last = None
        self._looks = self.part is not None or self.scopes.some(self.text, begin, end)
        if self._looks and begin < start <= begin + _NEAR:
            self.part = self.scopes.narrowed(self.masked[begin:start], self.part)
        self._led, self._carried, self._at, self._followed = False, self.part is not None, start, start

    def of(self, head: str, head_start: int, names: tuple[Name, ...]) -> tuple[str | None, bool]:
        """The part that a name belongs to, and whether the sentence speaks of a part though the name may be the whole's.

        Args:
            head: the words of the name.
            head_start: where they begin.
            names: what they were read as.
        """
        part = self.last = self._part(head, head_start, names)
        return part, part is None and self.part is not None

    def _part(self, head: str, head_start: int, names: tuple[Name, ...]) -> str | None:
        """The part of the place that a name belongs to: its own, or that of the clause before where the name stands bare."""
        if not self._looks:
            return self.last if not head else None
        if self._followed < head_start:
            before = self.part
            self.part = self.scopes.narrowed(self.masked[self._followed : head_start], self.part)
            self._led = self._led and self.part is not None
            self._carried = self._carried and self.part == before
            self._followed = head_start
        if not head:
            return self.last
        own = self.scopes.part(head)
        if own is None and (WHOLE.search(head) or head.startswith(self.scopes.own)):
            self.part, self._led = None, False
            return None
        if own:
            if _measured(names[0], own):
                return None  # 战略性新兴产业增加值 is a measure of the whole place
            self._carried, self.part = False, own
            self._led = self.scopes.place(own) and any(True for _ in indicator_table().find(normal(head.rstrip("的"))))
            return own
        if (doer := self.scopes.doer(head)) and not _measured(names[0], doer):
            return doer
        bare = any(clean(n.text) in indicator_table().bare for n in names)
        if self.part is None and bare and (place := PLACE.search(self.masked, self._at, head_start)):
            return place.group()  # 推进经开区改革，利用外资增长45%
        if self.part is None:
            return None
        if self._carried:
            return None
        if self.scopes.place(self.part) and any(n.subject in _OWN_ACCOUNTS for n in names):
            self._led = True  # 开发区继续领先，生产总值达到310亿元
        leaning = self._led or BARE_VERB.match(head) is not None or bare
        return self.part if leaning else None


def _measured(name: Name, part: str) -> bool:
    """Whether the words of a part belong to the name of a measure: 战略性新兴产业增加值."""
    return any(found.start < len(part) and found.subject for found in indicator_table().find(normal(name.text)))
