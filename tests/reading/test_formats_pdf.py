"""PDF: paragraphs, columns, headers, page numbers, rotation, cut words, and what is refused. All through the parser's process."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_writer import Put, typeset, write_pdf

from duixian.model import Document, ReadFailure
from duixian.reading.formats import Limits, read_file

FIRST = (
    "一年来，全市上下迎难而上，地区生产总值增长百分之六点五，规模以上工业增加值增长百分之七点二，粮食产量稳中有增，城乡居民收入继续提高。"
)
SECOND = "二是扩大有效投资，新开工重大项目一百二十个，建成通车公路三百公里，完成老旧小区改造四万户，惠及居民十万余人，群众满意度不断提升。"
THIRD = "三是守牢安全底线，生产安全事故起数继续下降，食品药品抽检合格率稳定在百分之九十八以上，社会大局保持和谐稳定，平安建设取得实效。"


def _read(path: Path, data: bytes, limits: Limits | None = None) -> Document | ReadFailure:
    path.write_bytes(data)
    (item,) = read_file(path, path.name, limits=limits)
    return item


def _text(path: Path, data: bytes) -> str:
    item = _read(path, data)
    assert isinstance(item, Document), item
    return item.text


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    item = _read(tmp_path / "a.pdf", write_pdf([typeset([FIRST, SECOND, THIRD])], title="虚构市政府工作报告"))
    assert isinstance(item, Document)
    assert item.text.split("\n") == [FIRST, SECOND, THIRD]
    assert item.hints.title == "虚构市政府工作报告"
    assert item.pages == ((0, len(item.text)),)


def test_a_paragraph_goes_on_over_columns_and_pages(tmp_path: Path) -> None:
    lines = typeset([FIRST, SECOND, THIRD], width=15, size=14, top=780)
    half = len(lines) // 2
    left = [Put(p.text, p.x - 30, 780 - 21 * n, 14) for n, p in enumerate(lines[:half])]
    right = [Put(p.text, p.x + 210, 780 - 21 * n, 14) for n, p in enumerate(lines[half:])]
    assert _text(tmp_path / "a.pdf", write_pdf([left + right])).split("\n") == [FIRST, SECOND, THIRD]
    mixed = [p for pair in zip(left, right, strict=False) for p in pair] + left[len(right) :] + right[len(left) :]
    assert _text(tmp_path / "b.pdf", write_pdf([mixed])).split("\n") == [FIRST, SECOND, THIRD], (
        "the order in the file is not the order of reading"
    )
    first, second = lines[:4], [Put(p.text, p.x, 780 - 21 * n, 14) for n, p in enumerate(lines[4:])]
    item = _read(tmp_path / "c.pdf", write_pdf([first, second]))
    assert isinstance(item, Document) and item.text.split("\n") == [FIRST, SECOND, THIRD]
    assert [item.text[a:b] for a, b in item.pages] == [item.text[: sum(len(p.text) for p in first)], item.text[item.pages[1][0] :]]


def test_headers_footers_and_page_numbers_fall_out(tmp_path: Path) -> None:
    pages = [
        [Put("虚构市人民政府工作报告", 220, 815, 9), *typeset([t]), Put(f"— {n} —", 280, 30, 10)]
        for n, t in enumerate((FIRST, SECOND, THIRD), 1)
    ]
    assert _text(tmp_path / "a.pdf", write_pdf(pages)).split("\n") == [FIRST, SECOND, THIRD]


def test_a_number_in_the_text_is_no_page_number(tmp_path: Path) -> None:
    pages = [[*typeset([FIRST]), Put("2024", 72, 650)], typeset([SECOND])]
    assert "2024" in _text(tmp_path / "a.pdf", write_pdf(pages))


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotated_pages(tmp_path: Path, rotate: int) -> None:
    assert _text(tmp_path / "a.pdf", write_pdf([typeset([FIRST, SECOND])], rotate=rotate)).split("\n") == [FIRST, SECOND]


def test_text_drawn_sideways(tmp_path: Path) -> None:
    assert _text(tmp_path / "a.pdf", write_pdf([typeset([FIRST, SECOND])], turned=True)).split("\n") == [FIRST, SECOND]


def test_cut_off_encrypted_and_long_files_are_refused(tmp_path: Path) -> None:
    whole = write_pdf([typeset([FIRST])] * 12)
    cut = _read(tmp_path / "a.pdf", whole[:-200])
    assert isinstance(cut, ReadFailure) and "cut off" in cut.reason
    long = _read(tmp_path / "b.pdf", whole, Limits(pages=10))
    assert isinstance(long, ReadFailure) and "--limit pages=N" in long.reason
    (tmp_path / "c.pdf").write_bytes(b"")
    assert list(read_file(tmp_path / "c.pdf", "c.pdf")) == [ReadFailure("c.pdf", "empty file")]


def test_radicals_become_characters(tmp_path: Path) -> None:
    from duixian.reading.formats.glyphs import plain

    assert plain("⼀⽉⻓⻛⺠⻋") == "一月长风民车"
    assert plain("正文123ABC，。") == "正文123ABC，。"
