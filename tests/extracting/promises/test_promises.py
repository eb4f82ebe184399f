"""Promises of whole reports: the project's own samples, and a few real ones where they are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from duixian.extracting import extract
from duixian.extracting.promises import promises
from duixian.model import Commitment, Document, LivelihoodItem, Report
from duixian.reading import read_document
from duixian.reading.formats import read_file
from duixian.reading.repair import repair
from made_report import made_report


def read(path: Path) -> Iterator[tuple[Document, Report, tuple[Commitment, ...], set[str]]]:
    for document in read_file(path, path.name, None):
        if isinstance(document, Document):
            result = read_document(document)
            for report in result.reports:
                measurements = extract(report, result.copy)
                yield document, report, promises(report, result.copy, measurements), {m.measurement_id for m in measurements}


def check(document: Document, report: Report, found: tuple[Commitment, ...], ids: set[str]) -> None:
    checkable = [c for c in found if c.kind != "qualitative"]
    assert [c.number for c in checkable] == list(range(1, len(checkable) + 1))
    assert sorted(c.number for c in found) == list(range(1, len(found) + 1))
    assert len({c.commitment_id for c in found}) == len(found)
    for commitment in found:
        assert document.text[commitment.start : commitment.end] == commitment.quote
        assert report.start <= commitment.start < commitment.end <= report.end
        assert set(commitment.quantities) <= ids
        assert commitment.deadline is not None and commitment.deadline >= f"{report.year}-01-01"
        assert (commitment.kind != "quantified") or commitment.section in ("targets", "tasks", "tasks_term", "livelihood", "government")
    assert [c.start for c in found] == sorted(c.start for c in found)


def test_samples(samples: Path) -> None:
    kinds: set[str] = set()
    numbered = 0
    for path in sorted(samples.rglob("*.md")):
        for document, report, found, ids in read(path):
            check(document, report, found, ids)
            kinds |= {c.kind for c in found}
            numbered += sum(c.livelihood_n is not None for c in found)
    assert kinds == {"quantified", "milestone", "qualitative"}
    assert numbered > 10


@pytest.mark.shared
def test_real_reports(shared: Path) -> None:
    files = sorted((shared / "corpus/reports").rglob("*.md"))
    for path in files[:: len(files) // 12]:
        for found in read(path):
            check(*found)


def test_a_livelihood_list_told_twice_counts_once() -> None:
    item = "启动南岭康复中心建设，出台社区助餐办法。"
    text = "一是启动南岭康复中心建设。" + item
    start = text.index(item, 5)
    items = (LivelihoodItem(1, 1, None, item, start, start + len(item)),)
    found = promises(made_report(text, "livelihood", 2024, "扎实办好民生实事", items), repair(text), ())
    assert [(c.livelihood_n, c.quote) for c in found] == [(1, "启动南岭康复中心建设"), (1, "出台社区助餐办法")]
    assert all(c.livelihood for c in found)


def test_deadlines_govern_the_clauses_after_them() -> None:
    text = "年底前，建成南岭水库，启动西港大桥建设。出台河道管理办法。"
    found = promises(made_report(text, "tasks", 2024), repair(text), ())
    assert [c.deadline_quote for c in found] == ["年底前", "年底前", None]
    assert {c.deadline for c in found} == {"2024-12-31"}


def test_a_year_in_the_name_of_a_document_is_no_deadline() -> None:
    text = "制定2030年前水土治理方案。2026年前出台南岭水库管理办法。"
    found = promises(made_report(text, "tasks", 2024), repair(text), ())
    assert [c.deadline_quote for c in found] == [None, "2026年前"]


def test_a_heading_says_what_a_vague_act_is_about() -> None:
    text = "建成东岭制造项目。"
    (alone,) = promises(made_report(text, "tasks", 2024), repair(text), ())
    (under,) = promises(made_report(text, "tasks", 2024, "壮大海洋经济"), repair(text), ())
    assert alone.topics == ("工业制造",)
    assert under.topics == ("工业制造", "海洋经济")


def test_numbers_are_stable_and_qualitative_ones_come_last() -> None:
    text = "加强作风建设。开工建设南岭水库。深化国企改革。建成西港大桥。"
    first, again = (promises(made_report(text, "tasks", 2024), repair(text), ()) for _ in range(2))
    assert first == again
    assert [(c.kind, c.number) for c in first] == [("qualitative", 3), ("milestone", 1), ("qualitative", 4), ("milestone", 2)]


def test_responsible_bodies_of_a_task_card() -> None:
    text = "建成南岭康复中心。\n主办单位：省卫生健康委、省残联。\n启动西港书城建设。\n主办单位：省文化和旅游厅。"
    found = promises(made_report(text, "tasks", 2024), repair(text), ())
    assert [(c.project, c.responsible) for c in found if c.kind == "milestone"] == [
        ("南岭康复中心", "省卫生健康委、省残联"),
        (None, "省文化和旅游厅"),
    ]


def test_a_plan_beyond_the_year_has_term_plan() -> None:
    text = "到2027年，建成西港大桥。"
    (found,) = promises(replace(made_report(text, "tasks", 2024), plan_to=2028), repair(text), ())
    assert (found.term, found.deadline) == ("plan", "2027-12-31")
