"""Headers, footers and page numbers: what stands at the same place of many pages is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from duixian.reading.formats.columns import Segment

_EDGE_BANDS = 3  # so many lines at the top and at the bottom are looked at
_DIGITS = re.compile(r"[0-9０-９]+|[ \u3000]+")
# A page number alone on its line. Matches "— 12 —", "第3页 共20页", "3/20", "- 4 -"; not "2024年", "12.5".
_NUMBER = re.compile(r"[—－\-·~～]{0,2}(?:第)?\d{1,4}(?:页)?[—－\-·~～]{0,2}(?:[/／,，]?(?:共)?\d{1,4}页?)?\Z")

Band = list[Segment]


def without_furniture(pages: Sequence[tuple[float, Sequence[Segment]]]) -> list[list[Segment]]:
    """The pieces of each page that are text.

    Args:
        pages: for each page its height in points and its pieces.
    """
    bands = [_bands(segments) for _, segments in pages]
    drop: set[tuple[int, int]] = set()  # page, id of the band's place
    for edge in (range(_EDGE_BANDS), range(-1, -1 - _EDGE_BANDS, -1)):
        alive = [n for n, b in enumerate(bands) if len(b) > 1 or _single(b)]
        for place in edge:
            found = _repeated(bands, alive, place)
            lone = [n for n in alive if n not in found and _is_margin(bands[n], place, pages[n][0])]
            alive = [n for n in alive if n in found or n in lone]
            drop |= {(n, place % len(bands[n])) for n in alive}
            alive = [n for n in alive if len(bands[n]) > abs(place) + 1]
    return [[s for place, band in enumerate(page) if (n, place) not in drop for s in band] for n, page in enumerate(bands)]


def _single(bands: list[Band]) -> bool:
    return bool(bands) and bool(_NUMBER.match(_key(bands[0], keep=True)))


def _bands(segments: Sequence[Segment]) -> list[Band]:
    """Lines across the whole page, from top to bottom."""
    bands: list[Band] = []
    for s in sorted(segments, key=lambda s: s.y):
        if bands and s.y - bands[-1][0].y < 0.4 * max(s.size, bands[-1][0].size):
            bands[-1].append(s)
        else:
            bands.append([s])
    return bands


def _key(band: Band, *, keep: bool = False) -> str:
    text = "".join(s.text for s in sorted(band, key=lambda s: s.x0))
    return text.replace(" ", "").replace("\u3000", "") if keep else _DIGITS.sub(lambda m: "" if m.group().isspace() else "#", text)


def _repeated(bands: list[list[Band]], alive: list[int], place: int) -> set[int]:
    """The pages whose band at ``place`` says, but for digits, what it says at the same height on enough other pages."""
    keys = {n: (_key(bands[n][place]), round(bands[n][place][0].y / 4)) for n in alive if len(bands[n]) > 1}
    counts = Counter(keys.values())
    near: Counter[tuple[str, int]] = Counter()
    for (text, y), count in counts.items():
        near[text, y] = count + counts.get((text, y - 1), 0) + counts.get((text, y + 1), 0)
    enough = max(2, 0.25 * len(bands))
    found = {n for n, key in keys.items() if near[key] >= enough}
    return found | _running_heads(bands, alive, place, enough)


def _running_heads(bands: list[list[Band]], alive: list[int], place: int, enough: float) -> set[int]:
    """Heads that change with the chapter: small type at one height on most pages, apart from the text."""
    body = [s.size for page in bands for band in page for s in band]
    if not body or len(bands) < 4:
        return set()
    usual = median(body)
    inward = 1 if place >= 0 else -1
    small: dict[int, int] = {}
    for n in alive:
        if len(bands[n]) < 4:
            continue
        band, beside = bands[n][place], bands[n][place + inward]
        if max(s.size for s in band) < 0.92 * usual and abs(beside[0].y - band[0].y) > 1.8 * usual:
            small[n] = round(band[0].y / 4)
    counts = Counter(small.values())
    return {n for n, y in small.items() if counts[y] >= max(enough, 0.6 * len(bands))}


def _is_margin(bands: list[Band], place: int, height: float) -> bool:
    """What a page alone tells: a page number at the edge, or small type in the outermost margin, apart from the text."""
    if len(bands) < 2:
        return False
    band, beside = bands[place], bands[place + (1 if place >= 0 else -1)]
    y, size, next_size = band[0].y, max(s.size for s in band), max(s.size for s in beside)
    if abs(y - beside[0].y) < 1.6 * max(size, next_size):
        return False
    if _NUMBER.match(_key(band, keep=True)):
        return y > 0.88 * height or y < 0.1 * height
    return size < 0.85 * next_size and (y > 0.95 * height or y < 0.05 * height)
