"""Settlements in words: values as people write them, verdicts and reasons in Chinese, the sentence around a quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from duixian.analysing.tables import Lang
from duixian.registry.indicators import indicator_table, is_fall
from duixian.registry.units import digits, unit_table
from duixian.settling import verdicts
from duixian.settling.records import Settlement, Verdict
from duixian.store import Generation

VERDICTS_ZH: Final[Mapping[Verdict, str]] = MappingProxyType(
    {"met": "完成", "about_met": "基本完成", "missed": "未完成", "not_reported": "未报告", "not_comparable": "不可比"}
)
REASONS_ZH: Final[Mapping[str, str]] = MappingProxyType(
    {
        verdicts.SILENT: "下一年报告未提及",
        verdicts.ABSTRACT: "下一年只有报告摘要",
        verdicts.UNIT: "计量单位不同",
        verdicts.BASIS: "口径不同",
        verdicts.BASE: "基期不同",
        verdicts.APART: "两数相差五倍以上，恐非同一范围",
        verdicts.BOUND: "结果只给出界限",
        verdicts.BOUND_YARDSTICK: "比较对象只给出界限",
        verdicts.NO_NUMBER: "结果没有数值",
        verdicts.NO_MEASURE: "目标没有可量化的内容",
        verdicts.NO_YARDSTICK: "缺少比较对象的数值",
        verdicts.CONFESSED: "报告在问题部分承认未达目标",
        verdicts.CONTRADICTED: "数值达到目标，但报告在问题部分承认未达目标",
        verdicts.IN_PARTS: "结果分项给出，以较差的一项为准",
        verdicts.PARTS_DIFFER: "结果分项给出，只有一项达到目标",
        verdicts.SETTLED: "与目标值比较",
        verdicts.AGAINST: "与比较对象比较",
        verdicts.ZERO: "与零比较",
    }
)
AGG_ZH: Final[Mapping[str, str]] = MappingProxyType({"avg": "年均", "cum": "累计", "each": "每年", "end": "期末"})
TIER_ZH: Final[Mapping[str, str]] = MappingProxyType({"base": "基本", "stretch": "力争"})
# Where a sentence ends. Matches "。", and the break behind it or behind a short line; a break inside a long line is one of the page.
_END: Final = re.compile(r"[。；！？]|(?<![^\n]{20})\n|\n\s*\n(?=[#*\s]*[一二三四五六七八九十（(])")
_LONGEST: Final = 160  # characters of a sentence that are shown on either side of the quote


def side_in_words(one: Settlement, side: Literal["target", "actual"]) -> str | None:
    """The target or the result as the text qualifies it (5.5%左右, 不低于1100万人, 下降3%, 与经济增长同步); none where there is none."""
    low = one.target_low if side == "target" else one.actual_low
    high = one.target_high if side == "target" else one.actual_high
    unit = one.target_unit if side == "target" else one.actual_unit
    direction = one.target_direction if side == "target" else one.actual_direction
    hedge = one.target_hedge if side == "target" else one.actual_hedge
    quote = one.target_quote if side == "target" else one.actual_quote
    if quote is None:
        return None
    if low is None:
        return hedge or quote
    value = amount_in_words(low, high, unit)
    if is_fall(one.indicator, direction):
        value = f"下降{value}"
    return hedged(value, digits(low), hedge, quote)


def amount_in_words(low: float, high: float | None, unit: str | None) -> str:
    """A value or a span of values with its unit: 5.5%, 5—6%, 1349084万元."""
    return f"{digits(low)}{'' if high is None or high == low else f'—{digits(high)}'}{unit or ''}"


def hedged(value: str, number: str, hedge: str | None, quote: str) -> str:
    """The value with its qualifying word where the text has it: right before the number, else behind."""
    plain = "".join(unicodedata.normalize("NFKC", quote).split())
    before = hedge and plain[: max(plain.rfind(number), 0)].endswith(hedge)
    return f"{hedge}{value}" if before else f"{value}{hedge or ''}"


def gap_in_words(one: Settlement, lang: Lang = "zh") -> str | None:
    """The gap in the target's own unit; a shortfall has a minus (0.3个百分点, -0.2万人)."""
    gap = gap_in_target_unit(one)
    if gap is None:
        return None
    unit = one.target_unit or one.gap_unit or ""
    if one.gap_unit in ("%", "个百分点"):
        unit = "个百分点" if lang == "zh" else " points"
    return f"{gap:f}{unit}"


def gap_in_target_unit(one: Settlement) -> Decimal | None:
    """The gap in the unit that the target is written in; the settlement itself keeps it in the canonical unit."""
    if one.gap is None:
        return None
    worth = unit_table().worth(one.target_unit or "")
    factor = Decimal(repr(worth.factor)) if one.target_unit and worth.kind != "percent" else Decimal(1)
    scale = Decimal(1000) if one.gap_unit == "千克" and worth.canonical == "吨" else Decimal(1)
    return _plain(Decimal(repr(one.gap)) / factor / scale)


def _plain(value: Decimal) -> Decimal:
    rounded = round(value, 4)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def reason_in_words(reason: str, lang: Lang = "zh") -> str:
    """A reason in a language; what is particular stays as it stands in the text."""
    phrase, mark, detail = reason.partition(": ")
    if lang == "en":
        return reason
    return f"{REASONS_ZH.get(phrase, phrase)}：{detail}" if mark else REASONS_ZH.get(phrase, phrase)


def indicator_in_words(indicator: str, lang: Lang = "zh") -> str:
    """An indicator's name; its id where the registry has it no longer, as in a store that an older version built."""
    known = indicator_table().indicators.get(indicator)
    return indicator if known is None else known.zh if lang == "zh" else known.en


def sentence(store: Generation, source: str, start: int, end: int) -> str:
    """The sentence that holds a stretch of a document.

    Args:
        store: an open store.
        source: the document.
        start: first character of the stretch.
        end: the position after the last.
    """
    first, last = max(0, start - _LONGEST), end + _LONGEST
    around = store.text(source, first, last)
    at, to = start - first, end - first
    opening = max((m.end() for m in _END.finditer(around, 0, at)), default=0)
    closing = next((m.end() for m in _END.finditer(around, to)), len(around))
    return " ".join(around[opening:closing].split())
