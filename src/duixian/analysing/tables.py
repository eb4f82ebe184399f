"""The table object that commands and pages show: columns with names in both languages, rows of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Lang = Literal["zh", "en"]
Value = str | int | float | bool | None
MISSING: Final = "原文未收"  # begins, after a bracket, what stands in place of a sentence in a store of facts


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in data files, its heading in both languages, and whether only data files show it.

    ``words`` are the Chinese words of its codes, for tables that are printed in Chinese; data files keep the codes.
    """

    name: str
    zh: str
    en: str
    numeric: bool = False
    detail: bool = False  # left out where a table is printed for reading
    wide: bool = False  # running text; takes the room that is left
    words: Mapping[str, str] | None = field(default=None, compare=False)

    def heading(self, lang: Lang) -> str:
        """What stands above the column in a language."""
        return self.zh if lang == "zh" else self.en

    def told(self, value: Value, lang: Lang) -> Value:
        """A value as a printed table shows it: a code by its word."""
        return self.words.get(value, value) if self.words and lang == "zh" and isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Table:
    """A result of a question, ready for any renderer."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str | None = None  # one line of talk for people, never part of the data
