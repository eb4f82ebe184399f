"""The committed facts: whole, without sentences, and (where the corpus is at hand) what the program makes of the same texts today."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from duixian.facts.codebook import codebook
from duixian.facts.files import flat, read_about, read_table
from duixian.facts.making import MOST_HAN, make_facts
from duixian.facts.rows import FACTS, PLACES
from duixian.registry.regions import regions
from duixian.store import build, open_store

FOLDER = Path(__file__).resolve().parent.parent.parent / "facts"
DOCUMENTS = 12  # that are read again
ACROSS = {"edition_of", "primary", "flags", "verdict", "answer_source", "answer_start", "answer_end", "reader_version"}
"""Columns that depend on other documents too, or on the version."""


def test_the_files_are_what_facts_json_says() -> None:
    about = read_about(FOLDER)
    for name, table in about.tables.items():
        assert read_table(FOLDER, name).height == table.rows > 0, name
    assert (FOLDER / "CODEBOOK.md").read_text(encoding="utf-8") == codebook(about), "make facts again: the columns or terms changed"
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) < 25_000_000


def test_no_field_is_a_piece_of_a_sentence() -> None:
    names = set(read_table(FOLDER, "reports")["region"])
    long = re.compile(rf"[\u3400-\u9fff]{{{MOST_HAN + 1},}}")
    for name in FACTS:
        for column, values in read_table(FOLDER, name).to_dict().items():
            every = values.explode() if values.dtype == pl.List else values
            for value in every.cast(pl.String).drop_nulls().unique() if every.dtype == pl.String else ():
                for found in long.findall(value):
                    assert column in PLACES and any(found in n for n in names), (name, column, value)


def test_the_country_is_there() -> None:
    panel = read_table(FOLDER, "panel").filter(year=2025, level="province", indicator="gdp.growth", role="target")
    assert {r.region_id for r in regions().provinces(2025)} == set(panel["region_id"])
    assert panel["low"].is_between(3, 8).all()


def test_every_locator_has_its_report() -> None:
    reports = read_table(FOLDER, "reports")
    ids, sources = set(reports["report_id"]), set(reports["source"])
    for name in ("sections", "panel", "commitments", "commitment_counts", "term_counts"):
        assert set(read_table(FOLDER, name)["report_id"]) <= ids, name
    settlements = read_table(FOLDER, "settlements")
    assert set(settlements["target_source"]) | set(settlements["actual_source"].drop_nulls()) <= sources
    panel = read_table(FOLDER, "panel").join(reports.select("report_id", "start", "end"), on="report_id", suffix="_of_report")
    assert (panel["start"] >= panel["start_of_report"]).all() and (panel["end"] <= panel["end_of_report"]).all()
    assert (panel["start"] < panel["end"]).all() and (panel["value_start"] < panel["value_end"]).all()


@pytest.mark.shared
@pytest.mark.slow
def test_some_documents_read_again_give_the_same_rows(shared: Path, tmp_path: Path) -> None:
    reports = read_table(FOLDER, "reports")
    alone = [s for s in sorted(set(reports["source"])) if s.endswith(".md")]
    chosen = alone[:: max(1, len(alone) // DOCUMENTS)][:DOCUMENTS]
    corpus = shared / "corpus"
    build([corpus / s for s in chosen], tmp_path / "x.store", root=corpus, workers=1)
    with open_store(tmp_path / "x.store") as archive:
        make_facts(archive, tmp_path / "facts")
    ids = set(reports.filter(pl.col("source").is_in(chosen), pl.col("primary"))["report_id"])
    assert len(ids) >= DOCUMENTS - 2
    for name in ("reports", "sections", "panel", "commitments", "term_counts"):
        old, new = (
            flat(read_table(folder, name)).filter(pl.col("report_id").is_in(list(ids))).drop(ACROSS, strict=False)
            for folder in (FOLDER, tmp_path / "facts")
        )
        assert old.equals(new), f"{name}: make facts again"
