"""Counts of words in a store of facts: those that came with the facts, and those of the texts that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from duixian.analysing.dictionaries import Term
from duixian.analysing.search_texts import Choice, characters
from duixian.analysing.terms import By, Group, Key, TermPanel, count, place_name, report_key
from duixian.facts.loading import FACTS_FOLDER
from duixian.facts.terms import policy_terms
from duixian.serving.site.shelf import Shelf
from duixian.store import ReportRow, StoreError

FILE = "term_counts.parquet"


def counts_here(shelf: Shelf, terms: Sequence[Term]) -> Mapping[str, Mapping[str, int]] | None:
    """The counts that came with the facts, by term and report; none where the store has no facts or a term is not in their list.

    Args:
        shelf: the reports of a store.
        terms: single words.

    Raises:
        StoreError: where the counts can't be read.
    """
    file = shelf.store.path / FACTS_FOLDER / FILE
    names = [t.name for t in terms]
    if shelf.with_text == len(shelf.reports) or not file.is_file() or not {t.term for t in policy_terms()}.issuperset(names):
        return None
    try:
        table = pq.read_table(file, columns=["report_id", "term", "count"], filters=[("term", "in", names)], use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{file} can't be read: {error}") from None
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in table.to_pylist():
        found[row["term"]][row["report_id"]] = row["count"]
    return found


def counted_panel(
    shelf: Shelf, terms: tuple[Term, ...], known: Mapping[str, Mapping[str, int]], by: tuple[By, ...], choice: Choice
) -> TermPanel:
    """A panel of counts: of reports with their text by counting, of the others by what came with the facts.

    Args:
        shelf: the reports of a store.
        terms: single words.
        known: the counts that came with the facts.
        by: what the panel is split by; not by section.
        choice: which reports.
    """
    texts = {t.report.report_id: t for t in shelf.texts() if shelf.has_text(t.report)}
    groups: dict[Key, Group] = {}
    for report in shelf.all_primary if choice.places else shelf.reports:
        if not choice.takes(report):
            continue
        key = report_key(report, by)
        group = groups.setdefault(key, Group(key, None, None, -1, 0, 0, [0] * len(terms), None))
        _name(group, report, by)
        text = texts.get(report.report_id)
        group.reports += 1
        group.base += characters(text.text) if text else report.chars
        for i, term in enumerate(terms):
            group.counts[i] += count(text.text, term) if text else known.get(term.name, {}).get(report.report_id, 0)
    ordered = sorted(groups.values(), key=lambda g: (g.region_code or "", g.key.level or "", g.key.year or 0))
    return TermPanel(terms, by, "characters", 10_000, "strings", tuple(ordered))


def _name(group: Group, report: ReportRow, by: Sequence[By]) -> None:
    if report.year >= group.last_year:
        group.last_year = report.year
        group.region, group.region_code = place_name(report, by, group.key)
