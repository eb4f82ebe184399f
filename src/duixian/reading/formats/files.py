"""Files to documents: text formats in this process, everything else through the parser's process."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from duixian.model import Document, Hints, ReadFailure
from duixian.reading.formats.converters import convert
from duixian.reading.formats.decoding import decode
from duixian.reading.formats.frontmatter import front_matter
from duixian.reading.formats.kinds import WORKBOOK_SUFFIXES, kind_of
from duixian.reading.formats.limits import LimitError, Limits, check
from duixian.reading.formats.parts import Convert, Job, Parsed, Part, Refused
from duixian.reading.formats.sandbox import Stored, sandbox
from duixian.reading.formats.tables import read_csv, read_jsonl

_MIB = 1 << 20
_HEAD = 4096


@dataclass(slots=True)
class _Budget:
    """What is left for an archive and the archives in it."""

    members: int
    bytes: int
    depth: int


def read_file(path: Path, source: str, text_column: str | None = None, *, limits: Limits | None = None) -> Iterator[Document | ReadFailure]:
    """The documents of one file.

    Args:
        path: the file.
        source: its display path, kept in every record; rows of tables get ``#2`` …, members of archives ``/name`` behind it.
        text_column: the column of a table that holds the text; by default ``full_text``, else the column with the longest text.
        limits: what the file may cost.

    Yields:
        Documents, or failures with their reason in one line. A document is whole, or it is not yielded.
    """
    allowed = limits or Limits()
    budget = _Budget(allowed.members, allowed.expanded * _MIB, allowed.depth)
    yield from _read(path, source, text_column, allowed, budget)


def _read(path: Path, source: str, text_column: str | None, limits: Limits, budget: _Budget) -> Iterator[Document | ReadFailure]:
    try:
        size = path.stat().st_size
        check("bytes", -(-size // _MIB), limits.bytes, "MiB")
        with path.open("rb") as file:
            head = file.read(_HEAD)
        kind = kind_of(head, path.suffix.lower())
        if not size or (size <= _HEAD and not head.strip()):
            raise ValueError("empty file")
        if kind in ("text", "csv", "tsv", "jsonl"):
            yield from _text_file(path, kind, source, text_column, limits)
        else:
            yield from _parsed_file(path, kind, source, text_column, limits, budget)
    except OSError as error:
        yield ReadFailure(source, error.strerror or str(error))
    except ValueError as error:
        yield ReadFailure(source, str(error))


def _text_file(path: Path, kind: str, source: str, text_column: str | None, limits: Limits) -> Iterator[Document | ReadFailure]:
    """Plain text and tables of plain text: Python's own decoders are no parser that bytes could lead astray."""
    if kind == "text":
        check("characters", path.stat().st_size // 4, limits.characters, "characters or more")
    data = path.read_bytes()
    if not data.strip():
        raise ValueError("empty file")
    text = decode(data)
    if kind != "text":
        parts = (
            read_jsonl(text, text_column, limits)
            if kind == "jsonl"
            else read_csv(text, text_column, limits, "\t" if kind == "tsv" else ",")
        )
        yield from (_item(part, source, None) for part in parts)
        return
    check("characters", len(text), limits.characters, "characters")
    matter = front_matter(text)
    hints = Hints(path=path_hint(source), title=matter.get("title"), url=matter.get("source") or matter.get("url"))
    yield Document(hashlib.sha256(data).hexdigest(), source, text, hints)


def _parsed_file(
    path: Path, kind: str, source: str, text_column: str | None, limits: Limits, budget: _Budget
) -> Iterator[Document | ReadFailure]:
    """Everything that a parser with native code reads."""
    suffix = path.suffix.lower()
    with tempfile.TemporaryDirectory(prefix="duixian-") as folder:
        spill = Path(folder) / "members"
        spill.mkdir()
        if kind == "ole":
            kind = _kind_of_ole(path, suffix)
        if kind in ("doc", "rtf", "word_xml"):
            yield from _converted(path, {"doc": ".doc", "rtf": ".rtf"}.get(kind, ".xml"), source, limits, Path(folder))
            return
        digest = ""
        members: list[Stored] = []
        for part in sandbox().parse(Job(str(path), suffix, text_column), kind, limits, spill):
            if isinstance(part, Stored):
                members.append(part)
            elif isinstance(part, Convert):
                yield from _converted(path, part.suffix, source, limits, Path(folder))
            else:
                digest = digest or _digest(path)
                yield _item(part, source, digest)
        yield from _members(members, source, text_column, limits, budget)


def _members(
    members: list[Stored], source: str, text_column: str | None, limits: Limits, budget: _Budget
) -> Iterator[Document | ReadFailure]:
    """The members of an archive, each read like a file of its own."""
    inner = replace_depth(budget)
    for member in members:
        name = f"{source}/{member.name}"
        try:
            budget.members -= 1
            budget.bytes -= member.path.stat().st_size
            if budget.members < 0:
                raise LimitError("members", f"more than {limits.members:,} members")
            if budget.bytes < 0:
                raise LimitError("expanded", f"more than {limits.expanded} MiB unpacked, nested archives included")
            if member.name.lower().endswith(".zip") and budget.depth <= 1:
                raise LimitError("depth", f"archives nested more than {limits.depth} deep")
        except LimitError as error:
            yield ReadFailure(name, str(error))
        else:
            inner.members, inner.bytes = budget.members, budget.bytes
            yield from _read(member.path, name, text_column, limits, inner)
            budget.members, budget.bytes = inner.members, inner.bytes
        member.path.unlink(missing_ok=True)


def replace_depth(budget: _Budget) -> _Budget:
    """The budget one archive further in."""
    return replace(budget, depth=budget.depth - 1)


def _kind_of_ole(path: Path, suffix: str) -> str:
    """What an OLE container holds: a workbook, a Word document, or something encrypted.

    Raises:
        ValueError: where it is encrypted, or something else.
    """
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ValueError("the file is encrypted: save it without a password")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if suffix in WORKBOOK_SUFFIXES or "Workbook".encode("utf-16-le") in data:
        return "workbook"
    raise ValueError("an Office file of an unknown or damaged kind: save it as DOCX or PDF")


def _converted(path: Path, suffix: str, source: str, limits: Limits, folder: Path) -> Iterator[Document | ReadFailure]:
    """A file through a converter; its own bytes name the document."""
    result = convert(path, suffix, folder, limits)
    digest = _digest(path)
    spill = folder / "converted"
    spill.mkdir()
    kind = kind_of(result.read_bytes()[:_HEAD], result.suffix)
    for part in sandbox().parse(Job(str(result), result.suffix), kind, limits, spill):
        if not isinstance(part, Stored | Convert):
            yield _item(part, source, digest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _item(part: Part, source: str, digest: str | None) -> Document | ReadFailure:
    """A part as a document or a failure; a table row is named by its own text, a file by its bytes."""
    if isinstance(part, Refused):
        return ReadFailure(f"{source}/{part.name}" if part.name else _row_name(source, part.row), part.reason)
    assert isinstance(part, Parsed)
    name = digest if digest and not part.row else hashlib.sha256(part.text.encode()).hexdigest()
    hints = Hints(path_hint(source), part.title, part.url, part.region, part.year, part.published)
    return Document(name, _row_name(source, part.row), part.text, hints, part.pages)


def _row_name(source: str, row: int) -> str:
    return source if row <= 1 else f"{source}#{row}"


def path_hint(source: str) -> tuple[str, ...]:
    """Folders and file name, without suffix and row number, as a hint."""
    parts = Path(source.split("#", maxsplit=1)[0]).parts
    return (*parts[:-1], Path(parts[-1]).stem)
