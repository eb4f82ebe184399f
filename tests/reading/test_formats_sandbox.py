"""The parser's process: kept for the next file, ended by its limits, and unable to do harm. Real processes, real limits."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from pdf_writer import typeset, write_pdf

from duixian.model import Document, ReadFailure
from duixian.reading.formats import Limits, read_file
from duixian.reading.formats.parts import Job, Refused
from duixian.reading.formats.sandbox import Sandbox

TEXT = "各位代表：现在，我代表虚构市人民政府，向大会报告工作，请予审议。"


def _bomb(path: Path, megabytes: int) -> None:
    """A one-page PDF whose page unpacks to so many MiB."""
    packer = zlib.compressobj(1)
    packed = b"".join([*(packer.compress(b"BT /F 9 Tf 9 9 Td <4e004e00> Tj ET\n" * 29127) for _ in range(megabytes)), packer.flush()])
    data = write_pdf([[]])
    head, tail = data.split(b"<< /Length 0 >>\nstream\n\nendstream")
    path.write_bytes(head + b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream" + tail)


def test_a_limit_ends_the_process_and_the_next_file_is_read(tmp_path: Path) -> None:
    _bomb(tmp_path / "a.pdf", 80)
    (tmp_path / "b.pdf").write_bytes(write_pdf([typeset([TEXT])]))
    (memory,) = read_file(tmp_path / "a.pdf", "a.pdf", limits=Limits(memory=128))
    assert isinstance(memory, ReadFailure) and "--limit memory=N" in memory.reason
    (good,) = read_file(tmp_path / "b.pdf", "b.pdf")
    assert isinstance(good, Document) and good.text == TEXT


def test_time_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.reading.formats.sandbox._START", 1.0)
    _bomb(tmp_path / "a.pdf", 80)
    box = Sandbox()
    (tmp_path / "m").mkdir()
    (found,) = box.parse(Job(str(tmp_path / "a.pdf"), ".pdf"), "pdf", Limits(seconds=1, memory=8000), tmp_path / "m")
    assert isinstance(found, Refused) and "--limit seconds=N" in found.reason


def test_the_process_is_kept(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(write_pdf([typeset([TEXT])]))
    (tmp_path / "m").mkdir()
    box = Sandbox()
    job = Job(str(tmp_path / "b.pdf"), ".pdf")
    list(box.parse(job, "pdf", Limits(), tmp_path / "m"))
    first = box._process
    list(box.parse(job, "pdf", Limits(), tmp_path / "m"))
    assert box._process is first and first is not None and first.poll() is None
    next(iter(box.parse(job, "pdf", Limits(), tmp_path / "m")))
    assert first.poll() is not None, "an answer that nobody hears to its end must not be taken for the next file's"
    box.close()


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('written', 'wb').write(b'x' * 9000)",
    ],
)
def test_the_process_can_do_nothing_else(tmp_path: Path, act: str) -> None:
    code = f"import duixian.reading.formats.worker as w\nw._harden()\n{act}\nprint('done')"
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "done" not in ran.stdout and "Error" in ran.stderr
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


def test_limits_are_options() -> None:
    assert Limits.parse(["pages=7", "memory=100"]) == Limits(pages=7, memory=100)
    for wrong in ("pages", "pages=x", "unknown=3", "pages=0"):
        with pytest.raises(ValueError, match="NAME=NUMBER"):
            Limits.parse([wrong])
