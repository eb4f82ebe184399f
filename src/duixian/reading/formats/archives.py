"""ZIP archives: the members that can be read, under cleaned names; those that can't are named with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from duixian.reading.formats.limits import Limits
from duixian.reading.formats.parts import Job, Member, Part, Refused
from duixian.reading.formats.zipcheck import chunks, member_name, open_zip

_JUNK = ("__MACOSX/", ".")


def kind_of_zip(job: Job, limits: Limits) -> str:
    """What a ZIP container is by its members: ``docx``, ``workbook``, ``ofd``, ``odt``, ``slides`` or ``archive``."""
    with open_zip(job.path, limits) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            folders = {name.split("/", 1)[0] for name in names}
            if "xl" in folders:
                return "workbook"
            return "slides" if "ppt" in folders else "docx"
        if "OFD.xml" in names:
            return "ofd"
        if "mimetype" in names:
            info = archive.getinfo("mimetype")
            kind = b"".join(chunks(archive, info, limits))[:100] if info.file_size < 200 else b""
            if kind.startswith(b"application/vnd.oasis.opendocument"):
                return "workbook" if b"spreadsheet" in kind else "odt"
    return "archive"


def read_archive(job: Job, suffixes: tuple[str, ...], limits: Limits) -> Iterator[Part]:
    """The members whose names promise a readable format, and refusals for those that lead astray.

    Args:
        job: the archive.
        suffixes: the names' endings that are read.
        limits: what it may cost.

    Raises:
        ValueError: where the archive is damaged or announces too much.
    """
    with open_zip(job.path, limits) as archive:
        found = 0
        for info in archive.infolist():
            if info.is_dir():
                continue
            try:
                name = member_name(info)
            except ValueError as error:
                found += 1
                yield Refused(str(error))
                continue
            if name.startswith(_JUNK) or PurePosixPath(name).name.startswith(".") or not name.lower().endswith(suffixes):
                continue
            found += 1
            try:
                yield Member(name, chunks(archive, info, limits))
            except ValueError as error:
                yield Refused(str(error), name=name)
        if not found:
            yield Refused("the archive holds no file that can be read")
