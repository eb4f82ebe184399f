"""Lists of words as data: alternations for regular expressions, built as a trie so that many words cost little more than one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import cast

Tree = dict[str, "Tree"]


def load_toml(name: str) -> dict[str, object]:
    """The table of a file under ``data/``.

    Args:
        name: file name, such as ``units.toml``.
    """
    return tomllib.loads(resources.files("duixian").joinpath("data", name).read_text(encoding="utf8"))


def words(value: object) -> tuple[str, ...]:
    """The words of a blank-separated string or a list of such strings, each once, in order."""
    parts = cast("list[str]", value) if isinstance(value, list) else [str(value)]
    return tuple(dict.fromkeys(w for part in parts for w in part.split()))


def alternation(items: Iterable[str]) -> str:
    """A regular expression (no group) that matches the longest of the words.

    Args:
        items: words, none empty.
    """
    return _branches(_tree(items))


def branches(items: Iterable[str]) -> str:
    """The branches of ``alternation``, without a group round them, each of which begins with a character of its own.

    A search that can only begin with one of some characters skips to them; a group among other branches hides them.

    Args:
        items: words, none empty.
    """
    return "|".join(re.escape(char) + _branches(child) for char, child in _tree(items).items())


def _tree(items: Iterable[str]) -> Tree:
    root: Tree = {}
    for item in items:
        node = root
        for char in item:
            node = node.setdefault(char, {})
        node[""] = {}
    return root


def _branches(node: Tree) -> str:
    ends = "" in node
    parts = [re.escape(char) + _branches(child) for char, child in node.items() if char]
    if not parts:
        return ""
    if len(parts) == 1 and not ends:
        return parts[0]
    singles = [p for p in parts if len(p) == 1]
    joined = (f"[{''.join(singles)}]" if len(singles) > 1 else singles[0]) if len(singles) == len(parts) else f"(?:{'|'.join(parts)})"
    return joined + ("?" if ends else "")
