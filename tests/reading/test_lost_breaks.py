"""Texts whose breaks were lost or put in at a fixed width."""

from __future__ import annotations

import pytest
from test_outline import CLOSING, FRONT, GOVERNMENT, OUTLOOK, PROBLEMS, REVIEW, TARGETS, TASKS, read, roles

from duixian.reading.headings import find_headings
from duixian.reading.lines import break_edits
from duixian.reading.paragraphs import lost_paragraphs
from duixian.reading.sentences import sentence_starts
from duixian.registry.roles import role_rules

RULES = role_rules(2024)
FILLER = "全市上下加快建设产业园区，改造城乡道路，完善公共服务，办学条件和就医条件都在改善之中，各项事业协调推进并取得进展。" * 50


def restored(text: str) -> list[str]:
    """First words of the paragraphs told in a text without breaks."""
    whole = FILLER + text + FILLER
    found = lost_paragraphs(whole, 0, len(whole), sentence_starts(whole, 0, len(whole)), RULES)
    return [whole[s : s + 8] for s in sorted(found.restored) if len(FILLER) <= s < len(FILLER) + len(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("刚刚过去的2023年，我们顶住了压力。", "刚刚过去的202"),
        ("实现上述目标，必须稳中求进。", "实现上述目标，必"),
        ("各位代表！成绩来之不易，需要倍加珍惜。", "各位代表！成绩来"),
        ("第二，加快建设港区。要开工两个码头。", "第二，加快建设港"),
        ("——工业增加值增长百分之八，服务业增长百分之七。", "——工业增加值增"),
        ("切实转变政府职能。要精简审批事项，办好政务大厅，让群众少跑路。", "切实转变政府职能"),
    ],
)
def test_words_that_begin_paragraphs(text: str, first: str) -> None:
    assert restored(text)[0] == first


@pytest.mark.parametrize(
    "text", ["去年全市新建学校十所，改造医院三家，开通公交线路五条。", "一是新建学校十所，二是改造医院三家，三是开通公交线路。"]
)
def test_words_that_begin_no_paragraph(text: str) -> None:
    assert restored(text) == []


def test_short_texts_have_their_breaks() -> None:
    text = "刚刚过去的一年，我们顶住了压力。实现上述目标，必须稳中求进。"
    assert not lost_paragraphs(text, 0, len(text), sentence_starts(text, 0, len(text)), RULES).glued


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("2024年工作安排今年是重要的一年，要抓好各项工作。", "2024年工作安排"),
        ("今后五年指导思想和主要任务今后五年，是关键的五年。", "今后五年指导思想和主要任务"),
        ("关于政府自身建设各位代表，要从严治政。", "关于政府自身建设"),
    ],
)
def test_titles_without_numbers_glued_to_their_text(text: str, heading: str) -> None:
    whole = "办好了各项工作。" + text
    found = find_headings(whole, sentence_starts(whole, 0, len(whole)), 0, len(whole), RULES.titles)
    assert [(h.level, whole[h.title : h.words]) for h in found] == [(1, heading)]


@pytest.mark.parametrize("text", ["完成全年工作任务的条件是具备的。", "明确目标，过去的经验要总结。"])
def test_sentences_that_are_no_titles(text: str) -> None:
    assert find_headings(text, sentence_starts(text, 0, len(text)), 0, len(text), RULES.titles) == []


def test_years_alternate_in_one_line() -> None:
    term = (
        "一、过去五年工作回顾过去五年，全市综合实力迈上新台阶。五年累计完成投资三千亿元。" + FILLER + "刚刚过去的2023年，我们顶住压力，"
        "完成了全年任务。地区生产总值比上年增长6.1%，新建了城北水厂。各位代表！五年来的成绩来之不易。向全市人民致以崇高的敬意！"
    )
    text = (FRONT + term + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING).replace("\n", "")
    assert roles(text)[1:5] == ["review_term", "review", "review_term", "problems"]


def test_a_list_of_targets_in_one_line() -> None:
    goals = (
        "今后五年的奋斗目标是：——经济实力显著提升。生产总值年均增长7%，财政收入翻一番。——城乡面貌持续改善。路网更加完善，"
        "公园遍布城区，水系清澈。——人民生活更加幸福。社会保障更加健全，教育医疗更加公平。实现上述目标，要重点抓好以下工作："
    )
    text = (FRONT + REVIEW + FILLER + PROBLEMS + OUTLOOK + goals + TASKS + GOVERNMENT + CLOSING).replace("\n", "")
    copied, found = read(text)
    targets = "".join(copied[p.start : p.end] for p in found.parts if p.level == 1 and p.role == "targets")
    assert targets.startswith("今后五年的奋斗目标是") and targets.endswith("教育医疗更加公平。")


def test_a_livelihood_list_glued_to_its_title() -> None:
    listed = "附件1云溪市2024年5件民生实事1.新建小学两所，牵头单位：教育局2.改造管网十公里3.新建公园三个4.加装电梯百部5.开通公交两条"
    text = (FRONT + REVIEW + FILLER + PROBLEMS + OUTLOOK + TARGETS + TASKS + GOVERNMENT + CLOSING).replace("\n", "") + listed
    _, found = read(text)
    assert [i.title and i.title[:4] for i in found.items] == ["新建小学", "改造管网", "新建公园", "加装电梯", "开通公交"]


def _joined(text: str) -> str:
    for edit in sorted(break_edits(text), key=lambda e: -e.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def test_a_stop_at_the_end_of_a_full_line_ends_no_paragraph() -> None:
    paragraph = "加快建设产业园区，改造城乡道路，完善公共服务。" + "办学条件和就医条件都在改善之中各项事业协调推进。" * 30
    lines = "\n".join(paragraph[i : i + 24] for i in range(0, len(paragraph), 24))
    text = "\n".join([lines, "短的一行结束了。"] * 3)
    assert paragraph in _joined(text)


def test_equal_lines_that_end_with_stops_are_paragraphs() -> None:
    text = "云溪市规划纲要说明\n" + "加快建设产业园区，改造城乡道路，完善公共服务体系。\n" * 60
    assert _joined(text).count("\n") >= 60
