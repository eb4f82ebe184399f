"""The drafted account: counts, what is listed, sources, the Word file, and the commands."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import docx
import pytest
from click.testing import CliRunner, Result

from duixian.analysing.accounts import TaskLine, account, as_text, sources_of, summary
from duixian.analysing.accounts_docx import write_docx
from duixian.commands.settling import COMMANDS
from duixian.store import Generation, StoreError


def test_account(store: Generation) -> None:
    found = account(store, "望江市", 2024)
    assert found.report.endswith("望江市/2024.md")
    assert len(found.lines) == sum(found.count(v) for v in ("met", "about_met", "missed", "not_reported", "not_comparable"))
    said = summary(found)
    assert f"主要预期目标{len(found.lines)}项" in said
    assert f"未完成的{found.count('missed')}项：第一项是" in said
    for source in sources_of(found):
        quote = store.text(source.source, source.start, source.end)
        assert "".join(quote.split()) in "".join(source.sentence.split())
    numbers = [s.number for s in sources_of(found)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_text_lists_every_target_once(store: Generation) -> None:
    found = account(store, "云陵省", 2024)
    text = as_text(found)
    assert all(text.count(f"{line.name}：要求") == 1 for line in found.lines)
    assert "固定资产投资增速：要求4%左右，实际3.2%，差距-0.8个百分点" in text


def test_docx_holds_the_same(store: Generation, tmp_path: Path) -> None:
    found = account(store, "云陵省", 2024)
    write_docx(found, tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    assert summary(found) in [p.text for p in word.paragraphs]
    names = [row.cells[0].text for table in word.tables for row in table.rows[1:]]
    assert sorted(names) == sorted([*(line.name for line in found.lines), *(task.promise for task in found.tasks)])
    assert sum(p.text.startswith("[") for p in word.paragraphs) == len(sources_of(found))


def test_nothing_to_settle(store: Generation) -> None:
    with pytest.raises(StoreError, match="holds no report of 云陵省 for 2026"):
        account(store, "云陵省", 2025)


@pytest.fixture
def run(store_path: Path) -> Callable[..., Result]:
    group = click.Group(commands={str(c.name): c for c in COMMANDS})

    def call(command: str, *options: str) -> Result:
        return CliRunner().invoke(group, [command, str(store_path), *options], catch_exceptions=False)

    return call


def test_commands(run: Callable[..., Result], tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("settle", "--region", "青泽", "--year", "2024", "--format", "csv").stdout.lstrip("\ufeff"))))
    assert {r["region_code"] for r in rows} == {"991100"}
    assert {r["period"] for r in rows} == {"2024"}
    for view in ("summary", "revisions", "cascade", "after-miss"):
        assert run("settle", "--view", view, "--format", "json").exit_code == 0
    assert "澜州省2023年政府工作报告目标任务兑现情况" in run("account", "澜州省", "2023").stdout
    assert run("account", "澜州省", "2023", "-o", str(tmp_path / "a.docx")).exit_code == 0
    assert (tmp_path / "a.docx").stat().st_size > 5000
    failed = run("account", "澜州省", "2023", "-o", str(tmp_path / "no" / "a.txt"))
    assert (failed.exit_code, "can't be written" in failed.stderr) == (1, True)
    assert "gdp.growth" in run("check-communiques", "--format", "csv").stdout


def test_tasks_join_the_sentence(store: Generation) -> None:
    found = account(store, "澜州省", 2023)
    open_task = TaskLine("新建乡镇养老服务中心30个", "建成乡镇养老服务中心24个", "partly", sources_of(found)[:2])
    told = replace(found, tasks=(open_task,), task_counts=(("met", 11), ("partly", 1), ("not_mentioned", 3)))
    assert "报告提出的任务15项，完成11项，部分完成1项，未提及3项。" in summary(told)
    assert "新建乡镇养老服务中心30个——部分完成：建成乡镇养老服务中心24个 [1][2]" in as_text(told)
