"""The account of a year: what the next report should say about the targets and tasks of this one, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, get_args

from duixian.analysing.archive_tables import find_reports
from duixian.analysing.settlements import settlements
from duixian.analysing.settlements_words import (
    AGG_ZH,
    VERDICTS_ZH,
    gap_in_words,
    indicator_in_words,
    reason_in_words,
    sentence,
    side_in_words,
)
from duixian.analysing.tracking import FULFILMENTS_ZH
from duixian.settling.followups.records import Fulfilment
from duixian.settling.records import Verdict
from duixian.store import FollowupRow, Generation, StoreError
from duixian.store.queries import FOLLOWUPS, PlacedSettlement

ORDER: Final[tuple[Verdict, ...]] = ("missed", "about_met", "met", "not_reported", "not_comparable")
_TITLES: Final[dict[Verdict, str]] = {
    "missed": "未完成的目标",
    "about_met": "基本完成的目标（在“左右”的容差之内）",
    "met": "完成的目标",
    "not_reported": "下一年报告未提及的目标",
    "not_comparable": "不可比的目标",
}
_DONE: Final[Fulfilment] = "met"
_NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence and its place."""

    number: int  # in the account's list of sources, from 1
    source: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """One target in the account."""

    name: str
    promised: str
    reached: str | None
    gap: str | None
    verdict: Verdict
    reason: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One promised task in the account, with the answer's words."""

    promise: str
    answer: str | None
    verdict: Fulfilment
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The targets and tasks of a place's report, as far as the next report settles them."""

    region: str
    year: int
    report: str  # source of the report that promised
    answered_by: tuple[str, ...]
    lines: tuple[Line, ...]
    tasks: tuple[TaskLine, ...]
    task_counts: tuple[tuple[Fulfilment, int], ...]  # by verdict; each promise once

    def count(self, verdict: Verdict) -> int:
        """How many targets have a verdict."""
        return sum(line.verdict == verdict for line in self.lines)


class _Sources:
    """The numbered list of sources, each sentence once."""

    def __init__(self, store: Generation) -> None:
        self._store = store
        self._known: dict[tuple[str, int, int], Source] = {}

    def add(self, source: str | None, start: int | None, end: int | None) -> tuple[Source, ...]:
        if source is None or start is None or end is None:
            return ()
        key = source, start, end
        if key not in self._known:
            self._known[key] = Source(len(self._known) + 1, source, start, end, sentence(self._store, source, start, end))
        return (self._known[key],)


def account(store: Generation, place: str, year: int) -> Account:
    """The account of a place's targets and tasks of a year.

    Base and stretch values count as targets of their own; so do values for plans that end with the year.

    Args:
        store: an open store.
        place: a name or a code.
        year: the year that the targets are about.

    Raises:
        StoreError: where there is no report of the place and year, or none of the next year to settle it.
    """
    report = find_reports(store, place, year)[0]
    rows = settlements(store, codes=[report.region_id], first=year, last=year)
    tasks = [t for t in store.rows(FOLLOWUPS, codes=[report.region_code], year=year) if not _is_target(t, rows)]
    if not rows and not tasks:
        raise StoreError(f"nothing to settle: {store.path} holds no report of {report.region} for {year + 1}, or no targets of {year}")
    sources = _Sources(store)
    lines = tuple(_line(one, sources) for verdict in ORDER for one in rows if one.verdict == verdict)
    counted: dict[str, Fulfilment] = {task.commitment_id: task.verdict for task in tasks}
    counts = tuple((verdict, sum(v == verdict for v in counted.values())) for verdict in dict.fromkeys(counted.values()))
    answers = tuple(dict.fromkeys([one.answered_by for one in rows] + [task.to_source for task in tasks]))
    return Account(report.region, year, report.source, answers, lines, tuple(_open_tasks(tasks, sources)), counts)


def _is_target(task: FollowupRow, rows: Sequence[PlacedSettlement]) -> bool:
    """Whether a promise states a target that is settled: it is told once, among the targets."""
    return any(r.target_source == task.source and r.target_start < task.end and task.start < r.target_end for r in rows)


def _line(one: PlacedSettlement, sources: _Sources) -> Line:
    tier = "（力争）" if one.tier == "stretch" else ""
    span = f"（{one.period}年{AGG_ZH[one.agg]}）" if one.agg else ""
    promised = side_in_words(one, "target")
    assert promised is not None
    return Line(
        name=f"{indicator_in_words(one.indicator)}{span}{tier}",
        promised=promised,
        reached=side_in_words(one, "actual"),
        gap=gap_in_words(one),
        verdict=one.verdict,
        reason=reason_in_words(one.reason),
        sources=(
            *sources.add(one.target_source, one.target_start, one.target_end),
            *sources.add(one.actual_source, one.actual_start, one.actual_end),
            *sources.add(one.yardstick_source, one.yardstick_start, one.yardstick_end),
            *sources.add(one.confession_source, one.confession_start, one.confession_end),
        ),
    )


def _open_tasks(tasks: Sequence[FollowupRow], sources: _Sources) -> Iterator[TaskLine]:
    """The tasks that are not met, each answer on a line of its own."""
    for task in tasks:
        if task.verdict != _DONE:
            answer = sources.add(task.to_source, task.answer_start, task.answer_end)
            promise, reply = _folded(task.promise), _folded(task.answer) if task.answer else None
            yield TaskLine(promise, reply, task.verdict, (*sources.add(task.source, task.start, task.end), *answer))


def _folded(quote: str) -> str:
    """A quote on one line, without the blanks that pages and typesetting left in it."""
    return "".join(quote.split())


def summary(found: Account) -> str:
    """The sentence that a report can take over: N targets, k met, the rest with what was promised and what was reached."""
    judged = [v for v in get_args(Verdict) if found.count(v)]
    parts = "，".join(f"{VERDICTS_ZH[v]}{found.count(v)}项" for v in judged)
    first = f"{found.year}年《政府工作报告》提出主要预期目标{len(found.lines)}项，{parts}"
    missed = [line for line in found.lines if line.verdict == "missed"]
    listed = "；".join(f"第{_ordinal(n)}项是“{line.name}{line.promised}”，{_reached(line)}" for n, line in enumerate(missed, 1))
    text = f"{first}。未完成的{len(missed)}项：{listed}。" if missed else f"{first}。"
    if found.task_counts:
        total = sum(n for _, n in found.task_counts)
        done = dict(found.task_counts).get(_DONE, 0)
        rest = "，".join(f"{FULFILMENTS_ZH[v]}{n}项" for v, n in found.task_counts if v != _DONE)
        text += f"报告提出的任务{total}项，完成{done}项" + (f"，{rest}。" if rest else "。")
    return text


def _reached(line: Line) -> str:
    return f"实际{line.reached}" + (f"，差距{line.gap.lstrip('-')}" if line.gap else "") if line.reached else line.reason


def _ordinal(n: int) -> str:
    if n <= len(_NUMERALS):
        return _NUMERALS[n - 1]
    tens, ones = divmod(n, 10)
    return f"{_NUMERALS[tens - 1] if tens > 1 else ''}十{_NUMERALS[ones - 1] if ones else ''}"


def sources_of(found: Account) -> tuple[Source, ...]:
    """All sources of an account in the order of their numbers."""
    listed = chain.from_iterable([line.sources for line in found.lines] + [task.sources for task in found.tasks])
    every = {source.number: source for source in listed}
    return tuple(every[n] for n in sorted(every))


def heading(found: Account) -> str:
    """The account's title."""
    return f"{found.region}{found.year}年政府工作报告目标任务兑现情况（草稿）"


def groups(found: Account) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The targets by verdict, each group with its title; the worst first."""
    for verdict in ORDER:
        if lines := tuple(line for line in found.lines if line.verdict == verdict):
            yield f"{_TITLES[verdict]}（{len(lines)}项）", lines


def line_in_words(line: Line) -> str:
    """One target: what was promised, what was reached, the gap, the reason."""
    reached = f"实际{line.reached}" if line.reached else line.reason
    gap = f"，差距{line.gap}" if line.gap else ""
    why = f"（{line.reason}）" if line.reached and line.verdict == "not_comparable" else ""
    return f"{line.name}：要求{line.promised}，{reached}{gap}{why}"


def as_text(found: Account) -> str:
    """The account as plain text: the sentence, the targets by verdict, the open tasks, the numbered sources."""
    out = [heading(found), "", summary(found), ""]
    for n, (title, lines) in enumerate(groups(found), 1):
        out.append(f"{_ordinal(n)}、{title}")
        out += [f"  {i}. {line_in_words(line)} {_marks(line.sources)}" for i, line in enumerate(lines, 1)]
        out.append("")
    if found.tasks:
        out.append(f"未完成的任务（{len({t.promise for t in found.tasks})}项）")
        out += [
            f"  {i}. {t.promise}——{FULFILMENTS_ZH[t.verdict]}{f'：{t.answer}' if t.answer else ''} {_marks(t.sources)}"
            for i, t in enumerate(found.tasks, 1)
        ]
        out.append("")
    out.append("来源")
    out += [f"  [{s.number}] {s.source} {s.start}–{s.end}：{s.sentence}" for s in sources_of(found)]
    return "\n".join(out) + "\n"


def _marks(sources: Sequence[Source]) -> str:
    return "".join(f"[{s.number}]" for s in sources)
