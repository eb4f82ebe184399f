"""The promises of a report as a numbered list of tasks: theme → task → act, with quantity, deadline, body and sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from duixian.analysing.archive_tables import ROLES_ZH, find_reports
from duixian.analysing.columns import SPAN
from duixian.analysing.headline import in_words
from duixian.analysing.tables import Column, Table, Value
from duixian.analysing.tracking import KINDS_ZH, check_topic
from duixian.model import Measurement
from duixian.store import CommitmentRow, Generation
from duixian.store.errors import NoTextError
from duixian.store.queries import MEASUREMENTS
from duixian.store.rows import ReportRow
from duixian.store.site_queries import COMMITMENTS

KINDS: Final = ("quantified", "milestone", "qualitative")
STRENGTHS_ZH: Final = {"hard": "硬性", "soft": "力争", "process": "推进"}
_ENDS: Final = "。！？\n"
_TITLE: Final = 28  # characters of a task's title
_MARKS: Final = re.compile(r"[，：；。！？\n]")
# What stands before a sentence's first word. Matches "（三）", "3.", "——", "**"; not "3个".
_LEAD: Final = re.compile(r"(?:[\s*—·#]+|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、|[①-⑳])*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which promises to list.

    Attributes:
        topic: name of a policy domain, as topics.toml has it.
        kind: quantified, milestone or qualitative; both checkable kinds where none is given.
        livelihood: only promises that touch people's daily life, or only others.
    """

    topic: str | None = None
    kind: str | None = None
    livelihood: bool | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A promised act with its place in the report's tree of tasks.

    Attributes:
        promise: the promise as the store has it.
        code: theme, task and act, counted through the whole report: "3.2.1".
        theme: the heading it stands under, else the name of its part.
        task: the first words of its sentence, which other acts may share.
        quantity: its figures in words, joined by "；".
        sentence: the sentence it stands in; the act alone where the store has no text.
    """

    promise: CommitmentRow
    code: str
    theme: str
    task: str
    quantity: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks of a report that were asked for, and how many it has of each kind."""

    report: ReportRow
    tasks: tuple[Task, ...]
    counts: dict[str, int]


def task_list(store: Generation, place: str, year: int, wanted: Wanted | None = None) -> TaskList:
    """The promises of a report as tasks; a promise keeps its number and code whatever is asked for, and in every rebuild.

    Args:
        store: an open store.
        place: a name or a code.
        year: the report's year.
        wanted: which promises.

    Raises:
        StoreError: where there is no such report or no such topic.
    """
    want = wanted or Wanted()
    check_topic(want.topic)
    report = find_reports(store, place, year)[0]
    promises = store.rows(COMMITMENTS, report_id=report.report_id, source=report.source)
    figures = {m.measurement_id: m for m in store.rows(MEASUREMENTS, report_id=report.report_id, source=report.source)}
    counts = {kind: sum(p.kind == kind for p in promises) for kind in KINDS}
    tasks = tuple(t for t in _tree(store, report, promises, figures) if _is_wanted(t.promise, want))
    return TaskList(report, tasks, counts)


def _is_wanted(promise: CommitmentRow, want: Wanted) -> bool:
    if want.kind is None and promise.kind == "qualitative":
        return False
    return (
        want.kind in (None, promise.kind)
        and (want.topic is None or want.topic in (promise.topic or "").split("、"))
        and want.livelihood in (None, promise.livelihood)
    )


def _tree(store: Generation, report: ReportRow, promises: Sequence[CommitmentRow], figures: dict[str, Measurement]) -> list[Task]:
    """All promises with their codes: themes in order, sentences in a theme, acts in a sentence."""
    text = _text(store, report)
    tasks: list[Task] = []
    themes: dict[str, int] = {}
    held: dict[str, list[tuple[int, int]]] = {}  # the sentences of each theme
    acts: dict[tuple[str, tuple[int, int]], int] = {}
    for promise in promises:
        theme = promise.theme or ROLES_ZH[promise.section]
        span = _sentence(text, promise.start, promise.end) if text else (promise.start, promise.end)
        sentences = held.setdefault(theme, [])
        if span not in sentences:
            sentences.append(span)
        n = acts[theme, span] = acts.get((theme, span), 0) + 1
        code = f"{themes.setdefault(theme, len(themes) + 1)}.{sentences.index(span) + 1}.{n}"
        sentence = text[slice(*span)].strip() if text else promise.quote
        tasks.append(Task(promise, code, theme, _title(sentence), _quantity(promise, figures), " ".join(sentence.split())))
    return tasks


def _text(store: Generation, report: ReportRow) -> str:
    try:
        return store.text(report.source)
    except NoTextError:
        return ""  # a store of facts: the act stands for its sentence


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, max(start, end - 1))) >= 0), default=len(text))
    return first, min(last + 1, len(text))


def _title(sentence: str) -> str:
    begin = match.end() if (match := _LEAD.match(sentence)) else 0
    stop = _MARKS.search(sentence, begin + 1)
    title = sentence[begin : stop.start() if stop else len(sentence)].strip("* ")
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"


def _quantity(promise: CommitmentRow, figures: dict[str, Measurement]) -> str | None:
    said = [f"{m.name} {in_words(m)}".strip() for q in promise.quantities if (m := figures.get(q)) is not None]
    return "；".join(said) or None


COLUMNS: Final = (
    Column("number", "序号", "no.", numeric=True),
    Column("code", "编号", "code"),
    Column("theme", "主题", "theme"),
    Column("task", "任务", "task", detail=True),
    Column("act", "事项", "act", wide=True),
    Column("quantity", "数量", "quantity", wide=True),
    Column("deadline", "期限", "deadline"),
    Column("responsible", "责任单位", "responsible"),
    Column("topic", "领域", "topic"),
    Column("kind_zh", "类型", "kind"),
    Column("strength_zh", "力度", "firmness", detail=True),
    Column("livelihood", "民生", "livelihood", detail=True),
    Column("livelihood_n", "实事序号", "livelihood item", numeric=True, detail=True),
    Column("sentence", "原句", "sentence", wide=True, detail=True),
    Column("section_zh", "部分", "section", detail=True),
    Column("kind", "类型代码", "kind code", detail=True),
    Column("strength", "力度代码", "firmness code", detail=True),
    Column("section", "部分代码", "section code", detail=True),
    Column("deadline_quote", "期限原话", "deadline in words", detail=True),
    Column("project", "项目", "project", detail=True),
    Column("rule", "规则", "rule", detail=True),
    *SPAN,
    Column("commitment_id", "标识", "id", detail=True),
)


def task_table(found: TaskList) -> Table:
    """Tasks, one a row.

    Args:
        found: as ``task_list`` gives them.
    """
    rows = tuple(tuple(_cell(task, c.name) for c in COLUMNS) for task in found.tasks)
    report, n = found.report, found.counts
    parts = ", ".join(f"{KINDS_ZH[kind]} {n[kind]}" for kind in KINDS)
    return Table("promises", COLUMNS, rows, note=f"{report.region} {report.year}: 列出 {len(rows)} 项（全文 {parts}）")


def _cell(task: Task, name: str) -> Value:
    promise = task.promise
    if name in ("code", "theme", "task", "quantity", "sentence"):
        own: Value = getattr(task, name)
        return own
    if name == "act":
        return " ".join(promise.quote.split())
    if name == "kind_zh":
        return KINDS_ZH[promise.kind]
    if name == "strength_zh":
        return STRENGTHS_ZH[promise.strength]
    if name == "section_zh":
        return ROLES_ZH[promise.section]
    value: Value = getattr(promise, name)
    return value
