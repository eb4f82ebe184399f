"""What was aimed at and what came: the account of places and years, and what it adds up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from duixian.analysing.archive_tables import LEVELS_ZH
from duixian.analysing.headline import check_indicators
from duixian.analysing.settlements_words import (
    AGG_ZH,
    TIER_ZH,
    VERDICTS_ZH,
    gap_in_words,
    indicator_in_words,
    reason_in_words,
    side_in_words,
)
from duixian.analysing.tables import Column, Table, Value
from duixian.registry.indicators import is_fall
from duixian.store import Generation
from duixian.store.queries import SETTLEMENTS, PlacedSettlement

By = Literal["indicator", "region", "level", "year"]
BY: Final[tuple[By, ...]] = ("indicator", "region", "level", "year")
JUDGED: Final = ("met", "about_met", "missed")
_NUMBERED: Final = ("=", "~", ">=", "<=", "range")

_ROWS: Final = (
    Column("region", "地区", "region"),
    Column("region_code", "区划代码", "code", detail=True),
    Column("region_id", "固定代码", "region_id", detail=True),
    Column("region_level", "级别", "level", detail=True),
    Column("period", "年份", "period"),
    Column("indicator", "指标代码", "indicator id", detail=True),
    Column("indicator_zh", "指标", "indicator"),
    Column("tier", "档", "tier"),
    Column("agg", "口径", "over the years"),
    Column("target", "目标", "target", numeric=True),
    Column("actual", "实际", "result", numeric=True),
    Column("gap_shown", "差距", "gap", numeric=True),
    Column("verdict", "结算", "verdict"),
    Column("reason", "理由", "reason"),
    Column("gap", "差距（基准单位）", "gap in the canonical unit", numeric=True, detail=True),
    Column("gap_unit", "基准单位", "canonical unit", detail=True),
    Column("tolerance", "容差", "tolerance", numeric=True, detail=True),
    Column("target_quote", "目标原文", "target sentence", wide=True),
    Column("target_source", "目标来源", "target source", detail=True),
    Column("target_start", "起", "start", numeric=True, detail=True),
    Column("target_end", "止", "end", numeric=True, detail=True),
    Column("actual_quote", "实际原文", "result sentence", wide=True),
    Column("actual_source", "实际来源", "result source", detail=True),
    Column("actual_start", "起", "start", numeric=True, detail=True),
    Column("actual_end", "止", "end", numeric=True, detail=True),
    Column("yardstick", "比较对象", "compared with", detail=True),
    Column("yardstick_low", "比较值", "value compared with", numeric=True, detail=True),
    Column("yardstick_source", "比较来源", "source compared with", detail=True),
    Column("confession_quote", "承认", "admission", wide=True, detail=True),
    Column("confession_source", "承认来源", "admission source", detail=True),
)


def settlements(
    store: Generation,
    *,
    indicators: Sequence[str] | None = None,
    first: int | None = None,
    last: int | None = None,
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
) -> tuple[PlacedSettlement, ...]:
    """The settlements of places and years, typed.

    Args:
        store: an open store.
        indicators: ids of indicators; all by default.
        first: first year that is settled (of a plan, its last year counts).
        last: last year.
        levels: levels of government.
        codes: codes of places.

    Raises:
        StoreError: for an unknown indicator.
    """
    check_indicators(indicators or ())
    return store.rows(
        SETTLEMENTS,
        indicators=list(indicators) if indicators else None,
        first=first,
        last=last,
        levels=list(levels) if levels else None,
        codes=list(codes) if codes else None,
    )


def settlements_table(rows: Sequence[PlacedSettlement], lang: Literal["zh", "en"] = "zh") -> Table:
    """One settlement a row, with both sentences."""
    return Table("settlements", _ROWS, tuple(_row(r, lang) for r in rows), note=_note(rows, lang))


def _row(one: PlacedSettlement, lang: Literal["zh", "en"]) -> tuple[Value, ...]:
    zh = lang == "zh"
    shown: dict[str, Value] = {
        "indicator_zh": indicator_in_words(one.indicator, lang),
        "tier": TIER_ZH[one.tier] if zh else one.tier,
        "agg": AGG_ZH[one.agg] if one.agg and zh else one.agg,
        "target": side_in_words(one, "target"),
        "actual": side_in_words(one, "actual"),
        "gap_shown": gap_in_words(one, lang),
        "verdict": VERDICTS_ZH[one.verdict] if zh else one.verdict,
        "reason": reason_in_words(one.reason, lang),
    }
    return tuple(shown[c.name] if c.name in shown else getattr(one, c.name) for c in _ROWS)


def _note(rows: Sequence[PlacedSettlement], lang: Literal["zh", "en"]) -> str:
    counts = {v: sum(r.verdict == v for r in rows) for v in VERDICTS_ZH}
    parts = (f"{VERDICTS_ZH[v] if lang == 'zh' else v} {n}" for v, n in counts.items())
    return f"{len(rows)}: {', '.join(parts)}"


def real(rows: Iterable[PlacedSettlement]) -> tuple[PlacedSettlement, ...]:
    """The rows that may enter an aggregate: the sample's fictional places count only where there is nothing else."""
    found = tuple(rows)
    return tuple(r for r in found if not r.sample) or found


_KEYS: dict[By, tuple[Column, ...]] = {
    "indicator": (Column("indicator", "指标代码", "indicator"), Column("name", "名称", "name")),
    "region": (Column("region_id", "固定代码", "code"), Column("region", "地区", "region")),
    "level": (Column("level", "级别代码", "level"), Column("name", "级别", "name")),
    "year": (Column("year", "年份", "year"),),
}


def summary_table(rows: Iterable[PlacedSettlement], by: By, lang: Literal["zh", "en"] = "zh") -> Table:
    """How many targets were met, and by how much they were passed or missed on average, by indicator, region, level or year.

    The share counts 完成 and 基本完成 of those that could be judged. The average gap is of rates (percentage points) of one year only;
    amounts differ in kind. Base values of one year count; stretch values and plans do not.

    Args:
        rows: settlements.
        by: what to group by.
        lang: of the names.
    """
    groups: dict[str, list[PlacedSettlement]] = defaultdict(list)
    for one in real(rows):
        if one.tier == "base" and one.agg is None:
            groups[_group(one, by)].append(one)
    columns = (
        *_KEYS[by],
        Column("targets", "目标数", "targets", numeric=True),
        *(Column(v, zh, v.replace("_", " "), numeric=True) for v, zh in VERDICTS_ZH.items()),
        Column("share", "完成率%", "share met %", numeric=True),
        Column("mean_gap", "平均差距（百分点）", "mean gap, points", numeric=True),
    )
    body = [(*_named(key, by, lang), *_counts(members)) for key, members in sorted(groups.items())]
    return Table("settlements_summary", columns, tuple(body))


def _group(one: PlacedSettlement, by: By) -> str:
    if by == "region":
        return f"{one.region_id} {one.region}"
    return {"indicator": one.indicator, "level": one.region_level, "year": one.period}[by]


def _named(key: str, by: By, lang: Literal["zh", "en"]) -> tuple[str, ...]:
    if by == "year":
        return (key,)
    if by == "region":
        code, _, region = key.partition(" ")
        return code, region
    name = indicator_in_words(key, lang) if by == "indicator" else LEVELS_ZH[key] if lang == "zh" else key
    return key, name


def _counts(members: Sequence[PlacedSettlement]) -> tuple[Value, ...]:
    counts = [sum(m.verdict == v for m in members) for v in VERDICTS_ZH]
    judged = sum(m.verdict in JUDGED for m in members)
    share = round(100 * (counts[0] + counts[1]) / judged, 1) if judged else None
    return (len(members), *counts, share, mean_gap(members))


def mean_gap(members: Iterable[PlacedSettlement]) -> float | None:
    """The mean gap of rates, in percentage points; none where there is no gap."""
    gaps = [m.gap for m in members if m.gap is not None and m.gap_unit in ("%", "个百分点")]
    return round(sum(gaps) / len(gaps), 3) if gaps else None


def aims(one: PlacedSettlement) -> float | None:
    """The less demanding bound of a target with a number, as written; a fall is negative."""
    if one.target_low is None or one.target_comparator not in _NUMBERED:
        return None
    return -one.target_low if is_fall(one.indicator, one.target_direction) else one.target_low
