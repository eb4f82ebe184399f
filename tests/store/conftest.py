from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from texts import report, write_reports

from duixian.store import Generation, build, open_store


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of six reports, one of them in two editions, with a failure."""
    folder = tmp_path_factory.mktemp("small")
    write_reports(folder / "in", range(2022, 2025))
    (folder / "in" / "转载.txt").write_text("来源：某网站\n\n" + report("望江市", 2024, 3)[:-30], encoding="utf-8")
    (folder / "in" / "空.txt").write_bytes(b"")
    build([folder / "in"], folder / "small.store", workers=1)
    return folder / "small.store"


@pytest.fixture
def archive(small_store: Path) -> Iterator[Generation]:
    with open_store(small_store) as opened:
        yield opened
