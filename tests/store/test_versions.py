from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from duixian.store.versions import BEFORE, ROOTS, closure, generation_version, package_folder, reader_version, stage_versions

LOADED = """import sys, importlib
for module in sys.argv[1:]:
    importlib.import_module(module)
print(*(m for m in sys.modules if m.startswith('duixian.')))"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    copy = tmp_path / "duixian"
    shutil.copytree(package_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def versions(package: Path) -> dict[str, str]:
    """Computed anew at each call: the files change between calls."""
    stages: dict[str, str] = {str(stage): version for stage, version in stage_versions.__wrapped__(package).items()}
    return stages | {"generation": generation_version.__wrapped__(package)}


def changed(package: Path, *files: str, text: str = "# changed\n") -> set[str]:
    """The versions that change when text is appended to files of the package."""
    before = versions(package)
    for file in files:
        append(package / file, text)
    after = versions(package)
    return {name for name in before if before[name] != after[name]}


def test_versions_are_stable(package: Path) -> None:
    assert changed(package) == set()
    assert reader_version().endswith(f"+{stage_versions()['read']}")


def test_a_change_in_reading_changes_both_stages(package: Path) -> None:
    assert changed(package, "reading/outline.py") >= {"read", "facts"}


def test_a_change_in_extracting_leaves_reading_alone(package: Path) -> None:
    found = changed(package, "extracting/__init__.py")
    assert "facts" in found and "read" not in found


def test_a_change_in_data_counts_where_a_module_names_the_file(package: Path) -> None:
    assert "read" in changed(package, "data/regions.csv", text="\n")
    (package / "data" / "unheard.toml").write_text("")
    assert changed(package, "data/unheard.toml") >= {"read", "facts"}  # nobody names it: it may count for all


def test_a_change_to_the_right_changes_nothing(package: Path) -> None:
    assert changed(package, "store/queries.py", "store/building.py", "cli.py") == set()


def test_a_change_in_what_is_done_across_documents_makes_a_new_generation(package: Path) -> None:
    assert changed(package, "store/editions.py") == {"generation"}


@pytest.mark.parametrize("stage", list(ROOTS))
def test_no_module_that_a_stage_loads_is_missed(stage: str) -> None:
    roots = ROOTS[stage] + tuple(r for b in BEFORE[stage] for r in ROOTS[b])  # type: ignore[index]
    code = [m for m in roots if not m.startswith("duixian.store")]  # the store's own package imports all of the store
    run = subprocess.run([sys.executable, "-c", LOADED, *code], capture_output=True, text=True, check=True)
    missed = set(run.stdout.split()) - set(closure(roots, package_folder()))
    rooms = ("duixian.model", "duixian.reading", "duixian.registry", "duixian.extracting", "duixian.settling")
    assert {m for m in missed if m.startswith(rooms) and m not in ("duixian.registry", "duixian.settling")} == set()
