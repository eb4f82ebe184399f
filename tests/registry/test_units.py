"""Numbers as texts write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.registry.units import digits


@pytest.mark.parametrize(
    ("value", "written"),
    [(12.0, "12"), (5.5, "5.5"), (1349084.0, "1349084"), (23456.789, "23456.789"), (-0.3, "-0.3"), (1e16, "1" + "0" * 16)],
)
def test_a_number_is_written_without_powers_of_ten(value: float, written: str) -> None:
    assert digits(value) == written


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_nothing_of_a_number_is_lost(value: float) -> None:
    assert float(digits(value)) == value
