"""Texts made for tests: reports of invented places in the style of the genre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from duixian.analysing.search_texts import PositionMap, ReportText, Texts, stretches
from duixian.analysing.search_words import words
from duixian.model import Level, Role
from duixian.store import ReportRow

ROW = ReportRow(
    report_id="000000000000", doc_id="0" * 64, source="a.md", text_sha256="0" * 64, reader_version="0", region="澜州省",
    region_code="980000", region_id="980000", level="province", year=2025, session=None, plan_from=2025, plan_to=2025, kind="full",
    delivered=None, meeting=None, speaker=None, speaker_title=None, title=None, url=None, edition_of=None, primary=True, sample=True,
    flags=(), start=0, end=0, chars=0,
)  # fmt: skip


def made(
    text: str, region: str = "980000", year: int = 2025, level: Level = "province", sections: Sequence[tuple[Role, int, int]] = ()
) -> ReportText:
    """A report whose repaired text is its source text."""
    row = replace(
        ROW,
        report_id=f"{abs(hash((region, year))) % 16**12:012x}",
        source=f"{region}/{year}.md",
        region=f"地方{region}",
        region_code=region,
        region_id=region,
        level=level,
        year=year,
        end=len(text),
        chars=len(text),
    )
    parts = stretches([(role, 1, role, a, b) for role, a, b in sections], len(text))
    return ReportText(row, text, len(words(text)), PositionMap((0, len(text)), (0, len(text))), parts)


def texts(*reports: ReportText) -> Texts:
    """Texts of made reports."""
    return Texts(reports)
