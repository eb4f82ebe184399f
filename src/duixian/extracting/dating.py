"""Which years a value is of, how it comes from them, and whether it is met or set: the words before it, else its sentence's frame."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from duixian.extracting.assumed import AGAINST_LAST
from duixian.extracting.bound import Bound
from duixian.extracting.frames import FUTURE, Frame, Frames
from duixian.extracting.periods import Period
from duixian.extracting.shapes import TIMES_OF
from duixian.model import Aggregation, FactRole
from duixian.registry.indicators import Indicator
from duixian.registry.units import Worth

_JUMP: Final = 40.0  # percent: a rise that repeats a from–to and is no year's
# Aggregations over years. Each matches in the words around the verb: "年均", "累计", "每年".
AVG: Final = re.compile(r"年均(?!浓度|值|气温)|(?<!全)年平均(?!浓度|值)|平均每年|均每年|年递增|[两三四五]年平均")
CUM: Final = re.compile(r"累计|[两三四五]年共|(?:五|(?<!\d)5)年(?=分别|下降|增长)|总计|合计|五年来")
EACH: Final = re.compile(r"(?<!平均)(?<![人户亩])每年|(?<![今去每当明])年年(?![底末初])|逐年")
# A count of years. Matches "五年" of "五年下降28%", "5年" of "5年分别增长"; not "2015年增长".
YEARS: Final = re.compile(r"([二三四五]|(?<!\d)[2-5])年(?=分别|下降|增长|累计|共|降低|减少|提高)")
_TENS: Final = ("", "一", "二", "三", "四", "五", "六")  # of 十五, 十一五 …
_NUMBERS: Final = {word: n for n, both in enumerate(("二2", "三3", "四4", "五5"), 2) for word in both}
# A plan named right before a sum. Matches "“十四五”" of "“十四五”能耗强度下降"; not "“十四五”规划".
_PLAN_OF: Final = re.compile(r"十([一二三四五六]?)五”?(?!规划|纲要|[末期开])[^，。；：]{0,14}\Z")
_INTENSITIES: Final = frozenset(("energy_intensity", "carbon_intensity"))
_INTENSE: Final = 10.0  # percent: so much is saved in no year, but in a plan's five
# A target quoted, not set or met. Matches "的目标", "年度目标"; stands right after the value.
QUOTED: Final = re.compile(
    r"[左右以上内]{0,2}的?(?:年度|预期|预定|年初|既定|规划|考核|增长|发展|控制|调控)?(?:目标(?!任务)|计划|的?要求|预期)"
)
# Verbs of what is already so, where nothing in the sentence looks ahead: 拥有 8 个国家级园区 in a plan.
_STANDING: Final = frozenset(("拥有", "有", "共有", "占全国", "占全省", "位居", "稳居", "现有"))
_WORK: Final = frozenset(("tasks", "tasks_term", "outlook", "government"))
# A sentence about the present. Matches "目前，"; not "当前和今后".
_NOW: Final = re.compile(r"(?:截至)?目前|近年来|多年来|长期以来|现在")
# Has come about. Matches "已达到"; not "达到".
_DONE: Final = re.compile(r"已")
# A level of which the average growth follows is the last year's. Matches "，年均增长".
ON_AVERAGE: Final = re.compile(
    r"[，、（](?:同比|扣除[^，。]{0,8}|按可比价格?(?:计算)?|按可比口径|比[^，。]{0,6})?(?:，)?(?:年均|平均每年|年递增)"
)
# A level of which a year's growth follows. Matches "，增长", "、同比增长"; not "，年均增长".
GROWN: Final = re.compile(r"[，、（](?:同比|比上年)?(?:增长|下降)")
# Goals of the past that a review repeats. Matches "会议通过的主要指标是：", "会议提出，今年的任务是…，争取"; not "完成了年初确定的目标".
PLANNED: Final = re.compile(
    r"(?:通过|确定|提出|下达|批准)的[^，。；：]{0,24}(?:指标|目标|计划)(?:是|为|：)|曾经?提出|会议提出[^。完]{0,40}(?:任务|目标)[^。完]{0,80}(?:争取|力争)"
)
# A goal that was met. Matches "完成了全年增长" before a value with 的目标; not "围绕实现增长".
_FULFILLED: Final = re.compile(
    r"(?<!围绕)(?<!为)(?<!为了)(?<!确保)(?<!努力)(?<!力争)(?<!未)(?<!没有)(?<!能)(?<!朝着)(?:超额)?(?:实现|完成|达到)(?!的)"
)
# A mark that ends a clause, for the words of a value's own.
_MARK: Final = re.compile(r"[，；：。]")
# Aims at what it names. Matches "要实现", "要达到"; not "主要实现".
_AIMING: Final = re.compile(r"(?<![主重必首需])要(?:实现|达到|完成|确保)")
# Before a plan that a value is held against, not one that sets it. Matches "低于年控制" before 计划, "比年初" before 计划.
_AGAINST: Final = re.compile(r"(?:高于|低于|超过?|比|快于|完成)[^，。；]{0,8}\Z")
# What has a size every year. Matches "实现增加值", "旅游总收入"; not "投资".
_SIZED: Final = re.compile(r"(?:增加值|总产值|总收入|零售额|余额)\Z")
# The others among whom a place is ranked. Matches "全国" before 46个重点城市 and "中排名第五" behind; not "全市46个城市".
RIVALS: Final = re.compile(r"(?:全国|全省|全区|西部|中部|东部|东北|世界|全球|内地)(?:的)?\Z")
RANKED: Final = re.compile(r"[^，。；、\d]{0,12}(?:排名|位列|位居|名列|居|列)?(?:第[\d一二三四五六七八九十]|首位|榜首|前列|前茅|之首)")
# Names both ends of a stretch. Matches "1990年到1995年"; not "1991—1995年".
_ENDS: Final = re.compile(r"年(?:到|至)")
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
_YEARS_OF: Final = re.compile(r"(?:这|过去)?([二三四五]|(?<!\d)[2-5])年(?![来间内前后末初度计规])")
# A mean over years. Matches "平均年产量", "年均产量"; not "年产量".
_MEAN: Final = re.compile(r"平均年产量|年平均产量|年均产量")
# Adds up. Matches "合计", "共计", "共出口"; not "公共", "共同".
_TOTAL: Final = re.compile(r"合计|累计|总计|共计|(?<!公)共(?=出口|完成|实现|利用|引进|新增)")
_COUNTED_UP: Final = frozenset(("jobs_new.level", "fdi.level"))  # counted over the years of a term where nothing else is said
_KEPT: Final = frozenset(("保持在", "稳定在", "控制在", "维持在", "保持", "稳定"))


class Dated(NamedTuple):
    """The years of a value."""

    period: str | None
    agg: Aggregation | None
    base: Period | None  # what a change is measured against, where that is not the year before
    partial: bool  # a part of a year only
    unsaid: bool  # no word names the years: they are the section's


class Dating:
    """Dates the values of one report, in the order of the text.

    Args:
        year: the report's year.
        text: the report's stretch of the reading copy.
        frames: its frames.
    """

    def __init__(self, year: int, text: str, frames: Frames) -> None:
        self.year = year
        self.text = text
        self.frames = frames
        self._means = _MEAN.search(text) is not None  # few reports speak of a mean yearly output
        self._sums = -1  # the sentence that began to sum over some years: amounts after it are sums too
        self._level_of = -1  # the sentence that states last year's size of the economy: other amounts in it are last year's too
        self._unsaid = False  # no word names the years of the value in hand
        self._from: tuple[int, float, Period | None] | None = None  # sentence, first value and its year of the last from–to
        self._began: tuple[int, str] | None = None  # the sentence and first year of the last from–to
        self._risen: tuple[int, float, Period | None] | None = None  # sentence, rise in percent and base year of that from–to
        self._last: tuple[int, int, Period | None] | None = None  # sentence, end and base of the value before, if it was a change
        self._base: tuple[int, Period] | None = None  # sentence and base of the last rise of a term
        self._averaged: tuple[int, str] | None = None  # sentence and years of the last target set as a yearly average

    def date(
        self, bound: Bound, frame: Frame, sentence: tuple[int, int], changing: bool, indicator: Indicator | None, worth: Worth
    ) -> Dated:
        """The years of a value; values must be dated in the order of the text.

        Args:
            bound: a value with its name.
            frame: what holds for its sentence.
            sentence: where its sentence stands in the text.
            changing: whether the value is a change rather than a level.
            indicator: its indicator.
            worth: its unit.
        """
        self._unsaid = False
        period, agg, base, part = self._period(bound, frame, sentence, changing, indicator)
        period, agg = self._yearly(period, agg, frame, sentence, changing and indicator is not None)
        if worth.kind == "percent" and changing:
            base = base or self._spanned(sentence[0], bound.value.low, frame)
            base = base or self._again(bound, sentence[0])
            base = self._based_on(base, agg, bound, frame, sentence[0])
        else:
            self._follow(bound, sentence[0], bound.value.low * worth.factor)
        self._last = (sentence[0], bound.after.end, base) if changing else None
        return Dated(period, agg, base, part, self._unsaid)

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
        summing = self._sums == sentence[0] and nearest is None and not bound.tail.reaches
        if agg is None and summing and indicator is not None and indicator.id in _SUMMED:
            agg = "cum"  # 五年合同利用外资72亿美元，外贸出口79亿美元
        if agg is None and nearest is not None and nearest.kind == "span" and indicator is not None and indicator.id in _SUMMED:
            near = max(nearest.end, bound.value.start - 30)
            summed = not (bound.tail.reaches and bound.tail.direction) and _TOTAL.search(self.text, near, bound.value.start)
            agg = "cum" if summed else None  # 五年间产量合计，粮食为…
        if agg is None and not changing and self._means and _MEAN.search(self.text, sentence[0], bound.value.start):
            agg = "avg"
        if not changing and _YEARS_OF.match(clause):
            self._sums = sentence[0]
        year = self.year
        if agg == "cum" and first == last:
            first, last = self._cumulated(bound, clause, frame, nearest, first, last)
        if agg == "cum" and first != last and not changing and frame.section == "review_term":
            self._sums = sentence[0]
        if (
            indicator is not None
            and indicator.subject in _INTENSITIES
            and first == last
            and not part
            and agg in (None, "cum")
            and (base is None or base.last >= last - 1)
        ):
            first, last = self._saved(bound, agg, first, last)
            agg = "cum" if first < last else agg
        if nearest is None and (self._done(bound, frame, sentence) or (frame.role == "actual" and frame.section == "outlook")):
            first = last = year - 1
        if (agg == "avg" or (agg == "each" and first >= year)) and first == last:
            first, last = (year - 5, year - 1) if last < year else (year, year + 4)
            if frame.stated and frame.first != frame.last:
                first, last = frame.first, frame.last
            if nearest is not None and nearest.kind == "by" and nearest.last >= year:
                first, last = year, nearest.last  # 到2035年，年均增长5%
        if bound.threshold:
            return None, None, base, part
        if bound.starts_range:
            return self._origin(nearest, frame, first, bound.value.start, sentence[0]), None, base, True
        if bound.value.unit == "倍" and not changing and base is not None and base.first == base.last and first != last:
            return str(last), None, base, part  # 是2002年的2.1倍
        if first != last and agg is None and changing and AGAINST_LAST.search(bound.tail.adverbs):
            first = last
        if first != last and (bound.value.unit == "年" or (bound.value.unit == "次" and "连续" in bound.tail.adverbs)):
            return str(last), None, base, part  # 连续五年, 提前两年
        if first != last and agg is None:
            if bound.tail.verb in _KEPT and not changing and bound.value.kind == "plain":
                return f"{first}-{last}", "each", base, part
            unsaid = nearest is None and not frame.stated
            if not changing and TIMES_OF.match(self.text, bound.after.end):
                self._level_of = sentence[0]  # 增加值6000亿元，是2019年的2.7倍
            yearly = (indicator is None and self._level_of == sentence[0] and _SIZED.search(bound.name.text) is not None) or (
                indicator is not None
                and indicator.kind == "level"
                and (
                    indicator.yearly
                    or (unsaid and indicator.id in _FLOWS)
                    or (self._level_of == sentence[0] and indicator.id not in _COUNTED_UP)
                    or (ON_AVERAGE.match(self.text, bound.after.end) and indicator.id not in _COUNTED_UP)
                )
            )
            if indicator is not None and indicator.yearly and indicator.subject in _WHOLE:
                self._level_of = sentence[0]
            risen = (bound.tail.reaches and bound.tail.direction is not None) or GROWN.match(self.text, bound.after.end) is not None
            counted_up = indicator is not None and indicator.id in _COUNTED_UP and not risen
            if yearly or (_stock(bound, changing) and not counted_up):
                return str(last), ("end" if last >= year else None), base, part
            agg = "cum"
            self._unsaid = unsaid and base is None and frame.role == "actual"
        if agg == "cum" and first == last:
            agg = None
        return (str(last) if first == last else f"{first}-{last}"), agg, base, part

    def _origin(self, nearest: Period | None, frame: Frame, first: int, at: int, sentence: int) -> str:
        """The year of the first value of a from–to: its own, else that of the from–to before it in the sentence."""
        if nearest is not None and self._began is not None and self._began[0] == sentence and _MARK.search(self.text, nearest.end, at):
            return self._began[1]
        found = self._own_origin(nearest, frame, first)
        self._began = sentence, found
        return found

    def _own_origin(self, nearest: Period | None, frame: Frame, first: int) -> str:
        if nearest is not None and nearest.kind in ("from", "year", "by"):
            before = self.text.startswith("上", nearest.start) and frame.role == "actual" and frame.last < self.year
            return str(frame.last - 1 if before else nearest.last)
        ends = nearest is not None and (
            self.text[nearest.start - 1 : nearest.start] in ("从", "由", "自")
            or _ENDS.search(self.text, nearest.start, nearest.end) is not None
        )
        if nearest is not None and nearest.kind == "span" and ends:
            return str(nearest.first)
        return str(first - 1)

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

    def _again(self, bound: Bound, sentence: int) -> Period | None:
        """The base of a change that is told twice, as an amount and as a rate: 比2018年增加310亿元，增长25%."""
        if self._last is None or self._last[0] != sentence or bound.rule != "elided":
            return None
        between = self.text[self._last[1] : bound.tail.start]
        return self._last[2] if between in ("，", "、", "（") and not AGAINST_LAST.search(bound.tail.adverbs) else None

    def _based_on(self, base: Period | None, agg: Aggregation | None, bound: Bound, frame: Frame, sentence: int) -> Period | None:
        """The base of a term's rise, which one clause names for those after it: 比2003年增长72%…；工业总产值…，增长88%."""
        if frame.section != "review_term" or agg is not None or AGAINST_LAST.search(bound.tail.adverbs):
            return base
        if base is not None:
            self._base = sentence, base
        elif self._base is not None and self._base[0] == sentence and bound.value.low >= _JUMP:
            return self._base[1]
        return base

    def _yearly(
        self, period: str | None, agg: Aggregation | None, frame: Frame, sentence: tuple[int, int], growing: bool
    ) -> tuple[str | None, Aggregation | None]:
        """年均 before one growth target of a sentence holds for those after it: GDP年均增长9%，投资增长10%."""
        if agg == "avg" and frame.role == "target" and period is not None and "-" in period:
            self._averaged = sentence[0], period
            return period, agg
        known = self._averaged
        if known is None or known[0] != sentence[0] or period != str(self.year) or frame.stated:
            return period, agg
        return (known[1], "avg") if growing and agg is None else (period, agg)

    def _cumulated(self, bound: Bound, clause: str, frame: Frame, nearest: Period | None, first: int, last: int) -> tuple[int, int]:
        """The years of a sum (五年下降28%); a bare 累计 in a term's review counts the term."""
        year = self.year
        if years := YEARS.search(clause) or _YEARS_OF.match(clause):
            count = _NUMBERS[years[1]]
            return (year - count, year - 1) if frame.role == "actual" else (year, year + count - 1)
        if frame.section == "review_term" and (nearest is None or nearest.kind != "year" or self._passed(nearest, bound)):
            return year - 5, year - 1
        return first, last

    def _passed(self, nearest: Period, bound: Bound) -> bool:
        """Whether a year belongs to another clause than the value: 2002年进出口120亿美元，出口年均增长9%，累计310亿美元."""
        return re.search(r"[^，；]{4}[，；]", self.text[nearest.end : bound.value.start]) is not None

    def _saved(self, bound: Bound, agg: Aggregation | None, first: int, last: int) -> tuple[int, int]:
        """The years over which so much energy or carbon was saved: a plan's, where one is named, a sum is told or a year is too few."""
        value = bound.value
        if plan := _PLAN_OF.search(self.text[max(0, value.start - 28) : value.start]):
            begin = 2001 + 5 * _TENS.index(plan[1])
            return begin, begin + 4 if last >= self.year else min(begin + 4, last)
        begin = last - (last - 1) % 5
        if agg == "cum" and begin < last:
            return begin, last
        if last == self.year and value.unit == "%" and value.low >= _INTENSE:
            return begin, begin + 4
        return first, last

    def _clause(self, bound: Bound, sentence: tuple[int, int]) -> str:
        """The words of the value's own clause before it; a list of names is one clause."""
        reach = 60 if bound.rule.startswith("list") else 14
        window = self.text[max(sentence[0], bound.tail.start - reach) : bound.tail.start]
        cut = max(window.rfind("，"), window.rfind("；"), window.rfind("："))
        return window[cut + 1 :] + self.text[bound.tail.start : bound.value.start]

    def role(self, bound: Bound, frame: Frame, period: str | None, sentence: tuple[int, int]) -> FactRole:
        """Whether a value is met or set.

        Args:
            bound: a value with its name.
            frame: what holds for its sentence.
            period: its years.
            sentence: where its sentence stands in the text.
        """
        if bound.threshold:
            return "other"
        role, year, value_at = frame.role, self.year, bound.value.start
        end = int(period.split("-")[-1]) if period else year
        if bound.starts_range:
            return "actual"
        if bound.rule == "unnamed" and "目标" in bound.tail.adverbs:
            return "other"
        if role == "actual" and end >= year and not frame.part and bound.rule != "noun_after" and "将" in bound.tail.adverbs:
            return "target"  # 这一比重明年将达到29%
        if role == "actual" and frame.section in _REVIEWS and PLANNED.search(self.text, sentence[0], value_at):
            return "other"  # 大会通过的主要指标是：…
        if role == "actual" and (frame.section in _REVIEWS or frame.section == "problems") and self._intended(bound):
            return "other"  # 五年内要增长27%
        if (
            bound.rule == "noun_after"
            and RIVALS.search(self.text, max(0, value_at - 4), value_at)
            and RANKED.match(self.text, bound.after.end)
        ):
            return "other"  # 在全国46个重点城市中排名第五
        if role == "actual" and end >= year and not frame.part:
            return "target"
        if role == "target" and end < year:
            return "actual"
        if self._done(bound, frame, sentence):
            return "actual"
        if role == "actual" and bound.tail.verb not in _MET and self._quoted(bound.after.end):
            marks = [m.end() for m in _MARK.finditer(self.text, sentence[0], value_at)]
            met = bound.value.unit != "%" and _FULFILLED.search(self.text, marks[-1] if marks else sentence[0], value_at)
            return role if met else "other"  # a growth that was aimed at may have been surpassed
        return role

    def _quoted(self, at: int) -> bool:
        """Whether a goal is quoted: 5%的目标; 12个计划摘帽县 names things."""
        match = QUOTED.match(self.text, at)
        if match is None:
            return False
        after = self.text[match.end() : match.end() + 1]
        return "的" in match.group() or not "\u4e00" <= after <= "\u9fff"

    def _intended(self, bound: Bound) -> bool:
        """Whether the words before a value wish for it: 要增长27%; 低于控制计划1.8个百分点 holds it against a plan."""
        match = _INTENDED.search(bound.tail.adverbs)
        if match is None:
            return _AIMING.search(self.text, max(bound.name_start - 6, 0), bound.value.start) is not None
        at = self.text.rfind("计划", max(0, bound.tail.start - 2), bound.value.start) if match.group() == "计划" else -1
        return at < 0 or _AGAINST.search(self.text, max(0, at - 12), at) is None

    def _done(self, bound: Bound, frame: Frame, sentence: tuple[int, int]) -> bool:
        """Whether a value of the outlook has come about already (已达到)."""
        if frame.role != "target":
            return False
        start = max(sentence[0], bound.tail.start - 1)
        if _DONE.search(self.text, start, bound.value.start):
            return True
        standing = bound.tail.verb in _STANDING or _NOW.match(self.text, sentence[0]) is not None
        return standing and frame.section in _WORK and not FUTURE.search(self.text, *sentence)


def _aggregation(around: str, name: str) -> Aggregation | None:
    """How a value of several years comes from them, by the words around the verb and in the name."""
    years = "年" in around
    if (years and AVG.search(around)) or ("年" in name and AVG.search(name)):
        return "avg"
    if (years and EACH.search(around)) or ("年" in name and EACH.search(name)):
        return "each"
    return "cum" if (years or "计" in around) and CUM.search(around) else None


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
