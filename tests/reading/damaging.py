"""Kinds of damage that reports suffer on their way to a reader, each put into a clean text at random but fixed places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

Damaging = Callable[[str, Random], str]


def page_cuts(text: str, draw: Random) -> str:
    """Page breaks in sentences, words and numbers."""
    out, at = [], 0
    while at < len(text):
        length = draw.randint(80, 700)
        out.append(text[at : at + length])
        at += length
    return "\n\n".join(out)


def page_numbers(text: str, draw: Random) -> str:
    """Page breaks with a page number between the halves of a line."""
    return re.sub(r"(?<=[\u4e00-\u9fff]{40})(?=[\u4e00-\u9fff]{3})", lambda _: "\n\n— 12 —\n\n" if draw.random() < 0.02 else "", text)


def blanks_beside_digits(text: str, draw: Random) -> str:
    """Blanks between digits and Han characters."""
    return re.sub(r"(?<=\d)(?=[\u4e00-\u9fff%])|(?<=[\u4e00-\u9fff])(?=\d)", lambda _: " " if draw.random() < 0.7 else "", text)


def spread_words(text: str, draw: Random) -> str:
    """Blanks inside words and names."""
    return "".join(c + (" " if "\u4e00" <= c <= "\u9fff" and draw.random() < 0.1 else "") for c in text)


def wide_digits(text: str, draw: Random) -> str:
    """Full-width digits and signs of per cent."""
    return text.translate({48 + i: 0xFF10 + i for i in range(10)} | {ord("%"): "％"})


def half_width_marks(text: str, draw: Random) -> str:
    """Half-width punctuation."""
    return text.translate(str.maketrans("，：；！（）", ",:;!()"))


def one_line(text: str, draw: Random) -> str:
    """All line breaks gone, blanks before numbered headings."""
    return re.sub(r"(?<=[^\n])(?=[一二三]、)", " ", re.sub(r"\s*\n\s*", "", text))


def wrapped(text: str, draw: Random) -> str:
    """Lines wrapped at a fixed width."""
    return "\n".join("\n".join(line[i : i + 36] for i in range(0, len(line), 36)) for line in text.split("\n"))


def english_words(text: str, draw: Random) -> str:
    """English words in place of 和 and 等."""
    return re.sub(r"(?<=[\u4e00-\u9fff])[和等](?=[\u4e00-\u9fff])", lambda m: "and" if m[0] == "和" else "etc", text)


def note_marks(text: str, draw: Random) -> str:
    """Footnote marks behind words."""
    return re.sub(r"(?<=[\u4e00-\u9fff]{6})(?=，)", lambda _: f"[{draw.randint(1, 60)}]" if draw.random() < 0.2 else "", text)


def emphasis(text: str, draw: Random) -> str:
    """Markdown emphasis and heading marks at random."""
    return re.sub(r"(?m)^(.{4,40})$", lambda m: draw.choice(("**{}**", "## {}", "### **{}**", "{}")).format(m[1]), text)


def lost_characters(text: str, draw: Random) -> str:
    """A character in three hundred replaced by a question mark."""
    return "".join("?" if "\u4e00" <= c <= "\u9fff" and draw.random() < 0.003 else c for c in text)


KINDS: Mapping[str, Damaging] = {
    f.__name__: f
    for f in (
        page_cuts,
        page_numbers,
        blanks_beside_digits,
        spread_words,
        wide_digits,
        half_width_marks,
        one_line,
        wrapped,
        english_words,
        note_marks,
        emphasis,
        lost_characters,
    )
}
