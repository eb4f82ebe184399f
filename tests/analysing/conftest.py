"""A store of the project's own sample reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.analysing.search_cache import open_texts
from duixian.analysing.search_texts import Texts
from duixian.store import Generation, build, open_store

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("analysing") / "sample.store"
    build([ROOT / "samples"], store, workers=1)
    return store


@pytest.fixture(scope="session")
def archive(sample_store: Path) -> Generation:
    return open_store(sample_store)


@pytest.fixture(scope="session")
def sample_texts(archive: Generation) -> Texts:
    return open_texts(archive)
