"""Tracks, shares and traces over a store of the sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from duixian.analysing.tracing import Trace, story, trace, trace_table
from duixian.analysing.tracking import FULFILMENTS, Wanted, counts, shares_table, tracked, tracked_table
from duixian.store import Generation, StoreError, build, open_store
from duixian.store.folder import Entry
from duixian.store.followed import FOLDER, fill_followups, follow_pairs, pair_tasks


def refill(connection: duckdb.DuckDBPyConnection, segments: Path, documents: Sequence[Entry]) -> None:
    connection.execute("DELETE FROM followups")
    pairs = pair_tasks(connection, segments, documents)
    assert not follow_pairs(pairs, segments)
    fill_followups(connection, pairs)


@pytest.fixture(scope="module")
def store(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    folder = tmp_path_factory.mktemp("tracking") / "s.store"
    build([samples], folder, workers=1)
    with open_store(folder) as opened:
        manifest, number = opened.manifest, opened.number
    serving = folder / f"generations/{number}.duckdb"
    with duckdb.connect(str(serving)) as connection:
        refill(connection, folder / "segments", manifest.documents)
    with open_store(folder) as opened:
        yield opened


def test_every_promise_has_one_verdict(store: Generation) -> None:
    rows = tracked(store, "澜州省", 2023)
    assert rows
    verdicts: dict[str, set[str]] = {}
    for row in rows:
        verdicts.setdefault(row.commitment_id, set()).add(row.verdict)
        assert store.text(row.source, row.start, row.end) == row.promise
        if row.answer is not None:
            assert row.answer_start is not None and row.answer_end is not None
            assert store.text(row.to_source, row.answer_start, row.answer_end) == row.answer
    assert all(len(v) == 1 for v in verdicts.values())
    assert sum(counts(rows).values()) == len(verdicts)


def test_filters(store: Generation) -> None:
    rows = tracked(store, "澜州省", 2023)
    for verdict in FULFILMENTS:
        some = tracked(store, "澜州省", 2023, Wanted(verdicts=[verdict]))
        assert [r.commitment_id for r in some] == [r.commitment_id for r in rows if r.verdict == verdict]
    assert all(r.kind == "quantified" for r in tracked(store, "澜州省", 2023, Wanted(kind="quantified")))
    assert all(r.livelihood for r in tracked(store, "澜州省", 2023, Wanted(livelihood=True)))
    assert tracked(store, "澜州省", 2023, Wanted(words="没有这样的话")) == ()


def test_table_and_note(store: Generation) -> None:
    rows = tracked(store, "澜州省", 2023)
    table = tracked_table(rows)
    assert len(table.rows) == len(rows)
    assert table.note is not None
    assert table.note.startswith(f"承诺 {sum(counts(rows).values())}")


def test_no_next_report(store: Generation) -> None:
    with pytest.raises(StoreError, match="2026"):
        tracked(store, "云陵省", 2025)


def test_samples_enter_no_shares(store: Generation) -> None:
    assert shares_table(store, "topic").rows == ()


def test_trace_tells_when_a_thing_was_promised_and_done(store: Generation) -> None:
    found = trace(store, "澜州省", ["高铁"])
    assert found.steps
    assert found.first == min(s.year for s in found.steps)
    for step in found.steps:
        assert store.text(step.source, step.start, step.end) == step.sentence
    assert len(trace_table(found).rows) == len(found.steps)
    assert story(found).startswith("澜州省 高铁：")


def test_what_is_promised_again_was_done_in_parts() -> None:
    found = Trace("望江市", ("轻轨",), (), (2014, 2016, 2018), 2014, (2014, 2018), 2016, (2018,), None)
    assert "2016 年报告称有部分已完成" in story(found) and "此后仍写入计划 1 次（至 2018 年）" in story(found)
    assert "2016 年报告称已完成" in story(replace(found, promised=(2014,), again=()))


def test_years_that_promise_again_follow_the_end(store: Generation) -> None:
    found = trace(store, "澜州省", ["高铁"])
    assert found.again == tuple(y for y in found.promised if found.done and y > found.done)


def test_trace_of_nothing(store: Generation) -> None:
    assert "均未提及" in story(trace(store, "澜州省", ["没有这样的东西"]))
    with pytest.raises(StoreError, match="word"):
        trace(store, "澜州省", [" "])


def test_pairs_are_kept_until_something_changes(samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "s.store"
    build([samples], folder, workers=1)
    with open_store(folder) as opened:
        manifest, number = opened.manifest, opened.number
    serving = folder / f"generations/{number}.duckdb"
    stray = folder / FOLDER / "old.parquet"
    made = []
    for _ in range(2):
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"left by an older version")
        with duckdb.connect(str(serving)) as connection:
            refill(connection, folder / "segments", manifest.documents)
            made.append(
                (
                    connection.execute("SELECT * FROM followups ORDER BY ALL").fetchall(),
                    {p: p.stat().st_mtime_ns for p in stray.parent.iterdir()},
                )
            )
        assert not stray.exists()
    assert made[0] == made[1]
    assert made[0][0]
    damaged = next(p for p in stray.parent.iterdir() if p.stat().st_size > 5000)
    damaged.write_bytes(damaged.read_bytes()[:1000])  # the disk lost its end
    with duckdb.connect(str(serving)) as connection:
        refill(connection, folder / "segments", manifest.documents)
        assert connection.execute("SELECT * FROM followups ORDER BY ALL").fetchall() == made[0][0]
