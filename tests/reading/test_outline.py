"""The outline: headings in every style, roles by content, false headings refused."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duixian.reading.headings import find_headings, han_number, read_mark
from duixian.reading.outline import outline
from duixian.reading.pieces import Identity, Outline
from duixian.reading.repair import repair
from duixian.reading.sentences import sentence_starts
from duixian.registry.roles import Cue, plan_number, role_rules

YEAR = 2024
RULES = role_rules(YEAR)


def identity(year: int = YEAR) -> Identity:
    return Identity("云溪市", "999901", "999901", "prefecture", year, None, year, year, "full", None, None, None, None, None, False, (), ())


def read(text: str, year: int = YEAR) -> tuple[str, Outline]:
    copy = repair(text)
    return copy.text, outline(copy, 0, len(copy.text), identity(year))


def parts(text: str, year: int = YEAR) -> list[tuple[str, str]]:
    """Role and first words of each level-1 part."""
    copied, found = read(text, year)
    return [(p.role, copied[p.start : p.start + 12].replace("\n", "")) for p in found.parts if p.level == 1]


def roles(text: str, year: int = YEAR) -> list[str]:
    """The roles in order, without repetitions (two chapters of one role count once)."""
    found = [role for role, _ in parts(text, year)]
    return [r for i, r in enumerate(found) if i == 0 or found[i - 1] != r]


FRONT = (
    "政府工作报告\n——2024年1月9日在云溪市第八届人民代表大会第三次会议上\n云溪市市长 林一鸣\n"
    "各位代表：\n现在，我代表市人民政府作工作报告，请予审议。\n"
)
REVIEW = (
    "一、2023年工作回顾\n过去一年，全市上下齐心协力，取得了明显成效。地区生产总值比上年增长6.1%，财政收入增长5.2%。\n"
    "（一）产业转型成效显著。新增规上企业三十家，获评省级园区两个，完成技改投资五十亿元。\n"
    "（二）城乡面貌明显改善。建成了城北水厂，改造老旧小区四十个，取得了实实在在的成绩。\n"
    "这些成绩来之不易。在此，我代表市人民政府，向全市人民表示衷心的感谢！\n"
)
PROBLEMS = (
    "同时，我们也清醒地看到，发展中还存在不少困难和问题："
    "产业结构不优，创新能力不强，民生短板较多。对此，我们将采取有力措施，切实加以解决。\n"
)
OUTLOOK = "二、2024年总体要求和目标任务\n今年是实施规划的关键一年。政府工作的总体要求是：坚持稳中求进，着力扩大内需，推动高质量发展。\n"
TARGETS = "今年发展的主要预期目标是：生产总值增长6%左右，公共预算收入增长5%，居民收入与经济同步增长，城镇新增就业3万人。\n"
TASKS = (
    "三、2024年重点工作\n重点抓好以下两个方面的工作：\n（一）加快产业升级。要大力培育先进制造业，确保新开工项目五十个。\n"
    "（二）加强城市建设。要力争开通城际快线，做好排水管网改造，继续打造宜居环境。\n"
)
GOVERNMENT = (
    "四、加强政府自身建设\n新的任务对政府工作提出了更高要求。要坚持依法行政，自觉接受监督，转变作风，力戒形式主义，建设廉洁政府。\n"
)
CLOSING = "各位代表！蓝图已经绘就，号角已经吹响。让我们更加紧密地团结起来，为建设美好云溪而努力奋斗！\n"
APPENDIX = "附件：\n名词解释\n1.城际快线：指连接两座城市的快速轨道。\n2.智慧水厂：指采用自动控制的水厂。\n"
WHOLE = FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING + APPENDIX
ORDER = ["front", "review", "problems", "outlook", "targets", "tasks", "government", "closing", "appendix"]


@pytest.mark.parametrize("cue", [*RULES.sentence_cues, *RULES.title_cues], ids=lambda c: c.name)
def test_a_cue_finds_its_examples_and_refuses_the_others(cue: Cue) -> None:
    assert cue.matches and cue.refuses
    for text in cue.matches:
        assert cue.speaks(text), text
        assert not cue.anchors or any(a in text for a in cue.anchors), text
    for text in cue.refuses:
        assert not cue.speaks(text), text


def test_a_classic_report() -> None:
    assert roles(WHOLE) == ORDER


def test_the_same_report_in_one_line() -> None:
    glued = re.sub(r"\n", "", FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING)
    assert roles(glued) == ORDER[:-1]


def test_the_same_report_without_headings() -> None:
    bare = re.sub(r"(?m)^[一二三四]、.*\n|^（[一二]）", "", FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING)
    assert roles(bare) == ORDER[:-1]


def test_markdown_marks_and_wrong_ranks_do_not_matter() -> None:
    text = re.sub(r"(?m)^([一二三四]、.*)$", r"### **\1**", WHOLE)
    text = re.sub(r"(?m)^(（[一二]）)", r"# \1", text)
    assert roles(text) == ORDER


def test_unnumbered_chapter_titles() -> None:
    text = re.sub(r"(?m)^[一二三四]、", "", FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING)
    _, found = read(text)
    assert [p.heading for p in found.parts if p.level == 1 and p.heading][:2] == ["2023年工作回顾", "2024年总体要求和目标任务"]
    assert roles(text) == ORDER[:-1]


def test_a_misleading_title_is_read_by_its_content() -> None:
    text = WHOLE.replace("一、2023年工作回顾", "一、牢记嘱托勇毅前行").replace("三、2024年重点工作", "三、推动全面振兴")
    assert roles(text) == ORDER


def test_term_report_alternates_between_the_years_and_the_last_year() -> None:
    term = (
        "一、过去五年工作回顾\n过去五年，全市综合实力迈上新台阶，取得了历史性成就。五年累计完成投资三千亿元。\n"
        "刚刚过去的2023年，我们顶住压力，完成了全年任务。地区生产总值比上年增长6.1%，新建了城北水厂。\n"
        "各位代表！五年来的成绩来之不易。向全市人民致以崇高的敬意！\n"
    )
    assert roles(FRONT + term + PROBLEMS + OUTLOOK + TARGETS)[1:5] == ["review_term", "review", "review_term", "problems"]


def test_work_of_the_years_ahead_is_told_from_the_years() -> None:
    ahead = "二、今后五年主要任务\n今后五年，要重点抓好两项工作：\n（一）加快产业升级。要培育集群。\n（二）加强城市更新。要改造老区。\n"
    found = roles(FRONT + REVIEW + PROBLEMS + ahead + OUTLOOK.replace("二、", "三、") + TARGETS + TASKS.replace("三、", "四、"))
    assert [r for r in found if r.startswith("tasks")] == ["tasks_term", "tasks"]


def test_no_targets_paragraph_no_targets() -> None:
    assert "targets" not in roles(FRONT + REVIEW + PROBLEMS + OUTLOOK + TASKS + GOVERNMENT + CLOSING)


def test_self_building_among_the_tasks_and_in_the_review() -> None:
    review = REVIEW.replace(
        "这些成绩来之不易", "（三）政府自身建设取得新成效。依法行政水平明显提高，办理建议二百件，作风不断改进。\n这些成绩来之不易"
    )
    tasks = TASKS + "（三）加强政府自身建设。要坚持依法行政，自觉接受监督，转变工作作风，建设廉洁政府，从严管好公务员队伍。\n"
    assert roles(FRONT + review + PROBLEMS + OUTLOOK + TARGETS + tasks + CLOSING) == ORDER[:-1]


def test_clear_eyed_words_in_the_outlook_are_no_problems_section() -> None:
    outlook = OUTLOOK + "我们要清醒地看到，外部环境依然复杂，困难和挑战不少，但机遇大于挑战。\n"
    assert roles(FRONT + REVIEW + PROBLEMS + outlook + TARGETS + TASKS).count("problems") == 1


ESSAY = (
    "一、过去一年的回顾\n过去一年，全省工业生产恢复很快，完成了原定计划，取得了很大成绩。农业也得到了发展，粮食比上年增加了一成。\n"
    "二、各部门今后的安排\n" + "今后要继续恢复农业生产，抓好水利和农具，办好农村合作社。工业方面要提高质量，加强管理，搞好技术改造。\n" * 30
)


@pytest.mark.parametrize(
    "last",
    [
        "各位代表！这个计划关系到各个方面的工作，希望各界人士共同关心它。\n（《云溪日报》19560616第2版）",  # a salutation, no call
        "各位代表，生产的条件是有利的。只要团结一致，世界上没有力量能够阻挡我们。",
        "在建设的高潮中，我们满怀信心，坚决执行增产节约的方针，为完成今年的计划而奋斗！",  # neither salutation nor "let us"
        "全省人民大团结万岁！",
    ],
)
def test_the_last_words_of_an_early_speech_are_its_closing(last: str) -> None:
    found = parts("各位代表：\n我作工作报告，请予审议。\n" + ESSAY + last, 1956)
    assert found[-1] == ("closing", last[:12])


def test_a_report_that_ends_with_its_work_has_no_closing() -> None:
    assert "closing" not in roles("各位代表：\n我作工作报告，请予审议。\n" + ESSAY, 1956)


def test_a_list_of_contents_in_the_opening_makes_no_chapters() -> None:
    contents = "我的报告分三个部分：\n一、关于经济形势问题；\n二、关于发展速度问题；\n三、关于改革问题。\n"
    found = parts("各位代表：\n我代表市人民政府作工作报告，请予审议。\n" + contents + REVIEW + PROBLEMS)
    assert all(not words.startswith(("一、关于", "二、关于")) for _, words in found)


def test_targets_end_with_their_list() -> None:
    bullets = "今后五年的主要奋斗目标是：\n——生产总值450亿元，年均增长9%。\n——财政收入63亿元，年均增长9%。\n"
    work = "根据多年的实践，借鉴各地的经验，要发展乡镇企业，改造老旧厂房，搞好职工培训，投入30亿元。\n"
    found = parts(FRONT + REVIEW + OUTLOOK + bullets + work * 5 + TASKS)
    stop = next(b for a, b in pairwise(found) if a[0] == "targets")
    assert stop[1].startswith("根据多年的实践")


def test_the_first_paragraph_before_a_chapter_belongs_to_the_body_where_nobody_is_greeted() -> None:
    opening = (
        "2023年，全市人民齐心协力，认真落实各项部署，全面完成了人民代表大会确定的各项任务，发展实现了良好开局，社会事业取得了新的进步。\n"
    )
    found = parts("2024年1月9日在云溪市第八届人民代表大会第三次会议上\n市长林一鸣\n" + opening + REVIEW + OUTLOOK + TARGETS + TASKS)
    assert found[1] == ("review", opening[:12])


def test_every_character_lies_in_one_part_and_parts_nest() -> None:
    copied, found = read(WHOLE)
    outer = [p for p in found.parts if p.level == 1]
    assert (outer[0].start, outer[-1].end) == (0, len(copied))
    assert all(a.end == b.start for a, b in pairwise(outer))
    assert [p.heading for p in found.parts if p.level == 2][:3] == ["产业转型成效显著", "城乡面貌明显改善", "加快产业升级"]
    for inner in (p for p in found.parts if p.level > 1):
        holder = next(p for p in outer if p.start <= inner.start < p.end)
        assert inner.end <= holder.end and inner.role == holder.role


def headings(text: str) -> list[tuple[int, str]]:
    copied = repair(text).text
    found = find_headings(copied, sentence_starts(copied, 0, len(copied)), 0, len(copied), RULES.titles)
    return [(h.level, copied[h.title : h.words]) for h in found]


def test_one_style_on_two_levels_is_told_by_the_sequence() -> None:
    text = "一、工作回顾过去一年成效明显。 二、主要任务重点抓好三件事。 一、抓产业。要开工。 二、抓项目。要建成。 三、自身建设要依法行政。"
    assert [level for level, _ in headings(text)] == [1, 1, 2, 2, 1]


def test_numbers_inside_words_are_no_headings() -> None:
    text = "一、工作回顾过去一年成效明显。紧紧围绕干好一一 六、当好排头兵推进。景区浪漫线一、二期建成。 二、工作安排今年要抓好落实。"
    assert [words for _, words in headings(text)] == ["工作回顾", "工作安排"]


def test_a_lost_heading_does_not_stop_the_count() -> None:
    text = "一、工作回顾\n成效明显。\n三、重点工作\n抓好落实。\n（一）产业\n加快升级。\n（二）城市\n加快更新。\n四、自身建设\n依法行政。"
    assert [level for level, _ in headings(text)] == [1, 1, 2, 2, 1]


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("一、回顾", "han", 1),
        ("（十三）改革", "bracket", 13),
        ("3.新建", "arabic", 3),
        ("（12）", "round", 12),
        ("④补充", "circle", 4),
        ("十一是新建", "clause", 11),
        ("第二，抓好", "ordinal", 2),
        ("第三部分 任务", "part", 3),
        ("二\n正文", "han", 2),
    ],
)
def test_marks(text: str, style: str, number: int) -> None:
    mark = read_mark(text, 0, True)
    assert mark is not None
    assert (mark.style, mark.number) == (style, number)


@pytest.mark.parametrize("text", ["3.5亿元", "一二三产业", "第一产业增长", "十分重要", "2024年"])
def test_no_marks(text: str) -> None:
    assert read_mark(text, 0, True) is None


@given(st.integers(1, 99))
def test_chinese_numerals(number: int) -> None:
    ones = "零一二三四五六七八九"
    tens, rest = divmod(number, 10)
    words = ("" if tens == 0 else "十" if tens == 1 else ones[tens] + "十") + (ones[rest] if rest else "")
    assert han_number(words) == han_number(str(number)) == number


def test_five_year_plans_by_year() -> None:
    assert [plan_number(y) for y in (1954, 1960, 1981, 1991, 2020, 2021, 2025, 2026)] == [1, 2, 6, 8, 13, 14, 14, 15]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="一二三、（）。：；\n各位代表！今年目标是增长6%民生实事要了", max_size=200))
def test_any_text_is_covered(text: str) -> None:
    copied, found = read(text)
    if not copied:
        return
    outer = [p for p in found.parts if p.level == 1]
    assert "".join(copied[p.start : p.end] for p in outer) == copied


def test_numbered_goals_of_a_plan_are_targets_until_its_work_begins() -> None:
    plan = (
        "二、“十五五”时期的奋斗目标和主要任务\n“十五五”时期，是我市加快转型的关键时期。\n"
        "“十五五”时期经济社会发展的奋斗目标是：\n"
        "（一）经济保持平稳增长。到2030年，生产总值达到900亿元，年均增长6%。\n"
        "（二）城市功能更加完善。到2030年，城镇化率达到70%。\n"
        "（三）生态环境持续改善。森林覆盖率达到45%，空气优良天数比例超过90%。\n"
        "根据上述目标，“十五五”时期的工作重点是：\n"
        "（一）着力做强实体经济。大力培育先进制造业，推进园区建设。\n（二）着力建设宜居城市。要抓好管网改造，打造滨水公园。\n"
    )
    found = parts(FRONT + REVIEW + PROBLEMS + plan + TASKS + GOVERNMENT + CLOSING, 2026)
    assert ("targets", "“十五五”时期经济社会发") in found
    assert ("tasks_term", "根据上述目标，“十五五”") in found
    assert [r for r, _ in found].count("targets") == 1


def test_strategies_listed_after_goals_without_numbers_are_no_targets() -> None:
    goals = (
        "今后五年经济社会发展主要目标是：产业升级取得新成效，城乡面貌发生新变化，人民生活更加殷实。\n"
        "——实施产业升级战略，打造制造之城。坚持做大总量与做优结构并重，培育园区企业，开展技改。\n"
        "——实施创新驱动战略，打造活力之城。健全科技服务体系，鼓励企业办研发中心，培育人才。\n"
    )
    text = FRONT + REVIEW + PROBLEMS + "二、今后五年总体要求和目标任务\n今后五年，是加快转型的关键时期。\n" + goals + TASKS + CLOSING
    assert not [w for r, w in parts(text) if r == "targets" and "战略" in w]
    copied, found = read(text)
    goal = next((p for p in found.parts if p.role == "targets"), None)
    assert goal is None or "战略" not in copied[goal.start : goal.end]


def test_law_and_order_is_work_and_not_yet_the_government() -> None:
    order = "加强社会主义民主和法制建设。坚持依法行政，接受人大监督，推进政务公开。\n维护社会稳定。抓好信访和综合治理，打击各种犯罪。\n"
    text = FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + order + GOVERNMENT + CLOSING
    assert ("government", "四、加强政府自身建设新") in [(r, w[:11]) for r, w in parts(text)]


def test_the_year_told_inside_the_terms_review_is_a_part_of_its_own() -> None:
    review = (
        "一、过去五年工作回顾\n过去五年，全市上下团结奋斗，办成了许多大事。五年来，累计建成水厂十座，取得了显著成效。\n"
        "2023年，面对复杂严峻的形势，我们稳增长、促转型，新增企业三十家，顺利完成了年度任务。\n"
        "各位代表！过去五年的成绩来之不易，在此，我代表市人民政府表示衷心的感谢！\n"
    )
    found = roles(FRONT + review + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING)
    assert found[:5] == ["front", "review_term", "review", "review_term", "problems"]


def test_reasons_behind_the_targets_are_outlook() -> None:
    reasons = "上述预期目标，总体上以稳为主，与规划相衔接，留有余地。\n"
    found = roles(FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + reasons + TASKS + GOVERNMENT + CLOSING)
    assert found[found.index("targets") + 1] == "outlook"


def test_plans_adopted_late_lie_ahead_in_their_first_years() -> None:
    def ahead(year: int, words: str) -> bool:
        return next(c for c in role_rules(year).sentence_cues if c.name == "of_the_years").speaks(words)

    assert ahead(1983, "实现六五计划") and ahead(1982, "第六个五年计划")
    assert ahead(1987, "八五计划") and not ahead(1987, "七五计划")


def test_work_told_without_tense_in_a_chapter_that_looks_back_is_review() -> None:
    review = (
        "一、过去五年工作回顾\n各位代表！五年来，全市上下团结奋斗，办成了许多大事。\n"
        "（一）稳住经济运行。把年度主要预期目标作为整体来把握，加强区间调控。\n坚持积极的财政政策，优化支出结构，合理安排规模。\n"
        "（二）聚焦重点领域深化改革。持续推进职能转变，深化审批制度改革，健全监管机制。\n推动县域改革试点，优化营商环境。\n"
        "（三）推进依法履职和社会治理。坚持依法行政，加强基层治理，严格规范执法。\n"
    )
    found = roles(FRONT + review + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING)
    assert found[1] in ("review", "review_term") and found[2] == "problems"
