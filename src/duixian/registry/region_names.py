"""How a division's official name is shortened by the people who write about it."""

from __future__ import annotations

import csv
from importlib import resources
from typing import Final


def _words(kind: str) -> frozenset[str]:
    """The words of one kind in data/region_words.csv."""
    text = resources.files("duixian").joinpath("data", "region_words.csv").read_text(encoding="utf-8")
    return frozenset(word for this, word in csv.reader(text.splitlines()) if this == kind)


# Peoples in the names of autonomous units, longest first so that a whole name is taken off at once.
PEOPLES: Final = tuple(sorted(_words("people"), key=lambda word: (-len(word), word)))
# District names that hundreds of cities had (郊区, 市中区): no scanner may take them for one place.
GENERIC: Final = _words("generic")
# District names that many cities have (桥东区, 新华区): they prove nothing outside one prefecture.
COMMON: Final = _words("common")


def without_peoples(name: str) -> str:
    """A name without the peoples at its end: 恩施土家族苗族 -> 恩施, 内蒙古 and 东乡 stay.

    At least two characters are left; of a name that is nothing but a people only 族 goes (东乡族 -> 东乡).
    """
    rest = name
    while True:
        people = next((p for p in PEOPLES if rest.endswith(p) and len(rest) - len(p) > 1), None)
        if people is None:
            return rest.removesuffix("族") if rest in PEOPLES else rest
        rest = rest.removesuffix(people)


def short_name(name: str) -> str:
    """The short form most people write: 安徽, 宁波, 东丽, 黔东南州, 恭城, 兴安盟, 郊区.

    A name stays whole where the rest would be one character (蓟县) or common to many places (郊区, 市中区).
    """
    if name.endswith("特别行政区"):
        return name.removesuffix("特别行政区")
    if name.endswith("自治区"):
        return without_peoples(name.removesuffix("自治区"))
    if name.endswith("自治州"):
        return without_peoples(name.removesuffix("自治州")) + "州"
    if name.endswith("自治旗"):
        return without_peoples(name.removesuffix("自治旗")) + "旗"
    if name.endswith("自治县"):
        rest = without_peoples(name.removesuffix("自治县"))
        return rest if len(rest) > 1 else rest + "县"
    if name in GENERIC or name.endswith(("盟", "旗", "新区", "特区", "矿区", "兵团")):
        return name
    for suffix in ("地区", "行政区", "省", "市", "县", "区"):
        if name.endswith(suffix):
            rest = name.removesuffix(suffix)
            return rest if len(rest) > 1 else name
    return name


def all_names(name: str, full_name: str) -> tuple[str, ...]:
    """Every form of one official name, the official ones first: 恩施土家族苗族自治州, 恩施州, 恩施."""
    forms = [name, full_name, short_name(name)]
    if name.endswith("自治州"):
        forms.append(without_peoples(name.removesuffix("自治州")))
    elif name.endswith("自治县"):
        forms.append(without_peoples(name.removesuffix("自治县")) + "县")
    elif name.endswith(("盟", "自治旗")):
        forms.append(without_peoples(name.removesuffix("盟").removesuffix("自治旗")))
    elif name.endswith(("特区", "林区")):
        forms.append(name[:-2])
    if full_name != name:  # 杭州萧山区, 杭州市萧山, 杭州萧山
        city = full_name.removesuffix(name)
        short = short_name(name)
        forms += [city.removesuffix("市") + name, city + short, city.removesuffix("市") + short]
    return tuple(form for form in dict.fromkeys(forms) if len(form) > 1)
