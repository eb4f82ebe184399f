"""The words of promises and their answers (data/answers.toml), and how much a shared pair of characters weighs (data/bigrams.txt)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, cast

from duixian.registry.words import alternation, load_toml, words

STAGES: Final = ("planned", "started", "under_way", "structure", "built", "in_use")


@dataclass(frozen=True, slots=True)
class ActWords:
    """A kind of act that is no work, and how a report says that it was done."""

    name: str
    verbs: re.Pattern[str] | None  # matches the promise's verb, "争创"; none for every verb
    done: re.Pattern[str]  # matches "获评"


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """Patterns made of the shipped words; each matches the longest word at its place."""

    same: re.Pattern[str]  # matches a word that is read as another one, "技术改造"
    same_as: Mapping[str, str]
    lead: re.Pattern[str]  # matches the verbs before a name, "新建", "力争建成"
    tail: re.Pattern[str]  # matches the verbs after a name at the end, "建成投用"
    general: re.Pattern[str]  # matches words that say nothing of a thing, "重大项目"
    levels: tuple[re.Pattern[str], ...]  # each matches the words of one level of government, "国家"
    stage: re.Pattern[str]  # matches a verb of a stage, "开工", "投运"
    stages: Mapping[str, int]  # by verb: 0 planned … 5 in use
    acts: tuple[ActWords, ...]  # the last one stands for every other act
    full: re.Pattern[str]  # matches "全覆盖", which is a hundred per cent
    whole: re.Pattern[str]  # matches "超额完成"
    weak: re.Pattern[str]
    followed: re.Pattern[str]  # matches the opening of an act that the next report can tell of, "全面推行"
    longest_followed: int  # characters of such an act
    stock: re.Pattern[str]  # matches a word of a level, "保有量"
    added: re.Pattern[str]  # matches a word of an addition that leaves no doubt, "净增"
    flow: re.Pattern[str]  # matches a word of an addition, "新增"
    term: re.Pattern[str]  # matches a word of several years, "五年来"
    scopes: re.Pattern[str]  # matches a word that narrows an indicator, "规上"
    near: frozenset[str]  # hedges that mean less than the number
    basis: re.Pattern[str]
    parts: Mapping[str, frozenset[str]]  # subjects that make up another one, by the whole
    neighbours: Mapping[str, frozenset[str]]  # by subject
    counts: frozenset[str]  # classes of units that count single things
    blanket_items: re.Pattern[str]
    blanket_done: re.Pattern[str]


@cache
def answer_words() -> AnswerWords:
    """The shipped words."""
    data = load_toml("answers.toml")

    def of(table: str, key: str) -> tuple[str, ...]:
        return words(cast("dict[str, object]", data[table])[key])

    def one_of(table: str, key: str) -> re.Pattern[str]:
        return re.compile(alternation(of(table, key)))

    same = {left: right for left, _, right in (pair.partition("=") for pair in of("same", "pairs"))}
    stages = {verb: i for i, stage in enumerate(STAGES) for verb in of("stages", stage)}
    return AnswerWords(
        same=re.compile(alternation(same)),
        same_as=MappingProxyType(same),
        lead=re.compile(rf"(?:{alternation(of('name', 'verbs'))})(?:[并和、及的了]?(?:{alternation(of('name', 'verbs'))}))*"),
        tail=re.compile(rf"(?:{alternation(of('name', 'tails'))}|[一二三四五六七八九十]+连冠)+\Z"),
        general=one_of("name", "general"),
        levels=tuple(_level(words(group)) for group in cast("list[str]", cast("dict[str, object]", data["levels"])["of"])),
        stage=re.compile(alternation(stages)),
        stages=MappingProxyType(stages),
        acts=tuple(_act(entry) for entry in cast("list[dict[str, object]]", data["act"])),
        full=one_of("done", "full"),
        whole=one_of("done", "whole"),
        weak=one_of("done", "weak"),
        followed=re.compile(rf"(?:推动|推进|积极|加快)?.{{0,8}}?(?:{alternation(of('followed', 'verbs'))})"),
        longest_followed=cast("int", cast("dict[str, object]", data["followed"])["longest"]),
        stock=one_of("kinds", "stock"),
        added=one_of("kinds", "added"),
        flow=one_of("kinds", "flow"),
        term=one_of("kinds", "term"),
        scopes=one_of("kinds", "scopes"),
        near=frozenset(of("kinds", "near")),
        basis=one_of("kinds", "basis"),
        parts=MappingProxyType(
            {
                group.split()[0]: frozenset(group.split()[1:])
                for group in cast("list[str]", cast("dict[str, object]", data["kinds"])["parts"])
            }
        ),
        neighbours=MappingProxyType(_neighbours(cast("list[str]", cast("dict[str, object]", data["kinds"])["neighbours"]))),
        counts=frozenset(of("kinds", "counts")),
        blanket_items=one_of("blanket", "items"),
        blanket_done=one_of("blanket", "done"),
    )


def _act(entry: dict[str, object]) -> ActWords:
    verbs = words(entry["verbs"])
    return ActWords(str(entry["name"]), re.compile(alternation(verbs)) if verbs else None, re.compile(alternation(words(entry["done"]))))


def _level(names: tuple[str, ...]) -> re.Pattern[str]:
    """A level of government as part of a name. Matches "省重点项目", "国家奖"; not "全省项目", "省外", "省市"."""
    return re.compile(rf"(?<!全)(?:{alternation(names)})(?![会内外市道域委政直属区])")


def _neighbours(groups: list[str]) -> dict[str, frozenset[str]]:
    return {one: frozenset(group.split()) - {one} for group in groups for one in group.split()}


@cache
def pair_weights() -> Mapping[str, float]:
    """How rare each common pair of Han characters is: the natural logarithm of clauses per clause that holds it."""
    found: dict[str, float] = {}
    for line in resources.files("duixian").joinpath("data", "bigrams.txt").read_text(encoding="utf8").splitlines():
        weight, _, run = line.partition(" ")
        found |= {run[i : i + 2]: float(weight) for i in range(0, len(run), 2)}
    return MappingProxyType(found)
