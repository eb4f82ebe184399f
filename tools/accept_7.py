"""The acceptance figures of issue 7, from a run of the real commands and the audits: python tools/accept_7.py --shared ../shared."""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

from acceptance import ROOT, gold_export, gold_score
from duixian.extracting import extract
from duixian.extracting.promises import promises
from duixian.model import Document
from duixian.reading import read_document
from duixian.reading.formats import read_file

AUDITS = ROOT / "docs/audits"
GATES = {"span": 0.86, "kind": 0.82, "quantities": 0.92, "deadlines": 0.95, "topics": 0.80, "commitments": 0.90}
_MILLISECONDS = 5.0  # for a report of 17,000 characters


def gold(shared: Path, work: Path) -> dict[str, float]:
    """F1 of spans, kinds and quantities over the whole gold; both parts are printed."""
    export = gold_export(shared, work)
    found: dict[str, float] = {}
    for part in ("tune", "check", None):
        for line in gold_score(shared, export, "commitments", part).splitlines():
            print(f"gold, {part or 'all'}: {line}")
            if part is None and (match := re.match(r"commitments: (\S+).*F1 ([\d.]+)", line)):
                found[match[1].strip("+")] = float(match[2])
    return found


def rows(name: str) -> list[dict[str, str]]:
    """The rows of an audit."""
    with (AUDITS / f"{name}.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def topics_f1(audit: list[dict[str, str]]) -> float:
    """Micro-F1 of the topics given against those labelled by hand before."""
    counts: Counter[str] = Counter()
    for row in audit:
        labelled, given = (set(filter(None, row[c].split("、"))) for c in ("labelled", "given"))
        counts.update(hit=len(labelled & given), labelled=len(labelled), given=len(given))
    return 2 * counts["hit"] / (counts["labelled"] + counts["given"])


def right(audit: list[dict[str, str]]) -> float:
    """The share of rows found right."""
    return sum(row["verdict"] == "right" for row in audit) / len(audit)


def speed(shared: Path) -> float:
    """Milliseconds of processor time for promises, for each 17,000 characters of a sample of reports."""
    files = sorted((shared / "corpus/reports").rglob("20[12]*.md"))[::60]
    spent, chars = 0.0, 0
    for path in files:
        for document in read_file(path, path.name, None):
            if not isinstance(document, Document):
                continue
            read = read_document(document)
            for report in read.reports:
                measurements = extract(report, read.copy)
                times = []
                for _ in range(3):
                    start = time.process_time()
                    first = promises(report, read.copy, measurements)
                    times.append(time.process_time() - start)
                assert first == promises(report, read.copy, measurements), "numbers must be the same at every reading"
                spent, chars = spent + min(times), chars + len(read.copy.text)
    return 1000 * spent * 17000 / chars


def main() -> None:
    """Print every figure with its gate; exit 1 where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared.resolve()
    with tempfile.TemporaryDirectory() as work:
        scored = gold(shared, Path(work))
    figures = {
        "span": scored["span"],
        "kind": scored["kind"],
        "quantities": scored["quantities"],
        "deadlines": right(rows("deadlines")),
        "topics": topics_f1(rows("topics")),
        "commitments": right(rows("commitments")),
    }
    for name, gate in GATES.items():
        print(f"{name}: {figures[name]:.3f} ({gate} wanted){'' if figures[name] >= gate else '  MISSED'}")
    print(f"speed: {speed(shared):.1f} ms of processor time a report of 17,000 characters ({_MILLISECONDS} wanted)")
    if any(figures[name] < gate for name, gate in GATES.items()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
