"""The acceptance of the site: python tools/accept_10.py --shared ../shared [--store STORE].

Runs the site's tests (clicks with and without JavaScript, axe, generated requests, hostile parameters, rebuilds), looks that the pictures
of the README and the notes on looks are there and that the scores are those of the facts, and puts the open-loop load on the store of the
whole corpus that the scripts share.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from acceptance import ROOT, whole_corpus

PICTURES = 5
# A picture of the README. Matches "![首页](docs/img/home.png)"; not a link to a page.
PICTURE = re.compile(r"!\[[^\]]*\]\((docs/img/[\w-]+\.png)\)")


def step(name: str, command: list[str]) -> bool:
    """Run a command with its output shown; whether it went well."""
    print(f"== {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def pictures() -> bool:
    """Whether five pictures of the site and the notes on its looks are there."""
    found = [ROOT / p for name in ("README.md", "README.zh.md", "README.en.md") if (ROOT / name).exists() for p in
             PICTURE.findall((ROOT / name).read_text(encoding="utf-8"))]  # fmt: skip
    there = {p for p in found if p.exists()}
    missing = [str(p) for p in found if not p.exists()]
    looked = (ROOT / "docs" / "audits" / "looks.md").exists()
    print(f"== pictures in the README: {len(there)} of {PICTURES}; missing files: {missing or 'none'}; looks.md: {looked}")
    return len(there) >= PICTURES and not missing and looked


def main() -> None:
    """Run all steps; exit 1 where one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--store", help="a store of the whole corpus, in place of the one that the scripts share")
    given = parser.parse_args()
    done = {
        "tests": step("tests of the site", [sys.executable, "-m", "pytest", "tests/site", "-q"]),
        "pictures": pictures(),
        "scores": step("the scores of /data/quality are the facts'", [sys.executable, "tools/site_scores.py", "--check"]),
        "load": step(
            "load", [sys.executable, "benchmarks/load.py", str(given.store or whole_corpus(given.shared.resolve()).store), "--check"]
        ),
    }
    print("; ".join(f"{name} {'good' if good else 'NOT good'}" for name, good in done.items()))
    sys.exit(0 if all(done.values()) else 1)


if __name__ == "__main__":
    main()
