"""Parts of a livelihood item add up to its goal, or the reason is told; a store flags it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from duixian.settling.subgoals import Goal, sub_goals
from duixian.store import build, open_store
from duixian.store.queries import VALUE_FLAGS


def goals(text: str, exact: bool = True) -> list[Goal]:
    return [Goal(m.start(), float(m[1]), m[2], exact) for m in re.finditer(r"(\d+)(名|所|%)", text)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("引进医师90名，其中：内科60名、外科30名", None),
        ("引进医师90名，其中：内科60名、外科40名", "goal 90名, parts 60 + 40 = 100"),
        ("引进医师90名，其中：内科60名、外科20名", "goal 90名, parts 60 + 20 = 80"),
        ("引进医师90名，其中：内科60名、外科20名等", None),
        ("引进医师90名，其中：内科60名、外科40名等", "goal 90名, parts 60 + 40 = 100"),
        ("引进医师90名，其中内科60名、外科40名", None),  # they may overlap
        ("引进医师90名，其中：女性占50%、外科40名", None),
        ("引进医师90名，其中：内科60名", None),
        ("其中：内科60名、外科40名", None),
        ("新建学校5所，引进医师90名，其中：内科60名、外科40名", "goal 90名, parts 60 + 40 = 100"),
    ],
)
def test_parts_add_up(text: str, reason: str | None) -> None:
    assert sub_goals(text, goals(text)) == reason


def test_bounds_say_nothing() -> None:
    text = "引进医师90名，其中：内科60名、外科40名"
    assert sub_goals(text, goals(text, exact=False)) is None


def test_a_store_flags_a_card(tmp_path: Path, samples: Path) -> None:
    text = next((samples / "望江市").glob("2025*")).read_text(encoding="utf-8")
    cards = ["\n\n附件", "2025年3件惠民实事"]
    cards += ["一、引才下乡", "年度目标：引进医师90名，其中：内科医师60名、外科医师40名。", "主办单位：市卫生健康委"]
    cards += ["二、新建学校", "年度目标：新建小学5所。", "主办单位：市教育局"]
    cards += ["三、改造道路", "年度目标：改造道路12公里。", "主办单位：市交通运输局\n"]
    folder = tmp_path / "望江市"
    folder.mkdir()
    (folder / "2025.md").write_text(text + "\n\n".join(cards), encoding="utf-8")
    build([folder], tmp_path / "s.store", workers=1)
    with open_store(tmp_path / "s.store") as store:
        found = [f for f in store.rows(VALUE_FLAGS, editions=False) if f.flag == "subgoals_differ"]
        assert [f.reason for f in found] == ["goal 90人, parts 60 + 40 = 100"]
        promises = {p["quote"]: p["responsible"] for p in store.table("commitments").to_dicts()}
        assert promises["新建小学5所"] == "市教育局"
