"""Every pattern of name_patterns.toml matches the names beside it as a whole, and none of those that it must not."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest

from duixian.extracting.names import name_of
from duixian.registry.indicators import normal
from duixian.registry.words import load_toml, words

PATTERNS = cast("list[dict[str, Any]]", load_toml("name_patterns.toml")["pattern"])


@pytest.mark.parametrize("entry", PATTERNS, ids=[str(e["subject"]) for e in PATTERNS])
def test_pattern(entry: dict[str, Any]) -> None:
    whole = re.compile(str(entry["regex"]))
    for name in words(entry["reads"]):
        assert whole.fullmatch(normal(name)), name
        assert any(core in name for core in words(entry["core"])), name
        assert name_of("全年全省" + name).subject == entry["subject"], name
    for name in words(entry["not"]):
        assert not whole.fullmatch(normal(name)), name
        assert name_of("全年全省" + name).subject != entry["subject"], name
