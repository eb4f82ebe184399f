"""What announces a list of livelihood items (data/livelihood.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class LivelihoodWords:
    """Patterns that find announcements.

    Attributes:
        things: names the items.
        sure: of these, the names that need no number beside them.
        count: how many; group ``number``.
        past: looks back on a list that is done, or speaks of the manner of work.
        between: at most so many characters stand between the announcement and the first item.
        others: closes an enumeration of topics.
        about: whom or what the last words after a list, before the next part, speak of.
        vow: speaks of the items that were listed, or promises to keep the promise.
    """

    things: re.Pattern[str]
    sure: re.Pattern[str]
    count: re.Pattern[str]
    past: re.Pattern[str]
    between: int
    others: re.Pattern[str]
    about: re.Pattern[str]
    vow: re.Pattern[str]


@cache
def livelihood_words() -> LivelihoodWords:
    """The announcements' patterns."""
    raw = tomllib.loads((resources.files("duixian") / "data" / "livelihood.toml").read_text(encoding="utf-8"))
    return LivelihoodWords(
        things=re.compile(raw["things"]),
        sure=re.compile(raw["sure"]),
        count=re.compile(raw["count"]),
        past=re.compile(raw["past"]),
        between=int(raw["between"]),
        others=re.compile(raw["others"]),
        about=re.compile(raw["about"]),
        vow=re.compile(raw["vow"]),
    )
