"""Archives: names, nesting, bombs; and the converter's line where there is none."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from pdf_writer import typeset, write_pdf

from duixian.model import Document, ReadFailure
from duixian.reading.formats import Limits, find_files, read_file

TEXT = "各位代表：现在，我代表虚构市人民政府，向大会报告工作，请予审议。"


def _items(path: Path, limits: Limits | None = None) -> list[Document | ReadFailure]:
    return list(read_file(path, path.name, limits=limits))


def _reasons(path: Path, limits: Limits | None = None) -> str:
    return "\n".join(f"{i.source}: {i.reason}" for i in _items(path, limits) if isinstance(i, ReadFailure))


def test_members_are_read_like_files(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("2024/乙市.txt", TEXT)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2025年/甲市.pdf", write_pdf([typeset([TEXT])]))
        archive.writestr("__MACOSX/x.txt", TEXT)
        archive.writestr("图.jpg", b"x")
        archive.write(inner, "内层.zip")
    found = _items(path)
    assert [(i.source, i.text) for i in found if isinstance(i, Document)] == [
        ("a.zip/2025年/甲市.pdf", TEXT),
        ("a.zip/内层.zip/2024/乙市.txt", TEXT),
    ]
    first = found[0]
    assert isinstance(first, Document) and first.hints.path == ("a.zip", "2025年", "甲市")
    assert "depth=N" in _reasons(path, Limits(depth=1))


def test_gbk_names(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("n00000.txt", TEXT)
    path.write_bytes(path.read_bytes().replace(b"n00000.txt", "报告甲.txt".encode("gbk")))
    assert [i.source for i in _items(path)] == ["a.zip/报告甲.txt"]


@pytest.mark.parametrize("name", ["../外.txt", "/根.txt", "甲/../../乙.txt", "C:\\丙.txt"])
def test_names_that_lead_outside_are_left_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, TEXT)
        archive.writestr("好.txt", TEXT)
    good, bad = sorted(_items(path), key=lambda i: isinstance(i, ReadFailure))
    assert isinstance(good, Document) and good.source == "a.zip/好.txt"
    assert isinstance(bad, ReadFailure) and "outside" in bad.reason
    assert not (tmp_path.parent / "外.txt").exists()


@pytest.mark.parametrize(
    ("limits", "option"),
    [(Limits(members=2), "members"), (Limits(expanded=1), "expanded"), (Limits(ratio=5), "ratio")],
)
def test_limits_name_their_option(tmp_path: Path, limits: Limits, option: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(f"{n}.txt", b" " * (9 << 20))
    assert f"--limit {option}=N" in _reasons(path, limits)


def test_what_needs_a_converter_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le"))
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 abc}")
    for name in ("a.doc", "a.rtf"):
        assert "install LibreOffice" in _reasons(tmp_path / name)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "外.txt"
    outside.write_text(TEXT)
    inside = tmp_path / "夹"
    inside.mkdir()
    (inside / "链.txt").symlink_to(outside)
    (inside / "断.txt").symlink_to(tmp_path / "无.txt")
    os.mkfifo(inside / "管.txt")
    found = list(find_files([inside]))
    assert all(isinstance(f, ReadFailure) for f in found) and len(found) == 2
    assert list(find_files([inside / "链.txt"])) == [inside / "链.txt"], "a link that is named is read"
    (inside / "a.rar").write_bytes(b"Rar!")
    assert any(isinstance(f, ReadFailure) and "pack it as ZIP" in f.reason for f in find_files([inside]))
