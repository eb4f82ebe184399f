"""What each kind of damage costs: real reports are read clean and damaged, and identity, outline and five indicators compared.

    python tools/check_damage.py --shared ../shared [--reports 60]

The damage is put in by the tests' generator. The outline is compared character by character over the Han characters both texts keep.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "reading"))
from damaging import KINDS  # the tests' own generator

from duixian.extracting import extract
from duixian.model import Document
from duixian.reading import ReadResult, read_document
from duixian.settling.headline import choose

FIVE = ("gdp.growth", "cpi.growth", "jobs_new.level", "unemployment_surveyed.level", "budget_revenue.growth")
_FRONT_MATTER = re.compile(r"\A\s{0,4}---\n.{0,8000}?\n---(?:\n|\Z)", re.S)
_KEPT = re.compile(r"[\u4e00-\u9fff?]")  # a lost character stands as a half-width question mark
_CHANGED = frozenset("和等")  # words that a kind of damage replaces
LEAST = 0.99


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a report: who and when, the role of each kept character, the cells of five indicators."""

    identity: tuple[tuple[str, int], ...]
    roles: tuple[str, ...]
    cells: frozenset[tuple[str, str, str, float | None, float | None, str | None]]


def see(text: str) -> Seen:
    """Read a text as a document."""
    result = read_document(Document("0" * 64, "a.md", text))
    identity = tuple((r.region_id, r.year) for r in result.reports)
    return Seen(identity, _roles(text, result), _cells(result))


def _roles(text: str, result: ReadResult) -> tuple[str, ...]:
    painted = ["-"] * len(text)
    for report in result.reports:
        for section in sorted(report.sections, key=lambda s: s.level):
            role = section.role.removesuffix("_term") if section.role == "tasks_term" else section.role
            painted[section.start : section.end] = [role] * (section.end - section.start)
    return tuple(painted[m.start()] for m in _KEPT.finditer(text) if m.group() not in _CHANGED)


def _cells(result: ReadResult) -> frozenset[tuple[str, str, str, float | None, float | None, str | None]]:
    return frozenset(
        (m.indicator or "", m.role, m.comparator, m.canonical_low, m.canonical_high, m.canonical_unit)
        for report in result.reports
        for reading in choose(report, extract(report, result.copy))
        if reading.chosen and (m := reading.measurement).indicator in FIVE
    )


def main() -> int:
    """Print a line for each kind; the exit status is 1 where one costs more than a point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=60)
    args = parser.parse_args()
    files = Random(11).sample(sorted((args.shared / "corpus/reports").rglob("*.md")), args.reports)
    texts = [_FRONT_MATTER.sub("", f.read_text(encoding="utf8"), count=1).strip() for f in files]
    clean = [see(t) for t in texts]
    bad = False
    print(f"{len(texts)} reports, {sum(len(c.cells) for c in clean)} cells")
    for name, harm in KINDS.items():
        draw = Random(5)
        hurt = [see(harm(t, draw)) for t in texts]
        identity = sum(a.identity == b.identity for a, b in zip(clean, hurt, strict=True)) / len(texts)
        pairs = [(a.roles, b.roles) for a, b in zip(clean, hurt, strict=True) if len(a.roles) == len(b.roles)]
        same = sum(x == y for a, b in pairs for x, y in zip(a, b, strict=True)) / max(1, sum(len(a) for a, _ in pairs))
        cells = sum(len(a.cells & b.cells) for a, b in zip(clean, hurt, strict=True)) / sum(
            len(a.cells | b.cells) for a, b in zip(clean, hurt, strict=True)
        )
        low = min(identity, same, cells) < LEAST
        bad |= low
        loss = "  <-" if low else ""
        print(f"{name:22s} identity {identity:.4f}  outline {same:.4f} ({len(pairs)} texts)  five indicators {cells:.4f}{loss}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
