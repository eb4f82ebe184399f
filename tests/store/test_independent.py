"""A store holds the same, however many processes read the files."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import write_reports

from duixian.store import build, building, open_store


@pytest.mark.slow
def test_processes_do_not_change_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "SMALL", 0)  # so that few files are shared out too
    folder = tmp_path / "in"
    write_reports(folder, range(2018, 2025))
    held = []
    for workers in (1, 2):
        store = tmp_path / f"{workers}.store"
        build([folder], store, workers=workers)
        with open_store(store) as archive:
            held.append({t: archive.table(t).rows() for t in ("reports", "sections", "measurements", "readings", "panel", "commitments")})
    assert held[0] == held[1]
    assert all(held[0].values())
