"""Speed of search on a store: simple, combined and filtered queries, counts and ranking, beside one plain scan of the same texts.

python benchmarks/search.py STORE
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from duixian.analysing.search import rank, search
from duixian.analysing.search_cache import open_texts
from duixian.analysing.search_query import Node, parse
from duixian.analysing.search_tables import counts_table, hits_table
from duixian.analysing.search_texts import Choice, Texts
from duixian.store import open_store

QUERIES = ("低空经济", "就业", "氢能 NOT 脱氢", "(人工智能 OR 大模型) 产业", "稳岗 NEAR/15 就业", "新*生产力")
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Median seconds of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def node_of(query: str) -> Node:
    """What the words of a query ask."""
    node = parse(query).node
    assert node is not None
    return node


def report(texts: Texts, query: str) -> None:
    """One line of figures."""
    node, every, tasks = node_of(query), Choice(), Choice(sections=frozenset({"tasks"}))
    hits = sum(len(f.hits) for f in search(texts, node, every))
    found = seconds(lambda: hits_table(search(texts, node, every), 50))
    part = seconds(lambda: hits_table(search(texts, node, tasks), 50))
    counts = seconds(lambda: counts_table(search(texts, node, every), texts, every, ("region", "year")))
    ranked = seconds(lambda: rank(texts, node, every))
    print(f"{query}: {hits:,} hits; all {found:.3f} s, tasks only {part:.3f} s, by region and year {counts:.3f} s, ranked {ranked:.3f} s")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    args = parser.parse_args()
    with open_store(args.store) as archive:
        texts = open_texts(archive)
        chosen = texts.chosen(Choice())
        scan = seconds(lambda: sum(t.text.count("低空经济") for t in chosen))
        print(f"{len(chosen)} reports, {sum(len(t.text) for t in chosen) / 1e6:.1f} M characters; one plain scan {scan:.3f} s")
        for query in QUERIES:
            report(texts, query)


if __name__ == "__main__":
    main()
