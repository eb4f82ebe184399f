"""Identity and splitting hold in damaged texts."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from random import Random

import pytest
from damaging import KINDS
from speech import report

from duixian.model import Hints
from duixian.reading.identity import identify
from duixian.reading.repair import repair
from duixian.reading.split import split


def _told(text: str) -> tuple[str, int] | None:
    copy = repair(text)
    pieces = [piece for piece in split(copy, Hints()) if piece.reason is None]
    found = identify(copy, pieces[0].start, pieces[0].end, Hints()) if len(pieces) == 1 else None
    return (found.region, found.year) if found else None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_damage_leaves_region_and_year(kind: str, seed: int) -> None:
    head = ["2031年宁波市政府工作报告", "——2031年1月9日在宁波市第十九届人民代表大会第三次会议上", "宁波市市长 齐 云"]
    text = report(head, "市人民政府", "全市", "宁波", "海曙、江北、镇海、余姚、慈溪", 2031)
    assert _told(KINDS[kind](text, Random(seed))) == ("宁波市", 2031)


@pytest.mark.shared
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_real_reports(shared: Path, kind: str) -> None:
    with (shared / "gold" / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[7::97]
    misses = []
    for row in rows:
        raw = (shared / "corpus" / "reports" / row["path"]).read_text(encoding="utf-8")
        text = re.sub(r"\A\s{0,4}---\n.{0,8000}?\n---(?:\n|\Z)", "", raw, count=1, flags=re.S)
        if _told(KINDS[kind](text, Random(7))) != (row["region"], int(row["year"])):
            misses.append(row["path"])
    assert not misses
