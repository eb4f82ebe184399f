"""The command line on the project's own samples: data on standard output, talk on standard error, one line for each error."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from duixian.cli import main


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    path = tmp_path_factory.mktemp("cli") / "sample.store"
    result = run("build", samples, "-o", path, "--workers", 1)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "reports 14" in result.stderr
    return path


def test_the_truth_of_the_sample_is_found(store: Path) -> None:
    found = {(r["source"], r["region_code"], int(r["year"])): r for r in rows(run("reports", store, "--all", "--format", "csv"))}
    truth = [json.loads(line) for line in Path("tests/sample_truth/reports.jsonl").read_text(encoding="utf8").splitlines()]
    assert found.keys() == {(t["source"], t["region_code"], t["year"]) for t in truth}
    for t in truth:
        got = found[t["source"], t["region_code"], t["year"]]
        assert [got[f] or None for f in ("level", "delivered", "speaker", "kind")] == [
            t[f] for f in ("level", "delivered", "speaker", "kind")
        ]


def test_the_panel_of_the_sample_is_right(store: Path) -> None:
    ids = "gdp.growth,cpi.growth,jobs_new.level,unemployment_surveyed.level,budget_revenue.growth"
    got = {(r["region_code"], int(r["year"]), r["indicator"]): r for r in rows(run("table", store, "--indicator", ids, "--format", "csv"))}
    wrong = []
    for cell in csv.DictReader(io.StringIO(Path("tests/sample_truth/panel.csv").read_text(encoding="utf8"))):
        row, role = got[cell["region_code"], int(cell["year"]), cell["indicator"]], cell["role"]
        mine = [row[f"{role}_{f}"] for f in ("comparator", "low", "high", "unit")]
        want = [cell["comparator"], *(str(float(cell[f])) if cell[f] else "" for f in ("low", "high")), cell["unit"]]
        if mine[0] != want[0] or [float(x) if x else None for x in mine[1:3]] != [float(x) if x else None for x in want[1:3]]:
            wrong.append((cell["region_code"], cell["year"], cell["indicator"], role, want, mine))
    assert not wrong


def test_rejected_lists_the_news_items(store: Path) -> None:
    refused = rows(run("rejected", store, "--format", "csv"))
    for line in Path("tests/sample_truth/rejected.jsonl").read_text(encoding="utf8").splitlines():
        truth = json.loads(line)
        assert any(r["source"] == truth["source"] and r["reason"] for r in refused)


def test_show_names_the_speaker_and_prints_parts(store: Path) -> None:
    result = run("show", store, "澜州省", 2024)
    assert result.exit_code == 0 and "澜州省" in result.stderr and "预期目标" in result.stdout
    text = run("show", store, "澜州", 2024, "--section", "targets", "--text")
    assert "预期目标" in text.stdout
    none = run("show", store, "澜州", 2024, "--section", "tasks_term")
    assert none.exit_code == 0 and "本篇没有这一部分" in none.stderr


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_formats_of_the_table(store: Path, form: str) -> None:
    result = run("table", store, "--year", "2024", "--format", form)
    assert result.exit_code == 0 and "澜州省" in result.stdout
    if form == "json":
        assert {r["region"] for r in json.loads(result.stdout)} == {"澜州省", "望江市", "云陵省", "青泽市"}


def test_english_headings(store: Path) -> None:
    assert "region" in run("table", store, "--lang", "en").stdout.split("\n")[0]


def test_a_variable_gives_the_language(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIXIAN_LANG", "en")
    assert "target sentence" in run("table", store).stdout
    assert "target sentence" not in run("table", store, "--lang", "zh").stdout


@pytest.mark.parametrize(
    "args", [("cascade", "--region", "云陵省"), ("cascade", "--level", "province"), ("after-miss", "--region", "云陵省")]
)
def test_what_a_view_does_not_take_is_said(store: Path, args: tuple[str, ...]) -> None:
    refused = run("settle", store, "--view", *args)
    assert refused.exit_code == 2 and args[1] in refused.output


def test_facts_with_their_words(store: Path) -> None:
    plain, quoted = (run("facts", store, "云陵省", 2025, "--section", "targets", *more).stdout for more in ((), ("--quotes",)))
    assert "地区生产总值增长5.5%左右" in quoted and "地区生产总值增长5.5%左右" not in plain


def test_export_writes_every_table(store: Path, tmp_path: Path) -> None:
    assert run("export", store, "-o", tmp_path).exit_code == 0
    names = {p.stem for p in tmp_path.glob("*.jsonl")}
    contract = "reports rejected sections livelihood measurements readings panel commitments settlements followups"
    assert set(contract.split()) <= names


@pytest.mark.parametrize(
    ("args", "words", "code"),
    [
        (["table", "nowhere.store"], "nowhere.store", 1),
        (["table", "{store}", "--indicator", "gdp.grow"], "gdp.growth", 1),
        (["table", "{store}", "--year", "soon"], "soon", 2),
        (["table", "{store}", "--level", "village"], "village", 2),
        (["show", "{store}", "无此地"], "无此地", 1),
        (["show", "{store}", "澜州省", "1999"], "2023, 2024, 2025", 1),
        (["show", "{store}", "澜州省", "2024", "--section", "middle"], "middle", 2),
        (["build", "nowhere", "-o", "{tmp}"], "nowhere", 1),
    ],
)
def test_errors_are_one_clear_line(store: Path, tmp_path: Path, args: list[str], words: str, code: int) -> None:
    result = run(*(a.format(store=store, tmp=tmp_path / "x.store") for a in args))
    assert result.exit_code == code, result.output
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_every_command_has_help_with_an_example() -> None:
    for name in main.list_commands(click.Context(main)):
        command = main.get_command(click.Context(main), name)
        assert command is not None
        text = run(name, "--help").output
        assert "Example" in text, name
        assert command.help
