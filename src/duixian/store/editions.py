"""Which reports are editions of one another, and which edition is the primary one.

Two reports are editions of one report where they stand for the same place, year and session, or where they share their sentences.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

SAME = 0.5  # share of common sentences from which two full texts are one report
CONTAINED = 0.3  # share of an abstract's sentences that its full text must have
COMMON = 40  # a sentence that more reports have is a formula and says nothing about editions
DAMAGE = frozenset({"truncated", "no_header", "web_noise", "text_corruption", "damaged_numbers"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of a report decides about editions.

    Attributes:
        report_id: the report's id (a byte-identical copy has the same).
        region_id: the place over all years.
        year: first year of the plan.
        session: congress and session, where known.
        abstract: whether it is an abstract.
        flags: the report's flags.
        chars: length of the report.
        sentences: how many different sentences it has.
        hashes: the smallest hashes of its sentences, ascending.
    """

    report_id: str
    region_id: str
    year: int
    session: str | None
    abstract: bool
    flags: tuple[str, ...]
    chars: int
    sentences: int
    hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A report's place among the editions of the same report."""

    edition_of: str | None
    primary: bool
    flags: tuple[str, ...]  # flags to add: duplicate, abstract_of


def containment(a: Candidate, b: Candidate) -> float:
    """The estimated share of the sentences of the report with fewer sentences that the other has too (0 to 1)."""
    small, large = (a, b) if a.sentences <= b.sentences else (b, a)
    if not small.hashes or not large.hashes:
        return 0.0
    whole = len(large.hashes) >= large.sentences
    comparable = [h for h in small.hashes if whole or h <= large.hashes[-1]]
    return len(set(comparable) & set(large.hashes)) / len(comparable) if comparable else 0.0


def editions(candidates: Sequence[Candidate]) -> tuple[Edition, ...]:
    """The place of each report among its editions.

    Args:
        candidates: all reports in the order in which they were read.

    Returns:
        One edition a candidate, in the same order.
    """
    found: list[Edition] = [Edition(None, True, ())] * len(candidates)
    for group in _groups(len(candidates), (*_same_identity(candidates), *_same_text(candidates))):
        first = min(group, key=lambda i: _rank(candidates[i], i))
        for i in group:
            if i != first:
                found[i] = _secondary(candidates[i], candidates[first])
    return tuple(found)


def _rank(candidate: Candidate, order: int) -> tuple[bool, int, int, int]:
    """Full before abstract, then fewest damage flags, then longest, then first read."""
    return candidate.abstract, len(DAMAGE.intersection(candidate.flags)), -candidate.chars, order


def _secondary(candidate: Candidate, primary: Candidate) -> Edition:
    flag = "abstract_of" if candidate.abstract and not primary.abstract else "duplicate"
    return Edition(primary.report_id, False, (flag,))


def _same_identity(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Pairs for the same place, year and session; a report whose session is not known goes with the session it shares most text with."""
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, candidate in enumerate(candidates):
        places[candidate.region_id, candidate.year].append(i)
    for members in places.values():
        known: dict[str, int] = {}
        for i in members:
            if (session := candidates[i].session) is not None:
                yield known.setdefault(session, i), i
        firsts = list(known.values()) or members[:1]
        for i in members:
            if candidates[i].session is None:
                yield max(firsts, key=lambda f, i=i: containment(candidates[f], candidates[i])), i  # type: ignore[misc]


def _same_text(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Pairs that share their sentences, whatever place or year was read."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i, candidate in enumerate(candidates):
        for h in candidate.hashes:
            holders[h].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for members in holders.values():
        if 1 < len(members) <= COMMON:
            shared.update(combinations(members, 2))
    for (a, b), count in shared.items():
        one, two = candidates[a], candidates[b]
        needed = CONTAINED if one.abstract != two.abstract else SAME
        if count >= 3 and containment(one, two) >= needed:
            yield a, b


def _groups(size: int, pairs: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The connected groups of more than one member, members ascending."""
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    groups: Mapping[int, list[int]] = defaultdict(list)
    for i in range(size):
        groups[root(i)].append(i)
    yield from (g for g in groups.values() if len(g) > 1)
