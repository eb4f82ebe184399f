"""What the acceptance scripts share: the annotated reports built, exported and scored, and the choice among a script's parts."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from duixian.store.versions import generation_version, stage_versions

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


def speed_ratio(shared: Path, work: str) -> float:
    """How many times as fast as jieba.lcut a piece of work is, by benchmarks/speed.py (the median of three rounds).

    Args:
        shared: the folder of the corpus.
        work: as the benchmark names it, such as "reading to panel".
    """
    told = output_of(sys.executable, ROOT / "benchmarks/speed.py", "--shared", shared, "--every", "25")
    line = next(line for line in told.splitlines() if line.startswith(f"{work}: "))
    return float(line.removeprefix(f"{work}: ").split()[0])


class Peak(threading.Thread):
    """The largest sum of proportional set sizes of a process and its children, sampled five times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.process, self.mib = psutil.Process(pid), 0.0

    def run(self) -> None:
        """Sample until the process is gone."""
        while True:
            try:
                family = [self.process, *self.process.children(recursive=True)]
                self.mib = max(self.mib, sum(p.memory_full_info().pss for p in family) / 2**20)
            except psutil.Error:
                if not self.process.is_running() or self.process.status() == psutil.STATUS_ZOMBIE:
                    return
            time.sleep(0.2)


@dataclass(frozen=True, slots=True)
class WholeCorpus:
    """A store of the whole corpus, and what its build from nothing took.

    Attributes:
        store: its folder.
        seconds: time of the build; settling and following: of these parts of it.
        peak_mib: largest memory of the build and its workers together.
        documents, reports, rejected, failures, errors: what was built.
    """

    store: Path
    seconds: float
    settling: float
    following: float
    peak_mib: float
    documents: int
    reports: int
    rejected: int
    failures: int
    errors: int


def whole_corpus(shared: Path) -> WholeCorpus:
    """The store of the whole corpus in .accept/, which the scripts share; built from nothing where this code has not built it yet."""
    folder = ROOT / ".accept"
    store, told = folder / "all.store", folder / "all.json"
    versions = {**{str(stage): version for stage, version in stage_versions().items()}, "generation": generation_version()}
    kept = json.loads(told.read_text(encoding="utf8")) if told.exists() else {}
    if kept.pop("versions", None) != versions or not store.exists():
        shutil.rmtree(store, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        child = subprocess.Popen([sys.executable, str(ROOT / "tools/whole_corpus.py"), str(shared / "corpus"), str(store), str(told)])
        peak = Peak(child.pid)
        peak.start()
        if child.wait():
            raise SystemExit(f"the build of {shared / 'corpus'} ended with status {child.returncode}")
        kept = {**json.loads(told.read_text(encoding="utf8")), "peak_mib": peak.mib}
        told.write_text(json.dumps({**kept, "versions": versions}, indent=1), encoding="utf8")
    return WholeCorpus(store=store, **kept)


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
