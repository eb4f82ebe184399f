"""What the steps of reading hand on to one another; positions are in the reading copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duixian.model import Document, Level, LivelihoodItem, Rejected, Report, Role
from duixian.reading.copy import ReadingCopy

ReferenceKind = Literal["communique", "plan"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document's reading copy that is one report, or refused with a reason."""

    start: int
    end: int
    reason: str | None = None  # why it is no report; null for a report


@dataclass(frozen=True, slots=True)
class Identity:
    """Who speaks, when, and for which years."""

    region: str
    region_code: str
    region_id: str
    level: Literal["national", "province", "prefecture", "county"]
    year: int
    session: str | None
    plan_from: int
    plan_to: int
    kind: Literal["full", "abstract"]
    delivered: str | None
    meeting: str | None
    speaker: str | None
    speaker_title: str | None
    title: str | None
    sample: bool
    flags: tuple[str, ...]
    reasons: tuple[str, ...]  # the words that decided region and year


@dataclass(frozen=True, slots=True)
class Part:
    """A section before its positions are led back to the source."""

    role: Role
    level: int
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A livelihood item before its positions are led back to the source."""

    n: int
    announced: int | None
    title: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a report (outermost first, each followed by the parts inside it) and its livelihood items."""

    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A communiqué or a plan, with the place and the years it is about."""

    reference_id: str  # twelve hex digits of sha256(doc_id, start, end)
    kind: ReferenceKind
    doc_id: str
    source: str
    region: str
    region_code: str
    region_id: str
    level: Level
    year: int  # the year whose results a communiqué gives; the first year of a plan
    year_to: int  # the same, or the last year of a plan
    title: str | None
    url: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadResult:
    """Everything that reading found in one document."""

    document: Document
    copy: ReadingCopy
    reports: tuple[Report, ...]
    rejected: tuple[Rejected, ...]
    references: tuple[Reference, ...] = ()


__all__ = ["Identity", "Item", "LivelihoodItem", "Outline", "Part", "Piece", "ReadResult", "Reference"]
