"""Scoring an export layer by layer: each thing that was found or missed in an annotated report is one mark.

A value that was found but differs is wrong and missed at once, as usual for precision and recall.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from duixian.evaluation.gold import Gold, GoldFigure, GoldPassage, GoldReport, Key
from duixian.evaluation.outputs import CommitmentOut, Export, FigureOut, FollowupOut, ReportOut, SectionOut, SettlementOut, short
from duixian.evaluation.tally import Mark
from duixian.evaluation.values import is_level, same_value, settled, shares_words

NUMERIC: Final = ("=", "~", ">=", "<=", "range")
OPEN: Final = ("carried_over", "not_mentioned")
SAME_ROLE: Final = {"tasks_term": "tasks"}
MOSTLY: Final = 0.5  # the share of a promise's characters, found and recorded together, that both have
LIKELY: Final = 0.3
Cell = tuple[str, str]  # indicator, role
R = TypeVar("R", ReportOut, SectionOut, FigureOut, CommitmentOut, FollowupOut)


def evaluate(export: Export, gold: Gold, ids: Sequence[str] | None = None) -> Iterator[Mark]:
    """All marks.

    Args:
        export: what was found.
        gold: what careful readers recorded.
        ids: only these annotated reports.
    """
    wanted = {i: r for i, r in gold.reports.items() if ids is None or i in ids}
    yield from _reports(export, wanted)
    yield from _sections(export, gold, wanted)
    yield from _panel(export, gold, wanted)
    yield from _quantities(export, gold, wanted)
    yield from _commitments(export, gold, wanted)
    yield from _settlements(export, gold, wanted)
    yield from _followups(export, gold, wanted)


def _by_key(rows: Iterable[R]) -> Mapping[Key, list[R]]:
    found: dict[Key, list[R]] = defaultdict(list)
    for row in rows:
        found[short(row.source), row.region_code, row.year].append(row)
    return found


def _pair(layer: str, report: GoldReport, right: bool, found: bool, rule: str | None = None) -> Iterator[Mark]:
    """The marks of something that is there: right; or missed, and wrong too where something else was found."""
    if right:
        yield Mark(layer, report.id, report.decade, "right", rule)
        return
    yield Mark(layer, report.id, report.decade, "missed")
    if found:
        yield Mark(layer, report.id, report.decade, "wrong", rule)


def _reports(export: Export, wanted: Mapping[str, GoldReport]) -> Iterator[Mark]:
    found = _by_key(export.reports)
    known = {r.key for r in wanted.values()}
    by_source: dict[str, GoldReport] = {}
    for report in wanted.values():
        by_source.setdefault(report.source, report)
        if report.is_report:
            yield from _pair("reports", report, report.key in found, False)
    for key in found:
        if key[0] in by_source and key not in known:
            first = by_source[key[0]]
            yield Mark("reports", first.id, first.decade, "wrong")


def _sections(export: Export, gold: Gold, wanted: Mapping[str, GoldReport]) -> Iterator[Mark]:
    found = _by_key(export.sections)
    for id, starts in gold.sections.items():
        if id not in wanted:
            continue
        report = wanted[id]
        size = report.end - report.start
        right, mine = ["front"] * size, ["-"] * size
        for (a, role), (b, _) in zip(starts, (*starts[1:], (report.end, "")), strict=True):
            lo, hi = max(a - report.start, 0), b - report.start
            right[lo:hi] = [role] * (hi - lo)
        for s in sorted(found.get(report.key, ()), key=lambda s: s.level):
            lo, hi = max(s.start - report.start, 0), min(s.end - report.start, size)
            if hi > lo:
                mine[lo:hi] = [s.role] * (hi - lo)
        for (want, got), times in Counter(zip(right, mine, strict=True)).items():
            if SAME_ROLE.get(want, want) == SAME_ROLE.get(got, got):
                yield Mark("sections", id, report.decade, "right", None, times)
                continue
            yield Mark("sections", id, report.decade, "missed", None, times)
            if got != "-":
                yield Mark("sections", id, report.decade, "wrong", None, times)


def cells(report: GoldReport, rows: Iterable[GoldFigure]) -> Mapping[Cell, list[GoldFigure]]:
    """The headline cells of a report that were recorded with numbers: last year's results, this year's targets."""
    found: dict[Cell, list[GoldFigure]] = defaultdict(list)
    for g in rows:
        period = str(report.year if g.role == "target" else report.year - 1)
        plain = g.scope == "region" and g.tier == "base" and g.agg in (None, "end", "milestone") and not g.border
        if g.indicator != "other" and plain and g.period == period and g.comparator in NUMERIC:
            found[g.indicator, g.role].append(g)
    return found


def _area(gold: Gold, report: GoldReport, rows: Iterable[GoldFigure]) -> tuple[int, int]:
    """From the first to the last target of the year, by quotes that stand once."""
    spots = []
    for g in rows:
        places = gold.places(report, g.quote) if g.role == "target" and g.period == str(report.year) else []
        if len(places) == 1:
            spots.append((places[0], places[0] + len(g.quote)))
    return (min(a for a, _ in spots), max(b for _, b in spots)) if spots else (-1, -1)


def _panel(export: Export, gold: Gold, wanted: Mapping[str, GoldReport]) -> Iterator[Mark]:
    panel = _by_key(export.panel)
    for id, rows in gold.headline.items():
        if id not in wanted:
            continue
        report = wanted[id]
        mine = {(p.indicator, p.role): p for p in panel.get(report.key, ())}
        right = cells(report, rows)
        for cell, figures in right.items():
            p = mine.get(cell)
            layer = f"panel: {cell[1]}s"
            ok = p is not None and any(same_value(p, g) for g in figures)
            yield from _pair(layer, report, ok, p is not None, p.rule if p else None)
            exact = p is not None and any(_exact(p, g) for g in figures)
            yield from _pair("panel: value, comparator, direction", report, exact, p is not None, p.rule if p else None)
        vague = {(g.indicator, g.role) for g in rows if g.comparator not in NUMERIC or g.border or g.agg}
        area = _area(gold, report, rows)
        for found, p in mine.items():
            if found in right or p.low is None:
                continue
            spans = any((g.indicator, g.role) == found and "-" in (g.period or "") and same_value(p, g) for g in rows)
            outside = found[1] == "target" and not area[0] <= p.start <= area[1]  # of the work sections: not annotated
            if spans or not (found in vague or outside):
                for layer in (f"panel: {p.role}s", "panel: value, comparator, direction"):
                    yield Mark(layer, id, report.decade, "wrong", p.rule)


def _exact(p: FigureOut, g: GoldFigure) -> bool:
    return same_value(p, g) and p.comparator == g.comparator and (is_level(g.indicator) or p.direction == g.direction)


def _inside(rows: Iterable[FigureOut], passage: GoldPassage) -> list[FigureOut]:
    end = passage.start + len(passage.text)
    return [r for r in rows if passage.start <= r.value_start and r.value_end <= end]


def _quantities(export: Export, gold: Gold, wanted: Mapping[str, GoldReport]) -> Iterator[Mark]:
    measured = _by_key(m for m in export.measurements if m.low is not None)
    for passage in gold.passages:
        if passage.id not in wanted or not passage.quantities:
            continue
        report = wanted[passage.id]
        mine = _inside(measured.get(report.key, ()), passage)
        used: set[int] = set()
        for g in passage.quantities:
            start = passage.start + passage.text.find(g.quote)
            end = start + len(g.quote)
            hits = [i for i, p in enumerate(mine) if i not in used and same_value(p, g) and p.start < end and start < p.end]
            good = [i for i in hits if (mine[i].role, mine[i].comparator, mine[i].direction) == (g.role, g.comparator, g.direction)]
            used.update((good or hits)[:1])
            rule = mine[(good or hits)[0]].rule if hits else None
            yield from _pair("quantities: value and unit", report, bool(hits), False, rule)
            yield from _pair("quantities: role, comparator, direction", report, bool(good), bool(hits), rule)
        for i, p in enumerate(mine):
            if i not in used:
                for layer in ("quantities: value and unit", "quantities: role, comparator, direction"):
                    yield Mark(layer, report.id, report.decade, "wrong", p.rule)


def _shared(a: int, b: int, c: int, d: int) -> float:
    """Of the characters of two stretches together the share that both have."""
    return max(0, min(b, d) - max(a, c)) / max(1, max(b, d) - min(a, c))


def _commitments(export: Export, gold: Gold, wanted: Mapping[str, GoldReport]) -> Iterator[Mark]:
    promised = _by_key(c for c in export.commitments if c.kind != "qualitative")
    for passage in gold.passages:
        if passage.id not in wanted or passage.part != "plan":
            continue
        report = wanted[passage.id]
        end = passage.start + len(passage.text)
        mine = [c for c in promised.get(report.key, ()) if passage.start <= c.start and c.end <= end]
        used: set[int] = set()
        for quote, kind in passage.commitments:
            a = passage.start + passage.text.find(quote)
            free = [i for i in range(len(mine)) if i not in used]
            best = max(free, key=lambda i: _shared(a, a + len(quote), mine[i].start, mine[i].end), default=None)
            hit = best is not None and _shared(a, a + len(quote), mine[best].start, mine[best].end) >= MOSTLY
            rule = mine[best].rule if hit and best is not None else None
            if hit and best is not None:
                used.add(best)
            yield from _pair("commitments: found", report, hit, False, rule)
            same = hit and best is not None and mine[best].kind == kind
            yield from _pair("commitments: and kind", report, same, hit, rule)
        for i, c in enumerate(mine):
            if i not in used:
                for layer in ("commitments: found", "commitments: and kind"):
                    yield Mark(layer, report.id, report.decade, "wrong", c.rule)


def _settlements(export: Export, gold: Gold, wanted: Mapping[str, GoldReport]) -> Iterator[Mark]:
    mine: dict[tuple[str, str, str], SettlementOut] = {
        (s.region_code, s.indicator, s.period): s for s in export.settlements if s.tier == "base" and not s.agg
    }
    heads = {id: cells(gold.reports[id], rows) for id, rows in gold.headline.items()}
    later = {(gold.reports[id].region_code, gold.reports[id].year): id for id in heads}
    for id, found in heads.items():
        next_id = later.get((gold.reports[id].region_code, gold.reports[id].year + 1))
        if id not in wanted or next_id is None:
            continue
        report = wanted[id]
        for (indicator, role), targets in found.items():
            answers = heads[next_id].get((indicator, "actual"), [])
            if role != "target" or len(targets) != 1 or len(answers) != 1 or answers[0].comparator not in "=~":
                continue
            want = settled(indicator, targets[0], answers[0])
            if want is None:
                continue
            s = mine.get((report.region_code, indicator, str(report.year)))
            near = s is not None and s.gap is not None and abs(s.gap - want[0]) <= 0.005 * max(1.0, abs(want[0]))
            yield from _pair("settlements: gap", report, near, s is not None)
            yield from _pair("settlements: verdict", report, s is not None and s.verdict == want[1], s is not None)


def _followups(export: Export, gold: Gold, wanted: Mapping[str, GoldReport]) -> Iterator[Mark]:
    mine = _by_key(export.followups)
    for g in gold.followups:
        if g.id_from not in wanted:
            continue
        report = wanted[g.id_from]
        a = next(iter(gold.places(report, g.promise)), -1)
        b = a + len(g.promise)
        near = [f for f in mine.get(report.key, ()) if _shared(a, b, f.start, f.end) >= LIKELY]
        near.sort(key=lambda f: -_shared(a, b, f.start, f.end))
        near = [f for f in near if (f.start, f.end) == (near[0].start, near[0].end)][:3]
        answered = g.verdict not in OPEN
        claims = [f.answer for f in near if f.answer and f.verdict not in OPEN]
        if answered:
            hit = any(shares_words(c, answer) for c in claims for answer in g.answers)
            yield from _pair("followups: answer", report, hit, False)
        wrong = sum(not (answered and any(shares_words(c, answer) for answer in g.answers)) for c in claims)
        if wrong:
            yield Mark("followups: answer", report.id, report.decade, "wrong", None, wrong)
        said = {_group(f.verdict) for f in near}
        yield from _pair("followups: verdict", report, said == {_group(g.verdict)}, bool(near))


def _group(verdict: str) -> str:
    return "open" if verdict in OPEN else "met" if verdict == "exceeded" else verdict
