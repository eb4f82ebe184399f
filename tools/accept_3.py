"""The acceptance figures of issue 3 (any file people have): python tools/accept_3.py --shared ../shared [--only pdf,scans,…].

Parts: docx (section roles against the Markdown editions), pdf (20 PDFs by three producers), scans (five at 200 dpi), hostile (each file
alone, with its time and memory), corpus (whole corpus and hostile files with one and two workers, then the agreement of editions).
What is made from the corpus lies in a temporary folder and goes with it.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from duixian.api import ReportView, read
from duixian.model import ReadFailure
from duixian.reading.formats import find_files, read_file

ROOT = Path(__file__).resolve().parent.parent
DUIXIAN = Path(sys.executable).with_name("duixian")
FIVE = "gdp.growth,cpi.growth,jobs_new.level,unemployment_surveyed.level,budget_revenue.growth"
MAX_SECONDS, MAX_MIB = 20.0, 1024.0
PAGES_SCANNED = 2
_BLANK = re.compile(r"\s+")


def folded(text: str) -> str:
    """The text without blanks."""
    return _BLANK.sub("", text)


def blocks(a: str, b: str) -> Iterator[tuple[int, int, int]]:
    """Equal stretches of two texts: by whole clauses first, then character by character between them (start, start, length)."""
    left, right = ([m.group() for m in re.finditer(r"[^，。；：！？\n]*[，。；：！？\n]*", t) if m.group()] for t in (a, b))
    at = [[0], [0]]
    for starts, clauses in zip(at, (left, right), strict=True):
        for clause in clauses:
            starts.append(starts[-1] + len(clause))
    for tag, i, j, k, m in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        x, y = at[0][i], at[1][k]
        if tag == "equal":
            yield x, y, at[0][j] - x
        elif tag == "replace":
            inner = difflib.SequenceMatcher(None, a[x : at[0][j]], b[y : at[1][m]], autojunk=False)
            yield from ((x + p, y + q, n) for p, q, n in inner.get_matching_blocks() if n)


def equal_share(truth: str, found: str) -> float:
    """The share of characters that two texts have in common, blanks folded: 2 x equal / both lengths."""
    a, b = folded(truth), folded(found)
    return 1.0 if a == b else 2 * sum(n for _, _, n in blocks(a, b)) / (len(a) + len(b))


def text_of(path: Path) -> str:
    """The text of a file with one document.

    Raises:
        SystemExit: where it can't be read.
    """
    (item,) = read_file(path, path.name)
    if isinstance(item, ReadFailure):
        raise SystemExit(f"{path}: {item.reason}")
    return item.text


# --- section roles -------------------------------------------------------------------------------------------------------------------


def _roles(view: ReportView) -> tuple[str, list[str]]:
    """A report's text without blanks, and the deepest section role of each character."""
    text, base = view.text, view.record.start
    roles = [""] * len(text)
    for section in sorted(view.sections, key=lambda s: s.level):
        for n in range(max(0, section.start - base), min(len(text), section.end - base)):
            roles[n] = section.role
    kept = [n for n, c in enumerate(text) if not c.isspace()]
    return "".join(text[n] for n in kept), [roles[n] for n in kept]


def _edition(shared: Path, view: ReportView) -> ReportView | None:
    """The Markdown edition of a report; where there is none, the one in the compilations."""
    code, year = view.region_code, view.year
    name = view.region.removesuffix("省").removesuffix("市")[:2]
    files = sorted(f for f in (shared / "corpus/reports").rglob("*.md") if str(year) in f.name and name in str(f))
    for file in [*files, *sorted((shared / "corpus/seeds").glob("*.txt"))]:
        for other in read(file):
            if (other.region_code, other.year) == (code, year) and other.record.kind == "full":
                return other
    return None


def docx(shared: Path, _: Path) -> None:
    """Each DOCX against its Markdown edition: the share of aligned characters with the same section role."""
    for file in sorted((shared / "corpus/docx").glob("*.docx")):
        (view,) = read(file)
        other = _edition(shared, view)
        if other is None:
            print(f"docx: {file.name}: no other edition found")
            continue
        (a, roles), (b, other_roles) = _roles(view), _roles(other)
        pairs = [(roles[x + n], other_roles[y + n]) for x, y, length in blocks(a, b) for n in range(length)]
        same = sum(p == q for p, q in pairs)
        print(
            f"docx: {view.region} {view.year} against {other.record.source}: {same / len(pairs):.4f} of {len(pairs):,} aligned characters"
            f" have the same role (0.98 wanted); aligned {len(pairs) / max(len(a), len(b)):.4f}"
        )


# --- PDFs ----------------------------------------------------------------------------------------------------------------------------


def texts(shared: Path) -> list[tuple[str, list[str]]]:
    """Ten texts as paragraphs: the project's samples, the corpus's Word files and national reports."""
    own = [f for f in sorted((ROOT / "samples").rglob("*")) if f.suffix in (".txt", ".md")]
    files = [*own[:4], *sorted((shared / "corpus/docx").glob("*.docx"))[:4], *sorted((shared / "corpus/national").glob("*.txt"))[:2]]
    return [(f.stem, [line.strip() for line in text_of(f).split("\n") if line.strip()]) for f in files]


def pdf(shared: Path, work: Path) -> None:
    """Twenty PDFs, ten texts in one and in two columns, by three producers in turn."""
    from pdf_producers import PRODUCERS

    names = list(PRODUCERS)
    low = 1.0
    for n, (name, paragraphs) in enumerate(texts(shared)):
        for columns in (1, 2):
            producer = names[(n + columns) % len(names)]
            path = work / f"{n}-{columns}.pdf"
            PRODUCERS[producer](paragraphs, columns, path)
            (item,) = read_file(path, path.name)
            if isinstance(item, ReadFailure):
                raise SystemExit(f"{path}: {item.reason}")
            share = equal_share("\n".join(paragraphs), item.text)
            kept = len(set(item.text.split("\n")) & set(paragraphs))
            low = min(low, share)
            what = f"{name}, {producer}, {columns} col, {len(item.pages)} pages"
            print(f"pdf: {what}: {share:.5f} equal; {kept} of {len(set(paragraphs))} paragraphs whole")
    print(f"pdf: lowest share {low:.5f} (0.995 wanted)")


def scans(shared: Path, work: Path) -> None:
    """Five scans at 200 dpi: the characters that differ from the text layer's, as a share of it."""
    import pypdfium2 as pdfium

    from pdf_producers import PRODUCERS, scan

    for n, (name, paragraphs) in enumerate(texts(shared)[:10:2]):
        producer = list(PRODUCERS)[n % 3]
        whole, first, picture = work / f"whole-{n}.pdf", work / f"first-{n}.pdf", work / f"scan-{n}.pdf"
        PRODUCERS[producer](paragraphs, 1 + n % 2, whole)
        part = pdfium.PdfDocument.new()
        source = pdfium.PdfDocument(whole)
        part.import_pages(source, list(range(min(PAGES_SCANNED, len(source)))))
        part.save(first)
        scan(whole, picture, pages=PAGES_SCANNED)
        truth, start = folded(text_of(first)), time.perf_counter()
        found = folded(text_of(picture))
        equal = sum(length for _, _, length in blocks(truth, found))
        error = (max(len(truth), len(found)) - equal) / len(truth)
        print(f"scans: {name}, {producer}, {1 + n % 2} col: character error {error:.4%} (2% allowed), {time.perf_counter() - start:.0f} s")


# --- hostile files -------------------------------------------------------------------------------------------------------------------


class Peak(threading.Thread):
    """The largest resident set of any process below this one, twenty times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.mib, self.ended = 0.0, False

    def run(self) -> None:
        """Sample until told to end."""
        while not self.ended:
            for process in psutil.Process().children(recursive=True):
                try:
                    self.mib = max(self.mib, process.memory_info().rss / 2**20)
                except psutil.Error:
                    continue
            time.sleep(0.05)


def hostile_files(work: Path) -> Path:
    """The hostile files, written by the tests' generator."""
    folder = work / "hostile"
    subprocess.run([sys.executable, str(ROOT / "tests/reading/hostile/hostile_files.py"), str(folder)], check=True)
    return folder


def hostile(_: Path, work: Path) -> None:
    """Each hostile file in a build of its own: seconds, the largest process, and what was said."""
    found = list(find_files([hostile_files(work)]))
    worst_time = worst_memory = 0.0
    for n, item in enumerate(found):
        if isinstance(item, ReadFailure):
            print(f"hostile: {Path(item.source).name}: {item.reason}")
            continue
        peak = Peak()
        peak.start()
        start = time.perf_counter()
        built = subprocess.run(
            [str(DUIXIAN), "build", str(item), "-o", str(work / f"hostile-{n}.store"), "--workers", "1"],
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
        peak.ended = True
        peak.join()
        worst_time, worst_memory = max(worst_time, seconds), max(worst_memory, peak.mib)
        said = next((line for line in built.stdout.splitlines() + built.stderr.splitlines() if line.strip()), "read")
        mark = "" if seconds <= MAX_SECONDS and peak.mib <= MAX_MIB else "   TOO MUCH"
        print(f"hostile: {item.name!r}: {seconds:.1f} s, {peak.mib:.0f} MiB, exit {built.returncode}: {said[:110]}{mark}", flush=True)
    print(f"hostile: {len(found)} files; slowest {worst_time:.1f} s ({MAX_SECONDS:.0f} allowed)")
    print(f"hostile: largest process {worst_memory:.0f} MiB ({MAX_MIB:.0f} allowed)")


# --- whole corpus --------------------------------------------------------------------------------------------------------------------


def _digest(folder: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.iterdir()) if f.is_file()}


def corpus(shared: Path, work: Path) -> None:
    """The whole corpus and the hostile files with two workers and with one, their exports compared; then the agreement of editions."""
    bad = hostile_files(work)
    digests = []
    for workers in (2, 1):
        store, out = work / f"all-{workers}.store", work / f"all-{workers}"
        start = time.perf_counter()
        build = [str(DUIXIAN), "build", str(shared / "corpus"), str(bad), "-o", str(store), "--workers", str(workers)]
        done = subprocess.run(build, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"build with {workers} workers: exit {done.returncode}\n{done.stderr[-2000:]}")
        subprocess.run([str(DUIXIAN), "export", str(store), "--format", "jsonl", "-o", str(out)], check=True, capture_output=True)
        digests.append(_digest(out))
        told = next((line for line in done.stderr.splitlines() if line.startswith("reports ")), "")
        print(f"corpus: {workers} workers, {time.perf_counter() - start:.0f} s: {told}", flush=True)
    different = [name for name in digests[0] if digests[0][name] != digests[1].get(name)]
    print(f"corpus: exports of one and two workers: {'the same' if not different else 'DIFFERENT: ' + ', '.join(different)}")
    command = [sys.executable, str(shared / "tools/agreement.py"), "--pred", str(work / "all-2"), "--indicators", FIVE]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        print(f"agreement: {line} (0.97 wanted)")


PARTS: dict[str, Callable[[Path, Path], None]] = {"docx": docx, "pdf": pdf, "scans": scans, "hostile": hostile, "corpus": corpus}


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, by comma (default {','.join(PARTS)})")
    args = parser.parse_args()
    for name in args.only.split(","):
        with tempfile.TemporaryDirectory(prefix="accept-3-") as folder:
            PARTS[name](args.shared.resolve(), Path(folder))


if __name__ == "__main__":
    main()
