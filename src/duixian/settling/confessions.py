"""Admissions: which indicators a problems section says have missed their targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from duixian.reading.repair import repair
from duixian.registry.indicators import indicator_table, normal
from duixian.registry.settling import settling_words
from duixian.registry.words import alternation
from duixian.settling.records import Confession

_REACH: Final = 14  # characters between the verb of failing and the aim
_CLAUSES: Final = 3  # clauses before the verb that may hold the names
_LINKS: Final = re.compile("[、和与及]|以及")
# What follows a name in such a list. Matches "增速", "增长5%", "等指标", "仅"; not "固定资产投资", "经济指标" (no indicator's name).
_TAIL: Final = re.compile(r"(?:增[速幅长]|涨幅|增长率|(?<!济)指标|等|完成|达到|实现|控制|下降|为|仅|只|未|没|均|都|略|稍|虽|\d)(?!加值).*$")
# A clause that goes on with the subject of the one before. Matches "但", "均", "略", "等4项指标"; not "消费恢复".
_GOES_ON: Final = re.compile("(?:$|[但仍均都略稍虽也还仅只远等这]|[一二三四五六七八九十几\\d]+项)")


@cache
def _admission() -> re.Pattern[str]:
    """Failing, then an aim. Matches 未达到预期目标, 低于4%左右的预期, 没有完成年初计划; not 没有完成时, 未完成改造的小区."""
    words = settling_words()
    return re.compile(rf"(?:{alternation(words.failing)})[^，。；：、！]{{0,{_REACH}}}?(?:{alternation(words.aims)})")


@cache
def _plan() -> re.Pattern[str]:
    """Aims of several years. Matches “十二五”规划目标, 规划预期; not 年初预期."""
    return re.compile(alternation(settling_words().plans))


def may_admit(text: str) -> bool:
    """Whether a text holds a verb of failing at all (cheap; the raw text will do)."""
    return any(word in text for word in settling_words().failing)


def confessions(text: str, offset: int = 0) -> tuple[Confession, ...]:
    """The indicators that a text admits to have missed, each with its sentence.

    Args:
        text: source text of a problems section.
        offset: where the section starts in its document.
    """
    copy = repair(text)
    found: list[Confession] = []
    for match in _admission().finditer(copy.text):
        start, clauses = _clauses_before(copy.text, match.start())
        sentence = copy.text[start : _sentence_end(copy.text, match.end())]
        plan = bool(_plan().search(match[0])) or bool(_plan().search(sentence[: match.start() - start]))
        first, last = copy.span(start, match.end())
        for subject in _subjects(clauses):
            found.append(Confession(subject, plan, text[first:last], offset + first, offset + last))
    return tuple(dict.fromkeys(found))


def _clauses_before(text: str, at: int) -> tuple[int, list[str]]:
    """Start of the sentence part that holds the verb, and its clauses before the verb, the nearest first."""
    start = max(text.rfind(mark, 0, at) for mark in "。；：！\n") + 1
    return start, list(reversed(text[start:at].split("，")))[:_CLAUSES]


def _sentence_end(text: str, at: int) -> int:
    ends = [place for mark in "。；！\n" if (place := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))


def _subjects(clauses: list[str]) -> Iterator[str]:
    """The subjects of the nearest clause that names any."""
    for clause in clauses:
        subjects = list(dict.fromkeys(filter(None, map(_subject, _LINKS.split(clause)))))
        yield from subjects
        if subjects or not _GOES_ON.match(clause):
            return


def _subject(phrase: str) -> str | None:
    name = _TAIL.sub("", phrase)
    if named := next(indicator_table().find(normal(name)), None):
        return named.subject or None
    return next((subject for short, subject in settling_words().short.items() if name.endswith(short)), None)
