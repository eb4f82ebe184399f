from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from duixian.store import EXPORTED, TABLES, Generation, StoreError, export
from duixian.store.arrow import schema_of
from duixian.store.exporting import Format


def test_jsonl_has_every_table_with_all_columns(archive: Generation, tmp_path: Path) -> None:
    counts = export(archive, "jsonl", tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {f"{t}.jsonl" for t in EXPORTED}
    assert counts["reports"] == 7 and counts["followups"] > 0 and counts["commitments"] > 0 and counts["measurements"] > 0
    for table in EXPORTED:
        rows = [json.loads(line) for line in (tmp_path / "out" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]
        assert len(rows) == counts[table]
        assert all(list(row) == schema_of(TABLES[table]).names for row in rows)
    reports = [json.loads(line) for line in (tmp_path / "out" / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(isinstance(r["flags"], list) and r["region_code"] in ("990100", "991100") and r["url"] is None for r in reports)
    assert "望江市" in (tmp_path / "out" / "reports.jsonl").read_text(encoding="utf-8")


def test_csv_opens_in_a_spreadsheet(archive: Generation, tmp_path: Path) -> None:
    export(archive, "csv", tmp_path, ["reports", "references"])
    assert (tmp_path / "reports.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7 and list(rows[0]) == schema_of(TABLES["reports"]).names
    assert sum("duplicate" in json.loads(r["flags"]) for r in rows) == 1
    assert rows[0]["url"] == ""
    assert (tmp_path / "references.csv").read_text(encoding="utf-8-sig").splitlines() == [",".join(schema_of(TABLES["references"]).names)]


def test_parquet_keeps_the_types(archive: Generation, tmp_path: Path) -> None:
    export(archive, "parquet", tmp_path)
    for table in EXPORTED:
        assert pq.read_schema(tmp_path / f"{table}.parquet").equals(schema_of(TABLES[table]))


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_the_same_store_gives_the_same_bytes(small_store: Path, tmp_path: Path, format: Format) -> None:
    for name in ("a", "b"):
        export(small_store, format, tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_unknown_names_are_refused(archive: Generation, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no export format"):
        export(archive, "exe", tmp_path)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="no table 'x'"):
        export(archive, "csv", tmp_path, ["x"])
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't be written"):
        export(archive, "csv", tmp_path / "file")
