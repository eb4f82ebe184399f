"""Promise and answer side by side: what became of the checkable promises of a report, and how many of them were done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from duixian.analysing.archive_tables import ROLES_ZH, find_reports
from duixian.analysing.labels import all_in_language
from duixian.analysing.tables import Column, Lang, Table, Value
from duixian.model import Level, Role
from duixian.registry.topics import topics
from duixian.settling.followups.records import Fulfilment
from duixian.store import Generation, StoreError
from duixian.store.queries import Query
from duixian.store.rows import FollowupRow

Group = Literal["topic", "region", "kind", "section"]
FULFILMENTS: Final[tuple[Fulfilment, ...]] = get_args(Fulfilment)
FULFILMENTS_ZH: Final[dict[Fulfilment, str]] = {
    "met": "完成",
    "partly": "部分完成",
    "missed": "未完成",
    "reported_no_measure": "有报告无数值",
    "carried_over": "结转继续",
    "not_mentioned": "未提及",
}
KINDS_ZH: Final = {"quantified": "定量", "milestone": "节点", "qualitative": "定性"}


@dataclass(frozen=True, slots=True)
class Tracked(FollowupRow):
    """An answer to a promise, with the promise's own record; targets that are no commitment have no number."""

    region: str
    region_id: str
    level: Level
    number: int | None
    kind: Literal["quantified", "milestone", "qualitative"] | None
    topic: str | None  # several are joined by "、"
    livelihood: bool
    livelihood_n: int | None
    section: Role | None
    deadline: str | None
    responsible: str | None


TRACKED: Final = Query(
    "tracked",
    Tracked,
    """SELECT f.*, r.region, r.region_id, r.level, c.number, c.kind, c.topic, coalesce(c.livelihood, false), c.livelihood_n,
  coalesce(c.section, 'targets'), c.deadline, c.responsible
FROM followups AS f JOIN reports AS r ON r.source = f.source AND r.region_code = f.region_code AND r.year = f.year
  AND f.start >= r.start AND f."end" <= r."end"
LEFT JOIN commitments AS c ON c.commitment_id = f.commitment_id AND c.source = f.source
WHERE r."primary" AND (NOT r.sample OR $samples::BOOLEAN OR $report_id::VARCHAR IS NOT NULL)
  AND ($report_id::VARCHAR IS NULL OR r.report_id = $report_id::VARCHAR)
  AND ($codes::VARCHAR[] IS NULL OR list_contains($codes::VARCHAR[], r.region_id))
  AND ($years::BIGINT[] IS NULL OR list_contains($years::BIGINT[], r.year))
  AND ($levels::VARCHAR[] IS NULL OR list_contains($levels::VARCHAR[], r.level))
  AND ($verdicts::VARCHAR[] IS NULL OR list_contains($verdicts::VARCHAR[], f.verdict))
  AND ($kind::VARCHAR IS NULL OR c.kind = $kind::VARCHAR)
  AND ($topic::VARCHAR IS NULL OR contains('、' || coalesce(c.topic, '') || '、', '、' || $topic::VARCHAR || '、'))
  AND ($livelihood::BOOLEAN IS NULL OR coalesce(c.livelihood, false) = $livelihood::BOOLEAN)
  AND ($words::VARCHAR IS NULL OR contains(f.promise, $words::VARCHAR) OR contains(f.answer, $words::VARCHAR))
ORDER BY r.region_code, r.year, f.source, f.start, f.score DESC NULLS LAST, f.answer_start""",
    "promises with their answers and verdicts",
)

_COLUMNS: Final = (
    Column("commitment_id", "编号", "id", detail=True),
    Column("region", "地区", "region", detail=True),
    Column("region_code", "区划代码", "code", detail=True),
    Column("year", "年份", "year", numeric=True, detail=True),
    Column("number", "序号", "no.", numeric=True),
    Column("section_zh", "部分", "section"),
    Column("kind_zh", "类型", "kind"),
    Column("topic", "领域", "topic"),
    Column("livelihood", "民生", "livelihood"),
    Column("promise", "承诺", "promise", wide=True),
    Column("verdict_zh", "结果", "result"),
    Column("answer", "下年报告的回答", "answer", wide=True),
    Column("reason", "依据", "reason", wide=True),
    Column("verdict", "结果代码", "verdict", detail=True),
    Column("kind", "类型代码", "kind code", detail=True),
    Column("deadline", "期限", "deadline", detail=True),
    Column("responsible", "责任单位", "responsible", detail=True),
    Column("source", "承诺来源", "source", detail=True),
    Column("start", "起", "start", numeric=True, detail=True),
    Column("end", "止", "end", numeric=True, detail=True),
    Column("to_source", "回答来源", "answer's source", detail=True),
    Column("answer_start", "回答起", "answer start", numeric=True, detail=True),
    Column("answer_end", "回答止", "answer end", numeric=True, detail=True),
    Column("score", "相似度", "score", numeric=True, detail=True),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which promises to show.

    Attributes:
        verdicts: ids of verdicts.
        kind: quantified or milestone.
        topic: name of a policy domain, as topics.toml has it.
        livelihood: only promises that touch people's daily life, or only others.
        words: words that promise or answer hold.
    """

    verdicts: Sequence[str] | None = None
    kind: str | None = None
    topic: str | None = None
    livelihood: bool | None = None
    words: str | None = None


def check_topic(name: str | None) -> None:
    """Whether a policy domain is called so; none is well too.

    Raises:
        StoreError: where there is no such domain, with those that there are.
    """
    names = [t.zh for t in topics().topics]
    if name is not None and name not in names:
        raise StoreError(f"no topic {name!r}; there are: {'、'.join(names)}")


def tracked(store: Generation, place: str, year: int, wanted: Wanted | None = None) -> tuple[Tracked, ...]:
    """The promises of a place's report with their answers, in the order of the text; one row an answer.

    Args:
        store: an open store.
        place: a name or a code.
        year: the report's year.
        wanted: which promises.

    Raises:
        StoreError: where there is no such report, or no report of the next year that could answer it, or no such topic.
    """
    want = wanted or Wanted()
    check_topic(want.topic)
    report = find_reports(store, place, year)[0]
    rows = store.rows(
        TRACKED,
        report_id=report.report_id,
        verdicts=None if want.verdicts is None else list(want.verdicts),
        kind=want.kind,
        topic=want.topic,
        livelihood=want.livelihood,
        words=want.words,
    )
    if not rows and not store.reports(years=[year + 1], codes=[report.region_id]):
        raise StoreError(f"nothing answers {report.region} {year}: {store.path} holds no report of {year + 1}")
    return rows


def tracked_table(rows: Sequence[Tracked], lang: Lang = "zh") -> Table:
    """Promises beside their answers, one row an answer.

    Args:
        rows: answers, as ``tracked`` gives them.
        lang: language of the reasons.
    """
    values = tuple(tuple(_cell(row, c.name, lang) for c in _COLUMNS) for row in rows)
    counted = counts(rows)
    parts = [f"{FULFILMENTS_ZH[v]} {counted[v]}" for v in FULFILMENTS if counted[v]]
    return Table("track", _COLUMNS, values, note=f"承诺 {sum(counted.values())}: {', '.join(parts)}")


def _cell(row: Tracked, name: str, lang: Lang) -> Value:
    if name == "reason":
        return all_in_language(row.reason, lang)
    if name == "verdict_zh":
        return FULFILMENTS_ZH[row.verdict]
    if name == "kind_zh":
        return KINDS_ZH.get(row.kind or "", "指标")
    if name == "section_zh":
        return ROLES_ZH.get(row.section or "", None)
    value: Value = getattr(row, name)
    return value


def counts(rows: Sequence[Tracked]) -> Counter[Fulfilment]:
    """How many promises have each verdict; each promise once.

    Args:
        rows: answers, as ``tracked`` gives them.
    """
    verdicts = {(row.source, row.commitment_id): row.verdict for row in rows}
    return Counter(verdicts.values())


_SHARES: Final = (
    Column("group", "分组", "group"),
    Column("promised", "承诺", "promised", numeric=True),
    *(Column(v, FULFILMENTS_ZH[v], v.replace("_", " "), numeric=True) for v in FULFILMENTS),
    Column("share", "完成占比", "share done", numeric=True),
)


def shares_table(
    store: Generation,
    by: Group,
    years: Sequence[int] | None = None,
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
) -> Table:
    """How many promises were made, done, partly done, left open or passed over, by topic, place, kind or section.

    A promise of several topics counts in each of them. The fictional places of the sample count nowhere.

    Args:
        store: an open store.
        by: what to group by.
        years: years of the promising reports.
        levels: levels of government.
        codes: constant codes of places.
    """
    rows = store.rows(
        TRACKED,
        samples=False,
        years=None if years is None else list(years),
        levels=None if levels is None else list(levels),
        codes=None if codes is None else list(codes),
    )
    seen: dict[tuple[str, str], Tracked] = {(row.source, row.commitment_id): row for row in rows}
    found: dict[str, Counter[Fulfilment]] = {}
    for row in seen.values():
        for group in _groups(row, by):
            found.setdefault(group, Counter())[row.verdict] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
    return Table("shares", _SHARES, tuple(_share(group, n) for group, n in ordered), note=f"{len(seen)} promises")


def _groups(row: Tracked, by: Group) -> tuple[str, ...]:
    if by == "topic":
        return tuple((row.topic or "（无）").split("、"))
    if by == "region":
        return (row.region,)
    if by == "kind":
        return (KINDS_ZH.get(row.kind or "", "指标"),)
    return (ROLES_ZH.get(row.section or "", "（无）"),)


def _share(group: str, n: Counter[Fulfilment]) -> tuple[Value, ...]:
    return (group, n.total(), *(n[v] for v in FULFILMENTS), round(n["met"] / n.total(), 3))
