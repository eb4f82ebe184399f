"""What commands say: reasons in the language asked for, no report of a year, two tables at once, an interrupted server."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import duixian
from duixian.analysing.labels import in_language
from duixian.cli import main
from duixian.commands.common import spans
from duixian.store import StoreError, build, open_store


@pytest.fixture(scope="module")
def store(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the samples."""
    folder = tmp_path_factory.mktemp("words") / "sample.store"
    build([samples], folder)
    return folder


def _run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, list(words))
    return done.exit_code, done.stdout, done.stderr


def test_reasons_are_chinese_where_the_table_is(store: Path) -> None:
    code, out, _ = _run("explain", str(store), "澜州省", "2025", "gdp.growth")
    assert code == 0 and "预期目标" in out
    assert not re.search(r"\b(?:target|actual|review|targets|in|the|unadjusted)\b", out), out
    _, english, _ = _run("explain", str(store), "澜州省", "2025", "gdp.growth", "--lang", "en")
    assert "in the targets section" in english and "预期目标部分" not in english
    _, data, _ = _run("explain", str(store), "澜州省", "2025", "gdp.growth", "--format", "json")
    assert {row["role"] for row in json.loads(data)} <= {"target", "actual"}  # data keep the codes


def test_facts_name_roles_and_parts_in_chinese(store: Path) -> None:
    code, out, _ = _run("facts", str(store), "澜州省", "2025")
    assert code == 0 and "目标" in out and "实际" in out and "上年回顾" in out
    assert not re.search(r"(?m)^(?:  (?:target|actual|other)|targets|review|tasks)\b", out)
    assert re.search(r"(?m)^  target ", _run("facts", str(store), "澜州省", "2025", "--lang", "en")[1])


def test_a_year_without_reports_is_said(store: Path) -> None:
    code, out, err = _run("table", str(store), "--year", "1980")
    with open_store(store) as archive:
        years = [r.year for r in archive.reports()]
    assert code == 1 and not out and "1980" in err and f"{min(years)}–{max(years)}" in err


@pytest.mark.parametrize("command", [("gaps",), ("settle",), ("search", "增长"), ("newterms",), ("terms", "--words", "增长"), ("shared",)])
def test_other_commands_say_it_too(store: Path, command: tuple[str, ...]) -> None:
    code, out, err = _run(command[0], str(store), *command[1:], "--year", "1980")
    assert code == 1 and not out and re.search(r"no report of 1980 .* it has some of \d{4}–\d{4}$", err.strip()), (out, err)


def test_a_year_in_the_query_or_of_gone_words_counts_too(store: Path) -> None:
    for words in (("search", str(store), "增长 year:1980"), ("newterms", str(store), "--year", "2024", "--gone", "2055")):
        code, _, err = _run(*words)
        assert code == 1 and "it has some of" in err


def test_years_are_written_as_spans() -> None:
    assert spans([2003, 2004, 2005, 2007, 2010, 2011]) == "2003–2005, 2007, 2010–2011"


def test_a_ledger_that_was_not_made_is_said(store: Path, tmp_path: Path) -> None:
    ledger = f"sqlite:///{tmp_path / 'none.db'}"
    code, out, err = _run("correct", str(store), "--list", "--ledger", ledger)
    assert code == 0 and not out and "no decision yet" in err and "none.db" in err and not (tmp_path / "none.db").exists()
    assert json.loads(_run("correct", str(store), "--list", "--ledger", ledger, "--format", "json")[1]) == []


def test_reasons_of_a_track_are_chinese_in_data_too(store: Path) -> None:
    _, chinese, _ = _run("track", str(store), "澜州省", "2024", "--format", "json")
    _, english, _ = _run("track", str(store), "澜州省", "2024", "--format", "json", "--lang", "en")
    told = [row["reason"] for row in json.loads(chinese)]
    assert told and not [r for r in told if re.search(r"\b(?:against|nothing|number|without|only|other|economy)\b", r)]
    assert any("against" in row["reason"] for row in json.loads(english))


def test_several_figures_under_one_name_are_told_one_by_one() -> None:
    said = in_language("居民收入: 城镇收入: 5%, economy 4%, 农村收入: no number", "zh")
    assert said == "居民收入：城镇收入：5%，经济增长 4%，农村收入：没有数值"
    assert in_language("产量: other basis: - / real", "zh") == "产量：口径不同（未说明，实际）"


def test_levels_and_kinds_are_words_where_they_are_read_and_codes_in_data(store: Path) -> None:
    _, read, _ = _run("reports", str(store))
    assert "省级" in read and "全文" in read and not re.search(r"\b(?:province|prefecture|full|abstract)\b", read)
    assert re.search(r"\bprovince\b", _run("reports", str(store), "--lang", "en")[1])
    data = json.loads(_run("reports", str(store), "--format", "json")[1])
    assert {row["level"] for row in data} <= {"province", "prefecture", "county"} and {row["kind"] for row in data} <= {"full", "abstract"}
    _, outline, _ = _run("show", str(store), "澜州省", "2024")
    assert "预期目标" in outline and "targets" not in outline
    assert "targets" in {row["role"] for row in json.loads(_run("show", str(store), "澜州省", "2024", "--format", "json")[1])}
    named = _run("show", str(store), "澜州省", "2024", "--section", "预期目标", "--text")
    assert named[:2] == _run("show", str(store), "澜州省", "2024", "--section", "targets", "--text")[:2] and named[1].strip()
    _, counted, _ = _run("terms", str(store), "--words", "增长", "--by", "level")
    assert "省级" in counted and "province" not in counted


def test_an_empty_path_is_refused_in_python_too() -> None:
    with pytest.raises(ValueError, match="empty"):
        duixian.read("")
    with pytest.raises(StoreError, match="empty"):
        duixian.open("")


def test_a_topic_that_does_not_exist_is_refused(store: Path) -> None:
    for command in ("track", "promises"):
        code, out, err = _run(command, str(store), "澜州省", "2024", "--topic", "炼金术")
        assert code == 1 and not out and "炼金术" in err and "教育" in err


def test_the_year_nought_is_named(store: Path) -> None:
    code, _, err = _run("show", str(store), "澜州省", "0")
    assert code == 1 and "for 0" in err


def test_a_port_in_use_is_one_line(store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, err = _run("serve", str(store), "--port", str(taken.getsockname()[1]))
    assert code == 1 and err.startswith("duixian: can't listen on 127.0.0.1:") and err.count("\n") == 1


def test_two_tables_at_once_are_refused(store: Path) -> None:
    code, out, err = _run("table", str(store), "--pivot", "--summary")
    assert code == 2 and not out and "--pivot" in err and "--summary" in err


def test_an_interrupted_server_ends_without_a_traceback(store: Path) -> None:
    command = [sys.executable, "-m", "duixian.cli", "serve", str(store), "--port", "0"]
    for wait in (0.8, 2.5):  # while it starts, and (on most machines) when it serves
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            time.sleep(wait)
            server.send_signal(signal.SIGINT)
            _, err = server.communicate(timeout=60)
        assert "Traceback" not in err and "Error" not in err
