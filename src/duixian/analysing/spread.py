"""How words rise, spread over places and levels, and fall silent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from duixian.analysing.dictionaries import Term
from duixian.analysing.search import borders
from duixian.analysing.search_query import Word
from duixian.analysing.search_texts import Choice, ReportText, Span, Texts
from duixian.analysing.terms import spans
from duixian.model import Level
from duixian.registry.topics import topics as topic_registry


@dataclass(frozen=True, slots=True)
class FirstUse:
    """The first report of a place that holds a term.

    Attributes:
        term: the term.
        text: the report.
        at: where it stands first.
    """

    term: Term
    text: ReportText
    at: Span


@dataclass(frozen=True, slots=True)
class Adoption:
    """A term in the reports of one level and year.

    Attributes:
        term: the term.
        level: the level of government.
        year: the year.
        reports: reports of that level and year.
        holding: of these, reports with the term.
        places: places of that level that have used it so far.
        new: of these, places that use it for the first time.
        count: occurrences.
    """

    term: Term
    level: str
    year: int
    reports: int
    holding: int
    places: int
    new: int
    count: int


@dataclass(frozen=True, slots=True)
class Silence:
    """The end of a term's use at a level: its best year, its last one, and the years of reports since.

    Attributes:
        term: the term.
        level: the level of government.
        first: the first year with the term.
        peak: the year with the largest share of reports holding it (the first of several).
        peak_share: that share.
        last: the last year with the term.
        since: years with reports after the last.
        silent: whether it stands in no report of the last years asked about.
    """

    term: Term
    level: str
    first: int
    peak: int
    peak_share: float
    last: int
    since: int
    silent: bool


def first_uses(texts: Texts, terms: Sequence[Term], choice: Choice) -> list[FirstUse]:
    """The first use of each term by each place, by term, year and delivery.

    A place counts as having a term from its first report on that has it; earlier reports that the store lacks are not known.
    """
    found: list[FirstUse] = []
    chosen = sorted(texts.chosen(choice), key=_in_time)
    for term in terms:
        seen: set[str] = set()
        for text in chosen:
            if text.report.region_id not in seen and (at := _first(texts, text, term, choice)):
                seen.add(text.report.region_id)
                found.append(FirstUse(term, text, at))
    return found


def _in_time(text: ReportText) -> tuple[int, str, str, str]:
    r = text.report
    return r.year, r.delivered or f"{r.year}-12-31", r.region_code, r.source


def _first(texts: Texts, text: ReportText, term: Term, choice: Choice) -> Span | None:
    if term.literal and term.literal not in text.text:
        return None
    return next((s for a, b in texts.parts(text, choice) for s in spans(text.text, term, a, b)[:1]), None)


def adoption(texts: Texts, terms: Sequence[Term], choice: Choice) -> list[Adoption]:
    """Each term by level and year: how many reports hold it, how many places have come to it."""
    found: list[Adoption] = []
    chosen = texts.chosen(choice)
    cells: dict[tuple[str, int], list[ReportText]] = {}
    for text in chosen:
        cells.setdefault((text.report.level, text.report.year), []).append(text)
    for term in terms:
        places: dict[str, set[str]] = {}
        for (level, year), reports in sorted(cells.items(), key=lambda c: (_LEVELS.index(c[0][0]), c[0][1])):
            counts = {id(t): sum(len(spans(t.text, term, a, b)) for a, b in texts.parts(t, choice)) for t in reports if _may(t, term)}
            holding = [t for t in reports if counts.get(id(t))]
            known = places.setdefault(level, set())
            new = {t.report.region_id for t in holding} - known
            known |= new
            found.append(Adoption(term, level, year, len(reports), len(holding), len(known), len(new), sum(counts.values())))
    return found


_LEVELS: Final[tuple[Level, ...]] = get_args(Level)


def _may(text: ReportText, term: Term) -> bool:
    return any(w.wild or w.text in text.text for w in term.words)


def silences(rows: Iterable[Adoption], years: int = 2) -> list[Silence]:
    """For each term and level its rise and its end.

    Args:
        rows: what ``adoption`` gave.
        years: a term is silent where no report of so many last years with reports holds it.
    """
    groups: dict[tuple[Term, str], list[Adoption]] = {}
    for row in rows:
        groups.setdefault((row.term, row.level), []).append(row)
    found: list[Silence] = []
    for (term, level), cells in groups.items():
        used = [c for c in cells if c.holding]
        if not used:
            continue
        peak = max(used, key=lambda c: (c.holding / c.reports, -c.year))
        since = sum(c.year > used[-1].year for c in cells)
        found.append(Silence(term, level, used[0].year, peak.year, peak.holding / peak.reports, used[-1].year, since, since >= years))
    return found


def topic_terms() -> tuple[Term, ...]:
    """The policy domains of the registry as terms."""
    return tuple(Term(t.zh, tuple(Word(w) for w in t.words), tuple(Word(w) for w in t.without)) for t in topic_registry().topics)


@dataclass(frozen=True, slots=True)
class TopicShare:
    """The sentences of a report that speak of a topic.

    Attributes:
        text: the report.
        topic: the topic.
        sentences: sentences that hold one of its words.
        of: all sentences of the chosen parts.
    """

    text: ReportText
    topic: Term
    sentences: int
    of: int


def topic_shares(texts: Texts, topics: Sequence[Term], choice: Choice) -> list[TopicShare]:
    """For each report and topic how many sentences speak of it; a sentence may speak of several."""
    found: list[TopicShare] = []
    for text in texts.chosen(choice):
        body, parts = text.text, texts.parts(text, choice)
        starts = borders(body, "sentence")
        ends = [*starts[1:], len(body)]
        of = sum(any(c < b and a < d for c, d in parts) and not body[a:b].isspace() for a, b in zip(starts, ends, strict=True))
        for topic in topics:
            holding = {bisect_right(starts, at) for a, b in parts for at, _ in spans(body, topic, a, b)}
            found.append(TopicShare(text, topic, len(holding), of))
    return found
