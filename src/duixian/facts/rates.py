"""Error rates of a store, measured on annotated reports."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from duixian.evaluation import Export, evaluate, read_gold, scores
from duixian.evaluation.outputs import ROWS, short
from duixian.facts.rows import ErrorRate
from duixian.store import Generation, Query, StoreError

_LEAST = 5  # things found by a rule, below which its precision says nothing


def error_rates(store: Generation, gold: Path, corpus: Path) -> tuple[ErrorRate, ...]:
    """How right a store is by layer and decade, and the precision of each rule.

    Args:
        store: built of texts among which are the annotated ones.
        gold: the annotations.
        corpus: the texts.

    Raises:
        StoreError: where there are no annotations.
    """
    try:
        notes = read_gold(gold, corpus)
        wanted = {r.source for r in notes.reports.values()}
        found = scores(evaluate(_export(store, wanted), notes))
    except (ValueError, OSError) as error:
        raise StoreError(f"{gold}: {error}") from None
    return tuple(
        ErrorRate(
            s.layer, s.decade, s.rule, s.reports, s.right, s.wrong, s.missed, _rounded(s.precision), _rounded(s.recall), _rounded(s.f1)
        )
        for s in found
        if s.rule is None or s.right + s.wrong >= _LEAST
    )


def _export(store: Generation, wanted: set[str]) -> Export:
    """The rows of the annotated sources."""
    sources = sorted({r.source for r in store.reports(editions=True) if short(r.source) in wanted})
    tables: dict[str, tuple[Any, ...]] = {}
    for name, row in ROWS.items():
        columns = ", ".join(f'"{f.name}"' for f in fields(row))
        where = "" if name == "settlements" else "WHERE list_contains($sources::VARCHAR[], source)"
        query: Query[Any] = Query(f"evaluated_{name}", row, f'SELECT {columns} FROM "{name}" {where}', name)  # noqa: S608 - names of ROWS
        tables[name] = store.rows(query) if name == "settlements" else store.rows(query, sources=sources)
    return Export(**tables)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
