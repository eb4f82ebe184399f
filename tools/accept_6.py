"""The acceptance figures of settling, each from a run of the real commands: python tools/accept_6.py --shared ../shared.

Parts: gold (score.py settlements), corpus (everything built and settled, with times; every pair of the panel has a row),
newspaper (targets of 2022 and gaps of 2021 against docs/audits/settle.csv), audit (settlements read by hand).
"""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import fmean

import duckdb

from acceptance import ROOT, gold_export, gold_score, run_parts, whole_corpus
from duixian.analysing.settlements import aims, real, settlements
from duixian.store import Generation, open_store

AUDIT = ROOT / "docs/audits/settle.csv"
PAIRS = """SELECT DISTINCT r.region_id, t.indicator, t.period FROM panel AS t JOIN reports AS r USING (report_id, source)
JOIN reports AS n ON n.region_id = r.region_id AND n.year = r.year + 1 AND n."primary"
JOIN panel AS a ON a.report_id = n.report_id AND a.source = n.source AND a.indicator = t.indicator AND a.period = t.period
WHERE r."primary" AND t.role = 'target' AND a.role = 'actual'"""
ROWS = "SELECT DISTINCT region_id, indicator, period FROM settlements WHERE agg IS NULL AND actual_measurement_id IS NOT NULL"


def gold(shared: Path, work: Path) -> None:
    """F1 of gap and verdict."""
    export = gold_export(shared, work)
    for part in ("tune", "check"):
        for line in gold_score(shared, export, "settlements", part).strip().splitlines():
            print(f"gold, {part}: {line}")


def corpus(shared: Path, _work: Path) -> None:
    """Build and settle everything."""
    whole = whole_corpus(shared)
    print(f"whole corpus: {whole.documents} documents, {whole.reports} reports in {whole.seconds:.0f} s, {whole.errors} errors")
    print(f"settling took {whole.settling:.1f} s of it: {whole.settling / whole.seconds:.1%} of the build (below 20% wanted)")
    with open_store(whole.store) as store:
        verdicts = store.table("settlements").group_by("verdict").len().sort("verdict").rows()
        print(f"settlements: {', '.join(f'{v} {n}' for v, n in verdicts)}")
        newspaper(store)
        file = whole.store / f"generations/{store.number}.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        pairs = set(connection.execute(PAIRS).fetchall())
        missing = pairs - set(connection.execute(ROWS).fetchall())
    print(f"pairs of target and result in the panel: {len(pairs)}, without a settlement: {len(missing)} (0 wanted)")


def newspaper(store: Generation) -> None:
    """Provincial growth: the mean target of 2022, the gaps of 2021, and ten of them counted by hand."""
    rows = [
        r
        for r in real(settlements(store, indicators=["gdp.growth"], first=2021, last=2021, levels=["province"]))
        if r.tier == "base" and not r.agg
    ]
    targets = {
        t.region: t for t in store.panel(years=[2022], levels=["province"], indicators=["gdp.growth"], role="target") if not t.sample
    }
    lows = [t.low for t in targets.values() if t.low is not None]
    highs = [t.high for t in targets.values() if t.high is not None]
    print(f"growth targets of 2022: {len(lows)} provinces, mean {fmean(lows):.2f}% (upper bounds of ranges: {fmean(highs):.2f}%)")
    gaps = [r.gap for r in rows if r.gap is not None]
    print(f"gaps of 2021: {len(gaps)} of {len(rows)} provinces, mean {fmean(gaps):+.2f} points, {sum(g >= 0 for g in gaps)} met")
    print("  " + " ".join(f"{r.region}{r.gap:+g}" for r in rows if r.gap is not None))
    counted = [r for r in audit_rows() if r["kind"] == "count"]
    by_region = {r.region: r for r in rows}
    right = 0
    for one in counted:
        settled, next_target = by_region.get(one["region"]), targets.get(one["region"])
        same = settled is not None and next_target is not None and settled.gap is not None
        if same and settled and next_target and settled.gap is not None:
            said = (aims(settled), settled.actual_low, settled.gap, next_target.low)
            same = all(
                a is not None and abs(a - float(one[k])) < 1e-9
                for a, k in zip(said, ("target", "actual", "gap", "next_target"), strict=True)
            )
        right += same
        if not same:
            print(f"  counted by hand otherwise: {one}")
    print(f"counted by hand: {right} of {len(counted)} the same")


def audit_rows() -> list[dict[str, str]]:
    """The rows of docs/audits/settle.csv."""
    with AUDIT.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def audit(_shared: Path, _work: Path) -> None:
    """The share of settlements read by hand that are right."""
    read = [r for r in audit_rows() if r["kind"] == "read"]
    right = sum(r["right"] == "yes" for r in read)
    print(f"settlements read against both sentences: {right} of {len(read)} right ({right / len(read):.1%}; 97% wanted)")


if __name__ == "__main__":
    run_parts(__doc__, "6", {"gold": gold, "corpus": corpus, "audit": audit})
