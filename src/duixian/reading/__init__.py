"""Reading: formats to text, repair, splitting of compilations, who speaks for which region and year, the outline."""

from __future__ import annotations

import hashlib

from duixian.model import Document, LivelihoodItem, Rejected, Report, Section
from duixian.reading.copy import ReadingCopy
from duixian.reading.identity import identify
from duixian.reading.outline import outline
from duixian.reading.pieces import Identity, Outline, Piece, ReadResult, Reference
from duixian.reading.references import reference
from duixian.reading.repair import damage, repair
from duixian.reading.split import split

__all__ = ["ReadResult", "read_document"]


def read_document(document: Document) -> ReadResult:
    """All reports of a document with their sections and livelihood items, its reference documents, and what was refused.

    Args:
        document: a text with its hints.
    """
    copy = repair(document.text)
    reports: list[Report] = []
    references: list[Reference] = []
    rejected: list[Rejected] = []
    for piece in split(copy, document.hints):
        if piece.reason is None and (identity := identify(copy, piece.start, piece.end, document.hints)):
            reports.append(_report(document, copy, piece, identity))
        elif found := reference(document, copy, piece):
            references.append(found)
        else:
            start, end = copy.span(piece.start, piece.end)
            rejected.append(Rejected(document.source, start, end, piece.reason or "no region or year can be told from the text"))
    return ReadResult(document, copy, tuple(reports), tuple(rejected), tuple(references))


def _report(document: Document, copy: ReadingCopy, piece: Piece, identity: Identity) -> Report:
    start, end = copy.span(piece.start, piece.end)
    if piece.start == 0:
        start = 0
    if piece.end == len(copy.text):
        end = len(document.text)
    found = outline(copy, piece.start, piece.end, identity)
    harmed = tuple(
        sorted({"damaged_numbers" if d.rule == "damaged_number" else "text_corruption" for d in damage(copy, piece.start, piece.end)})
    )
    return Report(
        report_id=hashlib.sha256(f"{document.doc_id}:{start}:{end}".encode()).hexdigest()[:12],
        doc_id=document.doc_id,
        source=document.source,
        region=identity.region,
        region_code=identity.region_code,
        region_id=identity.region_id,
        level=identity.level,
        year=identity.year,
        session=identity.session,
        plan_from=identity.plan_from,
        plan_to=identity.plan_to,
        kind=identity.kind,
        delivered=identity.delivered,
        meeting=identity.meeting,
        speaker=identity.speaker,
        speaker_title=identity.speaker_title,
        title=identity.title,
        url=document.hints.url,
        sample=identity.sample,
        flags=tuple(dict.fromkeys((*identity.flags, *found.flags, *harmed))),
        start=start,
        end=end,
        sections=_sections(copy, found, piece, start, end),
        livelihood=_items(copy, found),
    )


def _sections(copy: ReadingCopy, found: Outline, piece: Piece, start: int, end: int) -> tuple[Section, ...]:
    """Sections in source positions; a part that ends where the next begins keeps the removed characters between them.

    Lines of metadata that were removed before the first part are front.
    """
    first = copy.source_start(piece.start)
    metadata = found.parts[0].role != "front" and copy.source_text[start:first].strip() != ""

    def at(position: int) -> int:
        if position <= piece.start:
            return first if metadata else start
        return end if position >= piece.end else copy.source_start(position)

    parts = tuple(Section(p.role, p.level, p.heading, at(p.start), at(p.end)) for p in found.parts)
    return (Section("front", 1, None, start, first), *parts) if metadata else parts


def _items(copy: ReadingCopy, found: Outline) -> tuple[LivelihoodItem, ...]:
    spans = [(item, *copy.span(item.start, item.end)) for item in found.items]
    return tuple(LivelihoodItem(i.n, i.announced, i.title, copy.source_text[a:b], a, b) for i, a, b in spans)
