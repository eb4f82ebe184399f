"""Doubts and a user's own indicators in a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from texts import write_reports

from duixian.registry.indicators import indicator_table, use_indicators
from duixian.store import StoreError, build, open_store
from duixian.store.queries import FLAG_COUNTS, VALUE_FLAGS

OWN = """
[[subject]]
id = "elevated"
names = "高架步道里程"

[[indicator]]
id = "elevated.level"
subject = "elevated"
zh = "高架步道里程"
en = "Elevated walkways"
kind = "level"
units = "length"
polarity = "up"
headline = true
"""


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    yield
    use_indicators([])


def _grown(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_doubts_stand_beside_the_values(tmp_path: Path) -> None:
    paths = write_reports(tmp_path / "in", range(2022, 2025))
    _grown(paths[0], "全市地区生产总值增长", "全市社会消费品零售总额800亿元，地区生产总值增长")
    _grown(paths[1], "全市地区生产总值增长", "全市社会消费品零售总额900亿元、增长4%，全市森林覆盖率达到41.5%，地区生产总值增长")
    build([tmp_path / "in"], tmp_path / "s.store", workers=1)
    with open_store(tmp_path / "s.store") as archive:
        (doubt,) = archive.rows(VALUE_FLAGS)
        assert (doubt.flag, doubt.indicator, doubt.year) == ("growth_against_levels", "retail.growth", 2023)
        assert "stated 4%" in doubt.reason and "12.5%" in doubt.reason and doubt.quote and "增长4%" in doubt.quote
        (flagged,) = (m for m in archive.panel() if m.flags)
        assert flagged.measurement_id == doubt.measurement_id and flagged.flags == ("growth_against_levels",)
        assert [c.values for c in archive.rows(FLAG_COUNTS, samples=True) if c.flag] == [1]
        rows = archive.table("panel")
        assert "forest.level" not in set(rows["indicator"])  # the table holds the headline ones, the query all
        assert [m.low for m in archive.panel(indicators=["forest.level"])] == [41.5]


def test_own_indicators_are_kept_and_given_up(tmp_path: Path) -> None:
    paths = write_reports(tmp_path / "in", range(2023, 2025))
    _grown(paths[0], "全市地区生产总值增长", "高架步道里程达到36公里，全市地区生产总值增长")
    own, store = tmp_path / "my.toml", tmp_path / "s.store"
    own.write_text(OWN, encoding="utf-8")
    assert build([tmp_path / "in"], store, workers=1).generation == 1
    with open_store(store) as archive:
        assert not archive.panel(indicators=["elevated.level"])
    assert build([tmp_path / "in"], store, workers=1, indicators=own).generation == 2  # the facts are read again
    use_indicators([])
    with open_store(store) as archive:
        assert [m.low for m in archive.panel(indicators=["elevated.level"])] == [36]
        assert "elevated.level" in set(archive.table("panel")["indicator"])
        assert indicator_table().indicators["elevated.level"].headline
    again = build([tmp_path / "in"], store, workers=1)  # the store keeps them
    assert again.generation == 2 and not again.published
    own.write_text("", encoding="utf-8")
    assert build([tmp_path / "in"], store, workers=1, indicators=own).generation == 3
    with open_store(store) as archive:
        assert not archive.panel(indicators=["elevated.level"])


def test_a_bad_file_of_indicators_stops_the_build(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", range(2024, 2025))
    own = tmp_path / "my.toml"
    own.write_text('[[subject]]\nid = "x"', encoding="utf-8")
    with pytest.raises(StoreError, match="lacks names"):
        build([tmp_path / "in"], tmp_path / "s.store", workers=1, indicators=own)
    with pytest.raises(StoreError, match="No such file"):
        build([tmp_path / "in"], tmp_path / "s.store", workers=1, indicators=tmp_path / "none.toml")
