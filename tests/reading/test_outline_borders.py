"""Borders that lists, figures, years and titles decide: what goes on with what announced it, and for which years it is meant."""

from __future__ import annotations

import pytest
from speech import body

from duixian.model import Document, Hints
from duixian.reading import read_document
from duixian.reading.outline import outline
from duixian.reading.pieces import Identity
from duixian.reading.repair import repair

YEAR = 2024
FRONT = "各位代表：\n现在，我代表市人民政府作工作报告，请予审议。\n"
REVIEW = (
    "一、2023年工作回顾\n过去一年，全市上下齐心协力，取得了明显成效。地区生产总值比上年增长6.1%。\n"
    "（一）产业转型成效显著。新增规上企业三十家，获评省级园区两个。\n（二）城乡面貌明显改善。建成了城北水厂，改造老旧小区四十个。\n"
)
PROBLEMS = "同时，我们也清醒地看到，发展中还存在不少困难和问题：产业结构不优，创新能力不强，民生短板较多。\n"
OUTLOOK = "二、2024年总体要求和目标任务\n今年是实施规划的关键一年。政府工作的总体要求是：坚持稳中求进，推动高质量发展。\n"
TARGETS = "今年全市经济社会发展的主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长4%，居民收入增长6%。\n"
TASKS = (
    "三、2024年重点工作\n重点抓好以下两个方面的工作：\n（一）加快产业升级。要大力培育先进制造业，推进园区建设。\n"
    "（二）加强城市建设。要力争开通城际快线，抓好管网改造。\n"
)
GOVERNMENT = "四、加强政府自身建设\n要坚持依法行政，自觉接受监督，转变作风，力戒形式主义，建设廉洁政府。\n"
CLOSING = "各位代表！蓝图已经绘就。让我们更加紧密地团结起来，为建设美好云溪而努力奋斗！\n"


def parts(text: str, year: int = YEAR) -> list[tuple[str, str]]:
    """Role and first words of each level-1 part."""
    copy = repair(text)
    who = Identity("云溪市", "999901", "999901", "prefecture", year, None, year, year, "full", None, None, None, None, None, False, (), ())
    found = outline(copy, 0, len(copy.text), who)
    return [(p.role, copy.text[p.start : p.start + 10].replace("\n", "")) for p in found.parts if p.level == 1]


def roles(text: str, year: int = YEAR) -> list[str]:
    """The roles in order, without repetitions."""
    found = [role for role, _ in parts(text, year)]
    return [r for i, r in enumerate(found) if i == 0 or r != found[i - 1]]


def test_chapters_between_the_plans_and_the_years_are_the_plans() -> None:
    plan = (
        "二、“十五五”时期的奋斗目标和主要任务\n“十五五”时期，是加快转型的关键时期。要重点抓好以下工作：\n（一）培育产业。要壮大集群。\n"
        "三、加快城乡建设\n要抓好路网，改造老区，推进绿化。\n四、办好社会事业\n要办好学校，健全医疗，发展养老。\n"
    )
    year = OUTLOOK.replace("2024", "2026").replace("二、", "五、") + TARGETS + TASKS.replace("2024", "2026").replace("三、", "六、")
    found = parts(FRONT + REVIEW.replace("2023", "2025") + PROBLEMS + plan + year + GOVERNMENT.replace("四、", "七、") + CLOSING, 2026)
    work = [(role, words[:2]) for role, words in found if role.startswith("tasks")]
    assert work[-3:] == [("tasks_term", "三、"), ("tasks_term", "四、"), ("tasks", "六、")]


def test_principles_between_the_targets_and_the_work_are_outlook() -> None:
    principles = "实现上述目标，必须坚持稳字当头，保持定力。一是坚持发展第一要务，二是坚持人民至上，三是坚持底线思维。\n"
    found = parts(FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + principles + TASKS + GOVERNMENT + CLOSING)
    after = found[[r for r, _ in found].index("targets") + 1]
    assert after == ("outlook", "实现上述目标，必须坚")


def test_a_list_of_problems_goes_on_in_its_paragraph() -> None:
    worries = (
        "各位代表，过去一年各项事业都有了很大发展，但还存在不少问题和困难，突出的是：（一）物价涨得多。全年涨幅超出了控制目标。"
        "（二）农业基础仍然薄弱。抗灾能力不强。（三）有些地方治安案件较多。对此，我们将采取措施，认真加以解决。\n"
    )
    found = parts(FRONT + REVIEW + worries + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING)
    assert [words for role, words in found if role == "problems"] == ["各位代表，过去一年各"]
    assert [role for role, _ in found][:4] == ["front", "review", "problems", "outlook"]


def test_lessons_after_the_problems_look_back() -> None:
    lessons = "回顾过去一年的工作，我们深刻体会到，越是困难的时候，越要坚定信心，越要抓住重点，越要依靠群众。\n"
    found = roles(FRONT + REVIEW + PROBLEMS + lessons + OUTLOOK + TARGETS + TASKS)
    assert found[:5] == ["front", "review", "problems", "review", "outlook"]


def test_goals_in_a_list_of_later_years_need_no_announcement() -> None:
    goals = (
        "二、今后五年的总体思路\n今后五年，政府工作的总体要求是：坚持转型发展，建设美好云溪。\n"
        "——综合实力明显提升。到2029年，人均生产总值达到10万元左右，研发投入比重达到2.7%。\n"
        "——生态环境显著改善。到2029年，优良天数比例稳定在90%以上。\n——人民生活更加殷实。居民收入年均增长6%以上。\n"
    )
    text = FRONT + REVIEW + PROBLEMS + goals + OUTLOOK.replace("二、", "三、") + TARGETS + TASKS.replace("三、", "四、") + CLOSING
    assert ("targets", "——综合实力明显提升") in parts(text)


def test_goals_without_a_figure_are_the_outlooks() -> None:
    goals = (
        "二、今后五年奋斗目标\n今后五年，是加快转型的关键时期。\n"
        "今后五年的奋斗目标是：综合实力显著增强，城乡面貌焕然一新，人民生活更加美好。\n"
    )
    text = FRONT + REVIEW + PROBLEMS + goals + OUTLOOK.replace("二、", "三、") + TARGETS + TASKS.replace("三、", "四、") + CLOSING
    assert [words for role, words in parts(text) if role == "targets"] == ["今年全市经济社会发展"]


@pytest.mark.parametrize(
    "told",
    [
        "综合考虑各方面因素，今年全市生产总值预期增长9%，其中服务业增长10%，居民收入增长8%。\n",  # figures without the word 目标
        "今年经济社会发展的主要任务是：\n保持经济较快增长。生产总值增长9%，工业增长10%。\n"
        "稳定物价。消费价格涨幅控制在4%以内。\n提高人民生活水平。农民收入增长6%，城镇居民收入增长7%。\n",
    ],
)
def test_targets_told_in_figures_need_no_name(told: str) -> None:
    found = roles(FRONT + REVIEW + PROBLEMS + OUTLOOK + told + TASKS + GOVERNMENT + CLOSING)
    assert found[3:6] == ["outlook", "targets", "tasks"]


def test_a_chapter_on_the_government_holds_its_paragraphs() -> None:
    own = (
        "四、加强政府自身建设\n要坚持依法行政，转变作风，建设廉洁政府。\n完善公共服务体系。健全四级便民服务网络，推行一窗受理，缩短办理时限。\n"
        "解决办事难问题。推行首问负责、一次告知和限时办结，在窗口公布流程，提高效率。\n"
    )
    assert roles(FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + own + CLOSING)[-3:] == ["tasks", "government", "closing"]


def test_defence_before_the_last_salutation_is_work() -> None:
    defence = "各位代表！我们将一如既往支持国防和军队建设，扎实做好拥军优属工作，巩固军政军民团结。\n"
    found = parts(FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + defence + CLOSING)
    assert [role for role, _ in found][-3:] == ["government", "tasks", "closing"]


def test_drafting_the_next_plan_is_work_of_the_year() -> None:
    draft = "各位代表！编制国民经济和社会发展第十五个五年规划，是今年的一项重要工作。我们将广泛听取意见，力求编出一个好规划。\n"
    found = roles(FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + draft + CLOSING, 2025)
    assert found[-3:] == ["government", "tasks", "closing"]


def test_foreign_affairs_are_looked_back_on_in_their_own_chapter() -> None:
    abroad = (
        "四、关于国际形势和外交工作\n过去一年，我国同许多国家建立了外交关系，双边往来显著增加，取得了丰硕成果，赢得了广泛赞誉。\n"
        "我国同周边国家的关系得到了进一步发展，达成了多项协议，成功举办了友好年活动，签署了贸易协定。\n"
        "我国将继续奉行独立自主的和平外交政策，同各国发展友好合作，要坚持互利共赢，推动共同发展。\n"
    )
    found = [role for role, _ in parts(FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS + abroad + CLOSING, 2024)]
    assert found[-4:] == ["tasks", "review", "tasks", "closing"]


def test_a_sentence_that_leads_to_the_work_belongs_to_it() -> None:
    tasks = TASKS.replace("重点抓好", "今年任务重、挑战多、要求高。我们将突出重点，抓好")
    found = parts(FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + tasks + GOVERNMENT + CLOSING)
    assert ("tasks", "三、2024年重点工") in found


def test_metadata_before_a_report_without_a_title_is_front() -> None:
    text = "---\nsource: https://example.org/report\n---\n\n" + "\n\n".join(body("全市", "宁波", "海曙、江北、镇海、余姚、慈溪", 2031))
    (report,) = read_document(Document("d", "宁波市/2031.md", text, Hints(path=("宁波市", "2031")))).reports
    first, second = report.sections[:2]
    assert (first.role, second.role) == ("front", "review")
    assert text[second.start :].startswith("一、2030年工作回顾")


def test_a_part_that_the_first_of_several_items_opens_has_not_its_name() -> None:
    copy = repair(
        FRONT + REVIEW + PROBLEMS + OUTLOOK + TARGETS + TASKS.replace("三、2024年重点工作\n重点抓好以下两个方面的工作：\n", "") + CLOSING
    )
    who = Identity("云溪市", "999901", "999901", "prefecture", YEAR, None, YEAR, YEAR, "full", None, None, None, None, None, False, (), ())
    found = outline(copy, 0, len(copy.text), who)
    work = [p for p in found.parts if p.role == "tasks"]
    assert [(p.level, p.heading) for p in work] == [(1, None), (2, "加快产业升级"), (2, "加强城市建设")]


def test_a_list_of_goals_without_a_figure_that_nothing_announces_is_no_targets() -> None:
    goals = "今后五年，要有新的面貌。\n——到2029年第3次普查时，城乡面貌一新。\n——到2029年第5次全会时，生态更美。\n——人民生活更加殷实。\n"
    text = FRONT + REVIEW + PROBLEMS + OUTLOOK + goals + TASKS + GOVERNMENT + CLOSING
    assert "targets" not in roles(text)
