"""The named thing an act is about: a project, a facility, a document."""

from __future__ import annotations

import re
from typing import Final

from duixian.registry.promises import promise_words

_LONGEST: Final = 30


def project_of(quote: str) -> str | None:
    """The first named thing in an act, null where it names none.

    Args:
        quote: the act in the words of the reading copy.
    """
    known = promise_words()
    title = known.title.search(quote)
    if title:
        return title.group()
    body = known.before_name.sub("", quote)
    first = re.split(r"[、，；。]", body, maxsplit=1)[0]
    match = known.named.match(first)
    if match is None or re.match(r"\d", match["name"]):
        return None
    name = match["name"]
    return name if 3 < len(name) <= _LONGEST else None
