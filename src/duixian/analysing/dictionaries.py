"""Terms to be counted: single words, or groups of a dictionary file with wildcards and exclusions.

A dictionary is a TOML file:

    [groups."氢能"]                    # a name in Chinese stands in quotation marks
    words = ["氢", "燃料电池*"]        # * stands for up to six characters of a word, ? for one
    exclude = ["脱氢", "加氢裂化"]      # an occurrence inside one of these does not count
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duixian.analysing.search_query import Word
from duixian.reading.folding import fold
from duixian.store import StoreError


@dataclass(frozen=True, slots=True)
class Term:
    """What is counted as one.

    Attributes:
        name: what it is called in results.
        words: its words; an occurrence of any of them counts, the leftmost and longest first, none twice.
        exclude: words within which an occurrence does not count.
        group: the group it is part of, where groups are shown word by word.
    """

    name: str
    words: tuple[Word, ...]
    exclude: tuple[Word, ...] = ()
    group: str | None = None

    @property
    def literal(self) -> str | None:
        """The one string that it is, where it is one string and nothing is excluded."""
        return self.words[0].text if len(self.words) == 1 and not self.words[0].wild and not self.exclude else None


def word(text: str) -> Word:
    """A word as written by a user, folded like the texts; * and ? are wildcards.

    Raises:
        StoreError: where nothing is left of it.
    """
    folded = fold(text.strip()).replace("？", "?")
    if not folded.strip("*? "):
        raise StoreError(f"{text!r} is no word to count")
    return Word(folded, "*" in folded or "?" in folded)


def simple_terms(words: Iterable[str]) -> tuple[Term, ...]:
    """A term for each word, in their order; ``氢!脱氢!加氢`` counts 氢 but not inside 脱氢 or 加氢.

    Raises:
        StoreError: where a word is empty.
    """
    found: dict[str, Term] = {}
    for given in words:
        wanted, *banned = given.replace("！", "!").split("!")
        if not all(part.strip() for part in (wanted, *banned)):
            raise StoreError(f"{given!r} is no word to count: write 氢!脱氢, a word on each side of the mark")
        name = fold(given.strip()).replace("！", "!").replace("？", "?")
        found.setdefault(name, Term(name, (word(wanted),), tuple(word(b) for b in banned)))
    return tuple(found.values())


def read_dictionary(path: Path, *, each: bool = False) -> tuple[Term, ...]:
    """The groups of a dictionary file as terms.

    Args:
        path: the file.
        each: a term for each word of a group instead of one for the group.

    Raises:
        StoreError: where the file can't be read or is no dictionary, with the place.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} can't be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise StoreError(f'{path}: {error}; it is written as [groups."氢能"] words = ["氢"]') from None
    groups = content.get("groups")
    if not isinstance(groups, Mapping) or not groups:
        raise StoreError(f"{path} has no [groups.NAME] with words = [...]")
    found: list[Term] = []
    for name, group in groups.items():
        words, exclude = (_words(path, name, group, key) for key in ("words", "exclude"))
        if not words:
            raise StoreError(f"{path}: group {name} has no words")
        found += [Term(w.text, (w,), exclude, name) for w in words] if each else [Term(name, words, exclude)]
    return tuple(found)


def _words(path: Path, name: str, group: Any, key: str) -> tuple[Word, ...]:
    given: Sequence[Any] = group.get(key, ()) if isinstance(group, Mapping) else ()
    if not isinstance(given, list | tuple) or not all(isinstance(w, str) for w in given):
        raise StoreError(f"{path}: {key} of group {name} is no list of strings")
    return tuple(dict.fromkeys(word(w) for w in given))
