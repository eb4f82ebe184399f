"""The words by which promises are cut out of a text and told apart, as data with compiled patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast

from duixian.registry.words import alternation, load_toml, words

Strength = Literal["hard", "soft", "process"]
_FILE: Final = "promise_verbs.toml"


@dataclass(frozen=True, slots=True)
class ActRule:
    """A kind of act that can be checked without a figure: what opens it and what its object must and must not show."""

    name: str
    strength: Strength
    object: re.Pattern[str] | None  # must be found in the object
    built: bool  # the object's last word must be a facility
    refuse: re.Pattern[str] | None  # must not be found in the object
    before_refuse: re.Pattern[str] | None  # must not be found between the clause's start and the verb
    verbs_refuse: frozenset[str]  # of its verbs, those that are too weak for it


@dataclass(frozen=True, slots=True)
class CloseRule:
    """A predicate that ends a clause and makes its subject a checkable act."""

    name: str
    list_only: bool  # only where the subject is a list or a name in quotes
    firm: bool  # only where nothing weaker than 确保, 实现 or 力争 opens the clause


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """Everything the splitting and typing of promises looks up; patterns match on a masked reading copy."""

    lead: re.Pattern[str]  # matches what stands before the act itself, "一是继续"
    opens: re.Pattern[str]  # matches a verb that opens a clause of its own
    act: re.Pattern[str]  # matches an act's verb, the longest
    acts: Mapping[str, tuple[ActRule, ...]]  # by verb
    close_reversed: re.Pattern[str]  # matches, on the reversed clause, a predicate that closes it
    closes: Mapping[str, CloseRule]  # by predicate
    level: re.Pattern[str]  # matches a level or change verb directly before a number
    continues: re.Pattern[str]  # matches the opening of a clause whose subject stands before it
    under: re.Pattern[str]
    and_more: re.Pattern[str]  # matches the opening of a clause that goes on with a list
    thin: re.Pattern[str]
    inside: re.Pattern[str]  # matches a verb that makes a counted phrase an act of its own
    background: re.Pattern[str]  # matches the opening of a clause of background
    never: re.Pattern[str]  # matches the opening of a clause that argues or supposes
    condition: re.Pattern[str]  # matches the end of a clause that names a condition
    talk_always: re.Pattern[str]  # the same for counts in digits
    talk: re.Pattern[str]  # matches, after a count, what is counted only in talk
    concrete: re.Pattern[str]  # matches a thing that is really counted
    reaches: re.Pattern[str]  # matches a level or change verb, whatever follows
    nominal: re.Pattern[str]  # matches, at the end, a noun made of a verb
    place: re.Pattern[str]  # matches a phrase of place, time or actor before a verb
    past: re.Pattern[str]
    state: re.Pattern[str]  # matches words of what is
    supposes: re.Pattern[str]  # matches the opening of a clause that says what the one before it would bring
    speaks_of: re.Pattern[str]  # matches the opening of a clause that says something of the acts named before it
    abroad: re.Pattern[str]  # matches names of other states and their affairs
    vague: re.Pattern[str]
    facility: re.Pattern[str]
    relative: re.Pattern[str]
    strength: re.Pattern[str]
    strengths: Mapping[str, Strength]
    exhort: re.Pattern[str]  # matches the opening verb of an act, checkable or not
    title: re.Pattern[str]  # matches a title, or a name in quotation marks with its kind: "《…条例》", "“…”工程"; not "“十四五”"
    named: re.Pattern[str]  # matches a thing with its kind at its end: "青湖水库", "东岭至西川高速公路", "轨道交通3号线"; not "水库"
    before_name: re.Pattern[str]  # matches what stands before the name: "加快建设" of "加快建设青湖水库"


def _text(table: Mapping[str, object], key: str) -> str:
    return str(table.get(key, ""))


def _compiled(table: Mapping[str, object], key: str) -> re.Pattern[str] | None:
    return re.compile(_text(table, key)) if key in table else None


def _act_rule(table: Mapping[str, object]) -> ActRule:
    return ActRule(
        name=_text(table, "name"),
        strength=cast("Strength", _text(table, "strength")),
        object=_compiled(table, "object"),
        built=table.get("head") == "facility",
        refuse=_compiled(table, "refuse"),
        before_refuse=_compiled(table, "before_refuse"),
        verbs_refuse=frozenset(words(table.get("verbs_refuse", ""))),
    )


def _tables(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", data[key])


def _table(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    return cast("Mapping[str, object]", data[key])


@cache
def promise_words() -> PromiseWords:
    """The table of promise words, loaded once."""
    data = load_toml(_FILE)
    lead, level, place, strength, background, project = (
        _table(data, key) for key in ("lead", "level", "place", "strength", "background", "project")
    )
    acts: dict[str, tuple[ActRule, ...]] = {}
    for table in _tables(data, "act"):
        rule = _act_rule(table)
        for verb in words(table["verb"]):
            acts[verb] = (*acts.get(verb, ()), rule)
    closes = {
        verb: CloseRule(_text(table, "name"), table.get("list_only") is True, table.get("firm") is True)
        for table in _tables(data, "close")
        for verb in words(table["verb"])
    }
    strengths: dict[str, Strength] = {word: grade for grade in ("process", "soft", "hard") for word in words(strength[grade])}
    levels = alternation(words(level["verbs"]))
    opens = words(_table(data, "opens")["verbs"])
    changes = alternation(words(level["continues"]))
    grown = "[一二两三四五六七八九十]{1,3}(?:点[一二三四五六七八九])?[倍成番]"
    return PromiseWords(
        lead=re.compile(
            rf"(?:[\x00\s·—、]+|\d{{1,2}}(?:[.](?!\d)|、|）)|[①-⑳]|(?:{alternation(words(lead['marks']))})[，：、]?|第[一二三四五六七八九十]{{1,2}}[，、：]"
            rf"|[一二三四五六七八九十]{{1,2}}、|{alternation(words(lead['drop']))})*"
        ),
        opens=re.compile(rf"(?:抓紧|继续|如期|同步)?{alternation(opens)}"),
        act=re.compile(alternation(acts)),
        acts=acts,
        close_reversed=re.compile(alternation(verb[::-1] for verb in closes)),
        closes=closes,
        level=re.compile(rf"(?:{levels})(?:到|至|了)?(?:全国|全省|全市)?(?:约|近|分别|不低于|不少于|超过|为|在)?(?=[\d第两翻]|百分)"),
        continues=re.compile(
            rf"\x00*(?:其中|(?:同比|比上年|较上年|均|分别|年均|实际|同口径|约)*(?:{changes})\D{{0,4}}?(?=\d|百分|{grown})"
            rf"|(?:比|较)(?:去年|上年|[一二]?[\d一二三四五六七八九〇零○]{{2,4}}年|“)\D{{0,12}}?(?=\d|百分|{grown})"
            rf"|(?:增加|减少|提高)(?:约|近)?(?=\d|百分|{grown})|(?:约|近|不少于)?\d)"
        ),
        and_more=re.compile(alternation(words(level["and_more"]))),
        under=re.compile(alternation(words(level["under"]))),
        thin=re.compile(alternation(words(level["thin"]))),
        inside=re.compile(alternation(words(level["inside"]))),
        background=re.compile(alternation(words(background["opens"]))),
        never=re.compile(alternation(words(background["never"]))),
        condition=re.compile(rf"(?:{alternation(words(background['ends']))})\Z"),
        talk_always=re.compile(rf"(?:个|大|项|条)?(?:{alternation(words(background['talk_always']))})"),
        talk=re.compile(rf"(?:个|大|项|条)?(?:{alternation(words(background['talk']))})"),
        concrete=re.compile(alternation(words(background["concrete"]))),
        reaches=re.compile(levels),
        nominal=re.compile(rf"(?:{alternation(words(level['nominal']))})\Z"),
        place=re.compile(rf"(?:{alternation(words(place['before']))}|[\u4e00-\u9fff\d]{{0,12}}?(?:{alternation(words(place['ends']))})\Z)"),
        past=re.compile(rf"{alternation(words(_table(data, 'past')['words']))}|[完建启开]成?了(?!解)"),
        state=re.compile(
            rf"{alternation(words(_table(data, 'past')['state']))}|[\u4e00-\u9fff]了(?:这|近|约)?[一二三四五六七八九十百千两\d]"
        ),
        supposes=re.compile(alternation(words(_table(data, "turn")["supposes"]))),
        speaks_of=re.compile(alternation(words(_table(data, "turn")["speaks_of"]))),
        abroad=re.compile(alternation(words(_table(data, "abroad")["words"]))),
        vague=re.compile(alternation(words(_table(data, "vague")["opens"]))),
        facility=re.compile(rf"(?:{alternation(words(_table(data, 'facility')['nouns']))})(?:建设|工程|项目)?\Z"),
        relative=re.compile(alternation(words(_table(data, "relative")["words"]))),
        strength=re.compile(alternation(strengths)),
        strengths=strengths,
        exhort=re.compile(alternation((*opens, *acts, *words(_table(data, "exhort")["verbs"])))),
        title=re.compile(rf"《[^》]{{2,40}}》|“[^”]{{2,20}}”[\u4e00-\u9fff]{{0,4}}(?:{alternation(words(project['quoted']))})"),
        named=re.compile(
            rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9·—“”]{{2,24}}?(?:{alternation(words(project['kinds']))}|轨道交通\d*号?线)(?:[一二三四五六七八九]期)?)"
        ),
        before_name=re.compile(rf"^(?:{alternation(words(project['before']))})+"),
    )
