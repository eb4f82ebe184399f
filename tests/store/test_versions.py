from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from duixian.store.versions import BEFORE, ROOTS, closure, package_folder, reader_version, stage_versions

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


def test_versions_are_stable(package: Path) -> None:
    assert stage_versions(package) == stage_versions()
    assert reader_version().endswith(f"+{stage_versions()['read']}")


def test_a_change_in_reading_changes_both_stages(package: Path) -> None:
    append(package / "reading" / "outline.py", "# changed\n")
    assert all(stage_versions(package)[stage] != stage_versions()[stage] for stage in ROOTS)


def test_a_change_in_extracting_changes_the_facts_alone(package: Path) -> None:
    append(package / "extracting" / "__init__.py", "# changed\n")
    assert stage_versions(package)["read"] == stage_versions()["read"]
    assert stage_versions(package)["facts"] != stage_versions()["facts"]


def test_a_change_in_data_counts_where_a_module_names_the_file(package: Path) -> None:
    append(package / "data" / "regions.csv", "\n")
    assert stage_versions(package)["read"] != stage_versions()["read"]


def test_a_change_to_the_right_changes_nothing(package: Path) -> None:
    for later in ("store/queries.py", "store/building.py", "cli.py"):
        append(package / later, "# changed\n")
    assert stage_versions(package) == stage_versions()


@pytest.mark.parametrize("stage", list(ROOTS))
def test_no_module_that_a_stage_loads_is_missed(stage: str) -> None:
    roots = ROOTS[stage] + tuple(r for b in BEFORE[stage] for r in ROOTS[b])  # type: ignore[index]
    code = [m for m in roots if not m.startswith("duixian.store")]  # the store's own package imports all of the store
    run = subprocess.run([sys.executable, "-c", LOADED, *code], capture_output=True, text=True, check=True)
    missed = set(run.stdout.split()) - set(closure(roots, package_folder()))
    rooms = ("duixian.model", "duixian.reading", "duixian.registry", "duixian.extracting", "duixian.settling")
    assert {m for m in missed if m.startswith(rooms) and m not in ("duixian.registry", "duixian.settling")} == set()
