"""A report made of one sentence, for the tests of what comes after reading."""

from __future__ import annotations

from duixian.model import LivelihoodItem, Report, Role, Section


def made_report(
    text: str,
    role: Role = "review",
    year: int = 2025,
    heading: str | None = None,
    livelihood: tuple[LivelihoodItem, ...] = (),
) -> Report:
    """A report of the fictional 云陵省 that consists of one section.

    Args:
        text: the whole text.
        role: of the section.
        year: of the plan.
        heading: of the section.
        livelihood: its livelihood items.
    """
    return Report(
        report_id=f"{year:012d}",
        doc_id="0" * 64,
        source=f"云陵省/{year}.md",
        region="云陵省",
        region_code="990000",
        region_id="990000",
        level="province",
        year=year,
        session=None,
        plan_from=year,
        plan_to=year,
        kind="full",
        delivered=None,
        meeting=None,
        speaker=None,
        speaker_title=None,
        title=None,
        url=None,
        sample=True,
        flags=(),
        start=0,
        end=len(text),
        sections=(Section(role, 1, heading, 0, len(text)),),
        livelihood=livelihood,
    )
