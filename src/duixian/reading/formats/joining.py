"""How two lines of one paragraph are joined: Chinese without a blank, Latin words with one, a word cut by a hyphen without it."""

from __future__ import annotations

import re

# A word cut at a line's end. Matches "develop-", "能develop\u00ad"; not "2024-", "—".
_HYPHEN = re.compile(r"[a-z][-\u2010\u00ad\x02\ufffe]\Z")
# A mark that only pdfium sets for a cut word. Matches "甲\x02"; not "甲-".
_SOFT = re.compile(r"[\u00ad\x02\ufffe]\Z")
_WORD = re.compile(r"[A-Za-z]\Z|[,.;:!?)\d]\Z")


def join(before: str, after: str) -> tuple[str, int]:
    """What stands between two lines, and how many characters are cut off the first one's end.

    Args:
        before: the text of the line that is continued.
        after: the text of the line that continues it.

    Returns:
        The glue ("" or a blank) and the number of characters to cut.
    """
    if _HYPHEN.search(before) and after[:1].islower() and after[:1].isascii():
        return "", 1
    if _SOFT.search(before):
        return "", 1
    if after[:1].isascii() and after[:1].isalpha() and _WORD.search(before) and not before[-1:].isdigit():
        return " ", 0
    return "", 0
