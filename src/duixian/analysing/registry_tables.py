"""The registry of indicators as a table, one of them as a card, and all of them as a page of the documentation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duixian.analysing.tables import Column, Table
from duixian.registry.indicators import Indicator, indicator_table

_COLUMNS = (
    Column("indicator", "代码", "id"),
    Column("zh", "名称", "name"),
    Column("en", "英文", "English"),
    Column("domain", "领域", "domain"),
    Column("headline", "主要指标", "headline"),
    Column("kind", "类型", "kind"),
    Column("units", "单位类", "units"),
    Column("polarity", "何为好", "good is"),
    Column("low", "下限", "low", numeric=True, detail=True),
    Column("high", "上限", "high", numeric=True, detail=True),
    Column("definition", "含义", "definition", wide=True, detail=True),
    Column("source", "统计来源", "statistical source", detail=True),
    Column("names", "原文写法", "as written", wide=True),
)
_CARD = (Column("field", "项目", "field"), Column("value", "内容", "value", wide=True))
_SHOWN = 12  # names of a subject that the table shows
_SPELLINGS = 4  # names of a decade that the page shows
DOMAINS_ZH: Mapping[str, str] = {
    "accounts": "国民经济核算",
    "industry": "工业",
    "agriculture": "农业",
    "investment": "投资",
    "consumption": "消费",
    "trade": "外经外贸",
    "tourism": "旅游",
    "fiscal": "财政",
    "finance": "金融",
    "prices": "物价",
    "income": "收入与消费",
    "employment": "就业",
    "population": "人口",
    "education": "教育",
    "health": "卫生健康",
    "security": "社会保障",
    "poverty": "脱贫",
    "rural": "乡村建设",
    "housing": "住房",
    "urban": "城市建设",
    "transport": "交通",
    "energy": "能源",
    "digital": "数字经济",
    "innovation": "科技创新",
    "business": "经营主体",
    "environment": "生态环境",
    "culture": "文化",
    "safety": "安全",
    "government": "政府自身建设",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """How often an indicator is stated in a corpus.

    Attributes:
        indicator: its id.
        reports: reports that state it, as a chosen reading.
        first: the earliest year of such a report.
        last: the latest.
        names: the names it goes by in each decade, the most frequent first.
    """

    indicator: str
    reports: int
    first: int
    last: int
    names: Mapping[str, tuple[str, ...]]


def registry_table(words: str | None = None, domain: str | None = None) -> Table:
    """Every indicator, or those whose id, names or synonyms hold the words.

    Args:
        words: part of an id, a name or a synonym.
        domain: the field they belong to.
    """
    table = indicator_table()
    names = _names()
    rows = []
    for one in table.indicators.values():
        written = names.get(one.subject, [])
        if words and not any(words.lower() in w.lower() for w in (one.id, one.zh, one.en, *written)):
            continue
        if domain and domain not in (one.domain, DOMAINS_ZH.get(one.domain)):
            continue
        units = " ".join(sorted(one.units))
        what = (one.id, one.zh, one.en, one.domain, one.headline, one.kind, units, one.polarity, one.low, one.high)
        rows.append((*what, one.definition, one.source, "、".join(written[:_SHOWN])))
    return Table("indicators", _COLUMNS, tuple(rows), f"{len(rows)} of {len(table.indicators)} indicators")


def indicator_card(one: Indicator) -> Table:
    """All that is known of an indicator, one field a row.

    Args:
        one: the indicator.
    """
    written = _names().get(one.subject, [])
    bounds = f"{one.low:.12g} – {one.high:.12g}" if one.low is not None and one.high is not None else None
    rows = (
        ("id", one.id),
        ("名称 name", one.zh),
        ("英文 English", one.en),
        ("含义 definition", one.definition),
        ("统计来源 source", one.source),
        ("领域 domain", f"{DOMAINS_ZH.get(one.domain, '')} {one.domain}".strip()),
        ("主要指标 headline", "yes" if one.headline else "no"),
        ("类型 kind", one.kind),
        ("单位类 units", " ".join(sorted(one.units))),
        ("何为好 good is", one.polarity),
        ("合理范围 plausible, canonical unit", bounds),
        ("原文写法 as written", "、".join(written)),
    )
    return Table("indicator", _CARD, rows)


def codebook_page(counted: Iterable[Counted]) -> str:
    """The page of the documentation that lists every indicator with how often the corpus states it and by which names.

    Args:
        counted: the counts.
    """
    counts = {c.indicator: c for c in counted}
    fields: dict[str, list[Indicator]] = defaultdict(list)
    for one in indicator_table().indicators.values():
        fields[one.domain].append(one)
    total = sum(map(len, fields.values()))
    headline = sum(one.headline for group in fields.values() for one in group)
    parts = [_INTRODUCTION.format(total=total, headline=headline)]
    for domain in sorted(fields, key=lambda d: (list(DOMAINS_ZH).index(d) if d in DOMAINS_ZH else 99, d)):
        parts.append(f"\n## {DOMAINS_ZH.get(domain, domain)} {domain}\n\n{_HEAD}")
        parts += [_row(one, counts.get(one.id)) for one in fields[domain]]
    return "\n".join(parts) + "\n"


_HEAD = "| id | name | kind, units, good | definition; source | reports, years | names by decade |\n|---|---|---|---|---|---|"
_INTRODUCTION = """# The codebook of indicators

<!-- made by tools/build_codebook.py from the registry (src/duixian/data/indicators*.toml) and docs/audits/indicators.csv -->

{total} indicators; the {headline} in **bold** are the headline ones: their chosen readings make up the table `panel`. The others are read,
chosen and settled in the same way: they stand in `readings` (column `chosen`) and in `settlements`, and every command takes them
(`duixian table STORE --indicator forest.level`). "reports" counts the reports of the corpus of which one reading was chosen.

An id is `subject.measure`: `level` an amount or a share, `growth` a rate against the year before, `change` a fall or rise in percent or
points. Values are compared in the canonical unit of their class (see `src/duixian/data/units.toml`); a value outside the plausible bounds
of `duixian indicators ID` is not taken for the indicator.

## Indicators of your own

A file like the following adds indicators without code: `duixian build reports/ -o my.store --indicators my.toml`. The store keeps it;
its facts are read again when it changes. `duixian indicators --own my.toml` checks it.

```toml
[[subject]]
id = "tea"
domain = "agriculture"
definition = "茶叶（干毛茶）产量"
source = "农业农村部门统计"
names = "茶叶产量 干茶产量 茶叶总产量"

[[indicator]]
id = "tea.level"
subject = "tea"
zh = "茶叶产量"
en = "Tea output"
kind = "level"        # level, growth or change
units = "mass"        # classes of units.toml
polarity = "up"       # which way is good
low = 1               # plausible bounds in the canonical unit (tonnes)
high = 10000000
headline = false      # true: its values stand in the table panel too
```"""


def _row(one: Indicator, counted: Counted | None) -> str:
    name = f"{one.zh}<br>{one.en}"
    how = f"{one.kind}, {' '.join(sorted(one.units))}, {one.polarity}"
    stated = f"{counted.reports}, {counted.first}–{counted.last}" if counted else ""
    spelled = "; ".join(f"{d}: {'、'.join(n[:_SPELLINGS])}" for d, n in sorted(counted.names.items())) if counted else ""
    shown = f"**{one.id}**" if one.headline else one.id
    return f"| {shown} | {name} | {how} | {one.definition}；{one.source} | {stated} | {spelled} |"


def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, subject in indicator_table().names.items():
        names.setdefault(subject, []).append(name)
    return names
