"""ZIP containers: their directory is checked before anything is unpacked, and unpacking counts what really comes out."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from duixian.reading.formats.limits import LimitError, Limits, check

_CHUNK = 1 << 20
_SMALL = 8 << 20  # members below this size may be packed as tightly as they like
_MIB = 1 << 20


def open_zip(path: str, limits: Limits) -> zipfile.ZipFile:
    """The archive, where its directory keeps to the limits.

    Raises:
        ValueError: where it is damaged, or announces more members or bytes than allowed.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ValueError(f"damaged archive: {error}; nothing of it was taken") from None
    infos = archive.infolist()
    check("members", len(infos), limits.members, "members")
    check("expanded", sum(i.file_size for i in infos) // _MIB, limits.expanded, "MiB unpacked")
    return archive


def chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    """The bytes of a member in pieces, counted as they come.

    Raises:
        ValueError: where the member is encrypted, damaged, or larger or more tightly packed than allowed.
    """
    if info.flag_bits & 1:
        raise ValueError("the member is encrypted")
    most = min(limits.expanded * _MIB, max(_SMALL, info.compress_size * limits.ratio))
    size = 0
    try:
        with archive.open(info) as member:
            while piece := member.read(_CHUNK):
                size += len(piece)
                if size > most:
                    raise _too_much(size, info, limits)
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        reason = "its checksum is wrong" if "CRC" in str(error) else str(error)
        raise ValueError(f"the member is damaged: {reason}") from None


def _too_much(size: int, info: zipfile.ZipInfo, limits: Limits) -> LimitError:
    if size > limits.expanded * _MIB:
        return LimitError("expanded", f"more than {limits.expanded} MiB unpacked")
    return LimitError("ratio", f"unpacks to more than {limits.ratio} times its packed size ({info.compress_size:,} bytes)")


def read_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes | None:
    """The bytes of one member; None where there is none of that name."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    return b"".join(chunks(archive, info, limits))


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name as its maker wrote it: UTF-8 where the archive says or shows so, else GBK.

    Raises:
        ValueError: for a name that leads outside the archive, or a link.
    """
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
            name = _first(raw, "utf-8", "gb18030")
        except UnicodeEncodeError:
            pass
    name = name.replace("\\", "/")
    shown = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    parts = shown.split("/")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ValueError(f"{shown}: a link in an archive is not followed")
    if ".." in parts or shown.startswith("/") or (len(shown) > 1 and shown[1] == ":"):
        raise ValueError(f"{shown}: the name leads outside the archive; it was left out")
    return shown


def _first(raw: bytes, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")
