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

from duixian.cli import main
from duixian.store import build, open_store


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
