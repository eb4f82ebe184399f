"""Wording: sentences that several places share word for word, and how firmly reports speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from duixian.analysing.search_texts import Choice, ReportText, Span, Texts, above
from duixian.store import Generation
from duixian.store.queries import Query

Piece = Literal["sentence", "clause"]
# What stands between marks. Matches "推进共同富裕" in "推进共同富裕，稳就业。"; not the marks.
_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_SENTENCE = re.compile(r"[^。！？\n]+")  # matches "稳住经济，稳住就业" before "。"; not "。"
# A number before an item, no part of the sentence. Matches "（一）", "1.", "二、", "三是"; not "一批".
_NUMBER = re.compile(r"(?:（?[一二三四五六七八九十]{1,3}）|（?\d{1,2}）|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}(?:、|是(?!否)))\s*")


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence or clause that several places share.

    Attributes:
        words: the words.
        stands: the reports in which it stands, each with its position in the repaired text; one for each place and year.
    """

    words: str
    stands: tuple[tuple[ReportText, Span], ...]

    @property
    def places(self) -> int:
        """The number of places."""
        return len({t.report.region_id for t, _ in self.stands})


def shared_wording(texts: Texts, choice: Choice, piece: Piece = "sentence", least: int = 10, places: int = 2) -> list[Shared]:
    """Sentences or clauses that stand word for word in reports of several places; the most widely shared first.

    Args:
        texts: the texts of a store.
        choice: which reports and parts.
        piece: whole sentences, or what stands between marks.
        least: characters at least.
        places: how many places at least.
    """
    first: dict[str, ReportText] = {}
    stands: dict[str, list[tuple[ReportText, Span]]] = {}
    chosen = texts.chosen(choice)
    for text in chosen:  # once to find what stands in two places, so that nothing is kept for the rest
        for words, _ in pieces(texts, text, choice, piece, least):
            if words not in stands and first.setdefault(words, text).report.region_id != text.report.region_id:
                stands[words] = []
    for text in chosen:
        seen: set[str] = set()
        for words, span in pieces(texts, text, choice, piece, least):
            if words in stands and words not in seen:
                seen.add(words)
                stands[words].append((text, span))
    found = [Shared(words, tuple(there)) for words, there in stands.items()]
    return sorted((s for s in found if s.places >= places), key=lambda s: (-s.places, -len(s.words), s.words))


def pieces(texts: Texts, text: ReportText, choice: Choice, piece: Piece, least: int) -> Iterator[tuple[str, Span]]:
    """The sentences or clauses of a text with their positions, without numbers before and blanks around."""
    pattern = _SENTENCE if piece == "sentence" else _CLAUSE
    body = text.text
    for a, b in texts.parts(text, choice):
        for match in pattern.finditer(body, a, b):
            start, end = match.span()
            if number := _NUMBER.match(body, start, end):
                start = number.end()
            while end > start and body[end - 1] in " ”’）":
                end -= 1
            if end - start >= least:
                yield body[start:end], (start, end)


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firmly a report speaks.

    Attributes:
        region: the place.
        region_code: its code in the year.
        region_id: its constant code.
        level: its level.
        year: the report's year.
        targets: targets of the targets section.
        numeric: of these, targets with a number (not 稳定增长, 与经济增长同步 and the like).
        exact: of these, targets with a plain number (no 左右, 以上, 力争 or range).
        promises: promised acts.
        hard: of these, promised as certain (确保, 完成, 建成).
        soft: of these, promised as an effort (力争, 争取).
        process: of these, promised as work only (推进, 谋划).
        quantified: of these, with a quantity.
    """

    region: str
    region_code: str
    region_id: str
    level: str
    year: int
    targets: int
    numeric: int
    exact: int
    promises: int
    hard: int
    soft: int
    process: int
    quantified: int


FIRMNESS = Query(
    "firmness",
    Firmness,
    """SELECT r.region, r.region_code, r.region_id, r.level, r.year, coalesce(t.targets, 0), coalesce(t.numeric, 0), coalesce(t.exact, 0),
  coalesce(c.promises, 0), coalesce(c.hard, 0), coalesce(c.soft, 0), coalesce(c.process, 0), coalesce(c.quantified, 0)
FROM reports AS r
LEFT JOIN (SELECT report_id, source, count(*) AS targets, count(*) FILTER (low IS NOT NULL) AS numeric,
    count(*) FILTER (low IS NOT NULL AND comparator = '=') AS exact
  FROM measurements WHERE role = 'target' AND section = 'targets' GROUP BY ALL) AS t USING (report_id, source)
LEFT JOIN (SELECT report_id, source, count(*) AS promises, count(*) FILTER (strength = 'hard') AS hard,
    count(*) FILTER (strength = 'soft') AS soft, count(*) FILTER (strength = 'process') AS process,
    count(*) FILTER (kind = 'quantified') AS quantified
  FROM commitments GROUP BY ALL) AS c USING (report_id, source)
WHERE r."primary" OR $editions::BOOLEAN ORDER BY r.region_code, r.year, r.source, r.start""",
    "targets with and without numbers, promises by strength, for each report",
)


def firmness(store: Generation, choice: Choice) -> tuple[Firmness, ...]:
    """How firmly the chosen reports speak; sections and figures of the choice are not looked at.

    Args:
        store: an open generation.
        choice: which reports.
    """
    return tuple(
        f
        for f in store.rows(FIRMNESS, editions=choice.editions)
        if (choice.years is None or f.year in choice.years)
        and (choice.levels is None or f.level in choice.levels)
        and (choice.places is None or not choice.places.isdisjoint(above(f.region_code, f.region_id, f.year)))
    )
