"""What the program says in English, in the language of a table or page: reasons, doubts, messages; by one table."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from duixian.analysing.archive_tables import ROLES_ZH
from duixian.analysing.tables import Lang

# A code of a section or basis in a Chinese label. Matches "{tasks}", "{-}"; not "tasks".
_CODE = re.compile(r"\{(\w+|-)\}")
_NAMES: Final = {**ROLES_ZH, "-": "未说明", "real": "实际", "nominal": "名义", "comparable": "可比价", "current": "现价"}


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of words.

    Attributes:
        pattern: takes the whole English words.
        zh: the Chinese ones, with the pattern's groups; the code of a section or basis in braces stands for its name.
        like: words that the pattern takes.
        unlike: words that it must not take.
    """

    pattern: re.Pattern[str]
    zh: str
    like: str
    unlike: str


def _label(pattern: str, zh: str, like: str, unlike: str) -> Label:
    return Label(re.compile(pattern, re.DOTALL), zh, like, unlike)


# Reasons of followed-up promises, tried before the table: its patterns are wider.
FOLLOWED: Final = (
    _label(
        r"(.*?): only a bound: (.*) against (.*)", r"\1：只给出界限（\2，目标 \3）", "产量: only a bound: >=9 against 10", "产量: only 9"
    ),
    _label(r"(.*?): only a bound: (.*)", r"\1：只给出界限（\2）", "产量: only a bound: >=9", "产量: only 9"),
    _label(r"(.*?): other basis: (\w+|-) / (\w+|-)", r"\1：口径不同（{\2}，{\3}）", "产量: other basis: - / real", "产量: other basis: 9%"),
    _label(r"(.*?): other basis: ([^/]*)", r"\1：口径不同（\2）", "产量: other basis: 9%", "产量: other basis: - / real"),
    _label(r"(.*?): other scope: (.*)", r"\1：范围不同（\2）", "产量: other scope: 外县 9%", "产量: other basis: 9%"),
    _label(r"(.*?): each of several years", r"\1：说的是几年中的每一年", "产量: each of several years", "产量: sum of several years"),
    _label(r"(.*?): (\w+) of several years", r"\1：说的是几年合计或平均（\2）", "产量: sum of several years", "产量: several years"),
    _label(r"(.*?): (.*) or another", r"\1：\2，或是另一项", "机场: 开工 or another", "机场: 开工"),
)
# Several figures under one name. Matches "收入: 城镇: 5%, 农村: no number" as its head and the rest; not "收入: no number".
_SEVERAL = re.compile(r"([^:]+): ([^:,]+: [^:]+(?:, [^:,]+: [^:]+)+)")
_NEXT = re.compile(r", (?=[^:,]+: )")  # between two of them; not within "6%, economy 5%"


@cache
def labels() -> tuple[Label, ...]:
    """All kinds of words, in the order they are tried."""
    table = tomllib.loads(files("duixian").joinpath("data", "labels.toml").read_text(encoding="utf8"))["label"]
    return (*FOLLOWED, *(_label(one["pattern"], one["zh"], one["like"], one["unlike"]) for one in table))


def in_language(words: str, lang: Lang) -> str:
    """Words in a language; what the table lacks stays as it is.

    Args:
        words: as the program says them, in English.
        lang: the language.
    """
    if lang == "en":
        return words
    if several := _SEVERAL.fullmatch(words):
        return f"{several[1]}：{'，'.join(in_language(one, lang) for one in _NEXT.split(several[2]))}"
    for one in labels():
        if found := one.pattern.fullmatch(words):
            said = _CODE.sub(lambda m: _NAMES.get(m[1], m[1]), found.expand(one.zh))
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
