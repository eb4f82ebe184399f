"""Count in how many clauses each pair of Han characters stands, and write the table that weighs shared words (data/bigrams.txt).

Usage: python tools/build_bigrams.py --shared ../shared [--every 5]

A line is a weight class: ten times the natural logarithm of (clauses / clauses with the pair), then all pairs of that class in one run.
Pairs that stand in fewer clauses than ``--least`` are left out: they weigh as much as the heaviest class.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

CLAUSE = re.compile(r"[，。；：！？、,;:!?\n（）()“”]+")
HAN = re.compile("[\u4e00-\u9fff]+")
CLASSES = 4  # weight classes to the unit


def count(paths: list[Path]) -> tuple[int, Counter[str]]:
    """How many clauses there are, and in how many each pair stands.

    Args:
        paths: text files.
    """
    total, found = 0, Counter[str]()
    for path in paths:
        for clause in CLAUSE.split(re.sub(r"[ \t\u3000]", "", path.read_text(encoding="utf8"))):
            runs = HAN.findall(clause)
            if runs:
                total += 1
                found.update({run[i : i + 2] for run in runs for i in range(len(run) - 1)})
    return total, found


def write(path: Path, total: int, found: Counter[str], least: int) -> int:
    """Write the table; returns the number of pairs.

    Args:
        path: where to.
        total: number of clauses.
        found: clauses with each pair.
        least: pairs in fewer clauses are left out.
    """
    classes: dict[int, list[str]] = defaultdict(list)
    for pair, n in found.items():
        if n >= least:
            classes[round(CLASSES * math.log(total / n))].append(pair)
    lines = [f"{level / CLASSES:.2f} {''.join(sorted(classes[level]))}" for level in sorted(classes)]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return sum(map(len, classes.values()))


def main() -> None:
    """Read the corpus and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpus/")
    parser.add_argument("--every", type=int, default=4, help="read every nth report")
    parser.add_argument("--least", type=int, default=60, help="clauses that a pair must stand in")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "src/duixian/data/bigrams.txt")
    options = parser.parse_args()
    paths = sorted((options.shared / "corpus/reports").rglob("*.md"))[:: options.every]
    total, found = count(paths)
    pairs = write(options.out, total, found, options.least)
    print(f"{len(paths)} reports, {total} clauses, {pairs} of {len(found)} pairs kept")


if __name__ == "__main__":
    main()
