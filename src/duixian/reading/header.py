"""The head of a report: title, session line, day of the speech, speaker, and in whose name the report is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duixian.reading.years import DATE, NUMBER, YEAR, Day, day, small_number, year_number
from duixian.registry.heads import head_words

_WORDS = head_words()
_HAN = "\u4e00-\u9fff"
_REACH = 1500  # a head is no longer than this

# The session of a congress. Matches "安徽省第十三届人民代表大会第四次会议", "市十六届人大一次会议", "第十四届全国人民代表大会第一次会议";
# not "十九届四中全会", "省十三届人大".
SESSION = re.compile(
    rf"第?(?P<congress>{NUMBER})届\n?(?P<all>全国)?人(?:民代表)?大(?:会)?\n?第?(?P<session>{NUMBER})次(?:\n?(?:全体)?会议)?"
)
_BODY_OF = r"(?:政府|国务院|行政公署|行署|革命委员会|兵团)"
# The sentence in which the report is given. Matches "我代表省人民政府，向大会报告工作", "我受某市长的委托，代表市人民政府作报告",
# "我受市人民政府委托，向大会报告工作"; not "省长某某代表省人民政府向大会作政府工作报告" (a caption), "受市政府委托，现将计划草案提请审议".
REQUEST = re.compile(
    rf"(?:我|受)[^。！\n]{{0,24}}?代表(?P<office>[^。！，\n]{{0,24}}?{_BODY_OF})[^。！\n]{{0,90}}?报告"
    rf"|我?受(?P<entrusted>[^。！，\n]{{0,16}}?{_BODY_OF})的?委托[^。！\n]{{0,30}}?(?:报告(?:政府)?工作|工作报告)"
)
# The greeting. Matches "各位代表：", "各位代表，现在"; not "各位代表踊跃".
GREETING = re.compile(r"各位代表[：，！。\n]|各位代表(?=现在)|同志们：")
# A title of its own. Matches "2021年某某省政府工作报告(摘要)", "·【某某招商】2020年某某市政府工作报告"; not "作政府工作报告".
TITLE = re.compile(r"(?<![作的《为了于])(?:人民政府|政府|行署|行政公署)\n?工\n?作\n?报\n?告")
_OFFICE = rf"(?:{'|'.join(_WORDS.prefixes)})?(?:{'|'.join(_WORDS.offices)})"
_NAME = rf"[{_HAN}]{{2,5}}?(?:·[{_HAN}]{{1,9}}?){{0,2}}"
_STOP = r"(?:同志|讲话|作报告)?(?=[\n）（，。]|各位代表|\Z)"
# Office and name. Matches "省人民政府省长某某\n", "代市长：某某各位代表"; not "省长某某代表省人民政府向大会作报告".
_SPEAKER = re.compile(
    rf"(?P<place>[{_HAN}]{{0,22}}?)(?:人民政府)?(?P<office>{_OFFICE})(?:候选人|提名人选|人选)?[：\n]?(?P<name>{_NAME}){_STOP}"
)
_SPEAKER_REVERSED = re.compile(rf"(?P<name>{_NAME})（(?P<place>[{_HAN}]{{0,22}}?)(?P<office>{_OFFICE})）")
# A name alone on its line, after the day in brackets, or between session and greeting. Matches "\n某某某\n"; not "\n政府工作报告\n".
_BARE = re.compile(rf"(?:会议上?[）]?|日|\A|\n)(?P<name>{_NAME})(?=[\n）]|各位代表|\Z)")
_NO_NAME = re.compile(
    r"报告|工作|政府|会议|回顾|全文|摘要|代表|同志|目录|审议|人民|来源|时间|下载|打印|全屏|收藏|加大|还原|减小|首页|当前|位置|阅读|字体|要闻|发布"
    rf"|^在|[省市州县区]$|^[一二三四五六七八九十]+$|{'|'.join(_WORDS.offices)}"
)
# A day of publication or of a note, not of the speech. Matches "2025年01月22日09：49", "2015年1月4日，有关部门"; not "2025年1月14日在".
_PUBLISHED = re.compile(r"\s*\d{1,2}[：:]\d{2}|，(?!在)")
# A day in digits and points, in brackets. Matches "（2021.1.28）"; not "2021—07—02" (a page's).
_NUMERIC = re.compile(r"（((?:19|20)\d\d)[.—/](\d{1,2})[.—/](\d{1,2})）")
# A day without its year. Matches "1月28日在某某市第九届"; not "2021年1月28日".
_YEARLESS = re.compile(rf"(?<![年\d])({NUMBER})月({NUMBER})日")
_BESIDE = 30  # a day stands within this many characters of its session
# A page's own dated line. Matches "来源：某某日报", "时间：2026"; not "会议上".
_CAPTION = re.compile("|".join(map(re.escape, _WORDS.captions)))
# The report on a five-year plan. Matches "作关于某省国民经济和社会发展第十一个五年规划纲要的报告", "关于“七五”计划的报告"; not
# "报告工作，请连同《第十四个五年规划纲要》一并审议".
_ON_PLAN = re.compile(rf"(?:作|关于|就)[^。，《》\n]{{0,40}}?(?:第{NUMBER}个五年|“{NUMBER}五”)(?:计划|规划)[^。《》\n]{{0,30}}?报告")
_PLAN_NUMBER = re.compile(rf"(?:第({NUMBER})个五年|“({NUMBER})五”)")
_YEAR_IN_TITLE = re.compile(rf"(?<![和至—])({YEAR})年(?!—|远景|规划)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a report say; every field is null where they are silent.

    Attributes:
        title: the title line.
        title_year: the year in it.
        place: the words before the session's number that name the place (某某省, 自治区, 市).
        title_place: the words of the title that name the place.
        speaker_place: the words before the speaker's office.
        office: in whose name the report is read (省人民政府).
        congress: number of the congress.
        session: number of its session.
        meeting: the session in the text's words.
        delivered: day of the speech.
        month_day: its month and day, where the head leaves out the year.
        speaker: the speaker's name.
        speaker_title: the speaker's office (代省长).
        plan: the number of the five-year plan, where the text is the report on one.
        abstract: the mark by which the text says that it is an abstract.
        end: position in the copy where the head ends.
    """

    title: str | None
    title_year: int | None
    place: str | None
    title_place: str | None
    speaker_place: str | None
    office: str | None
    congress: int | None
    session: int | None
    meeting: str | None
    delivered: Day | None
    month_day: tuple[int, int] | None
    speaker: str | None
    speaker_title: str | None
    abstract: str | None
    plan: int | None
    end: int

    @property
    def bare(self) -> bool:
        """Whether the head gives neither title nor session, day or speaker."""
        return self.title is None and self.congress is None and self.delivered is None and self.speaker is None


def read_head(text: str, start: int, end: int) -> Head:
    """The head of the report at ``start:end``.

    Args:
        text: the reading copy.
        start: first position of the report.
        end: the position after its last.
    """
    stop = _head_end(text, start, end)
    head = text[start:stop]
    request = REQUEST.search(text, start, min(end, stop + 400))
    session = SESSION.search(head)
    title = _title(head)
    speaker, office, place = _speaker(head)
    return Head(
        title=title,
        title_year=_title_year(title),
        place=_before(head, session.start()) if session else None,
        title_place=_before(title, m.start()) if title and (m := TITLE.search(title)) else None,
        speaker_place=place,
        office=(request["office"] or request["entrusted"]).replace("\n", "") if request else None,
        congress=small_number(session["congress"]) if session else None,
        session=small_number(session["session"]) if session else None,
        meeting=_meeting(head, session),
        delivered=_delivered(head, session),
        month_day=_month_day(head, session),
        speaker=speaker,
        speaker_title=office,
        abstract=_abstract(title, head),
        plan=_plan(text, start, min(end, stop + 400)),
        end=stop,
    )


def is_byline(line: str) -> bool:
    """Whether a line gives only the speaker or the day (省长某某, （2003年1月10日某某）).

    Args:
        line: a line of the reading copy.
    """
    speaker = _SPEAKER.match(line)
    return bool((speaker and speaker.end() == len(line)) or _DAY_LINE.match(line))


# A line of the day, and the speaker at most. Matches "（2003年1月10日某某）"; not "2003年1月10日，大会开幕".
_DAY_LINE = re.compile(rf"（?{DATE.pattern}(?:{_NAME})?）?$")


def _head_end(text: str, start: int, end: int) -> int:
    """Where the speech begins: at the greeting, at the request, or at the first long paragraph or numbered heading."""
    reach = min(end, start + _REACH)
    found = [m.start() for m in (GREETING.search(text, start, reach), REQUEST.search(text, start, reach)) if m]
    if found:
        return min(found)
    at = start
    while at < reach:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        if line_end - at > 60 or re.match(r"[一二三]、|（一）|第一", text[at : at + 3]) or _YEAR_REVIEW.match(text, at, line_end):
            return at
        at = line_end + 1
    return min(at, reach)


# A heading that begins the speech. Matches "2019年工作回顾", "过去五年的工作"; not "2019年政府工作报告".
_YEAR_REVIEW = re.compile(rf"(?:{YEAR}年|过去)[^\n]{{0,20}}(?:回顾|总结|工作)$")


def _title(head: str) -> str | None:
    """The first line that holds 政府工作报告 as a title, without bullets, brackets in front and what follows on the same line."""
    for line in head.split("\n"):
        if _CAPTION.search(line):
            continue
        match = TITLE.search(line)
        if match and match.start() < 40:
            tail = re.match(r"告?（[^（）\n]{1,8}）", line[match.end() :])
            front = re.sub(r"^[·—#\s]*(?:【[^】]{0,20}】|第[^\s]{1,4}篇)?", "", line[: match.start()])
            return (front + match[0] + (tail[0] if tail else "")).strip("《》 ")
    first = head.split("\n", 1)[0].strip()
    other = DATE.search(first) or SESSION.search(first) or _SPEAKER.match(first)
    plain = 4 <= len(first) <= 50 and not other and first[0] not in "—（"
    return first if plain and ("报告" in first or first.endswith("奋斗")) else None


def _title_year(title: str | None) -> int | None:
    match = _YEAR_IN_TITLE.search(title) if title else None
    return year_number(match[1]) if match else None


def _before(line: str, at: int) -> str:
    """The run of Han characters directly before a position (without the date and 在)."""
    run = re.search(rf"[{_HAN}\n]{{0,30}}$", line[max(0, at - 30) : at])
    words = run[0].replace("\n", "") if run else ""
    if run and run.start() and line[max(0, at - 30) : at][run.start() - 1].isdigit():
        words = words.removeprefix("日")
    return re.sub(rf"^.*(?:会议|报告|全文|年|月{NUMBER}日)", "", words.rpartition("在")[2])


def _meeting(head: str, session: re.Match[str] | None) -> str | None:
    if session is None:
        return None
    return (_before(head, session.start()) + session[0]).replace("\n", "")


def _delivered(head: str, session: re.Match[str] | None) -> Day | None:
    """The day of the speech: beside the session first, else the first one that is not the page's."""
    found: list[tuple[int, Day]] = []
    for match in DATE.finditer(head):
        line_start = head.rfind("\n", 0, match.start()) + 1
        line_end = head.find("\n", match.end())
        line = head[line_start : line_end if line_end >= 0 else len(head)]
        value = day(match)
        if value is None or _PUBLISHED.match(head, match.end()) or (_CAPTION.search(line) and not SESSION.search(line)):
            continue
        distance = 99
        if session:
            distance = 0 if 0 <= session.start() - match.end() <= _BESIDE or 0 <= match.start() - session.end() <= 12 else 50
        found.append((distance, value))
    if found:
        return min(found, key=lambda f: f[0])[1]
    short = _NUMERIC.search(head)
    return Day(int(short[1]), int(short[2]), int(short[3])) if short else None


def _month_day(head: str, session: re.Match[str] | None) -> tuple[int, int] | None:
    """Month and day beside the session, where the year is left out."""
    found = [(m, small_number(m[1]), small_number(m[2])) for m in _YEARLESS.finditer(head)] if session else []
    near = [(a, b) for m, a, b in found if session and 0 <= session.start() - m.end() <= _BESIDE and a and b]
    return near[0] if near else None


def _speaker(head: str) -> tuple[str | None, str | None, str | None]:
    """Name, office and the words before the office."""
    lines = [line for line in head.split("\n") if not (_CAPTION.search(line) and len(line) < 60)]
    text = "\n".join(lines)
    for pattern in (_SPEAKER, _SPEAKER_REVERSED):
        for match in pattern.finditer(text):
            if not _NO_NAME.search(match["name"]):
                place = re.sub(r"^.*(?:会议上?|报告|人民代表大会|\d日)", "", match["place"].replace("\n", ""))
                return match["name"], match["office"], place or None
    for match in _BARE.finditer(text):
        if not _NO_NAME.search(match["name"]) and _in_place(text, match):
            return match["name"], None, None
    return None, None, None


def _in_place(text: str, match: re.Match[str]) -> bool:
    """A bare name counts behind the session or the day, or as the last line before the greeting."""
    before, after = text[: match.start("name")], text[match.end() :]
    return bool(SESSION.search(before) or DATE.search(before)) or (not after.strip("\n") and len(match["name"]) <= 4)


def _plan(text: str, start: int, end: int) -> int | None:
    match = _ON_PLAN.search(text, start, end)
    numbers = [small_number(m[1] or m[2]) for m in _PLAN_NUMBER.finditer(match[0])] if match else []
    return max((n for n in numbers if n), default=None)


def _abstract(title: str | None, head: str) -> str | None:
    """A mark in brackets after the title or on a short line of its own."""
    for mark in _WORDS.abstracts:
        at = head.find(mark)
        if at >= 0 and ((title and mark in title) or re.search(rf"[（(\n、—][^\n（）]{{0,10}}{mark}[^\n（）]{{0,6}}(?:[）)\n]|\Z)", head)):
            return mark
    return None
