"""Evaluation on two invented reports: what is right scores whole, each kind of error shows where it belongs, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from duixian.cli import main
from duixian.evaluation import Export, Gold, Score, evaluate, read_export, read_gold, scores
from duixian.evaluation.outputs import CommitmentOut, FigureOut, FollowupOut, ReportOut, SectionOut, SettlementOut
from duixian.evaluation.values import canonical, same_value, settled, shares_words

OLD = "一、去年回顾。全市生产总值增长5.8%。二、今年打算。全市生产总值增长6%左右。新建口袋公园12个。"
NEW = "一、去年回顾。全市生产总值增长5.9%。建成口袋公园13个。二、今年打算。全市生产总值增长5%以上。"
SOURCES = {"甲市/2018.md": OLD, "甲市/2019.md": NEW}
CODE = "999999"


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")


def figure(name: str, role: str, period: str, cmp: str, value: float, quote: str, unit: str = "%") -> dict[str, object]:
    direction = "up" if unit == "%" else None
    return {"indicator": name, "role": role, "period": period, "cmp": cmp, "lo": value, "hi": value, "unit": unit, "dir": direction,
            "tier": "base", "scope": "region", "quote": quote}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    folder, corpus = tmp_path / "gold", tmp_path / "corpus"
    for source, text in SOURCES.items():
        (corpus / source).parent.mkdir(parents=True, exist_ok=True)
        (corpus / source).write_text(text, encoding="utf-8")
    write(folder / "reports.jsonl", [
        {"id": "old", "source": "甲市/2018.md", "region_code": CODE, "year": 2018, "start": 0, "end": len(OLD)},
        {"id": "new", "source": "甲市/2019.md", "region_code": CODE, "year": 2019, "start": 0, "end": len(NEW)},
    ])  # fmt: skip
    write(folder / "headline/old.jsonl", [
        figure("gdp.growth", "actual", "2017", "=", 5.8, "全市生产总值增长5.8%"),
        figure("gdp.growth", "target", "2018", "~", 6, "全市生产总值增长6%左右"),
    ])  # fmt: skip
    write(folder / "headline/new.jsonl", [
        figure("gdp.growth", "actual", "2018", "=", 5.9, "全市生产总值增长5.9%"),
        figure("gdp.growth", "target", "2019", ">=", 5, "全市生产总值增长5%以上"),
    ])  # fmt: skip
    write(folder / "sections.jsonl", [
        {"id": "old", "role": "review", "starts_with": "一、"}, {"id": "old", "role": "targets", "starts_with": "二、"},
    ])  # fmt: skip
    passage = {"pid": "old#plan", "id": "old", "part": "plan", "start": OLD.index("新建"), "text": OLD[OLD.index("新建") :]}
    (folder / "passages.json").write_text(json.dumps([passage], ensure_ascii=False), encoding="utf-8")
    write(folder / "quantities.jsonl", [{"pid": "old#plan", "quote": "12个", "lo": 12, "hi": 12, "cmp": "=", "unit": "个", "dir": None,
                                         "role": "target", "period": "2018", "name": "口袋公园"}])  # fmt: skip
    write(folder / "commitments.jsonl", [{"pid": "old#plan", "quote": "新建口袋公园12个", "kind": "quantified"}])
    write(folder / "followups.jsonl", [{"id_from": "old", "id_to": "new", "promise": "新建口袋公园12个", "answer": "建成口袋公园13个",
                                        "answers": ["建成口袋公园13个"], "verdict": "met"}])  # fmt: skip
    return read_gold(folder, corpus)


def found(year: int, role: str, cmp: str, value: float, quote: str, unit: str = "%", indicator: str | None = "gdp.growth") -> FigureOut:
    source = f"corpus/甲市/{year}.md"
    text = SOURCES[f"甲市/{year}.md"]
    start, number = text.index(quote), text.index(quote) + quote.index(f"{value:g}")
    return FigureOut(source, CODE, year, indicator, role, cmp, value, value, unit, "up" if unit == "%" else None, "single", start,
                     start + len(quote), number, number + len(f"{value:g}{unit}"))  # fmt: skip


@pytest.fixture
def right() -> Export:
    old, new = "corpus/甲市/2018.md", "corpus/甲市/2019.md"
    panel = (
        found(2018, "actual", "=", 5.8, "全市生产总值增长5.8%"),
        found(2018, "target", "~", 6, "全市生产总值增长6%左右"),
        found(2019, "actual", "=", 5.9, "全市生产总值增长5.9%"),
        found(2019, "target", ">=", 5, "全市生产总值增长5%以上"),
    )
    a, b = OLD.index("新建"), OLD.index("新建") + len("新建口袋公园12个")
    return Export(
        reports=(ReportOut(old, CODE, 2018, 0, len(OLD)), ReportOut(new, CODE, 2019, 0, len(NEW))),
        sections=(
            SectionOut(old, CODE, 2018, "review", 1, 0, OLD.index("二、")),
            SectionOut(old, CODE, 2018, "targets", 1, OLD.index("二、"), len(OLD)),
        ),
        panel=panel,
        measurements=(*panel, found(2018, "target", "=", 12, "12个", "个", None)),
        commitments=(CommitmentOut(old, CODE, 2018, "quantified", "figure", a, b),),
        settlements=(SettlementOut(CODE, "gdp.growth", "2018", "base", None, -0.1, "about_met"),),
        followups=(FollowupOut(old, CODE, 2018, a, b, "建成口袋公园13个", "met"),),
    )


def whole(export: Export, gold: Gold) -> Mapping[str, Score]:
    return {s.layer: s for s in scores(evaluate(export, gold)) if s.decade == "all" and s.rule is None}


def test_what_is_right_scores_whole(right: Export, gold: Gold) -> None:
    layers = whole(right, gold)
    assert len(layers) == 13
    assert {name: (s.precision, s.recall, s.f1) for name, s in layers.items()} == dict.fromkeys(layers, (1.0, 1.0, 1.0))
    assert layers["panel: actuals"].right == 2 and layers["sections"].right == len(OLD)


def test_nothing_found_is_all_missed(gold: Gold) -> None:
    layers = whole(Export(), gold)
    assert all(s.right == 0 and s.wrong == 0 and s.missed > 0 and s.precision is None and s.recall == 0 for s in layers.values())


@dataclass(frozen=True)
class Harm:
    """An error, and the layers that must show it."""

    does: Callable[[Export], Export]
    shows: frozenset[str]


HARMS = {
    "a wrong value": Harm(
        lambda e: replace(e, panel=(replace(e.panel[0], low=5.7, high=5.7), *e.panel[1:])),
        frozenset({"panel: actuals", "panel: value, comparator, direction"}),
    ),
    "a wrong comparator": Harm(
        lambda e: replace(e, panel=(e.panel[0], replace(e.panel[1], comparator="="), *e.panel[2:])),
        frozenset({"panel: value, comparator, direction"}),
    ),
    "a wrong year": Harm(
        lambda e: replace(e, reports=(replace(e.reports[0], year=2017), e.reports[1])),
        frozenset({"reports"}),
    ),
    "a wrong role": Harm(
        lambda e: replace(e, sections=(e.sections[0], replace(e.sections[1], role="tasks"))),
        frozenset({"sections"}),
    ),
    "an invented quantity": Harm(
        lambda e: replace(e, measurements=(*e.measurements, replace(e.measurements[-1], low=1.0, high=1.0))),
        frozenset({"quantities: value and unit", "quantities: role, comparator, direction"}),
    ),
    "a wrong kind": Harm(
        lambda e: replace(e, commitments=(replace(e.commitments[0], kind="milestone"),)),
        frozenset({"commitments: and kind"}),
    ),
    "a promise cut short": Harm(
        lambda e: replace(e, commitments=(replace(e.commitments[0], end=e.commitments[0].start + 4),)),
        frozenset({"commitments: found", "commitments: and kind"}),
    ),
    "a wrong gap": Harm(lambda e: replace(e, settlements=(replace(e.settlements[0], gap=0.1),)), frozenset({"settlements: gap"})),
    "a wrong verdict": Harm(
        lambda e: replace(e, settlements=(replace(e.settlements[0], verdict="missed"),)), frozenset({"settlements: verdict"})
    ),
    "another answer": Harm(
        lambda e: replace(e, followups=(replace(e.followups[0], answer="全市生产总值增长5.9%"),)), frozenset({"followups: answer"})
    ),
    "two verdicts": Harm(
        lambda e: replace(e, followups=(*e.followups, replace(e.followups[0], verdict="missed"))), frozenset({"followups: verdict"})
    ),
}


@pytest.mark.parametrize("name", HARMS)
def test_an_error_shows_where_it_belongs(right: Export, gold: Gold, name: str) -> None:
    harm = HARMS[name]
    layers = whole(harm.does(right), gold)
    assert {layer for layer, s in layers.items() if s.f1 != 1.0} == harm.shows


def test_scores_by_decade_and_rule(right: Export, gold: Gold) -> None:
    every = scores(evaluate(right, gold))
    assert {s.decade for s in every} == {"all", "2010s"}
    single = next(s for s in every if s.rule == "single" and s.layer == "panel: targets")
    assert (single.right, single.wrong, single.precision, single.recall) == (2, 0, 1.0, None)


def test_an_export_is_read_and_a_broken_line_named(right: Export, tmp_path: Path) -> None:
    for table, rows in asdict(right).items():
        write(tmp_path / f"{table}.jsonl", [dict(r) for r in rows])
    assert read_export(tmp_path) == right
    with (tmp_path / "panel.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"source": "a"}\n')
    with pytest.raises(ValueError, match=r"panel.jsonl line 5: KeyError: 'region_code'"):
        read_export(tmp_path)


def test_the_command(right: Export, gold: Gold, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for table, rows in asdict(right).items():
        write(out / f"{table}.jsonl", [dict(r) for r in rows])
    common = ["evaluate", str(out), "--gold", str(tmp_path / "gold"), "--corpus", str(tmp_path / "corpus"), "--format", "csv"]
    plain = CliRunner().invoke(main, common)
    assert plain.exit_code == 0 and "panel: actuals,all,,2,2,0,0,1.0,1.0,1.0" in plain.output, plain.output
    assert "single" not in plain.output and "single" in CliRunner().invoke(main, [*common, "--rules", "--least", "1"]).output
    assert CliRunner().invoke(main, ["evaluate", str(out), "--gold", str(out), "--corpus", str(out)]).exit_code == 1


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((1.2, "万亿元"), (12000, "亿元"), True), ((5, "%"), (5, "%"), True), ((5, "百分点"), (5, "个百分点"), True),
        ((1, "吨"), (2000, "斤"), True), ((1, "番"), (2, "倍"), True), ((3, "千瓦"), (3000, "瓦"), False), ((5, "%"), (5, "万人"), False),
    ],
)  # fmt: skip
def test_units(a: tuple[float, str], b: tuple[float, str], same: bool) -> None:
    (x, unit), (y, other) = canonical(*a), canonical(*b)
    assert (x is not None and y is not None and abs(x - y) < 1e-6 and unit == other) is same


def test_gaps(right: Export) -> None:
    target, actual = right.panel[1], right.panel[2]
    assert settled("gdp.growth", target, actual) == (-0.1, "about_met")
    assert settled("gdp.growth", replace(target, comparator="="), actual) == (-0.1, "missed")
    assert settled("gdp.growth", target, replace(actual, direction="down")) == (-11.9, "missed")
    assert settled("cpi.growth", target, actual) == (0.1, "met")
    assert settled("gdp.growth", target, replace(actual, unit="亿元")) is None
    assert same_value(target, replace(target, low=6.0000001, high=6.0))


def test_answers_share_words() -> None:
    assert shares_words("建成口袋公园13个", "今年建成口袋公园13个")
    assert not shares_words("建成口袋公园13个", "修缮桥梁五座并通车")
