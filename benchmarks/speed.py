"""Speed of reading (repair, splitting, identity, outline), extracting and choosing the panel's cells.

Each as a ratio to jieba.lcut on the same text in the same run.

    python benchmarks/speed.py --shared ../shared [--every 10]

One worker; three rounds, each over all of the stated input; the median ratio is printed with each round's figures. Seconds are those of
the processor, not of the clock, so that other work on the machine disturbs the ratios less.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from duixian.extracting import extract
from duixian.model import Document
from duixian.reading import read_document
from duixian.reading.formats import read_file
from duixian.settling.headline import choose

ROUNDS = 3


def documents(shared: Path, every: int) -> list[Document]:
    """Every ``every``-th report file of the corpus, and the seeds."""
    files = sorted((shared / "corpus/reports").rglob("*.md"))[::every] + sorted((shared / "corpus/seeds").glob("*.txt"))
    return [d for f in files for d in read_file(f, f.name) if isinstance(d, Document)]


def _cut(documents: list[Document]) -> None:
    for document in documents:
        jieba.lcut(document.text)


def _read(documents: list[Document]) -> None:
    for document in documents:
        read_document(document)


def _read_and_extract(documents: list[Document]) -> None:
    for document in documents:
        result = read_document(document)
        for report in result.reports:
            extract(report, result.copy)


def _read_to_panel(documents: list[Document]) -> None:
    for document in documents:
        result = read_document(document)
        for report in result.reports:
            choose(report, extract(report, result.copy))


def seconds(work: Callable[[list[Document]], None], documents: list[Document]) -> float:
    """The processor's seconds for one pass."""
    start = time.process_time()
    work(documents)
    return time.process_time() - start


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--every", type=int, default=10, help="take every n-th report file (default 10)")
    args = parser.parse_args()
    sample = documents(args.shared, args.every)
    characters = sum(len(d.text) for d in sample)
    jieba.setLogLevel(60)
    jieba.initialize()
    read_document(sample[0])
    print(f"input: {len(sample)} documents, {characters / 1e6:.2f} M characters; {ROUNDS} rounds, one worker")
    steps = {"reading, repair and outline": _read, "reading to measurements": _read_and_extract, "reading to panel": _read_to_panel}
    ratios: dict[str, list[float]] = {name: [] for name in steps}
    for n in range(1, ROUNDS + 1):
        cut = seconds(_cut, sample)
        spent = {name: seconds(step, sample) for name, step in steps.items()}
        print(f"round {n}: jieba.lcut {cut:.2f} s, " + ", ".join(f"{name} {s:.2f} s" for name, s in spent.items()))
        for name, s in spent.items():
            ratios[name].append(cut / s)
    for name, found in ratios.items():
        print(f"{name}: {statistics.median(found):.2f} x jieba.lcut (median of {ROUNDS})")


if __name__ == "__main__":
    main()
