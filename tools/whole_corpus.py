"""Build the whole corpus and tell what it took: python tools/whole_corpus.py CORPUS STORE FIGURES.

FIGURES is a JSON file: seconds of the build, of its settling and of its following up, and what was built. The acceptance scripts share
one such store (acceptance.whole_corpus).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from duixian.store import build, followed, publishing, settled


class Clock:
    """Adds up the seconds that a function takes."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.seconds = function, 0.0

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Run the function and add the time it took."""
        began = time.monotonic()
        done = self.function(*args, **named)
        self.seconds += time.monotonic() - began
        return done


def main() -> None:
    """Build, and write the figures."""
    corpus, store, figures = map(Path, sys.argv[1:4])
    settling, following = Clock(settled.fill_settlements), Clock(followed.follow_pairs)
    publishing.fill_settlements = settling  # type: ignore[attr-defined]
    publishing.follow_pairs = following  # type: ignore[attr-defined]
    summary = build([corpus], store, root=corpus)
    found = {
        "seconds": summary.seconds,
        "settling": settling.seconds,
        "following": following.seconds,
        "documents": summary.documents,
        "reports": summary.reports,
        "rejected": summary.rejected,
        "failures": len(summary.failures),
        "errors": summary.errors,
    }
    figures.write_text(json.dumps(found, indent=1), encoding="utf8")


if __name__ == "__main__":
    main()
