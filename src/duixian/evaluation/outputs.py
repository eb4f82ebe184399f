"""What evaluation reads of an export: a few columns of each table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReportOut:
    """A report."""

    source: str
    region_code: str
    year: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SectionOut:
    """A section."""

    source: str
    region_code: str
    year: int
    role: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FigureOut:
    """A measurement or headline value."""

    source: str
    region_code: str
    year: int
    indicator: str | None
    role: str
    comparator: str
    low: float | None
    high: float | None
    unit: str | None
    direction: str | None
    rule: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class CommitmentOut:
    """A promise."""

    source: str
    region_code: str
    year: int
    kind: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SettlementOut:
    """A settled target."""

    region_code: str
    indicator: str
    period: str
    tier: str
    agg: str | None
    gap: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class FollowupOut:
    """An answer to a promise."""

    source: str
    region_code: str
    year: int
    start: int
    end: int
    answer: str | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Export:
    """The tables of an export that are scored."""

    reports: tuple[ReportOut, ...] = ()
    sections: tuple[SectionOut, ...] = ()
    panel: tuple[FigureOut, ...] = ()
    measurements: tuple[FigureOut, ...] = ()
    commitments: tuple[CommitmentOut, ...] = ()
    settlements: tuple[SettlementOut, ...] = ()
    followups: tuple[FollowupOut, ...] = ()


ROWS: dict[str, type] = {
    "reports": ReportOut,
    "sections": SectionOut,
    "panel": FigureOut,
    "measurements": FigureOut,
    "commitments": CommitmentOut,
    "settlements": SettlementOut,
    "followups": FollowupOut,
}


def read_export(folder: Path) -> Export:
    """The tables of ``duixian export --format jsonl``; a table that is not there is empty.

    Raises:
        ValueError: where a line is none or lacks a column; the message names the file and the line.
    """
    tables: dict[str, tuple[Any, ...]] = {name: tuple(_rows(folder / f"{name}.jsonl", row)) for name, row in ROWS.items()}
    return Export(**tables)


def _rows(path: Path, row: type[T]) -> Iterator[T]:
    if not path.exists():
        return
    names = [f.name for f in fields(row)]  # type: ignore[arg-type]
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                values: dict[str, Any] = json.loads(line)
                yield row(*(values[name] for name in names))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path.name} line {number}: {type(error).__name__}: {error}") from None


def short(source: str) -> str:
    """How annotations name a source: by the file's name; a Markdown file, whose name is a year, by its folder too."""
    path = PurePosixPath(source)
    return "/".join(path.parts[-2:]) if path.suffix == ".md" else path.name
