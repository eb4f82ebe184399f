"""A project or promise through the years: when it first stood, how often it was promised, when it was reported done or fell silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from duixian.analysing.archive_tables import ROLES_ZH, find_reports, sections_of
from duixian.analysing.columns import SPAN
from duixian.analysing.tables import Column, Table
from duixian.settling.followups.answers import AnswerText, Clause
from duixian.settling.followups.grams import grams, plain
from duixian.settling.followups.records import Span
from duixian.settling.followups.stages import stage_at
from duixian.store import Generation, ReportRow, StoreError

Side = Literal["promised", "reported"]
STAGES_ZH: Final = ("谋划", "开工", "推进", "主体完成", "建成", "投用")
SIDES_ZH: Final[dict[Side, str]] = {"promised": "计划", "reported": "结果"}
DONE: Final = 4  # the stage from which a work is there
_BEFORE_PLAN: Final = ("review", "term", "problems")


@dataclass(frozen=True, slots=True)
class Step:
    """One mention of the thing in one report."""

    year: int  # of the report
    side: Side
    stage: int | None  # place in STAGES_ZH
    verb: str
    sentence: str
    source: str
    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The mentions of a thing through the reports of one place.

    Attributes:
        region: the place.
        words: what was looked for.
        steps: the mentions, in the order of years and texts.
        years: all years of which there is a report.
        first: year of the first report that names it.
        promised: years whose plans name it.
        done: year of the first report that tells of its end.
        again: years after that whose plans name it still, so that only parts can have been done.
        silent: first year after its last mention, where no end was told and a report is there.
    """

    region: str
    words: tuple[str, ...]
    steps: tuple[Step, ...]
    years: tuple[int, ...]
    first: int | None
    promised: tuple[int, ...]
    done: int | None
    again: tuple[int, ...]
    silent: int | None


def trace(store: Generation, place: str, words: Sequence[str]) -> Trace:
    """Follow a thing through all reports of a place.

    Args:
        store: an open store.
        place: a name or a code.
        words: words that a clause must hold, all of them; words of one meaning (地铁, 轨道交通) find one another.

    Raises:
        StoreError: where there is no report of the place, or no word to look for.
    """
    wanted = tuple(filter(None, (plain(w) for w in words)))
    if not wanted:
        raise StoreError("give at least one word to look for")
    reports = find_reports(store, place)
    steps = tuple(step for report in reports for step in _steps(store, report, wanted))
    years = tuple(sorted({r.year for r in reports}))
    named = sorted({s.year for s in steps})
    done = min((s.year for s in steps if s.side == "reported" and s.stage is not None and s.stage >= DONE), default=None)
    silent = next((y for y in years if named and done is None and y > named[-1]), None)
    promised = tuple(sorted({s.year for s in steps if s.side == "promised"}))
    again = tuple(y for y in promised if done is not None and y > done)
    return Trace(reports[0].region, tuple(words), steps, years, named[0] if named else None, promised, done, again, silent)


def _steps(store: Generation, report: ReportRow, wanted: Sequence[str]) -> Iterator[Step]:
    spans = [Span(report.report_id, report.source, s.role, s.start, s.end) for s in sections_of(store, report)]
    source_text = store.text(report.source, report.start, report.end)
    whole = plain(source_text)
    if not all(word in whole for word in wanted):  # cheaper than cutting clauses
        return
    text = AnswerText(source_text, report.start, spans, ())
    pairs = grams("、".join(wanted))
    for clause in text.clauses:
        if clause.part != "other" and all(word in clause.text for word in wanted):
            stage, verb = stage_at(pairs, clause, text)
            yield _step(report, clause, stage, verb, source_text, _role(spans, clause))


def _role(spans: Sequence[Span], clause: Clause) -> str:
    return [s.role for s in spans if s.start <= clause.start < s.end][-1]


def _step(report: ReportRow, clause: Clause, stage: int | None, verb: str, text: str, role: str) -> Step:
    return Step(
        year=report.year,
        side="reported" if clause.part in _BEFORE_PLAN else "promised",
        stage=stage,
        verb=verb,
        sentence=text[clause.start - report.start : clause.end - report.start],
        source=report.source,
        start=clause.start,
        end=clause.end,
        section=role,
    )


_COLUMNS: Final = (
    Column("year", "报告年份", "report", numeric=True),
    Column("side_zh", "计划/结果", "side"),
    Column("stage_zh", "进度", "stage"),
    Column("verb", "动词", "verb"),
    Column("sentence", "原文", "sentence", wide=True),
    Column("section_zh", "部分", "section"),
    Column("side", "类别代码", "side code", detail=True),
    *SPAN,
)


def trace_table(found: Trace) -> Table:
    """The steps of a trace, with its story in the note."""
    rows = tuple(
        (
            step.year,
            SIDES_ZH[step.side],
            STAGES_ZH[step.stage] if step.stage is not None else None,
            step.verb or None,
            step.sentence,
            ROLES_ZH.get(step.section),
            step.side,
            step.source,
            step.start,
            step.end,
        )
        for step in found.steps
    )
    return Table("trace", _COLUMNS, rows, note=story(found))


def story(found: Trace) -> str:
    """A trace in one line."""
    what = f"{found.region} {' '.join(found.words)}"
    if found.first is None:
        return f"{what}：{len(found.years)} 份报告均未提及"
    parts = [
        f"首见于 {found.first} 年报告",
        f"写入计划 {len(found.promised)} 次" + (f"（{_years(found.promised)}）" if found.promised else ""),
    ]
    if found.done and found.again:
        parts.append(f"{found.done} 年报告称有部分已完成，此后仍写入计划 {len(found.again)} 次（至 {found.again[-1]} 年）")
    elif found.done:
        parts.append(f"{found.done} 年报告称已完成")
    elif found.silent:
        parts.append(f"{found.silent} 年起不再提及，未见完成")
    else:
        parts.append("至最近一份报告仍未见完成")
    return f"{what}：{'；'.join(parts)}"


def _years(years: Sequence[int]) -> str:
    return "、".join(map(str, years))
