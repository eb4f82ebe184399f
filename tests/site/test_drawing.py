from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duixian.serving.site.figures import (
    STYLES,
    Series,
    bar_chart,
    line_chart,
    short,
    side_by_side,
    spread_chart,
    spread_of,
    ticks,
    year_marks,
)
from duixian.serving.site.marking import Mark, bits, paragraphs, sentence_span

VALUES = st.floats(-1e12, 1e12, allow_nan=False)


@given(VALUES, VALUES)
def test_ticks_span_the_range(a: float, b: float) -> None:
    low, high = min(a, b), max(a, b)
    found = ticks(low, high)
    assert found == sorted(found) and len(found) >= 2
    slack = 1e-6 * max(abs(low), abs(high), 1)
    assert found[0] <= low + slack and found[-1] >= high - slack
    assert len(found) <= 12


@given(st.lists(st.tuples(st.integers(1980, 2030), st.floats(-1e6, 1e6, allow_nan=False)), max_size=30, unique_by=lambda p: p[0]))
def test_lines_stay_inside_their_chart(points: list[tuple[int, float]]) -> None:
    figure = line_chart("t", [Series("s", "actual", tuple(sorted(points)))])
    for shape in figure.shapes:
        assert shape.style in STYLES
        for x, y in shape.points:
            assert -1 <= x <= figure.width + 1 and -1 <= y <= figure.height + 1


def test_a_gap_breaks_a_line() -> None:
    figure = line_chart("t", [Series("s", "actual", ((2000, 1.0), (2001, 2.0), (2003, 3.0), (2004, 1.0)))])
    assert [len(s.points) for s in figure.shapes if s.style == "actual"] == [2, 2]


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1))
def test_quartiles_are_in_order(values: list[float]) -> None:
    s = spread_of(2020, values)
    slack = 1e-6 * max(abs(s.low), abs(s.high), 1)
    assert s.low <= s.quarter + slack and s.quarter <= s.median + slack
    assert s.median <= s.three_quarters + slack and s.three_quarters <= s.high + slack


def test_known_quartiles() -> None:
    s = spread_of(2020, [5.0, 5.5, 6.0, 6.5, 9.0])
    assert (s.low, s.quarter, s.median, s.three_quarters, s.high) == (5.0, 5.5, 6.0, 6.5, 9.0)


def test_charts_of_nothing() -> None:
    assert line_chart("t", []).height == 30
    assert side_by_side("t", []).parts == ()
    assert spread_chart("t", [], "{year}").height == 30
    assert bar_chart("", []).shapes == ()


def test_short_numbers() -> None:
    assert [short(v) for v in (0.0, 5.5, 12000.0, 2.5e8, -30000.0, 2e12)] == ["0", "5.5", "1.2万", "2.5亿", "-3万", "2万亿"]


def test_years_under_an_axis() -> None:
    assert year_marks(2025, 2025, 4) == [2025]
    assert year_marks(2002, 2026, 4)[-1] == 2026
    assert len(year_marks(1952, 2026, 5)) <= 6


TEXT = st.text(alphabet="甲乙丙。！\n， 12", min_size=1, max_size=1500)


@given(TEXT, st.lists(st.integers(0, 1500), max_size=6))
def test_paragraphs_hold_every_character_that_is_seen(text: str, breaks: list[int]) -> None:
    spans = paragraphs(text, 100, [b + 100 for b in breaks])
    shown = "".join(text[a - 100 : b - 100] for a, b in spans)
    assert "".join(shown.split()) == "".join(text.split())
    assert all(a < b for a, b in spans) and spans == sorted(spans)


def test_one_long_line_is_broken_behind_sentences() -> None:
    text = "今年要把路修好，把水引来。" * 400
    spans = paragraphs(text)
    assert len(spans) > 5
    assert all(text[b - 1] == "。" for _, b in spans)


@given(TEXT, st.lists(st.tuples(st.integers(0, 1500), st.integers(1, 60)), max_size=12))
def test_marks_change_no_character(text: str, spots: list[tuple[int, int]]) -> None:
    marks = [Mark(a, a + size, f"k{i}") for i, (a, size) in enumerate(spots)]
    found = bits(text, 0, (0, len(text)), marks, {a: "x" for a, _ in spots})
    assert "".join(b.text for b in found) == text
    for m in marks:
        inside = "".join(b.text for b in found if m.kind in b.kinds.split())
        assert inside == text[m.start : m.end]


def test_the_shortest_mark_leads() -> None:
    found = bits("目标增长5%左右", 0, (0, 8), [Mark(0, 8, "prom", "", "/p"), Mark(4, 6, "fig", "增速", "/i")])
    assert [(b.text, b.target) for b in found] == [("目标增长", "/p"), ("5%", "/i"), ("左右", "/p")]


def test_the_sentence_around_a_place() -> None:
    text = "先说一句。第二句里有数字。第三句！"
    a, b = sentence_span(text, 8)
    assert text[a:b] == "第二句里有数字。"
