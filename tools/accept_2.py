"""The acceptance figures of issue 2 (who speaks, for which year, what each part is): python tools/accept_2.py --shared ../shared."""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from acceptance import ROOT, gold_export, gold_score, output_of


def gold(shared: Path) -> None:
    """Reports, fields, refusals, sections, livelihood items on both parts of the gold."""
    with tempfile.TemporaryDirectory() as work:
        export = gold_export(shared, Path(work))
        for part in ("tune", "check"):
            for layer in ("reports", "sections"):
                for line in gold_score(shared, export, layer, part).splitlines():
                    print(f"{part}: {line}")


def audit() -> None:
    """The shares of right borders in the committed readings: forty reports of the whole corpus, and early ones apart."""
    for name, wanted in (("outline", ", 0.95 wanted"), ("outline_early", "; early reports apart")):
        rows = list(csv.DictReader((ROOT / f"docs/audits/{name}.csv").open(encoding="utf8")))
        right = Counter(r["verdict"] for r in rows)["right"]
        reports = len({r["source"] for r in rows})
        print(f"docs/audits/{name}.csv: {reports} reports, {right} of {len(rows)} borders right ({right / len(rows):.3f}{wanted})")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared.resolve()
    gold(shared)
    print(output_of(sys.executable, "tools/check_truth.py", "--shared", shared).strip())
    audit()
    subprocess.run([sys.executable, "tools/check_damage.py", "--shared", str(shared)], check=False, cwd=ROOT)
    print(output_of(sys.executable, "benchmarks/speed.py", "--shared", shared, "--every", "20").strip())


if __name__ == "__main__":
    main()
