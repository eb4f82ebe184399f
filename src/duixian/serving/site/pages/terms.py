"""Terms: how often words stand in the reports through the years, by level, place and section, with charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from duixian.analysing.dictionaries import Term, simple_terms
from duixian.analysing.search_tables import SECTIONS
from duixian.analysing.search_texts import Choice
from duixian.analysing.tables import Table
from duixian.analysing.terms import By, TermPanel, term_panel
from duixian.analysing.terms_tables import long_table
from duixian.facts.loading import is_filled
from duixian.facts.terms import policy_terms
from duixian.registry.regions import regions
from duixian.serving.site.context import Page, Request
from duixian.serving.site.counted import counted_panel, counts_here
from duixian.serving.site.figures import Figure, Series, bar_chart, line_chart, side_by_side
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.search import texts_held
from duixian.serving.site.pages.shared import LEVELS, codes_named, name_of, near
from duixian.serving.site.params import BadParameterError
from duixian.store import StoreError

MOST = 6  # words on one chart
LONGEST = 40  # characters of a word
PER = ("rate", "count")
SHOWN = 31  # bars of the places
DEFAULT_WORDS = {"zh": "数字经济,乡村振兴,民营经济"}


def terms(request: Request) -> Page:
    """Words by year and place."""
    params = request.params
    given = params.several_of("words", bool, (), request.say("用逗号隔开的词", "words with commas"), MOST)
    level = params.one_of("level", ("", *LEVELS), "")
    section = params.one_of("section", ("", *SECTIONS), "")
    per = params.one_of("per", PER, "rate")
    named = params.text("region")
    years = request.shelf.years_of(level) if level else request.shelf.years
    year = params.year("year", None)
    shows: dict[str, object] = {
        "words": ",".join(given),
        "level": level,
        "levels": LEVELS,
        "section": section,
        "sections": tuple(SECTIONS),
        "per": per,
        "pers": PER,
        "region": named,
        "years": years,
        "year": year,
        "lines": None,
        "bars": (),
        "rows": (),
        "terms": (),
        "totals": (),
        "most": MOST,
        "examples": DEFAULT_WORDS["zh"],
        "held": texts_held(request),
        "counted": False,
        "listed": _listed(request),
    }
    title = request.say("词频", "Terms")
    if not given:
        return Page(title, "terms.html", shows)
    if long := next((w for w in given if len(w) > LONGEST), None):
        raise BadParameterError("words", long, request.say(f"每个词至多 {LONGEST} 个字符", f"words of at most {LONGEST} characters"))
    wanted = _terms(given)
    choice = Choice(
        levels=frozenset(x for x in LEVELS if x == level) or None,
        sections=frozenset(role for name, role in SECTIONS.items() if name == section) or None,
        places=frozenset(codes_named(named) or ()) or None,
    )
    known = counts_here(request.shelf, wanted) if choice.sections is None else None

    def panel(by: tuple[By, ...], chosen: Choice) -> TermPanel:
        if known is not None:
            return counted_panel(request.shelf, wanted, known, by, chosen)
        return term_panel(request.shelf.texts(), wanted, by, chosen, "characters")

    over_years = panel(("year",), choice)
    lines = _lines(request, over_years, per)
    shown_year = near([g.key.year for g in over_years.groups if g.key.year], year) if year else None
    split: tuple[By, ...] = ("region",) if choice.levels or choice.places else ("province",)
    bars = _bars(request, panel(split, _of_year(choice, shown_year)), per, shown_year) if shown_year else ()
    shows |= {
        "lines": lines,
        "bars": bars,
        "terms": [t.name for t in wanted],
        "rows": [
            (g.key.year, g.reports, [(g.counts[i], over_years.rate(g, i)) for i in range(len(wanted))]) for g in reversed(over_years.groups)
        ],
        "totals": [sum(g.counts[i] for g in over_years.groups) for i in range(len(wanted))],
        "year": shown_year,
        "counted": known is not None,
    }

    def table() -> Table:
        return long_table(panel(("region", "year"), choice if shown_year is None else _of_year(choice, shown_year)))

    return Page(
        f"{title} · {'、'.join(t.name for t in wanted)}", "terms.html", shows, table, lambda: side_by_side(title, [lines, *bars], 1)
    )


def _terms(given: Sequence[str]) -> tuple[Term, ...]:
    try:
        return simple_terms(given)
    except StoreError as error:
        raise BadParameterError("words", ",".join(given), str(error)) from None


def _of_year(choice: Choice, year: int) -> Choice:
    return replace(choice, years=frozenset({year}))


def _listed(request: Request) -> list[tuple[str, list[str]]]:
    """The words whose counts came with the facts, by group; none where all texts are here."""
    groups: dict[str, list[str]] = {}
    if is_filled(request.store.path) and request.shelf.with_text < len(request.shelf.reports):
        for t in policy_terms():
            groups.setdefault(t.group, []).append(t.term)
    return list(groups.items())


def _lines(request: Request, panel: TermPanel, per: str) -> Figure:
    series = []
    for i, term in enumerate(panel.terms):
        points, told = [], []
        for group in panel.groups:
            value = panel.rate(group, i) if per == "rate" else float(group.counts[i])
            if group.key.year is not None and value is not None:
                points.append((group.key.year, round(value, 3)))
                told.append(f"{term.name} {group.key.year}: {group.counts[i]} ({value:.2f})")
        series.append(Series(term.name, f"series{i % 6}", tuple(points), tuple(told)))
    said = request.say("每万字次数", "per 10,000 characters") if per == "rate" else request.say("次数", "occurrences")
    return line_chart(said, series, 760, 260, 0)


def _bars(request: Request, panel: TermPanel, per: str, year: int) -> tuple[Figure, ...]:
    found = []
    for i, term in enumerate(panel.terms):
        values = []
        for group in panel.groups:
            value = panel.rate(group, i) if per == "rate" else float(group.counts[i])
            place = regions().at(group.key.region_id, year) if group.key.region_id else None
            values.append(
                (name_of(place) if place else group.region or "", value or 0.0, f"{value or 0:.2f}" if per == "rate" else f"{value:g}")
            )
        ordered = sorted(values, key=lambda v: (-v[1], v[0]))[:SHOWN]
        found.append(bar_chart(f"{term.name} · {year}", ordered, 340, named=90))
    return tuple(found)


ROUTES = (
    PageRoute(
        "/terms",
        terms,
        ("words", "level", "section", "per", "region", "year"),
        "how often words stand in the reports, by year and place; the table is by place and year",
        charts=True,
    ),
)
