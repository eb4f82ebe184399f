"""How much a report takes over from others, and which reports are most like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from duixian.analysing.passages import LEAST, TextGrams
from duixian.analysing.search_texts import Choice, ReportText, Texts
from duixian.analysing.spread_grams import Numbers, Sieve, numbers
from duixian.analysing.terms import province_id
from duixian.registry.regions import NATIONAL

Relation = Literal["own_last", "province", "province_last", "nation", "nation_last"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a report takes over from another.

    Attributes:
        text: the report.
        other: the one it is compared with.
        relation: how the other stands to it; none where it was only found to be alike.
        share: the share of the report's characters that stand word for word in the other, in passages of the least length or more.
    """

    text: ReportText
    other: ReportText
    relation: Relation | None
    share: float


class Archive:
    """The primary reports of all places by year, to find what stands before or above a report.

    Args:
        texts: the texts of a store.
    """

    def __init__(self, texts: Texts) -> None:
        self._reports: dict[str, dict[int, ReportText]] = {}
        for text in texts.chosen(Choice()):
            self._reports.setdefault(text.report.region_id, {}).setdefault(text.report.year, text)

    def at(self, region_id: str, year: int) -> ReportText | None:
        """The report of a place for a year."""
        return self._reports.get(region_id, {}).get(year)

    def before(self, region_id: str, year: int) -> ReportText | None:
        """The last report of a place before a year."""
        years = [y for y in self._reports.get(region_id, {}) if y < year]
        return self._reports[region_id][max(years)] if years else None

    def models(self, text: ReportText) -> Iterator[tuple[Relation, ReportText]]:
        """The reports that a report may have taken from: its own last one, its province's and the nation's of this year and the last."""
        r = text.report
        if own := self.before(r.region_id, r.year):
            yield "own_last", own
        province = province_id(r.region_code, r.region_id, r.year)
        if province and province not in (r.region_id, NATIONAL):
            if this := self.at(province, r.year):
                yield "province", this
            if last := self.at(province, r.year - 1):
                yield "province_last", last
        if r.region_id != NATIONAL:
            if this := self.at(NATIONAL, r.year):
                yield "nation", this
            if last := self.at(NATIONAL, r.year - 1):
                yield "nation_last", last


def taken_over(texts: Texts, choice: Choice, least: int = LEAST) -> Iterator[Taken]:
    """What the chosen reports take over from their own last report, their province's and the nation's.

    Args:
        texts: the texts of a store.
        choice: which reports; sections are not looked at.
        least: characters of a passage at least.
    """
    archive = Archive(texts)
    known: dict[int, TextGrams] = {}

    def cut(text: ReportText) -> TextGrams:
        found = known.get(id(text))
        if found is None:
            if len(known) > 400:  # texts by place and year: what was needed long ago is not needed again
                known.clear()
            found = known[id(text)] = TextGrams(text.text, least)
        return found

    for text in texts.chosen(choice):
        for relation, other in archive.models(text):
            yield Taken(text, other, relation, cut(text).taken_from(cut(other)))


def most_similar(texts: Texts, text: ReportText, among: Choice | None = None, limit: int = 10, least: int = LEAST) -> list[Taken]:
    """The reports in which most of a report stands word for word, best first.

    Args:
        texts: the texts of a store.
        text: the report.
        among: which others; other editions of the report itself are left out.
        limit: how many.
        least: characters of a passage at least.
    """
    windows = _line_windows(text.text, least)
    sieve = Sieve(windows)
    own = np.searchsorted(sieve.wanted, windows)
    rough: list[tuple[int, ReportText]] = []
    for other in texts.chosen(among or Choice()):
        if (other.report.region_id, other.report.year) == (text.report.region_id, text.report.year):
            continue
        shared = np.zeros(len(sieve.wanted), np.bool_)
        theirs = numbers(other.text, least)
        shared[np.searchsorted(sieve.wanted, theirs[sieve.places(theirs)])] = True
        if count := int(np.count_nonzero(shared[own])):
            rough.append((count, other))
    rough.sort(key=lambda pair: (-pair[0], pair[1].report.region_code, pair[1].report.year))
    grams = TextGrams(text.text, least)
    exact = (Taken(text, other, None, grams.taken_from(TextGrams(other.text, least))) for _, other in rough[: limit * 2])
    return sorted(exact, key=lambda t: (-t.share, t.other.report.region_code, t.other.report.year))[:limit]


def _line_windows(text: str, size: int) -> Numbers:
    """The numbers of the windows of a text that hold no line break."""
    found = [numbers(line, size) for line in text.split("\n")]
    return np.concatenate(found) if found else np.empty(0, np.uint64)
