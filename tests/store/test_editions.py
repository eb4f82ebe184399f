from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from duixian.store.editions import Candidate, Edition, containment, editions
from duixian.store.sketch import SIZE, sentence_hashes, smallest


def text(topic: str, sentences: range) -> str:
    return "。".join(f"{topic}第{n}项工程年内建成投用并惠及群众" for n in sentences)


def candidate(name: str, body: str, *, region: str = "990100", year: int = 2024, session: str | None = "16.3", **more: object) -> Candidate:
    hashes = sentence_hashes(body)
    made = Candidate(name, region, year, session, False, (), len(body), len(hashes), smallest(hashes))
    return replace(made, **more)  # type: ignore[arg-type]


ALONE = Edition(None, True, ())
LONG = text("望江", range(600))


def test_reports_of_other_places_years_and_sessions_stand_alone() -> None:
    reports = [
        candidate("a", text("甲", range(50))),
        candidate("b", text("乙", range(50)), year=2025),
        candidate("c", text("丙", range(50)), region="991100"),
        candidate("d", text("丁", range(50)), session="17.1"),
    ]
    assert editions(reports) == (ALONE,) * 4


def test_two_copies_of_one_report_whatever_was_read_of_their_year() -> None:
    assert editions([candidate("a", LONG), candidate("b", LONG[:-900], year=2023, session=None)]) == (
        ALONE,
        Edition("a", False, ("duplicate",)),
    )


def test_the_same_place_year_and_session_is_one_report_even_retyped() -> None:
    assert editions([candidate("a", text("甲", range(50))), candidate("b", text("乙", range(60)))])[0] == Edition(
        "b", False, ("duplicate",)
    )


def test_an_abstract_is_tied_to_its_full_text() -> None:
    short = candidate(
        "b", text("望江", range(0, 600, 12)) + "。" + text("另行概括", range(20)), abstract=True, region="990000", session=None
    )
    assert editions([short, candidate("a", LONG)]) == (Edition("a", False, ("abstract_of",)), ALONE)


def test_full_before_abstract_then_undamaged_then_longest_then_first() -> None:
    one = candidate("a", LONG)
    assert [e.primary for e in editions([replace(one, abstract=True, chars=10**6), one])] == [False, True]
    assert [e.primary for e in editions([replace(one, flags=("truncated",), chars=10**6), one])] == [False, True]
    assert [e.primary for e in editions([replace(one, chars=5), one])] == [False, True]
    assert [e.primary for e in editions([one, one])] == [True, False]


def test_a_report_without_session_goes_where_its_text_is() -> None:
    old, new = text("旧届", range(80)), text("新届", range(80))
    found = editions([candidate("a", old, session="16.5"), candidate("b", new, session="17.1"), candidate("c", new[:-40], session=None)])
    assert [e.edition_of for e in found] == [None, None, "b"]


def test_formulas_that_all_reports_share_make_no_editions() -> None:
    formulas = text("各位代表请予审议", range(40))
    reports = [candidate(f"r{n}", f"{formulas}。{text(f'第{n}县', range(20))}", region=f"9901{n:02}", session=None) for n in range(60)]
    assert editions(reports) == (ALONE,) * 60


@given(st.integers(20, 900), st.integers(0, 900))
def test_containment_is_near_the_true_share(size: int, shared: int) -> None:
    shared = min(size, shared)
    small = candidate("a", text("共有", range(shared)) + "。" + text("独有", range(size - shared)))
    large = candidate("b", text("共有", range(900)))
    true = len(sentence_hashes(text("共有", range(shared)))) / small.sentences
    comparable = small.sentences * min(1, SIZE / large.sentences)
    assert abs(containment(small, large) - true) <= 5 / comparable**0.5


def test_sentences_are_the_same_without_their_punctuation() -> None:
    assert sentence_hashes("“各项事业”稳步向前、全面发展。") == sentence_hashes("各项事业稳步向前全面发展！")
    assert sentence_hashes("短句。") == frozenset()
