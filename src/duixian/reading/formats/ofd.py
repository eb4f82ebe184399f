"""OFD (GB/T 33190): the characters of its pages with their places, laid out like a PDF's."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from duixian.reading.formats.layout import Page, running_text
from duixian.reading.formats.limits import Limits, check
from duixian.reading.formats.parts import Job, Parsed, Part
from duixian.reading.formats.runs import HAN, Glyph, segments
from duixian.reading.formats.xml import parse_xml
from duixian.reading.formats.zipcheck import open_zip, read_member

_POINTS = 72 / 25.4  # OFD counts in millimetres
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_ofd(job: Job, limits: Limits) -> Iterator[Part]:
    """The text of an OFD file.

    Args:
        job: the file.
        limits: what it may cost.

    Raises:
        ValueError: where it is damaged, too long, or has pages that are pictures.
    """
    with open_zip(job.path, limits) as archive:
        root = _text(_part(archive, "OFD.xml", limits), "DocRoot")
        document = _part(archive, root.lstrip("/"), limits)
        folder = posixpath.dirname(root.lstrip("/"))
        places = [p.get("BaseLoc", "") for p in _all(document, "Page")]
        check("pages", len(places), limits.pages, "pages")
        box = _numbers(_text(document, "PhysicalBox"))
        pages: list[Page] = []
        for n, place in enumerate(places, 1):
            page = _part(archive, place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place), limits)
            glyphs = [g for text in _all(page, "TextObject") if text.get("Visible") != "false" for g in _glyphs(text)]
            if not glyphs and next(_all(page, "ImageObject"), None) is not None:
                raise ValueError(f"page {n} of the OFD file is a picture: save it as PDF, whose pictures are recognised")
            own = _numbers(_text(page, "PhysicalBox")) or box
            pages.append(Page((own[3] if len(own) == 4 else 297.0) * _POINTS, tuple(segments(glyphs, 0.0))))
    text, bounds = running_text(pages)
    if not text.strip():
        raise ValueError("the OFD file holds no text")
    yield Parsed(text, pages=bounds)


def _part(archive: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element:
    data = read_member(archive, posixpath.normpath(name), limits)
    if data is None:
        raise ValueError(f"damaged OFD file: its part {name} is missing; nothing of it was taken")
    return parse_xml(data, limits)


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a local name; makers differ in their namespaces."""
    return (e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname == name)


def _text(root: etree._Element, name: str) -> str:
    found = next(_all(root, name), None)
    return (found.text or "").strip() if found is not None else ""


def _numbers(text: str) -> list[float]:
    try:
        return [float(t) for t in text.split()]
    except ValueError:
        return []


def _deltas(text: str, count: int) -> list[float]:
    """Advances as OFD writes them: ``4.5 4.5`` or ``g 2 4.5``; the last one goes on."""
    tokens, found = text.split(), list[float]()
    at = 0
    while at < len(tokens) and len(found) < count:
        if tokens[at] == "g" and at + 2 < len(tokens):
            found += _numbers(tokens[at + 2]) * min(int(float(tokens[at + 1])), count)
            at += 3
        else:
            found += _numbers(tokens[at])
            at += 1
    return (found + [found[-1] if found else 0.0] * count)[:count]


def _glyphs(element: etree._Element) -> Iterator[Glyph]:
    """The characters of a text object: in its own frame, then turned by its matrix, then moved to its place."""
    boundary = _numbers(element.get("Boundary", ""))
    a, b, c, d, e, f = _numbers(element.get("CTM", "")) or _IDENTITY
    left, top, _, height = boundary if len(boundary) == 4 else (0.0, 0.0, 0.0, 0.0)
    size = float(element.get("Size") or element.get("size") or height)  # some makers forget the capital
    scale = max(abs(a), abs(b)) or 1.0
    x = y = 0.0
    for code in _all(element, "TextCode"):
        text = (code.text or "").strip("\n")
        x, y = float(code.get("X", x)), float(code.get("Y", y))
        across, down = _deltas(code.get("DeltaX", ""), len(text)), _deltas(code.get("DeltaY", ""), len(text))
        for n, character in enumerate(text):
            width = size if ord(character) >= HAN else 0.5 * size
            advance = min(across[n] or width, 1.4 * size)  # a character reaches to the next one, unless there is a gap
            if not character.isspace():
                x0, y0 = left + a * x + c * y + e, top + b * x + d * y + f
                yield character, x0 * _POINTS, (x0 + 0.98 * scale * advance) * _POINTS, y0 * _POINTS, size * scale * _POINTS
            x += across[n] if across[n] else (width if not down[n] else 0.0)
            y += down[n]
