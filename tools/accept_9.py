"""The acceptance figures of the words (search, term panels, shared passages): python tools/accept_9.py --shared ../shared.

It asks the store of the whole corpus that the scripts share, or the one that --store names.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from acceptance import DUIXIAN, ROOT, whole_corpus
from duixian.analysing.dictionaries import simple_terms
from duixian.analysing.passages import Passage, TextGrams, shared_passages
from duixian.analysing.search import search
from duixian.analysing.search_cache import open_texts
from duixian.analysing.search_query import Word
from duixian.analysing.search_texts import Choice, Texts
from duixian.analysing.terms import term_panel
from duixian.model import Level, Role
from duixian.reading.copy import ReadingCopy
from duixian.reading.repair import repair
from duixian.registry.regions import regions
from duixian.store import Generation, ReportRow, open_store

QUERIES, TERMS, SMALL = 200, 50, 3000
EIGHTH = 8
LEVEL_CHOICES: tuple[frozenset[Level] | None, ...] = (None, frozenset({"province"}), frozenset({"prefecture", "county"}))
LEAST = 12  # characters of a passage
Found = tuple[str, str, int, int]  # report, source, start and end in the source text


def run(*args: object) -> subprocess.CompletedProcess[str]:
    """A command of duixian, with its output.

    Raises:
        SystemExit: where it fails.
    """
    done = subprocess.run([str(DUIXIAN), *map(str, args)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"duixian {' '.join(map(str, args))}: exit {done.returncode}\n{done.stderr}")
    return done


def rows(*args: object) -> list[dict[str, str]]:
    """The rows of a command's CSV answer."""
    return list(csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout.removeprefix("\ufeff"))))


class Reference:
    """What everything is compared with: each document repaired anew, sections painted character by character, strings sought by ``re``."""

    def __init__(self, archive: Generation) -> None:
        self.reports = [r for r in archive.reports() if not r.sample]
        self._texts = dict(archive.table("texts").select("source", "text").iter_rows())
        self._copies: dict[str, ReadingCopy] = {}
        self._runs: dict[tuple[str, str], list[tuple[Role, int, int]]] = {}
        self._sections: dict[tuple[str, str], list[tuple[Role, int, int, int]]] = {}
        for row in archive.table("sections").iter_rows(named=True):
            key = row["report_id"], row["source"]
            self._sections.setdefault(key, []).append((row["role"], row["level"], row["start"], row["end"]))

    def text(self, report: ReportRow) -> str:
        """The report's repaired text."""
        copy, start, end = self.place(report)
        return copy.text[start:end]

    def place(self, report: ReportRow) -> tuple[ReadingCopy, int, int]:
        """The document's reading copy and the report's place in it."""
        if report.source not in self._copies:
            self._copies[report.source] = repair(self._texts[report.source])
        copy = self._copies[report.source]
        return copy, copy.copy_at(report.start), copy.copy_at(report.end)

    def hits(self, report: ReportRow, string: str, role: Role | None) -> list[Found]:
        """Every occurrence, or every one within a stretch of one role."""
        copy, start, end = self.place(report)
        spans = [(start, end)] if role is None else self._stretches(report, role)
        found = [m.span() for a, b in spans for m in re.finditer(re.escape(string), copy.text[a:b])]
        bases = [a for a, b in spans for _ in re.finditer(re.escape(string), copy.text[a:b])]
        return [(report.report_id, report.source, *copy.span(base + x, base + y)) for base, (x, y) in zip(bases, found, strict=True)]

    def _stretches(self, report: ReportRow, role: Role) -> list[tuple[int, int]]:
        """The longest runs of characters that have a role."""
        key = report.report_id, report.source
        if key not in self._runs:
            self._runs[key] = self._painted(report)
        return [(a, b) for name, a, b in self._runs[key] if name == role]

    def _painted(self, report: ReportRow) -> list[tuple[Role, int, int]]:
        """Each run of characters of one role."""
        copy, start, end = self.place(report)
        painted: list[Role] = ["front"] * (end - start)
        for name, _, a, b in sorted(self._sections.get((report.report_id, report.source), []), key=lambda s: s[1]):
            first = 0 if a <= report.start else copy.copy_at(a) - start
            last = end - start if b >= report.end else copy.copy_at(b) - start
            painted[first:last] = [name] * (last - first)
        found, at = [], start
        for name, run_of in itertools.groupby(painted):
            length = sum(1 for _ in run_of)
            found.append((name, at, at + length))
            at += length
        return found


def queries(archive: Generation, every: Texts, reference: Reference) -> None:
    """Random queries of one to twelve characters, half of them with filters, against brute force on every eighth report."""
    chance = random.Random(9)
    wrong = hits = filtered = 0
    texts = Texts(every.all[::EIGHTH], archive)
    keys = {(t.report.report_id, t.report.source) for t in texts}
    reports = [r for r in reference.reports if (r.report_id, r.source) in keys]
    provinces = sorted({r.region_id for r in reports if r.level == "province"})
    for n in range(QUERIES):
        body = reference.text(chance.choice(reports))
        size = 1 + n % 12
        at = chance.randrange(max(1, len(body) - size))
        string = body[at : at + size]
        role: Role | None = None
        years: frozenset[int] | None = None
        levels: frozenset[Level] | None = None
        place: str | None = None
        if n % 2:
            filtered += 1
            role = chance.choice((None, "tasks", "review", "targets"))
            years = chance.choice((None, frozenset(range(2018, 2022)), frozenset({2025})))
            levels = chance.choice(LEVEL_CHOICES)
            place = chance.choice((None, chance.choice(provinces)))
        choice = Choice(years, levels, None if place is None else frozenset({place}), None if role is None else frozenset({role}))
        found = [(h.report.report_id, h.report.source, *h.source_span) for f in search(texts, Word(string), choice) for h in f.hits]
        wanted = [
            hit
            for r in reports
            if (years is None or r.year in years) and (levels is None or r.level in levels) and (place is None or below(r, place))
            for hit in reference.hits(r, string, role)
        ]
        hits += len(wanted)
        wrong += Counter(found) != Counter(wanted)
    asked = f"{QUERIES} random ones of 1 to 12 characters, {filtered} with filters, in {len(reports)} reports"
    print(f"queries: {asked}: {wrong} differ from brute force (0 wanted); {hits:,} hits")


def below(report: ReportRow, place: str) -> bool:
    """Whether a report's place is a place or lies below it."""
    table = regions()
    region = table.by_code(report.region_code, report.year) or table.at(report.region_id, report.year)
    above = [report.region_id, *(a.region_id for a in (table.ancestors(region, report.year) if region else ()))]
    return place in above


def counts(texts: Texts, reference: Reference) -> None:
    """Random terms, report by report, against ``str.count``."""
    chance = random.Random(90)
    words: list[str] = []
    while len(words) < TERMS:
        run_of = chance.choice(re.findall(r"[\u4e00-\u9fff]+", reference.text(chance.choice(reference.reports))) or ["发展"])
        size = 2 + len(words) % 5
        at = chance.randrange(max(1, len(run_of) - size + 1))
        if len(run_of) >= size and run_of[at : at + size] not in words:
            words.append(run_of[at : at + size])
    panel = term_panel(texts, simple_terms(words), ("report",))
    ours = {g.key.report_id: g.counts for g in panel.groups}
    wanted: dict[str, list[int]] = {}
    for report in reference.reports:
        body = reference.text(report)
        there = wanted.setdefault(report.report_id, [0] * TERMS)
        wanted[report.report_id] = [n + body.count(w) for n, w in zip(there, words, strict=True)]
    wrong = sum(ours.get(r) != n for r, n in wanted.items()) + len(ours.keys() - wanted.keys())
    total = sum(map(sum, wanted.values()))
    print(f"terms: {TERMS} terms in {len(wanted):,} reports: {wrong} reports differ from str.count (0 wanted); {total:,} occurrences")


def by_trying(text: str, other: str, least: int) -> list[Passage]:
    """Shared passages by looking at every stretch of the other text."""
    n = len(other)
    stand = {(i, j) for i in range(n) for j in range(i + least, n + 1) if "\n" not in other[i:j] and other[i:j] in text}
    longest = [(i, j) for i, j in stand if (i - 1, j) not in stand and (i, j + 1) not in stand]
    return [Passage(text.index(other[i:j]), i, j - i) for i, j in sorted(longest)]


def passages(texts: Texts) -> None:
    """Random small texts against brute force; 25 reports of one place, all pairs, by the clock."""
    chance = random.Random(900)
    wrong = 0
    for _ in range(SMALL):
        one, other = ("".join(chance.choices("甲乙丙。\n", k=chance.randrange(40))) for _ in "ab")
        least = chance.randrange(1, 6)
        wrong += shared_passages(one, other, least) != by_trying(one, other, least)
    print(f"passages: {SMALL} random pairs of small texts: {wrong} differ from brute force (0 wanted)")
    by_place = Counter(t.report.region_id for t in texts.chosen(Choice()))
    place = by_place.most_common(1)[0][0]
    chosen = [t for t in texts.chosen(Choice()) if t.report.region_id == place][-25:]
    begin, cpu = time.perf_counter(), time.process_time()
    cut = [TextGrams(t.text, LEAST) for t in chosen]
    found = [a.passages(b) for a, b in itertools.combinations(cut, 2)]
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    names = f"{chosen[0].report.region} ({chosen[0].report.year}–{chosen[-1].report.year})"
    print(
        f"passages: {len(chosen)} reports of {names}, {sum(len(t.text) for t in chosen):,} characters, {len(found)} pairs, "
        f"{sum(map(len, found)):,} passages of {LEAST} characters or more: {seconds:.2f} s (below 5 wanted; {cpu:.2f} s of processor time)"
    )


def questions(store: Path) -> None:
    """The questions, one command each, asked of the command line."""
    found = rows("search", store, "低空经济", "--year", 2025, "--level", "province", "--by", "region")
    without = [r["region"] for r in found if r["hits"] == "0"]
    print(f"question: 低空经济 2025: {len(found) - len(without)} of {len(found)} provinces have it; not: {'、'.join(without) or 'none'}")
    wide = rows("terms", store, "--words", "新质生产力,区块链", "--year", "2020,2025", "--level", "province", "--by", "year", "--wide")
    for row in wide:
        print(f"question: {row['year']}: 新质生产力 {row['新质生产力']}, 区块链 {row['区块链']} in {row['reports']} provincial reports")
    shared = rows("shared", store, "--year", 2025, "--level", "province", "--limit", 0)
    most = max((int(r["places"]) for r in shared), default=0)
    print(f"question: sentences that three or more provinces share word for word in 2025: {len(shared)}; the widest in {most} provinces")
    hits = rows("search", store, "低空经济", "--year", 2025, "--limit", 0)
    with open_store(store) as archive:
        opened = sum(repair(archive.text(r["source"], int(r["start"]), int(r["end"]))).text == "低空经济" for r in hits)
    print(f"question: of {len(hits)} hits {opened} open at their words in the source text")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--store", type=Path, help="use this store instead of building one")
    args = parser.parse_args(arguments)
    store = args.store or whole_corpus(args.shared.resolve()).store
    with open_store(store) as archive:
        begin = time.perf_counter()
        texts = open_texts(archive)
        seconds, characters = time.perf_counter() - begin, sum(len(t.text) for t in texts)
        print(f"store: {len(texts):,} reports, {characters / 1e6:.1f} M characters, texts opened in {seconds:.1f} s")
        reference = Reference(archive)
        queries(archive, texts, reference)
        counts(texts, reference)
        passages(texts)
    sys.stdout.flush()
    subprocess.run([sys.executable, str(ROOT / "benchmarks/terms.py"), str(store)], check=True)
    subprocess.run([sys.executable, str(ROOT / "benchmarks/search.py"), str(store)], check=True)
    questions(store)


if __name__ == "__main__":
    main()
