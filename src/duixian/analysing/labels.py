"""What the program says in English, in the language of a table or page: reasons, doubts, messages; by one table."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from duixian.analysing.archive_tables import ROLES_ZH
from duixian.analysing.tables import Lang

# A code of a section in a Chinese label. Matches "{tasks}"; not "tasks".
_SECTION = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of words.

    Attributes:
        pattern: takes the whole English words.
        zh: the Chinese ones, with the pattern's groups; a section's code in braces stands for its name.
        like: words that the pattern takes.
        unlike: words that it must not take.
    """

    pattern: re.Pattern[str]
    zh: str
    like: str
    unlike: str


@cache
def labels() -> tuple[Label, ...]:
    """All kinds of words, in the order they are tried."""
    table = tomllib.loads(files("duixian").joinpath("data", "labels.toml").read_text(encoding="utf8"))["label"]
    return tuple(Label(re.compile(one["pattern"], re.DOTALL), one["zh"], one["like"], one["unlike"]) for one in table)


def in_language(words: str, lang: Lang) -> str:
    """Words in a language; what the table lacks stays as it is.

    Args:
        words: as the program says them, in English.
        lang: the language.
    """
    if lang == "en":
        return words
    for one in labels():
        if found := one.pattern.fullmatch(words):
            said = _SECTION.sub(lambda m: ROLES_ZH.get(m[1], m[1]), found.expand(one.zh))
            head, mark, rest = said.partition("存疑：")
            told = f"{head}{mark}{in_language(rest, lang)}" if mark else said
            return told.replace(">=", "≥").replace("<=", "≤")
    return words


def all_in_language(words: str, lang: Lang, between: str = "; ") -> str:
    """Several words with a mark between them, each in a language.

    Args:
        words: as the program says them.
        lang: the language.
        between: the mark.
    """
    return ("；" if lang == "zh" else between).join(in_language(one, lang) for one in words.split(between))
