"""A report as one self-contained page: every measurement marked by its role, its record on hover, filters, no network."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from duixian._version import __version__
from duixian.analysing.archive_tables import ROLES_ZH as PARTS_ZH
from duixian.analysing.headline import in_words
from duixian.analysing.report_facts import ROLES_ZH, by_section
from duixian.model import Measurement
from duixian.registry.indicators import indicator_table
from duixian.store import Generation, ReportRow

ROLES = tuple(ROLES_ZH)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, plain or the value of a fact."""

    text: str
    fact: int | None  # its number in the page's list of records
    role: str
    known: bool


@dataclass(frozen=True, slots=True)
class PartShown:
    """A section as the page shows it."""

    name: str
    heading: str | None
    paragraphs: tuple[tuple[Span, ...], ...]


def annotated(store: Generation, report: ReportRow) -> str:
    """The page.

    Args:
        store: an open store.
        report: the report.
    """
    facts: list[list[tuple[str, str]]] = []
    parts: list[PartShown] = []
    counts: Counter[str] = Counter()
    for part in by_section(store, report):
        text = store.text(report.source, part.section.start, part.section.end)
        spans = list(_spans(text, part.section.start, part.facts, facts))
        counts.update(m.role for m in part.facts)
        parts.append(PartShown(PARTS_ZH[part.section.role], part.section.heading, tuple(_paragraphs(spans))))
    environment = Environment(loader=PackageLoader("duixian.serving"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("annotated.html").render(
        report=report,
        parts=parts,
        roles=[(role, ROLES_ZH[role], counts[role]) for role in ROLES],
        facts=_json(facts),
        version=__version__,
    )


def _spans(text: str, base: int, facts: Sequence[Measurement], records: list[list[tuple[str, str]]]) -> Iterator[Span]:
    """The text of a section in runs; where values overlap the first one is marked."""
    at = 0
    for m in sorted((f for f in facts if f.value_end > f.value_start), key=lambda f: (f.value_start, -f.value_end)):
        start, end = m.value_start - base, min(m.value_end - base, len(text))
        if start < at:
            continue
        yield Span(text[at:start], None, "", False)
        yield Span(text[start:end], len(records), m.role, m.indicator is not None)
        records.append(_record(m))
        at = end
    yield Span(text[at:], None, "", False)


def _paragraphs(spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Runs cut at line feeds."""
    line: list[Span] = []
    for span in spans:
        pieces = span.text.split("\n") if span.fact is None else [span.text]
        for i, piece in enumerate(pieces):
            if i and line:
                yield tuple(line)
                line = []
            if piece:
                line.append(Span(piece, span.fact, span.role, span.known))
    if line:
        yield tuple(line)


def _record(m: Measurement) -> list[tuple[str, str]]:
    indicator = indicator_table().indicators.get(m.indicator or "")
    rows = (
        ("名称", m.name),
        ("指标", f"{indicator.zh} ({indicator.id})" if indicator else None),
        ("数值", in_words(m)),
        ("类别", ROLES_ZH[m.role]),
        ("年份", m.period),
        ("口径", m.agg),
        ("比较", m.comparator),
        ("方向", m.direction),
        ("范围", m.scope_name),
        ("基准", m.basis),
        ("参照", m.reference),
        ("规则", m.rule),
        ("标记", ", ".join(m.flags)),
        ("位置", f"{m.start}–{m.end}"),
    )
    return [(name, value) for name, value in rows if value]


def _json(facts: list[list[tuple[str, str]]]) -> Markup:
    """JSON that can stand in a script element."""
    text = json.dumps(facts, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - escaped as JSON
