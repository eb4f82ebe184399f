"""OFD: text by its places, pages, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

from duixian.model import Document, ReadFailure
from duixian.reading.formats import read_file

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LINES = ["虚构市去年地区生产总值增长6.5%，", "城镇新增就业3.2万人。"]


def _object(text: str, y: float, *, matrix: str = "", deltas: str = "") -> str:
    code = f'<ofd:TextCode X="0" Y="4"{f" DeltaX={chr(34)}{deltas}{chr(34)}" if deltas else ""}>{text}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="20 {y} 100 5" Size="4"{f" CTM={chr(34)}{matrix}{chr(34)}" if matrix else ""}>{code}</ofd:TextObject>'


def _write(path: Path, pages: list[str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("OFD.xml", f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        refs = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
        box = "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        archive.writestr("Doc_0/Document.xml", f"<ofd:Document {NS}>{box}<ofd:Pages>{refs}</ofd:Pages></ofd:Document>")
        for n, body in enumerate(pages):
            archive.writestr(f"Doc_0/Pages/{n}.xml", f"<ofd:Page {NS}><ofd:Content><ofd:Layer>{body}</ofd:Layer></ofd:Content></ofd:Page>")


def test_pages_are_read_by_place(tmp_path: Path) -> None:
    deltas = " ".join("2" if c.isascii() else "4" for c in LINES[0][:-1])
    first = _object("尾。", 90) + _object(LINES[0], 40, deltas=deltas) + _object(LINES[1], 46, matrix="1 0 0 1 0 0")
    _write(tmp_path / "a.ofd", [first, _object("第二页的文字。", 40)])
    (item,) = read_file(tmp_path / "a.ofd", "a.ofd")
    assert isinstance(item, Document)
    assert item.text.replace("\n", "") == "".join(LINES) + "尾。第二页的文字。"
    assert item.text[slice(*item.pages[1])] == "第二页的文字。"


def test_pictures_and_missing_pages_are_refused(tmp_path: Path) -> None:
    _write(tmp_path / "a.ofd", ['<ofd:ImageObject Boundary="0 0 210 297"/>'])
    (item,) = read_file(tmp_path / "a.ofd", "a.ofd")
    assert isinstance(item, ReadFailure) and "picture" in item.reason
    with zipfile.ZipFile(tmp_path / "b.ofd", "w") as archive:
        archive.writestr("OFD.xml", f"<ofd:OFD {NS}><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>")
    (item,) = read_file(tmp_path / "b.ofd", "b.ofd")
    assert isinstance(item, ReadFailure) and "missing" in item.reason
