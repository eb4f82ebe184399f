"""Parsers of untrusted files run in a process of their own, which is kept for the next file and killed when a limit is hit."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from duixian.reading.formats.limits import LimitError, Limits
from duixian.reading.formats.parts import Beat, Convert, Job, Parsed, Refused
from duixian.reading.formats.protocol import MAX_HEAD, Frame, encode_job, one_line, part_of

_READ = 1 << 16
_MIB = 1 << 20
_START = 30.0  # seconds a fresh process may take to load its libraries, on top of the file's own


@dataclass(frozen=True, slots=True)
class Stored:
    """A member of an archive, unpacked whole to ``path``."""

    name: str
    path: Path


Found = Parsed | Refused | Convert | Stored


class _BrokenOffError(Exception):
    """The parser's process ended, or was ended, in the middle of its answer."""


@dataclass(slots=True)
class Sandbox:
    """One parser process, started when it is first needed.

    Not for use by several threads at once; every process of a pool has its own (``sandbox()``).
    """

    _process: subprocess.Popen[bytes] | None = None
    _buffer: bytearray = field(default_factory=bytearray)
    _left: float = 0.0

    def parse(self, job: Job, kind: str, limits: Limits, spill: Path) -> Iterator[Found]:
        """What the parser makes of a file; a limit that is hit comes as a refusal, after which nothing more comes.

        Args:
            job: the file.
            kind: what it is, as ``kinds.kind_of`` says.
            limits: what it may cost.
            spill: an empty folder for the members of an archive.
        """
        whole = False
        fresh = self._start()
        self._left = limits.seconds + (_START if fresh else 0.0)
        try:
            process = self._process
            assert process is not None and process.stdin is not None
            process.stdin.write(encode_job(job, kind, limits))
            process.stdin.flush()
            yield from self._answers(limits, spill)
            whole = True
        except LimitError as error:
            yield Refused(str(error))
        except (_BrokenOffError, OSError):
            yield Refused(self._cause(limits))
        except ValueError as error:
            yield Refused(f"the parser answered nonsense: {one_line(str(error))}")
        finally:
            if not whole:
                self.close()

    def _answers(self, limits: Limits, spill: Path) -> Iterator[Found]:
        budget = limits.expanded * _MIB
        stored = 0
        while True:
            frame = self._frame(limits)
            if frame.kind == "end":
                if not frame.fields.get("stay"):
                    self.close()
                return
            if frame.kind != "member":
                part = part_of(frame)
                if isinstance(part, Beat):
                    self._left += part.seconds
                else:
                    yield part
                continue
            stored += 1
            path = spill / f"{stored:06d}{Path(str(frame.fields.get('name'))).suffix[:12].lower()}"
            last, size = self._store(path, budget, limits)
            budget -= size
            if last.kind == "whole":
                yield Stored(str(frame.fields.get("name")), path)
            else:
                path.unlink(missing_ok=True)
                part = part_of(last)
                if isinstance(part, Refused):
                    yield part

    def _store(self, path: Path, budget: int, limits: Limits) -> tuple[Frame, int]:
        """Write a member's pieces to a file; the message after the last piece, and the bytes written."""
        size = 0
        with path.open("xb") as file:
            while (frame := self._frame(limits)).kind == "chunk":
                size += len(frame.body)
                if size > budget:
                    raise LimitError("expanded", f"more than {limits.expanded} MiB unpacked")
                file.write(frame.body)
        return frame, size

    def _frame(self, limits: Limits) -> Frame:
        """The next message.

        Raises:
            LimitError: where it doesn't come in time.
            _BrokenOffError: where the process has ended.
            ValueError: where it is no message.
        """
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > MAX_HEAD:
                raise ValueError("endless message")
            self._fill(limits)
        head = json.loads(bytes(self._buffer[:end]))
        if not isinstance(head, dict) or not isinstance(size := head.pop("size", None), int) or not 0 <= size <= limits.expanded * _MIB:
            raise ValueError("message without a size")
        del self._buffer[: end + 1]
        while len(self._buffer) < size:
            self._fill(limits)
        body = bytes(self._buffer[:size])
        del self._buffer[:size]
        return Frame(str(head.pop("kind", "")), head, body)

    def _fill(self, limits: Limits) -> None:
        process = self._process
        if process is None or process.stdout is None:
            raise _BrokenOffError
        started = time.monotonic()
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, self._left))
        self._left -= time.monotonic() - started
        if not ready:
            raise LimitError("seconds", f"not read within {limits.seconds} seconds; nothing more of it was taken")
        data = os.read(process.stdout.fileno(), _READ)
        if not data:
            raise _BrokenOffError
        self._buffer += data

    def _start(self) -> bool:
        """Start the process where there is none; True where it is new."""
        if self._process is not None and self._process.poll() is None:
            return False
        self.close()
        kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT", "TMPDIR")
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "duixian.reading.formats.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in kept if name in os.environ},
            close_fds=True,
            start_new_session=True,
        )
        return True

    def _cause(self, limits: Limits) -> str:
        """Why the process ended, in one line."""
        process = self._process
        code = process.wait(5) if process is not None else None
        if code is not None and -code == getattr(signal, "SIGXCPU", None):
            return str(LimitError("seconds", "CPU time used up; nothing more of it was taken"))
        if code is not None and code >= 0:
            return f"the parser's process ended unexpectedly (exit {code}); nothing more of it was taken"
        return str(
            LimitError(
                "memory",
                f"the parser broke off (exit {code}), most likely over the limit of {limits.memory} MiB; nothing more of it was taken",
            )
        )

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self._buffer.clear()
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


_own: dict[int, Sandbox] = {}  # by process: a fork must not share its parent's pipes


def sandbox() -> Sandbox:
    """The sandbox of this process."""
    if os.getpid() not in _own:
        _own.clear()
        _own[os.getpid()] = Sandbox()
        atexit.register(_own[os.getpid()].close)
    return _own[os.getpid()]
