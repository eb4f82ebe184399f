"""table with its views and its workbook, and gaps, on the project's samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from duixian.cli import main


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


def rows(*args: object) -> list[dict[str, object]]:
    result = run(*args, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    path = tmp_path_factory.mktemp("tabling") / "a.store"
    assert run("build", samples, "-o", path, "--workers", 1).exit_code == 0
    return path


def test_pivot_has_a_row_a_place_and_a_column_a_year_and_side(store: Path) -> None:
    found = rows("table", store, "--year", "2023-2024", "--pivot")
    assert {r["region"] for r in found} == {"澜州省", "望江市", "云陵省", "青泽市"}
    assert {"gdp.growth_target_2024", "gdp.growth_actual_2023"} <= set(found[0])


def test_change_counts_against_the_year_before(store: Path) -> None:
    by_year = {r["year"]: r for r in rows("table", store, "--region", "望江市", "--change")}
    assert by_year[2023]["change"] is None
    assert by_year[2024]["change"] == pytest.approx(float(by_year[2024]["value"]) - float(by_year[2023]["value"]))  # type: ignore[arg-type]


def test_samples_enter_no_summary(store: Path) -> None:
    assert rows("table", store, "--summary") == []


def test_the_workbook_has_numbers_sentences_and_an_explanation(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert run("table", store, "--year", 2024, "-o", path).exit_code == 0
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["目标与实际", "原文", "说明"]
    sheet, sentences = (book.get_sheet_by_name(n).to_python() for n in ("目标与实际", "原文"))
    assert all(isinstance(row[5], float) for row in sheet[1:])
    assert len(sentences) == 1 + sum(row[c] != "" for row in sheet[1:] for c in (5, 10) if len(row) > c)
    assert any("命令" in str(row[0]) for row in book.get_sheet_by_name("说明").to_python())


@pytest.mark.parametrize("suffix", ["csv", "parquet", "dta"])
def test_other_files(store: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    assert run("table", store, "--year", 2024, "-o", path).exit_code == 0
    assert path.stat().st_size > 200


def test_gaps_name_the_reason(store: Path) -> None:
    found = rows("gaps", store, "--region", "澜州省", "--year", 2024, "--indicator", "gdp.growth,rd.growth")
    assert found and {r["indicator"] for r in found} >= {"rd.growth"}
    assert all(r["reason"] for r in found)


def test_gaps_list_provinces_without_a_report(store: Path) -> None:
    found = rows("gaps", store, "--level", "province", "--year", 2024)
    assert sum(r["reason"] == "no report" for r in found) == 31 * 2
