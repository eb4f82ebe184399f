"""The store: segments of what was found in each document, generations of tables made of them, named queries, export."""

from __future__ import annotations

from duixian.store.archive import Generation, open_store
from duixian.store.building import BuildSummary, Progress, build
from duixian.store.errors import StoreError
from duixian.store.exporting import export
from duixian.store.queries import QUERIES, PlacedMeasurement, Query
from duixian.store.rows import (
    EXPORTED,
    TABLES,
    CommitmentRow,
    FollowupRow,
    LivelihoodRow,
    ReadingRow,
    RepairRow,
    ReportRow,
    SectionRow,
    SettlementRow,
    TextRow,
)

__all__ = [
    "EXPORTED",
    "QUERIES",
    "TABLES",
    "BuildSummary",
    "CommitmentRow",
    "FollowupRow",
    "Generation",
    "LivelihoodRow",
    "PlacedMeasurement",
    "Progress",
    "Query",
    "ReadingRow",
    "RepairRow",
    "ReportRow",
    "SectionRow",
    "SettlementRow",
    "StoreError",
    "TextRow",
    "build",
    "export",
    "open_store",
]
