from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from crash import crash_rounds, fingerprint
from texts import report, write_reports

from duixian.model import ReadFailure
from duixian.store import StoreError, build, open_store
from duixian.store.folder import Folder
from duixian.store.work import Done, Task, process


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    write_reports(folder, range(2022, 2025))
    return folder


def old(folder: Path) -> None:
    """Make files look as if they had been written a while ago, so that their times can be trusted."""
    for path in folder.rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def names(store: Path, below: str) -> set[str]:
    return {p.name for p in (store / below).iterdir()}


def test_a_build_publishes_what_it_read(inputs: Path, tmp_path: Path) -> None:
    summary = build([inputs], tmp_path / "s.store", workers=1)
    assert (summary.generation, summary.published, summary.documents, summary.reports, summary.primary) == (1, True, 6, 6, 6)
    assert not summary.failures and not summary.skipped
    with open_store(tmp_path / "s.store") as archive:
        assert [(r.region, r.year, r.source) for r in archive.reports()] == [
            (place, year, f"{place}/{year}.md") for place in ("望江市", "青泽市") for year in (2022, 2023, 2024)
        ]


def test_every_quote_stands_where_it_says(inputs: Path, tmp_path: Path) -> None:
    build([inputs], tmp_path / "s.store", workers=1)
    with open_store(tmp_path / "s.store") as archive:
        rows = 0
        for table in ("measurements", "readings", "panel", "livelihood"):
            for row in archive.table(table).iter_rows(named=True):
                assert archive.text(row["source"])[row["start"] : row["end"]] == row["quote"]
                rows += 1
        assert rows > 0


def test_unchanged_files_are_not_opened_and_make_no_generation(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old(inputs)
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)

    def opened(task: Task) -> Done:
        raise AssertionError(f"{task.source} was opened")

    monkeypatch.setattr("duixian.store.building.process", opened)
    again = build([inputs], store, workers=1)
    assert (again.generation, again.published, again.skipped, again.reports) == (1, False, 6, 6)


def test_a_touched_file_is_read_but_not_worked_on_again(inputs: Path, tmp_path: Path) -> None:
    old(inputs)
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    before = names(store, "segments")
    os.utime(inputs / "望江市" / "2023.md", (1_700_000_100, 1_700_000_100))
    again = build([inputs], store, workers=1)
    assert (again.published, again.skipped) == (False, 6)
    assert names(store, "segments") == before


def test_a_changed_file_alone_is_redone(inputs: Path, tmp_path: Path) -> None:
    old(inputs)
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    (inputs / "望江市" / "2023.md").write_text(report("望江市", 2023, 2, seed=7), encoding="utf-8")
    again = build([inputs], store, workers=1)
    assert (again.generation, again.published, again.skipped) == (2, True, 5)


def test_only_the_stage_whose_version_changed_is_redone(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    with open_store(store) as archive:
        before = fingerprint(archive)
    reads = {n for n in names(store, "segments") if "-read-" in n}
    times = {n: (store / "segments" / n).stat().st_mtime_ns for n in reads}
    from duixian.store.versions import stage_versions

    changed = {**stage_versions(), "facts": "ffffffff", "promises": "eeeeeeee"}
    monkeypatch.setattr("duixian.store.building.stage_versions", lambda: changed)
    again = build([inputs], store, workers=1)
    assert (again.published, again.skipped) == (True, 0)
    assert {n: (store / "segments" / n).stat().st_mtime_ns for n in reads} == times
    assert sum(n.endswith("-facts-ffffffff.parquet") for n in names(store, "segments")) == 6
    with open_store(store) as archive:
        assert fingerprint(archive) == before


def test_a_generation_holds_exactly_the_given_inputs(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    build([inputs / "青泽市"], store, workers=1)
    with open_store(store) as archive:
        assert [r.source for r in archive.reports()] == ["青泽市/2022.md", "青泽市/2023.md", "青泽市/2024.md"]  # the store keeps its root


def test_a_row_is_the_same_however_many_work_on_it(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.store.building.SMALL", 0)
    build([inputs], tmp_path / "one.store", workers=1)
    build([inputs / "青泽市", inputs / "望江市"], tmp_path / "two.store", workers=2)
    with open_store(tmp_path / "one.store") as one, open_store(tmp_path / "two.store") as two:
        assert fingerprint(one) == fingerprint(two)


def test_bad_files_cost_only_themselves(inputs: Path, tmp_path: Path) -> None:
    (inputs / "empty.txt").write_bytes(b"")
    (inputs / "junk.md").write_bytes(bytes(range(256)) * 40)
    (inputs / "hollow").mkdir()
    (inputs / "loop").symlink_to(inputs)
    summary = build([inputs, inputs / "hollow", inputs / "absent.md"], tmp_path / "s.store", workers=1)
    assert summary.reports == 6 and summary.errors == 0
    reasons = {f.source: f.reason for f in summary.failures}
    assert set(reasons) == {"empty.txt", "junk.md", "hollow", "absent.md"}
    assert all(reason and "\n" not in reason for reason in reasons.values())
    with open_store(tmp_path / "s.store") as archive:
        assert set(archive.table("failures")["source"]) == set(reasons)


def test_an_error_nobody_foresaw_becomes_a_failure(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from duixian import reading

    read_document = reading.read_document

    def broken(document: object) -> object:
        if "2023" in document.source:  # type: ignore[attr-defined]
            raise ZeroDivisionError("a bug\nin two lines")
        return read_document(document)  # type: ignore[arg-type]

    monkeypatch.setattr("duixian.store.work.read_document", broken)
    summary = build([inputs], tmp_path / "s.store", workers=1)
    assert (summary.reports, summary.errors) == (4, 2)
    assert all(f.reason.startswith("internal error: ZeroDivisionError: a bug in two lines (") for f in summary.failures)


def test_nothing_readable_leaves_the_store_as_it_is(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.store"
    nothing = build([tmp_path / "absent"], store, workers=1)
    assert (nothing.generation, nothing.published, len(nothing.failures)) == (None, False, 1)
    assert not store.exists()
    build([inputs], store, workers=1)
    again = build([tmp_path / "absent"], store, workers=1)
    assert (again.generation, again.published) == (1, False)
    with open_store(store) as archive:
        assert archive.counts.reports == 6


def test_an_input_outside_the_root_is_refused(inputs: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not lie below the root"):
        build([inputs], tmp_path / "s.store", root=inputs / "望江市", workers=1)


def test_a_foreign_folder_is_not_written_to(inputs: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no store"):
        build([inputs], inputs, workers=1)
    assert not (inputs / "segments").exists()


def test_one_writer_at_a_time(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    with Folder(store).writing(), pytest.raises(StoreError) as caught:
        build([inputs], store, workers=1)
    assert "being built by another process" in str(caught.value) and "\n" not in str(caught.value)


def test_what_killed_writers_left_is_swept(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    for below in ("segments", "generations", "."):
        (store / below / "x.parquet.12.tmp").write_bytes(b"half")
    (store / "generations" / "y.12.tmp.spill.tmp").mkdir()
    build([inputs], store, workers=1)
    assert not [p for p in store.rglob("*") if ".tmp" in p.name]


def test_a_damaged_segment_is_made_again(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    with open_store(store) as archive:
        before = fingerprint(archive)
    (store / "CURRENT").unlink()
    for path in sorted((store / "segments").iterdir())[:3]:
        path.write_bytes(path.read_bytes()[:200])
    build([inputs], store, workers=1)
    with open_store(store) as archive:
        assert fingerprint(archive) == before


def test_old_generations_and_their_segments_go(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.store"
    for seed in range(4):
        write_reports(inputs, range(2022, 2025), seed=seed)
        build([inputs], store, workers=1)
    assert names(store, "generations") == {"3.json", "3.duckdb", "4.json", "4.duckdb"}
    assert len(names(store, "segments")) == 2 * 6 * 3


def test_a_reader_keeps_its_generation(inputs: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    with open_store(store) as held:
        before = fingerprint(held)
        for seed in range(1, 4):
            write_reports(inputs, range(2022, 2023 + seed), seed=seed)
            build([inputs], store, workers=1)
        assert not (store / "generations" / "1.duckdb").exists()
        assert fingerprint(held) == before
    with open_store(store) as now:
        assert now.number == 4 and fingerprint(now) != before


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_kill_9_leaves_a_readable_store_and_the_next_build_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for seed in range(10):
        write_reports(folder / f"edition{seed}", range(2016, 2026), seed=seed)
    (tmp_path / "work").mkdir()
    rounds = crash_rounds([folder], 3, tmp_path / "work", seed=3)
    assert [r for r in rounds if not r.good] == []
    assert any(r.killed for r in rounds)


def test_a_task_that_kills_its_worker_costs_only_itself(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.store.building.SMALL", 0)
    monkeypatch.setattr("duixian.store.building.process", _dies_of_2023)
    summary = build([inputs], tmp_path / "s.store", workers=2)
    assert summary.reports == 4 and summary.errors == 2
    assert {f.source for f in summary.failures} == {"望江市/2023.md", "青泽市/2023.md"}
    monkeypatch.setattr("duixian.store.building.process", process)
    assert build([inputs], tmp_path / "s.store", workers=1).reports == 6  # it is tried again


def _dies_of_2023(task: Task) -> Done:
    if "2023" in task.source:
        os.kill(os.getpid(), 9)
    return process(task)


def test_the_manifest_names_what_failed(inputs: Path, tmp_path: Path) -> None:
    (inputs / "empty.txt").write_bytes(b"")
    store = tmp_path / "s.store"
    build([inputs], store, workers=1)
    kept = Folder(store).manifest(1)
    assert kept is not None and kept.failures == (ReadFailure("empty.txt", "empty file"),)
    assert json.loads((store / "store.json").read_text())["format"] == 1
