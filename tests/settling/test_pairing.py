"""Who answers whom: successors, sessions, editions of a place under another code, plans, admissions, yardsticks."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from duixian.settling.pairing import Material, settle_all
from duixian.settling.records import Confession, Figure, Place, Settlement
from duixian.settling.verdicts import ABSTRACT, CONFESSED, CONTRADICTED, IN_PARTS, PARTS_DIFFER

_numbers = count()


def place(year: int, region: str = "990100", session: str | None = None, **more: object) -> Place:
    level = {"100000": "national", "990000": "province", "991000": "province"}.get(region, "prefecture")
    made = Place(f"r{region}{year}{session}", f"{region}/{year}{session or ''}.md", "某地", region, region, level, year, session, "full")  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


def figure(of: Place, role: str, indicator: str, low: float | None, period: str, **more: object) -> Figure:
    n = next(_numbers)
    fields: dict[str, object] = {
        "comparator": "=",
        "hedge": None,
        "low": low,
        "high": low,
        "unit": "%" if low is not None else None,
        "direction": None,
        "basis": None,
        "base_period": None,
        "reference": None,
        "reference_offset": None,
        "period": period,
        "measurement_id": f"m{n}",
        "report_id": of.report_id,
        "source": of.source,
        "indicator": indicator,
        "role": role,
        "agg": None,
        "tier": "base",
        "quote": "…",
        "start": n,
        "end": n + 1,
    }
    return Figure(**(fields | more))  # type: ignore[arg-type]


def run(
    places: list[Place],
    panel: list[Figure],
    others: list[Figure] | None = None,
    confessions: dict[Place, Confession] | None = None,
    **more: Figure,
) -> list[Settlement]:
    def grouped(figures: list[Figure]) -> dict[tuple[str, str], list[Figure]]:
        found: dict[tuple[str, str], list[Figure]] = {}
        for one in figures:
            found.setdefault((one.report_id, one.source), []).append(one)
        return found

    admitted = {(p.report_id, p.source): [c] for p, c in (confessions or {}).items()}
    official = {(f.indicator, int(str(f.period))): f for f in more.values()}
    return list(settle_all(Material(places, grouped(panel), grouped(others or []), official, admitted)))


def test_no_next_report_no_row() -> None:
    now = place(2023)
    assert run([now, place(2025)], [figure(now, "target", "gdp.growth", 5.0, "2023")]) == []


def test_a_place_keeps_its_identity_under_another_code() -> None:
    now, after = place(2023, region_code="990199"), place(2024)
    (row,) = run([now, after], [figure(now, "target", "gdp.growth", 5.0, "2023"), figure(after, "actual", "gdp.growth", 5.2, "2023")])
    assert (row.region_code, row.region_id, row.gap, row.verdict) == ("990199", "990100", 0.2, "met")


def test_two_sessions_in_a_year_give_one_row() -> None:
    first, second, after = place(2021, session="8.6"), place(2021, session="9.1"), place(2022)
    panel = [
        figure(first, "target", "gdp.growth", 7.0, "2021"),
        figure(first, "target", "cpi.growth", 3.0, "2021"),
        figure(second, "target", "gdp.growth", 8.0, "2021"),
        figure(after, "actual", "gdp.growth", 7.5, "2021"),
    ]
    rows = {r.indicator: r for r in run([second, first, after], panel)}
    assert (rows["gdp.growth"].target_low, rows["gdp.growth"].verdict) == (8.0, "missed")
    assert rows["cpi.growth"].verdict == "not_reported"


def test_stretch_stands_beside_base() -> None:
    now, after = place(2023), place(2024)
    stretch = figure(now, "target", "gdp.growth", 6.0, "2023", tier="stretch")
    panel = [figure(now, "target", "gdp.growth", 5.0, "2023"), figure(after, "actual", "gdp.growth", 5.2, "2023")]
    assert [(r.tier, r.verdict) for r in run([now, after], panel, [stretch])] == [("base", "met"), ("stretch", "missed")]


def test_the_panel_goes_before_words_without_a_number() -> None:
    now, after = place(2023), place(2024)
    vague = figure(now, "target", "gdp.growth", None, "2023", comparator="qual", hedge="稳定增长")
    (row,) = run([now, after], [figure(now, "target", "gdp.growth", 5.0, "2023")], [vague])
    assert row.target_low == 5.0


def test_plans_are_settled_by_the_report_after_their_end() -> None:
    start, again, end = place(2021), place(2022), place(2026)
    aims = [
        figure(start, "target", "gdp.growth", 6.0, "2021-2025", agg="avg"),
        figure(again, "target", "gdp.growth", 5.5, "2021-2025", agg="avg"),
        figure(start, "target", "gdp.level", 3000.0, "2025", unit="亿元", agg="end"),
        figure(start, "target", "jobs_new.level", 10.0, "2021-2025", unit="万人", agg="avg"),
        figure(start, "target", "retail.growth", 9.0, "2025"),
    ]
    results = [
        figure(end, "actual", "gdp.growth", 5.7, "2021-2025", agg="avg"),
        figure(end, "actual", "jobs_new.level", 55.0, "2021-2025", unit="万人", agg="cum"),
    ]
    panel = [figure(end, "actual", "gdp.level", 3100.0, "2025", unit="亿元"), figure(end, "actual", "gdp.growth", 4.0, "2025")]
    rows = {(r.indicator, r.agg): r for r in run([start, again, end], panel, aims + results)}
    assert (rows["gdp.growth", "avg"].year, rows["gdp.growth", "avg"].gap) == (2021, -0.3)
    assert rows["gdp.level", "end"].verdict == "met"
    assert (rows["jobs_new.level", "avg"].gap, rows["jobs_new.level", "avg"].actual_low) == (10000.0, 55.0)
    assert ("retail.growth", "end") not in rows


def test_admissions() -> None:
    now, after = place(2023), place(2024)
    panel = [
        figure(now, "target", "fai.growth", 5.0, "2023"),
        figure(now, "target", "gdp.growth", 5.0, "2023"),
        figure(after, "actual", "gdp.growth", 5.5, "2023"),
    ]
    silent = run([now, after], panel, confessions={after: Confession("fai", False, "未达预期", 10, 14)})
    assert {r.indicator: (r.verdict, r.reason) for r in silent}["fai.growth"] == ("missed", CONFESSED)
    told = run([now, after], panel, confessions={after: Confession("gdp", False, "未达预期", 10, 14)})
    assert {r.indicator: (r.verdict, r.reason) for r in told} == {
        "gdp.growth": ("met", CONTRADICTED),
        "fai.growth": ("not_reported", "the next report is silent"),
    }
    of_plan = run([now, after], panel, confessions={after: Confession("fai", True, "未达规划目标", 10, 14)})
    assert {r.indicator: r.verdict for r in of_plan}["fai.growth"] == "not_reported"


def test_a_whole_is_answered_by_its_parts() -> None:
    now, after = place(2023), place(2024)
    target = figure(now, "target", "income.growth", 6.0, "2023")

    def told(urban: float, rural: float | None) -> Settlement:
        parts = [figure(after, "actual", "income_urban.growth", urban, "2023")]
        if rural is not None:
            parts.append(figure(after, "actual", "income_rural.growth", rural, "2023"))
        return next(r for r in run([now, after], [target, *parts]) if r.indicator == "income.growth")

    assert (told(6.1, 7.0).verdict, told(6.1, 7.0).gap, told(6.1, 7.0).reason) == ("met", 0.1, IN_PARTS)
    assert (told(5.0, 5.5).verdict, told(5.0, 5.5).gap, told(5.0, 5.5).actual_low) == ("missed", -1.0, 5.0)
    assert (told(5.0, 7.5).verdict, told(5.0, 7.5).gap, told(5.0, 7.5).reason) == ("not_comparable", None, PARTS_DIFFER)
    assert told(6.1, None).verdict == "not_reported"


def test_an_abstract_that_is_silent_is_named() -> None:
    now, after = place(2023), place(2024, kind="abstract")
    (row,) = run([now, after], [figure(now, "target", "gdp.growth", 5.0, "2023")])
    assert (row.verdict, row.reason) == ("not_reported", ABSTRACT)


def compared(reference: str, comparator: str = "ref") -> dict[str, object]:
    return {"comparator": comparator, "hedge": reference, "reference": reference}


def test_yardsticks() -> None:
    now, after = place(2023), place(2024)
    province, nation = place(2024, "990000"), place(2024, "100000")
    panel = [
        figure(after, "actual", "gdp.growth", 5.0, "2023"),
        figure(after, "actual", "income.growth", 4.7, "2023"),
        figure(after, "actual", "retail.growth", 6.0, "2023"),
        figure(after, "actual", "fai.growth", 3.0, "2023"),
        figure(after, "actual", "cpi.growth", 0.5, "2023"),
        figure(now, "actual", "cpi.growth", 0.9, "2022"),
        figure(province, "actual", "fai.growth", 4.0, "2023"),
        figure(nation, "actual", "retail.growth", 5.5, "2023"),
    ]
    aims = [
        figure(now, "target", "income.growth", None, "2023", **compared("经济增长", "sync")),
        figure(now, "target", "retail.growth", None, "2023", **compared("高于全国平均水平")),
        figure(now, "target", "fai.growth", None, "2023", **compared("高于全省平均水平")),
        figure(now, "target", "cpi.growth", None, "2023", **compared("低于上年涨幅")),
        figure(now, "target", "energy_intensity.change", None, "2023", **compared("完成省下达任务")),
    ]
    known = figure(nation, "actual", "retail.growth", 7.2, "2023")
    rows = {r.indicator: r for r in run([now, after, province, nation], panel, aims, known=known)}
    assert (rows["income.growth"].verdict, rows["income.growth"].yardstick) == ("about_met", "own gdp.growth")
    assert (rows["retail.growth"].verdict, rows["retail.growth"].yardstick) == ("met", "national report")
    assert (rows["fai.growth"].gap, rows["fai.growth"].yardstick) == (-1.0, "report of 澜州省")
    assert (rows["cpi.growth"].gap, rows["cpi.growth"].yardstick) == (0.4, "the year before")
    assert rows["energy_intensity.change"].yardstick is None
    without = [f for f in panel if f.source != nation.source]
    rows = {r.indicator: r for r in run([now, after, province], without, aims, known=known)}
    assert (rows["retail.growth"].verdict, rows["retail.growth"].yardstick) == ("missed", "communiqué")
