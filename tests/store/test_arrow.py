from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.model import Document, Hints, Measurement, Reading, Report
from duixian.store.arrow import arrow_type, records_of, schema_of, table_of
from duixian.store.rows import TABLES
from duixian.store.segments import FactRow, ReadSegment, fact_rows, read_segment, segment_key, write_segment


@dataclass(frozen=True, slots=True)
class Inner:
    word: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Outer:
    kind: Literal["a", "b"]
    share: float | None
    yes: bool
    words: tuple[str, ...]
    one: Inner
    many: tuple[Inner, ...]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
INNERS = st.builds(Inner, st.none() | TEXT, st.integers(-(2**63), 2**63 - 1))
OUTERS = st.builds(
    Outer,
    st.sampled_from(("a", "b")),
    st.none() | st.floats(allow_nan=False),
    st.booleans(),
    st.lists(TEXT, max_size=3).map(tuple),
    INNERS,
    st.lists(INNERS, max_size=3).map(tuple),
)


@given(st.lists(OUTERS, max_size=5))
def test_records_come_back_as_they_were(rows: list[Outer]) -> None:
    table = table_of(rows, Outer)
    assert records_of(Outer, (tuple(r.values()) for r in table.to_pylist())) == tuple(rows)


def test_the_schema_has_the_fields_in_order_and_their_types() -> None:
    schema = schema_of(Report)
    assert schema.names == [f.name for f in fields(Report)]
    assert schema.field("session").type == pa.string() and schema.field("year").type == pa.int64()
    assert schema.field("flags").type == pa.list_(pa.string())


def test_what_has_no_arrow_type_is_refused() -> None:
    with pytest.raises(TypeError):
        arrow_type(dict)


def test_all_tables_have_flat_columns() -> None:
    for row in TABLES.values():
        assert not [f.name for f in schema_of(row) if pa.types.is_struct(f.type)]


def measurement(at: int) -> Measurement:
    return Measurement(
        f"{at:012x}", "0" * 12, "a.md", "990100", 2024, "粮食产量", None, "actual", "2023", None, None, ">=", "以上", 3.5, None, "万吨",
        35_000.0, None, "吨", None, "level", "base", "region", None, None, False, None, None, "review", "plain", (), "粮食产量3.5万吨以上",
        at, at + 10, at + 4, at + 7,
    )  # fmt: skip


def test_segments_come_back_as_they_were(tmp_path: Path) -> None:
    rows = fact_rows([measurement(n) for n in range(5)], [Reading(measurement(2), True, 0.5, ("targets",))])
    write_segment(tmp_path / "x.parquet", rows, FactRow)
    assert read_segment(tmp_path / "x.parquet", FactRow) == tuple(rows)
    whole = ReadSegment("d", "s", "v", "t", "正文", (), (), (), (), ())
    write_segment(tmp_path / "y.parquet", (whole,), ReadSegment)
    assert read_segment(tmp_path / "y.parquet", ReadSegment) == (whole,)
    assert {p.name for p in tmp_path.iterdir()} == {"x.parquet", "y.parquet"}


def test_a_reading_that_changed_its_measurement_has_a_row_of_its_own() -> None:
    rows = fact_rows([measurement(1)], [Reading(measurement(1), False, 0.1, ()), Reading(measurement(9), True, 0.9, ("better",))])
    assert [(r.start, r.listed, r.chosen) for r in rows] == [(1, True, False), (9, False, True)]


def test_a_segment_belongs_to_the_bytes_and_to_what_stands_beside_them() -> None:
    base = Document("d" * 64, "a/2024.md", "正文", Hints(path=("a", "2024")))
    assert segment_key(base) == segment_key(Document("d" * 64, "a/2024.md", "正文", Hints(path=("a", "2024"))))
    others = (
        Document("e" * 64, "a/2024.md", "正文", Hints(path=("a", "2024"))),
        Document("d" * 64, "b/2024.md", "正文", Hints(path=("a", "2024"))),
        Document("d" * 64, "a/2024.md", "正文", Hints(path=("a", "2024"), year="2023")),
    )
    assert len({segment_key(d) for d in (base, *others)}) == 4
