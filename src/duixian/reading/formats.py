"""Formats to text: .txt, .md and .csv files become documents; what can't be read becomes one clear line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import charset_normalizer

from duixian.model import Document, Hints, ReadFailure

SUFFIXES = (".txt", ".md", ".markdown", ".csv")
MAX_BYTES = 256 * 1024 * 1024  # a larger file is no report
_FRONT_MATTER = re.compile(r"\A\s{0,4}---\n(.{0,8000}?)\n---(?:\n|\Z)", re.S)
_TITLE_COLUMNS = {
    "title": "title",
    "标题": "title",
    "province": "region",
    "region": "region",
    "city": "region",
    "地区": "region",
    "year": "year",
    "年份": "year",
}
_OTHER_COLUMNS = {"source_url": "url", "url": "url", "链接": "url", "publish_date": "published", "date": "published"}
_COLUMNS = _TITLE_COLUMNS | _OTHER_COLUMNS


def decode(data: bytes) -> str:
    """Bytes to text: byte-order mark, strict UTF-8, UTF-16 without a mark, strict GB18030, then charset-normalizer; universal newlines.

    Raises:
        ValueError: where the bytes are no text.
    """
    text = _decode(data)
    if (bad := sum(c < " " and c not in "\t\n\r\f\v" for c in text[:20000])) > len(text[:20000]) / 50:
        raise ValueError(f"not text ({bad} control characters in its first part)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\x00" in data[:4000]:
        even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
        if max(even, odd) > 20 and min(even, odd) == 0:
            return data.decode("utf-16-be" if even else "utf-16-le")
        raise ValueError("binary data, not text")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    if best := charset_normalizer.from_bytes(data[:200_000]).best():
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise ValueError("unknown text encoding")


def front_matter(text: str) -> dict[str, str]:
    """The ``key: value`` lines of a Markdown front matter; empty where there is none."""
    found = _FRONT_MATTER.match(text)
    pairs = (line.partition(":") for line in found.group(1).split("\n")) if found else ()
    return {key.strip(): value.strip() for key, _, value in pairs if value.strip() and not key.startswith(" ")}


def read_file(path: Path, source: str, text_column: str | None = None) -> Iterator[Document | ReadFailure]:
    """The documents of one file.

    Args:
        path: the file.
        source: its display path, kept in every record.
        text_column: the CSV column that holds the text; by default ``full_text``, else the column with the longest text.

    Yields:
        Documents, or one failure with its reason.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"larger than {MAX_BYTES // 2**20} MiB")
        data = path.read_bytes()
        if not data.strip():
            raise ValueError("empty file")
        text = decode(data)
    except OSError as error:
        yield ReadFailure(source, error.strerror or str(error))
        return
    except ValueError as error:
        yield ReadFailure(source, str(error))
        return
    if path.suffix.lower() == ".csv":
        yield from _rows(text, source, text_column)
    else:
        matter = front_matter(text)
        hints = Hints(path=_path_hint(source), title=matter.get("title"), url=matter.get("source") or matter.get("url"))
        yield Document(hashlib.sha256(data).hexdigest(), source, text, hints)


def _path_hint(source: str) -> tuple[str, ...]:
    parts = Path(source.split("#", maxsplit=1)[0]).parts
    return (*parts[:-1], Path(parts[-1]).stem)


def _rows(text: str, source: str, text_column: str | None) -> Iterator[Document | ReadFailure]:
    csv.field_size_limit(MAX_BYTES)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        yield ReadFailure(source, f"not a CSV table: {error}")
        return
    if not rows:
        yield ReadFailure(source, "CSV without rows")
        return
    column = text_column or _text_column(rows)
    if column not in rows[0]:
        yield ReadFailure(source, f"no column {column!r}; columns: {', '.join(map(str, rows[0]))}")
        return
    for n, row in enumerate(rows, 1):
        name = source if n == 1 else f"{source}#{n}"
        body = (row[column] or "").replace("\r\n", "\n").replace("\r", "\n")
        if not body.strip():
            yield ReadFailure(name, f"empty {column}")
            continue
        known = {_COLUMNS[k.lower()]: v.strip() for k, v in row.items() if k and isinstance(v, str) and k.lower() in _COLUMNS and v.strip()}
        yield Document(hashlib.sha256(body.encode()).hexdigest(), name, body, Hints(path=_path_hint(source), **known))


def _text_column(rows: list[dict[str, str]]) -> str:
    """``full_text`` where it exists, else the column with the longest text."""
    if "full_text" in rows[0]:
        return "full_text"
    return max((k for k in rows[0] if k), key=lambda k: sum(len(r.get(k) or "") for r in rows[:50]))


def find_files(inputs: list[Path]) -> Iterator[Path | ReadFailure]:
    """The readable files below the inputs, each once, in a stable order; directory loops are followed once only.

    Args:
        inputs: files and folders.
    """
    seen: set[tuple[int, int]] = set()
    for item in inputs:
        yield from _walk(item, seen, explicit=True)


def _walk(item: Path, seen: set[tuple[int, int]], *, explicit: bool) -> Iterator[Path | ReadFailure]:
    try:
        stat = item.stat()
        if (stat.st_dev, stat.st_ino) in seen:
            return
        seen.add((stat.st_dev, stat.st_ino))
        if item.is_dir():
            for name in sorted(p.name for p in item.iterdir()):
                if not name.startswith("."):
                    yield from _walk(item / name, seen, explicit=False)
        elif item.suffix.lower() in SUFFIXES and item.is_file():
            yield item
        elif explicit:
            yield ReadFailure(str(item), f"format {item.suffix or 'without suffix'} is not read ({', '.join(SUFFIXES)} are)")
    except OSError as error:
        yield ReadFailure(str(item), error.strerror or str(error))
