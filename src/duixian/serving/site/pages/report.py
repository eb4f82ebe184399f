"""A report: its text with the outline, figures and promises marked, facts in the margin; two reports side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duixian.analysing.archive_tables import outline_table, sections_of
from duixian.analysing.passages import LEAST, TextGrams
from duixian.analysing.settlements_words import indicator_in_words
from duixian.analysing.tables import Column, Table
from duixian.analysing.wording_tables import passages_table
from duixian.model import Measurement
from duixian.registry.indicators import is_fall
from duixian.registry.regions import regions
from duixian.serving.site.context import NotThereError, Page, Request
from duixian.serving.site.marking import Bit, Block, Mark, bits, front_matter, paragraphs, sentence_span, touching
from duixian.serving.site.pages.routes import PageRoute
from duixian.serving.site.pages.shared import name_of, report_of
from duixian.serving.site.pages.textless import how_to_add, located, located_promises, located_spot
from duixian.store import CommitmentRow, ReportRow, SectionRow
from duixian.store.queries import MEASUREMENTS
from duixian.store.site_queries import COMMITMENTS

MARKS = ("figures", "promises", "both", "none")
HEADING = 40  # characters of a heading in the outline
CONTEXT = 60  # characters of a passage shown in the list


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A line of the outline."""

    role: str
    level: int
    heading: str
    start: int


@dataclass(frozen=True, slots=True)
class Spot:
    """The sentence that an address points at, with its citation."""

    quote: str
    start: int
    end: int
    citation: str


def report(request: Request) -> Page:
    """A report's text."""
    found = report_of(request, request.path["report_id"])
    show = request.params.one_of("show", MARKS, "both")
    at = request.params.number("at", -1, 0, 100_000_000)
    if not request.shelf.has_text(found):
        return _textless(request, found, at)
    text = request.store.text(found.source, found.start, found.end)
    sections = sections_of(request.store, found)
    figures = request.store.rows(MEASUREMENTS, report_id=found.report_id, source=found.source)
    promises = request.store.rows(COMMITMENTS, report_id=found.report_id, source=found.source)
    spot = _spot(request, found, text, at, figures, promises)
    marks = _marks(request, show, figures, promises)
    if spot:
        marks.append(Mark(spot.start, spot.end, "spot"))
    before, after = request.shelf.beside(found)
    province = regions().at(found.region_id, found.year)
    shows = {
        "report": found,
        "place": name_of(province) if province else found.region,
        "outline": _outline(sections),
        "blocks": _blocks(text, found, sections, sorted(marks, key=lambda m: m.start), spot, _notes(request, show, figures)),
        "before": before,
        "after": after,
        "others": request.shelf.editions_of(found),
        "above": [r for r in _above(request, found) if r],
        "spot": spot,
        "show": show,
        "marks": MARKS,
        "figures": sum(f.indicator is not None for f in figures),
        "values": len(figures),
        "promises": len(promises),
    }
    title = f"{found.region} {found.year}"
    return Page(title, "report.html", shows, lambda: outline_table(request.store, found) if show == "none" else facts_table(found, figures))


def _textless(request: Request, found: ReportRow, at: int) -> Page:
    """A report of which only figures are here."""
    figures = request.store.rows(MEASUREMENTS, report_id=found.report_id, source=found.source)
    promises = request.store.rows(COMMITMENTS, report_id=found.report_id, source=found.source)
    listed = located_promises(promises, figures)
    before, after = request.shelf.beside(found)
    province = regions().at(found.region_id, found.year)
    shows = {
        "report": found,
        "place": name_of(province) if province else found.region,
        "how": how_to_add(request, found),
        "before": before,
        "after": after,
        "spot": located_spot(request, found, at, figures, listed),
        "figures": located(request, figures),
        "promises": listed,
        "outline": [s for s in sections_of(request.store, found) if s.level == 1],
    }
    return Page(f"{found.region} {found.year}", "textless.html", shows, lambda: facts_table(found, figures))


def facts_table(found: ReportRow, figures: Sequence[Measurement]) -> Table:
    """Every measured value of a report, with its sentence."""
    names = ("name", "indicator", "role", "period", "comparator", "hedge", "low", "high", "unit", "direction", "scope", "scope_name",
             "section", "rule", "quote", "start", "end", "measurement_id")  # fmt: skip
    zh = ("名称", "指标", "类别", "时期", "比较", "限定词", "值", "上限", "单位", "方向", "范围", "范围名称",
          "部分", "规则", "原文", "起", "止", "编号")  # fmt: skip
    numeric = {"low", "high", "start", "end"}
    columns = tuple(Column(n, z, n.replace("_", " "), numeric=n in numeric, wide=n == "quote") for n, z in zip(names, zh, strict=True))
    return Table("measurements", columns, tuple(tuple(getattr(f, n) for n in names) for f in figures), note=f"{found.region} {found.year}")


def _spot(
    request: Request, found: ReportRow, text: str, at: int, figures: Sequence[Measurement], promises: Sequence[CommitmentRow]
) -> Spot | None:
    """The fact that begins at a position, else the sentence around it."""
    if not found.start <= at < found.end:
        return None
    exact = [(p.start, p.end) for p in promises if p.start == at] + [(f.start, f.end) for f in figures if f.start == at]
    inside = sentence_span(text, at - found.start)
    a, b = max(exact, key=lambda s: s[1] - s[0]) if exact else (inside[0] + found.start, inside[1] + found.start)
    quote = " ".join(text[a - found.start : b - found.start].split())
    where = f"{found.title or f'{found.region}政府工作报告'}（{found.region}，{found.year}）"
    return Spot(quote, a, b, request.say(f"“{quote}”——{where}，{found.source} {a}–{b}", f"“{quote}” ({where}, {found.source} {a}–{b})"))


def _marks(request: Request, show: str, figures: Sequence[Measurement], promises: Sequence[CommitmentRow]) -> list[Mark]:
    marks = []
    if show in ("figures", "both"):
        for f in figures:
            kind = f"fig {f.role}" if f.indicator else "fig plain"
            marks.append(Mark(f.value_start, f.value_end, kind, _told(request, f), f"/indicator/{f.indicator}" if f.indicator else None))
    if show in ("promises", "both"):
        for p in promises:
            marks.append(Mark(p.start, p.end, f"prom {p.strength}", "", f"/promise/{p.commitment_id}"))
    return marks


def _told(request: Request, f: Measurement) -> str:
    role = {"actual": request.say("实际", "result"), "target": request.say("目标", "target"), "other": request.say("其他", "other")}[f.role]
    name = indicator_in_words(f.indicator, request.lang) if f.indicator else f.name
    return " · ".join(x for x in (name, role, f.period) if x)


def _notes(request: Request, show: str, figures: Sequence[Measurement]) -> list[Mark]:
    """Values of known indicators, for the margin."""
    if show in ("none", "promises"):
        return []
    found = []
    for f in figures:
        if f.indicator and f.role != "other" and f.scope == "region":
            name = indicator_in_words(f.indicator, request.lang)
            value = f"{f.low:g}{f.unit or ''}" if f.low is not None else f.hedge or ""
            if is_fall(f.indicator, f.direction):
                value = f"↓{value}"
            found.append(Mark(f.value_start, f.value_end, f.role, f"{name} {value}", f"/indicator/{f.indicator}"))
    return sorted(found, key=lambda m: m.start)


def _blocks(
    text: str, found: ReportRow, sections: Sequence[SectionRow], marks: Sequence[Mark], spot: Spot | None, notes: Sequence[Mark]
) -> list[Block]:
    starts = [m.start for m in marks]
    longest = max((m.end - m.start for m in marks), default=0)
    heads = {s.start: s for s in sections if s.heading}
    anchors = {spot.start: "at"} if spot else {}
    blocks = []
    note_starts = [n.start for n in notes]
    named = {s.start: f"s{s.start}" for s in sections}
    about = found.start + front_matter(text)
    for span in paragraphs(text, found.start, {*named, about}):
        if span[1] <= about:
            continue
        here = touching(marks, starts, span, longest)
        body = text[span[0] - found.start : span[1] - found.start]
        head = heads.get(span[0])
        heading = min(head.level + 1, 4) if head and head.heading and len(body.strip()) <= len(head.heading) + 6 else 0
        margin = touching(notes, note_starts, span, 60)
        anchor = named.get(span[0], "")
        blocks.append(Block(span[0], heading, _trimmed(bits(text, found.start, span, here, anchors)), _once(margin), anchor))
    return blocks


def _once(notes: Sequence[Mark]) -> tuple[Mark, ...]:
    seen: dict[str, Mark] = {}
    for n in notes:
        seen.setdefault(n.kind + n.words, n)
    return tuple(seen.values())


def _trimmed(pieces: Sequence[Bit]) -> tuple[Bit, ...]:
    """Without line breaks, which only end paragraphs here."""
    return tuple(Bit(b.text.replace("\n", " "), b.kinds, b.words, b.target, b.anchor) for b in pieces if b.text.strip("\n"))


def _outline(sections: Sequence[SectionRow]) -> list[OutlineItem]:
    found = []
    for s in sections:
        heading = (s.heading or "").strip("#* \u3000")
        if s.level <= 2 and (heading or s.level == 1):
            found.append(OutlineItem(s.role, s.level, heading if len(heading) <= HEADING else f"{heading[:HEADING]}…", s.start))
    return found


def _above(request: Request, found: ReportRow) -> list[ReportRow | None]:
    """The reports of the places above in the same year, nearest first."""
    place = regions().at(found.region_id, found.year)
    return [request.shelf.at(a.region_id, found.year) for a in regions().ancestors(place, found.year)] if place else []


def beside(request: Request) -> Page:
    """Two reports side by side, shared passages marked."""
    one, other = report_of(request, request.path["report_id"]), report_of(request, request.path["other_id"])
    if (one.report_id, one.source) == (other.report_id, other.source):
        raise NotThereError(request.say("两边是同一篇报告", "both sides are the same report"))
    least = request.params.number("least", LEAST, 6, 200)
    title = f"{one.region} {one.year} · {other.region} {other.year}"
    if not (request.shelf.has_text(one) and request.shelf.has_text(other)):
        return Page(title, "beside_textless.html", {"how": how_to_add(request, one, other)}, _no_passages)
    whole = [request.store.text(r.source, r.start, r.end) for r in (one, other)]
    heads = [front_matter(text) for text in whole]
    texts = [text[head:] for text, head in zip(whole, heads, strict=True)]
    grams = [TextGrams(t, least) for t in texts]
    passages = sorted(grams[0].passages(grams[1]), key=lambda p: (-p.length, p.other_start))
    kept = passages[:400]
    sides = []
    for side, (r, text) in enumerate(zip((one, other), texts, strict=True)):
        first = r.start + heads[side]
        spots = [(p.start if side == 0 else p.other_start, p.length, n) for n, p in enumerate(kept, 1)]
        marks = sorted((Mark(first + a, first + a + size, "same", str(n), f"#{'rl'[side]}{n}") for a, size, n in spots), key=_start)
        anchors = {first + a: f"{'lr'[side]}{n}" for a, size, n in reversed(spots)}
        starts, longest = [m.start for m in marks], max((m.end - m.start for m in marks), default=0)
        spans = paragraphs(text, first)
        sides.append(
            (r, [Block(s[0], 0, _trimmed(bits(text, first, s, touching(marks, starts, s, longest), anchors)), (), "") for s in spans])
        )
    shows = {
        "one": one,
        "other": other,
        "least": least,
        "sides": sides,
        "count": len(passages),
        "longest": [(n, _opening(texts[0][p.start : p.start + p.length]), p.length) for n, p in enumerate(kept[:12], 1)],
        "shares": (round(100 * grams[0].taken_from(grams[1]), 1), round(100 * grams[1].taken_from(grams[0]), 1)),
    }

    def table() -> Table:
        held = request.shelf.texts()
        return passages_table(held.find(one.report_id, one.source), held.find(other.report_id, other.source), least)

    return Page(title, "beside.html", shows, table)


def _no_passages() -> Table:
    raise NotThereError("the texts of both reports are needed, and one is not in this store")


def _opening(passage: str) -> str:
    """The first words of a passage, without the marks that it may begin with."""
    return " ".join(passage.split()).lstrip("，。、；：！？）%")[:CONTEXT]


def _start(mark: Mark) -> int:
    return mark.start


ROUTES = (
    PageRoute(
        "/report/{report_id}", report, ("at", "show"), "a report's text with its outline, figures and promises; the table has its values"
    ),
    PageRoute("/report/{report_id}/beside/{other_id}", beside, ("least",), "two reports side by side, with the passages they share"),
)
