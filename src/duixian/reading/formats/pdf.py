"""PDF: the text layer with its places, by pdfium; pages that are pictures go to the recognition extra."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from duixian.reading.formats.glyphs import is_unreadable, plain
from duixian.reading.formats.layout import Page, running_text
from duixian.reading.formats.limits import Limits, check
from duixian.reading.formats.ocr import MISSING, recogniser
from duixian.reading.formats.parts import Beat, Job, Parsed, Part
from duixian.reading.formats.runs import HAN, Glyph, segments

_TAIL = 8192  # an intact file has its end mark within so many bytes of its end
_FEW = 20  # a page with a large picture and fewer characters than this is a scan
_UNREADABLE = 0.05  # a text layer with a larger share of meaningless codes is none
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")  # a title that somebody wrote. Matches "政府工作报告"; not "Microsoft Word - 1.doc"
_BLANKS = frozenset((0x20, 0xA0, 0x3000, 0x0A, 0x0D, 0x09))


def read_pdf(job: Job, limits: Limits) -> Iterator[Part]:
    """The text of a PDF.

    Args:
        job: the file.
        limits: what it may cost.

    Raises:
        ValueError: where it is damaged, encrypted, too long, or made of pictures and nothing can recognise them.
    """
    data = Path(job.path).read_bytes()
    if b"%%EOF" not in data[-_TAIL:]:
        raise ValueError("the PDF is cut off: it has no end mark; nothing of it was taken")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = "the PDF is encrypted: save it without a password" if "assword" in str(error) else f"damaged PDF: {error}"
        raise ValueError(reason) from None
    count = len(document)
    check("pages", count, limits.pages, "pages")
    if not count:
        raise ValueError("the PDF has no pages")
    pages: list[Page] = []
    scans: list[int] = []
    for n in range(count):
        try:
            page = document[n]
        except pdfium.PdfiumError:
            raise ValueError(f"page {n + 1} of the PDF is damaged; nothing of the file was taken") from None
        found = _page(page)
        if found is None:
            scans.append(n)
            check("ocr_pages", len(scans), limits.ocr_pages, "scanned pages")
        pages.append(found or Page(page.get_height(), ()))
        page.close()
    if scans:
        yield from _recognise(document, scans, pages, limits)
    text, bounds = running_text(pages)
    if not text.strip():
        raise ValueError("the PDF holds no text")
    title = str(document.get_metadata_dict(skip_empty=True).get("Title") or "")
    yield Parsed(text, title=title if _CHINESE.search(title) else None, pages=bounds)


def _recognise(document: pdfium.PdfDocument, scans: list[int], pages: list[Page], limits: Limits) -> Iterator[Part]:
    """Fill in the pages that are pictures."""
    yield Beat(limits.ocr_seconds)  # the models are loaded within the limits of recognition
    read = recogniser()
    if read is None:
        shown = ", ".join(str(n + 1) for n in scans[:5]) + (" …" if len(scans) > 5 else "")
        raise ValueError(f"{len(scans)} of {len(pages)} pages are pictures without text (page {shown}): {MISSING}")
    for n in scans:
        page = document[n]
        pages[n] = Page(page.get_height(), read(page))
        page.close()
        yield Beat(limits.ocr_seconds)


def _page(page: pdfium.PdfPage) -> Page | None:
    """The pieces of a page's text layer; None where the page is a picture or its text layer says nothing."""
    text_page = page.get_textpage()
    try:
        turned = _by_angle(text_page.raw, text_page.count_chars())
    finally:
        text_page.close()
    if not turned:
        return None if _is_picture(page) else Page(page.get_height(), ())
    angle, glyphs, bad, total = turned
    if bad > _UNREADABLE * total or (len(glyphs) < _FEW and _is_picture(page)):
        return None
    x0, y0, x1, y1 = page.get_cropbox()
    quarter = round(angle / 90) * 90 % 360
    shift = {0: y1, 90: x1, 180: -y0, 270: -x0}[quarter]
    return Page(y1 - y0 if quarter % 180 == 0 else x1 - x0, tuple(segments(glyphs, shift)))


def _by_angle(text_page: ctypes.Structure, count: int) -> tuple[int, list[Glyph], int, int] | None:
    """The glyphs that run in the page's main direction, turned so that they run to the right; marks across (watermarks) fall out."""
    found: list[tuple[int, Glyph]] = []
    bad = total = 0
    blank = False  # between Latin letters the file's own blank counts, elsewhere the gap
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    matrix = raw.FS_MATRIX()
    scales: dict[tuple[float, float, float], float] = {}
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text_page, i)
        if code in _BLANKS or raw.FPDFText_IsGenerated(text_page, i) == 1:
            blank = blank or code == 0x20
            continue
        total += 1
        if code == 0 or is_unreadable(code):
            if code in (0x02, 0xFFFE):
                code = 0xAD
            else:
                bad += 1
                code = 0xFFFD
        if not raw.FPDFText_GetCharOrigin(text_page, i, x, y):
            continue
        raw.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
        angle = round(math.degrees(raw.FPDFText_GetCharAngle(text_page, i))) % 360
        size = raw.FPDFText_GetFontSize(text_page, i)
        if raw.FPDFText_GetMatrix(text_page, i, matrix):
            key = (size, matrix.a, matrix.b)
            if key not in scales:
                scales[key] = size * (math.hypot(matrix.a, matrix.b) or 1.0)
            size = scales[key]
        text = f" {chr(code)}" if blank and code < 0x80 else chr(code)
        found.append((angle, _turn(text, angle, x.value, y.value, (left.value, right.value, bottom.value, top.value), size)))
        blank = False
    if not found:
        return None
    main = Counter(angle for angle, _ in found).most_common(1)[0][0]
    return main, [g for angle, g in found if min(abs(angle - main), 360 - abs(angle - main)) <= 3], bad, total


def _turn(text: str, angle: int, x: float, y: float, box: tuple[float, float, float, float], size: float) -> Glyph:
    """One glyph in a frame in which its text runs to the right and y grows downwards."""
    left, right, bottom, top = box
    across = {0: (x, right), 90: (-y, -bottom), 180: (-x, -left), 270: (y, top)}  # pdfium counts angles clockwise
    down = {0: -y, 90: -x, 180: y, 270: x}
    quarter = round(angle / 90) * 90 % 360
    x0, x1 = across[quarter]
    if ord(text[-1]) >= HAN:
        x1 = max(x1, x0 + 0.92 * size)
    return plain(text), x0, max(x0, x1), down[quarter], size


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Images cover most of the page."""
    area = page.get_width() * page.get_height()
    covered = 0.0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        covered += abs((x1 - x0) * (y1 - y0))
    return bool(covered > 0.4 * area)
