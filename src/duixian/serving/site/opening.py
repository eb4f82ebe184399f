"""Opening the current generation for a server: the same file, with a bound on the memory that holds its blocks."""

from __future__ import annotations

from typing import Final

import duckdb

from duixian.registry.indicators import know_indicators
from duixian.serving.site.sources import ServedGeneration
from duixian.store import StoreError
from duixian.store.folder import Folder

TRIES: Final = 5  # a build may publish and prune between reading the number and opening the file
MEMORY: Final = "128MB"  # for blocks and for sorting; the system's own cache holds the file besides


def open_for_serving(folder: Folder) -> ServedGeneration:
    """The current generation, read-only.

    Args:
        folder: the store's folder.

    Raises:
        StoreError: where nothing is published or the generation can't be opened.
    """
    why = "nothing was published in it yet"
    for _ in range(TRIES):
        number = folder.current()
        manifest = None if number is None else folder.manifest(number)
        if number is None or manifest is None:
            continue
        know_indicators(manifest.indicators)
        try:
            return ServedGeneration(folder, manifest, _connect(str(folder.serving_file(number))))
        except duckdb.Error as error:
            why = " ".join(str(error).split())[:160]
    raise StoreError(f"{folder.path} can't be opened: {why}")


def _connect(file: str) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "memory_limit": MEMORY,
        "lock_configuration": "true",
    }
    connection = duckdb.connect(file, read_only=True, config=config)
    connection.execute("SELECT count(*) FROM reports")
    return connection
