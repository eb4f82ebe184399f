"""Invented reports in the genre's style, to be split, identified and damaged by tests."""

from __future__ import annotations

REVIEW = (
    "一年来，{own}上下坚持稳字当头，经济运行总体平稳。初步核算，{own}生产总值增长{growth}%，一般公共预算收入增长4.1%，居民收入稳步提高。"
    "{short}的产业底盘更加厚实，{short}港口吞吐量再创新高，{below}等地的重点园区相继投产，城乡面貌明显改善，民生保障扎实有力。"
)
PLAN = (
    "今年{own}发展要努力达到的目标为：生产总值增速5.5%左右，新增城镇就业3万人以上，居民消费价格上涨2%以内。"
    "我们将扩大有效投资，推动{below}协同发展，把{short}建设得更加宜居，让{own}群众得到更多实惠。"
)
APPEAL = "各位代表！让我们更加紧密地团结起来，脚踏实地、埋头苦干，为谱写{short}发展新篇章而努力奋斗！"


def body(own: str, short: str, below: str, year: int, growth: float = 6.2, paragraphs: int = 8) -> list[str]:
    """The paragraphs of a speech behind its request.

    Args:
        own: what the place calls itself (全市).
        short: its short name.
        below: names of places below it.
        year: the plan's year.
        growth: last year's growth.
        paragraphs: how often the review's paragraph stands.
    """
    words = {"own": own, "short": short, "below": below, "growth": growth}
    return [
        f"一、{year - 1}年工作回顾",
        *[REVIEW.format(**words)] * paragraphs,
        f"二、{year}年重点工作",
        *[PLAN.format(**words)] * paragraphs,
        APPEAL.format(**words),
    ]


def report(head: list[str], office: str, own: str, short: str, below: str, year: int) -> str:
    """A whole report.

    Args:
        head: the lines before the greeting.
        office: in whose name it is read (市人民政府).
        own: what the place calls itself (全市).
        short: its short name.
        below: names of places below it.
        year: the plan's year.
    """
    request = f"现在，我代表{office}，向大会报告工作，请予审议，并请列席人员提出意见。"
    return "\n\n".join([*head, "各位代表：", request, *body(own, short, below, year)])
