"""Small work reports of places that do not exist, for the store's tests."""

from __future__ import annotations

import random
from pathlib import Path

PLACES = ("望江市", "青泽市")
CHORES = (
    "整修乡村道路",
    "改造老旧小区",
    "新建社区食堂",
    "扩建中心医院",
    "疏浚城区河道",
    "开工抽水蓄能电站",
    "培育专精特新企业",
    "举办青年创业大赛",
    "推行一窗受理",
    "补种行道树",
)


def report(place: str, year: int, session: int, seed: int = 0) -> str:
    """A report in the style of the genre; the same arguments give the same text."""
    rng = random.Random(f"{place}{year}{seed}")
    growth, jobs = rng.randrange(45, 85) / 10, rng.randrange(2, 9)

    def paragraph(form: str) -> str:
        return "".join(form.format(c, rng.randrange(10, 999), rng.randrange(2, 90)) for c in rng.sample(CHORES, len(CHORES)))

    chores = "\n".join(paragraph(f"{how}{{}}{{}}处，惠及群众{{}}万人。") for how in ("着力", "稳步", "加快", "全面"))
    plans = "\n".join(paragraph(f"{when}要{{}}{{}}处，投入资金{{}}亿元。") for when in ("今年", "上半年", "下半年", "年内"))
    return f"""政府工作报告

——{year}年1月1{session}日在{place}第十六届人民代表大会第{"一二三四五"[session - 1]}次会议上

{place}市长 陆知远

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。

一、{year - 1}年工作回顾
过去一年，全市地区生产总值增长{growth}%，居民消费价格上涨1.{jobs}%，城镇新增就业{jobs}.{session}万人。
{chores}

二、{year}年工作安排
今年发展的主要预期目标是：地区生产总值增长{growth + 0.5:.1f}%左右，居民消费价格涨幅控制在3%以内，城镇新增就业{jobs}万人以上。
{plans}

三、政府自身建设
坚持依法行政，{rng.choice("自觉接受监督")}，把{rng.randrange(3, 30)}项承诺列入督办清单。

各位代表！让我们携手并肩、实干笃行，为建设更好的{place}而努力奋斗！
"""


def write_reports(folder: Path, years: range, seed: int = 0) -> list[Path]:
    """One file a place and year below the folder."""
    paths = []
    for place in PLACES:
        for year in years:
            path = folder / place / f"{year}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(report(place, year, (year - 2022) % 5 + 1, seed), encoding="utf-8")
            paths.append(path)
    return paths
