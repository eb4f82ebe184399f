"""Characters as PDF producers leave them: radicals in place of the characters they look like, ligatures, private codes."""

from __future__ import annotations

import unicodedata

# Radicals of the block 2E80 that share a glyph with a character and that NFKC leaves alone.
_RADICALS = dict(
    zip(
        "⺁⺄⺆⺈⺊⺋⺌⺍⺎⺓⺕⺗⺘⺙⺛⺜⺝⺠⺡⺢⺣⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺷⺸⺹⺺⺼⺾⺿⻀⻁⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰",
        "厂乙冂刀卜㔾小小尢幺彐心手攵旡日月民水水火爫丬牛犬王疋目示礻竹糸纟罒罒网羊羊羊老聿肉艹艹艹虎西见角讠贝足车辶辶辶阝钅長镸长门阜雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙",
        strict=True,
    )
)
_SPECIAL = ((0x2F00, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06))


def _table() -> dict[int, str]:
    table = {ord(radical): character for radical, character in _RADICALS.items()}
    for first, last in _SPECIAL:
        table |= {c: plain for c in range(first, last + 1) if (plain := unicodedata.normalize("NFKC", chr(c))) != chr(c)}
    return table | {0x2E9F: "母", 0x2EF3: "龟", 0x00A0: " ", 0x00AD: "\u00ad"}


PLAIN = _table()


def plain(text: str) -> str:
    """The text with look-alike codes replaced by the characters they stand for."""
    return text.translate(PLAIN)


def is_unreadable(code: int) -> bool:
    """The code says nothing: no mapping to Unicode, a private code, a control character."""
    return code == 0xFFFD or 0xE000 <= code <= 0xF8FF or (code < 0x20 and code not in (0x02, 0x09, 0x0A, 0x0D))
