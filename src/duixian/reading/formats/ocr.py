"""Recognition of scanned pages: the ``ocr`` extra (rapidocr, whose models come with its wheel; nothing is fetched)."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from statistics import fmean, median
from typing import Any

import pypdfium2 as pdfium

from duixian.reading.formats.columns import Segment

MISSING = "pip install 'duixian[ocr]' reads them"
_DPI = 200
_SCALE = 72 / _DPI
_CERTAIN = 0.5  # a line recognised with less certainty is marked as lost, not guessed
_UPRIGHT = 0.8  # a page recognised with less certainty may lie on its side or head
_LOST = "\ufffd\ufffd\ufffd"
_HAN = "\u4e00-\u9fff《》“”（）、。，：；"
# Half-width marks in Chinese text. Matches the colon of "代表:现在", the brackets of "(四)改"; not those of "3:1", "A(b)".
_NARROW = re.compile(rf"(?<=[{_HAN}])[,:;!?()]|[,:;!?()](?=[{_HAN}])")
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_SETTINGS = {
    "Global.log_level": "error",
    "Global.text_score": 0.0,
    "Global.use_cls": False,  # whether a line stands on its head is asked of the page, not of each line: it errs too often
    "EngineConfig.onnxruntime.intra_op_num_threads": 2,
    "Det.limit_type": "max",  # by default a page is looked at in full size, which takes a gigabyte
    "Det.limit_side_len": 1600,
    "Rec.rec_batch_num": 1,
}
Box = list[list[float]]  # corners: upper left, upper right, lower right, lower left, in pixels
Recogniser = Callable[[pdfium.PdfPage], tuple[Segment, ...]]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    box: Box
    score: float


@cache
def recogniser() -> Recogniser | None:
    """What turns the picture of a page into pieces of text; None where the extra is not installed."""
    if not importlib.util.find_spec("rapidocr") or not importlib.util.find_spec("onnxruntime"):
        return None
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    engine = importlib.import_module("rapidocr").RapidOCR(params=_SETTINGS)

    def read(page: pdfium.PdfPage) -> tuple[Segment, ...]:
        lines: list[_Line] = []
        for turn in (0, 180, 90, 270):
            found = _lines(engine, page, turn)
            if _certainty(found) > _certainty(lines):
                lines = found
            if not found or _certainty(lines) >= _UPRIGHT:
                break
        slope = _slope([line.box for line in lines])
        return tuple(_segment(line, slope) for line in lines if line.score >= _CERTAIN or _is_wide(line.box))

    return read


def _lines(engine: Any, page: pdfium.PdfPage, turn: int) -> list[_Line]:
    """What is recognised on a page that is turned by so many degrees first."""
    result = engine(page.render(scale=_DPI / 72, rotation=turn).to_numpy())
    if result.boxes is None:
        return []
    return [_Line(t.strip(), b.tolist(), float(s)) for t, b, s in zip(result.txts, result.boxes, result.scores, strict=True) if t.strip()]


def _certainty(lines: list[_Line]) -> float:
    """How well the page is read: lines that stand upright are read by turning each, but their order is that of a page on its side."""
    return fmean(0.0 if _is_tall(line.box) else line.score for line in lines) if lines else 0.0


def _is_tall(box: Box) -> bool:
    return abs(box[3][1] - box[0][1]) > 1.5 * abs(box[1][0] - box[0][0])


def _is_wide(box: Box) -> bool:
    """A line of text rather than a speck."""
    return box[1][0] - box[0][0] > 4 * abs(box[3][1] - box[0][1])


def _slope(boxes: list[Box]) -> float:
    """How far the page was turned on the glass: the median slope of the wide lines' lower edges."""
    slopes = [(b[2][1] - b[3][1]) / (b[2][0] - b[3][0]) for b in boxes if b[2][0] - b[3][0] > 8 * abs(b[3][1] - b[0][1]) > 0]
    return median(slopes) if slopes else 0.0


def _segment(line: _Line, slope: float) -> Segment:
    """A recognised line, turned back; the box is a little higher than the font size."""
    points = [(x + slope * y, y - slope * x) for x, y in line.box]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    height = (ys[3] + ys[2] - ys[0] - ys[1]) / 2
    text = _NARROW.sub(lambda m: m.group().translate(_WIDE), line.text) if line.score >= _CERTAIN else _LOST
    return Segment(text, min(xs) * _SCALE, max(xs) * _SCALE, ((ys[2] + ys[3]) / 2 - 0.2 * height) * _SCALE, height * 0.8 * _SCALE)
