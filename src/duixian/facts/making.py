"""Making the facts from a store that was built of a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from duixian.facts.codebook import codebook
from duixian.facts.files import About, write_facts
from duixian.facts.queries import QUERIES
from duixian.facts.rows import PLACES, ErrorRate
from duixian.facts.terms import term_rows
from duixian.store import Generation

CODEBOOK = "CODEBOOK.md"
MOST_HAN = 12  # characters of a text that may stand together in the facts, names of places aside
_LONG_RUN = re.compile(rf"[\u3400-\u9fff]{{{MOST_HAN + 1},}}")
T = TypeVar("T")


def without_sentences(rows: Iterable[T]) -> tuple[T, ...]:
    """The rows, with null for words that are long enough to be a piece of a sentence.

    Raises:
        TypeError: where such words stand in a column that can't be null.
    """
    return tuple(_cut(row) for row in rows)


def _cut(row: T) -> T:
    record: Any = row
    long = [
        f.name
        for f in fields(record)
        if f.name not in PLACES and isinstance(value := getattr(record, f.name), str) and _LONG_RUN.search(value)
    ]
    if not long:
        return row
    hints = {f.name: str(f.type) for f in fields(record)}
    if kept := [name for name in long if "None" not in hints[name]]:
        raise TypeError(f"{type(row).__name__}.{kept[0]} holds words of a text and can't be null")
    cut: T = replace(record, **dict.fromkeys(long))
    return cut


def make_facts(
    store: Generation,
    folder: Path,
    error_rates: Sequence[ErrorRate] = (),
    *,
    workers: int = 1,
    date: str | None = None,
    samples: bool = False,
) -> About:
    """Make the facts.

    Args:
        store: built of the corpus.
        folder: where they shall stand.
        error_rates: how right they are, where that was measured.
        workers: processes that repair texts where that was not done before.
        date: YYYY-MM-DD; today by default.
        samples: the sample's fictional places too, which are left out otherwise.
    """
    tables: dict[str, Sequence[Any]] = {name: without_sentences(store.rows(query, samples=samples)) for name, query in QUERIES.items()}
    tables["term_counts"] = term_rows(store, workers, samples=samples)
    tables["error_rates"] = tuple(error_rates)
    stages: Mapping[str, str] = dict(store.manifest.versions)
    about = write_facts(folder, tables, version("duixian"), stages, date or datetime.now(UTC).date().isoformat())
    (folder / CODEBOOK).write_text(codebook(about), encoding="utf-8")
    return about
