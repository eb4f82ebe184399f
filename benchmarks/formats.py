"""How long files take to become text, by kind: python benchmarks/formats.py --shared ../shared [--pdf FILE …].

The parser's process is started before the clock; each file is read five times and the median is printed. Text files are read in this
process, all others in the parser's.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from duixian.model import Document
from duixian.reading.formats import read_file

ROUNDS = 5


def milliseconds(path: Path) -> tuple[float, int]:
    """The median time of one reading, and the characters read."""
    took, characters = [], 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        characters = sum(len(d.text) for d in read_file(path, path.name) if isinstance(d, Document))
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took), characters


def main() -> None:
    """Print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--pdf", type=Path, nargs="*", default=[], help="PDF or other files to be timed as well")
    args = parser.parse_args()
    corpus = args.shared / "corpus"
    files = [
        *sorted((corpus / "docx").glob("*.docx")),
        *sorted((corpus / "web").glob("*.csv")),
        *sorted((corpus / "national").glob("*.txt")),
    ]
    milliseconds(files[0])
    for suffix in dict.fromkeys(f.suffix for f in (*files, *args.pdf)):
        timed = [milliseconds(f) for f in (*files, *args.pdf) if f.suffix == suffix]
        total = sum(ms for ms, _ in timed)
        speed = sum(n for _, n in timed) / total / 1000
        print(f"{suffix}: {len(timed)} files, {total / len(timed):.1f} ms a file, {speed:.2f} M characters a second")


if __name__ == "__main__":
    main()
