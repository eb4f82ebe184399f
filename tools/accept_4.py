"""The acceptance figures of issue 5 (every figure, as a careful reader takes it): python tools/accept_4.py --shared ../shared.

Parts: gold (value and unit; role, comparator, direction; name and period; both parts, by decade, density), rules (how often each
fires, in how many reports), speed, mutants.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from acceptance import DUIXIAN, ROOT, gold_export, gold_score, output_of, run_parts, speed_ratio
from duixian.extracting import extract
from duixian.model import Document
from duixian.reading import read_document
from duixian.reading.formats import read_file

GATES = {"value+unit": 0.95, "+role, comparator, dir": 0.89, "+name and period": 0.80}
_DENSITY = 0.15  # measurements per 1,000 characters: within so much of the gold's
_SPEED = 1.2  # times jieba.lcut, reading to measurements
_FEW = 5  # a rule that fires on fewer reports is justified in docs/extraction.md


def _verdict(good: bool) -> str:
    return "PASS" if good else "MISS"


def gold(shared: Path, work: Path) -> None:
    """Quantities on the annotated passages, both parts, kinds of error, decades and density."""
    export = gold_export(shared, work)
    for part in ("tune", "check"):
        for line in gold_score(shared, export, "quantities", part).splitlines():
            print(f"gold, {part}: {line}")
            if match := re.match(r"quantities: (.*?)\s+P .*F1 ([\d.]+)", line):
                print(f"  {_verdict(float(match[2]) >= GATES[match[1]])}: at least {GATES[match[1]]}")
    print(output_of(DUIXIAN, "evaluate", export, "--gold", shared / "gold", "--corpus", shared / "corpus", "--rules"))
    print("kinds of error left:")
    print(gold_score(shared, export, "quantities", "tune", "--errors", "12"))
    density(shared, export)


def density(shared: Path, export: Path) -> None:
    """Measurements per 1,000 characters of the annotated passages, beside the gold's."""
    passages = json.loads((shared / "gold/passages.json").read_text(encoding="utf8"))
    told = sum(1 for _ in (shared / "gold/quantities.jsonl").open(encoding="utf8"))
    sources = {r["id"]: r["source"] for r in map(json.loads, (shared / "gold/reports.jsonl").open(encoding="utf8"))}
    read: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in map(json.loads, (export / "measurements.jsonl").open(encoding="utf8")):
        read[Path(str(row["source"])).name].append(row)
    chars = found = 0
    for passage in passages:
        chars += len(passage["text"])
        quotes = Counter(r["quote"] for r in read[Path(sources[passage["id"]]).name] if r["low"] is not None)
        spots = {(q, n) for q, many in quotes.items() for n in range(min(many, passage["text"].count(str(q))))}
        found += len(spots)
    ratio = found / told
    print(f"density: {told / chars * 1000:.1f} of the gold, {found / chars * 1000:.1f} read per 1,000 characters, ratio {ratio:.3f}")
    print(f"  {_verdict(abs(ratio - 1) <= _DENSITY)}: within {_DENSITY:.0%}")


def _documents(shared: Path, every: int) -> list[Document]:
    files = sorted((shared / "corpus/reports").rglob("*.md"))[::every]
    return [d for f in files for d in read_file(f, f.name) if isinstance(d, Document)]


def rules(shared: Path, _: Path) -> None:
    """How often each rule fires on every eighth report, and in how many reports; few are to be justified."""
    fired: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    count = 0
    for document in _documents(shared, 8):
        result = read_document(document)
        for report in result.reports:
            names = Counter(m.rule for m in extract(report, result.copy))
            fired += names
            reports.update(names.keys())
            count += 1
    page = (ROOT / "docs/extraction.md").read_text(encoding="utf8")
    print(f"rules on {count} reports (every eighth file):")
    for name, many in fired.most_common():
        note = "" if reports[name] >= _FEW else ("few, justified" if f"`{name}`" in page else "FEW, NOT JUSTIFIED")
        print(f"  {name:16} {many:7} values in {reports[name]:4} reports {note}")


def speed(shared: Path, _: Path) -> None:
    """Reading to measurements beside jieba.lcut on the same text, one worker."""
    ratio = speed_ratio(shared, "reading to measurements")
    print(f"speed: reading to measurements {ratio:.2f} x jieba.lcut")
    print(f"  {_verdict(ratio >= _SPEED)}: at least {_SPEED}")


def mutants(_: Path, __: Path) -> None:
    """Property tests fail on a seeded mutant each."""
    print(output_of(sys.executable, ROOT / "tools/mutants.py"))


if __name__ == "__main__":
    run_parts(__doc__ or "", "4", {"gold": gold, "rules": rules, "speed": speed, "mutants": mutants})
