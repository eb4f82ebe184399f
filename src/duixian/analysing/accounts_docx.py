"""The account of a year as a Word document."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from duixian.analysing.accounts import Account, Line, groups, heading, sources_of, summary
from duixian.analysing.settlements_words import VERDICTS_ZH
from duixian.analysing.tracking import FULFILMENTS_ZH

_BODY: Final = "仿宋"
_HEAD: Final = "黑体"
_HEADINGS: Final = ("指标", "要求", "实际", "差距", "结算", "来源")
_UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same account gives the same file


def write_docx(found: Account, path: str | os.PathLike[str]) -> None:
    """Write an account as DOCX: the sentence a report can take over, one table a verdict, numbered sources.

    Args:
        found: the account.
        path: where to.

    Raises:
        OSError: where the file can't be written.
    """
    word = Document()
    word.core_properties.created = word.core_properties.modified = _UNDATED
    word.core_properties.author = "duixian"
    word.core_properties.title = heading(found)
    _font(word.styles["Normal"].element, _BODY)
    word.styles["Normal"].font.size = Pt(12)
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _bold(title.add_run(heading(found)), 16)
    word.add_paragraph(summary(found))
    for name, lines in groups(found):
        _bold(word.add_paragraph().add_run(name), 13)
        _table(word, _HEADINGS, [_cells(line) for line in lines])
    if found.tasks:
        _bold(word.add_paragraph().add_run("未完成的任务"), 13)
        rows = [(t.promise, t.answer or "", FULFILMENTS_ZH[t.verdict], _marks([s.number for s in t.sources])) for t in found.tasks]
        _table(word, ("任务", "答复", "结算", "来源"), rows)
    _bold(word.add_paragraph().add_run("来源"), 13)
    for source in sources_of(found):
        word.add_paragraph(f"[{source.number}] {source.source}（{source.start}–{source.end}）：{source.sentence}")
    word.save(os.fspath(path))


def _cells(line: Line) -> tuple[str, ...]:
    marks = _marks([s.number for s in line.sources])
    return line.name, line.promised, line.reached or line.reason, line.gap or "", VERDICTS_ZH[line.verdict], marks


def _marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in numbers)


def _table(word: WordDocument, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    grid = word.add_table(rows=1, cols=len(headings))
    grid.style = "Table Grid"
    for cell, text in zip(grid.rows[0].cells, headings, strict=True):
        _bold(cell.paragraphs[0].add_run(text), 11)
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).font.size = Pt(11)


def _bold(run: object, size: int) -> None:
    run.font.bold = True  # type: ignore[attr-defined]
    run.font.size = Pt(size)  # type: ignore[attr-defined]
    _font(run._element, _HEAD)  # type: ignore[attr-defined]


def _font(element: object, name: str) -> None:
    """Set the font of Han characters, which Word keeps apart from that of Latin ones."""
    fonts = element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")
