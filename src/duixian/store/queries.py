"""Named queries: the only SQL that readers run, each with its parameters and the type of its rows.

A parameter that is not given is null and filters nothing. Primary editions only, unless ``editions`` is true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from duixian.model import Comparator, Direction, Level, Measurement, ReadFailure, Rejected
from duixian.settling.checking import ValueFlag
from duixian.settling.records import Settlement
from duixian.store.rows import FollowupRow, LivelihoodRow, ReadingRow, ReportRow, SectionRow

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
class PlacedSettlement(Settlement):
    """A settlement, and whether its place is a fictional one of the sample."""

    sample: bool


@dataclass(frozen=True, slots=True)
class OfficialPair:
    """A national result as a report gives it, beside the communiqué's."""

    indicator: str
    year: int
    report_source: str
    report_comparator: Comparator
    report_low: float
    report_high: float | None
    report_unit: str | None
    report_direction: Direction | None
    report_basis: str | None
    report_start: int
    report_end: int
    report_quote: str
    official_source: str
    official_low: float
    official_high: float | None
    official_unit: str | None
    official_direction: Direction | None
    official_basis: str | None
    official_start: int
    official_end: int
    official_quote: str


@dataclass(frozen=True, slots=True)
class PlacedFlag(ValueFlag):
    """A doubt about a chosen value, with its place and the words that state it."""

    region: str
    level: Level
    sample: bool
    quote: str | None


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many chosen values of a decade carry a flag, and how many there are at all (where ``flag`` is null)."""

    decade: int
    flag: str | None
    values: int


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
    f"""WITH held AS MATERIALIZED (SELECT p.rowid AS id, r.region, r.region_id, r.level, r.sample, r.title, r.region_code, r.year, r.session
  FROM readings AS p JOIN reports AS r USING (report_id, source)
  WHERE p.chosen AND {_REPORT_FILTER} AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], p.indicator))
    AND ($role::VARCHAR IS NULL OR p.role = $role))
SELECT p.* EXCLUDE (chosen, score, reasons), h.region, h.region_id, h.level, h.sample, h.title
FROM readings AS p JOIN held AS h ON p.rowid = h.id
ORDER BY h.region_code, h.year, h.session, p.indicator, p.role DESC, p.source, p.start""",  # noqa: S608
    "the chosen values of all indicators, headline or not: last year's actual and this year's target",
)
VALUE_FLAGS = Query(
    "value_flags",
    PlacedFlag,
    f"""SELECT v.*, r.region, r.level, r.sample, p.quote FROM value_flags AS v JOIN reports AS r USING (report_id, source)
LEFT JOIN readings AS p ON p.source = v.source AND p.measurement_id = v.measurement_id AND p.chosen
WHERE {_REPORT_FILTER} AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], v.indicator))
  AND ($flags::VARCHAR[] IS NULL OR list_contains($flags::VARCHAR[], v.flag))
ORDER BY r.region_code, r.year, v.indicator, v.role, v.flag, v.source""",  # noqa: S608
    "doubts about chosen values, each with its reason",
)
FLAG_COUNTS = Query(
    "flag_counts",
    FlagCount,
    """SELECT r.year // 10 * 10 AS decade, NULL AS flag, count(*) AS n FROM panel AS p JOIN reports AS r USING (report_id, source)
WHERE r."primary" AND (NOT r.sample OR coalesce($samples::BOOLEAN, false)) GROUP BY decade
UNION ALL SELECT r.year // 10 * 10 AS decade, v.flag, count(*) AS n FROM value_flags AS v JOIN reports AS r USING (report_id, source)
WHERE r."primary" AND (NOT r.sample OR coalesce($samples::BOOLEAN, false)) GROUP BY decade, v.flag ORDER BY decade, flag NULLS FIRST""",
    "chosen headline values and doubts about them by decade",
)
_LAST_YEAR = "CAST(right(s.period, 4) AS BIGINT)"  # of "2021-2025" the year in which it is settled
SETTLEMENTS = Query(
    "settlements",
    PlacedSettlement,
    f"""SELECT s.*, EXISTS (SELECT 1 FROM reports AS r WHERE r.region_id = s.region_id AND r.sample) AS sample FROM settlements AS s
WHERE ($first::BIGINT IS NULL OR {_LAST_YEAR} >= $first::BIGINT) AND ($last::BIGINT IS NULL OR {_LAST_YEAR} <= $last::BIGINT)
  AND ($levels::VARCHAR[] IS NULL OR list_contains($levels::VARCHAR[], s.region_level))
  AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], s.region_code) OR list_contains($codes::VARCHAR[], s.region_id))
  AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], s.indicator))
ORDER BY s.region_code, {_LAST_YEAR}, s.indicator, s.agg NULLS FIRST, s.tier""",  # noqa: S608
    "targets beside their results, with gaps and verdicts",
)
FOLLOWUPS = Query(
    "followups",
    FollowupRow,
    """SELECT f.* FROM followups AS f WHERE ($year::BIGINT IS NULL OR f.year = $year) AND ($source::VARCHAR IS NULL OR f.source = $source)
  AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], f.region_code)) ORDER BY f.source, f.start, f.score DESC""",
    "promises with the next report's answers and verdicts",
)
OFFICIAL_PAIRS = Query(
    "official_pairs",
    OfficialPair,
    """SELECT p.indicator, CAST(p.period AS BIGINT) AS year, p.source, p.comparator, p.low, p.high, p.unit, p.direction, p.basis,
    p.start, p."end", p.quote, o.source, o.low, o.high, o.unit, o.direction, o.basis, o.start, o."end", o.quote
FROM readings AS p JOIN reports AS r USING (report_id, source) JOIN "references" AS f ON f.region_id = r.region_id AND f.kind = 'communique'
JOIN official AS o ON o.report_id = f.reference_id AND o.source = f.source AND o.indicator = p.indicator AND o.period = p.period
WHERE p.chosen AND o.chosen AND r."primary" AND p.role = 'actual' AND o.role = 'actual' AND p.low IS NOT NULL AND o.low IS NOT NULL
  AND ($region_id::VARCHAR IS NULL OR r.region_id = $region_id)
  AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], p.indicator))
ORDER BY year, p.indicator, p.source""",
    "results that reports and communiqués of the same place both give",
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
    for q in (
        REPORTS,
        REPORT,
        REJECTED,
        FAILURES,
        SECTIONS,
        LIVELIHOOD,
        MEASUREMENTS,
        READINGS,
        PANEL,
        VALUE_FLAGS,
        FLAG_COUNTS,
        SETTLEMENTS,
        OFFICIAL_PAIRS,
        FOLLOWUPS,
        TEXT,
        EXCERPT,
    )
}
