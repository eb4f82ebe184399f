"""National (or other) results in reports against the official communiqués."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from duixian.analysing.headline import check_indicators
from duixian.analysing.settlements_words import indicator_in_words, sentence
from duixian.analysing.tables import Column, Table, Value
from duixian.registry.indicators import indicator_table
from duixian.registry.units import digits, unit_table
from duixian.settling.verdicts import grows_really
from duixian.store import Generation
from duixian.store.queries import OFFICIAL_PAIRS, OfficialPair

_COLUMNS: Final = (
    Column("year", "年份", "year", numeric=True),
    Column("indicator", "指标代码", "indicator id", detail=True),
    Column("indicator_zh", "指标", "indicator"),
    Column("report", "报告", "report", numeric=True),
    Column("official", "公报", "communiqué", numeric=True),
    Column("difference", "差", "difference", numeric=True),
    Column("outcome", "结论", "outcome"),
    Column("report_sentence", "报告原文", "report's sentence", wide=True),
    Column("official_sentence", "公报原文", "communiqué's sentence", wide=True),
    Column("report_source", "报告来源", "report", detail=True),
    Column("report_start", "起", "start", numeric=True, detail=True),
    Column("report_end", "止", "end", numeric=True, detail=True),
    Column("official_source", "公报来源", "communiqué", detail=True),
    Column("official_start", "起", "start", numeric=True, detail=True),
    Column("official_end", "止", "end", numeric=True, detail=True),
)
OUTCOMES_ZH: Final = {"same": "一致", "rounded": "取整一致", "bound_holds": "界限成立", "differs": "不一致", "not_comparable": "不可比"}


def check_table(store: Generation, indicators: Sequence[str] | None = None, region_id: str | None = None) -> Table:
    """Each result that a report and the communiqué of the same place and year both give, with both sentences.

    Args:
        store: an open store that holds the communiqués too.
        indicators: ids of indicators; all by default.
        region_id: a place; all places by default.

    Raises:
        StoreError: for an unknown indicator.
    """
    check_indicators(indicators or ())
    pairs = store.rows(OFFICIAL_PAIRS, indicators=list(indicators) if indicators else None, region_id=region_id)
    judged = [(pair, *compare(pair)) for pair in pairs]
    rows = tuple(_row(store, pair, outcome, difference) for pair, outcome, difference in judged)
    counts = {o: sum(outcome == o for _, outcome, _ in judged) for o in OUTCOMES_ZH}
    return Table("communiques", _COLUMNS, rows, note=", ".join(f"{OUTCOMES_ZH[o]} {n}" for o, n in counts.items()))


def _row(store: Generation, pair: OfficialPair, outcome: str, difference: Decimal | None) -> tuple[Value, ...]:
    return (
        pair.year,
        pair.indicator,
        indicator_in_words(pair.indicator),
        _words(pair.report_low, pair.report_unit, pair.report_direction),
        _words(pair.official_low, pair.official_unit, pair.official_direction),
        float(difference) if difference is not None else None,
        OUTCOMES_ZH[outcome],
        sentence(store, pair.report_source, pair.report_start, pair.report_end),
        sentence(store, pair.official_source, pair.official_start, pair.official_end),
        pair.report_source,
        pair.report_start,
        pair.report_end,
        pair.official_source,
        pair.official_start,
        pair.official_end,
    )


def _words(low: float, unit: str | None, direction: str | None) -> str:
    return f"{'下降' if direction == 'down' else ''}{digits(low)}{unit or ''}"


def compare(pair: OfficialPair) -> tuple[str, Decimal | None]:
    """The outcome and the difference (report less communiqué, in the report's unit).

    Two values agree when they differ by no more than half of the last digit of the coarser one.

    Args:
        pair: both values.
    """
    one, two = unit_table().worth(pair.report_unit or ""), unit_table().worth(pair.official_unit or "")
    if one.canonical != two.canonical:
        return "not_comparable", None
    scale = Decimal(repr(two.factor)) / Decimal(repr(one.factor))
    level = indicator_table().indicators[pair.indicator].kind == "level"
    difference = _signed(pair.report_low, pair.report_direction, level) - _signed(pair.official_low, pair.official_direction, level) * scale
    if difference == 0:
        return "same", Decimal(0)
    if _other_basis(pair, level=level):
        return "not_comparable", None
    said = _last_digit(pair.report_low, rough=pair.report_comparator == "~")
    if abs(difference) <= max(said, _last_digit(pair.official_low) * scale) / 2:
        return "rounded", difference
    holds = (pair.report_comparator == ">=" and difference < 0) or (pair.report_comparator == "<=" and difference > 0)
    return ("bound_holds" if holds else "differs"), round(difference, 6)


def _other_basis(pair: OfficialPair, *, level: bool) -> bool:
    """Whether one side is deflated or adjusted and the other is not; growth of value added always is deflated, a level never."""
    return pair.report_basis != pair.official_basis and not level and not grows_really(pair.indicator)


def _signed(value: float, direction: str | None, level: bool) -> Decimal:
    exact = Decimal(repr(value))
    return -exact if direction == "down" and not level else exact


def _last_digit(value: float, *, rough: bool = False) -> Decimal:
    """The worth of the last digit that is written: 5.30 is read as 5.3, 12 000 to the one, but 近12 000 (rough) to the thousand."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent if rough else min(exponent, 0))
