"""Corrections: kept outside the store, laid over values when they are read, undone without a trace in the derived facts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duixian.cli import main
from duixian.ledger import Corrections, LedgerError
from duixian.model import Cell

CELL = "澜州省/2024/gdp.growth/target"


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


def target(store: Path) -> dict[str, object]:
    result = run("table", store, "--region", "澜州省", "--year", 2024, "--format", "json")
    assert result.exit_code == 0, result.stderr
    (row,) = json.loads(result.stdout)
    return dict(row)


@pytest.fixture
def store(tmp_path: Path, samples: Path) -> Path:
    path = tmp_path / "a.store"
    assert run("build", samples / "澜州省", "-o", path, "--workers", 1).exit_code == 0
    return path


def test_a_correction_shows_survives_a_rebuild_and_can_be_undone(store: Path, samples: Path) -> None:
    before = target(store)
    assert run("correct", store, CELL, "--value", "6.2%", "--comparator", "~", "--reason", "核对", "--author", "甲").exit_code == 0
    shutil.rmtree(store)
    assert run("build", samples / "澜州省", "-o", store, "--workers", 1).exit_code == 0
    after = target(store)
    assert (after["target_low"], after["target_comparator"], after["target_flags"]) == (6.2, "~", "corrected")
    assert "更正" in str(after["target"])
    assert after["actual_low"] == before["actual_low"]
    assert run("correct", store, "--undo", 1).exit_code == 0
    assert target(store) == before
    assert run("correct", store, "--undo", 1).exit_code == 1
    listed = run("correct", store, "--list", "--format", "json")
    assert [(r["action"], r["author"], bool(r["undone"])) for r in json.loads(listed.stdout)] == [("value", "甲", True)]


def test_a_refused_cell_is_empty_and_an_accepted_one_keeps_its_value(store: Path) -> None:
    before = target(store)
    run("correct", store, CELL, "--reject", "--reason", "不是全省")
    assert target(store)["target_low"] is None
    run("correct", store, CELL, "--accept", "--reason", "又核对")
    assert target(store)["target_low"] == before["target_low"]
    assert target(store)["target_flags"] == "accepted"


def test_an_empty_cell_can_be_filled(store: Path) -> None:
    cell = "澜州省/2024/pm25.level/target"
    assert run("correct", store, cell, "--value", "30", "--unit", "微克/立方米", "--reason", "补").exit_code == 0
    result = run("table", store, "--region", "澜州省", "--year", 2024, "--indicator", "pm25.level", "--format", "json")
    assert json.loads(result.stdout)[0]["target_low"] == 30


def test_decisions_export_as_gold_rows(store: Path) -> None:
    said = str(target(store)["target_quote"])
    run("correct", store, CELL, "--value", "6-6.5%", "--reason", "核对", "--quote", said[1:])
    (line,) = run("correct", store, "--gold").stdout.splitlines()
    row = json.loads(line)
    assert (row["cmp"], row["lo"], row["hi"], row["unit"], row["quote"]) == ("range", 6.0, 6.5, "%", said[1:])


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([CELL, "--value", "6%"], "reason"),
        ([CELL], "--value"),
        ([CELL, "--value", "六", "--reason", "x"], "六"),
        (["澜州省/gdp.growth", "--reject", "--reason", "x"], "no cell"),
        (["澜州省/1999/gdp.growth", "--reject", "--reason", "x"], "1999"),
        (["--undo", "7"], "7"),
        ([CELL, "--value", "6%", "--reason", "x", "--quote", "月球增长六成"], "月球增长六成"),
        ([CELL, "--value", "6%", "--reason", "x", "--quote", ""], "copy the words"),
    ],
)
def test_mistakes_are_named(store: Path, args: list[str], words: str) -> None:
    result = run("correct", store, *args)
    assert result.exit_code in (1, 2)
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_reading_makes_no_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    assert Corrections(url).current() == {}
    assert not (tmp_path / "a.db").exists()


def test_what_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database" * 100)
    with pytest.raises(LedgerError, match="ledger"):
        Corrections(f"sqlite:///{tmp_path / 'a.db'}").add(Cell("110000", 2024, "gdp.growth", "target"), "accept", reason="x", author="y")
