"""facts, annotate, explain, indicators on the project's samples."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duixian.cli import main


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    path = tmp_path_factory.mktemp("facts") / "a.store"
    assert run("build", samples / "澜州省", "-o", path, "--workers", 1).exit_code == 0
    return path


def test_facts_go_section_by_section(store: Path) -> None:
    shown = run("facts", store, "澜州省", 2024)
    assert shown.exit_code == 0
    assert shown.stdout.index("上年回顾") < shown.stdout.index("预期目标") and "gdp.growth" in shown.stdout
    rows = json.loads(run("facts", store, "澜州省", 2024, "--section", "targets", "--format", "json").stdout)
    assert rows and all(r["section"] == "targets" and r["quote"] for r in rows)


def test_explain_marks_the_chosen_candidate_and_gives_reasons(store: Path) -> None:
    rows = json.loads(run("explain", store, "澜州省", 2024, "gdp.growth", "--format", "json").stdout)
    chosen = [r for r in rows if r["chosen"]]
    assert sorted(r["role"] for r in chosen) == ["actual", "target"]
    assert all(r["reasons"] for r in chosen)
    assert run("explain", store, "澜州省", 2024, "gdp.grwth").exit_code == 1


def test_the_annotated_page_stands_alone_and_holds_the_whole_text(store: Path, tmp_path: Path, samples: Path) -> None:
    page = tmp_path / "a.html"
    assert run("annotate", store, "澜州省", 2024, "-o", page).exit_code == 0
    html = page.read_text(encoding="utf8")
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
    facts = json.loads(re.search(r'id="facts">(.*?)</script>', html, re.S)[1])  # type: ignore[index]
    assert len(facts) == len(re.findall(r'data-i="', html)) > 20
    body = re.sub(r'<div class="role">[^<]*</div>|<[^>]+>|\s', "", html[html.index("<article>") : html.index("</article>")])
    source = re.sub(r"\s", "", (samples / "澜州省/2024.md").read_text(encoding="utf8"))
    assert body.replace("&#34;", '"') == source


def test_a_page_that_cannot_be_written_is_one_line(store: Path, tmp_path: Path) -> None:
    result = run("annotate", store, "澜州省", 2024, "-o", tmp_path / "none" / "a.html")
    assert result.exit_code == 1 and "a.html" in result.stderr


def test_indicators_are_found_by_synonym() -> None:
    rows = json.loads(run("indicators", "国内生产总值", "--format", "json").stdout)
    assert "gdp.growth" in {r["indicator"] for r in rows}
