"""The codebook of the documentation is that of the registry, and no indicator is rarer than twenty reports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_codebook_is_fresh() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/build_codebook.py", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fewer than 20 reports: none" in done.stdout
