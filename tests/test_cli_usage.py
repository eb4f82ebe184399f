"""Wrong usage is told in one line that says what to write instead; odd file names are read like others."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duixian.cli import main


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("table", "s", "--year", "2025-2020"), "write 2020-2025"),
        (("table", "s", "--year", "2020-"), "is no year"),
        (("table", "s", "--year", "1-99999999999"), "is no year"),
        (("table", "s", "--year", ""), "is no year"),
        (("table", "s", "--indicator", " ,"), "leave the option out"),
        (("table", "s", "--level", "village"), "there are: national"),
        (("facts", "s", "安徽", "2025", "--section", "target"), "there are: front"),
        (("account", "s", "安徽", "2025", "-o", "a.pdf"), "there are: .docx"),
        (("settle", "s", "--from", "2025", "--to", "2010"), "later than"),
        (("search", "s", "甲", "--limit", "9" * 20), "not in the range"),
        (("build", "", "-o", "s"), "the path is empty"),
        (("export", "s", "-o", ""), "the path is empty"),
        (("table", ""), "the path is empty"),
        (("correct", "s", "--undo", "9" * 23), "not in the range"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_names_that_are_no_utf8_are_read_and_known_again(samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(samples / "望江市" / "2025.md", Path(os.fsdecode(bytes(folder) + b"/\xcd\xfb.md")))
    first, second = run("build", folder, "-o", tmp_path / "s"), run("build", folder, "-o", tmp_path / "s")
    assert first.exit_code == 0, first.stderr
    assert "1 of them unchanged" in second.stderr
    assert r"\xcd\xfb.md" in run("reports", tmp_path / "s", "--format", "csv").stdout


def test_a_console_of_another_encoding_ends_no_command(samples: Path, tmp_path: Path) -> None:
    assert run("build", samples / "望江市", "-o", tmp_path / "s", "--workers", 1).exit_code == 0
    result = CliRunner(charset="ascii").invoke(main, ["reports", str(tmp_path / "s")])
    assert result.exit_code == 0, result.output
    assert r"\u671b\u6c5f\u5e02" in result.stdout


def test_a_build_of_other_inputs_says_what_the_store_lost(samples: Path, tmp_path: Path) -> None:
    store = tmp_path / "a.store"
    CliRunner().invoke(main, ["build", str(samples / "澜州省"), "-o", str(store), "--root", str(samples), "--workers", "1"])
    result = CliRunner().invoke(main, ["build", str(samples / "望江市"), "-o", str(store), "--root", str(samples)])
    assert result.exit_code == 0
    assert "2 documents of the last build are not among these inputs" in result.stderr
