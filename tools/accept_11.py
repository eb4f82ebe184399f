"""The acceptance figures of issue 11 (real figures on a fresh machine): python tools/accept_11.py --shared ../shared [--only demo,…].

Parts: demo (fresh clone, fresh home, only Python and make: make demo, make test), packages (wheel and sdist build, install, carry their
data), facts (no sentence in them; what they hold; how large), rebuild (facts made again from the corpus, row for row), fetch (the tests
against the hostile server). Everything is done in a temporary folder that goes with the run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from acceptance import ROOT, whole_corpus
from duixian.facts.files import differences, read_about, read_table
from duixian.facts.making import MOST_HAN
from duixian.facts.rows import FACTS, PLACES
from duixian.registry.regions import regions

FACTS_FOLDER = ROOT / "facts"
_LONG = re.compile(rf"[\u3400-\u9fff]{{{MOST_HAN + 1},}}")
KEPT = ("PATH", "LANG", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_CONFIG_FILE", "SSL_CERT_FILE")


def bare(home: Path) -> dict[str, str]:
    """An environment of almost nothing: a home of its own, the path, how pip finds packages."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home), "PYTHONUTF8": "1"}


def run(command: list[str], where: Path, environment: Mapping[str, str]) -> tuple[int, str, float]:
    """Exit status, what was said, seconds."""
    began = time.monotonic()
    result = subprocess.run(
        command, cwd=where, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return result.returncode, result.stdout, time.monotonic() - began


def demo(place: Path, shared: Path) -> bool:
    """A fresh clone: make demo shows real provinces, make test passes."""
    clone = place / "duixian"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    home = place / "home"
    home.mkdir()
    status, said, seconds = run(["make", "demo"], clone, bare(home))
    provinces = [r.name for r in regions().provinces(2025)]
    shown = [p for p in provinces if p in said]
    print(f"make demo: status {status}, {seconds:.0f} s, {len(shown)} of {len(provinces)} provinces shown")
    print("  missing:", "、".join(p for p in provinces if p not in shown) or "none")
    if status:
        print(said[-2000:])
    tested, said, seconds = run(["make", "test"], clone, bare(home))
    print(f"make test: status {tested}, {seconds:.0f} s: {said.strip().splitlines()[-1] if said.strip() else ''}")
    if tested:
        print("\n".join(line for line in said.splitlines() if line.startswith(("FAILED", "ERROR", "E  "))) or said[-2000:])
    return status == 0 and tested == 0 and len(shown) >= 25


def packages(place: Path, shared: Path) -> bool:
    """Wheel and sdist build; each installs by itself and can read its data."""
    home = place / "home2"
    home.mkdir()
    builder = place / "builder"
    venv.create(builder, with_pip=True)
    python = str(builder / "bin" / "python")
    run([python, "-m", "pip", "install", "-q", "build", "hatchling"], place, bare(home))
    out = place / "dist"
    status, said, _ = run([python, "-m", "build", "--no-isolation", "-o", str(out), str(ROOT)], place, bare(home))
    files = sorted(out.glob("*")) if out.is_dir() else []
    print(f"build: status {status}: {', '.join(f'{f.name} ({f.stat().st_size / 1e6:.1f} MB)' for f in files)}")
    if status:
        print(said[-1500:])
    good = status == 0 and len(files) == 2
    for file in files:
        target = place / f"env-{file.suffix.strip('.')}"
        venv.create(target, with_pip=True)
        installed, said, _ = run([str(target / "bin" / "python"), "-m", "pip", "install", "-q", str(file)], place, bare(home))
        check = "import duixian; from duixian.fetching import read_sources; from duixian.facts.terms import policy_terms; "
        check += "from duixian.registry.indicators import indicator_table; "
        check += "print(len(read_sources()), len(policy_terms()), len(indicator_table().indicators))"
        used, said2, _ = run([str(target / "bin" / "python"), "-c", check], place, bare(home))
        loaded, said3, _ = run(
            [str(target / "bin" / "duixian"), "dataset", "load", str(FACTS_FOLDER), "-o", str(target / "x.store")], place, bare(home)
        )
        print(f"{file.name}: install {installed}, data {used} ({said2.strip()}), facts {loaded}")
        if installed or used or loaded:
            print((said + said2 + said3)[-1500:])
        good = good and not (installed or used or loaded)
    return good


def facts(place: Path, shared: Path) -> bool:
    """What the facts hold, how large they are, and that no field is a piece of a sentence."""
    about = read_about(FACTS_FOLDER)
    size = sum(f.stat().st_size for f in FACTS_FOLDER.iterdir())
    print(f"facts: {about.reports:,} reports of {about.first}–{about.last}, made {about.date}, {size / 1e6:.1f} MB")
    for name, table in about.tables.items():
        print(f"  {name}: {table.rows:,} rows")
    names = set(read_table(FACTS_FOLDER, "reports")["region"])
    long = 0
    for name in FACTS:
        for column, values in read_table(FACTS_FOLDER, name).to_dict().items():
            if values.dtype not in (pl.String, pl.List):
                continue
            every = values.explode() if values.dtype == pl.List else values
            for value in every.drop_nulls().unique():
                found = [w for w in _LONG.findall(str(value)) if column not in PLACES or not any(w in n for n in names)]
                long += len(found)
                if found and long <= 10:
                    print(f"  a run of more than {MOST_HAN} characters: {name}.{column}: {found[0]}")
    print(f"runs of more than {MOST_HAN} Han characters outside names of places: {long}")
    return long == 0


def rebuild(place: Path, shared: Path) -> bool:
    """Facts made again from the corpus are the same, row for row."""
    duixian = str(Path(sys.executable).with_name("duixian"))
    store, again = whole_corpus(shared).store, place / "facts"
    make = [duixian, "dataset", "make", str(store), "-o", str(again), "--gold", str(shared / "gold"), "--corpus", str(shared / "corpus")]
    status, said, seconds = run(make, place, os.environ)
    print(f"dataset make: status {status}, {seconds:.0f} s")
    if status:
        print(said[-1500:])
        return False
    found = differences(FACTS_FOLDER, again)
    print("row for row the same" if not found else "\n".join(found[:40]))
    return not found


def fetch(place: Path, shared: Path) -> bool:
    """The tests of fetching and of the tutorial."""
    python = sys.executable
    status, said, seconds = run([python, "-m", "pytest", "-q", "tests/fetching", "tests/facts"], ROOT, os.environ)
    print(f"tests of fetching, facts, tutorial: status {status}, {seconds:.0f} s: {said.strip().splitlines()[-1]}")
    return status == 0


PARTS: Mapping[str, Callable[[Path, Path], bool]] = {"facts": facts, "fetch": fetch, "packages": packages, "demo": demo, "rebuild": rebuild}


def main() -> None:
    """Print the figures; exit status 1 where a part is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts: {', '.join(PARTS)}")
    options = parser.parse_args()
    failed: list[str] = []
    for name in options.only.split(","):
        place = Path(tempfile.mkdtemp(prefix=f"accept-11-{name}-"))
        print(f"== {name}")
        try:
            if not PARTS[name](place, options.shared.resolve()):
                failed.append(name)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    print("not as it should be: " + ", ".join(failed) if failed else "all as it should be")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
