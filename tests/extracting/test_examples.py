"""Every sentence of the example table is read as the table says, with nothing missed and nothing added."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from reading_aid import read, short

TABLE: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf8"))["example"]


@pytest.mark.parametrize("example", TABLE, ids=[e["phenomenon"].replace(" ", "_") for e in TABLE])
def test_example(example: dict[str, Any]) -> None:
    found = read(example["text"], example["section"])
    assert [short(one) for one in found] == example["reads"]
    for one in found:
        assert example["text"][one.start : one.end] == one.quote
        assert one.start <= one.value_start < one.value_end <= max(one.end, one.value_end)


def test_table_is_broad() -> None:
    assert len(TABLE) >= 250
    assert sum(not e["reads"] for e in TABLE) >= 15  # sentences in which nothing may be read
    assert len({e["phenomenon"] for e in TABLE}) >= 200
