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
# What a report calls its own place, and the committee that leads it, lowest level first. A report names the committees above it too, so the
# lowest level that has both is its own.
_OWN_WORDS = (
    ("镇", ("全镇", "我镇"), ("镇党委", "镇政府")),
    ("乡", ("全乡", "我乡"), ("乡党委", "乡政府")),
    ("县", ("全县", "我县"), ("县委", "县政府")),
    ("旗", ("全旗", "我旗"), ("旗委", "旗政府")),
    ("区", ("全区", "我区"), ("区委", "区政府")),
    ("州", ("全州", "我州"), ("州委", "州政府")),
    ("盟", ("全盟", "我盟"), ("盟委", "盟行署")),
    ("地区", ("全地区", "我地区"), ("地委", "行署")),
    ("市", ("全市", "我市"), ("市委", "市政府")),
    ("兵团", ("全兵团", "兵团党委"), ("兵团党委",)),
    ("自治区", ("全区", "我区"), ("自治区党委", "自治区人民政府")),
    ("省", ("全省", "我省"), ("省委", "省政府")),
)
_FEW = 3  # a text that calls no place 全市 or 我省 this often speaks for the whole country
_LED = 2.0  # the weight of a kind whose committee the body names
TOWNS = ("镇", "乡", "街道")  # below the table of divisions
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
    return next((kind for kind in (*TOWNS, *sorted(_KINDS, key=len, reverse=True)) if rest.endswith(kind)), None)


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
        if rest[at:] in names or rest[at:] in GENERIC:
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
    body = text[start:end]
    kinds = {kind: 1.0} if kind else _kinds_by_counts(body)
    if not kinds.keys().isdisjoint(TOWNS):
        return None
    if "全国" in kinds:
        nation = _TABLE.by_name("全国", year)
        return Place(nation[0], ("国务院",)) if nation else None
    pairs = Counter(map(add, body, body[1:]))
    scored = [(_weight(c, body, k, year) * factor, c) for k, factor in kinds.items() for c in _shortlist(k, body, pairs, year)]
    if not scored:
        return None
    score, best = max(scored, key=lambda s: (s[0], -_SENIORITY[s[1].region.level]))
    if score < 2 or (best.own < 2 and score < 6):
        return None
    return Place(best.region, (f"{best.short}×{best.own}", *_named_below(best.region, body, year)))


def _shortlist(kind: str, body: str, pairs: Counter[str], year: int) -> list[_Candidate]:
    """The places of a kind that the body names most."""
    found = [
        _Candidate(region, short, own)
        for region, short in _of_kind(kind, year)
        if pairs.get(short[:2]) and (own := body.count(short) if len(short) > 2 else pairs[short])
    ]
    return sorted(found, key=lambda c: -c.own)[:_SHORTLIST]


def _kinds_by_counts(body: str) -> dict[str, float]:
    """The kinds of place that the body calls its own, weighted by whether it names such a place's committee; else the nation."""

    def often(words: tuple[str, ...]) -> bool:
        return sum(map(body.count, words)) >= _FEW

    kinds = {kind: _LED if often(committee) else 1.0 for kind, own, committee in _OWN_WORDS if often(own)}
    towns = [kind for kind in kinds if kind in TOWNS and kinds[kind] == _LED]
    return {towns[0]: 1.0} if towns else {k: w for k, w in kinds.items() if k not in TOWNS} or {"全国": 1.0}


def _weight(candidate: _Candidate, body: str, kind: str, year: int) -> float:
    """Mentions of the place, those below it and its institutions; a county counts only where its full name or its city is named."""
    region = candidate.region
    weight = candidate.own + 3 * _below(region, body, 0, len(body), year) + _institutions(candidate, body, kind)
    if region.level != "county":
        return weight
    full = 3 * min(body.count(region.name), 5)
    above = (_TABLE.short_name(r) for r in _TABLE.ancestors(region, year) if r.code != NATIONAL)
    return weight + full if full or any(name in body for name in above) else 0.0


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
