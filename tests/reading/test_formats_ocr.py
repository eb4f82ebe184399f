"""Scans: recognised where the extra is installed, refused with what to install where it is not."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pdf_writer import Put, write_pdf

from duixian.model import Document, ReadFailure
from duixian.reading.folding import fold
from duixian.reading.formats import Limits, read_file
from duixian.reading.formats.ocr import recogniser
from duixian.reading.formats.parts import Job
from duixian.reading.formats.pdf import read_pdf

TOOLS = Path(__file__).resolve().parents[2] / "tools"
LINES = [
    "一年来，全市上下迎难而上，地区生产总值增长6.5%，达到1234.5亿元。",
    "新开工重大项目120个，建成通车公路300公里，完成老旧小区改造4万户。",
    "食品药品抽检合格率稳定在98%以上，社会大局保持和谐稳定。",
]


def _picture_pdf(path: Path) -> None:
    """A page that is one grey picture."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(595, 842)
    source = pdfium.PdfDocument(write_pdf([[Put("甲", 100, 100)]]))
    bitmap = source[0].render(scale=1)
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(bitmap)
    image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page.insert_obj(image)
    page.gen_content()
    document.save(path)


def test_without_the_extra_a_scan_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _picture_pdf(tmp_path / "a.pdf")
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    recogniser.cache_clear()
    with pytest.raises(ValueError, match=r"1 of 1 pages are pictures .*pip install 'duixian\[ocr\]'"):
        list(read_pdf(Job(str(tmp_path / "a.pdf"), ".pdf"), Limits()))
    recogniser.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_scans_are_recognised_also_when_turned(tmp_path: Path, turn: int) -> None:
    if not all(importlib.util.find_spec(name) for name in ("rapidocr", "typst", "PIL")):
        pytest.skip("needs the extras ocr and producers")
    sys.path.insert(0, str(TOOLS))
    producers = importlib.import_module("pdf_producers")
    producers.by_typst(LINES * 6, 1, tmp_path / "whole.pdf")
    producers.scan(tmp_path / "whole.pdf", tmp_path / "scan.pdf", pages=1, turn=turn + 0.4)
    (item,) = read_file(tmp_path / "scan.pdf", "scan.pdf")
    assert isinstance(item, Document), item
    truth, found = fold("".join(LINES * 6)), fold(item.text.replace("\n", ""))
    assert difflib.SequenceMatcher(None, truth, found, autojunk=False).ratio() > 0.98


def test_ocr_pages_are_limited(tmp_path: Path) -> None:
    one = tmp_path / "a.pdf"
    _picture_pdf(one)
    both = pdfium.PdfDocument.new()
    both.import_pages(pdfium.PdfDocument(one))
    both.import_pages(pdfium.PdfDocument(one))
    both.save(tmp_path / "b.pdf")
    (item,) = read_file(tmp_path / "b.pdf", "b.pdf", limits=Limits(ocr_pages=1))
    assert isinstance(item, ReadFailure) and "--limit ocr_pages=N" in item.reason
