"""Facts of the sample's fictional places: made, compared, filled into a store, linked with the texts, asked."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duixian.analysing.tables import MISSING
from duixian.cli import main
from duixian.facts.codebook import codebook, entries
from duixian.facts.files import differences, read_about, read_table, write_facts
from duixian.facts.loading import fill, own_store, refill
from duixian.facts.making import MOST_HAN, make_facts, without_sentences
from duixian.facts.rows import FACTS, PLACES, FactFigure, FactReport
from duixian.facts.terms import policy_terms
from duixian.store import Generation, StoreError, build, open_store


@pytest.fixture(scope="module")
def built(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("built") / "sample.store"
    build([samples], store, workers=1)
    return store


@pytest.fixture(scope="module")
def facts(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts") / "facts"
    with open_store(built) as archive:
        make_facts(archive, folder, date="2026-01-01", samples=True)
    return folder


@pytest.fixture
def filled(facts: Path, tmp_path: Path) -> Iterator[tuple[Path, Generation]]:
    store = tmp_path / "facts.store"
    fill(facts, store)
    with open_store(store) as archive:
        yield store, archive


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def table(*arguments: object) -> list[dict[str, str]]:
    result = run(*arguments, "--format", "csv")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(result.stdout.lstrip("\ufeff").splitlines()))


def test_the_sample_stays_out_unless_asked_for(built: Path, tmp_path: Path) -> None:
    with open_store(built) as archive:
        about = make_facts(archive, tmp_path)
    assert about.reports == 0 and all(t.rows == 0 for t in about.tables.values())


def test_facts_hold_the_figures_of_the_store(built: Path, facts: Path) -> None:
    with open_store(built) as archive:
        panel = archive.panel(editions=True)
        settlements = archive.table("settlements")
        quantified = archive.table("commitments").filter(kind="quantified")
        reports = {r.report_id for r in archive.reports()}
    mine = read_table(facts, "panel")
    assert sorted(mine.select("report_id", "indicator", "role", "low", "unit", "start").iter_rows(), key=str) == sorted(
        ((m.report_id, m.indicator, m.role, m.low, m.unit, m.start) for m in panel), key=str
    )
    assert read_table(facts, "settlements").height == settlements.height
    kept = {(r["report_id"], r["start"]) for r in quantified.iter_rows(named=True) if r["report_id"] in reports}
    assert {(r["report_id"], r["start"]) for r in read_table(facts, "commitments").iter_rows(named=True)} == kept


def test_facts_hold_no_sentence(facts: Path, built: Path) -> None:
    with open_store(built) as archive:
        text = "".join(archive.table("texts")["text"])
        names = {r.region for r in archive.reports(editions=True)}
    assert len(text) > 10_000
    for name in FACTS:
        for column, values in read_table(facts, name).to_dict(as_series=False).items():
            for value in {v for v in values if isinstance(v, str)}:
                for long in re.findall(rf"[\u3400-\u9fff]{{{MOST_HAN + 1},}}", value):
                    assert column in PLACES and long in names, (name, column, value)


def test_words_that_could_be_a_sentence_are_cut() -> None:
    row = FactReport(
        "a", "b", "甲市/2025.md", "c", "0", "甲市", "1", "1", "county", 2025, None, 2025, 2025, "full", None, "王一",
        "这里误读了一整句并不是职务的话语啊", None, None, True, (), 0, 1, 1,
    )  # fmt: skip
    (cut,) = without_sentences([row])
    assert cut.speaker_title is None and cut.speaker == "王一"
    (kept,) = without_sentences([replace(row, speaker_title="市长")])
    assert kept.speaker_title == "市长"
    with pytest.raises(TypeError, match="report_id"):
        without_sentences([replace(row, report_id="这里误读了一整句并不是职务的话语啊")])


def test_making_again_makes_the_same_files(built: Path, facts: Path, tmp_path: Path) -> None:
    with open_store(built) as archive:
        make_facts(archive, tmp_path, date="2026-01-01", samples=True)
    assert differences(facts, tmp_path) == []
    assert {f.name for f in facts.iterdir()} == {f.name for f in tmp_path.iterdir()}
    for file in facts.iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes(), file.name


def test_a_difference_is_shown(facts: Path, tmp_path: Path) -> None:
    tables = {n: [row(*v) for v in _rows(facts, n)] for n, row in FACTS.items()}
    changed = next(i for i, r in enumerate(tables["panel"]) if r.low)
    tables["panel"][changed] = replace(tables["panel"][changed], low=99.0)
    about = read_about(facts)
    write_facts(tmp_path, tables, about.version, about.stages, about.date)
    found = differences(facts, tmp_path)
    assert found[0].startswith("panel:") and "1 only in the first, 1 only in the second" in found[0]
    assert read_about(tmp_path).tables["panel"].sha256 != about.tables["panel"].sha256
    assert read_about(tmp_path).tables["reports"].sha256 == about.tables["reports"].sha256
    assert run("dataset", "compare", facts, facts).exit_code == 0
    assert run("dataset", "compare", facts, tmp_path).exit_code == 1


def _rows(facts: Path, name: str) -> Iterator[tuple[object, ...]]:
    for row in read_table(facts, name).iter_rows():
        yield tuple(tuple(v) if isinstance(v, list) else v for v in row)


@pytest.mark.parametrize("name", FACTS)
def test_csv_says_what_parquet_says(facts: Path, name: str) -> None:
    plain = facts / f"{name}.csv"
    data = plain.read_bytes() if plain.exists() else gzip.decompress((facts / f"{name}.csv.gz").read_bytes())
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    frame = read_table(facts, name)
    assert len(rows) == frame.height and (not rows or list(rows[0]) == frame.columns)
    for row, values in zip(rows, frame.iter_rows(named=True), strict=True):
        for column, value in values.items():
            shown = " ".join(value) if isinstance(value, list) else value
            if isinstance(shown, float):
                assert float(row[column]) == shown
            elif isinstance(shown, bool):
                assert row[column] == str(shown).lower()
            else:
                assert row[column] == ("" if shown is None else str(shown))


def test_the_codebook_describes_every_column(facts: Path) -> None:
    assert [(e.table, e.column) for e in entries()] == [(t, c) for t in FACTS for c in read_table(facts, t).columns]
    assert all(re.search(r"[\u4e00-\u9fff]|F1", e.zh) and re.search("[a-zA-Z]", e.en) for e in entries())
    text = codebook(read_about(facts))
    assert (facts / "CODEBOOK.md").read_text(encoding="utf-8") == text
    assert all(t.term in text for t in policy_terms())


def test_the_terms_are_some_three_hundred_and_stand_once() -> None:
    terms = [t.term for t in policy_terms()]
    assert 280 <= len(terms) <= 400 and len(set(terms)) == len(terms)


def test_terms_are_counted_as_they_stand(facts: Path, built: Path) -> None:
    with open_store(built) as archive:
        report = next(r for r in archive.reports() if r.region == "云陵省" and r.year == 2025)
        text = archive.text(report.source, report.start, report.end)
    counted = read_table(facts, "term_counts").filter(report_id=report.report_id)
    found = dict(counted.select("term", "count").iter_rows())
    for term in ("就业", "民生", "乡村振兴", "民生实事"):
        assert found.get(term, 0) == re.sub(r"\s", "", text).count(term)
    assert sum(found.values()) > 20


# --- a store of facts -------------------------------------------------------------------------------------------------------------------


def test_a_store_of_facts_gives_the_same_table(built: Path, filled: tuple[Path, Generation]) -> None:
    """Values, words and verdicts are those of the store that the facts were made of; the sentences are not there."""
    store, _ = filled
    for command in (["table", "--indicator", "gdp.growth,cpi.growth,jobs_new.level,budget_revenue.growth"], ["settle"]):
        one, other = (table(command[0], s, *command[1:]) for s in (built, store))
        assert one
        for a, b in zip(one, other, strict=True):
            for column, value in a.items():
                if column.endswith("quote") and value:
                    assert MISSING in b[column] and b[column.replace("quote", "source")] in b[column]
                elif not column.endswith("quote"):
                    assert b[column] == value, (column, a)


def test_what_needs_the_text_says_how_to_add_it(filled: tuple[Path, Generation]) -> None:
    store, archive = filled
    outline = run("show", store, "云陵省", 2025)
    assert outline.exit_code == 0 and "预期目标" in outline.output
    shown = run("show", store, "云陵省", 2025, "--text")
    assert shown.exit_code == 1 and "add it by: duixian build FILE" in shown.output
    with pytest.raises(StoreError, match="no document"):
        archive.text("nowhere.md")


def test_every_reference_leads_somewhere(filled: tuple[Path, Generation]) -> None:
    _, archive = filled
    measured = set(archive.table("measurements")["measurement_id"])
    for row in archive.table("commitments").iter_rows(named=True):
        assert set(row["quantities"]) <= measured
    reports = {(r.report_id, r.source) for r in archive.reports(editions=True)}
    for name in ("panel", "measurements", "sections", "commitments"):
        assert set(archive.table(name).select("report_id", "source").unique().iter_rows()) <= reports
    promises = set(archive.table("commitments")["commitment_id"])
    assert set(archive.table("followups")["commitment_id"]) <= promises


def test_own_texts_are_linked_by_their_digest(filled: tuple[Path, Generation], samples: Path) -> None:
    store, archive = filled
    before = archive.panel(editions=True)
    result = run("build", samples / "云陵省", "-o", store, "--workers", 1)
    assert result.exit_code == 0 and "3 reports linked" in result.output and "0 replaced" in result.output, result.output
    with open_store(store) as now:
        after = now.panel(editions=True)
        assert [(m.report_id, m.indicator, m.role, m.low, m.start) for m in after] == [
            (m.report_id, m.indicator, m.role, m.low, m.start) for m in before
        ]
        linked = [m for m in after if MISSING not in m.quote]
        assert {m.region for m in linked} == {"云陵省"} and len(linked) > 10
        for m in linked:
            assert now.text(m.source, m.start, m.end) == m.quote
        for row in now.table("settlements").iter_rows(named=True):
            if row["region"] == "云陵省" and row["target_source"].startswith("云陵省/"):
                assert now.text(row["target_source"], row["target_start"], row["target_end"]) == row["target_quote"]
    assert run("show", store, "云陵省", 2025).exit_code == 0


def test_another_text_of_the_same_report_takes_its_place(filled: tuple[Path, Generation], samples: Path, tmp_path: Path) -> None:
    store, archive = filled
    count = len(archive.reports())
    own = tmp_path / "own" / "2025.md"
    own.parent.mkdir()
    own.write_text((samples / "云陵省" / "2025.md").read_text(encoding="utf-8") + "\n\n（本报记者整理）\n", encoding="utf-8")
    build([own], own_store(store), workers=1)
    result = refill(store)
    assert (result.linked, result.added) == (0, 0) and result.replaced >= 1
    with open_store(store) as now:
        (mine,) = [r for r in now.reports() if r.region == "云陵省" and r.year == 2025]
        assert mine.source == "2025.md" and len(now.reports()) == count
        assert all(m.quote == now.text(m.source, m.start, m.end) for m in now.panel(codes=["991000"], years=[2025]))


def test_a_new_report_is_added_and_new_facts_keep_it(filled: tuple[Path, Generation], facts: Path, samples: Path, tmp_path: Path) -> None:
    store, archive = filled
    own = tmp_path / "own" / "new.md"
    own.parent.mkdir()
    text = (samples / "青泽市" / "2025.md").read_text(encoding="utf-8")
    own.write_text(re.sub(r"202[0-9]", lambda m: str(int(m[0]) + 1), text).replace("第五次", "第六次"), encoding="utf-8")
    build([own], own_store(store), workers=1)
    assert refill(store).added == 1
    fill(facts, store)  # a newer release of the facts
    with open_store(store) as now:
        assert len(now.reports()) == len(archive.reports()) + 1
        assert [r.source for r in now.reports() if r.region == "青泽市" and r.year == 2026] == ["new.md"]


def test_a_store_of_texts_is_not_overwritten(facts: Path, built: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="built of texts"):
        fill(facts, built)
    with pytest.raises(StoreError, match="no facts"):
        fill(tmp_path, tmp_path / "x.store")
    (tmp_path / "things").mkdir()
    (tmp_path / "things" / "a.txt").write_text("a", encoding="utf-8")
    with pytest.raises(StoreError, match="no store"):
        fill(facts, tmp_path / "things")


def test_sample_places_enter_no_aggregate_beside_real_ones(facts: Path, tmp_path: Path) -> None:
    """A figure of an invented county of no region of the sample stands for the real country here."""
    tables = {n: [row(*v) for v in _rows(facts, n)] for n, row in FACTS.items()}
    real = replace(
        tables["reports"][0], report_id="0" * 12, source="x.md", region="全国", region_code="100000", region_id="100000", level="province"
    )
    tables["reports"].append(real)
    figure = next(f for f in tables["panel"] if f.indicator == "gdp.growth" and f.role == "target")
    assert isinstance(figure, FactFigure)
    tables["panel"].append(replace(figure, report_id="0" * 12, year=real.year, low=1.5, high=1.5))
    write_facts(tmp_path / "facts", tables, "0", {}, "2026-01-01")
    fill(tmp_path / "facts", tmp_path / "x.store")
    assert [r["region"] for r in table("table", tmp_path / "x.store", "--indicator", "gdp.growth")] == ["全国"]
    asked = table("table", tmp_path / "x.store", "--region", "云陵省", "--indicator", "gdp.growth")
    assert {r["region"] for r in asked} == {"云陵省"}


def test_terms_and_quality_can_be_asked(facts: Path) -> None:
    rows = table("dataset", "terms", facts, "--words", "就业,民生", "--by", "region,year")
    assert {r["region"] for r in rows} == {"澜州省", "望江市", "云陵省", "青泽市"} and len(rows) == 2 * 12
    assert all(int(r["using"]) <= int(r["reports"]) for r in rows)
    assert run("dataset", "terms", facts, "--words", "没有这个词").exit_code == 1
    assert run("dataset", "terms", facts, "--group", "绿色", "--by", "year").exit_code == 0
    assert run("dataset", "quality", facts).exit_code == 0


def test_terms_can_be_counted_together(facts: Path) -> None:
    apart = table("dataset", "terms", facts, "--words", "就业,民生", "--by", "region")
    summed = table("dataset", "terms", facts, "--words", "就业,民生", "--by", "region", "--sum")
    assert {r["region"]: int(r["count"]) for r in summed} == {
        place: sum(int(r["count"]) for r in apart if r["region"] == place) for place in {r["region"] for r in apart}
    }
    assert all(int(r["using"]) <= int(r["reports"]) for r in summed)
    rates = [float(r["rate"]) for r in summed]
    assert rates == sorted(rates, reverse=True) and rates[0] > rates[-1]
