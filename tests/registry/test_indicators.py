"""The registry of indicators: what is shipped, and a user's own files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from duixian.extracting.names import name_of
from duixian.registry.indicators import (
    SHIPPED,
    IndicatorError,
    check_indicators_file,
    indicator_table,
    know_indicators,
    use_indicators,
)
from duixian.registry.words import load_toml, words

OWN = """
[[subject]]
id = "tea"
domain = "agriculture"
definition = "茶叶产量"
source = "农业农村部门"
names = "茶叶产量 干茶产量"

[[indicator]]
id = "tea.level"
subject = "tea"
zh = "茶叶产量"
en = "Tea output"
kind = "level"
units = "mass"
polarity = "up"
low = 1
high = 1e7
"""


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    yield
    use_indicators([])


def test_there_are_enough_and_each_is_explained() -> None:
    known = indicator_table().indicators
    assert len(known) >= 120
    assert sum(one.headline for one in known.values()) == 35
    for one in known.values():
        assert one.zh and one.en and one.domain and one.definition and one.source, one.id
        assert one.low is not None and one.high is not None and one.low < one.high, one.id
        assert one.id.startswith(f"{one.subject}.") or one.headline, one.id


def test_no_name_belongs_to_two_subjects() -> None:
    owner: dict[str, str] = {}
    for file in SHIPPED:
        for entry in load_toml(file).get("subject", []):  # type: ignore[attr-defined]
            for name in words(entry["names"]):
                assert owner.setdefault(name, entry["id"]) == entry["id"], name


def test_every_subject_is_measured_and_every_measure_has_a_subject() -> None:
    named = {entry["id"] for file in SHIPPED for entry in load_toml(file).get("subject", [])}  # type: ignore[attr-defined]
    measured = {one.subject for one in indicator_table().indicators.values()}
    assert named == measured


def test_own_indicators_are_used_forgotten_and_known() -> None:
    assert name_of("茶叶产量").subject == ""
    check_indicators_file(OWN)
    use_indicators([OWN])
    assert name_of("茶叶产量").subject == "tea"
    assert indicator_table().indicators["tea.level"].definition == "茶叶产量"
    assert not indicator_table().indicators["tea.level"].headline
    use_indicators([""])
    assert name_of("茶叶产量").subject == ""
    know_indicators(OWN)
    know_indicators(OWN)
    assert "tea.level" in indicator_table().indicators and "gdp.growth" in indicator_table().indicators


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[subject", "no TOML"),
        ("subject = 3", "written as"),
        ('[[subject]]\nid = "tea"', "lacks names"),
        ('[[indicator]]\nid = "tea.level"', "lacks subject"),
        (OWN.replace('"level"', '"height"'), "kind is"),
        (OWN.replace('"up"', '"sideways"'), "polarity"),
        (OWN.replace("low = 1\n", 'low = "none"\n'), "numbers"),
        (OWN.replace('subject = "tea"', 'subject = "coffee"'), "no subject 'coffee'"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, says: str) -> None:
    with pytest.raises(IndicatorError, match=says):
        check_indicators_file(text)
