"""Versions of the stages: a digest of the source code and data that a stage depends on, so that a change redoes that stage and no other.

What a stage depends on is read off the import lines of its modules and off the names of data files in them; a data file that no module
names counts for every stage.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from duixian.store.segments import STAGES, Stage

ROOTS: Mapping[Stage, tuple[str, ...]] = {
    "read": ("duixian.model", "duixian.reading", "duixian.reading.formats", "duixian.store.segments", "duixian.store.sketch"),
    "facts": ("duixian.extracting", "duixian.settling.headline"),
    "promises": ("duixian.extracting.promises",),
}
BEFORE: Mapping[Stage, tuple[Stage, ...]] = {"read": (), "facts": ("read",), "promises": ("read", "facts")}
GENERATION = ("duixian.store.publishing",)
_SPOKEN = re.compile(r"""["'](duixian\.[\w.]+)["']""")  # a module named in words, as for "python -m": "duixian.reading.formats.child"
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+(duixian[\w.]*)[ \t]+import[ \t]+([^#\n]*)|import[ \t]+(duixian[\w.]*))", re.M)
_NAME = re.compile(r"\w+")


def package_folder() -> Path:
    """The folder of the installed package."""
    spec = find_spec("duixian")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


def _file_of(module: str, package: Path) -> Path | None:
    place = package.joinpath(*module.split(".")[1:])
    return next((p for p in (place / "__init__.py", place.with_suffix(".py")) if p.is_file()), None)


def _imports(text: str) -> set[str]:
    """Modules that a source text may import; ``from a import b`` gives ``a`` and ``a.b``."""
    found: set[str] = set(_SPOKEN.findall(text))
    for match in _IMPORT.finditer(text):
        base, names, plain = match.groups()
        if plain:
            found.add(plain)
        else:
            found |= {base, *(f"{base}.{name}" for name in _NAME.findall(_whole_list(text, match, names)))}
    return found


def _whole_list(text: str, match: re.Match[str], names: str) -> str:
    """The imported names, to the closing bracket where they stand on several lines."""
    return text[match.start(2) : text.find(")", match.start(2))] if names.lstrip().startswith("(") else names


def closure(roots: tuple[str, ...], package: Path) -> dict[str, str]:
    """The source texts of the modules reached from the roots, by name; the facade, which imports everything, left out.

    Args:
        roots: names of modules of the package.
        package: the package's folder.
    """
    texts: dict[str, str] = {}
    waiting = list(roots)
    while waiting:
        module = waiting.pop()
        if module == "duixian" or module in texts or (file := _file_of(module, package)) is None:
            continue
        texts[module] = file.read_text(encoding="utf-8")
        waiting += _imports(texts[module])
    return texts


def _digest(texts: Mapping[str, str], package: Path) -> str:
    every = {m.relative_to(package).as_posix(): m.read_text(encoding="utf-8") for m in sorted(package.rglob("*.py"))}
    digest = hashlib.sha256()
    for module in sorted(texts):
        digest.update(f"{module}\0{texts[module]}\0".encode())
    data = package / "data"
    for file in sorted(p for p in data.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")):
        if any(file.name in t for t in texts.values()) or not any(file.name in t for t in every.values()):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:8]


@cache
def stage_versions(package: Path | None = None) -> Mapping[Stage, str]:
    """The version of each stage: eight hex digits.

    Args:
        package: the package's folder; by default the installed one.
    """
    folder = package or package_folder()
    roots = {stage: ROOTS[stage] + tuple(r for b in BEFORE[stage] for r in ROOTS[b]) for stage in STAGES}
    return {stage: _digest(closure(roots[stage], folder), folder) for stage in STAGES}


@cache
def generation_version(package: Path | None = None) -> str:
    """The version of everything that is done across documents when a generation is made: editions, settlements, tables.

    Args:
        package: the package's folder; by default the installed one.
    """
    folder = package or package_folder()
    return _digest(closure(GENERATION, folder), folder)


def with_indicators(versions: Mapping[Stage, str], indicators: str) -> Mapping[Stage, str]:
    """The versions of the stages where a user's own indicators are read too: facts and promises change with them, reading does not.

    Args:
        versions: the versions of the program.
        indicators: the text of the user's file; may be empty.
    """
    if not indicators.strip():
        return versions
    return {s: v if s == "read" else hashlib.sha256(f"{v}\0{indicators}".encode()).hexdigest()[:8] for s, v in versions.items()}


def reader_version() -> str:
    """The program's version and the digest of everything that reading depends on: ``0.1.0+1a2b3c4d``."""
    return f"{version('duixian')}+{stage_versions()['read']}"
