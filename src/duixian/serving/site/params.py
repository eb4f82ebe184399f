"""Parameters of a page's address: each is checked against what is allowed, and a wrong one is a page that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from starlette.datastructures import QueryParams

from duixian.analysing.tables import Lang

T = TypeVar("T", bound=str)
MAX_LENGTH = 400  # characters of one parameter
YEARS = (1949, 2100)
FEW = 24  # allowed words that are told
_YEARS = re.compile(r"\d{4}(?:-\d{4})?(?:,\d{4}(?:-\d{4})?){0,40}\Z")  # "2025", "2020-2025,2010"; not "soon"


class BadParameterError(Exception):
    """A parameter that is not allowed.

    Attributes:
        name: its name.
        value: what was given.
        allowed: what may be given, for people.
    """

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"{name}={value[:80]}{'…' if len(value) > 80 else ''}")
        self.name, self.value, self.allowed = name, value[:80], allowed


def _near(value: str, allowed: Sequence[T]) -> Sequence[T]:
    """Allowed words to be told: all of a few, of many those that begin alike."""
    if len(allowed) <= FEW:
        return allowed
    return [w for w in allowed if w[:3] == value[:3]][:FEW] or allowed[:FEW]


class Parameters:
    """The query of one request, read with checks.

    Args:
        query: the parsed query string.
        known: the names that the page has; another one is an error.

    Attributes:
        lang: the language asked for by the address; Chinese where it says none (nothing is kept on the reader's machine).
    """

    def __init__(self, query: QueryParams, known: Iterable[str]) -> None:
        self._query = query
        self.lang: Lang = "en" if query.get("lang") == "en" else "zh"
        names = {*known, "lang"}
        for name, value in query.multi_items():
            if name not in names:
                raise BadParameterError(name, value, self._say("本页的参数", "this page knows") + f": {', '.join(sorted(names))}")
            if len(value) > MAX_LENGTH:
                raise BadParameterError(name, value, self._say(f"至多 {MAX_LENGTH} 个字符", f"at most {MAX_LENGTH} characters"))

    def _say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def text(self, name: str, default: str = "") -> str:
        """Free text without control characters."""
        value = self._query.get(name, default).strip()
        if any(c < " " for c in value):
            raise BadParameterError(name, "…", self._say("不含控制字符的文字", "text without control characters"))
        return value

    def one_of(self, name: str, allowed: Sequence[T], default: T) -> T:
        """One of the allowed words."""
        value = self._query.get(name) or default
        for word in allowed:
            if word == value:
                return word
        raise BadParameterError(name, value, ", ".join(_near(value, allowed)) + (" …" if len(allowed) > FEW else ""))

    def several_of(self, name: str, allowed: Callable[[str], bool], default: Sequence[str], hint: str, most: int = 30) -> list[str]:
        """Words with commas, each of which must be allowed."""
        value = self._query.get(name, "")
        words = list(dict.fromkeys(w.strip() for v in self._query.getlist(name) for w in v.split(",") if w.strip())) or list(default)
        if len(words) > most:
            raise BadParameterError(name, value, self._say(f"至多 {most} 个", f"at most {most}"))
        for word in words:
            if not allowed(word):
                raise BadParameterError(name, word, hint)
        return words

    def year(self, name: str, default: int | None) -> int | None:
        """A year of four digits."""
        value = self._query.get(name, "")
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or not YEARS[0] <= int(value) <= YEARS[1]:
            raise BadParameterError(name, value, self._say(f"{YEARS[0]} 至 {YEARS[1]} 的年份", f"a year from {YEARS[0]} to {YEARS[1]}"))
        return int(value)

    def years(self, name: str) -> list[int] | None:
        """Years: 2025 or 2020-2025 or with commas; none where not given."""
        value = self._query.get(name, "")
        if not value:
            return None
        if not _YEARS.match(value):
            raise BadParameterError(name, value, self._say("2025、2020-2025 或 2020,2025", "2025, 2020-2025 or 2020,2025"))
        found: list[int] = []
        for part in value.split(","):
            first, _, last = part.partition("-")
            found += range(int(first), int(last or first) + 1)
        return found[:200]

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self._query.get(name, "")
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise BadParameterError(name, value, self._say(f"{least} 至 {most} 的整数", f"a number from {least} to {most}"))
        return int(value)
