"""Headings: numbered in any style, or short unnumbered lines, brought to levels by the sequence of their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duixian.registry.roles import Titles

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"〇": 0, "○": 0, "两": 2}
_OPENERS = frozenset("一二三四五六七八九十（0123456789第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑")

# A number that opens a heading or a list item.
# Matches "一、回顾", "（三）改革", "3.新建", "第二，", "四是", "①补充"; not "3.5亿元", "一二三产".
MARK = re.compile(
    r"第(?P<part>[一二三四五六七八九十]{1,3}|\d{1,2})(?:部分|章|篇)[、，：]?"
    r"|第(?P<ordinal>[一二三四五六七八九十]{1,3}|\d{1,2})[，、：.]"
    r"|(?P<clause>[一二三四五六七八九十]{1,3})(?:是|要(?!素|件))：?"
    r"|(?P<han>[一二三四五六七八九十]{1,3})(?:、(?![二三四五六七八九十两](?:[、次产期线级类季环批]))|(?=\n)|[.，](?![一二三四五六七八九十\d]))"
    r"|（(?P<bracket>[一二三四五六七八九十]{1,3})）、?"
    r"|(?P<arabic>\d{1,3})(?:、|\.(?!\d)|）)"
    r"|（(?P<round>\d{1,3})）"
    r"|(?P<circle>[①-⑳⑴-⒇⒈-⒛])"
)
# Ends the words of a run-in heading. Matches the full stop of "（一）稳增长。加快"; not a comma.
_STOP = re.compile(r"[。！；：？\n]")
# A line that is no heading whatever its length. Matches "各位代表：", "12"; not "2020年工作回顾".
_NO_HEADING = re.compile(
    r"[—·（(【\[|*]|\d+$|.{0,8}(?:代表|委员|同志)们?[！：，。]?$|注[：:]|来源|责任编辑|.*(?:报告|摘要|全文).{0,4}$|.{0,16}(?:政府|省长|市长|主席|总理|区长|县长|州长)$"
)
# Ends that only sentences, dates and signatures have. Matches "扎实推进，", "2020年1月8日"; not "工作回顾".
_SENTENCE_END = re.compile(r"[。；，：！？、%]$|日$|\d$")

SHORT_LINE = 32  # an unnumbered line of more characters is no heading
RUN_IN = 60  # a run-in heading of more characters is a sentence
_LEAST_TITLE = 6  # a title that its text is glued to has at least so many characters
_AGAIN = 3  # and its text may begin with as many of its own
_TITLE_LOOK = 16  # words of a chapter's title stand within so many characters of its number
_ANNEX_FROM = 0.4  # no annex begins in an earlier share of a report
_DEEPEST = 12  # no report has headings on more levels
_JUMP = 3  # numbers that may be missing (lost headings) before a heading at a line's start


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the start of a line or sentence."""

    style: str
    number: int
    start: int
    end: int  # the position after the number and its stop
    line: bool  # stands at the start of a line


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its place among the others.

    Attributes:
        level: 1 for chapters; deeper headings have larger numbers.
        start: position of its number, or of its first word.
        title: position of its first word after the number.
        words: the position after its last word.
        style: the numbering style, or "line" for a line without a number.
    """

    level: int
    start: int
    title: int
    words: int
    style: str


def han_number(text: str) -> int:
    """The value of a Chinese numeral below a hundred ("二十三" is 23), of digits, or of a circled or bracketed number."""
    if text.isdecimal():
        return int(text)
    if "①" <= text <= "⒛":
        return (ord(text) - ord("①")) % 20 + 1
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text[-1:], 0)
    return (_DIGITS.get(tens[-1:], 1) if tens else 1) * 10 + (_DIGITS.get(ones[:1], 0) if ones else 0)


def read_mark(text: str, at: int, line: bool) -> Mark | None:
    """The number that opens a heading or item at ``at``, if there is one."""
    match = MARK.match(text, at)
    if match is None or match.lastgroup is None:
        return None
    return Mark(match.lastgroup, han_number(match[match.lastgroup]), at, match.end(), line)


def find_headings(text: str, sentences: list[int], start: int, end: int, titles: Titles) -> list[Heading]:
    """The headings of a report, in order.

    Args:
        text: the reading copy.
        sentences: the starts of its sentences between ``start`` and ``end``, in order.
        start: the report's first position.
        end: the position after its last.
        titles: what titles of chapters are made of.
    """
    seconds = _seconds(text, sentences)
    found: list[Heading] = []
    stack: list[tuple[str, int]] = []
    for at in sentences:
        line = at == start or text[at - 1] == "\n"
        mark = read_mark(text, at, line) if text[at] in _OPENERS else None
        if mark and (line or mark.style in ("han", "bracket", "ordinal")):
            level = _level(text, mark, stack, (mark.style, at) in seconds or line, titles)
            if (
                0 < level <= _DEEPEST
                and (line or _ends_sentence(text, at) or titles.glued.match(text, mark.end))
                and (level > 1 or not (_is_list_item(text, mark, end) or _is_listed_line(text, mark, end)))
            ):
                stack = [*stack[: level - 1], (mark.style, mark.number)]
                found.append(Heading(level, at, mark.end, _words_end(text, mark.end, end, line, titles), mark.style))
        elif line and (stop := _line_end(text, at, end)) - at <= SHORT_LINE and _is_title(text, at, stop):
            if titles.annex.match(text, at, stop):
                stack = _annexed(stack, at, start, end)
                continue
            chapter = titles.chapter.search(text, at, stop) is not None and not any(s in ("han", "part") for s, _ in stack[:1])
            if chapter:
                stack = [("line", 0)]
            found.append(Heading(1 if chapter else max(2, len(stack) + 1), at, at, stop, "line"))
        elif line and titles.annex.match(text, at, end):
            stack = _annexed(stack, at, start, end)
        elif (stop := _glued_title(text, at, end, titles)) and not any(s in ("han", "part") for s, _ in stack[:1]):
            stack = [("line", 0)]
            found.append(Heading(1, at, at, stop, "line"))
    return found


def _glued_title(text: str, at: int, end: int, titles: Titles) -> int:
    """Where an unnumbered title ends that its first sentence is glued to; 0 where there is none.

    The sentence begins as bodies do, or with the title's own first words ("今后五年主要任务今后五年，是").
    """
    glued = titles.glued.match(text, at, min(end, at + SHORT_LINE))
    if glued is None or glued.end() - at < _LEAST_TITLE:
        return 0
    again = text.startswith(text[at : at + _AGAIN], glued.end())
    return glued.end() if again or titles.restart.match(text, glued.end()) else 0


def _annexed(stack: list[tuple[str, int]], at: int, start: int, end: int) -> list[tuple[str, int]]:
    """The state after a line that opens an annex: its numbers begin anew, below the chapters."""
    return [("annex", 0)] if at - start > _ANNEX_FROM * (end - start) else stack


def _seconds(text: str, sentences: list[int]) -> frozenset[tuple[str, int]]:
    """The glued numbers 一 (style, position) that a 二 of their style follows: only these may open a level."""
    last_two: dict[str, int] = {}
    firsts: list[tuple[str, int]] = []
    for at in sentences:
        if text[at] in "一二（第" and (mark := read_mark(text, at, False)):
            if mark.number == 2:
                last_two[mark.style] = at
            elif mark.number == 1:
                firsts.append((mark.style, at))
    return frozenset((style, at) for style, at in firsts if last_two.get(style, -1) > at)


def _level(text: str, mark: Mark, stack: list[tuple[str, int]], may_open: bool, titles: Titles) -> int:
    """The level a number belongs to; 0 where it continues no sequence."""
    places = [i for i, (style, number) in enumerate(stack) if style == mark.style and number + 1 == mark.number]
    if places:
        chapter = len(places) > 1 and titles.chapter.search(text, mark.end, mark.end + _TITLE_LOOK)
        return (places[0] if chapter else places[-1]) + 1
    same = [i for i, (style, _) in enumerate(stack) if style == mark.style]
    if mark.number == 1 and may_open:
        if same and same[-1] < len(stack) - 1 and mark.style != "han":
            return same[-1] + 1  # the count begins again: the chapter between was not numbered
        return len(stack) + 1
    if not mark.line:
        return 0
    missing = [i for i in same if 0 < mark.number - stack[i][1] <= _JUMP]
    if missing:
        return missing[-1] + 1
    if not same and mark.style in ("han", "part", "bracket"):
        return 1 if mark.style != "bracket" or not stack else len(stack) + 1
    return 0


def _ends_sentence(text: str, at: int) -> bool:
    """A glued number is a heading only where a sentence ends before it."""
    return at == 0 or text[at - 1] in "。！？：；”）\n"


def _is_list_item(text: str, mark: Mark, end: int) -> bool:
    """A bare numbered clause of a list (clauses 一是, circled numbers) never opens a chapter."""
    return mark.style in ("circle", "round", "arabic", "clause") and _line_end(text, mark.end, end) - mark.end > RUN_IN


def _is_listed_line(text: str, mark: Mark, end: int) -> bool:
    """A short line that ends with a semicolon is an item of a list of contents, no chapter."""
    stop = _line_end(text, mark.end, end)
    return mark.line and stop - mark.end <= SHORT_LINE and text[stop - 1] == "；"


def _line_end(text: str, at: int, end: int) -> int:
    stop = text.find("\n", at, end)
    return end if stop < 0 else stop


def _is_title(text: str, at: int, stop: int) -> bool:
    """Whether the line ``at:stop`` may be a heading by its looks."""
    return stop - at >= 2 and not _NO_HEADING.match(text, at, stop) and not _SENTENCE_END.search(text, stop - 1, stop)


def _words_end(text: str, title: int, end: int, line: bool, titles: Titles) -> int:
    """Where the words of a numbered heading end: at its line's end, its full stop, or by what titles are made of."""
    last = min(end, title + RUN_IN)
    stop = _STOP.search(text, title, last)
    glued = titles.glued.match(text, title, stop.start() if stop else last)
    if glued and (not line or titles.restart.match(text, glued.end())):
        return glued.end()
    if stop:
        return stop.start()
    comma = text.find("，", title, last)
    return comma if comma > title else min(last, _line_end(text, title, last))
