"""What the acceptance scripts share: the annotated reports built, exported and scored, and the choice among a script's parts."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DUIXIAN = Path(sys.executable).with_name("duixian")


def output_of(*command: object) -> str:
    """The output of a command that must end well."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def gold_export(shared: Path, work: Path) -> Path:
    """The annotated reports, built and exported.

    Args:
        shared: the folder of the corpus, the annotations and the scorer.
        work: where the store and the export shall stand.

    Returns:
        The folder of the export.
    """
    inputs = output_of(sys.executable, shared / "tools/gold_inputs").split()
    output_of(DUIXIAN, "build", *(ROOT / i for i in inputs), "-o", work / "gold.store", "--root", shared / "corpus")
    output_of(DUIXIAN, "export", work / "gold.store", "--format", "jsonl", "-o", work / "gold")
    return work / "gold"


def gold_score(shared: Path, export: Path, layer: str, part: str | None, *options: str) -> str:
    """What the scorer says of a layer.

    Args:
        shared: the folder of the scorer.
        export: what is scored.
        layer: reports, sections, panel, commitments, settlements or followups.
        part: tune or check; both where it is none.
        options: further options of the scorer.
    """
    chosen = ("--part", part) if part else ()
    return output_of(sys.executable, shared / "tools/score.py", "--pred", export, "--only", layer, *options, *chosen)


def run_parts(about: str, name: str, parts: Mapping[str, Callable[[Path, Path], None]]) -> None:
    """Run every part of a script, or the one that is named on the command line.

    Args:
        about: what the script is for.
        name: of its folder in .accept/, where its stores stand.
        parts: by name; each takes the shared folder and the folder for its stores.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("DUIXIAN_SHARED", "../shared")))
    parser.add_argument("--only", choices=list(parts))
    parser.add_argument("--keep", action="store_true", help=f"Keep the stores in .accept/{name} (the next run goes on from there).")
    asked = parser.parse_args()
    shared, work = asked.shared.resolve(), ROOT / ".accept" / name
    work.mkdir(parents=True, exist_ok=True)
    for part, run in parts.items():
        if asked.only in (None, part):
            run(shared, work)
    if not asked.keep:
        shutil.rmtree(work)
