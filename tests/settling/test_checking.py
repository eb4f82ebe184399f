"""Doubts about chosen values: each kind is found where it should be, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from duixian.registry.checks import checks
from duixian.registry.indicators import indicator_table
from duixian.settling.checking import FLAGS, Held, Other, flags

_ids = count()


def held(indicator: str, value: float, year: int = 2024, **other: Any) -> Held:
    unit = "%" if indicator.endswith((".growth", ".change")) else "元"
    one = Held(
        f"m{next(_ids)}",
        f"r{year}",
        f"{year}.md",
        "990100",
        "990100",
        year,
        True,
        f"r{year}",
        indicator,
        "actual",
        "=",
        value,
        unit,
        "up" if unit == "%" else None,
        None,
        4.0,
    )
    return replace(one, **other)


def found(*values: Held, others: tuple[Other, ...] = ()) -> list[tuple[str, str]]:
    return [(f.flag, f.indicator) for f in flags(values, others)]


def test_unusual_values_and_falls() -> None:
    assert found(held("gdp.growth", 6)) == []
    assert found(held("gdp.growth", 35)) == [("unusual", "gdp.growth")]
    assert found(held("gdp.growth", 9, direction="down")) == [("unusual", "gdp.growth")]
    assert found(held("gdp.growth", 3, direction="down")) == []


def test_a_level_that_something_fell_to_is_no_fall() -> None:
    assert found(held("pm25.level", 29, unit="微克/立方米", direction="down")) == []
    assert found(held("pm25.level", 290, unit="微克/立方米", direction="down")) == [("unusual", "pm25.level")]


def test_levels_that_leap() -> None:
    before, after = held("gdp.level", 4e11, 2023), held("gdp.level", 4.2e12)
    assert found(before, after) == [("jump", "gdp.level")]
    assert found(before, replace(after, value=4.2e11)) == []
    assert found(before, replace(after, role="target")) == []
    assert found(before, replace(after, unit="美元")) == []  # another currency tells nothing


def test_growth_against_levels_of_two_years() -> None:
    before, after = held("retail.level", 1000e8, 2023), held("retail.level", 1100e8)
    assert found(before, after, held("retail.growth", 9.5)) == []
    assert found(before, after, held("retail.growth", 5)) == [("growth_against_levels", "retail.growth")]
    assert found(before, after, held("retail.growth", 5, comparator=">=")) == []  # only a bound
    assert found(before, after, held("retail.growth", 5, basis="real")) == []  # in constant prices
    assert found(held("retail.level", 1000e8, 2022), after, held("retail.growth", 5)) == []  # not in a row


def test_parts_and_wholes() -> None:
    parts = held("primary_va.level", 100e8), held("secondary_va.level", 400e8), held("services_va.level", 500e8)
    assert found(held("gdp.level", 1000e8), *parts) == []
    assert found(held("gdp.level", 1200e8), *parts) == [("parts_differ", "gdp.level")]
    assert found(held("gdp.level", 1200e8), *parts[:2]) == []  # a part is not stated
    assert found(held("income.growth", 12), held("income_urban.growth", 5), held("income_rural.growth", 7)) == [
        ("parts_differ", "income.growth")
    ]
    assert found(held("export.level", 90e8), held("trade.level", 80e8)) == [("part_above_whole", "export.level")]


def test_editions_and_other_readings() -> None:
    one, two = held("cpi.growth", 2), held("cpi.growth", 3, source="copy.md", primary=False)
    assert found(one, two) == [("editions_differ", "cpi.growth")] * 2
    assert found(one, replace(two, value=2)) == []
    other = Other(one.measurement_id, one.source, 2.6, "%", "up")
    assert found(one, others=(other, other)) == [("readings_differ", "cpi.growth")]
    assert found(one, others=(replace(other, value=2.0),)) == []


@given(st.floats(-60, 60), st.floats(-60, 60))
def test_every_flag_is_explained_and_has_a_reason(a: float, b: float) -> None:
    values = [held(one, abs(v), direction="down" if v < 0 else "up") for one, v in (("gdp.growth", a), ("cpi.growth", b))]
    for flag in flags(values):
        assert flag.flag in FLAGS and flag.reason


def test_checks_name_indicators_of_the_registry() -> None:
    assert checks().indicators() <= set(indicator_table().indicators)
