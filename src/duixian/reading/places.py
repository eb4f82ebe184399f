"""Which place a report speaks for: the place its head names, and the place its body is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from duixian.model import Level
from duixian.registry.heads import head_words
from duixian.registry.region_names import GENERIC
from duixian.registry.regions import NATIONAL, Region, regions

_TABLE = regions()
_KINDS = head_words().kinds
# What a report calls its own place. Counted to tell the kind where the head doesn't; only the place itself is 全市 and 我市.
_OWN_WORDS = (
    ("省", ("全省", "我省")),
    ("市", ("全市", "我市")),
    ("州", ("全州", "我州")),
    ("盟", ("全盟", "我盟")),
    ("县", ("全县", "我县")),
    ("旗", ("全旗", "我旗")),
    ("区", ("全区", "我区")),
    ("地区", ("全地区", "我地区")),
    ("兵团", ("兵团党委", "全兵团")),
)
_FEW = 3  # a text that calls no place 全市 or 我省 this often speaks for the whole country
_SENIORITY: dict[Level, int] = {"national": 0, "province": 1, "prefecture": 2, "county": 3}
_SHORTLIST = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A place told from words or from evidence.

    Attributes:
        region: the division, as it was in the report's year.
        reasons: the words that decided.
    """

    region: Region
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    region: Region
    short: str
    own: int


def kind_of(words: str | None) -> str | None:
    """The kind of place that words name without a name (市, 自治区人民政府, 本届市政府 → 市); none where they hold no such word.

    Args:
        words: words of the head.
    """
    if not words:
        return None
    rest = words
    for tail in ("人民政府", "政府", "行政公署", "行署", "革命委员会"):
        rest = rest.removesuffix(tail)
    rest = rest.split("第")[0]
    return next((kind for kind in sorted(_KINDS, key=len, reverse=True) if rest.endswith(kind)), None)


def named(words: str | None, year: int) -> tuple[Region, ...]:
    """The divisions that words of the head name by name, most senior first; the longest name at their end counts.

    Args:
        words: words that end with a place (某某省人民政府, 某某市).
        year: the year they were said in.
    """
    if not words:
        return ()
    if "国务院" in words or words.endswith(("中华人民共和国", "全国", "中央人民政府")):
        return _TABLE.by_name("全国", year)
    rest = words.split("第")[0]
    for tail in ("人民政府", "政府", "行政公署", "行署", "革命委员会"):
        rest = rest.removesuffix(tail)
    names = _TABLE.names()
    for at in range(max(0, len(rest) - 16), len(rest) - 1):
        if rest[at:] in names:
            return _TABLE.by_name(rest[at:], year)
    return ()


def choose(found: tuple[Region, ...], text: str, start: int, end: int, year: int) -> Region:
    """Of several places of one name the one whose province and neighbours the body speaks of.

    Args:
        found: the places, most senior first; at least one.
        text: the reading copy.
        start: first position of the report.
        end: the position after its last.
        year: the report's year.
    """
    if len(found) == 1:
        return found[0]

    def evidence(region: Region) -> tuple[int, int]:
        above = _TABLE.ancestors(region, year)
        around = sum(text.count(_TABLE.short_name(r), start, end) for r in above if r.code != NATIONAL)
        return around + _below(region, text, start, end, year), -_SENIORITY[region.level]

    return max(found, key=evidence)


def told_by_body(text: str, start: int, end: int, year: int, kind: str | None) -> Place | None:
    """The place a report's body is about: the one of its kind that it names most, weighed with the places below it.

    Args:
        text: the reading copy.
        start: first position of the report.
        end: the position after its last.
        year: the report's year.
        kind: what the report calls its own place, if its head says so.
    """
    kind = kind or _kind_by_counts(text, start, end)
    if kind == "全国":
        nation = _TABLE.by_name("全国", year)
        return Place(nation[0], ("国务院",)) if nation else None
    body = text[start:end]
    pairs = Counter(map(add, body, body[1:]))
    found = [
        _Candidate(region, short, own)
        for region, short in _of_kind(kind, year)
        if pairs.get(short[:2]) and (own := body.count(short) if len(short) > 2 else pairs[short])
    ]
    found.sort(key=lambda c: -c.own)
    scored = [(c.own + 3 * _below(c.region, text, start, end, year) + _institutions(c, body, kind), c) for c in found[:_SHORTLIST]]
    if not scored:
        return None
    score, best = max(scored, key=lambda s: (s[0], -_SENIORITY[s[1].region.level]))
    if best.own < 2 and score < 6:
        return None
    return Place(best.region, (f"{best.short}×{best.own}", *_named_below(best.region, body, year)))


def _kind_by_counts(text: str, start: int, end: int) -> str:
    """The kind whose own words the body uses most (全省, 我市); 全区 is an autonomous region's unless a city is above it."""
    counts = {kind: sum(text.count(word, start, end) for word in words) for kind, words in _OWN_WORDS}
    kind = max(counts, key=lambda k: counts[k])
    if counts[kind] < _FEW:
        return "全国"
    if kind == "省" and text.count("市委", start, end) >= _FEW:
        return "市"
    own_region = text.count("自治区", start, end) >= 8 and text.count("市委", start, end) < 4
    return "自治区" if kind == "区" and own_region else kind


def _institutions(candidate: _Candidate, body: str, kind: str) -> int:
    """Weight of the place's own institutions (中共某某市委)."""
    suffix = "自治区党" if kind == "自治区" else kind[-1]
    return 5 * min(body.count(f"{candidate.short}{suffix}委"), 3)


def _below(region: Region, text: str, start: int, end: int, year: int) -> int:
    """How many of the divisions below a place the text names."""
    return sum(text.find(name, start, end) >= 0 for name in _names_below(region.code, year))


def _named_below(region: Region, body: str, year: int) -> tuple[str, ...]:
    return tuple(name for name in _names_below(region.code, year) if name in body)[:5]


@lru_cache(maxsize=4096)
def _names_below(code: str, year: int) -> tuple[str, ...]:
    """Short names of the divisions below one, without those many places share."""
    names = _TABLE.names()
    short = (_TABLE.short_name(child) for child in _TABLE.children(code, year))
    return tuple(name for name in short if len(name) > 1 and 0 < len(names.get(name, ())) < 6)


@lru_cache(maxsize=512)
def _of_kind(kind: str, year: int) -> tuple[tuple[Region, str], ...]:
    """The places of a kind in a year, with their short names (恩施 and 恩施州 alike)."""
    endings = _KINDS.get(kind, (kind,))
    found: list[tuple[Region, str]] = []
    for region in _TABLE:
        if region.valid_in(year) and region.name.endswith(endings) and region.name not in GENERIC and _fits(kind, region):
            short = _TABLE.short_name(region)
            found.append((region, short.removesuffix("州") if kind in ("州", "自治州") and len(short) > 2 else short))
    return tuple(found)


def _fits(kind: str, region: Region) -> bool:
    """自治区 also ends with 区, 自治州 is no city of the name 州: the level decides."""
    if kind in ("省", "自治区"):
        return region.level == "province"
    if kind in ("区", "县"):
        return region.level == "county"
    return region.level != "national"
