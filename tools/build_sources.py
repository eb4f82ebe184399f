"""Make src/duixian/data/sources.csv from the front matter of a corpus: python tools/build_sources.py CORPUS

Kept are http(s) addresses of government sites (*.gov.cn). Whose report a page is, its text says, whatever its path says. An address that
stands over several reports is left out; of several addresses of one report the fullest and least doubtful text's is kept.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from duixian.model import Document, Report
from duixian.reading import read_document
from duixian.reading.formats import find_files, front_matter, read_file

OUT = Path(__file__).resolve().parent.parent / "src" / "duixian" / "data" / "sources.csv"
OFFICIAL = ".gov.cn"
DOUBTFUL = {"title_year_differs", "path_year_differs", "truncated", "web_noise"}


def official(url: str | None) -> bool:
    """Whether an address is a plain one of a government site."""
    parts = urlsplit(url or "")
    return parts.scheme in ("http", "https") and (parts.hostname or "").endswith(OFFICIAL) and not parts.username


def reports(corpus: Path) -> list[Report]:
    """The reports below a folder whose front matter gives an official address."""
    found: list[Report] = []
    for path in find_files([corpus]):
        if not isinstance(path, Path) or path.suffix != ".md" or not official(front_matter(path.read_text("utf-8")).get("source")):
            continue
        for document in read_file(path, path.relative_to(corpus).as_posix()):
            if isinstance(document, Document):
                found += read_document(document).reports
    return found


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=OUT)
    options = parser.parse_args()
    found = reports(options.corpus)
    times = Counter(r.url for r in found)
    best: dict[tuple[str, int], tuple[tuple[bool, bool, int], Report]] = {}
    for r in found:
        rank = (r.kind == "full", not DOUBTFUL & set(r.flags), r.end - r.start)
        key = (r.region_id, r.year)
        if times[r.url] == 1 and not r.sample and (key not in best or rank > best[key][0]):
            best[key] = (rank, r)
    with options.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("region_id", "region", "year", "url"))
        writer.writerows((region_id, r.region, year, r.url) for (region_id, year), (_, r) in sorted(best.items()))
    print(f"{options.output}: {len(best)} addresses")


if __name__ == "__main__":
    main()
