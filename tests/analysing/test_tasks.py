"""The promises of a report as a list of tasks: numbers, tree, filters, files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

import duixian
from duixian.analysing.tasks import COLUMNS, Wanted, task_list, task_table
from duixian.cli import main
from duixian.store import Generation, StoreError, build, open_store

PLACE, YEAR = "澜州省", 2023


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


def test_checkable_promises_are_numbered_in_order(archive: Generation) -> None:
    found = task_list(archive, PLACE, YEAR)
    numbers = [t.promise.number for t in found.tasks]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == found.counts["quantified"] + found.counts["milestone"] > 10
    assert all(t.promise.kind != "qualitative" for t in found.tasks)
    apart = task_list(archive, PLACE, YEAR, Wanted(kind="qualitative")).tasks
    assert [t.promise.number for t in apart] == list(range(len(numbers) + 1, len(numbers) + 1 + found.counts["qualitative"]))


def test_sentences_hold_their_acts(archive: Generation) -> None:
    for task in task_list(archive, PLACE, YEAR).tasks:
        text = archive.text(task.promise.source)
        assert text[task.promise.start : task.promise.end] == task.promise.quote
        assert "".join(task.promise.quote.split()) in "".join(task.sentence.split())
        assert task.task.rstrip("…") in task.sentence


def test_the_tree_counts_themes_sentences_and_acts(archive: Generation) -> None:
    tasks = [t for kind in ("quantified", "milestone", "qualitative") for t in task_list(archive, PLACE, YEAR, Wanted(kind=kind)).tasks]
    codes = {t.code for t in tasks}
    assert len(codes) == len(tasks)
    for task in tasks:
        theme, sentence, act = (int(part) for part in task.code.split("."))
        assert act == 1 or f"{theme}.{sentence}.{act - 1}" in codes
        assert sentence == 1 or any(c.startswith(f"{theme}.{sentence - 1}.") for c in codes)
    by_theme: dict[str, set[str]] = {}
    for task in tasks:
        by_theme.setdefault(task.code.split(".")[0], set()).add(task.theme)
    assert all(len(themes) == 1 for themes in by_theme.values())


def test_numbers_stay_whatever_is_asked_for_and_in_rebuilds(archive: Generation, samples: Path, tmp_path: Path) -> None:
    every = {t.promise.commitment_id: (t.promise.number, t.code) for t in task_list(archive, PLACE, YEAR).tasks}
    some = task_list(archive, PLACE, YEAR, Wanted(livelihood=True)).tasks
    assert 0 < len(some) < len(every)
    assert all(every[t.promise.commitment_id] == (t.promise.number, t.code) for t in some)
    build([samples / PLACE], tmp_path / "other.store", workers=1)
    with open_store(tmp_path / "other.store") as other:
        assert {t.promise.commitment_id: (t.promise.number, t.code) for t in task_list(other, PLACE, YEAR).tasks} == every


def test_filters(archive: Generation) -> None:
    everything = task_list(archive, PLACE, YEAR).tasks
    topic = next(t.promise.topic for t in everything if t.promise.topic).split("、")[0]
    assert all(topic in (t.promise.topic or "") for t in task_list(archive, PLACE, YEAR, Wanted(topic=topic)).tasks)
    assert {t.promise.kind for t in task_list(archive, PLACE, YEAR, Wanted(kind="milestone")).tasks} == {"milestone"}
    kept = task_list(archive, PLACE, YEAR, Wanted(livelihood=True)).tasks + task_list(archive, PLACE, YEAR, Wanted(livelihood=False)).tasks
    assert len(kept) == len(everything)
    with pytest.raises(StoreError, match="no topic"):
        task_list(archive, PLACE, YEAR, Wanted(topic="无此领域"))
    with pytest.raises(StoreError, match="no report"):
        task_list(archive, PLACE, 1901)


def test_figures_are_told_in_words(archive: Generation) -> None:
    found = task_list(archive, PLACE, YEAR, Wanted(kind="quantified")).tasks
    assert any(t.quantity and any(c.isdigit() for c in t.quantity) for t in found)
    assert all(t.quantity for t in found if t.promise.quantities)


def test_a_workbook_is_ready_to_assign(sample_store: Path, tmp_path: Path) -> None:
    made = run("promises", sample_store, PLACE, YEAR, "-o", tmp_path / "任务.xlsx")
    assert made.exit_code == 0, made.stderr
    book = CalamineWorkbook.from_path(tmp_path / "任务.xlsx")
    assert book.sheet_names == ["任务清单", "来源", "说明"]
    rows = book.get_sheet_by_name("任务清单").to_python()
    heads = [str(h) for h in rows[0]]
    assert heads[-3:] == ["责任单位", "进度", "备注"]
    assert all(cell == "" for row in rows[1:] for cell in row[-3:])
    with open_store(sample_store) as store:
        found = task_list(store, PLACE, YEAR).tasks
        assert [row[0] for row in rows[1:]] == [t.promise.number for t in found]
    sources = book.get_sheet_by_name("来源").to_python()
    assert [row[:2] for row in sources[1:]] == [[row[0], row[heads.index("事项")]] for row in rows[1:]]
    told = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("说明").to_python()}
    assert told["版本"] == f"duixian {duixian.__version__}"
    assert told["命令"].startswith("duixian")
    assert not list(tmp_path.glob(".*"))


def test_other_files_and_prints(sample_store: Path, tmp_path: Path) -> None:
    printed = run("promises", sample_store, PLACE, YEAR, "--format", "csv")
    rows = list(csv.reader(printed.stdout.lstrip("\ufeff").splitlines()))
    assert rows[0] == [c.name for c in COLUMNS]
    assert run("promises", sample_store, PLACE, YEAR, "--format", "json", "-o", tmp_path / "a.json").exit_code == 0
    assert len(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))) == len(rows) - 1
    assert run("promises", sample_store, PLACE, YEAR, "-o", tmp_path / "a.csv").exit_code == 0
    assert (tmp_path / "a.csv").read_bytes().startswith("\ufeffnumber".encode())
    assert "deadline" in run("promises", sample_store, PLACE, YEAR, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "xlsx"), "add -o FILE.xlsx"),
        (("--format", "xlsx", "-o", "a.csv"), "does not end in .xlsx"),
        (("--kind", "vague"), "is not one of"),
        (("-o", "nowhere/a.xlsx"), "can't be written"),
        (("-o", "nowhere/a.json"), "can't be written"),
        (("-o", "a.docx"), "no such kind of file"),
        (("--topic", "无此领域"), "no topic"),
    ],
)
def test_errors_are_one_line(sample_store: Path, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    given = [str(tmp_path / a) if a.startswith(("nowhere", "a.")) else a for a in arguments]
    result = run("promises", sample_store, PLACE, YEAR, *given)
    assert result.exit_code in (1, 2)
    assert told in result.stderr.strip().splitlines()[-1]


def test_python_gives_a_frame(sample_store: Path) -> None:
    with duixian.open(sample_store) as archive:
        frame = archive.promises(PLACE, YEAR, livelihood=True)
        assert frame.columns == [c.name for c in COLUMNS]
        assert frame["number"].is_sorted() and frame["livelihood"].all()
        assert frame.height == len(task_table(task_list(archive, PLACE, YEAR, Wanted(livelihood=True))).rows)
        with pytest.raises(StoreError, match="no kind"):
            archive.promises(PLACE, YEAR, kind="vague")
