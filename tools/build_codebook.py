"""The codebook of indicators, docs/indicators.md, from the registry and docs/audits/indicators.csv: python tools/build_codebook.py.

With --count STORE the counts are taken anew from a store of the whole corpus; with --check nothing is written, and the exit status is 1
where the page is stale or an indicator is stated in fewer than twenty reports.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from pathlib import Path

from duixian.analysing.registry_tables import Counted, codebook_page
from duixian.registry.indicators import indicator_table, normal
from duixian.store import open_store

ROOT = Path(__file__).resolve().parent.parent
COUNTS = ROOT / "docs/audits/indicators.csv"
PAGE = ROOT / "docs/indicators.md"
LEAST = 20  # reports that must state an indicator
SPELLINGS = 4  # names of a decade that are kept
FIELDS = ("indicator", "reports", "first", "last", "names")


def count(store: Path) -> list[Counted]:
    """How often each indicator is stated in the primary reports of a store, and by which names."""
    table = indicator_table()
    reports: dict[str, set[tuple[str, int]]] = defaultdict(set)
    names: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    with open_store(store) as archive:
        for m in archive.panel():
            if m.sample or m.indicator is None:
                continue
            reports[m.indicator].add((m.region_id, m.year))
            bare = normal(m.name)
            if named := next(table.find(bare), None):
                names[m.indicator][m.year // 10 * 10][bare[named.start :]] += 1
    found = []
    for one in table.indicators:
        stated = reports.get(one, set())
        years = [year for _, year in stated] or [0]
        by_decade = {f"{d}s": tuple(n for n, _ in c.most_common(SPELLINGS)) for d, c in sorted(names[one].items())}
        found.append(Counted(one, len(stated), min(years), max(years), by_decade))
    return found


def write_counts(counted: list[Counted]) -> None:
    """Keep the counts, one indicator a row."""
    with COUNTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        for c in counted:
            writer.writerow((c.indicator, c.reports, c.first, c.last, ";".join(f"{d}:{' '.join(n)}" for d, n in c.names.items())))


def read_counts() -> list[Counted]:
    """The counts that are kept."""
    with COUNTS.open(encoding="utf-8", newline="") as file:
        return [
            Counted(
                r["indicator"],
                int(r["reports"]),
                int(r["first"]),
                int(r["last"]),
                {d: tuple(n.split()) for d, _, n in (part.partition(":") for part in r["names"].split(";") if part)},
            )
            for r in csv.DictReader(file)
        ]


def main() -> None:
    """Write the page, or say what is wrong with it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=Path, metavar="STORE")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    if args.count:
        write_counts(count(args.count))
    counted = read_counts()
    page = codebook_page(counted)
    rare = [f"{c.indicator} ({c.reports})" for c in counted if c.reports < LEAST]
    missing = set(indicator_table().indicators) ^ {c.indicator for c in counted}
    if not args.check:
        PAGE.write_text(page, encoding="utf-8")
    stale = PAGE.read_text(encoding="utf-8") != page
    print(f"{len(counted)} indicators; stated in fewer than {LEAST} reports: {', '.join(rare) or 'none'}; not counted: {len(missing)}")
    if stale or rare or missing:
        raise SystemExit(f"{PAGE.name} is stale" if stale else 1)


if __name__ == "__main__":
    main()
