"""How targets move: revised from year to year, raised from the nation to the city (层层加码), lowered after a miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from duixian.analysing.archive_tables import LEVELS_ZH
from duixian.analysing.headline import check_indicators
from duixian.analysing.settlements import JUDGED, real, settlements
from duixian.analysing.tables import Column, Lang, Table, Value
from duixian.registry.indicators import is_fall
from duixian.registry.regions import NATIONAL, regions
from duixian.store import Generation
from duixian.store.queries import PlacedMeasurement

_RATE: Final = ("%", "个百分点")
_MOVES: Final[dict[Lang, tuple[str, str, str]]] = {"zh": ("上调", "持平", "下调"), "en": ("raised", "kept", "lowered")}


@dataclass(frozen=True, slots=True)
class _Aim:
    """A target with a number in per cent: its bounds, a fall being negative."""

    figure: PlacedMeasurement
    low: float


def _aims(
    store: Generation, indicator: str, years: Sequence[int] | None, levels: Sequence[str] | None, codes: Sequence[str] | None
) -> list[_Aim]:
    check_indicators([indicator])
    found = store.panel(years=years, levels=levels, codes=codes, indicators=[indicator], role="target")
    aims = [_Aim(m, -m.low if is_fall(indicator, m.direction) else m.low) for m in found if m.low is not None and m.unit in _RATE]
    return [a for a in aims if not a.figure.sample] or aims


def revisions_table(
    store: Generation,
    indicator: str,
    years: Sequence[int] | None = None,
    levels: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    lang: Lang = "zh",
) -> Table:
    """Each target beside the one of the year before: raised, kept or lowered, and by how many points.

    Args:
        store: an open store.
        indicator: an indicator measured in per cent.
        years: years of the later targets.
        levels: levels of government.
        codes: codes of places.
        lang: of the words for the moves.
    """
    raised, kept, lowered = _MOVES[lang]
    before = [min(years) - 1, *years] if years else None
    aims = {(a.figure.region_id, a.figure.year): a for a in _aims(store, indicator, before, levels, codes)}
    rows: list[tuple[Value, ...]] = []
    for (region_id, year), aim in sorted(aims.items()):
        earlier = aims.get((region_id, year - 1))
        if earlier is None or (years and year not in years):
            continue
        change = round(aim.low - earlier.low, 4)
        word = raised if change > 0 else lowered if change < 0 else kept
        rows.append((aim.figure.region, region_id, year, earlier.low, aim.low, change, word, earlier.figure.quote, aim.figure.quote))
    counts = {word: sum(r[6] == word for r in rows) for word in _MOVES[lang]}
    columns = (
        Column("region", "地区", "region"),
        Column("region_id", "固定代码", "region_id", detail=True),
        Column("year", "年份", "year", numeric=True),
        Column("before", "上年目标", "target of the year before", numeric=True),
        Column("target", "今年目标", "target", numeric=True),
        Column("change", "变动（百分点）", "change, points", numeric=True),
        Column("direction", "方向", "direction"),
        Column("before_quote", "上年原文", "sentence before", wide=True),
        Column("quote", "今年原文", "sentence", wide=True),
    )
    return Table("revisions", columns, tuple(rows), note=", ".join(f"{w} {n}" for w, n in counts.items()))


def cascade_table(store: Generation, indicator: str, years: Sequence[int] | None = None) -> Table:
    """How a target grows on its way down: each place's target less that of the place above, averaged by province and year.

    Args:
        store: an open store.
        indicator: an indicator measured in per cent.
        years: years of the targets.
    """
    aims = {(a.figure.region_id, a.figure.year): a for a in _aims(store, indicator, years, None, None)}
    steps: dict[tuple[int, str], list[float]] = defaultdict(list)
    for (region_id, year), aim in aims.items():
        above = _above(region_id, year)
        if above and (upper := aims.get((above, year))):
            steps[year, above].append(round(aim.low - upper.low, 4))
    rows = [_step(year, above, aims[above, year].low, differences) for (year, above), differences in sorted(steps.items())]
    columns = (
        Column("year", "年份", "year", numeric=True),
        Column("above", "上级", "place above"),
        Column("level", "级别", "level", words=LEVELS_ZH),
        Column("target", "上级目标", "target above", numeric=True),
        Column("places", "下级数", "places below", numeric=True),
        Column("mean", "下级平均", "mean below", numeric=True),
        Column("raise", "加码（百分点）", "raise, points", numeric=True),
        Column("higher", "高于上级", "above it", numeric=True),
        Column("equal", "等于上级", "equal", numeric=True),
        Column("lower", "低于上级", "below it", numeric=True),
    )
    return Table("cascade", columns, tuple(rows))


def _above(region_id: str, year: int) -> str | None:
    region = regions().at(region_id, year)
    if region is None or region.region_id == NATIONAL:
        return None
    return next((r.region_id for r in regions().ancestors(region, year)), None)


def _step(year: int, above: str, target: float, differences: Sequence[float]) -> tuple[Value, ...]:
    region = regions().at(above, year)
    assert region is not None
    mean = fmean(differences)
    counts = sum(d > 0 for d in differences), sum(d == 0 for d in differences), sum(d < 0 for d in differences)
    return (year, region.name, region.level, target, len(differences), round(target + mean, 2), round(mean, 2), *counts)


def after_miss_table(
    store: Generation,
    indicator: str,
    first: int | None = None,
    last: int | None = None,
    levels: Sequence[str] | None = None,
    lang: Lang = "zh",
) -> Table:
    """Who lowers the target after missing it: of the years missed and of the years met, how often the next target was lower.

    Args:
        store: an open store.
        indicator: an indicator measured in per cent.
        first: first settled year.
        last: last settled year.
        levels: levels of government.
        lang: of the last line's name.
    """
    targets = {(a.figure.region_id, a.figure.year): a.low for a in _aims(store, indicator, None, levels, None)}
    rows = real(settlements(store, indicators=[indicator], first=first, last=last, levels=levels))
    places: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in rows:
        now, then = targets.get((one.region_id, one.year)), targets.get((one.region_id, one.year + 1))
        if one.tier == "base" and one.agg is None and one.verdict in JUDGED and now is not None and then is not None:
            places[one.region_id].append((one.verdict == "missed", round(then - now, 4)))
            names[one.region_id] = one.region
    body: list[tuple[Value, ...]] = [(names[i], i, *_lowered(changes)) for i, changes in sorted(places.items())]
    total = [c for changes in places.values() for c in changes]
    columns = (
        Column("region", "地区", "region"),
        Column("region_id", "固定代码", "region_id", detail=True),
        Column("missed", "未完成年数", "years missed", numeric=True),
        Column("lowered", "次年下调", "then lowered", numeric=True),
        Column("share", "下调占比%", "share lowered %", numeric=True),
        Column("change", "平均变动（百分点）", "mean change, points", numeric=True),
        Column("met", "完成年数", "years met", numeric=True),
        Column("lowered_met", "完成后下调", "lowered after meeting", numeric=True),
        Column("share_met", "完成后下调占比%", "share lowered after meeting %", numeric=True),
        Column("change_met", "完成后平均变动", "mean change after meeting", numeric=True),
    )
    return Table("after_miss", columns, (*body, ("合计" if lang == "zh" else "all", "", *_lowered(total))) if body else ())


def _lowered(changes: Iterable[tuple[bool, float]]) -> tuple[Value, ...]:
    found = list(changes)
    out: list[Value] = []
    for missed in (True, False):
        moves = [change for was, change in found if was == missed]
        lowered = sum(m < 0 for m in moves)
        out += [len(moves), lowered, round(100 * lowered / len(moves), 1) if moves else None, round(fmean(moves), 2) if moves else None]
    return tuple(out)
