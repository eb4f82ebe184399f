"""Livelihood items (民生实事): announced lists of the coming year in every form, with the announced number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from duixian.reading.headings import Heading, han_number
from duixian.reading.pieces import Item
from duixian.registry.livelihood import livelihood_words

_HAN = "[一二三四五六七八九十]{1,3}"
_BEFORE = r"(?<=[。；，：！？\n”）】—])"
# The marks of list items by style. Each matches its mark after a stop: "；二是", "。3.", "（4）", "⑤"; none matches "3.5亿元", "第一是".
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("clause", re.compile(rf"{_BEFORE}(?P<n>{_HAN})(?:是|要)[：，]?")),
    ("arabic", re.compile(rf"{_BEFORE}(?P<n>\d{{1,3}})(?:、|[.](?!\d)|）)")),
    ("round", re.compile(r"（(?P<n>\d{1,3})）")),
    ("circle", re.compile(r"(?P<n>[①-⑳⑴-⒇⒈-⒛])")),
    ("bracket", re.compile(rf"{_BEFORE}（(?P<n>{_HAN})）、?")),
    ("ordinal", re.compile(rf"{_BEFORE}第(?P<n>{_HAN}|\d{{1,2}})[，、：]")),
    ("han", re.compile(rf"{_BEFORE}(?P<n>{_HAN})、")),
)
# Numbers in a text without breaks, where no stop may stand before them. Match "广场2.新建", "实事一、改善"; not "3.5", "增长2.", "十一、".
_GLUED: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<=[^\d.年第增长])(?P<n>\d{1,2})[.、](?!\d)"),
    re.compile(rf"(?<=[^一二三四五六七八九十])(?P<n>{_HAN})、"),
)
# A note of a glossary. Matches "7、十项工程：即"; not "2024年十件实事".
_NOTE = re.compile(r"(?:\[\^?\d{1,3}\]|\d{1,3}[.、])[^。\n]{2,40}：")
# A note without a number. Matches "“双十”工程：指新建十座水厂"; not "十件实事：一是".
_DEFINED = re.compile(r"[^。：\n]{2,40}：(?:是指|指|即)")
# A number inside a programme's name. Matches "100" of "民生100工程"; not "10件".
_NAMED_COUNT = re.compile(r"\d{1,3}(?!\d|[个大类件项])")
_STOPS = re.compile(r"[。！？\n]")
# One sentence of a paragraph. Matches "我们说到做到！"; not across a line feed.
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
# A paragraph of its own about what was listed. Matches "以上实事，我们一定办好。"; not "加强双拥工作。".
_VOW_PARAGRAPH = re.compile(r"\n(?:以上|上述|这是|这些)[^。！？\n]+[。！？]?")
# How a list begins in the sentence after its announcement. Matches "。包括："; not "。我们将抓好："
_NAMELY = re.compile(r"[^。]{0,20}。(?:主要)?(?:包括|是|有)：")
# Items in quotes before their number. Matches "“新建水厂”“扩建学校”“增设车位”"; not "“十四五”规划".
_QUOTED = re.compile(r"(?:“[^”]{4,60}”[、，]?){3,}(?=等?\d|等?[一二三四五六七八九十]{1,3}[件项个])")
# What stands between items named without a number and their list. Matches "。", "，让群众满意：\n"; not "。在就业上：".
_AT_ONCE = re.compile(r"[^。：]{0,30}[。：，]?\n?[—·]{0,2}")
# The words of an item up to its first stop are its title. Matches "推进公交建设。", "医疗卫生方面："; a comma ends it only late.
_TITLE = re.compile(r"[^。：；，\n]{2,36}(?=[。：])")

_ITEM_LIMIT = 2500  # an item of more characters is not one
_LAST_LIMIT = 320  # the last item of a glued text ends at a sentence within so many characters
_PARAGRAPH = 3000  # a paragraph of more characters is a glued text: its end says nothing
_LEAD = 60  # a paragraph's first sentences belong to the list's section where it begins so near
_NAMED = 160  # and those that name the items, a heading that does, an annex's first line where they stand so near
_LOOKS_BACK = 24  # words of completion stand at most so many characters after the name
_UNSURE = 30  # programmes without a number and without the name of 实事 must be listed at once
_TITLED = 6  # a list under its own heading may begin later by this factor
_NAMED_LAST = 5  # the sentence before an unmarked list ends with the items' name (and its stop)
_TITLE_LENGTH = 16  # a sentence of at most so many characters, without a figure, may be an item's title
_COUNT_BEFORE = 16  # a number stands at most so many characters before the name
_COUNT_AFTER = 6  # or at most so many after it
_GROUPS_APART = 300  # lists of one kind that stand no further apart are groups of one list
_ANNOUNCED = 100  # so many sentences that name items are tried in each stretch
_WORDY = 160  # items of more characters, whose number nobody named, are parts of the work
_WORDY_TITLED = 260  # under a heading of their own, of so many
_MOST = 200  # no list has more items
_FEWEST = 3  # a list of fewer items is none


@dataclass(frozen=True, slots=True)
class LivelihoodList:
    """One enumeration: where its section begins and ends, and its items."""

    start: int
    end: int
    announced: int | None
    items: tuple[tuple[int, int], ...]
    agrees: bool  # an announced number equals the number of items
    annex: bool
    gloss: bool  # stands in a note of the glossary: its items count, its place stays the glossary's

    @property
    def fullness(self) -> tuple[bool, int]:
        """By what the fuller of two lists is told."""
        return self.agrees, sum(b - a for a, b in self.items)


@dataclass(frozen=True, slots=True)
class _Announcement:
    start: int  # of its sentence
    words: int  # the position after the words that name the items
    end: int  # of its sentence
    counts: tuple[int, ...]


class ListFinder:
    """Finds livelihood lists in one report.

    Args:
        text: the reading copy.
        sentences: starts of the report's sentences.
        headings: the report's headings.
        end: the position after the report.
        annexes: where its annexes begin, in order.
        borders: where new thoughts begin in stretches without breaks; no list goes on beyond one.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[int],
        headings: Sequence[Heading],
        end: int,
        annexes: Sequence[int],
        borders: Iterable[int] = (),
    ) -> None:
        self.text, self.sentences, self.end, self.annexes = text, sentences, end, annexes
        self.borders = sorted({*borders, *(h.start for h in headings if h.level == 1)}) if borders else []
        self.annex = annexes[0] if annexes else end
        self.heading_starts = [h.start for h in headings]
        self.headings = headings
        self.words = livelihood_words()

    def find(self, spans: Sequence[tuple[int, int]]) -> list[LivelihoodList]:
        """The lists announced inside the spans (the parts that look ahead), best first within body and annex; none overlap.

        Args:
            spans: start and end of the parts that may hold lists, in order.
        """
        found: list[LivelihoodList] = []
        for start, end in spans[:_ANNOUNCED]:
            titled: list[tuple[LivelihoodList, int]] = []
            for said in islice(self._announcements(start, end), _ANNOUNCED):
                if listed := self._list_after(said):
                    own = self._heading_of(said)
                    titled += [(listed, self._own_end(own))] if own else []
                    found = found if own else _with(found, listed)
            for listed, stop in titled:
                nested = [x for x in found if x.start < stop and listed.start < x.end]
                if not any(x.agrees or (not listed.agrees and len(x.items) >= len(listed.items)) for x in nested):
                    found = [*(x for x in found if x not in nested), listed]
        return sorted(found, key=lambda x: x.start)

    def _own_end(self, own: Heading) -> int:
        """Where a heading's text ends."""
        i = bisect_right(self.heading_starts, own.start)
        return next((h.start for h in self.headings[i:] if h.level <= own.level), self.end)

    def _announcements(self, start: int, end: int) -> Iterator[_Announcement]:
        seen = -1
        for match in self.words.things.finditer(self.text, start, end):
            i = bisect_right(self.sentences, match.start()) - 1
            if i < 0 or i == seen:
                continue
            a = self.sentences[i]
            b = self.sentences[i + 1] if i + 1 < len(self.sentences) else self.end
            colon = self.text.find("：", match.end(), b)
            told = max(a, self.text.rfind("今年", a, match.start()))
            if self.words.past.search(self.text, told, min(b if colon < 0 else colon, match.end() + _LOOKS_BACK)):
                continue
            seen = i
            named = [match, *self.words.things.finditer(self.text, match.end(), b if colon < 0 else colon)]
            yield self._announcement(a, b, named)

    def _announcement(self, start: int, end: int, named: list[re.Match[str]]) -> _Announcement:
        """What a sentence announces, with the numbers beside the names it gives."""
        lead = max(start, named[0].start() - _COUNT_BEFORE)
        if self.words.count.search(self.text, comma := max(lead, self.text.rfind("，", lead, named[0].start()) + 1), named[0].end()):
            lead = comma  # a number in an earlier clause counts something else
        numbers = [_value(m["number"]) for m in self.words.count.finditer(self.text, lead, min(end, named[-1].end() + _COUNT_AFTER))]
        numbers += [int(n) for name in named for n in _NAMED_COUNT.findall(name.group())]
        return _Announcement(start, named[-1].end(), end, tuple(n for n in numbers if _FEWEST <= n <= _MOST))

    def _list_after(self, said: _Announcement) -> LivelihoodList | None:
        limit = self._limit(said)
        forms = self._marked(said, limit), self._separated(said, limit), self._quoted(said), self._topics(said), self._bare(said, limit)
        for found in forms:
            if found:
                return self._listed(said, found)
        return None

    def _limit(self, said: _Announcement) -> int:
        """Lists end before the next chapter (before the next annex in the annexes)."""
        if said.start >= self.annex:
            return next((a for a in self.annexes if a > said.end), self.end)
        i = bisect_right(self.heading_starts, said.start)
        return next((h.start for h in self.headings[i:] if h.level == 1), self.annex)

    def _listed(self, said: _Announcement, items: list[tuple[int, int]]) -> LivelihoodList:
        start = said.start
        paragraph = self.text.rfind("\n", 0, start) + 1
        if 0 < start - paragraph <= (_NAMED if self.words.things.search(self.text, paragraph, start) else _LEAD):
            start = paragraph
        i = bisect_right(self.heading_starts, start) - 1
        if i >= 0 and 0 < start - self.headings[i].words <= _NAMED and self._names(self.headings[i]):
            start = self.headings[i].start
        i = bisect_right(self.annexes, start) - 1
        if i >= 0 and 0 < start - self.annexes[i] <= _NAMED:
            start = self.annexes[i]
        agreed = [n for n in said.counts if n == len(items)]
        announced = agreed[0] if agreed else said.counts[-1] if said.counts else None
        return LivelihoodList(
            start, self._section_end(items[-1][1]), announced, tuple(items), bool(agreed), said.start >= self.annex, self._is_gloss(said)
        )

    def _names(self, heading: Heading) -> bool:
        """Whether a heading names the items."""
        return self.words.things.search(self.text, heading.title, heading.words) is not None

    def _is_gloss(self, said: _Announcement) -> bool:
        return said.start >= self.annex and any(p.match(self.text, said.start) for p in (_NOTE, _DEFINED))

    def _section_end(self, at: int) -> int:
        """The end of the paragraph where what follows the last item only vows to keep it, else the end of the last item."""
        if self.text[at - 1] not in "。！？" and (rest := _SENTENCE.match(self.text, at, self.end)):
            at = rest.end() if self.text[at] not in "。！" else at + 1
        stop = self._border_after(at - 1, self.end)
        while at < stop and (match := (_SENTENCE.match(self.text, at, stop) or _VOW_PARAGRAPH.match(self.text, at, stop))):
            if not self.words.vow.search(match.group()):
                break
            at = match.end()
        while at < self.end and self.text[at] == "\n":
            at += 1
        return at

    def _border_after(self, at: int, limit: int) -> int:
        """The first border after a position, at most ``limit``."""
        i = bisect_right(self.borders, at)
        return min(limit, self.borders[i]) if i < len(self.borders) else limit

    # -- the forms ---------------------------------------------------------------------------------------------------
    def _marked(self, said: _Announcement, limit: int) -> list[tuple[int, int]] | None:
        """Items with numbers: the longest run that begins near the announcement, or the one of the announced length."""
        runs = []
        for _, pattern in _STYLES:
            if run := self._run(pattern, said, limit):
                runs.append(run)
        if self.borders and not runs:
            glued = [run for pattern in _GLUED if (run := self._run(pattern, said, limit))]
            runs = [run[:n] for run in glued for n in said.counts if len(run) >= n]
        if not runs:
            return None
        best = max(runs, key=lambda r: (len(r) in said.counts, len(r)))
        wordy = _WORDY if self._heading_of(said) is None else _WORDY_TITLED
        announced = self.text[said.words : best[0][0]].rstrip().endswith("：")
        if not announced and len(best) not in said.counts and best[-1][0] - best[0][0] > wordy * (len(best) - 1):
            return None
        if said.counts and len(best) not in said.counts and self._is_apart(said, best[0][0]):
            return None
        starts = [b for _, b in best]
        ends = [a for a, _ in best[1:]]
        ends.append(self._last_end(best, limit))
        return [self._trim(a, b) for a, b in zip(starts, ends, strict=True)]

    def _run(self, pattern: re.Pattern[str], said: _Announcement, limit: int) -> list[tuple[int, int]] | None:
        """The marks 1, 2, 3… of one style as (start, end), the first near the announcement."""
        run: list[tuple[int, int]] = []
        at = said.words
        for match in pattern.finditer(self.text, at, limit):
            if run and match.start() - run[-1][1] > _ITEM_LIMIT:
                break
            number = han_number(match["n"])
            if not run and not self._is_near(said, match.start()):
                return None
            if number == len(run) + 1:
                run.append((match.start(), match.end()))
        return run if len(run) >= _FEWEST else None

    def _is_near(self, said: _Announcement, at: int) -> bool:
        """Whether an item at ``at`` may be the first of what was announced."""
        own = self._heading_of(said)
        between = self.text[said.words : at]
        if self.borders and (self._border_after(said.words, at) < at or (at in self.heading_starts and not said.counts)):
            return False
        if not said.counts and not self.words.sure.search(self.text, said.start, said.words):
            return len(between) <= _UNSURE and not _STOPS.search(between)
        if not said.counts and own is None and not _AT_ONCE.fullmatch(between):
            return False
        if own is not None and self._only_deeper(own, at):
            return len(between) <= _TITLED * self.words.between
        if not said.counts and between.endswith("\n") and between != "。\n" and not between.endswith("：\n"):
            return False
        if "\n" in between.rstrip("\n") or len(between) > self.words.between:
            return False
        return len(_STOPS.findall(between.rstrip("\n"))) <= 2

    def _is_apart(self, said: _Announcement, at: int) -> bool:
        """Whether a list of another length than announced begins in a paragraph of its own, without a colon or a title of its own."""
        between = self.text[said.words : at]
        return "\n" in between and "：" not in between and self._heading_of(said) is None

    def _heading_of(self, said: _Announcement) -> Heading | None:
        """The heading whose words announce."""
        i = bisect_right(self.heading_starts, said.words) - 1
        return self.headings[i] if i >= 0 and said.words <= self.headings[i].words else None

    def _only_deeper(self, own: Heading, at: int) -> bool:
        """Whether all headings between a heading and a position are inside it (names of groups of items)."""
        first, last = bisect_right(self.heading_starts, own.start), bisect_right(self.heading_starts, at - 1)
        return all(h.level > own.level or (h.level == own.level and own.style == "line" != h.style) for h in self.headings[first:last])

    def _last_end(self, run: list[tuple[int, int]], limit: int) -> int:
        """Where the last item ends: with its paragraph, or after as many sentences as the items before it have."""
        start = run[-1][1]
        stop = self.text.find("\n", start, limit)
        stop = self._border_after(start, limit if stop < 0 else stop)
        counts = [len(_STOPS.findall(self.text[a:b].rstrip("\n"))) for (_, a), (b, _) in pairwise(run)]
        own_lines = all(self.text[a - 1] == "\n" for a, _ in run[1:])
        if own_lines or (stop - start <= _LAST_LIMIT and max(counts) > 1):
            return stop
        most = max(1, sorted(counts)[len(counts) // 2])
        ends = [m.end() for m in _STOPS.finditer(self.text, start, min(stop, start + _LAST_LIMIT * most))]
        return ends[min(most, len(ends)) - 1] if ends else min(stop, start + _LAST_LIMIT)

    def _separated(self, said: _Announcement, limit: int) -> list[tuple[int, int]] | None:
        """Items between semicolons after a colon."""
        colon = self.text.find("：", said.words, min(said.words + self.words.between, limit))
        if colon < 0 or (_STOPS.search(self.text, said.words, colon) and not _NAMELY.fullmatch(self.text, said.words, colon + 1)):
            return None
        stop = _STOPS.search(self.text, colon, limit)
        end = stop.start() if stop else limit
        items = self._split("；", colon + 1, end)
        if len(items) >= _FEWEST and (not said.counts or len(items) in said.counts or len(items) > 4):
            return items
        runs = (self._split(by, colon + 1, end) for by in "、，")
        return next((run for run in runs if len(run) in said.counts), None)

    def _split(self, by: str, start: int, end: int) -> list[tuple[int, int]]:
        items, at, depth = [], start, 0
        for i in range(start, end):
            char = self.text[i]
            depth += (char in "（“《") - (char in "）”》")
            if char == by and depth <= 0:
                items.append(self._trim(at, i))
                at = i + 1
        items.append(self._trim(at, end))
        return [(a, b) for a, b in items if b - a >= 2]

    def _quoted(self, said: _Announcement) -> list[tuple[int, int]] | None:
        """Items in quotes before their number: "全力办好“新建水厂”“扩建学校”…10件民生实事"."""
        run = _QUOTED.search(self.text, said.start, said.end)
        items = [m.span(1) for m in re.finditer("“([^”]+)”", run.group())] if run else []
        return [(run.start() + a, run.start() + b) for a, b in items] if run and len(items) in said.counts else None

    def _topics(self, said: _Announcement) -> list[tuple[int, int]] | None:
        """Topics in one sentence, as many as announced: "抓好就业、教育、…等十件实事", "办好十件实事，解决就业、教育、…等问题"."""
        close = self.words.others.search(self.text, said.start, said.end)
        if close is None or not said.counts or not self.words.sure.search(self.text, said.start, said.end):
            return None
        start = max(self.text.rfind("，", said.start, close.start()), self.text.rfind("：", said.start, close.start())) + 1 or said.start
        items = self._split("、", start, close.start())
        if len(items) not in said.counts:
            return None
        first = re.compile(r"[^、]{0,8}?(?:抓好|办好|解决|实施|推进|做好|围绕|突出|聚焦|落实|涵盖|包括|在)").match(self.text, *items[0])
        return [(first.end(), items[0][1]), *items[1:]] if first and first.end() < items[0][1] - 1 else items

    def _bare(self, said: _Announcement, limit: int) -> list[tuple[int, int]] | None:
        """Unmarked sentences of the same paragraph, or paragraphs, as many as announced."""
        if not said.counts or not self.words.sure.search(self.text, said.start, said.words):
            return None
        stop = self.text.find("\n", said.end, limit)
        stop = limit if stop < 0 else stop
        if self.text[said.end - 1] != "\n":
            return self._bare_sentences(said, min(stop, said.end + _PARAGRAPH))
        paragraphs: list[tuple[int, int]] = []
        at = said.end
        while at < limit and len(paragraphs) < _MOST and at not in self.heading_starts:
            stop = self.text.find("\n", at, limit)
            stop = limit if stop < 0 else stop
            paragraphs.append(self._trim(at, stop))
            at = stop + 1
        if len(paragraphs) in said.counts:
            return paragraphs
        wanted = said.counts[-1]
        return paragraphs[:wanted] if self.text[said.end - 2] == "：" and len(paragraphs) > wanted else None

    def _bare_sentences(self, said: _Announcement, stop: int) -> list[tuple[int, int]] | None:
        """Unmarked items of the announcement's own paragraph: parts of one sentence, sentences, or sentences under short titles."""
        sentences = list(self._sentences(said.end, stop))
        if not sentences or said.end - said.words > _NAMED_LAST:
            return None
        parts = self._split("；", *sentences[0])
        if len(parts) in said.counts:
            return parts
        if stop - said.end >= _PARAGRAPH:
            return None
        for items in (sentences, self._under_titles(sentences)):
            for n in said.counts:
                if n <= len(items) <= n + 1:
                    return [self._trim(a, b) for a, b in items[:n]]
        return None

    def _under_titles(self, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Sentences joined with the short title before them; those after the first under a title belong to it too."""
        titled = [i for i, (a, b) in enumerate(sentences) if b - a <= _TITLE_LENGTH and not re.search(r"\d", self.text[a:b])]
        stops = [*titled[1:], len(sentences)]
        return [(sentences[i][0], sentences[j - 1][1]) for i, j in zip(titled, stops, strict=False)]

    def _sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        at = start
        for match in _STOPS.finditer(self.text, start, end):
            if match.end() - at > 3:
                yield at, match.end()
            at = match.end()

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start] in "\n ，、：——·":
            start += 1
        while end > start and self.text[end - 1] in "\n ；、":
            end -= 1
        return start, end


def _with(found: list[LivelihoodList], new: LivelihoodList) -> list[LivelihoodList]:
    """The lists with a later one; of two that overlap the one whose number agrees, else the earlier."""
    if not found or new.start >= found[-1].end:
        return [*found, new]
    return [*found[:-1], new] if new.agrees and not found[-1].agrees else found


def _grouped(lists: Sequence[LivelihoodList]) -> list[LivelihoodList]:
    """The lists, where several that state their number follow one another joined to one (groups: 重点办好5件实事：…)."""
    joined: list[LivelihoodList] = []
    for x in sorted(lists, key=lambda x: x.start):
        last = joined[-1] if joined else None
        if last and last.announced and x.announced and last.annex == x.annex and x.start - last.end <= _GROUPS_APART:
            joined[-1] = replace(last, end=x.end, announced=last.announced + x.announced, items=(*last.items, *x.items))
        else:
            joined.append(x)
    return joined


def best_items(text: str, lists: Sequence[LivelihoodList]) -> tuple[Item, ...]:
    """The items of the fullest list, once, whether it stands in the body or in an annex.

    Args:
        text: the reading copy.
        lists: the lists of one report.
    """
    if not lists:
        return ()
    best = max(_grouped(lists), key=lambda x: x.fullness)
    announced = best.announced or next((x.announced for x in lists if x.announced), None)
    return tuple(Item(n, announced, _title(text, a, b), a, b) for n, (a, b) in enumerate(best.items, 1))


def _title(text: str, start: int, end: int) -> str | None:
    match = _TITLE.match(text, start, end)
    if match:
        return match.group()
    return text[start:end].rstrip("。") if end - start <= 40 else None


def _value(number: str) -> int:
    if "百" in number:
        hundreds, _, rest = number.partition("百")
        return han_number(hundreds or "一") * 100 + (han_number(rest) if rest else 0)
    return han_number(number)
