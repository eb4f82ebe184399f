"""Pages that were made are kept, compressed, until the store or the ledger changes or room runs out."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST = 24 * 2**20  # bytes of bodies that are kept
LEVEL = 5  # of compression: the sixth costs half as much again for one per cent
LEAST = 800  # bytes below which compression does not pay


@dataclass(frozen=True, slots=True)
class Made:
    """A response that was made.

    Attributes:
        body: its bytes, compressed where ``packed``.
        kind: its media type.
        packed: whether the body is compressed with gzip.
        headers: further headers.
    """

    body: bytes
    kind: str
    packed: bool
    headers: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> bytes:
        """The body as it is without compression."""
        return gzip.decompress(self.body) if self.packed else self.body


def made(body: bytes, kind: str, headers: Mapping[str, str]) -> Made:
    """A response, compressed where that pays (pictures and workbooks are compressed already)."""
    worth = len(body) >= LEAST and not kind.startswith(("image/png", "application/vnd"))
    return Made(gzip.compress(body, LEVEL, mtime=0) if worth else body, kind, worth, headers)


class PageCache:
    """The responses asked for last, by their full address and what they were made of; safe for threads.

    Args:
        most: bytes of bodies at most.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held = 0
        self._pages: OrderedDict[tuple[object, ...], Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...]) -> Made | None:
        """The response for a key, if it is kept."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: tuple[object, ...], page: Made) -> None:
        """Keep a response; the ones not asked for longest go first."""
        if len(page.body) > self._most // 8:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self._held += len(page.body) - (len(old.body) if old else 0)
            self._pages[key] = page
            while self._held > self._most:
                _, gone = self._pages.popitem(last=False)
                self._held -= len(gone.body)
