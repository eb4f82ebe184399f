"""The acceptance figures of issue 1, each from a run of the real commands: python tools/accept_1.py --shared ../shared."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from acceptance import DUIXIAN, ROOT, Peak, gold_export, gold_score, whole_corpus

FIVE = "gdp.growth,cpi.growth,jobs_new.level,unemployment_surveyed.level,budget_revenue.growth"
KILLS = 10


def run(*args: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A command of duixian, with its output."""
    done = subprocess.run([str(DUIXIAN), *map(str, args)], capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise SystemExit(f"duixian {' '.join(map(str, args))}: exit {done.returncode}\n{done.stderr}")
    return done


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def seeds(shared: Path, work: Path) -> None:
    """78 reports, 29 provinces for 2020, 31 for 2025."""
    store = work / "seeds.store"
    run("build", shared / "corpus/seeds", "-o", store)
    print(f"seeds: {len(rows(run('reports', store, '--all', '--format', 'csv').stdout))} reports (78 wanted)")
    for year, wanted in ((2020, 29), (2025, 31)):
        table = rows(run("table", store, "--year", year, "--level", "province", "--indicator", "gdp.growth", "--format", "csv").stdout)
        print(f"seeds: table of {year}: {len(table)} provinces ({wanted} wanted)")


def gold(shared: Path, work: Path) -> None:
    """The panel's precision and recall on the gold's five indicators."""
    export = gold_export(shared, work)
    for part in ("tune", "check"):
        for line in gold_score(shared, export, "panel", part, "--indicators", FIVE).splitlines()[:2]:
            print(f"gold, {part}: {line}")


def timed_build(store: Path, *inputs: object) -> tuple[float, float, str]:
    """Seconds, peak MiB and the summary of a build."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [str(DUIXIAN), "build", *map(str, inputs), "-o", str(store)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    peak = Peak(child.pid)
    peak.start()
    _, talk = child.communicate()
    seconds = time.perf_counter() - start
    if child.returncode:
        raise SystemExit(f"build of {inputs}: exit {child.returncode}\n{talk}")
    return seconds, peak.mib, talk


def texts(folder: Path) -> dict[str, str]:
    """The source texts of a store, by source."""
    from duixian.store import open_store

    frame = open_store(folder).table("texts")
    return dict(zip(frame["source"], frame["text"], strict=True))


def quote_law(exported: Path, store: Path) -> None:
    """``text[start:end] == quote`` for every row of every table that has a quote."""
    known, broken, checked = texts(store), 0, 0
    for table in sorted(exported.glob("*.jsonl")):
        for line in table.open(encoding="utf8"):
            row = json.loads(line)
            if {"source", "start", "end"} <= row.keys():
                text = known[row["source"]]
                checked += 1
                broken += not 0 <= row["start"] <= row["end"] <= len(text) or (
                    "quote" in row and text[row["start"] : row["end"]] != row["quote"]
                )
    print(f"quote law over the whole corpus: {checked} rows checked, {broken} broken (0 wanted)")


def corpus(shared: Path, work: Path) -> None:
    """The whole corpus: no exception, memory, second build, quote law."""
    whole = whole_corpus(shared)
    store, seconds = whole.store, whole.seconds
    print(f"whole corpus: {seconds:.1f} s, peak {whole.peak_mib:.0f} MiB (1024 at most)")
    print(f"  {whole.documents} documents, {whole.reports} reports, {whole.rejected} rejected, {whole.errors} errors")
    again, _, _ = timed_build(store, shared / "corpus", "--root", shared / "corpus")
    print(f"whole corpus, nothing changed: {again:.2f} s, {again / seconds:.3f} of the first (0.1 at most)")
    run("export", store, "--format", "jsonl", "-o", work / "all")
    failures = [json.loads(line) for line in (work / "all/failures.jsonl").open(encoding="utf8")]
    print(f"whole corpus: {sum('unexpected' in f['reason'] for f in failures)} exceptions (0 wanted), {len(failures)} files not read")
    quote_law(work / "all", store)


def kills(shared: Path, work: Path) -> None:
    """Ten kills at random moments, a reader that watches, and the same rows in the end."""
    from duixian.store import StoreError, open_store

    inputs = [shared / "corpus/seeds", shared / "corpus/web", *sorted((shared / "corpus/reports").rglob("*.md"))[::40]]
    seconds, _, _ = timed_build(work / "calm.store", *inputs)
    store, draw, seen, torn = work / "killed.store", random.Random(7), set(), 0
    for _ in range(KILLS):
        child = subprocess.Popen(
            [str(DUIXIAN), "build", *map(str, inputs), "-o", str(store)],
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(draw.uniform(0.1, seconds * 0.3))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        try:
            seen.add(open_store(store).table("reports").height)
        except StoreError:
            seen.add(0)  # no generation published yet
    torn = len(seen - {0, open_store(work / "calm.store").table("reports").height})
    run("build", *inputs, "-o", store)
    for name in ("calm", "killed"):
        run("export", work / f"{name}.store", "--format", "jsonl", "-o", work / name)
    same = all((work / "calm" / f.name).read_bytes() == f.read_bytes() for f in (work / "killed").glob("*.jsonl"))
    print(f"{KILLS} kills -9, then a rerun: same rows as an undisturbed build: {same}; readers that saw part of a generation: {torn}")


def watching(shared: Path, work: Path) -> None:
    """A reader opened before, during and after a build sees one whole generation each time."""
    from duixian.store import open_store

    store, files = work / "watched.store", sorted((shared / "corpus/reports").rglob("*.md"))[::60]
    run("build", *files[:20], "-o", store)
    before = open_store(store)
    child = subprocess.Popen(
        [str(DUIXIAN), "build", *map(str, files), "-o", str(store)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    during, polls = set(), 0
    while child.poll() is None:
        during.add(open_store(store).table("reports").height)
        polls += 1
    after = open_store(store).table("reports").height
    held = before.table("reports").height
    print(f"reader before {held}, during {sorted(during)} in {polls} openings, after {after} reports: whole: {during <= {held, after}}")


def bad_input(work: Path) -> None:
    """One clear line for each kind of bad input, no traceback, the rest built."""
    folder = work / "bad"
    (folder / "空文件夹").mkdir(parents=True)
    (folder / "空.txt").write_bytes(b"")
    (folder / "二进制.txt").write_bytes(random.Random(1).randbytes(5000))
    (folder / "编码.txt").write_bytes("政府工作报告".encode("utf-16-le")[1:] + b"\x81\xff" * 50)
    (folder / "断链.md").symlink_to(folder / "没有.md")
    (folder / "环").symlink_to(folder)
    shutil.copy(ROOT / "samples/澜州省/2023.md", folder / "好.md")
    done = run("build", folder, "-o", work / "bad.store", check=False)
    built = len(rows(run("reports", work / "bad.store", "--format", "csv").stdout))
    print(f"bad input: exit {done.returncode}, traceback: {'Traceback' in done.stderr}, reports built: {built}")
    for line in done.stderr.strip().splitlines():
        print("  " + line)
    empty = run("build", folder / "空文件夹", "-o", work / "none.store", check=False)
    print(f"a folder with nothing in it: exit {empty.returncode}: {empty.stderr.strip().splitlines()[-1]}")


def main() -> None:
    """Run every part, or those named."""
    parts = {"seeds": seeds, "gold": gold, "watching": watching, "kills": kills, "corpus": corpus}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--only", choices=[*parts, "bad", "speed"])
    args = parser.parse_args()
    shared, work = args.shared.resolve(), ROOT / ".accept/1"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name, part in parts.items():
        if args.only in (None, name):
            part(shared, work)
    if args.only in (None, "bad"):
        bad_input(work)
    if args.only in (None, "speed"):
        subprocess.run([sys.executable, str(ROOT / "benchmarks/speed.py"), "--shared", str(shared)], check=True)
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
