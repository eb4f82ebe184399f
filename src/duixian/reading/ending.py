"""Where a report ends: its last appeal, and whether the text breaks off before it."""

from __future__ import annotations

import re

# The last words of an appeal, at the end of a paragraph. Matches "为谱写新篇章而努力奋斗！", "以优异成绩迎接大会召开！"; not "努力奋斗，".
_APPEAL = re.compile(
    r"(?:奋斗|贡献|篇章|前进|成绩|召开|辉煌|胜利|未来|征程|周年|新局面|谢谢|成就|力量|答卷|时代|明天|梦想|崛起|光荣|进位|步伐|目标|迈进|跨越|振兴"
    r"|出彩|精彩|新业绩|新优势|新生活|美好)[^\n，。！]{0,24}[！。](?:谢谢大家[！。])?(?=\n|\Z)|谢谢[^\n]{0,4}[！。]"
)
# The call that opens an appeal. Matches "让我们更加紧密地团结在", "各位代表！新征程"; not "团结各族群众".
_CALL = re.compile(r"让我们|我们要更加紧密|紧密地?团结|各位代表[，！：]")
# What opens an annex. Matches "附件1", "名词解释", "注：", "附：2024年民生实事"; not "附近".
ANNEX = re.compile(
    r"(?m)^(?:[（《【]?(?:附件|附：|附表|附录|附注|注：|注释|名词解释|有关名词|名词术语|相关名词|说明：)"
    r"|《?(?:政府工作报告》?)?(?:中)?(?:部分|有关)?(?:名词|术语|用语)[^\n]{0,6}(?:解释|说明|注释))"
)
_CALLS = 40  # so many of the last calls are tried
_REACH = 3000  # a call stands at most this far before the end of its appeal
_SOUND_END = "。！？”）》…；】"


def closing_end(text: str, start: int, end: int) -> int | None:
    """Where the last appeal of a report ends; none where it has none.

    Args:
        text: the reading copy.
        start: first position of the report.
        end: the position after its last.
    """
    calls = [m.start() for m in _CALL.finditer(text, start + (end - start) // 3, end)]
    for call in reversed(calls[-_CALLS:]):
        stop = min(end, call + _REACH)
        found = _APPEAL.search(text, call, stop)
        if found:
            last = found.end()
            for match in _APPEAL.finditer(text, found.end(), min(end, found.end() + 300)):
                last = match.end()
            return last
    return None


def is_truncated(text: str, start: int, end: int) -> bool:
    """Whether a report breaks off: no appeal at its end, and no stop after its last words.

    Args:
        text: the reading copy.
        start: first position of the report.
        end: the position after its last.
    """
    tail = text[start:end].rstrip()
    if not tail or tail[-1] in _SOUND_END:
        return not tail or (end - start < 2500 and closing_end(text, start, end) is None)
    return closing_end(text, start, end) is None
