"""The codebook of the facts: every column with its type, its allowed values and what it means, in both languages."""

from __future__ import annotations

import tomllib
import types
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, Union, get_args, get_origin

from duixian.facts.files import About
from duixian.facts.rows import FACTS
from duixian.facts.terms import policy_terms
from duixian.store.arrow import hints

_TYPES = {str: "text", int: "integer", float: "number", bool: "true/false"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A column."""

    table: str
    column: str
    type: str
    nullable: bool
    allowed: tuple[str, ...]
    zh: str
    en: str


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files("duixian").joinpath("data", "codebook.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)
    return found


def entries() -> tuple[Entry, ...]:
    """All columns of all tables, in their order.

    Raises:
        KeyError: where one is not described.
    """
    return tuple(_entry(table, column, hint) for table, row in FACTS.items() for column, hint in hints(row).items())


def _entry(table: str, column: str, hint: Any) -> Entry:
    words = _words()["columns"]
    zh, en = _both(words.get(f"{table}.{column}") or words[column])
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    inner = next(o for o in options if o is not types.NoneType)
    allowed = tuple(map(str, get_args(inner))) if get_origin(inner) is Literal else ()
    kind = "list" if get_origin(inner) is tuple else "text" if allowed else _TYPES[inner]
    return Entry(table, column, kind, types.NoneType in options, allowed, zh, en)


def _both(text: str) -> tuple[str, str]:
    zh, _, en = text.partition(" | ")
    return zh.strip(), en.strip()


def codebook(about: About) -> str:
    """The codebook as Markdown.

    Args:
        about: what the facts are.
    """
    lines = [
        "# 数据字典 · Codebook",
        "",
        f"duixian {about.version} · {about.date} · {about.reports:,} reports, {about.first}–{about.last} · sha256 `{about.sha256[:16]}`",
        "",
        "由 `make facts` 从政府工作报告全文算出：只有数字与位置，没有原句。位置是 Unicode 字符位置，指向 `text_sha256` 所示的文本。",
        "Computed by `make facts` from the texts of work reports: figures and places, no sentences. Positions are Unicode code points into "
        "the text whose digest is `text_sha256`.",
        "",
        "空值就是没有，从来不是 0。Null means none, never 0. 全部由程序读出，没有人工填写；准确程度见 `error_rates`。"
        "Everything was read by the program, nothing entered by hand; `error_rates` says how right it is.",
        "",
    ]
    for table in FACTS:
        zh, en = _both(_words()["tables"][table])
        lines += [f"## {table}", "", f"{zh}。{en}. {about.tables[table].rows:,} rows.", ""]
        lines += ["| column | type | null | 含义 | meaning |", "|---|---|---|---|---|"]
        for e in (e for e in entries() if e.table == table):
            kind = f"{e.type}: {', '.join(e.allowed)}" if e.allowed else e.type
            lines.append(f"| `{e.column}` | {kind} | {'yes' if e.nullable else ''} | {e.zh} | {e.en} |")
        lines.append("")
    groups: dict[str, list[str]] = {}
    for t in policy_terms():
        groups.setdefault(t.group, []).append(t.term)
    lines += [
        "## 政策词 · Policy terms",
        "",
        f"{len(policy_terms())} 个词，按原样计数。{len(policy_terms())} terms, counted as written.",
        "",
    ]
    lines += [f"* **{group}**：{'、'.join(terms)}" for group, terms in groups.items()]
    return "\n".join(lines) + "\n"
