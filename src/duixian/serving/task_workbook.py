"""A report's tasks as an Excel workbook ready to assign: the list, each act's sentence, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from duixian._version import __version__
from duixian.analysing.tasks import STRENGTHS_ZH, Task, TaskList
from duixian.analysing.tracking import KINDS_ZH
from duixian.store import StoreError

SHEET: Final = "任务清单"
SOURCES: Final = "来源"
ABOUT: Final = "说明"
_HEADS: Final = (
    ("序号", 6),
    ("编号", 9),
    ("主题", 22),
    ("任务", 24),
    ("事项", 46),
    ("数量", 30),
    ("期限", 11),
    ("文中责任单位", 18),
    ("领域", 16),
    ("类型", 7),
    ("力度", 7),
    ("民生", 6),
    ("责任单位", 18),
    ("进度", 10),
    ("备注", 24),
)
PROGRESS: Final = ("未开始", "进行中", "已完成", "滞后")
_SOURCE_HEADS: Final = (("序号", 6), ("事项", 40), ("原句", 90), ("期限原话", 12), ("来源", 36), ("起", 8), ("止", 8))
_ACT: Final = 4  # the column of the act


def write_task_workbook(found: TaskList, path: Path, command: str) -> None:
    """Write tasks as a workbook; the empty columns 责任单位, 进度 and 备注 are for whoever assigns them.

    Args:
        found: the tasks.
        path: where to.
        command: the command that made it, for the sheet 说明.

    Raises:
        StoreError: where the file can't be written.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        _write(found, temporary, command)
        temporary.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise StoreError(f"{path} can't be written: {getattr(error, 'strerror', None) or error}") from None
    finally:
        temporary.unlink(missing_ok=True)


def _write(found: TaskList, path: Path, command: str) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#f3ece2"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        link = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#8a1c1c", "underline": 1})
        sheet, sources, about = (book.add_worksheet(name) for name in (SHEET, SOURCES, ABOUT))
        _heads(sheet, _HEADS, head)
        _heads(sources, _SOURCE_HEADS, head)
        for n, task in enumerate(found.tasks, 1):
            _row(sheet, n, _task_cells(task), wrap)
            sheet.write_url(n, _ACT, f"internal:'{SOURCES}'!A{n + 1}", link, _act(task))
            _row(sources, n, _source_cells(task), wrap)
        last = max(1, len(found.tasks))
        sheet.freeze_panes(1, _ACT + 1)
        sheet.autofilter(0, 0, last, len(_HEADS) - 1)
        progress = [name for name, _ in _HEADS].index("进度")
        sheet.data_validation(1, progress, last, progress, {"validate": "list", "source": list(PROGRESS)})
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sources.freeze_panes(1, 0)
        _told(about, found, command, wrap)


def _heads(sheet: Any, heads: Sequence[tuple[str, int]], form: Any) -> None:
    for i, (name, width) in enumerate(heads):
        sheet.write_string(0, i, name, form)
        sheet.set_column(i, i, width)


def _row(sheet: Any, n: int, cells: Sequence[str | int | None], form: Any) -> None:
    for i, value in enumerate(cells):
        if isinstance(value, int):
            sheet.write_number(n, i, value, form)
        else:
            sheet.write_string(n, i, value, form) if value else sheet.write_blank(n, i, None, form)


def _act(task: Task) -> str:
    return " ".join(task.promise.quote.split())


def _task_cells(task: Task) -> tuple[str | int | None, ...]:
    promise = task.promise
    return (
        promise.number,
        task.code,
        task.theme,
        task.task,
        _act(task),
        task.quantity,
        promise.deadline,
        promise.responsible,
        promise.topic,
        KINDS_ZH[promise.kind],
        STRENGTHS_ZH[promise.strength],
        "是" if promise.livelihood else None,
        None,
        None,
        None,
    )


def _source_cells(task: Task) -> tuple[str | int | None, ...]:
    promise = task.promise
    return (promise.number, _act(task), task.sentence, promise.deadline_quote, promise.source, promise.start, promise.end)


def _told(sheet: Any, found: TaskList, command: str, wrap: Any) -> None:
    report, n = found.report, found.counts
    lines = (
        ("报告", f"{report.region} {report.year}（{report.source}）"),
        ("版本", f"duixian {__version__}"),
        ("命令", command),
        ("制表日期", datetime.now(UTC).date().isoformat()),
        ("本表", f"{len(found.tasks)} 项；全文定量 {n['quantified']}、节点 {n['milestone']}、定性 {n['qualitative']} 项"),
        ("存疑", "、".join(report.flags) or "无"),
        ("序号", "本报告可核查承诺的固定序号，筛选和重建都不变；定性的排在其后"),
        ("编号", "主题.任务.事项；同一句话里的事项属于同一任务"),
        ("期限", "文中写明的期限；没有写明的为计划年（或本届最后一年）12月31日，见“来源”中的期限原话"),
        ("文中责任单位", "报告自己写出的单位；空白表示报告没有写"),
        ("责任单位、进度、备注", "留给使用者填写"),
        ("类型", "定量：有数量；节点：开工、建成、出台等可核查的变化；定性：只有方向"),
        ("来源", "点事项到原句；起、止为原文中的字符位置"),
    )
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for i, (name, said) in enumerate(lines):
        sheet.write_string(i, 0, name, wrap)
        sheet.write_string(i, 1, said, wrap)
