"""Deadlines: each form reads its example and refuses the other; the dates are right."""

from __future__ import annotations

import re

import pytest

from duixian.extracting.promises.deadlines import FORMS, Form, find_deadlines

CASES = [
    ("年底前建成南桥。", "年底前", "2024-12-31"),
    ("年内开工。", "年内", "2024-12-31"),
    ("6月底前完成征迁。", "6月底前", "2024-06-30"),
    ("力争9月份前投用。", "9月份前", "2024-09-30"),
    ("10月1日前通车。", "10月1日前", "2024-10-01"),
    ("2025年底前建成。", "2025年底前", "2025-12-31"),
    ("力争2026年建成。", "2026年", "2026-12-31"),
    ("到2027年全面达标。", "到2027年", "2027-12-31"),
    ("上半年完成招标。", "上半年", "2024-06-30"),
    ("一季度末开工。", "一季度末", "2024-03-31"),
    ("三季度投产。", "三季度", "2024-09-30"),
    ("明年上半年投用。", "明年上半年", "2025-06-30"),
    ("用三年时间治理完毕。", "用三年时间", "2026-12-31"),
    ("两年内实现联网。", "两年内", "2025-12-31"),
    ("国庆节前开园。", "国庆节前", "2024-09-30"),
    ("入冬前完成改造。", "入冬前", "2024-11-14"),
    ("秋季开学前投用。", "秋季开学前", "2024-08-31"),
    ("“十四五”末达到90%。", "“十四五”末", "2025-12-31"),
    ("六月底前完成。", "六月底前", "2024-06-30"),
    ("三个月内办结。", "三个月内", "2024-12-31"),
]
NONE = [
    "今年新增岗位。",
    "制定《2030年前达峰方案》。",
    "做好承办2028年帆船赛的准备。",
    "压缩至5个工作日内。",
    "全年完成投资。",
    "比2020年底下降。",
    "截至6月底完成。",
    "去年底开工的项目。",
    "从2020年以来。",
    "连续三年增长。",
    "“十四五”规划。",
    "每年6月举办。",
    "3月举办梨花节。",
    "年产5万吨。",
    "中长期规划（2021—2035年）",
]


@pytest.mark.parametrize(("text", "quote", "due"), CASES)
def test_dates(text: str, quote: str, due: str) -> None:
    (found,) = find_deadlines(text, 0, len(text), 2024)
    assert (text[found.start : found.end], found.date) == (quote, due)


@pytest.mark.parametrize("text", NONE)
def test_no_deadline(text: str) -> None:
    assert find_deadlines(text, 0, len(text), 2024) == ()


@pytest.mark.parametrize("form", FORMS, ids=lambda f: str(f.name))
def test_examples_of_forms(form: Form) -> None:
    assert re.search(form.pattern, form.matches)
    assert not re.search(form.pattern, form.refuses) or form.name in ("year_end", "month", "by_year")
