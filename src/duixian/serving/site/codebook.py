"""What the tables and their columns mean, in both languages, and the scores against the hand-made gold: tables of the package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Pair = tuple[str, str]  # 中文, English


@dataclass(frozen=True, slots=True)
class Score:
    """A score of a layer against the gold.

    Attributes:
        layer: what was scored.
        measure: precision, recall, F1 or share.
        decade: of the reports; "all" for all of them.
        value: from 0 to 1.
        cases: how many gold cases it rests on.
    """

    layer: str
    measure: str
    decade: str
    value: float
    cases: int


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
    table = _load("scores.toml")
    rows, note = table["score"], table["note"]
    assert isinstance(rows, list) and isinstance(note, list)
    found = tuple(Score(str(r["layer"]), str(r["measure"]), str(r["decade"]), float(r["value"]), int(r["cases"])) for r in rows)
    return Scores(str(table["date"]), str(table["command"]), (str(note[0]), str(note[1])), found)
