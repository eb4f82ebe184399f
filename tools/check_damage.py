"""What each kind of damage costs: real reports are read clean and damaged, and identity, outline and five indicators compared.

    python tools/check_damage.py --shared ../shared [--reports 60]

The damage is put in by the tests' generator. The outline is compared character by character over the Han characters both texts keep.
Two kinds destroy what a figure is read from (its digits, its unit, the indicator's name): there some figures are not in the text any
more, and reading them would be guessing. They are printed apart, with the share of figures that changed their value (it must be none),
and only identity and outline count for the exit status.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "reading"))
from damaging import KINDS, LOSING, PUT_IN  # the tests' own generator

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


def see(text: str, put_in: re.Pattern[str] | None = None) -> Seen:
    """Read a text as a document; stretches that ``put_in`` finds are no part of the report."""
    result = read_document(Document("0" * 64, "a.md", text))
    identity = tuple((r.region_id, r.year) for r in result.reports)
    return Seen(identity, _roles(text, result, put_in), _cells(result))


def _roles(text: str, result: ReadResult, put_in: re.Pattern[str] | None = None) -> tuple[str, ...]:
    painted = ["-"] * len(text)
    for report in result.reports:
        for section in sorted(report.sections, key=lambda s: s.level):
            role = section.role.removesuffix("_term") if section.role == "tasks_term" else section.role
            painted[section.start : section.end] = [role] * (section.end - section.start)
    for match in put_in.finditer(text) if put_in else ():
        painted[match.start() : match.end()] = [""] * (match.end() - match.start())
    return tuple(painted[m.start()] for m in _KEPT.finditer(text) if m.group() not in _CHANGED and painted[m.start()])


def _cells(result: ReadResult) -> frozenset[tuple[str, str, str, float | None, float | None, str | None]]:
    return frozenset(
        (m.indicator or "", m.role, m.comparator, m.canonical_low, m.canonical_high, m.canonical_unit)
        for report in result.reports
        for reading in choose(report, extract(report, result.copy))
        if reading.chosen and (m := reading.measurement).indicator in FIVE
    )


@dataclass(frozen=True, slots=True)
class Loss:
    """What a kind of damage leaves: shares of texts, characters and cells that are read as before, of cells with another value."""

    identity: float
    outline: float
    texts: int
    cells: float
    changed: float


def compare(clean: list[Seen], hurt: list[Seen]) -> Loss:
    """Compare the readings of clean and damaged texts, pair by pair."""
    pairs = list(zip(clean, hurt, strict=True))
    whole = [(a.roles, b.roles) for a, b in pairs if len(a.roles) == len(b.roles)]
    same = sum(x == y for a, b in whole for x, y in zip(a, b, strict=True))
    either = sum(len(a.cells | b.cells) for a, b in pairs)
    changed = sum(len({c[:2] for c in b.cells - a.cells} & {c[:2] for c in a.cells}) for a, b in pairs)
    return Loss(
        sum(a.identity == b.identity for a, b in pairs) / len(pairs),
        same / max(1, sum(len(a) for a, _ in whole)),
        len(whole),
        sum(len(a.cells & b.cells) for a, b in pairs) / max(1, either),
        changed / max(1, sum(len(a.cells) for a, _ in pairs)),
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
        loss = compare(clean, [see(harm(t, draw), PUT_IN.get(name)) for t in texts])
        figures = 1 - loss.changed if name in LOSING else loss.cells
        low = min(loss.identity, loss.outline, figures) < LEAST
        bad |= low
        note = f"  (figures lost with the text; changed {loss.changed:.4f})" if name in LOSING else ""
        print(
            f"{name:22s} identity {loss.identity:.4f}  outline {loss.outline:.4f} ({loss.texts} texts)  "
            f"five indicators {loss.cells:.4f}{note}{'  <-' if low else ''}"
        )
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
