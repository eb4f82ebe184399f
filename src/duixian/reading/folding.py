"""Folding of widths and look-alike characters: one character for one, so that no position moves.

Half-width punctuation becomes full-width, full-width letters and digits become ASCII, dashes and blanks become one each.
"""

from __future__ import annotations

import re

_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\x0b\x0c\x07\x08\x00"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2500\u2501\ufe58\ufe63\u4e28"


def _table() -> dict[int, str]:
    pairs: dict[str, str] = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}  # full-width ASCII
    pairs |= dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_INVISIBLE, " ") | dict.fromkeys(_DASHES, "—")
    wide = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
    folded = {c: wide.get(a, a) for c, a in pairs.items()} | wide
    folded |= {"∶": "：", "︰": "：", "﹕": "：", "﹔": "；", "﹐": "，", "﹑": "、", "﹪": "%", "～": "~", "∼": "~", "〜": "~", "．": "."}
    folded |= {
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
        "㈠": "一",
        "•": "·",
        "‧": "·",
        "●": "·",
        "\uff65": "·",
        "〔": "[",
        "〕": "]",
    }
    folded.pop("㈠")
    return {ord(c): a for c, a in folded.items()}


FOLDED = {code: to for code, to in _table().items() if chr(code) != to}
_FOLDABLE = re.compile("[" + re.escape("".join(map(chr, FOLDED))) + "]")
_DENSE = 12  # below one foldable character in so many, single substitutions beat a translation of every character


def fold(text: str) -> str:
    """The text with widths folded; ``len(fold(text)) == len(text)``.

    Args:
        text: any text.

    Returns:
        The folded text, position by position.
    """
    sample = text[:2000]
    if len(_FOLDABLE.findall(sample)) * _DENSE > len(sample):
        return text.translate(FOLDED)
    return _FOLDABLE.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return FOLDED[ord(match.group())]
