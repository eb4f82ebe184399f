"""What the tables and their columns mean, in both languages, and the scores against the hand-made gold: tables of the package."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Pair = tuple[str, str]  # 中文, English


@dataclass(frozen=True, slots=True)
class Score:
    """A score of a layer against the gold; a share that can't be told is none.

    Attributes:
        layer: what was scored.
        decade: of the reports; "all" for all of them.
        reports: how many annotated reports it rests on.
        right: found and so.
        wrong: found and not so.
        missed: there and not found.
        precision: from 0 to 1.
        recall: from 0 to 1.
        f1: their harmonic mean.
    """

    layer: str
    decade: str
    reports: int
    right: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores with where they come from."""

    date: str
    command: str
    note: Pair
    rows: tuple[Score, ...]


def _load(name: str) -> dict[str, object]:
    return tomllib.loads(files("duixian.serving.site").joinpath(name).read_text(encoding="utf8"))


def _pairs(name: str, key: str) -> Mapping[str, Pair]:
    table = _load(name)[key]
    assert isinstance(table, dict)
    return MappingProxyType({k: (str(v[0]), str(v[1])) for k, v in table.items()})


@cache
def table_note(name: str) -> Pair:
    """What a table holds. Empty where the table of notes lacks it."""
    return _pairs("codebook.toml", "tables").get(name, ("", ""))


@cache
def column_note(name: str) -> Pair:
    """What a column means; a name means the same in every table. Empty where the table of notes lacks it."""
    notes = _pairs("codebook.toml", "columns")
    if name in notes:
        return notes[name]
    prefix, _, rest = name.partition("_")
    prefixes = _pairs("codebook.toml", "prefixes")
    if prefix in prefixes and rest in notes:
        return f"{prefixes[prefix][0]}：{notes[rest][0]}", f"{prefixes[prefix][1]}: {notes[rest][1]}"
    return "", ""


@cache
def scores() -> Scores:
    """The scores that the package was last measured with."""
    about = _load("scores.toml")
    note = about["note"]
    assert isinstance(note, list)
    text = files("duixian.serving.site").joinpath("scores.csv").read_text(encoding="utf-8-sig")
    rows = tuple(_score(row) for row in csv.DictReader(text.splitlines()) if not row["rule"])
    return Scores(str(about["date"]), str(about["command"]), (str(note[0]), str(note[1])), rows)


def _score(row: dict[str, str]) -> Score:
    counts = (int(row[name]) for name in ("reports", "right", "wrong", "missed"))
    shares = (float(row[name]) if row[name] else None for name in ("precision", "recall", "f1"))
    return Score(row["layer"], row["decade"], *counts, *shares)
