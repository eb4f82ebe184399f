"""The outline: sections with their roles, and the livelihood items (民生实事)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from duixian.model import Role
from duixian.reading.copy import ReadingCopy
from duixian.reading.decode import decode
from duixian.reading.headings import Heading, find_headings
from duixian.reading.livelihood import ListFinder, LivelihoodList, best_items
from duixian.reading.perorations import Ending
from duixian.reading.pieces import Identity, Outline, Part
from duixian.reading.sentences import SALUTATION, Sentences, sentence_starts
from duixian.reading.units import UnitMaker
from duixian.registry.livelihood import livelihood_words
from duixian.registry.roles import Titles, role_rules

_AHEAD: frozenset[Role] = frozenset({"outlook", "targets", "tasks", "tasks_term", "government", "closing", "appendix"})
_DEEPEST = 3  # headings below this level make no parts
_LED = 130  # what leads from a chapter's title to its work, in one paragraph, has at most so many characters
_VOWED = 160  # what is said about a list after it, before the next heading, has at most so many
_FRONT = 3000  # the body begins within so many characters
_AFTER_REQUEST = 150  # a chapter's heading within so many characters of the request opens the body


# A line that opens the first chapter. Matches "一、工作回顾"; not "一是".
_FIRST_CHAPTER = re.compile(r"(?:^|\n)(?:一、|第一部分)")
# The first chapter after a title or a name that no stop ends. Matches "会议上）一、2023年工作回顾"; not "浪漫线一、二期".
_GLUED_CHAPTER = re.compile(r"(?<=[^\n。！？：；])一、(?=[^，。：；！、\n]{0,24}(?:回顾|总结))")


def outline(copy: ReadingCopy, start: int, end: int, identity: Identity) -> Outline:
    """The parts of the report at ``start:end`` of the copy; every character lies in one.

    Args:
        copy: the document's reading copy.
        start: first position of the report in the copy.
        end: the position after its last.
        identity: whose report for which years it is.
    """
    text, rules = copy.text, role_rules(identity.year)
    sentences = _with_first_chapter(text, start, sentence_starts(text, start, end))
    spoken = _greeting(text, start, end)
    headings = find_headings(text, [s for s in sentences if s >= spoken], spoken, end, rules.titles)
    body = body_start(text, start, end, headings, rules.titles)
    headings = [h for h in headings if h.start >= body]
    said = Sentences(text, body, end, [body, *(s for s in sentences if s > body)], headings, rules)
    ending = Ending(said)
    units = UnitMaker(said, ending).units()
    roles = decode(units, rules)
    spans: list[tuple[int, Role]] = [*((u.start, r) for u, r in zip(units, roles, strict=True))]
    ahead = [(a, b) for (a, role), (b, _) in pairwise([*spans, (end, "front")]) if role in _AHEAD]
    lists = ListFinder(text, said.sentences, headings, end, ending.annexes, said.fresh).find(_joined(ahead))
    chapters = {h.start for h in headings if h.level == 1}
    cuts: list[tuple[int, Role]] = [(start, "front")] if body > start else []
    for unit, role in zip(units, roles, strict=True):
        if not cuts or cuts[-1][1] != role or unit.start in chapters:
            cuts.append((unit.start, role))
    cuts = _with_titles(text, _with_leads(text, cuts, headings), headings, chapters)
    for listed in lists:
        if not listed.gloss:
            cuts = _carve(cuts, listed.start, _with_vow(text, listed, headings, cuts), end)
    items = best_items(text, lists)
    flags = ("count_mismatch",) if items and items[0].announced not in (None, len(items)) else ()
    return Outline(tuple(_parts(text, headings, cuts, end)), items, flags)


def _parts(text: str, headings: list[Heading], cuts: list[tuple[int, Role]], end: int) -> Iterator[Part]:
    """The parts of level 1, each followed by those of its sub-headings (of its role, never beyond its end).

    A part that a sub-heading opens has its words only where no other of its level follows.
    """
    named = {h.start: h for h in headings}
    starts = [h.start for h in headings]
    for (start, role), (stop, _) in pairwise([*cuts, (end, cuts[-1][1])]):
        inside = headings[bisect_left(starts, start) : bisect_left(starts, stop)]
        title = named.get(start)
        if title is not None and title.level > 1 and any(h.level <= title.level for h in inside[1:]):
            title = None
        yield _part(text, title, role, 1, start, stop)
        for i, heading in enumerate(inside):
            if 1 < heading.level <= _DEEPEST and heading is not title:
                after = next((h.start for h in inside[i + 1 :] if h.level <= heading.level), stop)
                yield _part(text, heading, role, heading.level, heading.start, after)


def _part(text: str, heading: Heading | None, role: Role, level: int, start: int, end: int) -> Part:
    return Part(role, level, text[heading.title : heading.words] if heading else None, start, end)


def _with_leads(text: str, cuts: list[tuple[int, Role]], headings: list[Heading]) -> list[tuple[int, Role]]:
    """A sentence or two between a chapter's title and the words that open its work belong to the work."""
    titles = {h.start: h.words for h in headings if h.level == 1}
    led: list[tuple[int, Role]] = []
    for (start, role), (stop, after) in pairwise([*cuts, (-1, cuts[-1][1])]):
        short = role == "outlook" and after in ("tasks", "tasks_term") and start in titles and 0 < stop - titles[start] <= _LED
        led.append((start, after if short and "\n" not in text[titles[start] : stop].strip("\n") else role))
    return [c for i, c in enumerate(led) if i == 0 or c[1] != led[i - 1][1] or c[0] in titles]


def _with_titles(text: str, cuts: list[tuple[int, Role]], headings: list[Heading], chapters: set[int]) -> list[tuple[int, Role]]:
    """A part that is nothing but a heading (and a salutation) takes the role of the part it opens."""
    ends = {h.start: h.words for h in headings}
    merged: list[tuple[int, Role]] = []
    for (start, role), (stop, after) in pairwise([*cuts, (-1, cuts[-1][1])]):
        bare = stop > start and start in ends and not SALUTATION.sub("", text[ends[start] : stop].strip("。：\n") + "\n").strip()
        merged.append((start, after if bare else role))
    return [c for i, c in enumerate(merged) if i == 0 or c[1] != merged[i - 1][1] or c[0] in chapters]


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch, joined."""
    joined: list[tuple[int, int]] = []
    for a, b in spans:
        if joined and joined[-1][1] == a:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _with_vow(text: str, listed: LivelihoodList, headings: list[Heading], cuts: list[tuple[int, Role]]) -> int:
    """Where the section of a list ends: with the few words about it that end its part."""
    borders = [*(a for a, _ in cuts), *(h.start for h in headings if h.level <= _DEEPEST)]
    stop = min((b for b in borders if b >= listed.end), default=listed.end)
    said = text[listed.end : stop]
    return stop if len(said) <= _VOWED and (livelihood_words().about.search(said) or not said.strip("。；！\n")) else listed.end


def _carve(cuts: list[tuple[int, Role]], start: int, end: int, limit: int) -> list[tuple[int, Role]]:
    """The cuts with ``start:end`` made livelihood; what stood there before goes on after it."""
    before = [c for c in cuts if c[0] < start]
    after = [c for c in cuts if c[0] >= end]
    inside = [c for c in cuts if start <= c[0] < end]
    role = (inside or before)[-1][1]
    if end < limit and (not after or after[0][0] > end):
        after = [(end, role), *after]
    return [*before, (start, "livelihood"), *after]


def body_start(text: str, start: int, end: int, headings: list[Heading], titles: Titles) -> int:
    """Where title, session, speaker, salutation and request end and the report itself begins."""
    limit = min(end, start + _FRONT)
    chapter = next((h.start for h in headings if h.level == 1 and h.start < limit), None)
    request = titles.request.search(text, start, limit)
    greeting = SALUTATION.search(text, start, chapter if chapter is not None else limit)
    if request is not None and (chapter is None or request.start() < chapter):
        after = _past_request(text, request.end(), limit)
        return chapter if chapter is not None and chapter - after <= _AFTER_REQUEST else after
    if chapter is not None and greeting is None and start < (spoken := _past_title(text, start, chapter)) < chapter:
        return spoken
    if chapter is not None and (greeting is None or chapter - greeting.end() <= 1000):
        return chapter
    if greeting is not None:
        return greeting.end()
    return _past_title(text, start, limit)


def _with_first_chapter(text: str, start: int, sentences: list[int]) -> list[int]:
    """The sentences with the first chapter's start, where its number is glued to the title or the speaker's name."""
    found = _GLUED_CHAPTER.search(text, start, start + _FRONT)
    if found is None or sentences[bisect_right(sentences, found.start()) - 1] == found.start():
        return sentences
    return sorted([*sentences, found.start()])


def _greeting(text: str, start: int, end: int) -> int:
    """Where the speaker greets the assembly, or the report's start where a chapter opens before."""
    greeting = SALUTATION.search(text, start, min(end, start + _FRONT))
    if greeting is None or any(p.search(text, start, greeting.start()) for p in (_FIRST_CHAPTER, _GLUED_CHAPTER)):
        return start
    return greeting.start()


def _past_request(text: str, at: int, limit: int) -> int:
    """The start of the sentence after the request and after what belongs to it (提出意见)."""
    stops = [p for p in (text.find("。", at, limit), text.find("！", at, limit), text.find("\n", at, limit)) if p >= 0]
    if not stops:
        return at
    after = min(stops) + 1
    rest = text.find("。", after, min(limit, after + 60))
    if rest >= 0 and "意见" in text[after:rest]:
        after = rest + 1
    while after < limit and text[after] == "\n":
        after += 1
    return after


def _past_title(text: str, start: int, limit: int) -> int:
    """The start of the first long line (a title, dates and names stand in short ones)."""
    at = start
    while at < limit:
        stop = text.find("\n", at, limit)
        if stop < 0 or stop - at > 60:
            return at
        at = stop + 1
    return start
