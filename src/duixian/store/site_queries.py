"""Named queries of the site: promises by filters and page, counts of verdicts, points of an indicator, topics of promises."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.model import Direction, Level, Measurement
from duixian.settling.followups.records import Fulfilment
from duixian.settling.records import Verdict
from duixian.store.queries import Query
from duixian.store.rows import CommitmentRow, FollowupRow


@dataclass(frozen=True, slots=True)
class PlacedPromise:
    """A promise with its place and, where the next report was read for it, the verdict and the first answer."""

    commitment_id: str
    report_id: str
    source: str
    region: str
    region_id: str
    level: Level
    year: int
    kind: str
    strength: str
    topic: str | None
    deadline: str | None
    livelihood: bool
    responsible: str | None
    section: str
    quote: str
    start: int
    end: int
    verdict: Fulfilment | None
    answer: str | None
    to_year: int | None


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """How many promises have a verdict."""

    verdict: Fulfilment | None
    count: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many promises of a place's report touch a topic."""

    year: int
    topic: str
    count: int
    promises: int  # of the report in all


@dataclass(frozen=True, slots=True)
class IndicatorCount:
    """How many headline values of an indicator the archive holds."""

    indicator: str
    targets: int
    actuals: int
    places: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many targets of an indicator, level and year have a verdict, with their mean gap where it is in percentage points."""

    indicator: str
    level: Level
    period: str
    verdict: Verdict
    count: int
    mean_gap: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """A headline value as a point: who, when, how much."""

    region_id: str
    region: str
    level: Level
    year: int  # of the report
    role: str
    low: float
    unit: str | None
    direction: Direction | None
    report_id: str
    start: int


_WANTED = """r."primary" AND ($year::BIGINT IS NULL OR r.year = $year::BIGINT)
  AND ($level::VARCHAR IS NULL OR r.level = $level::VARCHAR)
  AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], r.region_id))
  AND ($kind::VARCHAR IS NULL OR c.kind = $kind::VARCHAR) AND ($strength::VARCHAR IS NULL OR c.strength = $strength::VARCHAR)
  AND ($topic::VARCHAR IS NULL OR contains('、' || coalesce(c.topic, '') || '、', '、' || $topic::VARCHAR || '、'))
  AND ($livelihood::BOOLEAN IS NULL OR c.livelihood = $livelihood::BOOLEAN)
  AND ($words::VARCHAR IS NULL OR contains(c.quote, $words::VARCHAR))"""
# what the next report says to each promise; of: to which promises
_TOLD = """SELECT commitment_id, source, any_value(verdict) AS verdict, first(answer ORDER BY score DESC NULLS LAST) AS answer,
    any_value(to_year) AS to_year
  FROM followups {of} WHERE $year::BIGINT IS NULL OR year = $year::BIGINT GROUP BY commitment_id, source"""
_VERDICT = "($verdict::VARCHAR IS NULL OR t.verdict = $verdict::VARCHAR)"

# The page is chosen by narrow columns; only its rows are then read whole.
PROMISES = Query(
    "promises",
    PlacedPromise,
    f"""WITH held AS MATERIALIZED (SELECT c.rowid AS id, c.commitment_id, c.source, c.start, r.region_code, r.region, r.region_id, r.level,
    r.year AS of_year FROM commitments AS c JOIN reports AS r USING (report_id, source) WHERE {_WANTED}),
told AS MATERIALIZED ({_TOLD.format(of="SEMI JOIN held USING (commitment_id, source)")}),
page AS MATERIALIZED (SELECT h.*, t.verdict, t.answer, t.to_year FROM held AS h LEFT JOIN told AS t USING (commitment_id, source)
  WHERE {_VERDICT} ORDER BY h.region_code, h.of_year DESC, t.verdict IS NULL, h.source, h.start
  LIMIT coalesce($most::BIGINT, 1000000) OFFSET coalesce($skip::BIGINT, 0))
SELECT c.commitment_id, c.report_id, c.source, p.region, p.region_id, p.level, p.of_year, c.kind, c.strength, c.topic, c.deadline,
  c.livelihood, c.responsible, c.section, c.quote, c.start, c."end", p.verdict, p.answer, p.to_year
FROM commitments AS c JOIN page AS p ON c.rowid = p.id
ORDER BY p.region_code, p.of_year DESC, p.verdict IS NULL, c.source, c.start""",  # noqa: S608
    "promises by filters, a page of them",
)
PROMISE_COUNTS = Query(
    "promise_counts",
    PromiseCount,
    f"""SELECT t.verdict, count(*) FROM commitments AS c JOIN reports AS r USING (report_id, source)
LEFT JOIN (SELECT commitment_id, source, any_value(verdict) AS verdict FROM followups
  WHERE $year::BIGINT IS NULL OR year = $year::BIGINT GROUP BY commitment_id, source) AS t
  ON t.commitment_id = c.commitment_id AND t.source = c.source
WHERE {_WANTED} AND {_VERDICT} GROUP BY t.verdict ORDER BY t.verdict""",  # noqa: S608
    "how many promises have each verdict",
)
PROMISE = Query(
    "promise",
    CommitmentRow,
    "SELECT * FROM commitments WHERE commitment_id = $commitment_id ORDER BY rowid",
    "one promise, by its id; one row for each edition that holds it",
)
PROMISED_FIGURES = Query(
    "promised_figures",
    Measurement,
    """SELECT m.* FROM measurements AS m JOIN (SELECT DISTINCT source, unnest(quantities) AS measurement_id FROM commitments
  WHERE list_contains($ids::VARCHAR[], commitment_id)) USING (source, measurement_id) ORDER BY m.source, m.value_start""",
    "the figures of some promises",
)
COMMITMENTS = Query(
    "commitments_of",
    CommitmentRow,
    "SELECT * FROM commitments WHERE report_id = $report_id AND source = $source ORDER BY start",
    "the promises of a report",
)
ANSWERS = Query(
    "answers",
    FollowupRow,
    "SELECT * FROM followups WHERE commitment_id = $commitment_id AND source = $source ORDER BY score DESC NULLS LAST, answer_start",
    "what the next report says to a promise",
)
ANSWERED = Query(
    "answered",
    FollowupRow,
    """SELECT * FROM followups WHERE to_source = $source AND answer_start >= $start::BIGINT AND answer_end <= $end::BIGINT
ORDER BY answer_start""",
    "the promises that a report answers",
)
TOPIC_COUNTS = Query(
    "topic_counts",
    TopicCount,
    """WITH held AS (SELECT r.year, c.commitment_id, c.topic FROM commitments AS c JOIN reports AS r USING (report_id, source)
  WHERE r."primary" AND r.region_id = $region_id AND list_contains($years::BIGINT[], r.year)),
sums AS (SELECT year, count(*) AS promises FROM held GROUP BY year)
SELECT h.year, t.topic, count(*), any_value(sums.promises) FROM held AS h, unnest(string_split(h.topic, '、')) AS t(topic), sums
WHERE sums.year = h.year GROUP BY h.year, t.topic ORDER BY h.year, count(*) DESC, t.topic""",
    "topics of a place's promises by year",
)
INDICATOR_COUNTS = Query(
    "indicator_counts",
    IndicatorCount,
    """SELECT p.indicator, count(*) FILTER (p.role = 'target'), count(*) FILTER (p.role = 'actual'), count(DISTINCT r.region_id),
  min(r.year), max(r.year)
FROM readings AS p JOIN reports AS r USING (report_id, source) WHERE p.chosen AND r."primary" AND (NOT r.sample OR $samples::BOOLEAN)
GROUP BY p.indicator ORDER BY count(*) DESC, p.indicator""",
    "headline values by indicator",
)
VERDICT_COUNTS = Query(
    "verdict_counts",
    VerdictCount,
    """SELECT s.indicator, s.region_level, s.period, s.verdict, count(*), avg(s.gap) FILTER (s.gap_unit IN ('%', '个百分点'))
FROM settlements AS s WHERE s.tier = 'base' AND s.agg IS NULL AND ($indicator::VARCHAR IS NULL OR s.indicator = $indicator::VARCHAR)
  AND ($samples::BOOLEAN OR NOT EXISTS (SELECT 1 FROM reports AS r WHERE r.region_id = s.region_id AND r.sample))
GROUP BY s.indicator, s.region_level, s.period, s.verdict ORDER BY s.indicator, s.period, s.region_level, s.verdict""",
    "verdicts by indicator, level and year",
)
POINTS = Query(
    "points",
    Point,
    """SELECT r.region_id, r.region, r.level, r.year, p.role, p.low, p.unit,
  CASE WHEN p.value_kind = 'level' THEN NULL ELSE p.direction END, p.report_id, p.start
FROM readings AS p JOIN reports AS r USING (report_id, source)
WHERE p.chosen AND r."primary" AND p.low IS NOT NULL AND (NOT r.sample OR $samples::BOOLEAN)
  AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], p.indicator))
  AND ($level::VARCHAR IS NULL OR r.level = $level::VARCHAR)
ORDER BY r.region_code, r.year, p.role""",
    "headline values with numbers, as points",
)

SITE_QUERIES: tuple[Query[object], ...] = (
    PROMISES,  # type: ignore[assignment]  # a query of one row type is a query of objects
    PROMISE_COUNTS,
    PROMISE,
    PROMISED_FIGURES,
    COMMITMENTS,
    ANSWERS,
    ANSWERED,
    TOPIC_COUNTS,
    INDICATOR_COUNTS,
    VERDICT_COUNTS,
    POINTS,
)
