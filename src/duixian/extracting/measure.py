"""From a bound value to a measurement: indicator, role, years, comparator, scope, and the positions in the source."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from duixian.extracting.assumed import UNSAID
from duixian.extracting.bound import Bound
from duixian.extracting.dating import Dated, Dating
from duixian.extracting.frames import Frame, Frames
from duixian.extracting.qualities import basis_of, comparator, direction_of, kind, wish
from duixian.extracting.scopes import WHOLE
from duixian.extracting.shapes import MINUS
from duixian.extracting.vague import Vague
from duixian.model import Measurement, Report
from duixian.reading.copy import ReadingCopy
from duixian.registry.indicators import Indicator, indicator_table
from duixian.registry.units import unit_table

_UNITS: Final = unit_table()
_QUOTE: Final = 90  # a quote reaches back to the name unless that is farther than this
# Verbs that make an increment of a stock, and the subjects whose very measure is one.
_ADDED: Final = frozenset(("净增", "新增", "增收", "增产"))
_ADDING: Final = frozenset(("jobs_new",))
_COUNTED: Final = frozenset(("count", "people", "bare"))
_PLAIN: Final = frozenset(("plain", "doubling", "index_up", "index_down"))
_MONEY: Final = frozenset(("money", "usd"))
_SPENT: Final = ("用于", "投向", "投入")  # a share of the money, after its number
# Brought about by something else. Matches "带动出口"; not "出口".
_BROUGHT: Final = re.compile(r"带动|拉动|撬动")
# What comes on a piece of land. Matches "每平方公里土地产生1.8亿元的GDP和"; not "面积8平方公里".
_PER_LAND: Final = re.compile(r"(?:每平方公里|每公顷|每亩|亩均|地均)[^。；]*\Z")


class Writer:
    """Writes the measurements of one report.

    Args:
        report: the report.
        copy: its document's reading copy.
        base: the report's first copy position.
        text: the report's stretch of the copy, from whose start all other positions count.
        frames: its frames.
    """

    def __init__(self, report: Report, copy: ReadingCopy, base: int, text: str, frames: Frames) -> None:
        self.report = report
        self.copy = copy
        self.base = base
        self.text = text
        self.frames = frames
        self.table = indicator_table()
        self.dating = Dating(report.year, text, frames)

    def write(self, bound: Bound, frame: Frame, sentence: tuple[int, int], ordinal: int) -> Measurement:
        """The measurement of a bound value.

        Args:
            bound: a value with its name.
            frame: what holds for its sentence.
            sentence: where its sentence stands in the copy.
            ordinal: the value's place among those at the same position.
        """
        value, name = bound.value, bound.name
        worth = _UNITS.worth(value.unit)
        if worth.kind == "bare" and name.subject and value.unit[-1:] == "亿":
            worth = _UNITS.worth(value.unit + "元")  # 突破2000亿
        around = self.text[max(sentence[0], bound.tail.start - 14) : value.start]
        direction, changing = direction_of(bound)
        if direction == "up" and MINUS.match(self.text, value.start - 2):
            direction = "down"  # 增速-5.4%
        sign, hedge = comparator(bound)
        indicator = None
        if not bound.threshold and value.kind in _PLAIN and not bound.starts_range:
            indicator = self._indicator(bound, worth.kind, changing)
            if indicator is not None and not self._plausible(indicator, value.low * worth.factor):
                indicator = None
        if indicator is not None and indicator.kind != "level" and direction is None:
            direction = "down" if indicator.kind == "change" else "up"
        dated = self.dating.date(bound, frame, sentence, changing, indicator, worth)
        basis = basis_of(around, self.text, bound, sentence) if worth.kind in ("percent", "money") else None
        start, end = self._quote(bound, sentence)
        source_start, source_end = self.copy.span(self.base + start, self.base + end)
        value_start, value_end = self.copy.span(self.base + value.start, self.base + value.end)
        key = f"{self.report.report_id}:{value_start}:{value_end}:{ordinal}"
        return Measurement(
            measurement_id=hashlib.sha256(key.encode()).hexdigest()[:12],
            report_id=self.report.report_id,
            source=self.report.source,
            region_code=self.report.region_code,
            year=self.report.year,
            name=name.text[-40:] or bound.tail.adverbs or bound.tail.verb or value.unit,
            indicator=indicator.id if indicator else None,
            role=self.dating.role(bound, frame, dated.period, sentence),
            period=dated.period,
            agg=dated.agg,
            base_period=dated.base.text if dated.base else None,
            comparator=sign,
            hedge=hedge,
            low=value.low,
            high=value.high,
            unit=value.unit,
            canonical_low=value.low * worth.factor,
            canonical_high=value.high * worth.factor,
            canonical_unit=worth.canonical,
            direction=direction,
            value_kind=kind(bound, changing),
            tier="stretch" if bound.stretch else "base",
            scope="other" if bound.part else "region",
            scope_name=bound.part,
            basis=basis,
            preliminary="预计" in around,
            reference=None,
            reference_offset=None,
            section=frame.section,
            rule=bound.rule,
            flags=_flags(bound, dated),
            quote=self.copy.source_text[source_start:source_end],
            start=source_start,
            end=source_end,
            value_start=value_start,
            value_end=value_end,
        )

    def write_vague(self, vague: Vague, frame: Frame, ordinal: int) -> Measurement:
        """The measurement of a target without a number.

        Args:
            vague: the target.
            frame: what holds for its sentence.
            ordinal: its place among those at the same position.
        """
        start, end = self.copy.span(self.base + vague.start, self.base + vague.end)
        hedge_start, hedge_end = self.copy.span(self.base + vague.end - len(vague.hedge), self.base + vague.end)
        indicator = self._vague_indicator(vague)
        key = f"{self.report.report_id}:{hedge_start}:{hedge_end}:vague{ordinal}"
        changing = indicator is None or indicator.kind != "level"
        return Measurement(
            measurement_id=hashlib.sha256(key.encode()).hexdigest()[:12],
            report_id=self.report.report_id,
            source=self.report.source,
            region_code=self.report.region_code,
            year=self.report.year,
            name=vague.name.text[-40:],
            indicator=indicator.id if indicator else None,
            role="target",
            period=str(frame.last) if frame.first == frame.last else f"{frame.first}-{frame.last}",
            agg=None,
            base_period=None,
            comparator=vague.sign,
            hedge=vague.hedge,
            low=None,
            high=None,
            unit=None,
            canonical_low=None,
            canonical_high=None,
            canonical_unit=None,
            direction=wish(vague) if changing else None,
            value_kind="change" if changing else "level",
            tier="base",
            scope="region",
            scope_name=None,
            basis=None,
            preliminary=False,
            reference=vague.reference,
            reference_offset=vague.offset,
            section=frame.section,
            rule=vague.rule,
            flags=(),
            quote=self.copy.source_text[start:end],
            start=start,
            end=end,
            value_start=hedge_start,
            value_end=hedge_end,
        )

    def _vague_indicator(self, vague: Vague) -> Indicator | None:
        """The indicator of a name without a number: its growth, unless the words speak of the amount (规模, 产量)."""
        amount = "规模" in self.text[vague.start : vague.end]
        return self.table.unquantified(vague.name.subject, amount) if vague.name.subject else None

    def _indicator(self, bound: Bound, unit_kind: str, changing: bool) -> Indicator | None:
        subject = bound.name.subject
        if not subject:
            return None
        if bound.rule == "noun_after" and unit_kind not in _COUNTED:
            return None  # 每平方公里产生4亿元生产总值
        if self.text.startswith(_SPENT, bound.after.end) or (unit_kind in _MONEY and not changing and self._levered(bound)):
            return None
        if bound.tail.verb.startswith("占") or (bound.tail.verb in _ADDED and subject not in _ADDING):
            return None
        found = self.table.measure(subject, unit_kind, changing)
        if found is None and unit_kind == "percent" and not changing and not bound.tail.verb.startswith("占"):
            growth = self.table.measure(subject, unit_kind, True)
            if (
                "占" not in bound.name.text
                and growth is not None
                and growth.headline
                and self.table.measure(subject, unit_kind, False) is None
                and not bound.tail.reaches
            ):
                return growth
        return found

    def _levered(self, bound: Bound) -> bool:
        """Whether an amount is only what something brought about, or what comes on a piece of land: no amount of the whole place."""
        start = max(0, min(bound.name_start, bound.value.start) - 2) if bound.name_start >= 0 else bound.value.start
        words = self.text[max(start, bound.value.start - 40) : bound.value.start]
        if _PER_LAND.search(self.text, max(0, bound.value.start - 40), bound.value.start):
            return True
        return _BROUGHT.match(bound.name.text) is not None and WHOLE.search(words) is None

    def _plausible(self, indicator: Indicator, value: float) -> bool:
        low, high = indicator.low, indicator.high
        return (low is None or value >= low) and (high is None or value <= high)

    def _quote(self, bound: Bound, sentence: tuple[int, int]) -> tuple[int, int]:
        end = max(bound.value.end, bound.after.end)
        start = bound.name_start
        if start < sentence[0] or start < 0 or end - start > _QUOTE:
            start = min(bound.tail.start, bound.value.start)
        text = self.text
        while start < bound.value.start and text[start] in "，、；：。. \n）和及":
            start += 1
        return start, end


def _flags(bound: Bound, dated: Dated) -> tuple[str, ...]:
    flags = ("from_value",) if bound.starts_range else ("partial_year",) if dated.partial else ()
    flags = (*flags, "beside_part") if bound.beside else flags
    return (*flags, UNSAID) if dated.unsaid else flags
