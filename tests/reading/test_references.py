"""Communiqués and plans as reference documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.model import Document, Hints
from duixian.reading import read_document
from duixian.reading.formats import read_file
from duixian.store import build, export

COMMUNIQUE = (
    """澜州省2024年国民经济和社会发展统计公报

澜州省统计局

2025年3月6日

2024年，全省经济运行稳中向好。初步核算，全年全省生产总值21540亿元，比上年增长5.3%。全年居民消费价格比上年上涨0.3%。
"""
    + "全年规模以上工业增加值比上年增长6.1%。社会消费品零售总额8112亿元，增长4.4%。\n" * 12
)


def read(text: str, title: str | None = None) -> Document:
    return Document("0" * 64, "a.txt", text, Hints(path=("a",), title=title))


def test_a_communique_is_neither_report_nor_refused() -> None:
    result = read_document(read(COMMUNIQUE))
    assert not result.reports
    assert not result.rejected
    (found,) = result.references
    assert (found.kind, found.region_code, found.level, found.year, found.year_to) == ("communique", "990000", "province", 2024, 2024)


@pytest.mark.parametrize(
    ("title", "day", "place", "year"),
    [
        ("中华人民共和国国家统计局关于一九八三年国民经济和社会发展的统计公报", "1984年4月29日", "100000", 1983),
        ("中华人民共和国2019年国民经济和社会发展统计公报[1]", "2020年2月28日", "100000", 2019),
        ("国民经济和社会发展统计公报", "2011年2月28日", "990000", 2010),
        ("**望江市二〇二三年国民经济和社会发展统计公报**", "2024年4月2日", "990100", 2023),
    ],
)
def test_years_and_places(title: str, day: str, place: str, year: int) -> None:
    text = COMMUNIQUE.replace("澜州省2024年国民经济和社会发展统计公报", title).replace("2025年3月6日", day)
    (found,) = read_document(read(text)).references
    assert (found.region_id, found.year) == (place, year)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("云陵省国民经济和社会发展第十四个五年规划和2035年远景目标纲要", (2021, 2025)),
        ("云陵省国民经济和社会发展第三个五年计划", (1966, 1970)),
        ("云陵省“十二五”规划纲要（2011—2015年）", (2011, 2015)),
    ],
)
def test_plans(title: str, years: tuple[int, int]) -> None:
    text = f"{title}\n\n" + "“五位一体”统筹推进，加快建设交通强省，综合实力迈上新台阶。\n" * 60
    (found,) = read_document(read(text)).references
    assert (found.kind, found.region_code, (found.year, found.year_to)) == ("plan", "991000", years)


def test_its_figures_are_official_and_no_measurements_of_reports(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(COMMUNIQUE, encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "s.store", workers=1)
    rows = export(tmp_path / "s.store", "jsonl", tmp_path / "out")
    assert rows["measurements"] == rows["panel"] == rows["readings"] == rows["rejected"] == 0
    assert rows["references"] == 1
    official = (tmp_path / "out" / "official.jsonl").read_text(encoding="utf-8")
    assert '"indicator":"gdp.growth"' in official
    assert '"low":5.3' in official


@pytest.mark.shared
def test_every_communique_has_its_year(shared: Path) -> None:
    files = sorted((shared / "corpus" / "communiques").glob("*.md"))
    years = {}
    for file in files:
        for document in read_file(file, file.name, None):
            assert isinstance(document, Document)
            years[file.stem] = [(r.year, r.region_id) for r in read_document(document).references]
    assert years == {f.stem: [(int(f.stem), "100000")] for f in files}
