"""Every command of the tutorial and the gallery runs, in a folder with the project's facts and sample, and says something."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.M | re.S)
GALLERY, TUTORIALS = "docs/gallery.md", ("docs/tutorial.md", "docs/tutorial.zh.md")
DOING = {"build", "load", "export", "--value", "--undo"}  # these say on standard error what they did


def blocks(page: str, kind: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [line for found in _BLOCK.finditer(text) if found[1] == kind for line in found[2].splitlines() if line.strip()]


def scripts(page: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [found[2] for found in _BLOCK.finditer(text) if found[1] == "python"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("facts", "samples"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    return tmp_path


def run(line: str, place: Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    environment = {**os.environ, "PATH": paths, "HOME": str(place), "COLUMNS": "120", "DUIXIAN_DEBUG": "1"}
    return subprocess.run(line, shell=True, cwd=place, env=environment, capture_output=True, text=True, timeout=300, check=False)


def check(line: str, place: Path) -> None:
    result = run(line, place)
    assert result.returncode == 0, f"{line}\n{result.stderr}"
    target = line.partition(">")[2].strip()
    said = (place / target).read_text(encoding="utf-8-sig") if target else result.stdout
    if DOING & set(line.split()):
        assert result.stderr.strip(), line
    else:
        assert len(said.splitlines()) > 1 or len(said) > 100, f"{line} says nothing\n{result.stderr}"


def test_every_command_of_the_tutorial_runs(place: Path) -> None:
    lines = blocks(TUTORIALS[0], "sh")
    assert len(lines) >= 25
    for line in lines:
        check(line, place)
    for script in scripts(TUTORIALS[0]):
        (place / "script.py").write_text(script, encoding="utf-8")
        check("python script.py", place)


def test_both_languages_have_the_same_commands() -> None:
    assert blocks(TUTORIALS[0], "sh") == blocks(TUTORIALS[1], "sh")
    assert scripts(TUTORIALS[0]) == scripts(TUTORIALS[1])


def test_every_answer_of_the_gallery_runs(place: Path) -> None:
    lines = blocks(GALLERY, "sh")
    assert len(lines) == 15
    for line in ("duixian dataset load facts -o facts.store", "duixian build samples -o facts.store", *lines):
        check(line, place)
