"""Several readers who ask for much at once wait for one another and get their rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from duixian.serving.site import sources
from duixian.serving.site.opening import open_for_serving
from duixian.store import Generation, StoreError
from duixian.store.folder import Folder
from duixian.store.queries import REPORTS


def test_a_query_waits_while_others_hold_the_memory(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served, asked, plain = open_for_serving(Folder(store)), [], Generation.rows

    def short(self: Generation, query: Any, **parameters: object) -> Any:
        asked.append(query.name)
        if len(asked) < 3:
            raise duckdb.OutOfMemoryException("full")
        return plain(self, query, **parameters)

    monkeypatch.setattr(Generation, "rows", short)
    monkeypatch.setattr(sources, "WAITS", (0.0, 0.0, 0.0))
    assert served.rows(REPORTS) and len(asked) == 3
    monkeypatch.setattr(sources, "WAITS", (0.0, 0.0))
    asked.clear()
    with pytest.raises(StoreError, match="at once"):
        served.rows(REPORTS)


def test_the_site_loads_no_data_frames_and_nothing_that_uses_the_network() -> None:
    code = "import sys, duixian.serving.site.app; print(*{'polars', 'pandas', 'httpx', 'jieba'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == []
