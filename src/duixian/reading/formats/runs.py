"""Single characters with a place to pieces of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from duixian.reading.formats.columns import Segment

HAN = 0x2E80  # characters from here on are as wide as they are high
Glyph = tuple[str, float, float, float, float]  # text (with the file's own blank before it), x0, x1, baseline (downwards), size


def segments(glyphs: Iterable[Glyph], shift: float) -> Iterator[Segment]:
    """Runs of glyphs on one baseline without a wide gap, in the order in which the file draws them."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield _segment(run, shift)
            run = []
        if run and _overprinted(run[-1], glyph):
            continue
        run.append(glyph)
    if run:
        yield _segment(run, shift)


def _follows(before: Glyph, glyph: Glyph) -> bool:
    size = max(before[4], glyph[4])
    return (
        abs(glyph[3] - before[3]) < 0.35 * size and -0.6 * size < glyph[1] - before[2] < 1.6 * size and glyph[1] >= before[1] - 0.3 * size
    )


def _overprinted(before: Glyph, glyph: Glyph) -> bool:
    """The same character drawn again at the same place to look bold."""
    return before[0] == glyph[0] and abs(before[1] - glyph[1]) < 0.15 * glyph[4]


def _segment(run: list[Glyph], shift: float) -> Segment:
    parts = [run[0][0].lstrip()]
    for before, glyph in pairwise(run):
        latin = glyph[0].isascii() and before[0].isascii()
        gap = glyph[1] - before[2] > (0.18 if latin else 0.6) * glyph[4]
        letter = glyph[0].lstrip()
        parts.append(f" {letter}" if gap or (latin and letter != glyph[0]) else letter)
    sizes = sorted(g[4] for g in run)
    return Segment("".join(parts), run[0][1], max(g[2] for g in run), run[0][3] + shift, sizes[len(sizes) // 2])
