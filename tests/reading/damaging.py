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
    return "".join("?" if "\u4e00" <= c <= "\u9fff" and c not in "和等" and draw.random() < 0.003 else c for c in text)


def html_entities(text: str, draw: Random) -> str:
    """HTML entities in place of blanks and signs."""
    text = text.replace("‰", "&permil;").replace("——", "&mdash;&mdash;").replace("“", "&ldquo;").replace("”", "&rdquo;")
    return re.sub(r"(?<=[\u4e00-\u9fff]，)", lambda _: "&nbsp;" if draw.random() < 0.1 else "", text)


def latex(text: str, draw: Random) -> str:
    """LaTeX in place of formulas."""
    return text.replace("PM2.5", "$PM_{2.5}$").replace("PM10", "PM_{10}")


def thousands_by_blanks(text: str, draw: Random) -> str:
    """Blanks between thousands."""
    return re.sub(r"(?<![\d.,，:：/－-])([1-9]\d)(\d{3})(?=[\u4e00-\u9fff])(?!年)", r"\1 \2", text)


def jump_marks(text: str, draw: Random) -> str:
    """A newspaper's jump marks between sentences."""
    return re.sub(r"(?<=。)(?=[\u4e00-\u9fff])", lambda _: f"（上接A{draw.randint(1, 9):02d}版）" if draw.random() < 0.02 else "", text)


def question_marks(text: str, draw: Random) -> str:
    """Runs of question marks between sentences, where something was lost."""
    return re.sub(r"(?<=。)(?=[\u4e00-\u9fff])", lambda _: "？" * draw.randint(8, 48) if draw.random() < 0.01 else "", text)


def watermarks(text: str, draw: Random) -> str:
    """A watermark's lines between paragraphs and at the end."""
    marked = re.sub(r"\n(?=[\u4e00-\u9fff]{8})", lambda _: "\n云溪资料网独家整理\n\n" if draw.random() < 0.04 else "\n", text)
    return marked + "\n\n云溪资料网独家整理"


def doubled_title(text: str, draw: Random) -> str:
    """The title line twice."""
    first, _, rest = text.partition("\n")
    return f"{first}\n\n{first}\n{rest}"


def damaged_numbers(text: str, draw: Random) -> str:
    """Numbers whose point was lost in conversion, one in twenty."""
    return re.sub(r"(?<=\d)\.(?=\d)", lambda _: "$1.$2" if draw.random() < 0.05 else ".", text)


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
        html_entities,
        latex,
        thousands_by_blanks,
        jump_marks,
        question_marks,
        watermarks,
        doubled_title,
        lost_characters,
        damaged_numbers,
    )
}

# What these destroy is not there to be read: a figure that is hit must be refused, and the others kept.
LOSING: frozenset[str] = frozenset({"lost_characters", "damaged_numbers"})
# What some put in: no part of the report, so what it is read as does not count.
PUT_IN: Mapping[str, re.Pattern[str]] = {
    "jump_marks": re.compile(r"（上接A\d\d版）"),
    "watermarks": re.compile(r"云溪资料网独家整理"),
    "doubled_title": re.compile(r"\A[^\n]*\n"),
}
