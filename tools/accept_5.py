"""The acceptance figures of the panel, each from a run of the real commands: python tools/accept_5.py --shared ../shared.

Parts: gold (score.py panel, targets and plans), registry (size, rarest indicator, freshness of the codebook), corpus (everything built,
every indicator tabled, agreement of editions, doubts by decade), audits (cells read by hand), speed (reading to panel against jieba.lcut).
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from acceptance import DUIXIAN, ROOT, gold_export, gold_score, output_of, run_parts, speed_ratio, whole_corpus
from duixian.registry.indicators import indicator_table

AUDITS = ROOT / "docs/audits"
# Measure of the scorer, figure, wanted at least.
GATES = (
    ("panel: value+unit", "P", 0.975),
    ("panel: value+unit", "R", 0.97),
    ("panel: +comparator, direction", "P", 0.96),
    ("panel: +comparator, direction", "R", 0.955),
    ("targets: numeric items", "F1", 0.96),
    ("targets: sync/ref/qual", "F1", 0.82),
    ("plans: multi-year values", "R", 0.88),
)
DECADES = ("  of which ", "F1", 0.92)
EDITIONS = 0.98
_FIGURES = re.compile(r"(?P<name>.+?)\s+P (?P<P>[\d.]+)\s+R (?P<R>[\d.]+)\s+F1 (?P<F1>[\d.]+)")  # a line of the scorer


def say(what: str, found: float, wanted: float) -> None:
    """Print a figure beside what is wanted."""
    print(f"{what}: {found:.4f} ({wanted:g} wanted){'' if found >= wanted else '  MISSED'}")


def gold(shared: Path, work: Path) -> None:
    """Panel, targets and plans against the annotations."""
    export = gold_export(shared, work)
    for part in ("tune", "check"):
        lines = [*gold_score(shared, export, "panel", part).splitlines(), *gold_score(shared, export, "targets", part).splitlines()]
        scored = {m["name"]: m for line in lines if (m := _FIGURES.match(line))}
        for name, figure, wanted in GATES:
            say(f"gold, {part}: {name} {figure}", float(scored[name][figure]), wanted)
        for name, m in scored.items():
            if name.startswith(DECADES[0]) and name.endswith("0s"):
                say(f"gold, {part}:{name} {DECADES[1]}", float(m[DECADES[1]]), DECADES[2])


def registry(_shared: Path, _work: Path) -> None:
    """The registry's size, and the codebook made from it."""
    known = indicator_table().indicators.values()
    print(f"indicators: {len(known)} (120 wanted), {sum(one.headline for one in known)} of them headline ones")
    print(output_of(sys.executable, ROOT / "tools/build_codebook.py", "--check").strip())


def corpus(shared: Path, work: Path) -> None:
    """Everything built and tabled; the same report in several shapes gives the same panel."""
    whole = whole_corpus(shared)
    store, export = whole.store, work / "all"
    print(f"whole corpus: {whole.reports} reports built in {whole.seconds:.0f} s, {whole.errors} exceptions")
    ids = ",".join(indicator_table().indicators)
    output_of(DUIXIAN, "table", store, "--indicator", ids, "--format", "csv", "-o", work / "all.csv")
    with (work / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        print(f"every indicator tabled: {sum(1 for _ in csv.reader(file)) - 1} rows")
    print(output_of(DUIXIAN, "flags", store, "--format", "csv").strip())
    output_of(DUIXIAN, "export", store, "--format", "jsonl", "-o", export, "--tables", "panel,reports")
    for line in output_of(sys.executable, shared / "tools/agreement.py", "--pred", export).splitlines():
        if match := re.search(r"(.*) agree ([\d.]+)", line):
            say(f"editions agree: {' '.join(match[1].split())}", float(match[2]), EDITIONS)
    faults = [r["fault"] for r in _rows("agreement")]
    print(f"disagreements read: {len(faults)}, " + ", ".join(f"{f} {faults.count(f)}" for f in sorted(set(faults))))


def audits(_shared: Path, _work: Path) -> None:
    """Cells that were read against their sentences, and cells that are empty."""
    for name, wanted in (("panel", 0.97), ("empty", 0.95), ("flags", 0.0)):
        rows = _rows(name)
        if not rows:
            print(f"docs/audits/{name}.csv is not there  MISSED")
            continue
        groups = sorted({r.get("kind", "") for r in rows})
        for group in groups:
            some = [r for r in rows if r.get("kind", "") == group]
            right = sum(r["verdict"] == "right" for r in some)
            say(f"{name}.csv {group}: {right} of {len(some)} right", right / len(some), 0.95 if group == "empty" else wanted)


def _rows(name: str) -> list[dict[str, str]]:
    path = AUDITS / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def speed(shared: Path, _work: Path) -> None:
    """Reading to panel beside jieba.lcut on the same text, one worker."""
    say("reading to panel, times as fast as jieba.lcut", speed_ratio(shared, "reading to panel"), 1.0)


if __name__ == "__main__":
    run_parts(__doc__ or "", "5", {"gold": gold, "registry": registry, "audits": audits, "speed": speed, "corpus": corpus})
