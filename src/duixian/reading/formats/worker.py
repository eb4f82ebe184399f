"""The parser's process: reads jobs from its standard input, answers on its standard output, and can do nothing else.

It has no network, starts no program, writes no file, and keeps to the memory and time it is given; see ``sandbox``.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from duixian.reading.formats import docx, html, ofd, pdf, tables
from duixian.reading.formats.archives import kind_of_zip, read_archive
from duixian.reading.formats.kinds import SUFFIXES
from duixian.reading.formats.limits import LimitError, Limits
from duixian.reading.formats.parts import Beat, Convert, Job, Member, Parsed, Part, Refused
from duixian.reading.formats.protocol import Frame, decode_job, frame_of

_MIB = 1 << 20
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_NEW_USER = 0x10000000  # CLONE_NEWUSER
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "ftplib.", "urllib.", "http.client")


def parse(job: Job, kind: str, limits: Limits) -> Iterator[Part]:
    """The parts of one file.

    Args:
        job: the file.
        kind: what it is, as ``kinds.kind_of`` says.
        limits: what it may cost.
    """
    if kind == "zip":
        kind = kind_of_zip(job, limits)
    if kind == "pdf":
        return pdf.read_pdf(job, limits)
    if kind == "docx":
        return docx.read_docx(job, limits)
    if kind == "ofd":
        return ofd.read_ofd(job, limits)
    if kind == "html":
        return html.read_html(job, limits)
    if kind == "workbook":
        return tables.read_workbook(job, limits)
    if kind == "parquet":
        return tables.read_parquet(job, limits)
    if kind == "archive":
        return read_archive(job, SUFFIXES, limits)
    if kind == "odt":
        return iter((Convert(".odt"),))
    raise ValueError("presentations are not read: save it as PDF" if kind == "slides" else f"{kind} files are not read")


def main() -> None:
    """Answer jobs until the input ends."""
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    _harden()
    start = _address_space()
    for line in sys.stdin.buffer:
        job, kind, limits = decode_job(line)
        _limit(limits, 0)
        alive = _answer(job, kind, limits, output)
        _send(output, Frame("end", {"stay": alive and _address_space() - start < limits.memory * _MIB // 2}))
        if not alive:
            break


def _answer(job: Job, kind: str, limits: Limits, output: BinaryIO) -> bool:
    """Answer one job; False where the process should not be used again."""
    granted = 0
    try:
        for part in parse(job, kind, limits):
            if isinstance(part, Member):
                _send_member(part, output)
                continue
            if isinstance(part, Beat):
                granted += part.seconds
                _limit(limits, granted)
            if isinstance(part, Parsed) and len(part.text) > limits.characters:
                raise LimitError("characters", f"{len(part.text):,} characters, the limit is {limits.characters:,}")
            _send(output, frame_of(part))
    except MemoryError:
        _send(
            output,
            frame_of(Refused(str(LimitError("memory", f"more than {limits.memory} MiB of memory needed; nothing more of it was taken")))),
        )
        return False
    except BrokenPipeError:
        return False
    except ValueError as error:
        _send(output, frame_of(Refused(str(error))))
    except RecursionError:
        _send(output, frame_of(Refused("nested too deep; not read")))
    except Exception as error:  # a parser may fail in ways nobody has seen; the build must go on
        _send(output, frame_of(Refused(f"the parser failed: {type(error).__name__}: {error}")))
        return False
    return True


def _send_member(member: Member, output: BinaryIO) -> None:
    """The bytes of an archive's member, then whether they are whole."""
    _send(output, Frame("member", {"name": member.name}))
    try:
        for piece in member.chunks:
            _send(output, Frame("chunk", {}, piece))
    except ValueError as error:
        _send(output, frame_of(Refused(str(error), name=member.name)))
        return
    _send(output, Frame("whole", {}))


def _send(output: BinaryIO, frame: Frame) -> None:
    data = memoryview(frame.encode())
    while data:
        data = data[output.write(data) :]


def _harden() -> None:
    """Give up what no parser needs. What the system doesn't offer is left; the process stays a process of its own."""
    sys.dont_write_bytecode = True
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(38, 1, 0, 0, 0)  # no new privileges
        library.unshare(_NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    def refuse(event: str, _: tuple[object, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"a parser may not use {event}")

    sys.addaudithook(refuse)


def _limit(limits: Limits, granted: int) -> None:
    """Set memory and CPU time for the next job, counted from what the process already has."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        memory = limits.memory + (limits.ocr_memory if granted else 0)
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + memory * _MIB, hard))
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 2 * (limits.seconds + granted) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _address_space() -> int:
    """Bytes of address space in use; a gigabyte where the system doesn't tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 1 << 30


if __name__ == "__main__":
    main()
