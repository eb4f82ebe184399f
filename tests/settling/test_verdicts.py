"""The rules of settlement, case by case, and what must hold for all values.

A value is written ``comparator number-with-unit [up|down] [hedge] [basis=…] [base=…] [offset=…]``: ``~5%``, ``range 5-5.5% 左右``,
``=3% down base=2020``, ``qual 正增长``.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.registry.indicators import indicator_table
from duixian.settling.records import Value
from duixian.settling.verdicts import Tolerances, settle

CASES = tomllib.loads((Path(__file__).parent / "verdicts.toml").read_text(encoding="utf-8"))["case"]
_NUMBER = re.compile(r"(=|~|>=|<=|range )([\d.]+)(?:-([\d.]+))?(\S*)")
_WORDS = re.compile(r"(sync|ref|qual) (\S+)")


def value(text: str) -> Value | None:
    """A value from its short notation."""
    if not text:
        return None
    rest = dict(pair.split("=", 1) for pair in text.split() if re.match(r"(basis|base|offset|tier)=", pair))
    direction = "down" if " down" in text else "up" if " up" in text else None
    low = high = unit = hedge = None
    if match := _NUMBER.match(text):
        comparator, low, unit = match[1].strip(), float(match[2]), match[4]
        high = float(match[3] or match[2])
        hedge = "左右" if "左右" in text else None
    else:
        match = _WORDS.match(text)
        assert match
        comparator, hedge = match[1], match[2]
    return Value(
        comparator=comparator,  # type: ignore[arg-type]
        hedge=hedge,
        low=low,
        high=high,
        unit=unit,
        direction=direction,  # type: ignore[arg-type]
        basis=rest.get("basis"),
        base_period=rest.get("base"),
        reference=hedge if comparator in ("sync", "ref") else None,
        reference_offset=float(rest["offset"]) if "offset" in rest else None,
        period="2024",
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: " | ".join(c[:4]))
def test_case(case: list[str]) -> None:
    indicator, target, actual, yardstick, gap, tolerance, verdict, reason = case
    aim = value(target)
    assert aim
    got = settle(indicator_table().indicators[indicator], aim, value(actual), value(yardstick))
    assert (got.verdict, got.gap) == (verdict, float(gap) if gap else None), got.reason
    assert got.tolerance == (float(tolerance) if tolerance else None)
    assert got.reason.startswith(reason)


def test_tolerances_can_be_set() -> None:
    gdp = indicator_table().indicators["gdp.growth"]
    target, actual = value("~5%"), value("=4.5%")
    assert target
    assert settle(gdp, target, actual, tolerances=Tolerances(rate=Decimal("0.5"))).verdict == "about_met"
    assert settle(gdp, target, actual).verdict == "missed"


RATES = st.decimals(min_value=0, max_value=30, places=1).map(float)


@given(aim=RATES, got=RATES, lower=st.booleans())
def test_gap_is_exact_and_signed(aim: float, got: float, lower: bool) -> None:
    indicator = indicator_table().indicators["cpi.growth" if lower else "retail.growth"]
    target, actual = value(f"~{aim}%"), value(f"={got}%")
    assert target
    outcome = settle(indicator, target, actual)
    wanted = (Decimal(str(aim)) - Decimal(str(got))) * (1 if lower else -1)
    assert outcome.gap is not None
    assert Decimal(repr(outcome.gap)) == wanted
    assert (outcome.gap >= 0) == (outcome.verdict == "met")
    assert (outcome.verdict == "missed") == (wanted < Decimal("-0.2"))


@given(aim=st.integers(1, 9000), got=st.integers(1, 9000))
def test_scale_words_change_nothing(aim: int, got: int) -> None:
    indicator = indicator_table().indicators["gdp.level"]
    pairs = [(f"={aim}亿元", f"={got}亿元"), (f"={aim / 10000}万亿元", f"={got}亿元"), (f"={aim}亿元", f"={got * 10000}万元")]
    outcomes = {settle(indicator, target, value(b)) for a, b in pairs if (target := value(a))}
    assert len(outcomes) == 1
