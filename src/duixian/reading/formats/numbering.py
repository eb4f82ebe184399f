"""Word's automatic numbers: 一、 （二） 3. are not in the text of a paragraph but in the definitions its list follows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")  # Matches "%1" in "（%1）"; not "100%".


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a paragraph style, its parents' settings included."""

    outline: str | None
    list_id: str | None
    list_level: str | None


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles by their id."""
    if root is None:
        return {}
    elements = {e.get(f"{W}styleId", ""): e for e in root.findall(f"{W}style")}
    return {name: _style(element, elements) for name, element in elements.items()}


def _style(element: etree._Element, elements: dict[str, etree._Element]) -> Style:
    values: list[str | None] = [None, None, None]
    paths = (f"{W}pPr/{W}outlineLvl", f"{W}pPr/{W}numPr/{W}numId", f"{W}pPr/{W}numPr/{W}ilvl")
    at: etree._Element | None = element
    for _ in range(12):  # parents may form a loop
        if at is None:
            break
        for n, path in enumerate(paths):
            found = at.find(path)
            if values[n] is None and found is not None:
                values[n] = found.get(f"{W}val")
        parent = at.find(f"{W}basedOn")
        at = elements.get(parent.get(f"{W}val", "")) if parent is not None else None
    return Style(*values)


class Numbering:
    """The counters of a document's lists; paragraphs must be asked in their order.

    Args:
        root: ``numbering.xml``, if there is one.
        styles: the paragraph styles.
    """

    def __init__(self, root: etree._Element | None, styles: dict[str, Style]) -> None:
        self._styles = styles
        self._lists: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        levels = {a.get(f"{W}abstractNumId", ""): _levels(a) for a in root.findall(f"{W}abstractNum")}
        for number in root.findall(f"{W}num"):
            name, link = number.get(f"{W}numId", ""), number.find(f"{W}abstractNumId")
            abstract = link.get(f"{W}val", "") if link is not None else ""
            self._lists[name] = levels.get(abstract, {}) | _overrides(number)
            self._abstract[name] = f"{abstract}/{name}" if number.find(f"{W}lvlOverride") is not None else abstract

    def label(self, properties: etree._Element | None) -> str:
        """The number that stands before a paragraph; empty where there is none.

        Args:
            properties: the paragraph's ``w:pPr``.
        """
        name, depth = self._place(properties)
        levels = self._lists.get(name or "")
        if not levels or depth not in levels:
            return ""
        counts = self._counts[self._abstract[name or ""]]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        level = levels[depth]
        if level.form in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            n = int(match.group(1)) - 1
            at = levels.get(n, level)
            return numeral(counts.get(n, at.start), at.form)

        label = _PLACE.sub(number, level.text)
        return label if label.endswith(("、", "）", "，", "：")) else f"{label} "

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        if properties is None:
            return None, 0
        style_mark = properties.find(f"{W}pStyle")
        style = self._styles.get(style_mark.get(f"{W}val", "")) if style_mark is not None else None
        number, depth = properties.find(f"{W}numPr/{W}numId"), properties.find(f"{W}numPr/{W}ilvl")
        name = number.get(f"{W}val") if number is not None else (style.list_id if style else None)
        level = depth.get(f"{W}val") if depth is not None else (style.list_level if style else None)
        return (None if name == "0" else name), int(level) if level and level.isdigit() else 0


def _levels(parent: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in parent.findall(f"{W}lvl"):
        depth = level.get(f"{W}ilvl", "")
        if depth.isdigit():
            start = _value(level, "start", "1")
            found[int(depth)] = _Level(
                _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), int(start) if start.isdigit() else 1
            )
    return found


def _overrides(number: etree._Element) -> dict[int, _Level]:
    return {depth: level for override in number.findall(f"{W}lvlOverride") for depth, level in _levels(override).items()}


def _value(element: etree._Element, name: str, default: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", default) if found is not None else default


def numeral(n: int, form: str) -> str:
    """A number in one of Word's forms: decimal, Chinese, letters, circled; others as decimal."""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"):
        return _chinese(n)
    if form in ("ideographDigital", "chineseLegalSimplified", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(d)] for d in str(n))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < n <= 20:
        return chr(0x245F + n)
    if form in ("lowerLetter", "upperLetter") and 0 < n <= 26:
        return chr((0x60 if form == "lowerLetter" else 0x40) + n)
    if form == "decimalZero":
        return f"{n:02d}"
    return str(n)


def _chinese(n: int) -> str:
    """1 to 99 in words, as lists count; larger numbers in digits."""
    if not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")
