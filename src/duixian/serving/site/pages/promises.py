"""Promises beside their answers, and a page for each promise with its trace through the reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duixian.analysing.columns import SPAN
from duixian.analysing.headline import in_words
from duixian.analysing.labels import all_in_language
from duixian.analysing.settlements_words import sentence
from duixian.analysing.tables import Column, Lang, Table, Value
from duixian.analysing.tasks import KINDS
from duixian.analysing.tracing import SIDES_ZH, STAGES_ZH, Trace, trace
from duixian.analysing.tracking import FULFILMENTS
from duixian.model import Measurement
from duixian.registry.regions import regions
from duixian.registry.topics import topics
from duixian.serving.site.context import NotThereError, Page, Request
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import LEVELS, codes_named, name_of
from duixian.serving.site.pages.textless import how_to_add
from duixian.store import CommitmentRow, FollowupRow, ReportRow, StoreError
from duixian.store.queries import MEASUREMENTS
from duixian.store.site_queries import ANSWERS, PROMISE, PROMISE_COUNTS, PROMISED_FIGURES, PROMISES, PlacedPromise

PAGE = 50  # promises on one page
MOST = 20_000  # promises in one download
STRENGTHS = ("hard", "soft", "process")
_COLUMNS = (
    Column("region", "地区", "region"),
    Column("region_id", "固定代码", "region_id", detail=True),
    Column("level", "级别", "level", detail=True),
    Column("year", "年份", "year", numeric=True),
    Column("quote", "承诺", "promise", wide=True),
    Column("topic", "领域", "topic"),
    Column("kind", "种类", "kind"),
    Column("strength", "力度", "strength"),
    Column("deadline", "期限", "deadline"),
    Column("livelihood", "民生", "livelihood"),
    Column("responsible", "责任单位", "responsible"),
    Column("verdict", "兑现", "verdict"),
    Column("answer", "回应", "answer", wide=True),
    Column("to_year", "回应年份", "answered in", numeric=True),
    Column("section", "部分", "section", detail=True),
    *SPAN,
    Column("commitment_id", "编号", "id", detail=True),
    Column("report_id", "报告编号", "report", detail=True),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the sentence it stands in."""

    row: FollowupRow
    sentence: str | None


def promises(request: Request) -> Page:
    """Promises by filters, a page of them."""
    params, shelf = request.params, request.shelf
    year = params.year("year", None)
    level = params.one_of("level", ("", *LEVELS), "") or None
    named = params.text("region")
    codes = codes_named(named)
    names = tuple(t.zh for t in topics().topics)
    topic = params.one_of("topic", ("", *names), "") or None
    verdict = params.one_of("verdict", ("", *FULFILMENTS), "") or None
    kind = params.one_of("kind", ("", *KINDS), "") or None
    strength = params.one_of("strength", ("", *STRENGTHS), "") or None
    living = params.one_of("livelihood", ("", "yes", "no"), "")
    words = params.text("q") or None
    number = params.number("page", 1, 1, 20_000)
    if year is None and codes is None and shelf.years:
        level = level or ("province" if shelf.years_of("province") else None)
        year = _answered(request, level)
    asked: dict[str, object] = {
        "year": year, "level": level, "codes": codes, "topic": topic, "verdict": verdict, "kind": kind, "strength": strength,
        "livelihood": {"yes": True, "no": False}.get(living), "words": words,
    }  # fmt: skip
    rows = request.store.rows(PROMISES, **asked, most=PAGE, skip=(number - 1) * PAGE)
    counts = request.store.rows(PROMISE_COUNTS, **asked)
    total = sum(c.count for c in counts)
    shows = {
        "rows": rows,
        "figures": _figures_of(request, rows),
        "counts": counts,
        "total": total,
        "page_number": number,
        "pages": -(-total // PAGE),
        "year": year,
        "years": shelf.years,
        "level": level,
        "levels": LEVELS,
        "region": named,
        "topics": names,
        "topic": topic,
        "verdict": verdict,
        "verdicts": FULFILMENTS,
        "kind": kind,
        "kinds": KINDS,
        "strength": strength,
        "strengths": STRENGTHS,
        "living": living,
        "q": words or "",
    }
    return Page(
        request.say("承诺与回应", "Promises and answers"),
        "promises.html",
        shows,
        lambda: promises_table(request.store.rows(PROMISES, **asked, most=MOST)),
    )


def _figures_of(request: Request, rows: Sequence[PlacedPromise]) -> dict[str, str]:
    """For promises whose sentence is not in the store, their figures by id."""
    here = [r for r in rows if r.source not in request.shelf.sources_here]
    if not here:
        return {}
    figures: dict[str, list[Measurement]] = {}
    for m in request.store.rows(PROMISED_FIGURES, ids=[r.commitment_id for r in here]):
        figures.setdefault(m.source, []).append(m)
    return {
        r.commitment_id: "、".join(f"{m.name} {in_words(m)}".strip() for m in figures.get(r.source, ()) if r.start <= m.value_start < r.end)
        for r in here
    }


def _answered(request: Request, level: str | None) -> int:
    """The last year whose reports the next year's can have answered; the last one where there is none."""
    years = (request.shelf.years_of(level) if level else ()) or request.shelf.years
    full = request.shelf.full_year(level) if level else None
    return full if full and full < years[-1] else years[-2] if len(years) > 1 else years[-1]


def promises_table(rows: tuple[PlacedPromise, ...]) -> Table:
    """Promises with their answers, one a row."""
    return Table("promises", _COLUMNS, tuple(tuple(_value(r, c.name) for c in _COLUMNS) for r in rows))


def _value(row: PlacedPromise, name: str) -> Value:
    found: Value = getattr(row, name)
    return found


def promise(request: Request) -> Page:
    """One promise: its sentence, what it holds, and what the next report says."""
    wanted = request.path["commitment_id"]
    rows = request.store.rows(PROMISE, commitment_id=wanted)
    held = [(row, report) for row in rows if (report := _report_of(request, row)) is not None]
    if not held:
        raise NotThereError(
            request.say(f"库里没有编号为 {wanted[:20]} 的承诺；见 /promises", f"no promise {wanted[:20]} here; see /promises")
        )
    row, report = min(held, key=lambda pair: not pair[1].primary)
    answers = request.store.rows(ANSWERS, commitment_id=row.commitment_id, source=row.source)
    told = [Answer(a, _answer_sentence(request, a)) for a in answers]
    measured = request.store.rows(MEASUREMENTS, report_id=row.report_id, source=row.source)
    figures = [f"{m.name} {in_words(m)}".strip() for m in measured if m.measurement_id in row.quantities]
    place = regions().at(report.region_id, report.year)
    shows = {
        "row": row,
        "report": report,
        "place": name_of(place) if place else report.region,
        "sentence": sentence(request.store, row.source, row.start, row.end) if request.shelf.has_text(report) else row.quote,
        "how": None if request.shelf.has_text(report) else how_to_add(request, report),
        "answers": told,
        "verdict": answers[0].verdict if answers else None,
        "reason": all_in_language(answers[0].reason, request.lang) if answers else "",
        "next": request.shelf.beside(report)[1],
        "figures": figures,
        "trace": _trace(request, row, report),
        "stages": STAGES_ZH,
        "sides": SIDES_ZH,
    }
    title = request.say(f"承诺 · {report.region} {report.year}", f"Promise · {report.region} {report.year}")
    return Page(title, "promise.html", shows, lambda: _promise_table(row, answers, request.lang))


def _report_of(request: Request, row: CommitmentRow) -> ReportRow | None:
    return next((r for r in request.shelf.editions if r.report_id == row.report_id and r.source == row.source), None)


def _answer_sentence(request: Request, answer: FollowupRow) -> str | None:
    if answer.answer_start is None or answer.answer_end is None:
        return None
    told = request.shelf.where(answer.to_source, answer.answer_start)
    if told is None or not request.shelf.has_text(told):
        return None
    return sentence(request.store, answer.to_source, answer.answer_start, answer.answer_end)


def _trace(request: Request, row: CommitmentRow, report: ReportRow) -> Trace | None:
    """The named thing of a promise through all reports of the place; none where it names nothing or stands in no other report."""
    if not row.project:
        return None
    try:
        found = trace(request.store, report.region_id, [row.project])
    except StoreError:
        return None
    return found if len({s.year for s in found.steps}) > 1 else None


def _promise_table(row: CommitmentRow, answers: tuple[FollowupRow, ...], lang: Lang) -> Table:
    columns = (
        Column("commitment_id", "编号", "id", detail=True),
        Column("year", "年份", "year", numeric=True),
        Column("promise", "承诺", "promise", wide=True),
        Column("source", "来源", "source"),
        Column("start", "起", "start", numeric=True),
        Column("end", "止", "end", numeric=True),
        Column("verdict", "兑现", "verdict"),
        Column("reason", "理由", "reason"),
        Column("to_year", "回应年份", "answered in", numeric=True),
        Column("answer", "回应", "answer", wide=True),
        Column("to_source", "回应来源", "answer's source"),
        Column("answer_start", "起", "start", numeric=True),
        Column("answer_end", "止", "end", numeric=True),
    )
    place: tuple[Value, ...] = (row.commitment_id, row.year, row.quote, row.source, row.start, row.end)
    rows: list[tuple[Value, ...]] = [
        (*place, a.verdict, all_in_language(a.reason, lang), a.to_year, a.answer, a.to_source, a.answer_start, a.answer_end)
        for a in answers
    ]
    return Table("promise", columns, tuple(rows or [(*place, *[None] * 7)]))


ROUTES = (
    PageRoute(
        "/promises",
        promises,
        ("year", "level", "region", "topic", "verdict", "kind", "strength", "livelihood", "q", "page"),
        "promises beside the next report's answers, by filters",
    ),
    PageRoute("/promise/{commitment_id}", promise, (), "one promise, its sentence, and what the next report says to it"),
)
