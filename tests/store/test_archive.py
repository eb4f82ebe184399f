from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from duixian.store import QUERIES, TABLES, Generation, StoreError, open_store
from duixian.store.arrow import schema_of
from duixian.store.queries import MEASUREMENTS, READINGS, SECTIONS


def test_every_table_is_there_with_its_columns(archive: Generation) -> None:
    for name, row in TABLES.items():
        assert archive.table(name).columns == schema_of(row).names


def test_every_query_gives_rows_of_its_type(archive: Generation) -> None:
    for name, query in QUERIES.items():
        frame = archive.query(name)
        row: Any = query.row
        assert frame.columns == schema_of(row).names
        assert all(isinstance(row, query.row) for row in archive.rows(query))


def test_readers_see_primary_editions_unless_they_ask_for_all(archive: Generation) -> None:
    assert archive.counts.reports == 7 and archive.counts.primary == 6
    assert len(archive.reports()) == 6 and len(archive.reports(editions=True)) == 7
    (copy,) = (r for r in archive.reports(editions=True) if not r.primary)
    (first,) = (r for r in archive.reports(region="望江", years=[2024]))
    assert (copy.source, copy.edition_of, first.source) == ("转载.txt", first.report_id, "望江市/2024.md")
    assert "duplicate" in copy.flags and "duplicate" not in first.flags
    assert {c.source for c in archive.panel(years=[2024])} <= {"望江市/2024.md", "青泽市/2024.md"}


def test_filters(archive: Generation) -> None:
    assert {r.region for r in archive.reports(codes=["991100"])} == {"青泽市"}
    assert archive.reports(levels=["province"]) == ()
    assert archive.reports(years=[]) == ()
    cells = archive.panel(indicators=["gdp.growth"], role="target", years=[2024])
    assert [(c.region, c.period, c.comparator) for c in cells] == [("望江市", "2024", "~"), ("青泽市", "2024", "~")]
    (report,) = archive.reports(region="望江", years=[2023])
    assert archive.rows(SECTIONS, report_id=report.report_id, source=report.source)[0].start == 0
    measured = archive.rows(MEASUREMENTS, report_id=report.report_id, source=report.source)
    assert measured and all(m.report_id == report.report_id for m in measured)
    assert any(r.chosen for r in archive.rows(READINGS, report_id=report.report_id, source=report.source, indicator="gdp.growth"))


def test_words_of_sql_in_a_parameter_are_only_words(archive: Generation) -> None:
    assert archive.reports(region="' OR 1=1 --") == ()
    with pytest.raises(StoreError, match="no table"):
        archive.table('reports"; DROP TABLE reports; --')
    assert len(archive.reports()) == 6


def test_unknown_names_are_one_clear_line(archive: Generation) -> None:
    with pytest.raises(StoreError, match="no query 'nothing'; there are: "):
        archive.query("nothing")
    with pytest.raises(TypeError, match="query reports has no parameter yaer"):
        archive.query("reports", yaer=2024)
    with pytest.raises(StoreError, match=r"no document 'x\.md'"):
        archive.text("x.md")


def test_text_by_positions(archive: Generation) -> None:
    whole = archive.text("望江市/2024.md")
    assert whole.startswith("政府工作报告") and archive.text("望江市/2024.md", 3, 9) == whole[3:9]


def test_threads_may_ask_at_the_same_time(archive: Generation) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: len(archive.table("sections")), range(40))) == {len(archive.table("sections"))}


def test_the_serving_file_reaches_no_other_file(archive: Generation, tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.Error):
        archive._execute(f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')", {}).fetchall()


def broken(small_store: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy.store"
    shutil.copytree(small_store, copy)
    return copy


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert "\n" not in str(caught.value) and str(path) in str(caught.value)
    return str(caught.value)


def test_what_can_not_be_opened_is_refused_in_one_line(small_store: Path, tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "absent.store")
    assert "is no store" in refusal(tmp_path)
    store = broken(small_store, tmp_path)
    serving = store / "generations" / "1.duckdb"
    serving.write_bytes(serving.read_bytes()[:5000])
    assert "is damaged: generation 1 can't be opened" in refusal(store)
    serving.unlink()
    assert "is damaged: generation 1 can't be opened" in refusal(store)
    (store / "CURRENT").write_text("seven")
    assert "CURRENT can't be read" in refusal(store)
    (store / "CURRENT").unlink()
    assert "holds no generation yet" in refusal(store)
    (store / "store.json").write_text('{"format":99}')
    assert "store format 99" in refusal(store)
    (store / "store.json").write_text("{")
    assert "store.json can't be read" in refusal(store)


def test_a_new_build_mends_a_damaged_serving_file(small_store: Path, tmp_path: Path) -> None:
    from duixian.store import build

    store = broken(small_store, tmp_path)
    serving = store / "generations" / "1.duckdb"
    serving.write_bytes(serving.read_bytes()[:5000])
    summary = build([small_store.parent / "in"], store, workers=1)
    assert (summary.published, summary.generation, summary.skipped) == (True, 2, 7)
    with open_store(store) as opened:
        assert opened.counts.reports == 7
