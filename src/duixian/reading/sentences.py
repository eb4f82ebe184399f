"""The sentences of a report: where they and its paragraphs begin, and the cues that speak in them and in its titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from duixian.reading.headings import SHORT_LINE, Heading
from duixian.reading.paragraphs import lost_paragraphs
from duixian.registry.roles import Cue, RoleRules

# Ends a sentence; a colon or semicolon does so only before the first number of a list.
# Matches "。" and the colon of "工作：（一）"; not ","
_END = re.compile(r"[。！？\n：；](?:(?<=[：；])(?=一、|（一）)|(?<=[。！？\n])[。！？\n]*[”’）」]?\n*)")
# Opens a new thought to the assembly. Matches "各位代表！", "各位代表、同志们："; not "代表们提出".
SALUTATION = re.compile(r"(?:各位|名位|尊敬的)[^。，\n]{0,10}?(?:代表|委员|同志)们?[！，：]\n?")
BULLETS = ("—", "·")  # what a paragraph of a list without numbers begins with
_SALUTING = ("各", "名", "尊")  # what a salutation begins with
_TERMINAL = "。！？；：…”）"  # what a paragraph ends with


def sentence_starts(text: str, start: int, end: int) -> list[int]:
    """The starts of the sentences of ``text[start:end]``."""
    starts = [start, *(m.end() for m in _END.finditer(text, start, end))]
    return [s for s in starts if s < end]


class Sentences:
    """The sentences of a report with what speaks in them.

    Args:
        text: the reading copy.
        body: where the body begins.
        end: the position after the report.
        sentences: starts of the sentences from ``body`` on.
        headings: the report's headings.
        rules: what decides roles.

    Attributes:
        sentences: starts of the sentences.
        ends: the position after each.
        headings: the headings by their starts.
        glued: starts of sentences in stretches that have lost their breaks.
        restored: of these, the ones that seem to begin a paragraph.
        fresh: of these, the ones with the words of a new thought.
        hits: the cues that speak in each sentence, by its index.
    """

    def __init__(self, text: str, body: int, end: int, sentences: Sequence[int], headings: Sequence[Heading], rules: RoleRules) -> None:
        self.text, self.body, self.end, self.rules = text, body, end, rules
        self.headings = {h.start: h for h in headings if h.start >= body}
        self.sentences = list(sentences)
        self.ends = [*self.sentences[1:], end]
        lost = lost_paragraphs(text, body, end, self.sentences, rules)
        self.glued, self.restored, self.fresh = lost.glued, lost.restored, lost.fresh
        self._in_titles: dict[int, tuple[Cue, ...]] = {}  # of headings by their start
        self.hits = self._cue_hits()

    def is_paragraph(self, i: int) -> bool:
        """Whether a sentence begins a paragraph, a heading or what follows a salutation."""
        at = self.sentences[i]
        return at == self.body or self.breaks(at) or at in self.headings or (i > 0 and self.is_salutation(i - 1))

    def breaks(self, at: int) -> bool:
        """Whether a paragraph begins here: after a break (one inside a sentence is a page's end), or by its words where breaks are lost."""
        if at in self.restored:
            return True
        text = self.text
        return text[at - 1] == "\n" and (text[at - 2] in _TERMINAL or at - text.rfind("\n", 0, at - 1) < SHORT_LINE)

    def is_salutation(self, i: int) -> bool:
        """Whether a sentence is nothing but a salutation."""
        match = self.salutation(self.sentences[i])
        return match is not None and match.end() >= self.ends[i]

    def salutation(self, at: int) -> re.Match[str] | None:
        """The salutation that begins here."""
        return SALUTATION.match(self.text, at) if self.text.startswith(_SALUTING, at) else None

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
        if (cue.paragraph and not self.is_paragraph(i)) or (cue.line and not self._opens_line(start)):
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

    def is_bullet(self, i: int) -> bool:
        """Whether a sentence opens a paragraph of a list without numbers."""
        at = self.sentences[i]
        return self.text.startswith(BULLETS, at) and self.breaks(at)

    def title_cues(self, heading: Heading) -> tuple[Cue, ...]:
        """The cues that speak in a title."""
        if (found := self._in_titles.get(heading.start)) is None:
            title = self.text[heading.title : heading.words]
            found = self._in_titles[heading.start] = tuple(c for c in self.rules.title_cues if c.speaks(title))
        return found
