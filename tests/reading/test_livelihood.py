"""Livelihood items in every form, counted against the announced number."""

from __future__ import annotations

import pytest

from duixian.reading.outline import outline
from duixian.reading.pieces import Identity, Outline
from duixian.reading.repair import repair

IDENTITY = Identity("云溪市", "999901", "999901", "prefecture", 2024, None, 2024, 2024, "full", None, None, None, None, None, False, (), ())
FRONT = "各位代表：\n现在，我代表市人民政府作工作报告，请予审议。\n"
REVIEW = (
    "一、2023年工作回顾\n过去一年，全市上下齐心协力，取得了明显成效。地区生产总值比上年增长6.1%。\n"
    "（一）产业转型成效显著。新增规上企业三十家，获评省级园区两个。\n（二）城乡面貌明显改善。建成了城北水厂，改造老旧小区四十个。\n"
)
PROBLEMS = "同时，我们也清醒地看到，发展中还存在不少困难和问题：产业结构不优，创新能力不强，民生短板较多。\n"
OUTLOOK = "二、2024年重点工作\n今年是实施规划的关键一年。政府工作的总体要求是：坚持稳中求进，推动高质量发展。\n"
TASKS = "重点抓好以下两个方面的工作：\n（一）加快产业升级。要大力培育先进制造业。\n（二）加强城市建设。要力争开通城际快线。\n"
GOVERNMENT = "三、加强政府自身建设\n要坚持依法行政，自觉接受监督，转变作风，力戒形式主义，建设廉洁政府。\n"
CLOSING = "各位代表！蓝图已经绘就。让我们更加紧密地团结起来，为建设美好云溪而努力奋斗！\n"

BEFORE = FRONT + REVIEW + PROBLEMS + OUTLOOK + TASKS
AFTER = GOVERNMENT + CLOSING


def read(middle: str, after: str = AFTER) -> tuple[str, Outline]:
    copy = repair(BEFORE + middle + "\n" + after)
    return copy.text, outline(copy, 0, len(copy.text), IDENTITY)


def items(middle: str, after: str = AFTER) -> list[str]:
    text, found = read(middle, after)
    return [text[i.start : i.end] for i in found.items]


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        (
            "（三）办好民生实事。今年要办好3件民生实事：一是新建幼儿园五所。二是改造农村公路百公里。三是增设公交线路六条。",
            ["新建幼儿园五所。", "改造农村公路百公里。", "增设公交线路六条。"],
        ),
        (
            "全力办好四件民生实事：1.新建学校2.5万平方米。2.改造厕所百座。3.增设车位千个。4.开通热线。",
            ["新建学校2.5万平方米。", "改造厕所百座。", "增设车位千个。", "开通热线。"],
        ),
        (
            "实施民生实事项目：\n1、扩建医院一所。\n2、新建公园三个。\n3、整治河道五条。",
            ["扩建医院一所。", "新建公园三个。", "整治河道五条。"],
        ),
        ("办好三件惠民实事。（1）新建敬老院两家；（2）发放助学金；（3）改造危房百户。", ["新建敬老院两家", "发放助学金", "改造危房百户。"]),
        ("办好三件惠民实事：①新建敬老院两家②发放助学金③改造危房百户。", ["新建敬老院两家", "发放助学金", "改造危房百户。"]),
        (
            "办好4件民生实事：农村供水工程；城区停车工程；社区食堂工程；校园操场工程。",
            ["农村供水工程", "城区停车工程", "社区食堂工程", "校园操场工程"],
        ),
        (
            "全力办好3件民生实事。为老人免费体检两万人次。新建社区食堂十二家。改造供水管网六十公里。",
            ["为老人免费体检两万人次。", "新建社区食堂十二家。", "改造供水管网六十公里。"],
        ),
        (
            "集中办好3件民生实事。为老人免费体检，让老人安心；新建社区食堂，让居民方便；改造供水管网，让用水放心。真心实意办好。",
            ["为老人免费体检，让老人安心", "新建社区食堂，让居民方便", "改造供水管网，让用水放心。"],
        ),
        (
            "继续办好3件惠民实事。提升供热质量。改造管网20公里。完成40座热力站更新。缓解交通拥堵。打通断头路4条。方便群众就医。扩建医院2所。",
            [
                "提升供热质量。改造管网20公里。完成40座热力站更新。",
                "缓解交通拥堵。打通断头路4条。",
                "方便群众就医。扩建医院2所。",
            ],
        ),
        (
            "为民办好三件实事：\n在城东新建两所小学，接收随迁子女。\n提高最低生活保障标准。\n开工建设公租房千套。\n继续做好其他民生工作。",
            ["在城东新建两所小学，接收随迁子女。", "提高最低生活保障标准。", "开工建设公租房千套。"],
        ),
        ("办好三件民生实事：⑴新建敬老院；⑵发放助学金；⑶改造危房百户。", ["新建敬老院", "发放助学金", "改造危房百户。"]),
        ("扎实抓好就业、教育、医疗、住房、养老等五大类民生实事。", ["就业", "教育", "医疗", "住房", "养老"]),
        ("今年办好四件民生实事，着力解决看病、上学、停车、养老等问题。", ["看病", "上学", "停车", "养老"]),
        (
            "精心实施民生工程：第一，扩大助学覆盖面。第二，新建社区医院。第三，改善住房条件。",
            ["扩大助学覆盖面。", "新建社区医院。", "改善住房条件。"],
        ),
    ],
)
def test_forms(middle: str, expected: list[str]) -> None:
    assert items(middle) == expected


def test_the_section_is_carved_out_of_the_tasks() -> None:
    text, found = read(
        "今年要办好3件民生实事：一是新建幼儿园五所。二是改造公路百公里。三是增设线路六条。我们一定兑现承诺！\n（四）维护安全。要抓好防汛。"
    )
    part = next(p for p in found.parts if p.role == "livelihood")
    assert text[part.start : part.end].startswith("今年要办好3件民生实事")
    assert text[part.start : part.end].rstrip().endswith("兑现承诺！")


def test_count_and_mismatch() -> None:
    _, found = read("今年要办好5件民生实事：一是新建幼儿园五所。二是改造公路百公里。三是增设线路六条。")
    assert [i.announced for i in found.items] == [5, 5, 5]
    assert found.flags == ("count_mismatch",)
    _, found = read("今年要办好3件民生实事：一是新建幼儿园五所。二是改造公路百公里。三是增设线路六条。")
    assert found.flags == ()


def test_a_list_after_the_announcement_of_another_number_is_not_its_list() -> None:
    assert (
        items("围绕十个方面的民生实事，不断改善群众生活。\n一要加快发展。要抓产业。\n二要扩大开放。要抓外贸。\n三要保护环境。要抓治理。")
        == []
    )


def test_the_chapter_that_names_the_items_belongs_to_them() -> None:
    text, found = read("（三）办好三件民生实事\n今年继续为群众办好三件实事：一是新建幼儿园五所。二是改造公路百公里。三是增设线路六条。")
    part = next(p for p in found.parts if p.role == "livelihood")
    assert text[part.start : part.end].startswith("（三）办好三件民生实事")


def test_groups_that_state_their_numbers_are_one_list() -> None:
    found = items(
        "一是扩大就业。重点办好3件实事：新增岗位千个；培训两千人；发放贷款。\n二是保障住房。重点办好3件实事：新建公租房；改造危房；发放补贴。"
    )
    assert found == ["新增岗位千个", "培训两千人", "发放贷款", "新建公租房", "改造危房", "发放补贴"]


def test_count_alone_is_no_list() -> None:
    assert items("继续实施20项民生工程，让群众得到更多实惠。要抓好社会保障。要做好防汛工作。") == []


def test_last_years_items_are_not_this_years() -> None:
    copy = repair(
        FRONT + REVIEW.replace("（二）", "十件民生实事全面完成。一是建成幼儿园。二是建成公路。三是建成公园。\n（二）") + PROBLEMS + OUTLOOK
    )
    assert outline(copy, 0, len(copy.text), IDENTITY).items == ()


def test_manner_of_work_is_no_list() -> None:
    assert items("要大兴求真务实之风，察实情、办实事、求实效：一是深入基层。二是减少会议。三是改进文风。") == []


def test_body_and_annex_count_once_and_the_fuller_wins() -> None:
    annex = (
        "附件\n2024年三件民生实事\n一、扩大助学。全年资助学生两千名，新建宿舍三栋。\n二、改善医疗。扩建医院两所，配备车辆十台。\n"
        "三、改造住房。完成危房改造百户，加装电梯四十部。\n"
    )
    found = items("办好三件民生实事。一是扩大助学。二是改善医疗。三是改造住房。", AFTER + annex)
    assert len(found) == 3
    assert found[0].startswith("扩大助学。全年资助")


def test_groups_of_items_with_running_numbers() -> None:
    annex = (
        "附件：\n2024年六件民生实事\n（一）就业工程\n1、新增岗位千个。\n2、培训农民工两千人。\n"
        "（二）安居工程\n3、改造小区三个。\n4、发放补贴。\n（三）健康工程\n5、新建诊所。\n6、免费体检。\n"
    )
    assert len(items("要继续抓好落实。", AFTER + annex)) == 6
