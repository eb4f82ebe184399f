"""The commands of words, on the samples."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duixian.analysing.search_texts import Choice, Texts
from duixian.commands.words import COMMANDS
from duixian.store import Generation, StoreError

BY_NAME = {c.name: c for c in COMMANDS}


def run(name: str, *args: object) -> Result:
    return CliRunner().invoke(BY_NAME[name], [str(a) for a in args])


def rows(name: str, *args: object) -> list[dict[str, str]]:
    result = run(name, *args, "--format", "csv")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))


def test_hits_open_at_their_sentence(sample_store: Path, archive: Generation) -> None:
    found = rows("search", sample_store, "就业", "--limit", 0)
    assert found
    for row in found:
        assert archive.text(row["source"], int(row["start"]), int(row["end"])) == "就业"
        assert int(row["sentence_start"]) <= int(row["start"]) < int(row["end"]) <= int(row["sentence_end"])


def test_filters_in_the_query_and_as_options_are_the_same(sample_store: Path) -> None:
    one = rows("search", sample_store, "项目 year:2025 section:tasks level:province")
    assert one == rows("search", sample_store, "项目", "--year", 2025, "--section", "tasks", "--level", "province")
    assert {r["section"] for r in one} == {"tasks"}


def test_counts_show_those_without(sample_store: Path, sample_texts: Texts) -> None:
    found = rows("search", sample_store, "绝无此词", "--by", "region,year")
    assert {(r["region_id"], r["year"]) for r in found} == {
        (t.report.region_id, str(t.report.year)) for t in sample_texts if t.report.primary
    }
    assert {r["hits"] for r in found} == {"0"}


def test_figures_by_indicator_and_bound(sample_store: Path) -> None:
    every = rows("search", sample_store, "indicator:gdp.growth")
    above = rows("search", sample_store, "indicator:gdp.growth >=6 role:target")
    assert 0 < len(above) < len(every)
    assert all(float(r["value"]) >= 6 and r["role"] == "target" for r in above)


def test_terms_beside_indicators(sample_store: Path, sample_texts: Texts) -> None:
    found = rows("terms", sample_store, "--words", "就业,绝无此词", "--wide", "--per", "10000", "--indicator", "gdp.growth")
    assert sum(int(r["就业"]) for r in found) == sum(t.text.count("就业") for t in sample_texts.chosen(Choice()))
    assert any(r["gdp.growth_target"] for r in found)


def test_terms_to_a_file(sample_store: Path, tmp_path: Path) -> None:
    assert run("terms", sample_store, "--words", "就业", "-o", tmp_path / "a.dta").exit_code == 0
    assert (tmp_path / "a.dta").stat().st_size > 100


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("search", ["就业", "--rank"]),
        ("spread", ["--words", "就业,数字经济"]),
        ("spread", ["--words", "就业", "--show", "first"]),
        ("spread", ["--words", "就业", "--show", "adoption"]),
        ("newterms", ["--year", "2025", "--least", "1"]),
        ("topics", ["--by", "year"]),
        ("taken", []),
        ("shared", ["--places", "2", "--least", "6"]),
        ("firmness", []),
    ],
)
def test_commands_give_rows(sample_store: Path, name: str, args: list[str]) -> None:
    assert rows(name, sample_store, *args)


def test_passages_and_similar(sample_store: Path, sample_texts: Texts) -> None:
    report = max((t.report for t in sample_texts.chosen(Choice())), key=lambda r: (r.level == "province", r.year))
    found = rows("passages", sample_store, f"{report.region}:{report.year}", "--least", "4")
    assert found == sorted(found, key=lambda r: -int(r["length"]))
    assert rows("similar", sample_store, f"{report.region}:{report.year}", "--least", "4")


@pytest.mark.parametrize(
    ("name", "args"),
    [("terms", []), ("terms", ["--words", "甲", "--per", "lines"]), ("search", ["甲", "--by", "colour"]), ("newterms", [])],
)
def test_wrong_usage(sample_store: Path, name: str, args: list[str]) -> None:
    assert run(name, sample_store, *args).exit_code == 2


@pytest.mark.parametrize(
    "query",
    [
        "(甲",
        "甲 >3",
        "year:2025",
        "indicator:nothing",
        "甲 year:soon",
        "甲 section:middle",
        "indicator:gdp.growth >",
        "indicator:gdp.growth >许多",
    ],
)
def test_wrong_queries_are_told(sample_store: Path, query: str) -> None:
    assert isinstance(run("search", sample_store, query).exception, StoreError)


def test_brackets_without_end_are_told(sample_store: Path) -> None:
    deep = run("search", sample_store, "(" * 3000 + "甲" + ")" * 3000)
    assert isinstance(deep.exception, StoreError) and "brackets" in str(deep.exception)
    assert rows("search", sample_store, "(" * 40 + "就业" + ")" * 40) == rows("search", sample_store, "就业")
    side_by_side = " OR ".join(["(就业)"] * 200)
    assert rows("search", sample_store, side_by_side) == rows("search", sample_store, "就业")


@pytest.mark.parametrize("given", ["就业!", "!就业"])
def test_a_mark_without_a_word_is_told_as_written(sample_store: Path, given: str) -> None:
    told = str(run("terms", sample_store, "--words", given).exception)
    assert repr(given) in told and "each side" in told


def test_words_that_look_like_formulas_are_marked_in_headings_too(sample_store: Path, tmp_path: Path) -> None:
    words = ("--words", "=1+1,@x,就业", "--wide", "--by", "year")
    printed = run("terms", sample_store, *words, "--format", "csv").stdout
    assert run("terms", sample_store, *words, "-o", tmp_path / "a.csv").exit_code == 0
    for text in (printed.lstrip("\ufeff"), (tmp_path / "a.csv").read_text(encoding="utf-8-sig")):
        assert next(csv.reader(io.StringIO(text)))[-3:] == ["'=1+1", "'@x", "就业"]
