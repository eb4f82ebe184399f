"""The words at the head and foot of reports (data/heads.toml), typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind of text that is no work report, told by words of its title."""

    reason: str
    titles: tuple[str, ...]
    over_title: bool  # holds though the title names a work report


@dataclass(frozen=True, slots=True)
class HeadWords:
    """Words that show who speaks and what a text is.

    Attributes:
        offices: every office that reads a report (省长), longest first.
        prefixes: what may stand before one (代).
        kinds: what a report calls its own place (市, 州) and the endings of the official names so meant.
        abstracts: marks of an abstract.
        furniture: words of web pages.
        captions: words of the lines about publication.
        refusals: kinds of texts to refuse, in order.
    """

    offices: tuple[str, ...]
    prefixes: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]
    abstracts: tuple[str, ...]
    furniture: tuple[str, ...]
    captions: tuple[str, ...]
    refusals: tuple[Refusal, ...]


@cache
def head_words() -> HeadWords:
    """The shipped words."""
    data = tomllib.loads(resources.files("duixian.data").joinpath("heads.toml").read_text(encoding="utf-8"))
    offices = dict.fromkeys(office for level in ("national", "province", "prefecture", "county") for office in data["offices"][level])
    return HeadWords(
        offices=tuple(sorted(offices, key=len, reverse=True)),
        prefixes=tuple(data["offices"]["prefixes"]),
        kinds=MappingProxyType({kind: tuple(endings) for kind, endings in data["kinds"].items()}),
        abstracts=tuple(data["abstracts"]["marks"]),
        furniture=tuple(data["furniture"]["lines"]),
        captions=tuple(data["furniture"]["captions"]),
        refusals=tuple(Refusal(item["reason"], tuple(item["titles"]), bool(item.get("over_title", False))) for item in data["refusals"]),
    )
