"""The facade that ``import duixian`` offers: read files directly, or open a store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from duixian.extracting import extract
from duixian.model import LivelihoodItem, Measurement, ReadFailure, Reading, Report, Section
from duixian.reading import ReadResult, read_document
from duixian.reading.formats import Limits, find_files, read_file
from duixian.settling.headline import choose
from duixian.store import Generation, StoreError
from duixian.store.archive import open_as

if TYPE_CHECKING:
    import polars as pl

_HERE = "write . for the current folder"
__all__ = ["Archive", "ReportView", "open", "open_store", "read"]


class Archive(Generation):
    """A store opened for questions."""

    def promises(
        self, place: str, year: int, *, topic: str | None = None, kind: str | None = None, livelihood: bool | None = None
    ) -> pl.DataFrame:
        """The promises of a report as numbered tasks, one a row; their numbers never depend on what is asked for.

        Args:
            place: a name or a code.
            year: the report's year.
            topic: only one policy domain, by its Chinese name.
            kind: quantified, milestone or qualitative; both checkable kinds where none is given.
            livelihood: only promises about people's daily life, or only others.

        Raises:
            StoreError: where there is no such report, topic or kind.
        """
        from duixian.analysing.tasks import KINDS, Wanted, task_list, task_table
        from duixian.serving.table_files import frame_of

        if kind is not None and kind not in KINDS:
            raise StoreError(f"no kind {kind!r}; there are: {', '.join(KINDS)}")
        return frame_of(task_table(task_list(self, place, year, Wanted(topic, kind, livelihood))))


def open_store(path: str | os.PathLike[str]) -> Archive:
    """Open the current generation of a store.

    Args:
        path: the store's folder.

    Raises:
        StoreError: where the path is empty, the folder is no store, nothing was published in it yet, or its files are damaged.
    """
    if os.fspath(path) == "":
        raise StoreError(f"the path of the store is empty; {_HERE}")
    return open_as(path, Archive)


open = open_store  # the short name that people type: duixian.open("my.store")


class ReportView:
    """One report as it was read: identity, sections, text, and (computed when first asked for) its measurements."""

    def __init__(self, report: Report, result: ReadResult) -> None:
        self.record = report
        self._result = result

    @property
    def region(self) -> str:
        """Official full name of the place."""
        return self.record.region

    @property
    def region_code(self) -> str:
        """GB/T 2260 code of the place in the report's year."""
        return self.record.region_code

    @property
    def level(self) -> str:
        """national, province, prefecture or county."""
        return self.record.level

    @property
    def year(self) -> int:
        """The year whose plan the report sets."""
        return self.record.year

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the report with their roles; positions count from the start of the document's text."""
        return self.record.sections

    @property
    def livelihood(self) -> tuple[LivelihoodItem, ...]:
        """The enumerated livelihood items (民生实事)."""
        return self.record.livelihood

    @property
    def text(self) -> str:
        """The report's own part of the source text."""
        return self._result.document.text[self.record.start : self.record.end]

    @property
    def flags(self) -> tuple[str, ...]:
        """What is doubtful about the report."""
        return self.record.flags

    @cached_property
    def measurements(self) -> tuple[Measurement, ...]:
        """Every measured value and non-numeric target, in the order of the text."""
        return extract(self.record, self._result.copy)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The candidates for each headline cell, with the chosen one marked."""
        return choose(self.record, self.measurements)

    def __repr__(self) -> str:
        roles = ", ".join(dict.fromkeys(s.role for s in self.sections if s.level == 1))
        return f"<{self.region} {self.year} ({self.record.kind}, {len(self.text):,} characters: {roles})>"


def read(*inputs: str | os.PathLike[str], text_column: str | None = None, limits: Limits | None = None) -> Iterator[ReportView]:
    """The reports of files and folders, read now and kept nowhere.

    Args:
        inputs: files or folders.
        text_column: the column of a CSV file that holds the text.
        limits: what one file may cost.

    Raises:
        ValueError: where a path is empty, or a file can't be read; the message names the file and the reason.
    """
    if any(os.fspath(i) == "" for i in inputs):  # an unset variable must not mean the current folder
        raise ValueError(f"a path to read is empty; {_HERE}")
    return _read(inputs, text_column, limits)


def _read(inputs: tuple[str | os.PathLike[str], ...], text_column: str | None, limits: Limits | None) -> Iterator[ReportView]:
    for found in find_files([Path(i) for i in inputs]):
        items = [found] if isinstance(found, ReadFailure) else read_file(found, found.name, text_column, limits=limits)
        for item in items:
            if isinstance(item, ReadFailure):
                raise ValueError(f"{item.source}: {item.reason}")
            result = read_document(item)
            yield from (ReportView(report, result) for report in result.reports)
