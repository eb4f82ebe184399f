"""Who is responsible for an act, where the text names a body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# A label with the bodies after it. Matches "（责任单位：市教育局）", "主办单位：省教育厅、省民政厅。"; not "单位：万元".
LABEL: Final = re.compile(
    r"(?:第一|主要)?(?:牵头|主办|承办|主管|实施|责任|落实|组织实施|牵头责任|主要责任)+(?:单位|部门|领导|人)：(?P<who>[^。；\n）]{2,240})"
)
# A body named in the clause itself. Matches "由市教育局负责", "由省发展改革委牵头"; not "由企业负责人", "由龙头企业牵头".
BY: Final = re.compile(
    r"由(?P<who>[^，。；：由]{1,24}?(?:局|委|厅|部|办|政府|部门|中心|办公室|委员会|街道|乡镇|[县市区]))(?:等单位)?(?:负责|牵头|承担|组织实施|主管|主办|承办)(?!人)"
)
_REACH: Final = 900  # a label speaks of no more than so many characters before it


@dataclass(frozen=True, slots=True)
class Responsible:
    """Bodies that answer for what stands in ``start:end``; positions are in the given text."""

    start: int
    end: int
    who: str


def find_responsible(text: str, start: int, end: int) -> tuple[Responsible, ...]:
    """Every naming of a responsible body, with the stretch it speaks of.

    Args:
        text: the reading copy (not masked).
        start: where to begin.
        end: where to stop.
    """
    found: list[Responsible] = []
    if "单位：" in text or "部门：" in text or "领导：" in text or "责任人：" in text:
        floor = start
        for match in LABEL.finditer(text, start, end):
            found.append(Responsible(_reach(text, floor, match.start()), match.start(), match["who"].strip("，、 ")))
            floor = match.end()
    for match in BY.finditer(text, start, end):
        clause = max(text.rfind(c, start, match.start()) for c in "。；\n")
        found.append(Responsible(max(clause + 1, start), match.end() + 60, match["who"]))
    return tuple(found)


def _reach(text: str, floor: int, label: int) -> int:
    """A label in brackets speaks of its paragraph, one of its own line of all lines since the label before."""
    at = max(floor, label - _REACH)
    if label > 0 and text[label - 1] == "（":
        return max(at, text.rfind("\n", at, label) + 1)
    return at
