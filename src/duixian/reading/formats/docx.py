"""DOCX: the text of a Word file as its reader sees it: inserted text kept, deleted and hidden text left out, numbers of lists shown.

The XML is walked directly: python-docx's ``paragraph.text`` leaves out inserted runs, text boxes, footnotes and automatic numbers.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from duixian.reading.formats.limits import Limits
from duixian.reading.formats.numbering import Numbering, Style, read_styles
from duixian.reading.formats.parts import Job, Parsed, Part
from duixian.reading.formats.xml import parse_xml
from duixian.reading.formats.zipcheck import open_zip, read_member

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "footnoteReference", "endnoteReference", "sectPr")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BOX = f"{W}txbxContent"
_HEADING_CHARACTERS = 60  # a longer paragraph in a heading style is text


def read_docx(job: Job, limits: Limits) -> Iterator[Part]:
    """The text of a Word file: paragraphs, tables as Markdown rows, text boxes, then footnotes and endnotes.

    Args:
        job: the file.
        limits: what it may cost.

    Raises:
        ValueError: where the file is damaged or too large.
    """
    with open_zip(job.path, limits) as archive:
        main = _main_part(archive, limits)
        data = read_member(archive, main, limits)
        if data is None:
            raise ValueError("a Word file without its text (word/document.xml)")
        folder = posixpath.dirname(main)
        styles = read_styles(_xml(archive, f"{folder}/styles.xml", limits))
        numbering = Numbering(_xml(archive, f"{folder}/numbering.xml", limits), styles)
        body = parse_xml(data, limits).find(f"{W}body")
        if body is None:
            raise ValueError("a Word file without a body")
        lines = list(_blocks(body, styles, numbering))
        for part in ("footnotes", "endnotes"):
            lines += _notes(_xml(archive, f"{folder}/{part}.xml", limits), styles, numbering)
        text = "\n".join(line for line in lines if line.strip())
        if not text.strip():
            raise ValueError("the Word file holds no text")
        yield Parsed(text, title=_core_title(archive, limits))


def _xml(archive: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element | None:
    data = read_member(archive, name, limits)
    return None if data is None else parse_xml(data, limits)


def _main_part(archive: zipfile.ZipFile, limits: Limits) -> str:
    """The part that holds the text, by the package's relations."""
    relations = _xml(archive, "_rels/.rels", limits)
    for relation in relations if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _core_title(archive: zipfile.ZipFile, limits: Limits) -> str | None:
    core = _xml(archive, "docProps/core.xml", limits)
    title = None if core is None else core.findtext("{http://purl.org/dc/elements/1.1/}title")
    return title.strip() or None if title else None


def _blocks(parent: etree._Element, styles: dict[str, Style], numbering: Numbering) -> Iterator[str]:
    """The lines of a body, cell or note, in order."""
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, styles, numbering)
        elif child.tag == f"{W}tbl":
            yield from _table(child, styles, numbering)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _blocks(child, styles, numbering)


def _paragraph(paragraph: etree._Element, styles: dict[str, Style], numbering: Numbering) -> Iterator[str]:
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _collect(paragraph, pieces, boxes)
    text = "".join(pieces).strip()
    properties = paragraph.find(f"{W}pPr")
    if text:
        text = numbering.label(properties) + text
        level = _level(properties, styles)
        yield f"{'#' * (level + 1)} {text}" if level is not None and len(text) <= _HEADING_CHARACTERS and "\n" not in text else text
    for box in boxes:
        yield from _blocks(box, styles, numbering)


def _level(properties: etree._Element | None, styles: dict[str, Style]) -> int | None:
    """The outline level of a heading, 0 for the highest, at most 5."""
    if properties is None:
        return None
    own = properties.find(f"{W}outlineLvl")
    if own is not None:
        level = own.get(f"{W}val", "9")
    else:
        style = properties.find(f"{W}pStyle")
        found = styles.get(style.get(f"{W}val", "")) if style is not None else None
        level = found.outline if found and found.outline else "9"
    return int(level) if level.isdigit() and int(level) < 6 else None


def _collect(element: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    """The visible characters of a paragraph; text boxes are put aside."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        tag = child.tag
        if tag == f"{W}t":
            pieces.append(child.text or "")
        elif tag == _BOX:
            boxes.append(child)
        elif tag in (f"{W}tab", f"{W}ptab"):
            pieces.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            pieces.append("" if child.get(f"{W}type") in ("page", "column") else "\n")
        elif tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif tag == f"{W}sym":
            pieces.append(_symbol(child.get(f"{W}char", "")))
        elif tag in _SKIPPED or not isinstance(tag, str) or (tag == f"{W}r" and _hidden(child)):
            continue
        else:
            stack.append(iter(child))


def _hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _table(table: etree._Element, styles: dict[str, Style], numbering: Numbering) -> Iterator[str]:
    """Each row as a Markdown row; a deleted row is left out. A table of one cell is only a frame: its paragraphs are text."""
    rows = [r for r in table.iter(f"{W}tr") if next(r.iterancestors(f"{W}tbl")) is table and r.find(f"{W}trPr/{W}del") is None]
    cells = [[c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row] for row in rows]
    if sum(len(row) for row in cells) == 1:
        yield from _blocks(cells[0][0], styles, numbering)
        return
    for row in cells:
        texts = [" ".join(line for block in _blocks(c, styles, numbering) for line in block.split("\n")).replace("|", "/") for c in row]
        if any(t.strip() for t in texts):
            yield f"| {' | '.join(texts)} |"


def _notes(root: etree._Element | None, styles: dict[str, Style], numbering: Numbering) -> list[str]:
    """Footnotes or endnotes under a line that says so; separators are no notes."""
    notes = [n for n in (root if root is not None else ()) if n.get(f"{W}type") in (None, "normal")]
    lines = [" ".join(_blocks(n, styles, numbering)).strip() for n in notes]
    lines = [line for line in lines if line]
    return ["注释：", *(f"[{n}] {line}" for n, line in enumerate(lines, 1))] if lines else []
