"""DOCX: what a reader of the document sees, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from duixian.model import Document, ReadFailure
from duixian.reading.formats import read_file
from duixian.reading.formats.numbering import numeral

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _word(path: Path, body: str, **parts: str) -> Document:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NS}>{xml}</w:{name}>")
    (item,) = read_file(path, path.name)
    assert isinstance(item, Document), item
    return item


def test_inserted_text_stays_and_deleted_text_goes(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>增长</w:t></w:r><w:del><w:r><w:delText>6</w:delText></w:r></w:del><w:ins><w:r><w:t>7</w:t></w:r></w:ins>"
        "<w:r><w:t>%。</w:t></w:r><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>"
    )
    assert _word(tmp_path / "a.docx", body).text == "增长7%。新"


def test_hidden_text_fields_and_fallbacks_go(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:r><w:t>一次</w:t></w:r></mc:Choice>'
        "<mc:Fallback><w:r><w:t>两次</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert _word(tmp_path / "a.docx", body).text == "明链接一次"


def test_tables_become_rows_and_frames_stay_text(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return f"<w:tc>{p(text)}</w:tc>"

    table = f"<w:tbl><w:tr>{cell('指标')}{cell('目标')}</w:tr><w:tr>{cell('经济增长')}{cell('6%左右')}</w:tr></w:tbl>"
    frame = f"<w:tbl><w:tr>{cell('全文都在一格里。')}</w:tr></w:tbl>"
    assert _word(tmp_path / "a.docx", p("附表") + table + frame).text == "附表\n| 指标 | 目标 |\n| 经济增长 | 6%左右 |\n全文都在一格里。"


def test_automatic_numbers_and_headings(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="3">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="H"><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="G"><w:basedOn w:val="H"/></w:style>'
    )
    second = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>'
    heading = '<w:pStyle w:val="G"/>'
    body = p("工作回顾", heading) + p("稳增长。", second) + p("惠民生。", second) + p("工作安排", heading) + p("促改革。", second)
    found = _word(tmp_path / "a.docx", body, numbering=numbering, styles=styles)
    assert found.text.split("\n") == ["# 一、工作回顾", "（1）稳增长。", "（2）惠民生。", "# 二、工作安排", "（1）促改革。"]


@pytest.mark.parametrize(
    ("n", "form", "expected"),
    [
        (12, "chineseCounting", "十二"),
        (20, "chineseCounting", "二十"),
        (105, "ideographDigital", "一〇五"),
        (3, "decimalEnclosedCircle", "③"),
        (2, "x", "2"),
    ],
)
def test_numerals(n: int, form: str, expected: str) -> None:
    assert numeral(n, form) == expected


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    notes = f'<w:footnote w:type="separator"><w:p/></w:footnote><w:footnote w:id="1">{p("一种做法。")}</w:footnote>'
    body = "<w:p><w:r><w:t>推行</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:t>改革。</w:t></w:r></w:p>"
    assert _word(tmp_path / "a.docx", body, footnotes=notes).text == "推行改革。\n注释：\n[1] 一种做法。"


def test_entities_and_missing_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<!DOCTYPE a [<!ENTITY x "y">]><w:document {NS}><w:body/></w:document>')
    (item,) = read_file(path, "a.docx")
    assert isinstance(item, ReadFailure) and "document type" in item.reason
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/other.xml", "")
    (item,) = read_file(path, "a.docx")
    assert isinstance(item, ReadFailure) and "without its text" in item.reason
