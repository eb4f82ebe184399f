"""Line and page breaks: which end a paragraph, and which only cut a sentence, a word or a number (分页断句)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duixian.reading.copy import Edit

# A line without its outer blanks and emphasis. Matches "  甲乙 " -> "甲乙"; not a blank line.
_LINE = re.compile(r"[^ \n](?:[^\n]*[^ \n])?")
# The start of a heading, bullet, list item or salutation. Matches "（一）稳增长", "——经济", "3.新建"; not "3.5万亿元", "一二三产".
ITEM_START = re.compile(
    r"[#>|*【]|—|[·◆■▲★○◎]|（?[一二三四五六七八九十百]{1,4}[、.）]|第[一二三四五六七八九十]{1,3}[，、：部章节篇]"
    r"|（?\d{1,2}(?:[、）]|\.(?!\d))|（\d{1,2}）|[①-⑳]|[一二三四五六七八九十]{1,2}(?:是|要)|各位代表|附件|附：|注：|名词解释"
)
# Ends a paragraph. Matches "完成。", "如下："; not "推进文".
_TERMINAL = "。！；：？…”」』》）】|>"
# What can't start a paragraph: punctuation and units that belong to a number before. Matches "，增长"; not "今年".
_CONTINUES = re.compile(r"[，。；、：）”》%‰]")
# A unit or counter. Matches "万亿元", "个村"; not "今年".
_UNIT = re.compile(r"[%‰万亿千百元个年月日人户家项件公吨平倍位次名所条座处台套亩分]|\.\d|\d")
# A line that is only a page number. Matches "— 12 —", "12"; not "2020年".
_PAGE_NUMBER = re.compile(r"(?:— ?)?(?:第 ?)?\d{1,4}(?: ?页)?(?: ?—)?(?: ?/ ?\d{1,4})?\Z")
# A ruled line. Matches "———", "* * *"; not "——甲".
_RULED = re.compile(r"[—=_*·. ]{3,}\Z")

# A list of figures that goes on. Matches "增长5%左右，投资增"; not "一、稳增长".
_FIGURES = re.compile(r"\d[^，。；]{1,12}[，、；][^，。；]{1,20}\Z")
_SHORT = 30  # a line of fewer characters without a stop may be a heading
_LONG = 45  # a line of more characters without a final stop is a cut sentence (half of it where a page number follows)


def break_edits(folded: str) -> Iterator[Edit]:
    """One edit for each line break: a paragraph break stays as one line feed, a cut inside a sentence vanishes.

    Args:
        folded: the folded source text.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(folded)]
    if not lines:
        if folded:
            yield Edit(0, len(folded), "", "blank")
        return
    wrapped = _wrap_width(folded, lines)
    if lines[0][0] > 0:
        yield Edit(0, lines[0][0], "", "blank")
    last, paragraph = lines[0], lines[0][0]
    dropped = "paragraph_break"
    for line in lines[1:]:
        text = folded[line[0] : line[1]]
        if _RULED.match(text) or (_PAGE_NUMBER.match(text) and _between_pages(folded, last, line)):
            dropped = "page_number"
            continue
        long = _LONG if dropped == "paragraph_break" else _LONG // 2
        if rule := _cut(folded[paragraph : last[1]], last[1] - last[0], text, wrapped, long):
            yield Edit(last[1], line[0], "", rule if dropped == "paragraph_break" else dropped)
        else:
            yield Edit(last[1], line[0], "\n", dropped)
            paragraph = line[0]
        last, dropped = line, "paragraph_break"
    if last[1] < len(folded):
        yield Edit(last[1], len(folded), "", "blank" if dropped == "paragraph_break" else dropped)


def _wrap_width(folded: str, lines: list[tuple[int, int]]) -> int:
    """The width at which a text is wrapped, or 0 where its lines are paragraphs (then most of them end with a stop)."""
    if len(lines) < 40:
        return 0
    width = sorted(b - a for a, b in lines)[int(len(lines) * 0.9)]
    full = [b for a, b in lines if width - 3 <= b - a <= width + 3]
    wrapped = 18 <= width <= 70 and len(full) >= 0.4 * len(lines)
    return width if wrapped and sum(folded[b - 1] in _TERMINAL for b in full) < 0.5 * len(full) else 0


def _between_pages(folded: str, last: tuple[int, int], line: tuple[int, int]) -> bool:
    """A bare number is a page number only where the line before it ends or is cut like running text."""
    return last[1] - last[0] >= _SHORT or folded[line[0]] == "—" or "页" in folded[line[0] : line[1]]


def _cut(before: str, line_length: int, after: str, wrapped: int, long: int) -> str | None:
    """The rule by which ``after`` continues the paragraph ``before``; none where a new paragraph starts."""
    tail = before.rstrip("*")
    if not tail or before[0] == "|":
        return None
    full = bool(wrapped) and line_length >= wrapped - 1
    if ITEM_START.match(after) and not (full and tail[-1] not in _TERMINAL):
        return None
    if _CONTINUES.match(after) or tail[-1] in "，、（“《":
        return "page_cut"
    if full and not before.endswith("**"):
        return "line_wrap"  # a stop at the end of a full line ends a sentence more often than a paragraph
    if tail[-1] in _TERMINAL or before.endswith("**"):
        return None
    if tail[-1].isdigit() and _UNIT.match(after):
        return "page_cut"
    if wrapped and line_length >= wrapped - 3:
        return "line_wrap"
    if "。" in before or len(tail) >= long or _FIGURES.search(tail):
        return "page_cut"
    return "page_cut" if len(after) <= 2 and len(tail) >= 4 and not ITEM_START.match(before) else None
