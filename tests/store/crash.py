"""Kills a real child process that builds a store at random moments, and compares what is left with an undisturbed build.

python tests/store/crash.py INPUT... [--rounds 10] [--seed 1]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duixian.store import TABLES, Generation, StoreError, build, open_store

CHILD = "import sys; from duixian.store import build; build(sys.argv[2:], sys.argv[1], root=sys.argv[2], workers=2)"


@dataclass(frozen=True)
class Round:
    """One kill: when, whether the child was still at work, what a reader then saw, and what the rerun gave."""

    after: float  # seconds
    at: str  # how far the build was
    killed: bool
    seen: str  # old, new, none, or what was wrong
    skipped: int  # documents that the rerun found done
    same: bool  # the rerun's rows are those of an undisturbed build

    @property
    def good(self) -> bool:
        return self.same and self.seen in ("old", "new")


def fingerprint(generation: Generation) -> str:
    """A digest of all rows of all tables."""
    digest = hashlib.sha256()
    for table in TABLES:
        digest.update(repr((table, generation.table(table).rows())).encode())
    return digest.hexdigest()


def crash_rounds(inputs: Sequence[Path], rounds: int, work: Path, seed: int = 1) -> list[Round]:
    """Round by round: a store with one generation, a child that builds another, a kill at a random moment, a look, a rerun.

    Args:
        inputs: files and folders; the store's first generation holds the smallest file of the first folder only.
        rounds: how often.
        work: an empty folder to work in.
        seed: of the random moments.
    """
    rng = random.Random(seed)
    root = inputs[0]
    first = min((p for p in root.rglob("*.md") if p.is_file()), key=lambda p: (p.stat().st_size, str(p)))
    start, whole = work / "start.store", work / "whole.store"
    build([first], start, root=root, workers=1)
    shutil.copytree(start, whole)
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", CHILD, str(whole), *map(str, inputs)], check=True)
    lasts = time.monotonic() - began
    with open_store(start) as a, open_store(whole) as b:
        known = {fingerprint(a): "old", fingerprint(b): "new"}
    segments = sum(1 for _ in (whole / "segments").iterdir())
    moments = [_Moment(int(segments * rng.uniform(0, 1.2)), segments, rng.random() * lasts / 20, rng.random() < 0.5) for _ in range(rounds)]
    return [_round(inputs, start, work / f"round{n}.store", known, moment) for n, moment in enumerate(moments)]


@dataclass(frozen=True)
class _Moment:
    """When to kill: so long after so many segments stand (all: while the generation is made), the child alone or with workers."""

    segments: int
    of: int
    then: float  # seconds
    group: bool

    def wait(self, child: subprocess.Popen[bytes], store: Path) -> None:
        while child.poll() is None and sum(p.suffix == ".parquet" for p in (store / "segments").iterdir()) < min(self.segments, self.of):
            time.sleep(0.005)
        time.sleep(self.then)


def _round(inputs: Sequence[Path], start: Path, store: Path, known: dict[str, str], moment: _Moment) -> Round:
    shutil.copytree(start, store)
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(store), *map(str, inputs)], start_new_session=True)
    began = time.monotonic()
    moment.wait(child, store)
    after = time.monotonic() - began
    killed = child.poll() is None
    if killed:
        os.killpg(child.pid, signal.SIGKILL) if moment.group else child.kill()
    child.wait()
    try:
        with open_store(store) as generation:
            seen = known.get(fingerprint(generation), "a generation that is neither the old nor the new one")
    except StoreError as error:
        seen = str(error)
    summary = build(inputs, store, root=inputs[0], workers=2)
    with open_store(store) as generation:
        same = known.get(fingerprint(generation)) == "new"
    shutil.rmtree(store)
    return Round(after, f"{min(moment.segments, moment.of)} of {moment.of} segments", killed, seen, summary.skipped, same)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        done = crash_rounds([p.absolute() for p in options.inputs], options.rounds, Path(work), options.seed)
    for r in done:
        print(
            f"kill -9 after {r.after:5.2f} s, at {r.at} ({'at work' if r.killed else 'already done'}): reader saw {r.seen}; "
            f"rerun {'same rows' if r.same else 'OTHER ROWS'}, {r.skipped} documents skipped"
        )
    print(f"{sum(r.good for r in done)}/{len(done)} rounds good, {sum(r.killed for r in done)} killed at work")
    return 0 if all(r.good for r in done) else 1


if __name__ == "__main__":
    sys.exit(main())
