"""Outside programs that turn a format nobody else reads into one that is read, where they are installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from duixian.reading.formats.limits import LimitError, Limits


@dataclass(frozen=True, slots=True)
class Converter:
    """A program that converts.

    Attributes:
        suffixes: what it reads.
        programs: its names, the first one found is taken.
        arguments: with ``{input}``, ``{filter}`` (what the input is), ``{folder}`` (for the result) and ``{profile}`` (an empty folder).
        gives: the suffix of the result, which bears the input's name.
        install: what to install where it is missing.
    """

    suffixes: tuple[str, ...]
    programs: tuple[str, ...]
    arguments: tuple[str, ...]
    gives: str
    install: str


_FILTERS = {".doc": "MS Word 97", ".wps": "MS Word 97", ".rtf": "Rich Text Format", ".odt": "writer8", ".xml": "MS Word 2003 XML"}

CONVERTERS = (
    Converter(
        (".doc", ".wps", ".rtf", ".odt", ".xml"),
        ("soffice", "libreoffice"),
        (
            "-env:UserInstallation=file://{profile}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx",
            "--outdir",
            "{folder}",
            "--infilter={filter}",  # without it, bytes of any kind would be taken for text
            "{input}",
        ),
        ".docx",
        "LibreOffice Writer (Debian: apt install libreoffice-writer), or save it as DOCX",
    ),
)


def convert(path: Path, suffix: str, folder: Path, limits: Limits) -> Path:
    """The converted file.

    Args:
        path: the file.
        suffix: what it really is.
        folder: an empty folder that may be used.
        limits: for the time the converter may take.

    Raises:
        ValueError: where no converter is installed, or it fails; the message says what to install.
    """
    converter = next((c for c in CONVERTERS if suffix in c.suffixes), None)
    if converter is None:
        raise ValueError(f"no converter for {suffix} is known: save it as PDF or DOCX")
    program = next((found for name in converter.programs if (found := shutil.which(name))), None)
    if program is None:
        raise ValueError(f"{suffix} is read through a converter, which is not installed: install {converter.install}")
    profile, results, own = folder / "profile", folder / "results", folder / f"input{suffix}"
    for new in (profile, results):
        new.mkdir()
    shutil.copyfile(path, own)
    arguments = [a.format(input=own, folder=results, profile=profile, filter=_FILTERS.get(suffix, "")) for a in converter.arguments]
    _run([program, *arguments], folder, limits)
    result = results / f"input{converter.gives}"
    if not result.is_file():
        raise ValueError(f"damaged or unknown {suffix} file: {Path(program).name} could not convert it")
    return result


def _run(command: list[str], folder: Path, limits: Limits) -> None:
    """Run a converter with all its children, without network where the system can; end them all when the time is over.

    Raises:
        LimitError: where it takes too long.
    """
    isolated = ["unshare", "--net", "--"] if os.name == "posix" and os.geteuid() == 0 and _can_isolate() else []
    environment = {n: os.environ[n] for n in ("PATH", "LANG", "LC_ALL") if n in os.environ} | {"HOME": str(folder), "TMPDIR": str(folder)}
    process = subprocess.Popen(
        [*isolated, *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.convert)
    except subprocess.TimeoutExpired:
        raise LimitError("convert", f"not converted within {limits.convert} seconds") from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _can_isolate() -> bool:
    return (
        bool(shutil.which("unshare"))
        and subprocess.run(["unshare", "--net", "--", "true"], capture_output=True, check=False).returncode == 0
    )
