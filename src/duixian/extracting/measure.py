"""From a bound value to a measurement: indicator, role, years, comparator, scope, and the positions in the source."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from duixian.extracting.assumed import AGAINST_LAST, UNSAID
from duixian.extracting.bound import Bound
from duixian.extracting.frames import FUTURE, Frame, Frames
from duixian.extracting.periods import Period
from duixian.extracting.shapes import MINUS
from duixian.extracting.vague import Vague
from duixian.model import Aggregation, Comparator, Direction, FactRole, Measurement, Report, ValueKind
from duixian.reading.copy import ReadingCopy
from duixian.registry.indicators import Indicator, indicator_table
from duixian.registry.units import unit_table

_UNITS: Final = unit_table()
_JUMP: Final = 40.0  # percent: a rise that repeats a from–to and is no year's
_QUOTE: Final = 90  # a quote reaches back to the name unless that is farther than this
# Aggregations over years. Each matches in the words around the verb: "年均", "累计", "每年".
AVG: Final = re.compile(r"年均(?!浓度|值|气温)|年平均(?!浓度|值)|平均每年|均每年|年递增|[两三四五]年平均")
CUM: Final = re.compile(r"累计|[两三四五]年共|五年(?=下降|增长)|总计|合计|五年来")
EACH: Final = re.compile(r"(?<!平均)每年|年年|逐年")
# A count of years. Matches "五年" of "五年下降28%".
YEARS: Final = re.compile(r"([二三四五])年(?=下降|增长|累计|共|降低|减少|提高)")
# Another basis than the headline's. Matches "剔除不可比因素", "按可比口径"; not "实现".
BASES: Final = (
    ("adjusted", re.compile(r"剔除|扣除|考虑.{0,12}因素|不含|还原")),
    ("comparable", re.compile(r"同口径|可比口径|可比(?:增长|价|因素)|自然口径|按可比|可比")),
    ("old_method", re.compile(r"原核算|原口径|老口径|现价|按.{0,6}核算")),
    ("real", re.compile(r"实际(?:增长|下降|增幅|提高|增)")),
)
_ANY_BASIS: Final = re.compile(r"剔除|扣除|考虑|不含|还原|口径|可比|核算|现价|实际")
# A target quoted, not set or met. Matches "的目标", "年度目标"; stands right after the value.
QUOTED: Final = re.compile(r"[左右以上内]{0,2}的?(?:年度|预期|预定|年初|既定|规划|考核|增长|发展)?(?:目标(?!任务)|计划|的?要求|预期)")
# Verbs of what is already so, where nothing in the sentence looks ahead: 拥有 8 个国家级园区 in a plan.
_STANDING: Final = frozenset(("拥有", "有", "共有", "占全国", "占全省", "位居", "稳居", "现有"))
_WORK: Final = frozenset(("tasks", "tasks_term", "outlook", "government"))
# A sentence about the present. Matches "目前，"; not "当前和今后".
_NOW: Final = re.compile(r"(?:截至)?目前|近年来|多年来|长期以来|现在")
# Has come about. Matches "已达到"; not "达到".
_DONE: Final = re.compile(r"已")
# Verbs that make an increment of a stock, and the subjects whose very measure is one.
_ADDED: Final = frozenset(("净增", "新增", "增收", "增产"))
_ADDING: Final = frozenset(("jobs_new",))
# A level of which the average growth follows is the last year's. Matches "，年均增长".
ON_AVERAGE: Final = re.compile(
    r"[，、（](?:同比|扣除[^，。]{0,8}|按可比价格?(?:计算)?|按可比口径|比[^，。]{0,6})?(?:，)?(?:年均|平均每年|年递增)"
)
_COUNTED: Final = frozenset(("count", "people", "bare"))
_PLAIN: Final = frozenset(("plain", "doubling", "index_up", "index_down"))
_STEPS: Final = frozenset(("连跨", "先后跨越", "连续跨越", "接连跨越", "跨越", "跨过"))
# Which way a wish goes. Matches "保持下降"; "稳定增长".
FALL: Final = re.compile(r"下降|降低|减少|缩小|回落")
RISE: Final = re.compile(r"增长|增速|提高|提升|增加|扩大|上升|涨幅|回升|改善|好转|同步|高于|快于")
# Goals of the past that a review repeats. Matches "会议通过的主要指标是：", "年初确定的目标为"; not "完成了年初确定的目标".
PLANNED: Final = re.compile(r"(?:通过|确定|提出|下达|批准)的[^，。；：]{0,24}(?:指标|目标|计划)(?:是|为|：)")
_REVIEWS: Final = frozenset(("review", "review_term"))
# A wish in a review. Matches "要", "应"; not "预计".
_INTENDED: Final = re.compile(r"要|将|应|计划|拟|必须")
_MET: Final = frozenset(("实现", "完成", "达到", "达"))
_FLOWS: Final = frozenset(("budget_revenue.level", "retail.level"))  # a year's amount unless 累计 or 五年 is said
_WHOLE: Final = frozenset(("gdp", "gdp_per_capita"))
_SUMMED: Final = frozenset(
    ("grain.level", "budget_revenue.level", "retail.level", "trade.level", "export.level", "fdi.level", "jobs_new.level")
)
# A clause that counts over some years. Matches "五年全省", "这五年累计"; not "五年来".
_YEARS_OF: Final = re.compile(r"(?:这|过去)?([二三四五])年(?![来间内前后末初度计规])")
# A mean over years. Matches "平均年产量", "年均产量"; not "年产量".
_MEAN: Final = re.compile(r"平均年产量|年平均产量|年均产量")
# Adds up. Matches "合计", "共计".
_TOTAL: Final = re.compile(r"合计|累计|总计|共计")
_COUNTED_UP: Final = frozenset(("jobs_new.level",))  # counted over the years of a term where nothing else is said
_KEPT: Final = frozenset(("保持在", "稳定在", "控制在", "维持在", "保持", "稳定"))
# A change verb before its noun. Matches "减少贫困人口"; not "新增就业".
LED: Final = re.compile(r"(?P<down>减少|压减|缩减|精简|削减|下调|降低|压缩)|增加(?!值)|提高|扩大(?!了?进)")
_PLACES: Final = re.compile(r"全国(?:平均)?(?:水平)?|全省(?:平均)?水平|全市平均")
_RATE_OF_CHANGE: Final = frozenset(("percent", "times"))


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
        self._sums = -1  # the sentence that began to sum over some years: amounts after it are sums too
        self._level_of = -1  # the sentence that states last year's size of the economy: other amounts in it are last year's too
        self._unsaid = False  # no word names the years of the value in hand
        self._from: tuple[int, float, Period | None] | None = None  # sentence, first value and its year of the last from–to
        self._risen: tuple[int, float, Period | None] | None = None  # sentence, rise in percent and base year of that from–to
        self._averaged: tuple[int, str] | None = None  # sentence and years of the last target set as a yearly average

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
        direction, changing = _direction(bound)
        if direction == "up" and MINUS.match(self.text, value.start - 2):
            direction = "down"  # 增速-5.4%
        sign, hedge = _comparator(bound)
        indicator = None
        if not bound.threshold and value.kind in _PLAIN and not bound.starts_range:
            indicator = self._indicator(bound, worth.kind, changing)
            if indicator is not None and not self._plausible(indicator, value.low * worth.factor):
                indicator = None
        if indicator is not None and indicator.kind != "level" and direction is None:
            direction = "down" if indicator.kind == "change" else "up"
        self._unsaid = False
        period, agg, base, part = self._period(bound, frame, sentence, changing, indicator)
        period, agg = self._yearly(period, agg, frame, sentence, changing and indicator is not None)
        role = self._role(bound, frame, period, sentence)
        if worth.kind == "percent" and changing:
            base = base or self._spanned(sentence[0], value.low, frame)
        else:
            self._follow(bound, sentence[0], value.low * worth.factor)
        basis = _basis(around, self.text, bound, sentence) if worth.kind in ("percent", "money") else None
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
            role=role,
            period=period,
            agg=agg,
            base_period=base.text if base else None,
            comparator=sign,
            hedge=hedge,
            low=value.low,
            high=value.high,
            unit=value.unit,
            canonical_low=value.low * worth.factor,
            canonical_high=value.high * worth.factor,
            canonical_unit=worth.canonical,
            direction=direction,
            value_kind=_kind(bound, changing),
            tier="stretch" if bound.stretch else "base",
            scope="other" if bound.part else "region",
            scope_name=bound.part,
            basis=basis,
            preliminary="预计" in around,
            reference=None,
            reference_offset=None,
            section=frame.section,
            rule=bound.rule,
            flags=(*_flags(bound, part), UNSAID) if self._unsaid else _flags(bound, part),
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
            direction=_wish(vague) if changing else None,
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
        if bound.tail.verb.startswith("占") or (bound.tail.verb in _ADDED and subject not in _ADDING):
            return None
        found = self.table.measure(subject, unit_kind, changing)
        if found is None and unit_kind == "percent" and not changing and not bound.tail.verb.startswith("占"):
            growth = self.table.measure(subject, unit_kind, True)
            if growth is not None and growth.headline and self.table.measure(subject, unit_kind, False) is None and not bound.tail.reaches:
                return growth
        return found

    def _plausible(self, indicator: Indicator, value: float) -> bool:
        low, high = indicator.low, indicator.high
        return (low is None or value >= low) and (high is None or value <= high)

    def _period(
        self, bound: Bound, frame: Frame, sentence: tuple[int, int], changing: bool, indicator: Indicator | None
    ) -> tuple[str | None, Aggregation | None, Period | None, bool]:
        nearest, base = self.frames.at(bound.value.start, sentence[0])
        first, last, part = frame.first, frame.last, frame.part
        if nearest is not None and nearest.kind == "whole":
            first, part = last, False
        elif nearest is not None and nearest.kind != "from":
            first, last, part = nearest.first or last, nearest.last or last, nearest.kind == "part"
        clause = self._clause(bound, sentence)
        agg = _aggregation(clause, bound.name.text)
        if agg is None and indicator is not None and indicator.id in _SUMMED and _YEARS_OF.match(clause):
            agg = "cum"  # 五年粮食总产达1.3亿吨
        if agg is None and self._sums == sentence[0] and nearest is None and indicator is not None and indicator.id in _SUMMED:
            agg = "cum"  # 五年合同利用外资72亿美元，外贸出口79亿美元
        if agg is None and nearest is not None and nearest.kind == "span" and indicator is not None and indicator.id in _SUMMED:
            near = max(nearest.end, bound.value.start - 30)
            summed = not (bound.tail.reaches and bound.tail.direction) and _TOTAL.search(self.text, near, bound.value.start)
            agg = "cum" if summed else None  # 五年间产量合计，粮食为…
        if agg is None and not changing and _MEAN.search(self.text, sentence[0], bound.value.start):
            agg = "avg"
        if not changing and _YEARS_OF.match(clause):
            self._sums = sentence[0]
        year = self.report.year
        if agg == "cum" and first == last:
            first, last = self._cumulated(clause, frame, nearest, first, last)
        if nearest is None and (self._done(bound, frame, sentence) or (frame.role == "actual" and frame.section == "outlook")):
            first = last = year - 1
        if (agg == "avg" or (agg == "each" and first >= year)) and first == last:
            first, last = (year - 5, year - 1) if last < year else (year, year + 4)
            if frame.stated and frame.first != frame.last:
                first, last = frame.first, frame.last
        if bound.threshold:
            return None, None, base, part
        if bound.starts_range:
            if nearest is not None and nearest.kind in ("from", "year", "by"):
                return str(nearest.last), None, base, True
            return str(first - 1), None, base, True
        if first != last and agg is None and changing and AGAINST_LAST.search(bound.tail.adverbs):
            first = last
        if first != last and agg is None:
            if bound.tail.verb in _KEPT and not changing and bound.value.kind == "plain":
                return f"{first}-{last}", "each", base, part
            unsaid = nearest is None and not frame.stated
            yearly = (
                indicator is not None
                and indicator.kind == "level"
                and (
                    indicator.yearly
                    or (unsaid and indicator.id in _FLOWS)
                    or (self._level_of == sentence[0] and indicator.id not in _COUNTED_UP)
                    or ON_AVERAGE.match(self.text, bound.after.end)
                )
            )
            if indicator is not None and indicator.yearly and indicator.subject in _WHOLE:
                self._level_of = sentence[0]
            if yearly or _stock(bound, changing):
                return str(last), ("end" if last >= year else None), base, part
            agg = "cum"
            self._unsaid = unsaid and base is None and frame.role == "actual"
        if agg == "cum" and first == last:
            agg = None
        return (str(last) if first == last else f"{first}-{last}"), agg, base, part

    def _follow(self, bound: Bound, sentence: int, value: float) -> None:
        """Keep the values of a from–to, for a rise stated behind them."""
        if bound.starts_range:
            self._from = sentence, value, self.frames.at(bound.value.start, sentence)[0]
        elif self._from is not None and self._from[0] == sentence and bound.tail.reaches and self._from[1] > 0:
            self._risen = sentence, (value / self._from[1] - 1) * 100, self._from[2]
            self._from = None

    def _spanned(self, sentence: int, value: float, frame: Frame) -> Period | None:
        """The base of a rise that only repeats a from–to over several years: 由3480亿元增加到9380亿元，增长169%."""
        if self._risen is None or self._risen[0] != sentence or abs(abs(self._risen[1]) - value) > max(1.0, 0.02 * value):
            return None
        since = self._risen[2]
        if since is None or since.kind not in ("from", "year", "by"):
            return Period(0, 0, "base", frame.last - 5, frame.last - 5) if value > _JUMP else None
        return since._replace(kind="base")

    def _yearly(
        self, period: str | None, agg: Aggregation | None, frame: Frame, sentence: tuple[int, int], growing: bool
    ) -> tuple[str | None, Aggregation | None]:
        """年均 before one growth target of a sentence holds for those after it: GDP年均增长9%，投资增长10%."""
        if agg == "avg" and frame.role == "target" and period is not None and "-" in period:
            self._averaged = sentence[0], period
            return period, agg
        known = self._averaged
        if known is None or known[0] != sentence[0] or period != str(self.report.year) or frame.stated:
            return period, agg
        return (known[1], "avg") if growing and agg is None else (period, agg)

    def _cumulated(self, clause: str, frame: Frame, nearest: Period | None, first: int, last: int) -> tuple[int, int]:
        """The years of a sum (五年下降28%); a bare 累计 in a term's review counts the term."""
        year = self.report.year
        if years := YEARS.search(clause) or _YEARS_OF.match(clause):
            count = "二三四五".index(years[1]) + 2
            return (year - count, year - 1) if frame.role == "actual" else (year, year + count - 1)
        if frame.section == "review_term" and (nearest is None or nearest.kind != "year"):
            return year - 5, year - 1
        return first, last

    def _clause(self, bound: Bound, sentence: tuple[int, int]) -> str:
        """The words of the value's own clause before it."""
        window = self.text[max(sentence[0], bound.tail.start - 14) : bound.tail.start]
        cut = max(window.rfind("，"), window.rfind("；"), window.rfind("："))
        return window[cut + 1 :] + self.text[bound.tail.start : bound.value.start]

    def _role(self, bound: Bound, frame: Frame, period: str | None, sentence: tuple[int, int]) -> FactRole:
        if bound.threshold:
            return "other"
        role, year, value_at = frame.role, self.report.year, bound.value.start
        end = int(period.split("-")[-1]) if period else year
        if bound.starts_range:
            return "actual"
        if bound.rule == "unnamed" and "目标" in bound.tail.adverbs:
            return "other"
        if role == "actual" and frame.section in _REVIEWS and PLANNED.search(self.text, sentence[0], value_at):
            return "other"  # 大会通过的主要指标是：…
        if role == "actual" and frame.section in _REVIEWS and _INTENDED.search(bound.tail.adverbs):
            return "other"  # 五年内要增长27%
        if role == "actual" and end >= year:
            return "target"
        if role == "target" and end < year:
            return "actual"
        if self._done(bound, frame, sentence):
            return "actual"
        if role == "actual" and bound.tail.verb not in _MET and QUOTED.match(self.text, bound.after.end):
            return "other"
        return role

    def _done(self, bound: Bound, frame: Frame, sentence: tuple[int, int]) -> bool:
        """Whether a value of the outlook has come about already (已达到)."""
        if frame.role != "target":
            return False
        start = max(sentence[0], bound.tail.start - 1)
        if _DONE.search(self.text, start, bound.value.start):
            return True
        standing = bound.tail.verb in _STANDING or _NOW.match(self.text, sentence[0]) is not None
        return standing and frame.section in _WORK and not FUTURE.search(self.text, *sentence)

    def _quote(self, bound: Bound, sentence: tuple[int, int]) -> tuple[int, int]:
        end = max(bound.value.end, bound.after.end)
        start = bound.name_start
        if start < sentence[0] or start < 0 or end - start > _QUOTE:
            start = min(bound.tail.start, bound.value.start)
        text = self.text
        while start < bound.value.start and text[start] in "，、；：。. \n）和及":
            start += 1
        return start, end


def _flags(bound: Bound, partial: bool) -> tuple[str, ...]:
    flags = ("from_value",) if bound.starts_range else ("partial_year",) if partial else ()
    return (*flags, "beside_part") if bound.beside else flags


def _aggregation(around: str, name: str) -> Aggregation | None:
    """How a value of several years comes from them, by the words around the verb and in the name."""
    years = "年" in around
    if (years and AVG.search(around)) or ("年" in name and AVG.search(name)):
        return "avg"
    if (years and EACH.search(around)) or ("年" in name and EACH.search(name)):
        return "each"
    return "cum" if (years or "计" in around) and CUM.search(around) else None


def _wish(vague: Vague) -> Direction | None:
    words = vague.name.text + vague.hedge
    if FALL.search(words):
        return "down"
    return "up" if RISE.search(words) else None


def _direction(bound: Bound) -> tuple[Direction | None, bool]:
    """Which way the value goes, and whether it is a change rather than a level."""
    tail, name, value = bound.tail, bound.name, bound.value
    if bound.starts_range:
        return None, False
    if value.kind in ("rank", "ratio") or _UNITS.worth(value.unit).kind == "spell":
        return None, False
    if value.kind == "doubling":
        return "up", True
    if value.kind in ("index_up", "index_down"):
        return ("up" if value.kind == "index_up" else "down"), True
    if tail.verb == "改善" and value.unit not in ("%", "微克/立方米"):
        return None, False
    lead = LED.match(name.text) if tail.direction is None and not indicator_table().has_level(name.subject) else None
    if lead is not None and (value.unit not in ("%", "‰") or (lead["down"] and not tail.reaches)):
        return ("down" if lead["down"] else "up"), True
    if tail.reaches and tail.direction is not None and name.changing:
        return ("down" if name.falling else "up"), True  # 涨幅回落到2%
    if tail.direction is not None:
        return tail.direction, not tail.reaches
    if name.changing:
        return ("down" if name.falling else "up"), True
    return None, False


def _comparator(bound: Bound) -> tuple[Comparator, str | None]:
    value, tail, after = bound.value, bound.tail, bound.after
    if value.high > value.low:
        return "range", after.hedge or tail.hedge
    if after.hedge is not None:
        return after.sign, after.hedge
    if value.top:
        return "<=", "前"
    if tail.hedge is not None and tail.hedge in _STEPS and _UNITS.worth(value.unit).kind == "count":
        return "=", None
    if tail.hedge is not None:
        return tail.sign, tail.hedge
    if value.more:
        return ">=", "多"
    return "=", None


def _basis(around: str, text: str, bound: Bound, sentence: tuple[int, int]) -> str | None:
    window = text[max(sentence[0], bound.value.start - 40) : bound.value.start] if bound.bracket or bound.rule == "elided" else around
    if not _ANY_BASIS.search(window):
        return None
    for name, pattern in BASES:
        if pattern.search(window):
            return name
    return None


def _kind(bound: Bound, changing: bool) -> ValueKind:
    if bound.value.kind == "rank":
        return "rank"
    if bound.value.kind in {"ratio", "fraction"}:
        return "ratio"
    if bound.value.unit == "倍" and not changing:
        return "multiple"
    return "change" if changing else "level"


def _stock(bound: Bound, changing: bool) -> bool:
    """Whether a value of a multi-year stretch is what stood at its end (达到, a share) rather than what came together over it."""
    tail = bound.tail
    if changing or tail.verb in ("新增", "净增", "建成", "完成"):
        return False
    if tail.reaches or tail.hedge in ("突破", "超过", "首次突破", "迈上", "跨上", "接近"):
        return True
    if bound.value.kind == "rank":
        return True
    return bound.value.unit in ("%", "‰") or tail.verb in ("达到", "达", "为", "保持在", "稳定在", "控制在", "有", "拥有")
