"""How values and names stand beside each other: the marks of lists, of from–to, of thresholds, of what counts together."""

from __future__ import annotations

import re
from typing import Final

from duixian.extracting.names import Name
from duixian.extracting.periods import YEAR_TEXT
from duixian.extracting.values import Value
from duixian.registry.indicators import indicator_table
from duixian.registry.units import unit_table
from duixian.registry.words import alternation, load_toml, words

UNITS: Final = unit_table()
_NOUNS: Final = load_toml("nouns.toml")
# Between two values of one list. Matches "、", "和", "，约", "、不低于"; not "、增长", "，出口".
JOINT: Final = re.compile(
    r"\x00*(?:、|和|及|与|以及|或)(?:分别|各|约|近|不低于|超过|突破|超|不超过|达到|达|至|以及|和|不少于|为|到)?\x00*\Z"
)
# A second value of the same thing. Matches "、达到"; not "、和".
REACHED: Final = re.compile(r"\x00*[、和](?:达到?|为|到)\x00*\Z")
# A list that goes on with a verb of its own. Matches "、下降", "，提高到"; only where 分别 opened it.
JOINT_VERB: Final = re.compile(r"\x00*(?:、|和|及|与)(?:[增下降减提上回][长降加少高低升涨落](?:到|至|了)?|约|近|持平)\x00*\Z")
# The start of a from–to. Matches "解决率由", "从2020年的"; not "来自".
FROM: Final = re.compile(
    rf"(?:从|由)(?:(?:{YEAR_TEXT}(?:底|末|初)?|上?年初?|去年|上年[底末]?|“?[十一二三四五]+五”?(?:初|末|期末)?|原来|最初|当年|当初|过去|年初|上半年|一季度|前三季度|年中|(?:[年月]?人均|每[人户月年亩])+|最高时期|历史最高|高峰期|最高|上?一?年)的?)?(?:不足|不到|约|近)?\Z"
)
# A date between the verb and the number. Matches "2025年的", "前五年的".
DATED: Final = re.compile(
    rf"(?<![比较])(?:到|至)?(?:{YEAR_TEXT}|(?:上一?个?|前|前一个)[五三十]年|[五三十]年前|改革开放(?:头|前)\d+年|目前|现在|去年|今年|上年|当前|“?[十一二三四五六七八九]+五”?(?:初|末|期末|时期)?|上年同期|去年同期)的?\Z"
)
DATE_ENDS: Final = "年前在五”初末期的"  # what ``DATED`` ends with: looked at first because that is cheap
# The words before a value, backward, to the next mark. Matches "值总产生" of "，生产总值"; stops before "，".
HEAD: Final = re.compile(r"[^，；：。！？\n（）—;:]*")
# A noun counted by a value. Matches 扶贫车间 in "1225个扶贫车间建设"; stops before verbs and punctuation.
_STOPS: Final = words(_NOUNS["stop"])


def _guarded(chars: tuple[str, ...]) -> str:
    """Characters where they are no part of a word: 有 but not 国有, 有限."""
    guards = words(_NOUNS["whole"])
    found = []
    for char in chars:
        before = "".join(w[0] for w in guards if w[1] == char)
        after = "".join(w[1] for w in guards if w[0] == char)
        found.append((f"(?<![{before}])" if before else "") + char + (f"(?![{after}])" if after else ""))
    return "|".join(found)


NOUN: Final = re.compile(
    r"(?:的)?(?P<noun>(?:[\u4e00-\u9fff“”A-Za-z·]|\d{1,3}强){1,18}?)"
    r"(?=[，。；、：！？\n（）\x00]|\Z|(?<![模级])以上|\d(?!\d{0,2}强)|和|及|与|的|等|中[，、]|"
    rf"(?:{alternation(_STOPS)})(?!{alternation(words(_NOUNS['compound']))})|{_guarded(words(_NOUNS['ends']))})"
)
# A noun goes on behind 的. Matches "的科技型企业"; not "的，".
GOES_ON: Final = re.compile(r"的(?=[\u4e00-\u9fff“])(?!是|有|同时|情况)")
# A second count of the same things right behind the first. Matches "118万人" of "26万户118万人饮水问题".
COUNTED_TOO: Final = re.compile(
    r"\d[\d.]*[余多]?[万亿]?(?:人|户|个|家|名|村|套)(?![\d，。；、])|\d{1,3}周?岁(?:及)?以[上下]的?|\d[\d.]*[万亿]{1,2}元以[上下]的?(?![，。；、])"
)
# Properties before the thing that has them. Matches "、功能齐全、服务高效的" of "设施配套、功能齐全、服务高效的创业基地".
PROPERTIES: Final = re.compile(r"(?:、[\u4e00-\u9fff]{2,8}){1,4}的(?=[\u4e00-\u9fff])")
# What is done with a thing that is measured before it is named. Matches "开工建设"; not "项目建设".
DOING: Final = re.compile(
    r"(?:将|把|用|新建|改建|扩建|建设|建成|推进|推动|加快|实施|启动|开工|完成|争取|力争|重点|做好|抓好|确保|新增|支持|筹集|安排|落实|发放|发行|引进|顺利|竣工|投产|全面|积极|继续|要|已|再)+\Z"
)
# How often a size counts. Matches "2×" of "2×66万千瓦".
TIMES: Final = re.compile(r"\d+×\Z")
# What is said of people who are counted first. Matches "纳入最低生活保障" of "50万人纳入最低生活保障"; not "，".
SAID_OF: Final = re.compile(r"[\u4e00-\u9fff“”]{2,14}")
NO_NOUN: Final = re.compile(
    r"[，。；、：！？\n（）\x00]|和|及|与|以|并|的(?:[^\u4e00-\u9fff]|工作|任务|目标|计划|要求|规模|水平|能力|成绩)|"
    rf"(?!(?:{alternation(words(_NOUNS['opening']))})(?:{alternation(words(_NOUNS['compound']))}))(?:{alternation(_STOPS)})"
    rf"|{_guarded(words(_NOUNS['barred']))}"
)
# A threshold. Matches 以上 followed by a thing: "200人以上自然村", "亿元以上项目"; not "以上，", "以上，力争".
THRESHOLD: Final = re.compile(
    rf"(?:以上|以下|及以上|以内)(?:的)?(?={alternation(words(_NOUNS['threshold']))})"
    r"|以[上下](?=[\u4e00-\u9fff]{0,6}(?:项目|企业))|以[上下]的(?!目标|任务|要求|水平|增长|速度|成绩|计划|规模|资金|投资)[\u4e00-\u9fff]|服务半径"
)
# A class of things that are counted behind it. Matches "企业1" of "100亿元企业1户".
_CLASSED: Final = re.compile(r"级?(?:企业|项目|产业|集群|园区)\d")
# Firms counted by 户. Matches "户以上国有企业" from 以上 on; not "以上自然村".
_FIRMS: Final = re.compile(r"(?<=户)以[上下]的?[\u4e00-\u9fff]{0,8}企业")
# A threshold whose comparator stands before it. Matches the 的 of "超10亿元的龙头企业".
BOUNDED: Final = re.compile(rf"的?(?={alternation(words(_NOUNS['threshold']))})|的(?:有|达|达到)?\d+个")
# What ranks a value, at the end of its name. Matches "增速居全国" from 居 on.
RANKING: Final = re.compile(
    r"(?:均|都|稳|仍|继续|保持|分别)?(?:位|排|居|列|跃|名|升|进|跻身|挺|入|迈)*(?:全国|全省|全市|全区|中部|西部|东部|东北|沿海|世界|全球|长三角|同类城市|城市|地区|副省级城市|各省|省区市|县域|百强县|百强区|百强市|百强|上升到|升至|前移至|提升至)*(?:的)?\Z"
)
# A count of places whose sum or mean is meant. Matches "山区5县" and "14个" with 县 after it.
SUMMED: Final = re.compile(r"[\d一二两三四五六七八九十]个?(?:县|市|区|州|旗|镇|乡|地市|城市|国家|县（市）|县（市、区）|省)")
# A clause whose subject stands in the clause before. Matches "实现生产总值", "完成"; not "全市实现".
BARE_VERB: Final = re.compile(r"(?:预计|共|累计|全年|去年)*(?:实现|完成)")
# A minus sign before a number, after folding. Matches "速—", "为—"; not "5—" or "%—".
MINUS: Final = re.compile(r"[速幅率长为是]—")
# Holds a name against another's or a plan. Matches "高于" of "生产总值增速高于全省", "为预算" of "财政收入为预算".
COMPARES: Final = re.compile(
    r"(?:略|明显|均|都)*(?:高于|低于|快于|慢于|好于|优于|高出|超过)|比(?:全[国省市区]|国家|计划|预期)|(?:为|占|完成)(?:年初|调整|年度?|全年|变动)?(?:预算|计划|目标|任务)"
)
# The thing that opens a clause. Matches "热线服务水平" of "热线服务水平名列全国30强"; not "成功举办论坛".
OPENS: Final = re.compile(
    r"[，；：、]?(?P<thing>[\u4e00-\u9fff“”·A-Za-z]{2,18}?)(?:成为|名列|位居|位列|稳居|跃居|居(?![民住])|获|达到?|被|入选|保持|领跑|取得|快速|加快|持续|稳步|不断|蓬勃|逆势|明显|显著|大幅|较快|为\d)"
)
# Is so many times a year's. Matches "，是2019年的"; not "，是前五年的".
TIMES_OF: Final = re.compile(r"[，、](?:分别)?(?:是|为|相当于)(?:19|20)\d\d年的")
# A share of a plan. Matches "为预算的", "完成年度计划的"; not "占全省的".
OF_PLAN: Final = re.compile(r"(?:为|占|完成|达到?)?(?:年初|调整|年度?|全年|变动)*(?:预算|计划|目标|任务)(?:任务)?的?\Z")
# A line that was crossed, at the end of a name. Matches "再跨百亿台阶" of "生产总值再跨百亿台阶".
CROSSING: Final = re.compile(
    r"(?:再|连续|先后|首次|成功|历史性|一举|顺利)*(?:跨|跨越|迈|登|站|突破|上|越)(?:上|过|入|进)?了?[^，。；、跨迈]{1,9}(?:台阶|大关|关口)(?:后)?\Z"
)
# One value for each name. Matches "均增长", "都"; not "年均", "平均".
EVERY: Final = re.compile(r"(?<![年平人户])均|都|各")
RATE: Final = re.compile(r"(?:率|占比|比例|比重|覆盖面)\Z")
# A name that measures by itself. Matches "税收收入", "贷款余额"; not "企业".
MEASURE: Final = re.compile(r"(?:收入|总额|总值|总量|产量|产值|增加值|投资|余额|零售额|销售额|人数|失业率|覆盖率)\Z")
_JOINED: Final = re.compile(r"、|和|及|与")
# Another basis in a bracket. Matches "按可比口径", "剔除减税因素"; not "中心城区".
BASIS: Final = re.compile(r"口径|剔除|扣除|可比|核算|不变价|实际|名义|考虑")
_SHORT: Final = frozenset("煤油水电粮钢铁糖盐茶肉蛋奶鱼棉布纱村镇乡校")  # names of one character
_WORD: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]")
MASK: Final = re.compile(r"\x00*")


def _both_measure(names: tuple[Name, ...]) -> bool:
    """Whether each of two names is an indicator or measures by itself (一般公共预算收入、税收收入)."""
    return any(n.subject for n in names) and all(n.subject or MEASURE.search(n.text) for n in names)


def alike(one: Value, other: Value) -> bool:
    """Whether two values may stand in one list."""
    if (one.kind == "rank") != (other.kind == "rank"):
        return False
    return one.unit == other.unit or UNITS.worth(one.unit).kind == UNITS.worth(other.unit).kind


def worded(text: str) -> bool:
    """Whether a phrase names something: more than one character that is no figure or mark."""
    return (len(text) > 1 and _WORD.search(text) is not None) or text in _SHORT


def is_threshold(text: str, value: Value) -> bool:
    """Whether a value bounds a class of things (200人以上自然村); 100家以上企业 is a count."""
    if UNITS.worth(value.unit).kind == "money" and _CLASSED.match(text, value.end):
        return True  # 新增100亿元企业1户
    return value.unit != "万户" and not _FIRMS.match(text, value.end) and THRESHOLD.match(text, value.end) is not None and _may_bound(value)


def is_bounded(text: str, value: Value) -> bool:
    """Whether a value with its comparator before it bounds a class of things (超10亿元的龙头企业); 超5000家规模以上企业 is a count."""
    return BOUNDED.match(text, value.end) is not None and _may_bound(value)


def _may_bound(value: Value) -> bool:
    return UNITS.worth(value.unit).kind not in ("count", "place", "percent")


def each_has(names: tuple[Name, ...], value: Value, phrase: str) -> bool:
    """Whether one value stands for each of two joined names: a rate of both, or headline measures; 建议和提案200件 counts them together."""
    if not _both_measure(names):
        return False
    if all(n.subject for n in names) and MEASURE.search(_JOINED.split(phrase)[0]):
        return True  # 地区生产总值、规上工业总产值超过千亿元
    names = tuple(n for n in names if n.subject)
    return value.unit in ("%", "‰") or all(any(m.headline for m in indicator_table().of(n.subject)) for n in names)


def distinct(names: list[Name]) -> list[Name]:
    """Names without repeats, each at the place of its first."""
    return list({n.text: n for n in names}.values()) if len(names) > 1 else names
