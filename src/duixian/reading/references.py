"""Reference documents: statistical communiqués and five-year plans. They are no reports, but official figures stand in them."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from duixian.model import Document, Report, Section
from duixian.reading.copy import ReadingCopy
from duixian.reading.pieces import Piece, Reference, ReferenceKind
from duixian.reading.places import named
from duixian.registry.regions import NATIONAL, Region, regions

# By the reason to refuse it as a report.
KINDS: Final[dict[str, ReferenceKind]] = {"statistical communiqué": "communique", "five-year plan": "plan"}
_HEAD: Final = 400  # the title and the day of publication stand within this many characters
_HAN_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR: Final = r"((?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2}) ?年"
# The title of a communiqué with its year. Matches "2023年国民经济和社会发展统计公报", "一九七八年国民经济计划执行结果的公报";
# not "国家统计局2024年2月29日" (a day).
_TITLED_YEAR: Final = re.compile(_YEAR + r"(?!\d{1,2}月)[^\n]{0,24}(?:公报|计划执行|发展)")
# The day of publication. Matches "1991年2月22日"; not "1991年2月".
_DAY: Final = re.compile(_YEAR + r" ?\d{1,2} ?月 ?\d{1,2} ?日")
# The span of a plan. Matches "2021-2025年", "（2011—2015年）"; not "2021年".
_SPAN: Final = re.compile(r"((?:19|20)\d\d)年?[-—~至]{1,2}((?:19|20)\d\d)")
# The ordinal of a plan. Matches "第十四个五年规划", "“十二五”规划"; not "五年规划".
_ORDINAL: Final = re.compile(r"第([一二三四五六七八九十]{1,3})个五年|“?([一二三四五六七八九]|十[一二三四五六七八九]?)五”")
_FIRST_PLAN: Final = 1953
# What follows the place in a title. Matches "2023年", "国民经济", "“十二五”", "第十四个五年"; not "某某省".
_AFTER_PLACE: Final = re.compile(f"{_YEAR}|国民经济|“|第[一二三四五六七八九十]+个")
# Whose title it is: what stands before the year, without the publisher. Matches "某某省", "某某市统计局关于".
_PUBLISHER: Final = re.compile(r"(?:国家)?统计局|关于|人民政府|的")


def reference(document: Document, copy: ReadingCopy, piece: Piece) -> Reference | None:
    """The reference document that a refused stretch is; none where it is something else, or its year can't be told.

    Args:
        document: the document.
        copy: its reading copy.
        piece: the refused stretch.
    """
    kind = KINDS.get(piece.reason or "")
    if kind is None:
        return None
    head = copy.text[piece.start : min(piece.end, piece.start + _HEAD)]
    titled = f"{document.hints.title or ''}\n{head}"
    years = _year_of_communique(head, titled) if kind == "communique" else _years_of_plan(titled)
    if years is None:
        return None
    region = _place(titled, years[0])
    start, end = copy.span(piece.start, piece.end)
    return Reference(
        reference_id=hashlib.sha256(f"{document.doc_id}:{start}:{end}".encode()).hexdigest()[:12],
        kind=kind,
        doc_id=document.doc_id,
        source=document.source,
        region=region.full_name,
        region_code=region.code,
        region_id=region.region_id,
        level=region.level,
        year=years[0],
        year_to=years[1],
        title=document.hints.title,
        url=document.hints.url,
        start=start,
        end=end,
    )


def as_report(found: Reference) -> Report:
    """A communiqué in the shape of a report that looks back on its year, so that the same extractor reads its figures.

    Args:
        found: a communiqué.
    """
    return Report(
        report_id=found.reference_id,
        doc_id=found.doc_id,
        source=found.source,
        region=found.region,
        region_code=found.region_code,
        region_id=found.region_id,
        level=found.level,
        year=found.year + 1,  # a report of the next year gives this year's results
        session=None,
        plan_from=found.year + 1,
        plan_to=found.year + 1,
        kind="full",
        delivered=None,
        meeting=None,
        speaker=None,
        speaker_title=None,
        title=found.title,
        url=found.url,
        sample=False,
        flags=(),
        start=found.start,
        end=found.end,
        sections=(Section("review", 1, None, found.start, found.end),),
    )


def _year_of_communique(head: str, titled: str) -> tuple[int, int] | None:
    """The year in the title; else the one before the day of publication."""
    if match := _TITLED_YEAR.search(head) or _TITLED_YEAR.search(titled):
        year = _number(match[1])
    elif match := _DAY.search(head):
        year = _number(match[1]) - 1
    else:
        return None
    return year, year


def _years_of_plan(titled: str) -> tuple[int, int] | None:
    if match := _SPAN.search(titled):
        return int(match[1]), int(match[2])
    if match := _ORDINAL.search(titled):
        first = _FIRST_PLAN + 5 * (_ordinal(match[1] or match[2]) - 1)
        first += 3 if first > _FIRST_PLAN + 5 else 0  # three years of adjustment lie between the second plan and the third
        return first, first + 4
    return None


def _number(year: str) -> int:
    return int(year.translate(_HAN_DIGITS))


def _ordinal(words: str) -> int:
    tens, mark, ones = words.rpartition("十")
    digits = "一二三四五六七八九"
    return (10 * (digits.index(tens) + 1 if tens else 1) if mark else 0) + (digits.index(ones) + 1 if ones else 0)


def _place(titled: str, year: int) -> Region:
    """The place that the title names before its year; the whole country where it names none."""
    for line in titled.split("\n"):
        before = _AFTER_PLACE.split(line)[0]
        words = _PUBLISHER.sub("", re.sub(r"[*# ]", "", before))
        if found := named(words, year) if words else ():
            return found[0]
    whole = regions().at(NATIONAL, year)
    assert whole is not None
    return whole
