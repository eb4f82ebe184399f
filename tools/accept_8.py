"""The acceptance figures of followups, each from a run of the real commands: python tools/accept_8.py --shared ../shared.

Parts: gold (score.py followups on both parts, and the kinds of error left), corpus (everything built, with the time of following up and
what it found), audit (docs/audits/followups.csv: everything that `duixian track` prints for Ningbo 2019, Anhui 2025 and Ningxia 2025, read
against both reports; the rows that the present program gives otherwise are named).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from acceptance import ROOT, gold_export, gold_score, run_parts, whole_corpus
from duixian.analysing.tracking import tracked
from duixian.store import build, open_store

AUDIT = ROOT / "docs/audits/followups.csv"
AUDITED = (("宁波", 2019), ("安徽", 2025), ("宁夏", 2025))
SILENT = "not_mentioned"
_ERROR = re.compile(r"gold (\w+) .*got (?:\['(\w+)'\]|no such promise)")


def gold(shared: Path, work: Path) -> None:
    """Answers found and verdicts, and how many errors of each kind are left."""
    export = gold_export(shared, work)
    for part in ("tune", "check"):
        figures, _, errors = gold_score(shared, export, "followups", part, "--errors", "999").partition("\n== ")
        for line in figures.strip().splitlines():
            print(f"gold, {part}: {line}")
        kinds = Counter(f"{m[1]} -> {m[2] or 'no row'}" for m in _ERROR.finditer(errors.partition("followups: verdict")[2] or errors))
        print(f"gold, {part}: verdicts left wrong: " + (", ".join(f"{kind} {n}" for kind, n in kinds.most_common()) or "none"))


def corpus(shared: Path, _work: Path) -> None:
    """Build and follow up everything."""
    whole = whole_corpus(shared)
    rest = whole.seconds - whole.following
    print(f"whole corpus: {whole.reports} reports in {whole.seconds:.0f} s, {whole.errors} errors; peak {whole.peak_mib:.0f} MiB")
    print(f"following up took {whole.following:.0f} s of it, the rest of the build {rest:.0f} s (less than the build wanted)")
    with open_store(whole.store) as store:
        rows = store.table("followups").unique(["source", "commitment_id"])
    counted = rows.group_by("verdict").len().sort("len", descending=True).rows()
    print(f"promises followed up: {len(rows)}: {', '.join(f'{v} {n}' for v, n in counted)}")


def audit_rows() -> list[dict[str, str]]:
    """The rows of docs/audits/followups.csv."""
    with AUDIT.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def audit(shared: Path, work: Path) -> None:
    """The share of verdicts read by hand that are right, and what the present program gives otherwise than was read."""
    read = audit_rows()
    for what, some in (
        ("non-silent", [r for r in read if r["verdict"] != SILENT]),
        ("silent", [r for r in read if r["verdict"] == SILENT]),
    ):
        right = sum(r["right"] == "yes" for r in some)
        wanted = "; 85% wanted" if what == "non-silent" else ""
        print(f"{what} verdicts read: {right} of {len(some)} right ({right / len(some):.1%}{wanted})")
    folder = shared / "corpus"
    inputs = sorted({next(folder.rglob(Path(r[key]).name)) for r in read for key in ("source", "to_source")})
    build(inputs, work / "audit.store", root=folder)
    known = {(r["year"], r["start"], r["end"], r["answer_start"]): r["verdict"] for r in read}
    now: dict[tuple[str, str, str, str], str] = {}
    with open_store(work / "audit.store") as store:
        for place, year in AUDITED:
            for row in tracked(store, place, year):
                place_of_answer = "" if row.answer_start is None else str(row.answer_start)
                now[str(row.year), str(row.start), str(row.end), place_of_answer] = row.verdict
    other = sum(known.get(key) != verdict for key, verdict in now.items())
    print(f"rows that track prints now: {len(now)}, of them not as they were read: {other}")


if __name__ == "__main__":
    run_parts(__doc__, "8", {"gold": gold, "corpus": corpus, "audit": audit})
