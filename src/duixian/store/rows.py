"""The rows of the store's tables; the columns are the fields, in their order, and serving/site/codebook.toml says what each means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from duixian.model import Level, Measurement, ReadFailure, Rejected, Role
from duixian.reading.pieces import Reference
from duixian.settling.checking import ValueFlag
from duixian.settling.followups.records import Followup
from duixian.settling.records import Settlement

SettlementRow = Settlement  # the row is the record itself
FollowupRow = Followup


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of the archive, with its place among the editions of the same report."""

    report_id: str
    doc_id: str
    source: str
    text_sha256: str  # of the document's source text in UTF-8
    reader_version: str
    region: str
    region_code: str
    region_id: str
    level: Level
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
    url: str | None
    edition_of: str | None  # report_id of the primary edition; null for the primary itself
    primary: bool
    sample: bool
    flags: tuple[str, ...]
    start: int
    end: int
    chars: int


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its report."""

    report_id: str
    source: str
    region_code: str
    year: int
    role: Role
    level: int
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LivelihoodRow:
    """A livelihood item with its report."""

    report_id: str
    source: str
    region_code: str
    year: int
    n: int
    announced: int | None
    title: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadingRow(Measurement):
    """A candidate for a headline cell (report, indicator, role)."""

    chosen: bool
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A promise of a report."""

    commitment_id: str
    report_id: str
    source: str
    region_code: str
    year: int
    kind: Literal["quantified", "milestone", "qualitative"]
    term: Literal["year", "plan"]
    strength: Literal["hard", "soft", "process"]
    livelihood_n: int | None
    topic: str | None  # several are joined by "、"
    deadline: str | None
    deadline_quote: str | None
    livelihood: bool
    responsible: str | None
    project: str | None
    quantities: tuple[str, ...]
    theme: str | None
    number: int
    section: Role
    rule: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OfficialRow(Measurement):
    """A figure of a communiqué; ``report_id`` is the reference's id, ``year`` the one after its data, as in a report."""

    chosen: bool  # the one that stands for its indicator


@dataclass(frozen=True, slots=True)
class RepairRow:
    """How often a named repair rule fired in a document."""

    source: str
    rule: str
    count: int


@dataclass(frozen=True, slots=True)
class PageRow:
    """Where a page of a paged document (PDF, OFD) stands in its text."""

    source: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextRow:
    """A document's source text, into which all positions point."""

    doc_id: str
    source: str
    text_sha256: str
    chars: int
    text: str


TABLES: Mapping[str, type] = {
    "reports": ReportRow,
    "rejected": Rejected,
    "sections": SectionRow,
    "livelihood": LivelihoodRow,
    "measurements": Measurement,
    "readings": ReadingRow,
    "panel": Measurement,
    "commitments": CommitmentRow,
    "settlements": SettlementRow,
    "references": Reference,
    "official": OfficialRow,
    "value_flags": ValueFlag,
    "followups": FollowupRow,
    "failures": ReadFailure,
    "repairs": RepairRow,
    "pages": PageRow,
    "texts": TextRow,
}
EXPORTED = tuple(name for name in TABLES if name != "texts")  # the texts are the users' own files
