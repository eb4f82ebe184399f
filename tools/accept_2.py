"""The acceptance figures of issue 2 (who speaks, for which year, what each part is): python tools/accept_2.py --shared ../shared."""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DUIXIAN = Path(sys.executable).with_name("duixian")


def run(*command: object) -> str:
    """The output of a command that must end well."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def gold(shared: Path) -> None:
    """Reports, fields, refusals, sections, livelihood items on both parts of the gold."""
    inputs = run(sys.executable, shared / "tools/gold_inputs").split()
    with tempfile.TemporaryDirectory() as work:
        run(DUIXIAN, "build", *inputs, "-o", f"{work}/gold.store", "--root", shared / "corpus")
        run(DUIXIAN, "export", f"{work}/gold.store", "--format", "jsonl", "-o", f"{work}/out")
        for part in ("tune", "check"):
            for layer in ("reports", "sections"):
                for line in run(
                    sys.executable, shared / "tools/score.py", "--pred", f"{work}/out", "--only", layer, "--part", part
                ).splitlines():
                    print(f"{part}: {line}")


def audit() -> None:
    """The share of right borders in the committed reading of forty reports."""
    rows = list(csv.DictReader((ROOT / "docs/audits/outline.csv").open(encoding="utf8")))
    verdicts = Counter(r["verdict"] for r in rows)
    print(
        f"docs/audits/outline.csv: {len({r['source'] for r in rows})} reports, {verdicts['right']} of {len(rows)} borders right "
        f"({verdicts['right'] / len(rows):.3f}, 0.95 wanted)"
    )


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared.resolve()
    gold(shared)
    print(run(sys.executable, "tools/check_truth.py", "--shared", shared).strip())
    audit()
    subprocess.run([sys.executable, "tools/check_damage.py", "--shared", str(shared)], check=False, cwd=ROOT)
    print(run(sys.executable, "benchmarks/speed.py", "--shared", shared, "--every", "20").strip())


if __name__ == "__main__":
    main()
