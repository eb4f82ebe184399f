"""Acts are cut out and typed as the examples say, and always lie in the text in order."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.extracting.promises.acts import Act, ActFinder, Value
from duixian.extracting.promises.clauses import clauses, mask


class Example(TypedDict):
    about: str
    text: str
    acts: list[str]


EXAMPLES: list[Example] = tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf8"))["example"]
_FIGURE = re.compile(r"(?<![\d（.])\d+(?:\.\d+)?(?P<unit>[%亿万]?[\u4e00-\u9fff]?)(?![.）])")


def acts(text: str) -> list[Act]:
    masked = mask(text)
    values = [Value(m.start(), m.end(), m["unit"] if m.group()[-1] != "%" else "%", True) for m in _FIGURE.finditer(masked)]
    return ActFinder(masked, values).find(0, len(masked))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: str(e["about"]))
def test_examples(example: Example) -> None:
    text = example["text"]
    found = [f"{a.kind}|{text[a.start : a.end]}" for a in acts(text) if a.kind != "qualitative"]
    assert found == example["acts"]


def test_exhortations_are_kept() -> None:
    text = "加强作风建设，深化国企改革，天气很好。"
    assert [(a.kind, text[a.start : a.end]) for a in acts(text)] == [("qualitative", "加强作风建设"), ("qualitative", "深化国企改革")]


@pytest.mark.parametrize(
    ("text", "numeral", "unit", "promised"),
    [
        ("推进三支两军工作。", "三", "支", False),
        ("推进三支舰队建设。", "三", "支", True),
        ("抓好七里河沿线绿化。", "七", "里", False),
        ("抓好七里长廊绿化。", "七", "里", True),
        ("总结正反两面的经验。", "两", "面", False),
        ("加快209绕城线建设。", "209", "", False),
        ("团结百分之九十五以上的群众。", "百分之九十五", "%", False),
        ("每天的产量是九十万吨。", "九十万", "吨", False),
        ("产量目标是九十万吨。", "九十万", "吨", True),
    ],
)
def test_numbers_that_promise_nothing(text: str, numeral: str, unit: str, promised: bool) -> None:
    masked, at = mask(text), text.index(numeral)
    found = ActFinder(masked, [Value(at, at + len(numeral) + len(unit.strip("%")), unit, True)]).find(0, len(masked))
    assert [a.kind == "quantified" for a in found if a.kind != "qualitative"] == [True] * promised


@pytest.mark.parametrize(
    ("text", "strength"),
    [("力争新增泊位20个。", "soft"), ("确保新增泊位20个。", "hard"), ("新增泊位20个。", "hard"), ("加快推进20个泊位建设。", "process")],
)
def test_strength(text: str, strength: str) -> None:
    assert [a.strength for a in acts(text)] == [strength]


_WORDS = st.sampled_from(
    [
        "新建",
        "学校",
        "3所",
        "、",
        "，",
        "。",
        "推动",
        "水厂竣工",
        "（含",
        "）",
        "“",
        "”",
        "其中",
        "达到5%",
        "实现",
        "以及",
        "\n",
        "启动",
        "第一",
    ]
)


@given(st.lists(_WORDS, max_size=40).map("".join))
def test_acts_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for act in acts(text):
        assert last <= act.start < act.end <= len(text)
        assert "。" not in mask(text)[act.start : act.end]
        last = act.end


@given(st.lists(_WORDS, max_size=40).map("".join))
def test_masks_keep_length_and_clauses_hold_no_stops(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    for clause in clauses(masked, 0, len(masked)):
        assert clause.start < clause.end
        assert not set("，；。！？：\n") & set(masked[clause.start : clause.end])
