"""The documentation says what there is: every document is listed, every link leads somewhere, every command and library is named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from duixian.cli import main
from duixian.store import TABLES

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
_LINK = re.compile(r"\]\(([^)#:\s]+)\)")  # "](store.md)"; not "](https://…)"
_REQUIREMENT = re.compile(r"^[\w-]+")  # "python-docx" of "python-docx>=1.1"


def test_every_document_is_listed() -> None:
    listed = set(_LINK.findall((ROOT / "docs/README.md").read_text(encoding="utf-8")))
    assert {d.name for d in DOCS} - {"README.md"} <= listed


@pytest.mark.parametrize("document", [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS], ids=lambda d: d.name)
def test_links_lead_somewhere(document: Path) -> None:
    for link in _LINK.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / link).exists(), link


def test_every_command_is_described() -> None:
    table = ARCHITECTURE.partition("## Commands")[2].partition("## Libraries")[0]
    assert {name for name in main.commands if f"`{name}" not in table} == set()


def test_every_table_is_described() -> None:
    table = ARCHITECTURE.partition("| table | a row is |")[2].partition("## Commands")[0]
    assert {name for name in TABLES if f"`{name}`" not in table} == set()


def test_every_room_is_described() -> None:
    rooms = ARCHITECTURE.partition("| room | what happens there |")[2].partition("## Reading")[0]
    package = ROOT / "src/duixian"
    assert {f.name for f in package.iterdir() if f.is_dir() and (f / "__init__.py").exists() and f"`{f.name}/`" not in rooms} == set()


def test_every_library_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    told = ARCHITECTURE.partition("## Libraries")[2].lower()
    names = {found[0].lower() for r in wanted if (found := _REQUIREMENT.match(r))}
    assert {name for name in names if f"**{name}**" not in told} == set()
