"""A generation for a server: each document's text is read from its own segment.

The serving file packs texts by the thousand, so that one costs as much as all.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Final, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from duixian.facts.loading import OWN_FOLDER, is_filled
from duixian.store import Generation, Query, StoreError
from duixian.store.folder import Folder, Manifest

T = TypeVar("T")
WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # seconds, one after another
OPEN: Final = 6  # documents kept
LONG: Final = 200_000  # characters; a longer document (a compilation) is worth keeping


class ServedGeneration(Generation):
    """A generation whose texts come from the segments; all else is as in any other.

    Args:
        folder: the store's folder.
        manifest: what the generation is made of.
        connection: its serving file, open for reading.
    """

    def __init__(self, folder: Folder, manifest: Manifest, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(folder.path, manifest, connection)
        self._files = _files(folder, manifest)
        self._lock = threading.Lock()
        self._open: OrderedDict[str, str] = OrderedDict()

    def rows(self, query: Query[T], **parameters: object) -> tuple[T, ...]:
        """The typed rows of a named query (see ``Generation.rows``); where others have taken the memory, once they are done.

        Raises:
            StoreError: where they are not done in time.
        """
        for wait in WAITS:
            try:
                return super().rows(query, **parameters)
            except duckdb.OutOfMemoryException:
                time.sleep(wait)
        raise StoreError("too much is asked at once; try again")

    def text(self, source: str, start: int | None = None, end: int | None = None) -> str:
        """The source text of a document, or a stretch of it (see ``Generation.text``)."""
        with self._lock:
            whole = self._open.get(source)
        if whole is None:
            whole = self._read(source)
            if len(whole) >= LONG:
                self._keep(source, whole)
        return whole[start:end]

    def _read(self, source: str) -> str:
        file = self._files.get(source)
        if file is not None:
            try:
                found = pq.read_table(file, columns=["text"], use_threads=False).column("text")[0].as_py()
            except (OSError, pa.ArrowException, KeyError):  # a later build has removed it; the serving file still has the text
                found = None
            if isinstance(found, str):
                return found
        return super().text(source)

    def _keep(self, source: str, whole: str) -> None:
        with self._lock:
            self._open[source] = whole
            while len(self._open) > OPEN:
                self._open.popitem(last=False)


def _files(folder: Folder, manifest: Manifest) -> dict[str, Path]:
    """Where the text of each document stands; in a store of facts among what its user built."""
    own = Folder(folder.path / OWN_FOLDER)
    number = own.current() if is_filled(folder.path) and own.store_file.exists() else None
    built = own.manifest(number) if number is not None else None
    here = {entry.doc_id: own.segments / entry.read for entry in built.documents} if built else {}
    return {entry.source: here.get(entry.doc_id, folder.segments / entry.read) for entry in manifest.documents}
