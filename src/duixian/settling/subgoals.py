"""Sub-goals of a livelihood item: the parts that a card lists after its yearly goal must add up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# The head of a list of parts. Matches "其中：" of "教师90名，其中：小学60名、中学30名"; not "其中小学60名", which may leave others out.
PARTS: Final = re.compile(r"其中[：:]")
# The end of a list that leaves others out. Matches "等", "等项目"; not "等级".
OTHERS: Final = re.compile(r"等(?!级|额|待)")
_SAME: Final = 0.002  # sums within this share are equal
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of an act.

    Attributes:
        at: where its value begins in the act.
        value: the value in ``unit``.
        unit: the canonical unit, else the unit as written.
        exact: whether it is stated without a bound or a hedge.
    """

    at: int
    value: float
    unit: str | None
    exact: bool


def sub_goals(act: str, goals: Sequence[Goal]) -> str | None:
    """Why the parts of an act do not make up its goal; null where they do, or where nothing says that they must.

    Args:
        act: the words of the act.
        goals: its figures, in any order.
    """
    head = PARTS.search(act)
    if head is None:
        return None
    before = [g for g in goals if g.at < head.start()]
    parts = sorted((g for g in goals if g.at > head.start()), key=lambda g: g.at)
    if not before or len(parts) < _FEWEST:
        return None
    whole = max(before, key=lambda g: g.at)
    if any(g.unit != whole.unit or not g.exact for g in (whole, *parts)):
        return None
    total = sum(g.value for g in parts)
    if abs(total - whole.value) <= _SAME * abs(whole.value) or (total < whole.value and OTHERS.search(act, head.end())):
        return None
    said = " + ".join(f"{g.value:g}" for g in parts)
    return f"goal {whole.value:g}{whole.unit or ''}, parts {said} = {total:g}"
