"""Annotations: what careful readers recorded of some reports."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

csv.field_size_limit(10**9)
Key = tuple[str, str, int]  # source, region code, year


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report, or a stretch of text that is none."""

    id: str
    source: str
    is_report: bool
    region_code: str
    year: int
    start: int
    end: int

    @property
    def key(self) -> Key:
        """By which it is found in an export."""
        return self.source, self.region_code, self.year

    @property
    def decade(self) -> str:
        """2010s."""
        return f"{self.year // 10 * 10}s"


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A value as a reader recorded it."""

    indicator: str
    role: str
    period: str | None
    comparator: str
    low: float | None
    high: float | None
    unit: str | None
    direction: str | None
    tier: str
    scope: str
    agg: str | None
    border: bool
    quote: str


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A stretch of a report of which everything was recorded."""

    id: str  # of the report
    part: str
    start: int
    text: str
    quantities: tuple[GoldFigure, ...]
    commitments: tuple[tuple[str, str], ...]  # quote and kind


@dataclass(frozen=True, slots=True)
class GoldFollowup:
    """What became of a promise."""

    id_from: str
    promise: str
    answers: tuple[str, ...]
    verdict: str


class Gold:
    """The annotations of a folder, with the texts that they speak of.

    Args:
        folder: the annotations.
        corpus: the texts.
    """

    def __init__(self, folder: Path, corpus: Path) -> None:
        self._folder = folder
        self._corpus = corpus
        self._texts: dict[str, str] = {}

    @cached_property
    def reports(self) -> Mapping[str, GoldReport]:
        """Reports and what is none, by id."""
        found = {}
        for row in _lines(self._folder / "reports.jsonl"):
            end = row["end"] if "end" in row else len(self.text(row["source"]))
            found[row["id"]] = GoldReport(
                row["id"],
                row["source"],
                row.get("is_report", True),
                row.get("region_code") or "",
                row.get("year") or 0,
                row.get("start", 0),
                end,
            )
        return found

    @cached_property
    def headline(self) -> Mapping[str, tuple[GoldFigure, ...]]:
        """The headline values of each report."""
        files = sorted((self._folder / "headline").glob("*.jsonl"))
        return {f.stem: tuple(map(_figure, _lines(f))) for f in files if f.stem in self.reports}

    @cached_property
    def sections(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """For each report where a role begins, in order."""
        found: dict[str, list[tuple[int, str]]] = {}
        at: dict[str, int] = {}
        for row in _lines(self._folder / "sections.jsonl"):
            report = self.reports[row["id"]]
            place = self.text(report.source).find(row["starts_with"], at.get(report.id, report.start))
            if place >= 0:
                at[report.id] = place
                found.setdefault(report.id, []).append((place, row["role"]))
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def passages(self) -> tuple[GoldPassage, ...]:
        """Passages with their quantities and promises."""
        path = self._folder / "passages.json"
        quantities: dict[str, list[GoldFigure]] = {}
        commitments: dict[str, list[tuple[str, str]]] = {}
        for row in _lines(self._folder / "quantities.jsonl"):
            quantities.setdefault(row["pid"], []).append(_figure(row))
        for row in _lines(self._folder / "commitments.jsonl"):
            commitments.setdefault(row["pid"], []).append((row["quote"], row["kind"]))
        found = []
        for p in json.loads(path.read_text(encoding="utf-8")) if path.exists() else ():
            report = self.reports[p["id"]]
            start = self.text(report.source).find(p["text"], report.start)
            found.append(
                GoldPassage(p["id"], p["part"], start, p["text"], tuple(quantities.get(p["pid"], ())), tuple(commitments.get(p["pid"], ())))
            )
        return tuple(found)

    @cached_property
    def followups(self) -> tuple[GoldFollowup, ...]:
        """What became of promises."""
        found = []
        for row in _lines(self._folder / "followups.jsonl"):
            answers = row.get("answers") or ([row["answer"]] if row["answer"] else [])
            if row["id_from"] in self.reports and row["id_to"] in self.reports:
                found.append(GoldFollowup(row["id_from"], row["promise"], tuple(answers), row["verdict"]))
        return tuple(found)

    def text(self, source: str) -> str:
        """The text that positions of a source point into.

        Raises:
            ValueError: where it is not in the corpus.
        """
        if source not in self._texts:
            path = next(self._corpus.rglob(source), None)
            if path is None:
                raise ValueError(f"{source} is not in {self._corpus}")
            if path.suffix == ".csv":
                with path.open(encoding="utf-8-sig", newline="") as file:
                    self._texts[source] = next(csv.DictReader(file))["full_text"]
            else:
                self._texts[source] = path.read_text(encoding="utf-8-sig")
        return self._texts[source]

    def places(self, report: GoldReport, quote: str) -> list[int]:
        """Where a quote stands in a report."""
        text = self.text(report.source)
        return [m.start() for m in re.finditer(re.escape(quote), text) if report.start <= m.start() < report.end]


def read_gold(folder: Path, corpus: Path) -> Gold:
    """The annotations of a folder.

    Raises:
        ValueError: where it holds none.
    """
    if not (folder / "reports.jsonl").is_file():
        raise ValueError(f"{folder} holds no annotations (no reports.jsonl)")
    return Gold(folder, corpus)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())


def _figure(row: Mapping[str, Any]) -> GoldFigure:
    return GoldFigure(
        row.get("indicator") or "other",
        row["role"],
        row.get("period"),
        row["cmp"],
        row["lo"],
        row["hi"],
        row.get("unit"),
        row.get("dir"),
        row.get("tier") or "base",
        row.get("scope") or "region",
        row.get("agg") or None,
        bool(row.get("border")),
        row["quote"],
    )
