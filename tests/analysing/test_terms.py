"""Term panels against counting by hand."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_texts import made, texts

from duixian.analysing.dictionaries import Term, read_dictionary, simple_terms
from duixian.analysing.search_query import Word
from duixian.analysing.search_texts import Choice, Span
from duixian.analysing.terms import Counting, Per, count, count_words, spans, term_panel
from duixian.analysing.terms_tables import long_table, wide_table
from duixian.serving.table_files import frame_of, stata_names, write_table
from duixian.store import StoreError

SMALL = st.text("甲乙丙，", max_size=40)
WORD = st.text("甲乙丙", min_size=1, max_size=4)


def term(*words: str, exclude: tuple[str, ...] = ()) -> Term:
    return Term("+".join(words), tuple(Word(w) for w in words), tuple(Word(w) for w in exclude))


@given(SMALL, WORD)
def test_a_single_word_counts_as_str_count(text: str, word: str) -> None:
    assert count(text, term(word)) == text.count(word) == len(spans(text, term(word)))


@given(SMALL, st.lists(WORD, min_size=1, max_size=4, unique=True))
def test_a_group_counts_as_the_alternation(text: str, words: list[str]) -> None:
    alternation = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    assert spans(text, term(*words)) == [m.span() for m in re.finditer(alternation, text)]


def by_trying(text: str, words: list[str], exclude: list[str]) -> list[Span]:
    """At each position the longest word that lies in no exclusion, then on behind it."""
    banned = [(i, i + len(x)) for x in exclude for i in range(len(text)) if text.startswith(x, i)]
    found, at = [], 0
    while at < len(text):
        ends = [at + len(w) for w in words if text.startswith(w, at)]
        ends = [e for e in ends if not any(a <= at and e <= b for a, b in banned)]
        if ends:
            found.append((at, max(ends)))
            at = max(ends)
        else:
            at += 1
    return found


@settings(max_examples=500)
@given(SMALL, st.lists(WORD, min_size=1, max_size=3, unique=True), st.lists(WORD, max_size=3))
def test_exclusions_by_trying_every_place(text: str, words: list[str], exclude: list[str]) -> None:
    assert spans(text, term(*words, exclude=tuple(exclude))) == by_trying(text, words, exclude)


def test_exclusions_of_the_genre() -> None:
    assert count("发展氢能，脱氢装置，加氢站", term("氢", exclude=("脱氢",))) == 2
    assert count("办理议案9件，受理复议案件12件", term("议案", exclude=("复议案件",))) == 1
    assert simple_terms(["氢!脱氢！加氢", "氢!脱氢!加氢"]) == (Term("氢!脱氢!加氢", (Word("氢"),), (Word("脱氢"), Word("加氢"))),)


def test_words_begin_and_end_where_words_do() -> None:
    text = "办理议案9件，受理行政复议案件12件。"
    assert (count(text, term("议案")), count_words(text, term("议案"))) == (2, 1)


REPORTS = (
    made("去年发展氢能。今年氢能再上台阶。", "980100", 2024, sections=[("review", 0, 7), ("tasks", 7, 16)]),
    made("氢能，氢能。", "980100", 2025, sections=[("tasks", 0, 6)]),
    made("粮食丰收。", "980200", 2025, "county"),
)


def test_rows_for_every_report_zeros_included() -> None:
    frame = frame_of(long_table(term_panel(texts(*REPORTS), simple_terms(["氢能", "粮食"]), per="characters")))
    assert frame.select("region_id", "year", "term", "count").rows() == [
        ("980100", 2024, "氢能", 2),
        ("980100", 2024, "粮食", 0),
        ("980100", 2025, "氢能", 2),
        ("980100", 2025, "粮食", 0),
        ("980200", 2025, "氢能", 0),
        ("980200", 2025, "粮食", 1),
    ]
    assert frame["rate"].to_list()[0] == 2 * 10_000 / 16


@pytest.mark.parametrize(("per", "bases"), [("characters", [16, 6, 5]), ("sentences", [2, 1, 1]), ("words", None)])
def test_bases(per: Per, bases: list[int] | None) -> None:
    panel = term_panel(texts(*REPORTS), simple_terms(["氢能"]), per=per)
    assert [g.base for g in panel.groups] == (bases or [t.words for t in REPORTS])


def test_sections_and_years() -> None:
    base = texts(*REPORTS)
    assert [g.counts for g in term_panel(base, simple_terms(["氢能"]), ["year"], Choice(sections=frozenset({"tasks"}))).groups] == [
        [1],
        [2],
    ]
    split = term_panel(base, simple_terms(["氢能"]), ["section"])
    assert {g.key.section: g.counts[0] for g in split.groups} == {"review": 1, "tasks": 3, "front": 0}


@pytest.mark.parametrize("counting", ["strings", "words"])
def test_wide_and_long_hold_the_same(counting: Counting) -> None:
    panel = term_panel(texts(*REPORTS), simple_terms(["氢能", "粮食"]), per="characters", counting=counting)
    long, wide = frame_of(long_table(panel)), frame_of(wide_table(panel))
    for name in ("氢能", "粮食"):
        assert long.filter(pl.col("term") == name)["count"].to_list() == wide[name].to_list()
        assert long.filter(pl.col("term") == name)["rate"].to_list() == wide[f"{name}_rate"].to_list()


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".dta", ".xlsx"])
def test_files_give_back_what_was_written(suffix: str, tmp_path: Path) -> None:
    table = wide_table(term_panel(texts(*REPORTS), simple_terms(["氢能", "粮食"]), per="characters"))
    path = tmp_path / f"panel{suffix}"
    write_table(table, path, about={"命令": "duixian terms"})
    if suffix == ".csv":
        assert path.read_bytes().startswith("\ufeff".encode())
        found = pl.read_csv(path, schema_overrides={"region_id": pl.String, "region_code": pl.String})
    elif suffix == ".parquet":
        found = pl.read_parquet(path)
    elif suffix == ".dta":
        import pyreadstat

        read, about = pyreadstat.read_dta(str(path), output_format="polars")
        assert about.column_names_to_labels["氢能"] == "氢能"
        found = pl.DataFrame(read).cast({"year": pl.Int64, "氢能": pl.Int64})
    else:
        import python_calamine

        header, *rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("terms").to_python()
        assert header[:3] == ["固定代码", "区划代码", "地区"]
        found = pl.DataFrame(rows, schema=[c.name for c in table.columns], orient="row").cast({"year": pl.Int64, "氢能": pl.Int64})
    assert found.select("region_id", "year", "氢能").rows() == frame_of(table).select("region_id", "year", "氢能").rows()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_unknown_kinds_of_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"\.dta"):
        write_table(long_table(term_panel(texts(*REPORTS), simple_terms(["氢能"]))), tmp_path / "a.doc")


def test_stata_names_are_short_and_differ() -> None:
    assert stata_names(["5G", "R&D", "R.D", "甲" * 40, "甲" * 41]) == ["_5G", "R_D", "R_D_2", "甲" * 32, "甲" * 30 + "_2"]


def test_dictionary_files(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text('[groups."氢能"]\nwords = ["氢", "燃料电池*"]\nexclude = ["脱氢"]\n', encoding="utf-8")
    words = (Word("氢"), Word("燃料电池*", wild=True))
    assert read_dictionary(path) == (Term("氢能", words, (Word("脱氢"),)),)
    assert [t.group for t in read_dictionary(path, each=True)] == ["氢能", "氢能"]
    assert count("脱氢后的氢用于燃料电池汽车", read_dictionary(path)[0]) == 2
    for wrong in ("", '[groups."甲"]\n', '[groups."甲"]\nwords = "乙"\n', "[groups.甲]"):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(StoreError, match=re.escape(str(path))):
            read_dictionary(path)
