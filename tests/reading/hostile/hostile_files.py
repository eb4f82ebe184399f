"""Writes files that are meant to harm a reader, or that are broken in ways files are: ``python hostile_files.py FOLDER``.

Every file is named after what is wrong with it. Bombs are written in pieces, so the generator itself stays small.
"""

from __future__ import annotations

import os
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

PARAGRAPH = "各位代表：现在，我代表虚构市人民政府，向大会报告工作，请予审议。全市地区生产总值增长6.5%，城镇新增就业3.2万人。"
_MIB = 1 << 20
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def pdf(pages: int, *, stream: bytes = b"BT /F1 12 Tf 72 720 Td (abc) Tj ET", extra: str = "", packed: bool = False) -> bytes:
    """A PDF of so many pages that all draw one stream; ``extra`` goes into the trailer."""
    filtered = " /Filter /FlateDecode" if packed else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{' '.join(f'{5 + n} 0 R' for n in range(pages))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)}{filtered} >>\nstream\n".encode() + stream + b"\nendstream",
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"
    objects += [page] * pages
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{o:010d} 00000 n \n".encode() for o in offsets)
    return bytes(out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n".encode())


def _packed(megabytes: int, piece: bytes) -> bytes:
    """So many MiB of one repeated piece, deflated."""
    block = piece * (_MIB // len(piece))
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])


def word(path: Path, body: str | Iterator[str], *, start: str = '<?xml version="1.0"?>') -> None:
    """A Word file with that text; pieces of the body are written one by one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'{start}<w:document xmlns:w="{_WORD}"><w:body>'.encode())
            for piece in (body,) if isinstance(body, str) else body:
                part.write(piece.encode())
            part.write(b"</w:body></w:document>")


def _bomb_zip(path: Path, name: str, megabytes: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as member:
        for _ in range(megabytes):
            member.write(b" " * _MIB)


def _nested(path: Path, depth: int) -> None:
    """An archive in an archive in an archive …"""
    inner, name = PARAGRAPH.encode() * 20, "文.txt"
    for n in range(depth):
        level = path.with_suffix(f".{n}")
        with zipfile.ZipFile(level, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, inner)
        inner, name = level.read_bytes(), "内.zip"
        level.unlink()
    path.write_bytes(inner)


def _names(path: Path) -> None:
    """Names that lead out of the archive, a link, an encrypted-looking member, and one good file in GBK."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../外.txt", "/etc/根.txt", "甲/../../乙.txt", "C:\\盘.txt"):
            archive.writestr(name, PARAGRAPH)
        link = zipfile.ZipInfo("链接.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("好.txt", PARAGRAPH * 3)


def gbk_names(path: Path, names: tuple[str, ...]) -> None:
    """An archive as old Chinese tools write it: names in GBK without saying so."""
    plain = [f"n{n:06d}.txt" for n in range(len(names))]
    with zipfile.ZipFile(path, "w") as archive:
        for name in plain:
            archive.writestr(name, PARAGRAPH * 3)
    data = path.read_bytes()
    for old, new in zip(plain, names, strict=True):
        raw = new.encode("gbk")
        assert len(raw) == len(old), f"{new} must take {len(old)} bytes"
        data = data.replace(old.encode(), raw)
    path.write_bytes(data)


def _overlapping(path: Path, copies: int) -> None:
    """Many directory entries that point at one packed member of 40 MiB."""
    single = path.with_suffix(".one")
    _bomb_zip(single, "a.txt", 40)
    data = single.read_bytes()
    single.unlink()
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    entry = data[start:end]
    directory = b"".join(entry.replace(b"a.txt", f"{n:05d}".encode()) for n in range(copies))
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, copies, copies, len(directory), start, 0)
    path.write_bytes(data[:start] + directory + tail)


def _pieces(piece: str, count: int) -> Iterator[str]:
    for _ in range(count):
        yield piece


def _write(path: Path, pieces: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for piece in pieces:
            file.write(piece)


def _pdf_files(folder: Path) -> None:
    whole = pdf(40)
    (folder / "截断.pdf").write_bytes(whole[: len(whole) // 2])
    key = "<" + "ab" * 32 + ">"
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -44 >> /ID [<00> <00>]"
    (folder / "加密.pdf").write_bytes(pdf(2, extra=locked))
    (folder / "五千页.pdf").write_bytes(pdf(5000))
    (folder / "炸弹.pdf").write_bytes(pdf(1, stream=_packed(3000, b"BT (a) Tj ET\n   "), packed=True))
    (folder / "无字.pdf").write_bytes(pdf(3, stream=b"0 0 10 10 re f"))
    (folder / "自环页树.pdf").write_bytes(whole.replace(b"/Kids [5 0 R", b"/Kids [2 0 R", 1))
    (folder / "乱码.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(20_000) + b"\n%%EOF\n")
    (folder / "谎称.pdf").write_bytes(b"\x7fELF" + os.urandom(3000))
    (folder / "文本冒充.pdf").write_text(PARAGRAPH * 5, encoding="utf-8")


def _office_files(folder: Path) -> None:
    word(folder / "炸弹.docx", _pieces(f"<w:p><w:r><w:t>{'空' * 1000}</w:t></w:r></w:p>" * 100, 3000))
    word(folder / "深.docx", "<w:p>" * 50_000 + "</w:p>" * 50_000)
    laughs = '<!DOCTYPE a [<!ENTITY a "哈哈">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 12}">' for n in range(10))
    word(folder / "实体.docx", "<w:p><w:r><w:t>&k;</w:t></w:r></w:p>", start=f'<?xml version="1.0"?>{laughs}]>')
    outside = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    word(folder / "外部实体.docx", "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", start=outside)
    (folder / "半个.docx").write_bytes((folder / "实体.docx").read_bytes()[:300])
    with zipfile.ZipFile(folder / "炸弹.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        relation = '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}" Target="{1}"/>'
        start = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        archive.writestr("_rels/.rels", start + relation.format("officeDocument", "xl/workbook.xml") + "</Relationships>")
        sheet = relation.format("worksheet", "worksheets/sheet1.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", start + sheet + "</Relationships>")
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
            for _ in range(400):
                part.write(b"<si><t>" + b"a" * _MIB + b"</t></si>")
            part.write(b"</sst>")
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            '<row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>',
        )
    (folder / "乱.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(5000))
    (folder / "加密.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
    )
    (folder / "乱.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(5000))
    (folder / "乱.parquet").write_bytes(b"PAR1" + os.urandom(2000) + b"PAR1")


def _archive_files(folder: Path) -> None:
    _bomb_zip(folder / "炸弹.zip", "a.txt", 2000)
    _bomb_zip(folder / "小炸弹.zip", "a.txt", 100)
    _nested(folder / "套娃.zip", 8)
    _names(folder / "越界.zip")
    _overlapping(folder / "重叠.zip", 2000)
    gbk_names(folder / "国标名.zip", ("报告甲1.txt", "报告乙2.txt"))
    with zipfile.ZipFile(folder / "十万个.zip", "w") as archive:
        for n in range(100_000):
            archive.writestr(f"{n}.txt", b"")
    (folder / "乱.zip").write_bytes(b"PK\x03\x04" + os.urandom(3000))
    locked = bytearray((folder / "国标名.zip").read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    (folder / "加密.zip").write_bytes(bytes(locked))
    broken = bytearray((folder / "国标名.zip").read_bytes())
    broken[60] ^= 0xFF
    (folder / "校验错.zip").write_bytes(bytes(broken))


def _text_files(folder: Path) -> None:
    _write(folder / "一行五十兆.txt", _pieces(PARAGRAPH * 100, 50 * _MIB // len((PARAGRAPH * 100).encode())))
    _write(folder / "一行五十兆.csv", _pieces("a" * _MIB, 50))
    _write(folder / "一行五十兆.html", _pieces("<p>" + PARAGRAPH * 100, 50 * _MIB // len((PARAGRAPH * 100).encode())))
    _write(folder / "一行五十兆.jsonl", _pieces('{"a":', 10 * _MIB))
    _write(folder / "百万层.html", _pieces("<div>" * 1000, 1000))
    (folder / "图片冒充.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(5000))
    (folder / "网页冒充.doc").write_text(f"<html><body><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></body></html>", encoding="utf-8")
    (folder / "压缩包冒充.txt").write_bytes((folder / "国标名.zip").read_bytes())
    (folder / "零字节.txt").write_bytes((PARAGRAPH * 400).encode() + b"\x00" + PARAGRAPH.encode())
    (folder / "全是零.txt").write_bytes(bytes(100_000))
    (folder / "空.txt").write_bytes(b"")
    (folder / "双向\u202e标记.txt").write_text(f"\u202e{PARAGRAPH}\u2066{PARAGRAPH}\u2069\u200f{PARAGRAPH}", encoding="utf-8")
    (folder / "引号不闭.csv").write_text('title,full_text\n甲,"' + PARAGRAPH * 2000, encoding="utf-8")
    (folder / "十万列.csv").write_text(",".join(f"c{n}" for n in range(100_000)) + "\n" + "," * 99_999 + "\n", encoding="utf-8")
    (folder / "深.jsonl").write_text("[" * 500_000 + "\n" + '{"full_text": "' + PARAGRAPH + '"}\n', encoding="utf-8")


def _patterns(folder: Path) -> None:
    """Long runs of what patterns begin with: a slow pattern shows itself here."""
    for name, piece in {
        "括号": "（",
        "数字": "1，",
        "小数": "1.1.",
        "空格": " ",
        "换行": "\n",
        "尖括号": "<",
        "标题": "一、",
        "称呼": "各位代表：",
        "星号": "*",
        "百分": "增长5%、",
        "引号": "“",
    }.items():
        (folder / f"重复{name}.txt").write_text(PARAGRAPH + piece * (600_000 // len(piece)), encoding="utf-8")


def _links(folder: Path) -> None:
    inner = folder / "夹"
    inner.mkdir()
    (inner / "外链.txt").symlink_to("/etc/passwd")
    (inner / "断链.txt").symlink_to(folder / "没有.txt")
    (inner / "环").symlink_to(folder)
    (inner / "自环.txt").symlink_to(inner / "自环.txt")
    os.mkfifo(inner / "管道.txt")


GROUPS: tuple[Callable[[Path], None], ...] = (_pdf_files, _office_files, _archive_files, _text_files, _patterns, _links)


def write_all(folder: Path) -> None:
    """All hostile files into an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for group in GROUPS:
        group(folder)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
