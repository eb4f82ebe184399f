"""Splitting of compilations and lists into reports, and refusing of what is no report, with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from duixian.model import Hints
from duixian.reading.copy import ReadingCopy
from duixian.reading.ending import ANNEX, closing_end
from duixian.reading.header import GREETING, REQUEST, SESSION, TITLE, is_byline
from duixian.reading.pieces import Piece
from duixian.reading.refuse import is_contents, reason_to_refuse, why_no_report
from duixian.registry.heads import head_words
from duixian.registry.regions import regions

_WORDS = head_words()
_HEAD = 1500  # the parts of one head (title, session, request) lie no further apart
_BODY = 1500  # a report is longer than this
_PARAGRAPH = 150  # a line of running text is longer than this
_LEAST = 500  # a head with less text behind it is an echo of the one before
_MATTER = 200  # shorter stretches between reports stay with their neighbour
_TITLE_LINE = 60  # a title line is no longer
# A short line of a web page. Matches "有想补充的信息？点我投稿", "·联系我们"; not a paragraph that holds such a word.
_FURNITURE = re.compile(rf"(?m)^[^\n]{{0,24}}(?:{'|'.join(map(re.escape, _WORDS.furniture))})[^\n]{{0,24}}$")
# A line that lists a page. Matches "某某省政府工作报告.....23", "二、某某市 45"; not "2020年政府工作报告".
_PAGE_LINE = re.compile(r"(?:[.…·—_ ]{2,}|[）告]) ?\d{1,4}$")
# A line that is only a date. Matches "2025—07—09", "2025年7月9日"; not "2025年7月9日讯".
_DATE_LINE = re.compile(r"(?m)^\d{4}[—./年]\d{1,2}[—./月]\d{1,2}日?$")
# A line that opens an item of a list of texts. Matches "·【某某】某市政府工作报告", "【第二篇】某省"; not "·稳增长。".
_ITEM_LINE = re.compile(r"(?m)^[·◆■★]? ?【[^】\n]{1,20}】[^\n]{4,60}$")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a report's head starts and where its text is known to go on."""

    start: int
    body: int


def split(copy: ReadingCopy, hints: Hints) -> list[Piece]:
    """The reports and refused stretches of a document, in order.

    Args:
        copy: the document's reading copy.
        hints: what stands beside the text.
    """
    text = copy.text
    heads = _heads(text)
    if not heads:
        return [Piece(0, len(text), reason_to_refuse(text, hints))]
    pieces: list[Piece] = []
    starts = [head.start for head in heads]
    before = text[: starts[0]]
    if before and (is_contents(before, least=2 if len(heads) > 1 else 4) or (len(heads) > 1 and len(before) >= _MATTER)):
        pieces.append(Piece(0, starts[0], why_no_report(before)))
    else:
        starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        pieces += _report_and_rest(text, start, end, alone=len(heads) == 1)
    return pieces


def _heads(text: str) -> list[_Head]:
    """The heads of all reports: sessions and requests near one another, with the title lines above them, and titles that stand alone."""
    hits = sorted({m.start(): m.end() for pattern in (_SESSION_LINE, _GIVEN) for m in pattern.finditer(text)}.items())
    groups: list[_Head] = []
    for start, end in hits:
        if groups and start - groups[-1].body < _HEAD:
            begun = start if _strangers(text, groups[-1], start, end) else groups[-1].start
            groups[-1] = _Head(begun, max(end, groups[-1].body))
        elif not groups or start - groups[-1].body > _BODY:
            groups.append(_Head(start, end))
    heads: list[_Head] = []
    for group in groups:
        floor = heads[-1].body if heads else 0
        if _opens(text, group, floor):
            heads.append(_Head(_first_title_line(text, group.start, floor), group.body))
    return _with_lone_titles(text, heads)


# A session as the head of a report gives it: at the start of a line, behind title and day at most. Matches "——2021年1月28日在某某省第
# 十三届人民代表大会第四次会议上"; not "今年，我们完成了市九届人大一次会议确定的任务".
_SESSION_LINE = re.compile(rf"(?m)^[^。，；！\n]{{0,70}}?{SESSION.pattern}")
# A line that gives nothing but session and day. Matches "——2021年1月28日在某某省第十三届人民代表大会第四次会议上"; not
# "市九届人大一次会议以来，".
_WHOLE_SESSION_LINE = re.compile(rf"(?m)^[—（]{{0,3}}[^。，；！\n]{{0,40}}{SESSION.pattern}上?[）]?$")
# A request that opens a speech, behind the greeting. Matches "各位代表：现在，我代表市人民政府，向大会报告工作"; not "我代表市政府致谢".
_GIVEN = re.compile(rf"(?:{GREETING.pattern})\n?[^\n]{{0,160}}?{REQUEST.pattern}")


def _strangers(text: str, before: _Head, start: int, end: int) -> bool:
    """Whether two neighbouring hits are no parts of one head: other sessions, or a mention of a session and a paragraph between them."""
    if REQUEST.search(text, before.start, before.body):
        return False
    earlier, later = SESSION.search(text, before.start, before.body), SESSION.search(text, start, end)
    if earlier and later and (earlier["congress"], earlier["session"]) != (later["congress"], later["session"]):
        return True
    if _WHOLE_SESSION_LINE.match(text, before.start):
        return False
    return max(map(len, text[before.body : start].split("\n"))) > _PARAGRAPH


def _opens(text: str, group: _Head, floor: int) -> bool:
    """Whether a session or request inside a longer text opens another report.

    It needs the request, a session line that says nothing else, or a title beside the session.
    """
    if len(text) - group.body < _LEAST:
        return False
    if _WHOLE_SESSION_LINE.match(text, text.rfind("\n", 0, group.start) + 1):
        return True
    window = text[max(floor, group.start - 200) : group.body + 400]
    return bool(REQUEST.search(window)) or bool(TITLE.search(window[:260]) and SESSION.search(window))


def _first_title_line(text: str, at: int, floor: int) -> int:
    """Start of the first line of a head, walking up over titles, days, captions and bylines; another place's title ends the walk."""
    line_start = text.rfind("\n", 0, at) + 1
    first, place = line_start, _place_in(text[line_start : at + 80])
    walked = 0
    while line_start > floor and walked < 12:
        above = text.rfind("\n", 0, line_start - 1) + 1
        line = text[above : line_start - 1]
        sentence = line.endswith(("。", "！")) and not _is_caption(line)
        if above < floor or sentence or len(line) > _TITLE_LINE or _PAGE_LINE.search(line):
            break
        if TITLE.search(line) or _ITEM_LINE.match(line):
            named = _place_in(line)
            if named and place and named != place:
                break
            place = place or named
            first = above
        elif first == line_start and is_byline(line):
            first = above
        line_start, walked = above, walked + 1
    return first


def _is_caption(line: str) -> bool:
    return any(word in line for word in _WORDS.captions)


def _place_in(line: str) -> str:
    """The place a title or session line names, by its short name; empty where it names none."""
    match = TITLE.search(line) or SESSION.search(line)
    if not match:
        return ""
    table = regions()
    words = re.sub(r"^.*[】\d年日在的]", "", line[: match.start()].removesuffix("第"))
    for at in range(max(0, len(words) - 12), len(words) - 1):
        if words[at:] in table.names():
            return table.short_name(table.by_name(words[at:])[0])
    return ""


def _with_lone_titles(text: str, heads: list[_Head]) -> list[_Head]:
    """Adds heads that are a title only (abstracts in a list): a title line of another place or kind, with a long text under it."""
    found = list(heads)
    if len(text) < 2 * _BODY:
        return found
    for match in _LONE_TITLE.finditer(text):
        at = match.start()
        near = any(head.start <= at < head.body + _BODY or at <= head.start < at + _BODY for head in found)
        running = max((len(line) for line in text[match.end() : match.end() + _BODY].split("\n")), default=0) > _TITLE_LINE
        if not near and running and not _PAGE_LINE.search(match[0]) and (found or match.end() > _BODY):
            found.append(_Head(at, match.end()))
    return sorted(found, key=lambda head: head.start)


# A title with its year, place or mark, alone on its line. Matches "2023年某某省政府工作报告（摘要）"; not "政府工作报告" (a running head).
_LONE_TITLE = re.compile(
    r"(?m)^[·◆■★]? ?(?:【[^】\n]{1,20}】)?(?:\d{4}年[^\n。，]{0,24}|[^\n。，：“”《》]{2,20}[省市州县区旗盟])"
    r"(?:人民)?政府工作报告(?:（[^（）\n]{1,8}）)?$"
)


def _report_and_rest(text: str, start: int, end: int, *, alone: bool) -> list[Piece]:
    """A report and the foreign matter behind it (news, boilerplate), each with its reason."""
    closed = closing_end(text, start, end)
    rest = _foreign_start(text, closed, end) if closed is not None else None
    if rest is None:
        return [Piece(start, end)]
    blocks = _blocks(text, rest, end)
    if not blocks or (alone and sum(b - a for a, b in blocks) < _MATTER):
        return [Piece(start, end)]
    pieces = [Piece(start, blocks[0][0])]
    for block_start, block_end in blocks:
        reason = why_no_report(text[block_start:block_end])
        if pieces[-1].reason == reason == "boilerplate":
            pieces[-1] = Piece(pieces[-1].start, block_end, reason)
        else:
            pieces.append(Piece(block_start, block_end, reason))
    return pieces


def _foreign_start(text: str, closed: int, end: int) -> int | None:
    """Where matter begins that is no part of the report: an item, a date line or web furniture behind the closing, before any annex."""
    found = [m.start() for pattern in (_ITEM_LINE, _DATE_LINE, _FURNITURE) if (m := pattern.search(text, closed, end))]
    annex = ANNEX.search(text, closed, end)
    if not found or (annex and annex.start() < min(found)):
        return None
    return min(found)


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Foreign matter cut at the lines that open an item; a short start stays with the report, a short block with the one before."""
    cuts = [start, *(m.start() for m in _ITEM_LINE.finditer(text, start + 1, end)), end]
    furniture = _FURNITURE.search(text, cuts[-2], end)
    if furniture and furniture.start() - cuts[-2] > _MATTER:
        cuts.insert(-1, furniture.start())
    blocks: list[tuple[int, int]] = []
    for a, b in pairwise(cuts):
        if b - a >= _MATTER:
            blocks.append((a, b))
        elif blocks:
            blocks[-1] = (blocks[-1][0], b)
    return blocks
