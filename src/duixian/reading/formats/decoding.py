"""Bytes to characters."""

from __future__ import annotations

import charset_normalizer

_WINDOW = 4000  # bytes that are looked at to tell an encoding


def decode(data: bytes) -> str:
    """Bytes to text: byte-order mark, strict UTF-8, UTF-16 without a mark, strict GB18030, then charset-normalizer; universal newlines.

    Args:
        data: the bytes of a text file.

    Raises:
        ValueError: where the bytes are no text.
    """
    text = _decode(data)
    if (bad := sum(c < " " and c not in "\t\n\r\f\v" for c in text[:20000])) > len(text[:20000]) / 50:
        raise ValueError(f"not text ({bad} control characters in its first part)")
    if "\x00" in text:
        raise ValueError(f"not text: a NUL at character {text.index(chr(0)):,}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\x00" in data[:_WINDOW]:
        if encoding := _utf16(data[:_WINDOW]):
            return data.decode(encoding)
        raise ValueError("binary data, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    # Chinese in UTF-16 without a single Latin character holds no NUL, and most of its bytes are valid GB18030
    if not any(stop in text[:_WINDOW] for stop in "，。、") and (encoding := _utf16(data[:_WINDOW])):
        return data.decode(encoding)
    if text:
        return text
    if best := charset_normalizer.from_bytes(data[:200_000]).best():
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise ValueError("unknown text encoding")


def _utf16(sample: bytes) -> str | None:
    """The byte order in which the bytes are Chinese or Latin text; None where they are neither way."""
    best, best_share = None, 0.95
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
        usual = sum(
            c in "\t\n\r" or " " <= c <= "~" or "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef"
            for c in text
        )
        if text and usual / len(text) > best_share and any(c in "，。、 \n" for c in text):
            best, best_share = encoding, usual / len(text)
    return best
