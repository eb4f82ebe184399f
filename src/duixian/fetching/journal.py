"""The journal of fetching: one JSON line for each address that was tried, appended and never changed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

NAME = "fetch.jsonl"
Result = Literal["fetched", "kept", "no_report", "other_report", "unreadable", "failed"]


@dataclass(frozen=True, slots=True)
class Record:
    """What came of one address.

    Attributes:
        at: when, UTC.
        url: the address asked for.
        region_id: whose report it should hold.
        region: its name.
        year: of which year.
        result: fetched, kept (was there before), no_report, other_report, unreadable, failed.
        kind: for failed, which limit or rule: refused, robots, size, type, redirect, status, network, slow.
        reason: in one line, where something is to be said.
        final_url: the address that gave the page.
        redirects: the addresses before it.
        type: what the server calls the page.
        bytes: its size.
        sha256: digest of its bytes, under which they lie in raw/.
        etag: the server's mark of the version.
        last_modified: its date.
        path: the text, below the folder.
        text_sha256: digest of that file.
        reader: version of the reader that made the text.
        seconds: how long it took.
    """

    at: str
    url: str
    region_id: str
    region: str
    year: int
    result: Result
    kind: str | None = None
    reason: str | None = None
    final_url: str | None = None
    redirects: tuple[str, ...] = ()
    type: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    path: str | None = None
    text_sha256: str | None = None
    reader: str | None = None
    seconds: float = 0.0


class Journal:
    """The records of a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def add(self, record: Record) -> None:
        """Append a record, so that it stays even when the next moment ends the program."""
        line = json.dumps(asdict(record), ensure_ascii=False) + "\n"
        with self.path.open("ab") as file:
            if file.tell() and not self._whole():
                file.write(b"\n")  # a line that broke off stays alone
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())

    def _whole(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

    def fetched(self) -> dict[str, Record]:
        """The last good record of each address; lines that can't be read are left out."""
        found: dict[str, Record] = {}
        if not self.path.exists():
            return found
        for line in self.path.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                values = json.loads(line)
                record = Record(**{**values, "redirects": tuple(values.get("redirects", ()))})
            except (ValueError, TypeError, AttributeError):
                continue
            if record.result == "fetched":
                found[record.url] = record
        return found
