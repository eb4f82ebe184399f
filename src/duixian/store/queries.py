"""Named queries: the only SQL that readers run, each with its parameters and the type of its rows.

A parameter that is not given is null and filters nothing. Primary editions only, unless ``editions`` is true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from duixian.model import Level, Measurement, ReadFailure, Rejected
from duixian.store.rows import LivelihoodRow, ReadingRow, ReportRow, SectionRow

T = TypeVar("T")
_PARAMETER = re.compile(r"\$(\w+)")  # "$year", not "year"


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A query with a name.

    Attributes:
        name: its name.
        row: the type of its rows; the columns are the fields, in order.
        sql: the text, with ``$name`` for each parameter.
        says: what it gives, in one line.
    """

    name: str
    row: type[T]
    sql: str
    says: str

    @property
    def parameters(self) -> frozenset[str]:
        """The names of its parameters."""
        return frozenset(_PARAMETER.findall(self.sql))


@dataclass(frozen=True, slots=True)
class PlacedMeasurement(Measurement):
    """A measurement with the place whose report it stands in."""

    region: str
    region_id: str
    level: Level
    sample: bool
    title: str | None


@dataclass(frozen=True, slots=True)
class TextSlice:
    """A stretch of a document's source text."""

    source: str
    text: str


_REPORT_FILTER = """(r."primary" OR $editions::BOOLEAN) AND (r.sample OR NOT coalesce($samples_only::BOOLEAN, false))
  AND ($years::BIGINT[] IS NULL OR list_contains($years::BIGINT[], r.year))
  AND ($levels::VARCHAR[] IS NULL OR list_contains($levels::VARCHAR[], r.level))
  AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], r.region_code) OR list_contains($codes::VARCHAR[], r.region_id))
  AND ($region::VARCHAR IS NULL OR contains(r.region, $region::VARCHAR))"""

REPORTS = Query(
    "reports",
    ReportRow,
    f"SELECT r.* FROM reports AS r WHERE {_REPORT_FILTER} ORDER BY r.region_code, r.year, r.session, r.source, r.start",  # noqa: S608
    "reports of the given years, levels and places",
)
REPORT = Query(
    "report", ReportRow, "SELECT * FROM reports WHERE starts_with(report_id, $report_id::VARCHAR) ORDER BY rowid", "one report, by its id"
)
REJECTED = Query("rejected", Rejected, "SELECT * FROM rejected ORDER BY rowid", "what is no report, with the reason")
FAILURES = Query("failures", ReadFailure, "SELECT * FROM failures ORDER BY rowid", "what could not be read, with the reason")
SECTIONS = Query(
    "sections",
    SectionRow,
    "SELECT * FROM sections WHERE report_id = $report_id AND source = $source ORDER BY rowid",
    "the sections of a report",
)
LIVELIHOOD = Query(
    "livelihood",
    LivelihoodRow,
    "SELECT * FROM livelihood WHERE report_id = $report_id AND source = $source ORDER BY rowid",
    "the livelihood items of a report",
)
MEASUREMENTS = Query(
    "measurements",
    Measurement,
    "SELECT * FROM measurements WHERE report_id = $report_id AND source = $source ORDER BY rowid",
    "the measurements of a report",
)
READINGS = Query(
    "readings",
    ReadingRow,
    """SELECT * FROM readings WHERE report_id = $report_id AND source = $source AND ($indicator::VARCHAR IS NULL OR indicator = $indicator)
ORDER BY indicator, role, score DESC, start, value_start""",
    "the candidates for the headline cells of a report, best first",
)
PANEL = Query(
    "panel",
    PlacedMeasurement,
    f"""SELECT p.*, r.region, r.region_id, r.level, r.sample, r.title FROM panel AS p JOIN reports AS r USING (report_id, source)
WHERE {_REPORT_FILTER} AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], p.indicator))
  AND ($role::VARCHAR IS NULL OR p.role = $role)
ORDER BY r.region_code, r.year, r.session, p.indicator, p.role DESC, p.source, p.start""",  # noqa: S608
    "the headline values: last year's actual and this year's target",
)
TEXT = Query("text", TextSlice, "SELECT source, text FROM texts WHERE source = $source", "the source text of a document")
EXCERPT = Query(
    "excerpt",
    TextSlice,
    "SELECT source, substring(text, $start::BIGINT + 1, $end::BIGINT - $start::BIGINT) AS text FROM texts WHERE source = $source",
    "a stretch of a document's source text",
)

QUERIES: dict[str, Query[object]] = {
    q.name: q  # type: ignore[misc]
    for q in (REPORTS, REPORT, REJECTED, FAILURES, SECTIONS, LIVELIHOOD, MEASUREMENTS, READINGS, PANEL, TEXT, EXCERPT)
}
