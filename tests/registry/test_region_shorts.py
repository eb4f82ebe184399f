"""One-character names of provinces."""

from __future__ import annotations

from duixian.registry.region_shorts import whole_province
from duixian.registry.regions import SPECIAL_PROVINCES, regions


def test_each_province_has_one() -> None:
    provinces = [r for r in regions() if r.level == "province" and not r.sample and r.valid_to == 9999]
    without = {r.region_id for r in provinces if not whole_province(r.code)}
    assert without <= SPECIAL_PROVINCES
    assert len(provinces) - len(without) == 31


def test_a_place_has_its_provinces() -> None:
    assert whole_province("652800") == ("全疆",)
    assert whole_province("100000") == ()
