"""The settlements of the project's sample against what a careful reader counts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from duixian.registry.units import unit_table
from duixian.store import build, export

TRUTH = Path(__file__).resolve().parent.parent / "sample_truth" / "settlements.csv"


@pytest.fixture(scope="module")
def settled(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str, str], dict[str, object]]:
    folder = tmp_path_factory.mktemp("settled")
    build([samples], folder / "s.store", workers=1)
    export(folder / "s.store", "jsonl", folder / "out", ["settlements"])
    rows = [json.loads(line) for line in (folder / "out" / "settlements.jsonl").read_text(encoding="utf-8").splitlines()]
    return {(r["region_code"], r["indicator"], r["period"], r["tier"]): r for r in rows if r["agg"] is None}


def truth() -> list[dict[str, str]]:
    with TRUTH.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("want", truth(), ids=lambda w: f"{w['region_code']}-{w['indicator']}-{w['period']}-{w['tier']}")
def test_sample(settled: dict[tuple[str, str, str, str], dict[str, object]], want: dict[str, str]) -> None:
    got = settled[want["region_code"], want["indicator"], want["period"], want["tier"]]
    assert got["verdict"] == want["verdict"], got["reason"]
    if want["gap"]:
        factor = unit_table().worth(str(got["target_unit"])).factor
        gap = got["gap"]
        assert isinstance(gap, float)
        assert gap / factor == pytest.approx(float(want["gap"]))
    else:
        assert got["gap"] is None
