"""Takeover, similar reports, shared sentences, firmness."""

from __future__ import annotations

from made_texts import made, texts

from duixian.analysing.search_texts import Choice
from duixian.analysing.similarity import most_similar, taken_over
from duixian.analysing.wording import firmness, pieces, shared_wording
from duixian.store import Generation

COMMON = "坚持把实体经济作为根基，扎实办好民生实事"
A = made(f"{COMMON}。发展云上集市。", "980100", 2024)
B = made(f"今年{COMMON}，再上台阶。", "980100", 2025)
C = made("全力修好乡村公路，建设水库。", "980200", 2025)
D = made(f"（一）{COMMON}。修好乡村公路。", "980300", 2025)


def test_own_last_report_is_the_model() -> None:
    found = list(taken_over(texts(A, B, C), Choice(years=frozenset({2025}))))
    assert [(t.text, t.relation, t.other) for t in found] == [(B, "own_last", A)]
    assert found[0].share == len(COMMON) / len(B.text)


def test_most_similar_leaves_the_report_itself_out() -> None:
    found = most_similar(texts(A, B, C, D), B)
    assert [t.other for t in found] == [A, D]
    assert found[0].share == found[1].share == len(COMMON) / len(B.text)
    assert [t.other for t in most_similar(texts(A, B, C, D), B, Choice(years=frozenset({2025})))] == [D]


def test_shared_sentences_have_no_numbers_before() -> None:
    (found,) = shared_wording(texts(A, C, D), Choice())
    assert (found.words, found.places) == (COMMON, 2)
    assert [(t.report.region_id, t.text[slice(*s)]) for t, s in found.stands] == [("980100", COMMON), ("980300", COMMON)]


def test_years_of_one_place_are_no_places() -> None:
    again = made(A.text, "980100", 2023)
    assert shared_wording(texts(A, again), Choice()) == []


def test_clauses_stand_between_marks() -> None:
    base = texts(B)
    assert [w for w, _ in pieces(base, B, Choice(), "clause", 5)] == ["今年坚持把实体经济作为根基", "扎实办好民生实事"]


def test_firmness_adds_up(archive: Generation) -> None:
    found = firmness(archive, Choice())
    assert found
    for f in found:
        assert f.exact <= f.numeric <= f.targets
        assert f.hard + f.soft + f.process == f.promises
        assert f.quantified <= f.promises
    assert len(firmness(archive, Choice(years=frozenset({found[0].year})))) < len(found)
