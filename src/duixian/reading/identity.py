"""Who speaks, for which region, for which years: the body decides, hints are compared and only fill what it leaves open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duixian.model import Hints
from duixian.reading.copy import ReadingCopy
from duixian.reading.ending import is_truncated
from duixian.reading.header import Head, read_head
from duixian.reading.pieces import Identity
from duixian.reading.places import TOWNS, Place, choose, kind_of, named, told_by_body
from duixian.reading.years import Day, PlanYear, plan_end, plan_year
from duixian.registry.heads import head_words
from duixian.registry.regions import Region, regions

_WORDS = head_words()
_FURNITURE = re.compile("|".join(map(re.escape, (*_WORDS.furniture, *_WORDS.captions))))
# A year among the hints. Matches "2021", "2021年政府工作报告", "2021-10"; not "20210128".
_HINT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|\D{0,3}\Z|-\d{1,2}\Z|_)")
_TARGETS = re.compile(r"(?:预期|主要|奋斗)?目标(?:是|为|：|如下)|预期(?:增长|目标)|计划增长|力争[^。\n]{0,30}增长")
_REQUEST_REACH = 150  # the request, which may repeat the head's place, is no longer
_LATE = 11  # the first month whose speeches are mostly for the next year
_LONG = 1500  # in a shorter text 今年 may be missing by chance
_PLAIN = 3  # a body that names a place and two of its districts speaks plainly of it
_SALUTATION = "各位代表"


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a report stands, handed between the steps below."""

    text: str
    start: int
    end: int
    head: Head
    hints: Hints


def identify(copy: ReadingCopy, start: int, end: int, hints: Hints) -> Identity | None:
    """The identity of the report at ``start:end`` of the copy; none where region or year can't be told.

    Args:
        copy: the document's reading copy.
        start: first position of the report in the copy.
        end: the position after its last.
        hints: what stands beside the text; decides only where the text is silent.
    """
    at = _Setting(copy.text, start, end, read_head(copy.text, start, end), hints)
    year = plan_year(at.text, start, end, at.head.delivered) or _hinted_year(at)
    if year is None:
        return None
    place = _place(at, year.year)
    if place is None:
        return None
    head, region = at.head, place.region
    return Identity(
        region=region.full_name,
        region_code=region.code,
        region_id=region.region_id,
        level=region.level,
        year=year.year,
        session=f"{head.congress}.{head.session}" if head.congress and head.session else None,
        plan_from=year.year,
        plan_to=max(year.year, plan_end(head.plan)) if head.plan else year.year,
        kind="abstract" if _is_abstract(at) else "full",
        delivered=_delivered(head, year.year),
        meeting=_meeting(head, region),
        speaker=head.speaker,
        speaker_title=head.speaker_title,
        title=head.title or hints.title,
        sample=region.sample,
        flags=_flags(at, year, region),
        reasons=(*place.reasons, *year.reasons),
    )


def _place(at: _Setting, year: int) -> Place | None:
    """The place named by the head, from the surest words to the least sure; else the one the body is about; else a hint."""
    head = at.head
    for words in (head.place, head.office, head.speaker_place, head.title_place):
        found = named(words, year)
        if found:
            return _unless_strange(at, Place(choose(found, at.text, at.start, at.end, year), (words or "",)), year)
    kind = next((kind for words in (head.place, head.office, head.speaker_place) if (kind := kind_of(words))), None)
    if kind in TOWNS:
        return None
    told = told_by_body(at.text, at.start, at.end, year, kind)
    if told:
        return told
    for hint in _hinted_places(at.hints):
        found = named(hint, year)
        if found:
            return Place(choose(found, at.text, at.start, at.end, year), (f"hint: {hint}",))
    return None


def _unless_strange(at: _Setting, place: Place, year: int) -> Place:
    """The head's place, unless the body never names it and speaks plainly of another one of its kind (a slip of the pen in the head)."""
    region, head_end = place.region, at.head.end + _REQUEST_REACH
    short = regions().short_name(region)
    short = short.removesuffix("州") if region.name.endswith("自治州") else short
    if region.level == "national" or at.text.find(short, head_end, at.end) >= 0:
        return place
    told = told_by_body(at.text, head_end, at.end, year, kind_of(region.name))
    if told is None or len(told.reasons) < _PLAIN:
        return place
    return Place(told.region, (f"body, against {place.reasons[0]} in the head", *told.reasons))


def _hinted_places(hints: Hints) -> list[str]:
    """Words beside the text that may name the place, the nearest first."""
    title = re.sub(r"(?:人民)?政府工作报告.*|^\d{4}年", "", hints.title or "")
    return [words for words in (hints.region, title, *reversed(hints.path)) if words]


def _hinted_year(at: _Setting) -> PlanYear | None:
    """The year by the title or the hints where the body has none."""
    if at.head.title_year:
        return PlanYear(at.head.title_year, (at.head.title or "",), False)
    hints = at.hints
    for words in (hints.year, hints.title, *reversed(hints.path)):
        match = _HINT_YEAR.search(words) if words else None
        if match:
            return PlanYear(int(match[1]), (f"hint: {words}",), False)
    return None


def _delivered(head: Head, year: int) -> str | None:
    """The day of the speech; a month and day without a year lie in the plan's year, or in the one before if they are late."""
    spoken = head.delivered
    if spoken is None and head.month_day:
        month, date = head.month_day
        spoken = Day(year - 1 if month >= _LATE else year, month, date)
    return spoken.iso if spoken and spoken.sound else None


def _meeting(head: Head, region: Region) -> str | None:
    """The session in the text's words, with the place's name where the text says only 自治区 or 市."""
    if head.meeting is None or head.place is None:
        return head.meeting
    generic = kind_of(head.place) == head.place or not head.place
    return region.name + head.meeting.removeprefix(head.place) if generic and region.level != "national" else head.meeting


def _is_abstract(at: _Setting) -> bool:
    """An abstract says so, or has neither head nor greeting nor targets."""
    if at.head.abstract:
        return True
    if at.head.congress or at.head.office or at.head.speaker:
        return False
    return at.text.count(_SALUTATION, at.start, at.end) == 0 and not _TARGETS.search(at.text, at.start, at.end)


def _flags(at: _Setting, year: PlanYear, region: Region) -> tuple[str, ...]:
    head, hints = at.head, at.hints
    titled = head.title_year or _year_in(hints.title)
    hinted_years = (_year_in(hints.path[-1]) if hints.path else None, _year_in(hints.year))
    found = {
        "title_year_differs": titled is not None and titled != year.year,
        "path_year_differs": any(hinted not in (None, year.year) for hinted in hinted_years),
        "path_region_differs": _other_region(hints, region, year.year),
        "truncated": not _is_abstract(at) and is_truncated(at.text, at.start, at.end),
        "no_header": head.bare,
        "web_noise": _has_furniture(at),
        "year_word_replaced": _year_word_replaced(at, year.year),
        "date_suspect": year.date_suspect or (head.delivered is not None and not _plausible(head, hints)),
    }
    return tuple(flag for flag, raised in found.items() if raised)


def _year_in(words: str | None) -> int | None:
    match = _HINT_YEAR.search(words) if words else None
    return int(match[1]) if match else None


def _other_region(hints: Hints, region: Region, year: int) -> bool:
    """Whether folder or column names a place that is neither the report's own nor above it."""
    names = [words for words in (hints.region, hints.path[-2] if len(hints.path) > 1 else None) if words]
    table = regions()
    own = {region.region_id, *(r.region_id for r in table.ancestors(region, year))}
    found = [r for words in names for r in table.by_name(words, year)]
    return bool(found) and not any(r.region_id in own for r in found)


def _has_furniture(at: _Setting) -> bool:
    """Web furniture in the head or behind the closing; the body is not searched."""
    return bool(_FURNITURE.search(at.text, at.start, at.head.end) or _FURNITURE.search(at.text, max(at.head.end, at.end - 400), at.end))


def _year_word_replaced(at: _Setting, year: int) -> bool:
    """A site wrote the title's year for 今年: the word is nowhere, and the review speaks of the plan's year as past."""
    text = at.text
    if text.find("今年", at.start, at.end) >= 0 or at.end - at.start < _LONG:
        return False
    return bool(re.compile(rf"{year}年(?:以来|，?我们(?!将|要))").search(text, at.start, at.start + (at.end - at.start) // 2))


def _plausible(head: Head, hints: Hints) -> bool:
    """A day that exists and isn't later than the publication."""
    day = head.delivered
    if day is None:
        return True
    published = re.match(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})", hints.published or "")
    if not day.sound or not published:
        return day.sound
    return (day.year, day.month, day.day) <= (int(published[1]), int(published[2]), int(published[3]))
