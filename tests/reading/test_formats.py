"""Formats: encodings, front matter, CSV rows, discovery, and bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.model import Document, ReadFailure
from duixian.reading.formats import decode, find_files, read_file

TEXT = "各位代表：\n现在，我代表市人民政府，向大会报告工作。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    assert decode(("甲abc" * 30 + TEXT).encode(encoding)).endswith(TEXT)


def test_newlines_become_line_feeds() -> None:
    assert decode("甲\r\n乙\r丙".encode()) == "甲\n乙\n丙"


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00\x01\x02" * 500, b"\x89PNG\r\n\x1a\n" + bytes(600)])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"text|binary"):
        decode(data)


def _one(path: Path) -> Document | ReadFailure:
    (item,) = read_file(path, path.name)
    return item


def test_empty_and_missing_files_give_a_reason(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("  \n")
    assert _one(tmp_path / "空.txt") == ReadFailure("空.txt", "empty file")
    missing = _one(tmp_path / "无.txt")
    assert isinstance(missing, ReadFailure) and "No such file" in missing.reason


def test_front_matter_is_a_hint_and_stays_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: 2024年某市政府工作报告\nsource: https://example.org/a\n---\n\n{TEXT}")
    item = _one(path)
    assert isinstance(item, Document)
    assert (item.hints.title, item.hints.url) == ("2024年某市政府工作报告", "https://example.org/a")
    assert item.text.startswith("---\n")


def test_csv_rows_are_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'province,year,title,full_text\n某省,2024,题,"{TEXT}"\n某省,2025,题,"{TEXT}二"\n某省,2026,题,\n', encoding="utf-8-sig")
    first, second, third = read_file(path, "a.csv")
    assert isinstance(first, Document) and first.text == TEXT and first.hints.region == "某省" and first.source == "a.csv"
    assert isinstance(second, Document) and second.source == "a.csv#2" and second.doc_id != first.doc_id
    assert third == ReadFailure("a.csv#3", "empty full_text")


def test_csv_without_named_column_takes_the_longest(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'甲,乙\n短,"{TEXT}"\n')
    item = _one(path)
    assert isinstance(item, Document) and item.text == TEXT
    (failure,) = read_file(path, "a.csv", "丙")
    assert isinstance(failure, ReadFailure) and "丙" in failure.reason


def test_directory_loops_end(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "a.txt").write_text(TEXT)
    (tmp_path / "甲" / "环").symlink_to(tmp_path)
    assert list(find_files([tmp_path])) == [tmp_path / "甲" / "a.txt"]


def test_a_named_file_of_an_unknown_format_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text(TEXT)
    (only,) = find_files([tmp_path / "a.xyz"])
    assert isinstance(only, ReadFailure) and ".xyz" in only.reason
    assert list(find_files([tmp_path])) == []
