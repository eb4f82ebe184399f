"""What is no government work report, and why."""

from __future__ import annotations

import re

from duixian.model import Hints
from duixian.reading.ending import closing_end
from duixian.reading.header import GREETING, TITLE
from duixian.registry.heads import head_words

_WORDS = head_words()
_HEAD = 300  # a title stands within this many characters
_PARAGRAPH = 150  # a line of running text is longer than this
_TITLE_LINE = 70  # a title line is no longer
_SHORT = 2000  # a report without any head is longer than this
# A line of a contents page. Matches "某某省政府工作报告.....23", "一、回顾 …… 3", "序号地区"; not "一、回顾".
_CONTENTS_LINE = re.compile(r"(?m)(?:\.{3,}|…{2,}|·{3,}) ?\d{1,4}$|^目录$|页码")
# A heading that looks back. Matches "一、2019年工作回顾", "“十二五”发展成就", "1999年的主要工作"; not "回顾历史，".
_LOOKS_BACK = re.compile(
    r"(?:工作|发展|年|五”|时期|期间|情况)[^。，\n]{0,8}(?:的)?回顾|工作总结|过去(?:的)?[一五]年[^。，\n]{0,6}工作"
    r"|(?:年|五”)(?:的)?[^。，\n]{0,10}(?:发展成就|主要工作|工作情况|执行情况|主要成绩)"
)
# A report in another body's name. Matches "我代表中共望江市第九届委员会向大会作报告"; not "我代表市人民政府".
_OTHER_BODY = re.compile(r"代表[^。！\n]{0,30}(?:委员会|法院|检察院|政协)[^。！\n]{0,24}报告")
_NUMBERED = re.compile(r"（?[一二三]、|（一）|第一")
# Words that set out the coming year. Matches "今年工作的总体要求", "主要预期目标"; not "长远目标".
_LOOKS_FORWARD = re.compile(r"(?:今年|明年|20\d\d年)[^。\n]{0,16}(?:重点|工作|目标|任务|要求|安排)|主要预期目标|预期目标")
# The place a report speaks for. Matches "全市", "我省".
_OWN = re.compile(r"[全我][省市州县区盟旗]|自治区党委|我国")
_BOILERPLATE = re.compile("|".join(map(re.escape, _WORDS.furniture)))
_SIGNS = 2  # of looking back, looking forward, greeting, title and appeal a report has at least so many
_ENOUGH, _FEW = 8, 3  # a report, and an abstract, speak of their own place at least this often


def reason_to_refuse(text: str, hints: Hints) -> str | None:
    """Why a text without session and request is no report; none where it is one all the same (an abstract, a report without its head).

    Args:
        text: the reading copy.
        hints: what stands beside it; its title helps to name the kind that is refused.
    """
    titles = [*_title_lines(text), hints.title or ""]
    titled = any(TITLE.search(line) for line in titles)
    for refusal in _WORDS.refusals:
        if (refusal.over_title or not titled) and any(word in line for word in refusal.titles for line in titles):
            return refusal.reason
    if _OTHER_BODY.search(text, 0, 2 * _HEAD):
        return "report of another body"
    if is_contents(text[: 4 * _HEAD]) and len(text) < _SHORT:
        return "contents page"
    looks_back = bool(_LOOKS_BACK.search(text, 0, 4000))
    own = len(_OWN.findall(text))
    if len(text) < _SHORT:
        marked = any(mark in line for mark in _WORDS.abstracts for line in titles)
        return None if titled and looks_back and (marked or own >= _FEW) and len(text) > _HEAD else why_no_report(text)
    greeted = bool(GREETING.search(text))
    looks_forward = bool(_LOOKS_FORWARD.search(text, len(text) // 6))
    appeals = closing_end(text, 0, len(text)) is not None
    return None if own >= _ENOUGH and looks_back + looks_forward + greeted + titled + appeals >= _SIGNS else "no government work report"


def _title_lines(text: str) -> list[str]:
    """The short lines at the head of a text, one joined line, and each alone; numbered headings are no titles."""
    lines: list[str] = []
    for line in text[:_HEAD].split("\n"):
        if len(line) > _TITLE_LINE or _NUMBERED.match(line) or GREETING.match(line) or line.endswith("回顾"):
            break
        lines.append(line)
    return ["".join(lines[:3]), *lines]


def why_no_report(text: str) -> str:
    """What a stretch that is no report is: a contents page, boilerplate, or a news item.

    Args:
        text: the stretch.
    """
    if is_contents(text, least=2):
        return "contents page"
    lines = text.split("\n")
    if sum(bool(_BOILERPLATE.search(line)) for line in lines) >= 2 or max(map(len, lines)) < _PARAGRAPH:
        return "boilerplate"
    return "news item"


def is_contents(text: str, least: int = 4) -> bool:
    """Whether a stretch lists titles and pages.

    Args:
        text: the stretch.
        least: how many of its lines must give a page.
    """
    listed = len(TITLE.findall(text)) >= 5 and max(map(len, text.split("\n"))) < _PARAGRAPH
    return listed or len(_CONTENTS_LINE.findall(text)) >= least or _is_table(text)


# A table of places and days run together. Matches "1北京北京1月14日—18日1月13日—17日2"; not running text.
_TABLE_ROW = re.compile(r"\d{1,2}月\d{1,2}日—\d{1,2}日")


def _is_table(text: str) -> bool:
    return len(_TABLE_ROW.findall(text)) >= 10 and text.count("。") <= 2
