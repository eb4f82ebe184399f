"""Targets and results of all places and years brought together: every target with a report that should answer it gets a settlement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from duixian.model import Aggregation, Tier
from duixian.registry.indicators import Indicator, indicator_table
from duixian.registry.settling import settling_words
from duixian.settling.records import Confession, Figure, Place, Settlement, Verdict
from duixian.settling.verdicts import (
    ABSTRACT,
    CONFESSED,
    CONTRADICTED,
    IN_PARTS,
    PARTS_DIFFER,
    SILENT,
    TOLERANCES,
    Outcome,
    Tolerances,
    settle,
)
from duixian.settling.yardsticks import Yardstick, Yardsticks

ReportKey = tuple[str, str]  # report_id and source
Cell = tuple[str, Tier, Aggregation, str]  # indicator, tier, agg, period
LONGEST_PLAN = 15  # years; a longer span is a vision, not a plan that a report settles


@dataclass(frozen=True, slots=True)
class Material:
    """Everything there is to settle, of primary editions only.

    Attributes:
        places: the reports.
        panel: the chosen headline figures of each report, actual and target.
        others: targets without a number, stretch targets, targets and results of several years, of each report.
        official: national results of communiqués, by indicator and year.
        confessions: what each report admits.
    """

    places: Sequence[Place]
    panel: Mapping[ReportKey, Sequence[Figure]]
    others: Mapping[ReportKey, Sequence[Figure]] = field(default_factory=dict)
    official: Mapping[tuple[str, int], Figure] = field(default_factory=dict)
    confessions: Mapping[ReportKey, Sequence[Confession]] = field(default_factory=dict)


def settle_all(material: Material, tolerances: Tolerances = TOLERANCES) -> Iterator[Settlement]:
    """One settlement a cell (place, indicator, period, tier, agg), place by place in the order of their ids and years.

    Where a place reported more than once in a year, the last session's target counts, and the first result that is stated.

    Args:
        material: what there is.
        tolerances: allowed shortfalls.
    """
    return _Settler(material, tolerances).run()


def _key(place: Place) -> ReportKey:
    return place.report_id, place.source


class _Settler:
    def __init__(self, material: Material, tolerances: Tolerances) -> None:
        self._material = material
        self._tolerances = tolerances
        self._by_year: dict[tuple[str, int], list[Place]] = defaultdict(list)
        for place in sorted(material.places, key=lambda p: (p.region_id, p.year, p.session or "", p.source)):
            self._by_year[place.region_id, place.year].append(place)
        results = {
            (places[0].region_id, year - 1, figure.indicator): figure
            for (_, year), places in self._by_year.items()
            for figure in reversed(self._of(places, "actual"))
        }
        self._yardsticks = Yardsticks(results, material.official)

    def run(self) -> Iterator[Settlement]:
        waiting: dict[str, dict[Cell, tuple[Place, Figure]]] = defaultdict(dict)
        for (region_id, year), places in self._by_year.items():
            if answers := self._by_year.get((region_id, year + 1)):
                for place, figure in self._annual(places, year):
                    yield self._settle(place, figure, answers, self._result(answers, figure), year)
            for cell, pair in self._plans(places, year):
                waiting[region_id].setdefault(cell, pair)  # the first report that sets it
        for region_id, cells in waiting.items():
            for (_, _, _, period), (place, figure) in cells.items():
                last = int(period[-4:])
                if answers := self._by_year.get((region_id, last + 1)):
                    yield self._settle(place, figure, answers, self._plan_result(answers, figure, last), last)

    def _of(self, places: Iterable[Place], role: str) -> list[Figure]:
        return [f for p in places for f in self._material.panel.get(_key(p), ()) if f.role == role]

    def _annual(self, places: Sequence[Place], year: int) -> Iterator[tuple[Place, Figure]]:
        """The year's targets: the panel's, one without a number where the panel has none, and the stretch values beside them."""
        found: dict[tuple[str, Tier], tuple[Place, Figure]] = {}
        for place in reversed(places):
            for figure in self._material.panel.get(_key(place), ()):
                if figure.role == "target":
                    found.setdefault((figure.indicator, "base"), (place, figure))
            for figure in self._material.others.get(_key(place), ()):
                if figure.role == "target" and figure.period == str(year) and figure.agg in (None, "end"):
                    found.setdefault((figure.indicator, figure.tier), (place, figure))
        for _, pair in sorted(found.items(), key=lambda item: item[0]):
            yield pair

    def _plans(self, places: Sequence[Place], year: int) -> Iterator[tuple[Cell, tuple[Place, Figure]]]:
        for place in places:
            for figure in self._material.others.get(_key(place), ()):
                last = _last_year(figure.period)
                if figure.role != "target" or figure.low is None or last is None or not year <= last <= year + LONGEST_PLAN:
                    continue
                if figure.period != str(year) and not _is_rate_of_one_year(figure):
                    assert figure.period is not None
                    yield (figure.indicator, figure.tier, _agg(figure), figure.period), (place, figure)

    def _result(self, answers: Sequence[Place], target: Figure) -> Figure | None:
        return next((f for f in self._of(answers, "actual") if f.indicator == target.indicator), None)

    def _plan_result(self, answers: Sequence[Place], target: Figure, last: int) -> Figure | None:
        """The result of a plan: over the same years and counted the same way; of a level, that of the last year."""
        if _agg(target) == "end":
            return self._result(answers, target)
        if "-" not in str(target.period):
            totals = (f for f in self._spans(answers, target) if f.agg == "cum" and _last_year(f.period) == last)
            return next(totals, None)
        found = {_agg(f): f for f in reversed(self._spans(answers, target)) if f.period == target.period}
        return found.get(_agg(target)) or (self._total(answers, target) if _is_yearly_amount(target) else None)

    def _total(self, answers: Sequence[Place], target: Figure) -> Figure | None:
        """An amount that the text itself calls a total of the target's years."""
        return next((f for f in self._spans(answers, target) if f.agg == "cum" and f.period == target.period), None)

    def _spans(self, answers: Sequence[Place], target: Figure) -> list[Figure]:
        return [
            f
            for p in answers
            for f in self._material.others.get(_key(p), ())
            if f.role == "actual" and f.indicator == target.indicator and f.low is not None
        ]

    def _settle(self, place: Place, target: Figure, answers: Sequence[Place], actual: Figure | None, year: int) -> Settlement:
        indicator = indicator_table().indicators[target.indicator]
        yardstick = self._yardsticks.find(place, indicator, target, year)
        if actual is None and (parts := self._parts(answers, target)):
            actual, outcome = self._in_parts(indicator, target, parts, yardstick)
            return _row(place, target, answers[0], actual, yardstick, outcome, self._admitted(answers, indicator.subject, plan=False))
        counted = _a_year(actual) if actual and _is_yearly_amount(target) and actual.agg == "cum" else actual
        outcome = settle(indicator, target, counted, yardstick.figure if yardstick else None, self._tolerances)
        admitted = self._admitted(answers, indicator.subject, plan=_is_plan(target, place))
        return _row(place, target, answers[0], actual, yardstick, _with(outcome, admitted, answers), admitted)

    def _parts(self, answers: Sequence[Place], target: Figure) -> list[Figure]:
        """The results of the parts of an indicator (towns, villages), where all of them stand; of targets of one year only."""
        names = settling_words().parts.get(target.indicator, ()) if target.agg in (None, "end") and "-" not in str(target.period) else ()
        found = {f.indicator: f for f in reversed(self._of(answers, "actual")) if f.indicator in names and f.period == target.period}
        return [found[name] for name in names] if len(found) == len(names) else []

    def _in_parts(
        self, indicator: Indicator, target: Figure, parts: Sequence[Figure], yardstick: Yardstick | None
    ) -> tuple[Figure, Outcome]:
        """The lesser part and its outcome; parts of which one passes and one doesn't are not comparable with the whole's target."""
        settled = [(f, settle(indicator, target, f, yardstick.figure if yardstick else None, self._tolerances)) for f in parts]
        worst, outcome = min(settled, key=lambda pair: (pair[1].gap is not None, pair[1].gap or 0.0))
        if outcome.gap is None:
            return worst, outcome
        if len({o.verdict == "missed" for _, o in settled}) > 1:
            return worst, replace(outcome, gap=None, verdict="not_comparable", reason=PARTS_DIFFER)
        return worst, replace(outcome, reason=IN_PARTS)

    def _admitted(self, answers: Sequence[Place], subject: str, *, plan: bool) -> tuple[Place, Confession] | None:
        pairs = ((p, c) for p in answers for c in self._material.confessions.get(_key(p), ()))
        return next(((p, c) for p, c in pairs if c.subject == subject and c.plan == plan), None)


def _is_plan(target: Figure, place: Place) -> bool:
    return target.period != str(place.year)


def _agg(figure: Figure) -> Aggregation:
    """How a value of several years is counted; one over a span that says nothing is counted over it, one of a later year at its end."""
    agg = figure.agg or ("cum" if "-" in str(figure.period) else "end")
    return "cum" if agg == "end" and figure.indicator in settling_words().totals else agg


def _is_rate_of_one_year(target: Figure) -> bool:
    """Whether a rate of change is set for a later year alone; such words are turns of speech for the years up to it."""
    return indicator_table().indicators[target.indicator].kind != "level" and "-" not in str(target.period)


def _is_yearly_amount(target: Figure) -> bool:
    """Whether so much a year is aimed at (年均新增就业10万人), which a total over the years answers."""
    return _agg(target) == "avg" and indicator_table().indicators[target.indicator].kind == "level"


def _a_year(total: Figure) -> Figure:
    """A total over several years, as the amount of one."""
    first, last = (int(year) for year in str(total.period).split("-"))
    years = last - first + 1
    return replace(total, low=_share(total.low, years), high=_share(total.high, years), agg="avg")


def _share(amount: float | None, years: int) -> float | None:
    return None if amount is None else float(Decimal(repr(amount)) / years)


def _last_year(period: str | None) -> int | None:
    return int(period[-4:]) if period and period[-4:].isdigit() else None


def _with(outcome: Outcome, admitted: tuple[Place, Confession] | None, answers: Sequence[Place]) -> Outcome:
    """The outcome in the light of an admission: where no result stands it is missed; where one stands and passes, that is said."""
    if outcome.verdict == "met" and admitted:
        return replace(outcome, reason=CONTRADICTED)
    if outcome.verdict != "not_reported":
        return outcome
    verdict: Verdict = "missed" if admitted else "not_reported"
    silent = ABSTRACT if all(a.kind == "abstract" for a in answers) else SILENT
    return Outcome(None, outcome.tolerance, outcome.unit, verdict, CONFESSED if admitted else silent)


def _row(
    place: Place,
    target: Figure,
    answer: Place,
    actual: Figure | None,
    yardstick: Yardstick | None,
    outcome: Outcome,
    admitted: tuple[Place, Confession] | None,
) -> Settlement:
    against = yardstick.figure if yardstick else None
    source, words = (admitted[0].source, admitted[1]) if admitted else (None, None)
    return Settlement(
        region_code=place.region_code,
        region_id=place.region_id,
        indicator=target.indicator,
        period=str(target.period),
        tier=target.tier,
        agg=_agg(target) if _is_plan(target, place) else None,
        target_measurement_id=target.measurement_id,
        target_comparator=target.comparator,
        target_low=target.low,
        target_high=target.high,
        target_unit=target.unit,
        target_direction=target.direction,
        target_source=target.source,
        target_start=target.start,
        target_end=target.end,
        target_quote=target.quote,
        actual_measurement_id=actual.measurement_id if actual else None,
        actual_comparator=actual.comparator if actual else None,
        actual_low=actual.low if actual else None,
        actual_high=actual.high if actual else None,
        actual_unit=actual.unit if actual else None,
        actual_direction=actual.direction if actual else None,
        actual_source=actual.source if actual else None,
        actual_start=actual.start if actual else None,
        actual_end=actual.end if actual else None,
        actual_quote=actual.quote if actual else None,
        gap=outcome.gap,
        tolerance=outcome.tolerance,
        verdict=outcome.verdict,
        reason=outcome.reason,
        gap_unit=outcome.unit,
        region=place.region,
        region_level=place.level,
        year=place.year,
        target_hedge=target.hedge,
        actual_hedge=actual.hedge if actual else None,
        answered_by=actual.source if actual else answer.source,
        yardstick=yardstick.what if yardstick else None,
        yardstick_low=against.low if against else None,
        yardstick_unit=against.unit if against else None,
        yardstick_direction=against.direction if against else None,
        yardstick_source=against.source if against else None,
        yardstick_start=against.start if against else None,
        yardstick_end=against.end if against else None,
        yardstick_quote=against.quote if against else None,
        confession_source=source,
        confession_start=words.start if words else None,
        confession_end=words.end if words else None,
        confession_quote=words.quote if words else None,
    )
