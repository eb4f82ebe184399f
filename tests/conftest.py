"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus and the gold: $DUIXIAN_SHARED, else ../shared beside the checkout."""
    folder = Path(os.environ.get("DUIXIAN_SHARED", ROOT.parent / "shared"))
    if not (folder / "corpus").is_dir():
        if os.environ.get("DUIXIAN_REQUIRE_SHARED"):
            pytest.fail(f"no corpus in {folder}, and a skipped test counts as failed here")
        pytest.skip("the shared corpus is not on this machine (set DUIXIAN_SHARED to its folder)")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The project's own sample reports."""
    return ROOT / "samples"
