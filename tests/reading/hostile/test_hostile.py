"""Every hostile file is an error line or is read safely, within time and memory, and the good file behind it is read too."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile_files import PARAGRAPH, pdf, write_all

from duixian.model import Document, ReadFailure
from duixian.reading.formats import find_files, read_file

SECONDS, MIB = 20.0, 1024
# Files that hold something whole beside what is wrong with them, or are only named wrongly.
READ = {
    "双向\u202e标记.txt",
    "压缩包冒充.txt",
    "国标名.zip",
    "文本冒充.pdf",
    "网页冒充.doc",
    "加密.zip",
    "校验错.zip",
    "越界.zip",
    "深.jsonl",
}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("hostile") / "files"
    write_all(found)
    return found


def test_each_file_is_refused_or_read_safely(folder: Path) -> None:
    (folder / "最后.txt").write_text(PARAGRAPH * 3, encoding="utf-8")
    (folder / "最后.pdf").write_bytes(pdf(2))
    read: set[str] = set()
    for item in find_files([folder]):
        if isinstance(item, ReadFailure):
            assert item.reason
            continue
        start = time.perf_counter()
        parts = list(read_file(item, item.name))
        seconds = time.perf_counter() - start
        assert seconds < SECONDS, f"{item.name}: {seconds:.1f} s"
        assert parts, item.name
        for part in parts:
            if isinstance(part, ReadFailure):
                assert part.reason and "\n" not in part.reason and "Traceback" not in part.reason
                assert "root:" not in part.reason, "a password file must not show up"
            else:
                assert "root:" not in part.text
                read.add(item.name)
    assert {n for n in read if not n.startswith("重复")} == READ | {"最后.txt", "最后.pdf"}
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        assert resource.getrusage(who).ru_maxrss / 1024 < MIB


def test_the_rest_of_the_build_is_done(folder: Path, tmp_path: Path, samples: Path) -> None:
    program = Path(sys.executable).with_name("duixian")
    command = [
        str(program),
        "build",
        str(samples),
        str(folder / "炸弹.pdf"),
        str(folder / "越界.zip"),
        "-o",
        str(tmp_path / "s"),
        "--workers",
        "2",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--limit memory=N" in done.stdout + done.stderr
    listed = subprocess.run([str(program), "reports", str(tmp_path / "s"), "--format", "csv"], capture_output=True, text=True, check=True)
    assert len(listed.stdout.splitlines()) > 3


def test_a_bidirectional_mark_keeps_its_place(folder: Path) -> None:
    (item,) = read_file(folder / "双向\u202e标记.txt", "a.txt")
    assert isinstance(item, Document) and item.text.startswith("\u202e") and item.text.count(PARAGRAPH) == 3
