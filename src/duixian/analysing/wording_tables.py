"""Tables of wording: shared passages, what reports take over, similar reports, shared sentences, firmness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from duixian.analysing.archive_tables import find_reports
from duixian.analysing.columns import SPAN
from duixian.analysing.passages import Passage, TextGrams
from duixian.analysing.search_texts import ReportText, Texts
from duixian.analysing.similarity import Archive, Relation, Taken
from duixian.analysing.spread_tables import PLACE, place
from duixian.analysing.tables import Column, Table, Value
from duixian.analysing.wording import Firmness, Shared
from duixian.store import Generation, StoreError

_RELATIONS: dict[Relation | None, str] = {
    "own_last": "本地上一份",
    "province": "本省同年",
    "province_last": "本省上年",
    "nation": "全国同年",
    "nation_last": "全国上年",
    None: "",
}
_SHOWN = 12  # places named in a row of shared wording


def find_text(store: Generation, texts: Texts, spec: str) -> ReportText:
    """The text that ``安徽:2025`` (or a report's id) means; without a year the latest report.

    Raises:
        StoreError: where there is none.
    """
    name, _, year = spec.replace("：", ":").partition(":")
    if year and not year.isdigit():
        raise StoreError(f"{spec!r} names no report; write 安徽:2025")
    found = find_reports(store, name, int(year) if year else None)
    report = found[0] if year else max(found, key=lambda r: r.year)
    return texts.find(report.report_id, report.source)


def passages_table(text: ReportText, other: ReportText, least: int) -> Table:
    """The passages that two reports share, the longest first, with their places in both.

    Args:
        text: the earlier report.
        other: the later one.
        least: characters of a passage at least.
    """
    columns = (
        Column("length", "字数", "characters", numeric=True),
        Column("passage", "共同段落", "passage", wide=True),
        *SPAN,
        Column("other_source", "另一来源", "other source", detail=True),
        Column("other_start", "另一起", "other start", numeric=True, detail=True),
        Column("other_end", "另一止", "other end", numeric=True, detail=True),
    )
    here, there = TextGrams(text.text, least), TextGrams(other.text, least)
    found = sorted(here.passages(there), key=lambda p: (-p.length, p.other_start))
    rows = tuple(_passage(text, other, p) for p in found)
    both = f"{there.taken_from(here):.1%} of {_name(other)} stands in {_name(text)}, {here.taken_from(there):.1%} the other way"
    note = f"{len(found):,} passages; {both}"
    return Table("passages", columns, rows, note=note)


def _passage(text: ReportText, other: ReportText, p: Passage) -> tuple[Value, ...]:
    words = text.text[p.start : p.start + p.length]
    here = text.positions.span(p.start, p.start + p.length)
    there = other.positions.span(p.other_start, p.other_start + p.length)
    return (p.length, words, text.report.source, *here, other.report.source, *there)


def _name(text: ReportText) -> str:
    return f"{text.report.region} {text.report.year}"


def own_last(texts: Texts, text: ReportText) -> ReportText:
    """The place's last report before one.

    Raises:
        StoreError: where there is none.
    """
    found = Archive(texts).before(text.report.region_id, text.report.year)
    if found is None:
        raise StoreError(f"no earlier report of {text.report.region} than that of {text.report.year}; name the one to compare with")
    return found


def taken_table(found: Iterable[Taken], name: str = "taken_over") -> Table:
    """The share that reports take over from others."""
    columns = (
        *PLACE,
        Column("relation", "对照", "relation", detail=True),
        Column("relation_zh", "对照", "compared with"),
        Column("other_region", "对照地区", "place"),
        Column("other_year", "对照年份", "year", numeric=True),
        Column("share", "沿用比例", "share", numeric=True),
        Column("report_id", "编号", "id", detail=True),
        Column("other_report_id", "对照编号", "other id", detail=True),
    )
    rows = tuple(
        (
            *place(t.text),
            t.relation,
            _RELATIONS[t.relation],
            t.other.report.region,
            t.other.report.year,
            round(t.share, 4),
            t.text.report.report_id,
            t.other.report.report_id,
        )
        for t in found
    )
    return Table(name, columns, rows)


def shared_table(found: Sequence[Shared], limit: int | None = None) -> Table:
    """Sentences that several places share."""
    columns = (
        Column("places", "地区数", "places", numeric=True),
        Column("reports", "报告数", "reports", numeric=True),
        Column("words", "原句", "sentence", wide=True),
        Column("where", "地区", "where", wide=True),
        Column("report_ids", "编号", "ids", detail=True),
        Column("first_source", "来源", "source", detail=True),
        Column("first_start", "起", "start", numeric=True, detail=True),
        Column("first_end", "止", "end", numeric=True, detail=True),
    )
    rows = []
    for s in found[:limit]:
        names = list(dict.fromkeys(t.report.region for t, _ in s.stands))
        said = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
        first, span = s.stands[0]
        ids = " ".join(t.report.report_id for t, _ in s.stands)
        rows.append((s.places, len(s.stands), s.words, said, ids, first.report.source, *first.positions.span(*span)))
    return Table("shared", columns, tuple(rows), note=f"{len(found):,} sentences; {len(rows):,} shown")


def firmness_table(found: Iterable[Firmness]) -> Table:
    """How firmly reports speak: targets with numbers, promises by strength."""
    columns = (
        *PLACE,
        Column("targets", "目标数", "targets", numeric=True),
        Column("numeric_share", "量化比例", "with a number", numeric=True),
        Column("exact_share", "确数比例", "with a plain number", numeric=True),
        Column("promises", "任务数", "promises", numeric=True),
        Column("hard_share", "硬承诺比例", "hard", numeric=True),
        Column("soft_share", "软承诺比例", "soft", numeric=True),
        Column("process_share", "过程性比例", "process", numeric=True),
        Column("quantified_share", "带数比例", "quantified", numeric=True),
    )

    def part(n: int, of: int) -> float | None:
        return round(n / of, 4) if of else None

    rows = tuple(
        (
            *(f.region, f.region_code, f.region_id, f.level, f.year, f.targets, part(f.numeric, f.targets), part(f.exact, f.targets)),
            *(f.promises, *(part(n, f.promises) for n in (f.hard, f.soft, f.process, f.quantified))),
        )
        for f in found
    )
    return Table("firmness", columns, rows)
