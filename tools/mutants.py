"""Property tests shown to fail: each seeded mutant is put into a copy of the source, and its test must then fail.

    python tools/mutants.py [--only quotes]

A mutant is one line changed for the worse. That the tests pass on the source as it is, is checked first.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Mutant:
    """A property, the tests that hold it, and a change of the source under which it does not hold."""

    name: str
    property: str
    test: str  # what pytest shall run
    file: str  # below src/duixian
    old: str
    new: str


MUTANTS = (
    Mutant(
        "numerals",
        "notation round trips: a number spelled in Chinese is read as that number",
        "tests/extracting/test_numerals.py",
        "extracting/numerals.py",
        'MYRIADS: Final = {"万": 10_000,',
        'MYRIADS: Final = {"万": 1_000,',
    ),
    Mutant(
        "notations",
        "notation round trips: one amount in another notation has the same value",
        "tests/extracting/test_values.py",
        "extracting/values.py",
        'return Value(start, end, value, value, "%" if first == "百" else "‰")',
        'return Value(start, end, value, value, "‰" if first == "百" else "%")',
    ),
    Mutant(
        "quotes",
        "quote law: text[start:end] == quote",
        "tests/extracting/test_properties.py::test_quotes_and_positions",
        "extracting/measure.py",
        "quote=self.copy.source_text[source_start:source_end],",
        "quote=self.copy.source_text[source_start + 1 : source_end],",
    ),
    Mutant(
        "damage",
        "no crash on random damage",
        "tests/extracting/test_properties.py::test_damage_anywhere_breaks_nothing",
        "extracting/values.py",
        "return None if value is None or value == 0 else",
        "return None if value == 0 else",
    ),
    Mutant(
        "splits",
        "the result does not depend on how files are split",
        "tests/extracting/test_properties.py::test_place_in_the_document_does_not_matter",
        "extracting/report.py",
        "text = copy.text[base:end]",
        "text = copy.text[base:]",
    ),
    Mutant(
        "workers",
        "the result does not depend on the number of processes",
        "tests/store/test_independent.py",
        "store/building.py",
        "in_order = [results[str(path)] for path, _ in files]",
        "in_order = list(results.values())[: -max(0, job.workers - 1) or None]",
    ),
)


def passes(tests: list[str], source: Path) -> bool:
    """Whether tests pass on a copy of the source."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    kept = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, check=False).returncode == 0


def killed(mutant: Mutant, source: Path) -> bool:
    """Whether the mutant's tests fail with it; the source is put right again."""
    path = source / "duixian" / mutant.file
    text = path.read_text(encoding="utf8")
    if text.count(mutant.old) != 1:
        raise SystemExit(f"{mutant.name}: the line to change stands {text.count(mutant.old)} times in {mutant.file}")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf8")
    try:
        return not passes([mutant.test], source)
    finally:
        path.write_text(text, encoding="utf8")


def main() -> None:
    """Check that every property's tests pass as things are and fail with the mutant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=[m.name for m in MUTANTS])
    asked = parser.parse_args()
    chosen = [m for m in MUTANTS if asked.only in (None, m.name)]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        if not passes(sorted({m.test for m in chosen}), source):
            raise SystemExit("the tests fail before anything is changed")
        alive = []
        for mutant in chosen:
            dead = killed(mutant, source)
            print(f"{'killed' if dead else 'ALIVE '}  {mutant.name}: {mutant.property}", flush=True)
            alive += [] if dead else [mutant.name]
    if alive:
        raise SystemExit(f"not noticed: {', '.join(alive)}")


if __name__ == "__main__":
    main()
