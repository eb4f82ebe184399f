"""The headline table as an Excel workbook: numbers, each linked to its sentence on a second sheet, and a sheet 说明."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from duixian._version import __version__
from duixian.analysing.tables import Lang, Table, Value
from duixian.registry.indicators import is_fall

SENTENCES = "原文"
ABOUT = "说明"
_SIDES = ("target", "actual")
_SIDES_ZH = {"target": "目标", "actual": "上年实际"}
_FIGURES = ("low", "high", "unit", "comparator")
_HEADS = {
    "zh": ("地区", "区划代码", "年份", "指标", "指标代码"),
    "en": ("Region", "Code", "Year", "Indicator", "Indicator id"),
}
_FIGURE_HEADS = {"zh": ("值", "上限", "单位", "比较", "原话"), "en": ("value", "high", "unit", "comparator", "in words")}


def write_headline_workbook(table: Table, path: Path, command: str, lang: Lang = "zh") -> None:
    """Write a headline table as a workbook.

    Args:
        table: a table made by ``headline_table``.
        path: where to.
        command: the command that made it, for the sheet 说明.
        lang: language of the headings.

    Raises:
        OSError: where the file can't be written.
    """
    at = {c.name: i for i, c in enumerate(table.columns)}
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        number = book.add_format({"num_format": "0.##########", "font_color": "#8a1c1c", "underline": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("目标与实际" if lang == "zh" else "Targets and results")
        sentences = book.add_worksheet(SENTENCES)
        heads = list(_HEADS[lang])
        for side in _SIDES:
            name = _SIDES_ZH[side] if lang == "zh" else side
            heads += [f"{name} {f}" for f in _FIGURE_HEADS[lang]]
        _head(sheet, heads, bold, (14, 10, 7, 20, 22, *((9, 9, 10, 8, 18) * 2)))
        _head(sentences, ["地区", "年份", "指标", "类别", "原文", "来源", "起", "止"], bold, (14, 7, 20, 10, 90, 40, 9, 9))
        line = 1
        for n, row in enumerate(table.rows, 1):
            _place(sheet, n, row, at)
            for k, side in enumerate(_SIDES):
                column = 5 + k * 5
                if row[at[side]] is None:
                    continue
                _sentence(sentences, line, row, at, side, wrap)
                link = f"internal:'{SENTENCES}'!A{line + 1}"
                sheet.write_url(n, column, link, number)
                low = row[at[f"{side}_low"]]
                if isinstance(low, float | int):
                    sheet.write_number(
                        n, column, -low if is_fall(str(row[at["indicator"]]), str(row[at[f"{side}_direction"]])) else low, number
                    )
                for j, field in enumerate(_FIGURES[1:], 1):
                    _write(sheet, n, column + j, row[at[f"{side}_{field}"]])
                sheet.write_url(n, column + 4, link, None, str(row[at[side]]))
                line += 1
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(heads) - 1)
        sentences.freeze_panes(1, 0)
        _about(book.add_worksheet(ABOUT), command, wrap)


def _head(sheet: Worksheet, heads: list[str], bold: object, widths: tuple[int, ...]) -> None:
    for i, head in enumerate(heads):
        sheet.write_string(0, i, head, bold)
        sheet.set_column(i, i, widths[i])


def _place(sheet: Worksheet, n: int, row: tuple[Value, ...], at: Mapping[str, int]) -> None:
    for i, name in enumerate(("region", "region_code", "year", "indicator_zh", "indicator")):
        _write(sheet, n, i, row[at[name]])


def _sentence(sheet: Worksheet, line: int, row: tuple[Value, ...], at: Mapping[str, int], side: str, wrap: object) -> None:
    year = row[at[f"{side}_period"]]
    for i, value in enumerate((row[at["region"]], year, row[at["indicator_zh"]], _SIDES_ZH[side])):
        _write(sheet, line, i, value)
    sheet.write_string(line, 4, str(row[at[f"{side}_quote"]] or ""), wrap)
    for i, name in enumerate(("source", "start", "end"), 5):
        _write(sheet, line, i, row[at[f"{side}_{name}"]])


def _write(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, value)


def _about(sheet: Worksheet, command: str, wrap: object) -> None:
    lines = (
        ("版本 version", f"duixian {__version__}"),
        ("日期 date", datetime.now(UTC).date().isoformat()),
        ("命令 command", command),
        ("目标 target", "报告当年的预期目标；下降为负数"),
        ("上年实际 actual", "报告所说的上一年结果；未作调整的口径"),
        ("比较 comparator", "= 恰为；~ 左右；>= 以上；<= 以内；range 区间；sync 同步；ref 参照；qual 定性"),
        ("原文 sentences", "点数字到原句；起、止为原文中的字符位置"),
        ("空格 empty", "报告没有说，不等于没有完成"),
    )
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for n, (name, said) in enumerate(lines):
        sheet.write_string(n, 0, name)
        sheet.write_string(n, 1, said, wrap)
