"""The query language of search: exact strings, AND, OR, NOT, NEAR/n, brackets, wildcards, and filters as ``name:value``.

    低空经济                      the string, of any length
    低空经济 无人机               both in one sentence (also AND, 且)
    人工智能 OR 大模型            either (also |, 或)
    氢能 NOT 脱氢                 the first without the second (also -脱氢, 非)
    稳岗 NEAR/15 就业             at most 15 characters between them, in either order
    "增长5%左右"                  quotation marks keep blanks, signs and AND, OR, NOT as they are
    新*生产力                     * stands for up to six characters of a word, ? for one
    year:2025 region:安徽 level:county section:tasks role:target
    indicator:rd_intensity >3     figures: >, >=, <, <=, =

Words are folded like the texts are (full-width letters, half-width marks), so that a query finds what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from duixian.reading.folding import fold
from duixian.store import StoreError

Span = tuple[int, int]
DEEPEST: Final = 50  # brackets within brackets
NEAR: Final = 10  # characters between two words that are near, where no number is given
FIELDS: Final = ("year", "region", "level", "section", "role", "indicator")
_WORD_PART = r"[^\s，。、；：！？“”（）《》]"  # what a wildcard stands for
# One token of a query. Matches '"a b"', "(", "year:2025", ">=3.5", "NEAR/5", "-甲", "低空经济"; a blank or an unclosed mark gives none.
_TOKEN = re.compile(
    r"""\s*(?:"(?P<quoted>[^"]*)"|(?P<bracket>[()（）])|(?P<bar>\|+|&+)"""
    r"""|(?P<field>[a-z]+)[:：](?P<value>"[^"]*"|[^\s()（）]+)|(?P<compare>>=|<=|>|<|=)\s*(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<minus>[-!])(?=\S)|(?P<word>[^\s()（）|&"]+))"""
)
_OPERATORS: Final = {
    "AND": "and", "&": "and", "&&": "and", "且": "and", "OR": "or", "|": "or", "||": "or", "或": "or", "NOT": "not", "非": "not",
}  # fmt: skip
_NEAR = re.compile(r"NEAR(?:/(\d+))?")  # "NEAR", "NEAR/15"; not "NEARBY"


@dataclass(frozen=True, slots=True)
class Word:
    """A string, or a pattern with wildcards."""

    text: str
    wild: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """Units in which all parts are."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Units in which a part is."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Units in which the part is not."""

    part: Node


@dataclass(frozen=True, slots=True)
class Near:
    """Occurrences of two words with at most so many characters between them, in one unit."""

    left: Node
    right: Node
    distance: int


Node = Word | And | Or | Not | Near


@dataclass(frozen=True, slots=True)
class Comparison:
    """A bound of a figure."""

    sign: str
    number: float


@dataclass(frozen=True, slots=True)
class Search:
    """A query that was read.

    Attributes:
        node: what the words ask; none where there are only filters.
        fields: the filters, each with its values.
        comparisons: the bounds of figures.
    """

    node: Node | None
    fields: Mapping[str, tuple[str, ...]]
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def parse(query: str) -> Search:
    """Read a query.

    Args:
        query: its text.

    Raises:
        StoreError: where it can't be understood, with what is wrong.
    """
    fields: dict[str, tuple[str, ...]] = {}
    comparisons: list[Comparison] = []
    tokens: list[_Token] = []
    for match in _tokens(query):
        if match["field"] and match["field"] in FIELDS:
            values = tuple(v for v in re.split("[,，]", match["value"].strip('"')) if v)
            fields[match["field"]] = (*fields.get(match["field"], ()), *values)
        elif match["compare"]:
            comparisons.append(Comparison(match["compare"], float(match["number"])))
        else:
            tokens.append(_token(match))
    if fields.get("indicator") and (odd := next((t.text for t in tokens if t.kind == "word" and t.text[0] in "<>="), None)):
        raise StoreError(f"query {query!r}: {odd!r} is no bound; write a number, as >3")
    reader = _Reader(tokens, query)
    return Search(reader.read() if tokens else None, fields, tuple(comparisons))


def _tokens(query: str) -> Iterator[re.Match[str]]:
    at, end = 0, len(query.rstrip())
    while at < end:
        match = _TOKEN.match(query, at)
        if match is None:
            raise StoreError(f"query {query!r}: a quotation mark is not closed")
        yield match
        at = match.end()


def _token(match: re.Match[str]) -> _Token:
    if match["quoted"] is not None:
        return _Token("word", match["quoted"])
    if match["bracket"]:
        return _Token("(" if match["bracket"] in "(（" else ")", match["bracket"])
    if match["minus"]:
        return _Token("not", match["minus"])
    text = match["bar"] or match["word"] or match[0].strip()
    if text in _OPERATORS:
        return _Token(_OPERATORS[text], text)
    if near := _NEAR.fullmatch(text):
        return _Token("near", near[1] or str(NEAR))
    return _Token("wild" if "*" in text or "?" in text else "word", text)


class _Reader:
    """Recursive descent: OR binds least, then AND (also unwritten), then NOT, then NEAR."""

    def __init__(self, tokens: list[_Token], query: str) -> None:
        self._tokens = tokens
        self._query = query
        self._at = 0
        self._depth = 0

    def read(self) -> Node:
        node = self._or()
        if self._at < len(self._tokens):
            raise self._wrong(f"{self._tokens[self._at].text!r} is not expected")
        if not any(True for _ in positive(node)):
            raise self._wrong("it only says what shall not be there; add a word that shall")
        return node

    def _or(self) -> Node:
        parts = [self._and()]
        while self._take("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self) -> Node:
        parts = [self._not()]
        while self._take("and") or self._kind() in ("word", "wild", "(", "not"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self) -> Node:
        return Not(self._not()) if self._take("not") else self._near()

    def _near(self) -> Node:
        node = self._primary()
        while self._kind() == "near":
            distance = int(self._tokens[self._at].text)
            self._at += 1
            node = Near(node, self._primary(), distance)
        return node

    def _primary(self) -> Node:
        if self._take("("):
            self._depth += 1
            if self._depth > DEEPEST:
                raise StoreError(f"the query has more than {DEEPEST} brackets within each other")
            node = self._or()
            self._depth -= 1
            if not self._take(")"):
                raise self._wrong("a bracket is not closed")
            return node
        kind = self._kind()
        if kind not in ("word", "wild"):
            raise self._wrong(f"a word is missing {f'before {self._tokens[self._at].text!r}' if kind else 'at its end'}")
        text = fold(self._tokens[self._at].text)
        self._at += 1
        if not text.strip():
            raise self._wrong("a word is empty")
        if kind == "wild" and not text.strip("*?？"):
            raise self._wrong("a wildcard stands alone")
        return Word(text.replace("？", "?") if kind == "wild" else text, kind == "wild")

    def _kind(self) -> str | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> bool:
        if self._kind() == kind:
            self._at += 1
            return True
        return False

    def _wrong(self, why: str) -> StoreError:
        return StoreError(f"query {self._query!r}: {why}")


def positive(node: Node) -> Iterator[Word]:
    """The words that shall be there."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from positive(part)
    elif isinstance(node, Near):
        yield from positive(node.left)
        yield from positive(node.right)


@cache
def wild_pattern(text: str) -> re.Pattern[str]:
    """The pattern of a word with wildcards: * up to six characters of a word, as few as will do inside it; ? one."""
    parts = {"*": f"{_WORD_PART}{{0,6}}?", "?": _WORD_PART}
    body = "".join(parts.get(c) or re.escape(c) for c in text)
    return re.compile(body.removesuffix("?") if text.endswith("*") else body)


def occurrences(text: str, word: Word, start: int = 0, end: int | None = None) -> list[Span]:
    """Where a word stands in a text, from left to right without overlap.

    Args:
        text: repaired text.
        word: the word.
        start: first position to look at.
        end: the position after the last.
    """
    stop = len(text) if end is None else end
    if word.wild:
        return [m.span() for m in wild_pattern(word.text).finditer(text, start, stop)]
    found: list[Span] = []
    size = len(word.text)
    at = text.find(word.text, start, stop)
    while at >= 0:
        found.append((at, at + size))
        at = text.find(word.text, at + size, stop)
    return found
