"""What stands where a text is not in the store: a report's figures and promises with their places, and how to add the text."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from duixian.analysing.headline import in_words
from duixian.analysing.settlements_words import indicator_in_words
from duixian.model import Measurement
from duixian.registry.regions import regions
from duixian.serving.site.context import Request
from duixian.store import CommitmentRow, ReportRow


@dataclass(frozen=True, slots=True)
class HowToAdd:
    """How the texts of some reports come into the store.

    Attributes:
        reports: the reports.
        fetch: the command that fetches the first of them from its official address; none where no address is known.
        build: the command that reads a file into the store.
    """

    reports: tuple[ReportRow, ...]
    fetch: str | None
    build: str


@dataclass(frozen=True, slots=True)
class Located:
    """A figure with where it stands, without its sentence."""

    indicator: str | None
    name: str
    role: str
    period: str
    value: str
    section: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LocatedPromise:
    """A promise with its figures and where it stands, without its sentence."""

    row: CommitmentRow
    figures: str


@dataclass(frozen=True, slots=True)
class LocatedSpot:
    """The place that an address points at."""

    figures: tuple[Located, ...]
    promises: tuple[LocatedPromise, ...]
    start: int
    end: int
    citation: str


def how_to_add(request: Request, *reports: ReportRow) -> HowToAdd:
    """How the texts of reports come into the store.

    Args:
        request: the page's request.
        reports: reports without their text.
    """
    first = next(r for r in reports if not request.shelf.has_text(r))
    known = (first.region_id, first.year) in _addresses()
    folder = request.say("原文", "texts")
    fetch = f"duixian fetch --region {first.region} --years {first.year} -o {folder}" if known else None
    file = folder if known else request.say("文件", "FILE")
    return HowToAdd(reports, fetch, f"duixian build {file} -o {request.store.path}")


@cache
def _addresses() -> frozenset[tuple[str, int]]:
    """Places and years of which the shipped list has an official address; read here, as the site loads nothing that uses the network."""
    text = files("duixian").joinpath("data", "sources.csv").read_text(encoding="utf-8-sig")
    return frozenset((row["region_id"], int(row["year"])) for row in csv.DictReader(text.splitlines()))


def located(request: Request, figures: Sequence[Measurement]) -> list[Located]:
    """The figures of a report that are values of indicators, in the order of the text."""
    return [_located(request, f) for f in sorted(figures, key=lambda f: (f.start, f.value_start)) if f.indicator]


def _located(request: Request, f: Measurement) -> Located:
    name = indicator_in_words(f.indicator, request.lang) if f.indicator else f.name
    return Located(f.indicator, name, f.role, f.period or "", in_words(f), f.section, f.start, f.end)


def located_promises(promises: Sequence[CommitmentRow], figures: Sequence[Measurement]) -> list[LocatedPromise]:
    """The promises of a report with their figures."""
    values = {f.measurement_id: f"{f.name} {in_words(f)}".strip() for f in figures}
    return [LocatedPromise(p, "、".join(values[q] for q in p.quantities if q in values)) for p in promises]


def located_spot(
    request: Request, found: ReportRow, at: int, figures: Sequence[Measurement], promises: Sequence[LocatedPromise]
) -> LocatedSpot | None:
    """What begins at a position, or holds it; with a citation of the place."""
    if not found.start <= at < found.end:
        return None
    exact = [f for f in figures if f.start == at] or [f for f in figures if f.start <= at < f.end]
    meant = [p for p in promises if p.row.start == at] or [p for p in promises if p.row.start <= at < p.row.end]
    spans = [(f.start, f.end) for f in exact] + [(p.row.start, p.row.end) for p in meant]
    start, end = max(spans, key=lambda s: s[1] - s[0], default=(at, at))
    place = regions().at(found.region_id, found.year)
    name = place.full_name if place else found.region
    here = f"{found.source} {start}–{end}" if end > start else f"{found.source} {start}"
    title = request.say(f"{name}政府工作报告（{found.year}）", f"Government work report of {name}, {found.year}")
    digest = f"sha256 {found.text_sha256[:12]}"
    return LocatedSpot(tuple(_located(request, f) for f in exact), tuple(meant), start, end, f"{title}，{here}，{digest}")
