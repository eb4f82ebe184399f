"""Term panels side by side with the usual script, and with plain scans.

    python benchmarks/terms.py STORE [--reports 300]

The usual script (``usual``) is what word-frequency panels are made with: ``jieba.lcut`` for each report gives the number of words,
``str.count`` of the words joined by "|" the number of occurrences, ``pivot_table`` the panel. Both work on the same repaired texts in
one run. Ours is timed twice: from opening a store whose file of texts is there, and from the bare texts with nothing counted yet.
``plain_scans`` is ``text.count(word)`` for every report and word and nothing else.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import jieba
import pandas as pd

from duixian.analysing.dictionaries import Term, simple_terms
from duixian.analysing.search_cache import open_texts, words_file
from duixian.analysing.search_query import Word
from duixian.analysing.search_texts import Choice, ReportText, Texts
from duixian.analysing.terms import term_panel
from duixian.store import open_store
from duixian.store.folder import Folder

WORDS = [
    *("数字经济", "人工智能", "大数据", "云计算", "物联网", "区块链", "工业互联网", "智能制造", "数字政府", "智慧城市"),
    *("电子商务", "第五代移动通信", "集成电路", "数字乡村", "平台经济", "跨境电商", "机器人", "软件", "算力", "低空经济"),
]
ROUNDS = 3


def usual(frame: pd.DataFrame, words: Sequence[str]) -> pd.DataFrame:
    """The usual script: share of the words among all words, by region and year."""
    frame["total"] = [len(jieba.lcut(text)) for text in frame["text"]]
    frame["count"] = frame["text"].str.count("|".join(words))
    sums = frame.groupby(["region_id", "year"], as_index=False)[["count", "total"]].sum()
    sums["share"] = sums["count"] / sums["total"]
    return sums.pivot_table(index="region_id", columns="year", values="share")


def ours(texts: Texts, words: Sequence[str]) -> pd.DataFrame:
    """The same panel by duixian."""
    panel = term_panel(texts, [Term("digital", tuple(map(Word, words)))], ("region", "year"), per="words")
    rows = [(g.key.region_id, g.key.year, panel.rate(g, 0)) for g in panel.groups]
    return pd.DataFrame(rows, columns=["region_id", "year", "share"]).pivot_table(index="region_id", columns="year", values="share")


def plain_scans(texts: Sequence[ReportText], words: Sequence[str]) -> int:
    """Every word counted in every text, and nothing else."""
    return sum(text.text.count(word) for text in texts for word in words)


def side_by_side(store: Path, reports: int) -> None:
    """The usual script against ours on some reports."""
    with open_store(store) as archive:
        chosen = open_texts(archive).chosen(Choice())[: 10 * reports : max(1, min(10, archive.counts.primary // reports))][:reports]
        rows = [(t.report.region_id, t.report.year, t.text) for t in chosen]
        jieba.setLogLevel(60)
        jieba.initialize()
        begin = time.perf_counter()
        theirs = usual(pd.DataFrame(rows, columns=["region_id", "year", "text"]), WORDS)
        usual_seconds = time.perf_counter() - begin
        some = {(t.report.report_id, t.report.source) for t in chosen}
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            texts = Texts(t for t in open_texts(archive) if (t.report.report_id, t.report.source) in some)
            panel = ours(texts, WORDS)
            times.append(time.perf_counter() - begin)
        cold = _cold(chosen)
    same = panel.equals(theirs)
    characters = sum(len(t.text) for t in chosen)
    seconds = statistics.median(times)
    print(f"side by side: {len(chosen)} reports, {characters / 1e6:.2f} M characters; the same panel: {same} ({panel.size} cells)")
    print(
        f"  usual script {usual_seconds:.2f} s; ours, store opened to panel, {seconds:.3f} s: {usual_seconds / seconds:.0f} x (20 wanted)"
    )
    print(f"  segmenting and counting, nothing prepared: {cold:.2f} s: {usual_seconds / cold:.1f} x")


def _cold(chosen: Sequence[ReportText]) -> float:
    """Seconds of segmenting and counting the same texts with nothing prepared."""
    from duixian.analysing.search_words import words

    words("词")
    begin = time.perf_counter()
    texts = Texts(ReportText(t.report, t.text, len(words(t.text)), t.positions, t.stretches) for t in chosen)
    ours(texts, WORDS)
    return time.perf_counter() - begin


def whole_corpus(store: Path) -> None:
    """Twenty terms by region and year over all reports against twenty plain scans of the same texts."""
    with open_store(store) as archive:
        begin = time.perf_counter()
        texts = open_texts(archive)
        opened = time.perf_counter() - begin
        chosen = texts.chosen(Choice())
        terms = simple_terms(WORDS)
        ratios, ours_seconds, scan_seconds = [], [], []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            counted = sum(sum(g.counts) for g in term_panel(texts, terms).groups)
            middle = time.perf_counter()
            scanned = plain_scans(chosen, WORDS)
            end = time.perf_counter()
            ours_seconds.append(middle - begin)
            scan_seconds.append(end - middle)
            ratios.append((middle - begin) / (end - middle))
        size = words_file(Folder(store), archive.number).stat().st_size
    characters = sum(len(t.text) for t in chosen)
    print(f"whole corpus: {len(chosen)} reports, {characters / 1e6:.1f} M characters, opened in {opened:.2f} s ({size / 1e6:.0f} MB)")
    print(
        f"  {len(WORDS)} terms by region and year {statistics.median(ours_seconds):.3f} s, {len(WORDS)} plain scans "
        f"{statistics.median(scan_seconds):.3f} s: {statistics.median(ratios):.2f} x (below 1.5 wanted); counts equal: {counted == scanned}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--reports", type=int, default=300)
    args = parser.parse_args()
    side_by_side(args.store, args.reports)
    whole_corpus(args.store)


if __name__ == "__main__":
    main()
