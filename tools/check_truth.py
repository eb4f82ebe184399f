"""Tell region and year of every report of a shared corpus from its body alone, and list the misses with the words that decided.

    python tools/check_truth.py --shared ../shared [--every 10]

Reads ``gold/truth.csv`` (path, region, year) and ``corpus/reports`` below the shared folder. Each report is read as if it lay
under a neutral name in one flat folder, without its front matter.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from duixian.model import Hints
from duixian.reading.identity import identify
from duixian.reading.repair import repair
from duixian.reading.split import split

_FRONT_MATTER = re.compile(r"\A\s{0,4}---\n.{0,8000}?\n---(?:\n|\Z)", re.S)


@dataclass(frozen=True, slots=True)
class Miss:
    """A report whose region or year was told wrongly, or that was not told to be one report."""

    path: str
    wanted: str
    told: str
    reasons: tuple[str, ...]


def check(path: Path, region: str, year: int, number: int) -> Miss | None:
    """The miss of one report; none where it is right.

    Args:
        path: the Markdown file.
        region: the right region's full name.
        year: the right year.
        number: its place in the list; the file's neutral name.
    """
    copy = repair(_FRONT_MATTER.sub("", path.read_text(encoding="utf-8"), count=1))
    hints = Hints(path=(f"{number:05d}",))
    wanted = f"{region} {year}"
    pieces = [piece for piece in split(copy, hints) if piece.reason is None]
    if len(pieces) != 1:
        return Miss(str(path), wanted, f"{len(pieces)} reports", tuple(p.reason for p in split(copy, hints) if p.reason))
    found = identify(copy, pieces[0].start, pieces[0].end, hints)
    if found is None:
        return Miss(str(path), wanted, "neither region nor year", ())
    return None if (found.region, found.year) == (region, year) else Miss(str(path), wanted, f"{found.region} {found.year}", found.reasons)


def main() -> int:
    """Check the listed reports; the exit status is 1 below the share asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("DUIXIAN_SHARED", "../shared")), help="the shared folder")
    parser.add_argument("--every", type=int, default=1, help="check each n-th row only")
    parser.add_argument("--least", type=float, default=0.995, help="the share that must be right")
    asked = parser.parse_args()
    least: float = asked.least
    with (asked.shared / "gold" / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[:: asked.every]
    began = time.perf_counter()
    checked = [check(asked.shared / "corpus" / "reports" / r["path"], r["region"], int(r["year"]), n) for n, r in enumerate(rows)]
    misses = [miss for miss in checked if miss]
    share = 1 - len(misses) / len(rows)
    print(f"right {len(rows) - len(misses)} of {len(rows)} ({share:.2%}) in {time.perf_counter() - began:.0f} s")
    for miss in misses:
        print(f"{miss.path}: wanted {miss.wanted}, told {miss.told}; {' | '.join(miss.reasons)}")
    return 1 if share < least else 0


if __name__ == "__main__":
    sys.exit(main())
