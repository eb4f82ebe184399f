"""Make the site's chart font: Noto Sans CJK SC cut to the characters that the package's own tables use, and the common ones of GB 2312.

    python tools/subset_font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

Needs fontTools. The font is under the SIL Open Font License; its text lies beside the result.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

ROOT = Path(__file__).resolve().parent.parent / "src" / "duixian"
OUT = ROOT / "serving" / "site" / "static" / "NotoSansSC-subset.otf"


def wanted() -> set[str]:
    """Characters of the tables and of the site's words, ASCII, and the first level of GB 2312 (3,755 characters by use)."""
    found = {chr(c) for c in range(0x20, 0x7F)} | set("—–…·°±×÷≈≥≤✓✗◐●○→←↑↓《》“”‘’、。，；：？！（）％")
    for path in [
        *(ROOT / "data").glob("*.csv"),
        ROOT / "data" / "indicators.toml",
        ROOT / "data" / "topics.toml",
        ROOT / "serving" / "site" / "words.toml",
    ]:
        found |= set(path.read_text(encoding="utf-8"))
    for row in range(0xB0, 0xD8):
        found |= {c for cell in range(0xA1, 0xFF) if (c := bytes([row, cell]).decode("gb2312", "ignore"))}
    return {c for c in found if c.isprintable()}


def main() -> None:
    """Write the subset."""
    collection = TTCollection(sys.argv[1])
    font = next(f for f in collection.fonts if f["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = subset.Options(
        hinting=False, layout_features=["kern", "tnum", "lnum"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(wanted())))
    cutter.subset(font)
    font.save(OUT)
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, {len(font.getBestCmap()):,} characters")


if __name__ == "__main__":
    main()
