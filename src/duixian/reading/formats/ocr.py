"""Recognition of scanned pages: the ``ocr`` extra (rapidocr, whose models come with its wheel; nothing is fetched)."""

from __future__ import annotations

import importlib
import importlib.util
import logging
from collections.abc import Callable
from functools import cache
from statistics import median

import pypdfium2 as pdfium

from duixian.reading.formats.columns import Segment

MISSING = "pip install 'duixian[ocr]' reads them"
_DPI = 200
_CERTAIN = 0.5  # a line recognised with less certainty is left out and counted as lost

_SETTINGS = {
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 2,
    "Det.limit_type": "max",  # by default a page is looked at in full size, which takes a gigabyte
    "Det.limit_side_len": 1600,
    "Rec.rec_batch_num": 1,
}
Box = list[list[float]]  # corners: upper left, upper right, lower right, lower left, in pixels
Recogniser = Callable[[pdfium.PdfPage], tuple[Segment, ...]]


@cache
def recogniser() -> Recogniser | None:
    """What turns the picture of a page into pieces of text; None where the extra is not installed."""
    if not importlib.util.find_spec("rapidocr") or not importlib.util.find_spec("onnxruntime"):
        return None
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    engine = importlib.import_module("rapidocr").RapidOCR(params=_SETTINGS)
    scale = 72 / _DPI

    def read(page: pdfium.PdfPage) -> tuple[Segment, ...]:
        image = page.render(scale=_DPI / 72, grayscale=False).to_numpy()
        result = engine(image)
        if result.boxes is None:
            return ()
        lines = [
            (t, b.tolist()) for t, b, score in zip(result.txts, result.boxes, result.scores, strict=True) if t.strip() and score >= _CERTAIN
        ]
        slope = _slope([box for _, box in lines])
        return tuple(_segment(text, box, slope, scale) for text, box in lines)

    return read


def _slope(boxes: list[Box]) -> float:
    """How far the page was turned on the glass: the median slope of the wide lines' lower edges."""
    slopes = [(b[2][1] - b[3][1]) / (b[2][0] - b[3][0]) for b in boxes if b[2][0] - b[3][0] > 8 * abs(b[3][1] - b[0][1]) > 0]
    return median(slopes) if slopes else 0.0


def _segment(text: str, box: Box, slope: float, scale: float) -> Segment:
    """A recognised line, turned back; the box is a little higher than the font size."""
    points = [(x + slope * y, y - slope * x) for x, y in box]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    height = (ys[3] + ys[2] - ys[0] - ys[1]) / 2
    return Segment(text.strip(), min(xs) * scale, max(xs) * scale, ((ys[2] + ys[3]) / 2 - 0.2 * height) * scale, height * 0.8 * scale)
