"""Who is spoken of: whether a clause speaks of a part of the reporting place (滨海新区, 县域, 软件业) rather than of the whole."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from duixian.extracting.periods import YEAR_TEXT
from duixian.model import Report
from duixian.registry.regions import regions
from duixian.registry.words import alternation, branches, load_toml, words

_TABLE: Final = load_toml("scopes.toml")
_PLACES: Final = alternation(words(_TABLE["places"]))
# A part, or a sector, that begins a clause. Matches "滨海新区战略地位提升", "县域经济"; not "滨海新区建设加快", "县城以上城市".
PART: Final = re.compile(
    rf"(?:其中|同时|并且|而)?(?P<part>[\u4e00-\u9fff·]{{0,8}}?(?:{_PLACES})|{alternation(words(_TABLE['sectors']))})"
    rf"(?!{alternation(words(_TABLE['work']))}|[、和及与]|及?以[上下])"
)
# What may stand before the part. Matches "2021年", "特别是去年".
_OPENING: Final = re.compile(rf"(?:特别是|尤其是|预计|{YEAR_TEXT}|去年|全年)*")
# A doer that is no verb's adverb. Matches "青云湖实现", "外贸加工企业完成"; not "努力实现", "全年完成".
DOER: Final = re.compile(
    rf"(?P<part>[\u4e00-\u9fff·]{{1,10}}(?:{alternation(words(_TABLE['doers']))}))(?:预计|共|累计|全年|去年)*(?:实现|完成)(?!了)"
)
# Each of the places inside. Matches "各县", "所有县（市、区）", "6个县（市、区）主要经济指标"; not "各类园区".
EACH_PLACE: Final = re.compile(
    r"(?:各|所有)(?:区|县|市|州|旗|盟|镇|乡|村|园区)|[一二三四五六七八九十\d] ?个[^，。；]{0,6}?[县市区州旗）](?:主要)?(?:经济)?指标"
)
# The whole country, which a place may speak of. Matches "我国经济实力"; not "我国沿海", "我国最大".
NATION: Final = re.compile(r"我国(?=经济|综合|国内|国民|的?国内)")
# A clause that acts on a place. Matches "推进滨海新区开放"; not "滨海新区开放".
ACT: Final = re.compile(alternation(words(_TABLE["acts"])))
# The place as a whole. Matches "全市", "我省".
WHOLE: Final = re.compile(alternation(words(_TABLE["wholes"])))
# A word that may name a part of the place, anywhere: the cheap test before clauses are looked at.
SOME: Final = re.compile(
    "|".join(
        (
            branches((*words(_TABLE["places"]), *words(_TABLE["sectors"]), "指标", "我国")),
            "各[区县市州旗盟镇乡村园]|所有[区县市州旗盟镇乡村园]",
            *(rf"{doer}(?:预计|共|累计|全年|去年)*(?:实现|完成)" for doer in words(_TABLE["doers"])),
        )
    )
)
_CLAUSE: Final = re.compile(r"[，；：—\x00]+")
_LONGEST: Final = 9
_EARLY: Final = 16  # characters of a clause in which it says whose it is
_SECTORS: Final = frozenset(words(_TABLE["sectors"]))
# A place inside the reporting place, anywhere. Matches "经开区" of "推进经开区改革".
PLACE: Final = re.compile(_PLACES)


class Scopes:
    """The parts of one reporting place.

    Args:
        report: whose parts.
        own: how the report names its place, which narrows nothing.
    """

    def __init__(self, report: Report, own: tuple[str, ...]) -> None:
        self.own = own
        self.below = report.level != "national"  # a place that may speak of the whole country too
        self.parts = _parts(report.region_code, report.year) - set(own)
        self._known = _known(self.parts) if self.parts else None

    def some(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch may speak of a part of the place."""
        return SOME.search(text, start, end) is not None or (self._known is not None and self._known.search(text, start, end) is not None)

    def place(self, part: str) -> bool:
        """Whether a part is a place rather than a sector."""
        return part not in _SECTORS and EACH_PLACE.match(part) is None

    def narrowed(self, clauses: str, before: str | None) -> str | None:
        """The part that the last of some clauses speaks of.

        Args:
            clauses: a stretch of a sentence.
            before: the part spoken of before them.
        """
        for clause in _CLAUSE.split(clauses):
            if len(clause) < 2:
                continue
            if part := self.part(clause):
                before = part
            elif WHOLE.search(clause) or clause.startswith(self.own):
                before = None
        return before

    def part(self, clause: str) -> str | None:
        """The part of the place, or the sector, that a clause begins with.

        Args:
            clause: such as 滨海新区战略地位进一步提升.
        """
        if self.below and (nation := NATION.match(clause)):
            return nation.group()
        if (opening := _OPENING.match(clause)) and opening.end():
            clause = clause[opening.end() :]
        if self._known is not None and self._known.match(clause):
            for size in range(min(_LONGEST, len(clause)), 1, -1):
                if clause[:size] in self.parts:
                    return clause[:size]
        if ACT.match(clause):
            return None
        if each := EACH_PLACE.search(clause, 0, _EARLY):
            return each.group()
        named = next(own for own in self.own if clause.startswith(own)) if clause.startswith(self.own) else ""
        match = PART.match(clause, len(named))
        if match is None or match["part"] in self.own or WHOLE.search(match["part"]):
            return None
        return named + match["part"]

    def doer(self, head: str) -> str | None:
        """Who, besides a part that is known, has done what a name says: 青云湖 of 青云湖实现生产总值.

        Args:
            head: the words of a name.
        """
        match = DOER.match(head)
        if match is None or ACT.match(head) or head.startswith(self.own) or WHOLE.search(match["part"]):
            return None
        return match["part"]


@lru_cache(maxsize=256)
def _known(parts: frozenset[str]) -> re.Pattern[str]:
    return re.compile(alternation(sorted(parts)))


@lru_cache(maxsize=256)
def _parts(code: str, year: int) -> frozenset[str]:
    """Names of the divisions directly below a place."""
    table = regions()
    below = table.children(code, year)
    short = {table.short_name(r) for r in below if r.level != "county"}  # 和平 and 朝阳 are words, 和平区 is none
    return frozenset(name for name in {r.name for r in below} | short if len(name) > 1)
