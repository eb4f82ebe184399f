"""The lines of a Markdown front matter, which are hints."""

from __future__ import annotations

import re

# Matches "---\ntitle: 甲\n---\n"; not "--- 甲".
_FRONT_MATTER = re.compile(r"\A\s{0,4}---\n(.{0,8000}?)\n---(?:\n|\Z)", re.S)


def front_matter(text: str) -> dict[str, str]:
    """The ``key: value`` lines of a Markdown front matter; empty where there is none."""
    found = _FRONT_MATTER.match(text)
    pairs = (line.partition(":") for line in found.group(1).split("\n")) if found else ()
    return {key.strip(): value.strip() for key, _, value in pairs if value.strip() and not key.startswith(" ")}
