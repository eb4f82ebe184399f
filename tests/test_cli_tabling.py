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


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_json_files_hold_what_is_printed(store: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    assert run("table", store, "--year", 2024, "-o", path).exit_code == 0
    printed = run("table", store, "--year", 2024, "--format", suffix).stdout
    assert path.read_text(encoding="utf-8") == printed and "gdp.growth" in printed
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_gaps_name_the_reason(store: Path) -> None:
    found = rows("gaps", store, "--region", "澜州省", "--year", 2024, "--indicator", "gdp.growth,rd.growth")
    assert found and {r["indicator"] for r in found} >= {"rd.growth"}
    assert all(r["reason"] for r in found)


def test_gaps_list_provinces_without_a_report(store: Path) -> None:
    found = rows("gaps", store, "--level", "province", "--year", 2024)
    absent = [r for r in found if r["why"] == "no_report"]
    assert len(absent) == 31 * 2
    assert {r["reason"] for r in absent} == {"没有报告"}


def test_gaps_tell_words_from_silence(store: Path) -> None:
    ids = ",".join(("income.growth", "trade.growth", "energy_intensity.change", "cpi.growth", "retail.growth", "gdp.growth", "rd.growth"))
    found = rows("gaps", store, "--indicator", ids)
    reasons = {str(r["why"]): str(r["reason"]) for r in found}
    assert {"without_number", "not_stated"} <= set(reasons)
    assert reasons["without_number"].startswith("有目标而无数字：")
    assert reasons["not_stated"] == "未提及"
    english = rows("gaps", store, "--indicator", ids, "--lang", "en")
    assert {str(r["reason"]) for r in english if r["why"] == "not_stated"} == {"not stated"}


@pytest.mark.parametrize("form", ["xlsx", "dta"])
def test_export_as_workbook_and_stata(store: Path, tmp_path: Path, form: str) -> None:
    result = run("export", store, "--format", form, "-o", tmp_path, "--tables", "panel,reports")
    assert result.exit_code == 0, result.stderr
    if form == "xlsx":
        book = CalamineWorkbook.from_path(str(tmp_path / "panel.xlsx"))
        assert book.sheet_names == ["说明", "panel"]
        sheet = book.get_sheet_by_name("panel").to_python()
        labels = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("说明").to_python()}
    else:
        import pyreadstat

        columns, meta = pyreadstat.read_dta(str(tmp_path / "panel.dta"), output_format="dict")
        sheet = [list(columns), *map(list, zip(*columns.values(), strict=True))]
        labels = {name: str(label) for name, label in meta.column_names_to_labels.items()}
    assert {"measurement_id", "indicator", "low", "quote", "flags"} <= set(sheet[0])
    assert labels["comparator"] == "比较符"
    run("export", store, "--format", "jsonl", "-o", tmp_path, "--tables", "panel")
    lines = [json.loads(line) for line in (tmp_path / "panel.jsonl").read_text(encoding="utf-8").splitlines()]
    at = {name: sheet[0].index(name) for name in ("measurement_id", "low", "start")}
    numbered = [r for r in sheet[1:] if isinstance(r[at["low"]], float) and r[at["low"]] == r[at["low"]]]
    assert [(r[at["measurement_id"]], r[at["low"]], r[at["start"]]) for r in numbered] == [
        (line["measurement_id"], line["low"], line["start"]) for line in lines if line["low"] is not None
    ]
    assert len(sheet) == len(lines) + 1
