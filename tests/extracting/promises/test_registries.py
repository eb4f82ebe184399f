"""The registries of topics and promise words hold together."""

from __future__ import annotations

import pytest

from duixian.extracting.promises.projects import project_of
from duixian.extracting.promises.responsible import find_responsible
from duixian.registry.promises import promise_words
from duixian.registry.topics import topics


def test_about_forty_topics_with_names_of_their_own() -> None:
    found = topics().topics
    assert 38 <= len(found) <= 50
    assert len({t.id for t in found}) == len({t.zh for t in found}) == len(found)
    assert all(len(t.words) >= 8 for t in found)
    assert all(len(w) >= 2 for t in found for w in (*t.words, *t.without))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建公办幼儿园3所", {"教育"}),
        ("新增养老床位500张", {"养老育幼"}),
        ("提高城乡居民基础养老金", {"社会保障"}),
        ("新能源汽车产量达到10万辆", {"新兴产业", "工业制造"}),
        ("改造农村厕所2000户", {"乡村振兴"}),
        ("今天天气很好", set()),
    ],
)
def test_topics_of(text: str, expected: set[str]) -> None:
    assert set(topics().of(text)) == expected


def test_a_longer_word_hides_the_shorter_in_it() -> None:
    assert "社会保障" not in topics().of("新增老年食堂，办好老年大学")
    assert "教育" not in topics().of("开展主题教育")


def test_every_verb_leads_to_a_rule() -> None:
    words = promise_words()
    assert all(words.act.fullmatch(verb) and rules for verb, rules in words.acts.items())
    assert all(words.close_reversed.fullmatch(verb[::-1]) for verb in words.closes)


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("开工建设南岭水库、西港大桥", "南岭水库"),
        ("出台《澜州市河道管理条例》", "《澜州市河道管理条例》"),
        ("新建学校12所", None),
        ("推动“双百”行动落地", None),
        ("启动“双百”行动计划", "“双百”行动计划"),
    ],
)
def test_projects(quote: str, name: str | None) -> None:
    assert project_of(quote) == name


def test_responsible_bodies() -> None:
    text = "1.新建学校3所。\n主办单位：省教育厅、省财政厅。\n2.新建托位500个（责任单位：市卫生健康委）。"
    text += "由市民政局牵头建立台账。由龙头企业牵头。"
    found = find_responsible(text, 0, len(text))
    assert [r.who for r in found] == ["省教育厅、省财政厅", "市卫生健康委", "市民政局"]
    assert found[0].start <= text.index("新建学校") < found[0].end
    assert not found[0].start <= text.index("新建托位") < found[0].end
    assert found[1].start <= text.index("新建托位") < found[1].end
