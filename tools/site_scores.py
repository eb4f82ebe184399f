"""Make the table of the page /data/quality from the error rates of the facts: python tools/site_scores.py [--facts facts] [--check].

`make facts` measures the error rates on the annotated reports; this takes the ones by layer and decade into the package, with their date.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "src" / "duixian" / "serving" / "site"
# The line of the table's date. Matches 'date = "2026-01-31"'; not 'command = "date"'.
DATE = re.compile(r'^date = "[^"]*"$', re.MULTILINE)


def scores(facts: Path) -> bytes:
    """The rows by layer and decade, as they stand in the package."""
    rows = list(csv.DictReader((facts / "error_rates.csv").read_text(encoding="utf-8-sig").splitlines()))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if not row["rule"])
    return ("\ufeff" + out.getvalue()).encode()


def about(facts: Path) -> bytes:
    """What is told of them, with the date of the facts."""
    date = json.loads((facts / "facts.json").read_text(encoding="utf-8"))["date"]
    return DATE.sub(f'date = "{date}"', (SITE / "scores.toml").read_text(encoding="utf-8")).encode()


def main() -> None:
    """Write the table, or say whether it is the facts'."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=Path, default=ROOT / "facts")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the table is another")
    given = parser.parse_args()
    made = {SITE / "scores.csv": scores(given.facts), SITE / "scores.toml": about(given.facts)}
    differ = [path for path, data in made.items() if path.read_bytes() != data]
    if not given.check:
        for path in differ:
            path.write_bytes(made[path])
    print(f"{'differs' if given.check else 'written'}: {', '.join(p.name for p in differ)}" if differ else "as the facts have it")
    sys.exit(1 if given.check and differ else 0)


if __name__ == "__main__":
    main()
