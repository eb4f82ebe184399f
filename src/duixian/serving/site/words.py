"""The words of the pages in both languages, from a table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from duixian.analysing.tables import Lang


@cache
def words(lang: Lang) -> Mapping[str, str]:
    """Every word of the pages in a language, by its key."""
    table = tomllib.loads(files("duixian.serving.site").joinpath("words.toml").read_text(encoding="utf8"))
    return MappingProxyType({key: pair[0 if lang == "zh" else 1] for key, pair in table.items()})
