"""What a generation holds, looked up often: its reports by id, place and document, and its texts. Made once a generation."""

from __future__ import annotations

import subprocess
import sys
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from duixian.analysing.search_cache import open_texts, texts_ready, words_file
from duixian.analysing.search_texts import Texts
from duixian.serving.site.memory import release_mapped
from duixian.store import Generation, ReportRow, StoreError
from duixian.store.folder import Folder
from duixian.store.site_queries import INDICATOR_COUNTS, IndicatorCount

FEW = 300  # reports whose texts are made ready here and now


class Shelf:
    """The reports of a generation, by id, place and document.

    Args:
        store: the generation.

    Attributes:
        store: the generation.
        reports: the primary reports by place and year; the sample's only where there are no others.
        only_samples: whether all places are the sample's fictional ones.
    """

    def __init__(self, store: Generation) -> None:
        self.store = store
        self.editions = store.reports(editions=True)
        primary = [r for r in self.editions if r.primary]
        real = [r for r in primary if not r.sample]
        self.only_samples = not real
        self.reports: Sequence[ReportRow] = tuple(real or primary)
        self.all_primary: Sequence[ReportRow] = tuple(primary)
        self._lock = threading.Lock()
        self._texts: Texts | None = None
        self._by_source: dict[str, list[ReportRow]] = {}
        self._by_id: dict[str, list[ReportRow]] = {}
        self._by_place: dict[str, list[ReportRow]] = {}
        for r in sorted(self.editions, key=lambda r: (not r.primary, r.start)):
            self._by_id.setdefault(r.report_id, []).append(r)
            self._by_source.setdefault(r.source, []).append(r)
            if r.primary:
                self._by_place.setdefault(r.region_id, []).append(r)
        for found in self._by_place.values():
            found.sort(key=lambda r: (r.year, r.session or ""))
        for found in self._by_source.values():
            found.sort(key=lambda r: r.start)

    def report(self, report_id: str) -> ReportRow | None:
        """A report, by its id; the primary edition where several copies have the same."""
        found = self._by_id.get(report_id)
        return found[0] if found else None

    def of_place(self, region_id: str) -> Sequence[ReportRow]:
        """A place's primary reports by year."""
        return self._by_place.get(region_id, ())

    def at(self, region_id: str, year: int) -> ReportRow | None:
        """A place's report of a year."""
        return next((r for r in self.of_place(region_id) if r.year == year), None)

    def beside(self, report: ReportRow) -> tuple[ReportRow | None, ReportRow | None]:
        """The reports of the same place before and after one."""
        before = [r for r in self.of_place(report.region_id) if r.year < report.year]
        after = [r for r in self.of_place(report.region_id) if r.year > report.year]
        return (before[-1] if before else None, after[0] if after else None)

    def where(self, source: str, start: int) -> ReportRow | None:
        """The report that holds a position of a document."""
        found = self._by_source.get(source, [])
        i = bisect_right(found, start, key=lambda r: r.start) - 1
        return found[i] if i >= 0 else None

    def editions_of(self, report: ReportRow) -> list[ReportRow]:
        """Further copies of a report (or its primary one)."""
        key = report.edition_of or report.report_id
        return [r for r in self.editions if key in (r.edition_of, r.report_id) and (r.report_id, r.source) != _key(report)]

    @cached_property
    def sources_here(self) -> frozenset[str]:
        """Documents whose text is in the store."""
        return frozenset(entry.source for entry in self.store.manifest.documents)

    def has_text(self, report: ReportRow) -> bool:
        """Whether the text of a report is in the store; a store of facts has the texts that its user added."""
        return report.source in self.sources_here

    @cached_property
    def with_text(self) -> int:
        """How many of the reports have their text in the store."""
        return sum(map(self.has_text, self.reports))

    @cached_property
    def stated(self) -> frozenset[str]:
        """Indicators of which some report has a chosen value."""
        return frozenset(c.indicator for c in self.indicator_counts)

    @cached_property
    def indicator_counts(self) -> tuple[IndicatorCount, ...]:
        """How many chosen values of each indicator there are."""
        return self.store.rows(INDICATOR_COUNTS, samples=self.only_samples)

    @cached_property
    def places(self) -> frozenset[str]:
        """Constant codes of places with a report."""
        return frozenset(self._by_place)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years with a report."""
        return tuple(sorted({r.year for r in self.reports}))

    @cached_property
    def _years_by_level(self) -> dict[str, tuple[int, ...]]:
        levels = {r.level for r in self.reports}
        return {level: tuple(sorted({r.year for r in self.reports if r.level == level})) for level in levels}

    def years_of(self, level: str) -> tuple[int, ...]:
        """Years with a report of a level."""
        return self._years_by_level.get(level, ())

    def full_year(self, level: str) -> int | None:
        """The last year for which at least half as many places of a level have a report as in its best year."""
        counts = Counter(r.year for r in self.reports if r.level == level)
        most = max(counts.values(), default=0)
        return max((year for year, n in counts.items() if n * 2 >= most), default=None)

    def texts(self) -> Texts:
        """The repaired texts; read (and, the first time after a build, made) when first asked for."""
        with self._lock:
            if self._texts is None:
                if len(self.editions) > FEW and not texts_ready(self.store):
                    make_texts(self.store)
                self._texts = open_texts(self.store)
                release_mapped(words_file(Folder(self.store.path), self.store.number))
            return self._texts


def make_texts(store: Generation) -> None:
    """Make the file of repaired texts in a process of its own: that takes more memory than a server should hold on to.

    Args:
        store: its current generation is what the file is made for.

    Raises:
        StoreError: where the process fails, with its last line.
    """
    code = "import sys; from duixian.analysing.search_cache import open_texts; open_texts(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, str(store.path)], capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise StoreError(f"the texts of {store.path} can't be made ready for searching: {said[-1] if said else done.returncode}")


def _key(report: ReportRow) -> tuple[str, str]:
    return report.report_id, report.source
