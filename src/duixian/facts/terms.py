"""The policy terms that the facts count, and their counting in the repaired texts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from duixian.analysing.dictionaries import simple_terms
from duixian.analysing.search_cache import open_texts
from duixian.analysing.search_texts import Choice
from duixian.analysing.terms import count
from duixian.facts.rows import FactTerm
from duixian.store import Generation


@dataclass(frozen=True, slots=True)
class PolicyTerm:
    """A term with its group."""

    term: str
    group: str


@cache
def policy_terms() -> tuple[PolicyTerm, ...]:
    """The documented list, in its order."""
    text = resources.files("duixian").joinpath("data", "policy_terms.toml").read_text(encoding="utf-8")
    groups: dict[str, str] = tomllib.loads(text)["groups"]
    return tuple(PolicyTerm(term, group) for group, words in groups.items() for term in words.split())


def term_rows(store: Generation, workers: int = 1, *, samples: bool = False) -> tuple[FactTerm, ...]:
    """How often each term stands in each primary report.

    Args:
        store: an open store.
        workers: processes that repair the texts where that was not done before.
        samples: the sample's fictional places too.
    """
    terms = simple_terms(t.term for t in policy_terms())
    names = [t.term for t in policy_terms()]
    texts = [t for t in open_texts(store, workers=workers).chosen(Choice()) if samples or not t.report.sample]
    texts.sort(key=lambda t: (t.report.region_id, t.report.year, t.report.source, t.report.start))
    counted = ((t.report.report_id, name, count(t.text, term)) for t in texts for name, term in zip(names, terms, strict=True))
    return tuple(FactTerm(*row) for row in counted if row[2])
