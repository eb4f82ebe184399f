"""The account of places and years, summaries, trends, and the comparison with communiqués, on the project's sample."""

from __future__ import annotations

import pytest

from duixian.analysing.settlements import BY, settlements, settlements_table, summary_table
from duixian.analysing.settlements_official import check_table, compare
from duixian.analysing.settlements_trends import after_miss_table, cascade_table, revisions_table
from duixian.analysing.settlements_words import gap_in_words, reason_in_words, side_in_words
from duixian.analysing.tables import Table, Value
from duixian.settling.verdicts import BOUND
from duixian.store import Generation, StoreError
from duixian.store.queries import OfficialPair


def records(table: Table) -> list[dict[str, Value]]:
    names = [c.name for c in table.columns]
    assert all(len(row) == len(names) for row in table.rows)
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_account_of_a_year(store: Generation) -> None:
    rows = settlements(store, codes=["990100"], first=2024, last=2024)
    shown = {r["indicator"]: r for r in records(settlements_table(rows)) if r["tier"] == "基本"}
    assert (shown["gdp.growth"]["target"], shown["gdp.growth"]["actual"]) == ("6%左右", "5.8%")
    assert (shown["gdp.growth"]["gap_shown"], shown["gdp.growth"]["verdict"]) == ("-0.2个百分点", "基本完成")
    assert (shown["jobs_new.level"]["gap_shown"], shown["jobs_new.level"]["gap"]) == ("0.13万人", 1300.0)
    for row in rows:
        assert store.text(row.target_source, row.target_start, row.target_end) == row.target_quote
        if row.actual_source is not None:
            assert store.text(row.actual_source, row.actual_start, row.actual_end) == row.actual_quote


def test_english(store: Generation) -> None:
    (one,) = [r for r in settlements(store, indicators=["gdp.growth"], codes=["990100"], first=2024, last=2024) if r.tier == "base"]
    assert gap_in_words(one, "en") == "-0.2 points"
    assert records(settlements_table([one], "en"))[0]["verdict"] == "about_met"
    assert reason_in_words(f"{BOUND}: x", "zh") == "结果只给出界限：x"
    assert side_in_words(one, "target") == "6%左右"


def test_an_admission_settles_what_the_review_passes_over(store: Generation) -> None:
    """澜州省 2025 gives no growth of its revenue but among the problems; 云陵省 2025 admits that investment fell short."""
    rows = {(r.region_code, r.indicator): r for r in settlements(store, first=2024, last=2024) if r.tier == "base"}
    assert rows["990000", "budget_revenue.growth"].verdict == "missed"
    admitted = rows["991000", "fai.growth"]
    assert admitted.verdict == "missed"
    assert admitted.confession_source is not None
    assert store.text(admitted.confession_source, admitted.confession_start, admitted.confession_end) == admitted.confession_quote


def test_one_row_a_cell(store: Generation) -> None:
    rows = settlements(store)
    keys = [(r.region_id, r.indicator, r.period, r.tier, r.agg) for r in rows]
    assert len(keys) == len(set(keys))


def test_every_pair_of_the_panel_has_a_row(store: Generation) -> None:
    panel = store.panel()
    actual = {(m.region_id, m.indicator, m.period) for m in panel if m.role == "actual"}
    pairs = {(m.region_id, m.indicator, m.period) for m in panel if m.role == "target"} & actual
    settled = {(r.region_id, r.indicator, r.period) for r in settlements(store) if r.actual_source is not None}
    assert pairs
    assert pairs <= settled


@pytest.mark.parametrize("by", BY)
def test_summaries_add_up(store: Generation, by: str) -> None:
    rows = [r for r in settlements(store) if r.tier == "base" and r.agg is None]
    groups = records(summary_table(settlements(store), by))  # type: ignore[arg-type]
    assert sum(int(str(g["targets"])) for g in groups) == len(rows)
    assert all(
        sum(int(str(g[v])) for v in ("met", "about_met", "missed", "not_reported", "not_comparable")) == g["targets"] for g in groups
    )
    assert len({next(iter(g.values())) for g in groups}) == len(groups)
    assert all(len(set(list(g.values())[:2])) == 2 for g in groups)  # nothing stands twice


def test_trends(store: Generation) -> None:
    revised = {(r["region_id"], r["year"]): r["change"] for r in records(revisions_table(store, "gdp.growth"))}
    assert revised["990100", 2024] == -0.5
    moves = {str(r["direction"]) for r in records(revisions_table(store, "gdp.growth", lang="en"))}
    assert "lowered" in moves and moves <= {"raised", "kept", "lowered"}
    raised = {(r["above"], r["year"]): r["raise"] for r in records(cascade_table(store, "gdp.growth"))}
    assert raised["澜州省", 2023] == 1.0
    assert raised["云陵省", 2024] == 0.0
    lowered = {r["region_id"]: r for r in records(after_miss_table(store, "gdp.growth"))}
    assert (lowered["991000"]["missed"], lowered["991000"]["lowered"]) == (1, 1)
    assert lowered[""]["missed"] == 4
    assert records(revisions_table(store, "gdp.growth", years=[2025]))[0]["year"] == 2025


def test_unknown_indicator(store: Generation) -> None:
    with pytest.raises(StoreError, match="no indicator"):
        settlements(store, indicators=["gdp.groth"])


def test_communique_beside_report(store: Generation) -> None:
    rows = {r["indicator"]: r for r in records(check_table(store))}
    assert rows["gdp.growth"]["outcome"] == "一致"
    assert "5.6%" in str(rows["gdp.growth"]["official_sentence"])
    assert rows["cpi.growth"]["outcome"] == "不一致"


def pair(said: tuple[str, float, str], known: tuple[float, str], **more: object) -> OfficialPair:
    fields: dict[str, object] = dict.fromkeys(OfficialPair.__slots__)
    fields |= {"indicator": "gdp.level", "year": 2023, "report_comparator": said[0], "report_low": said[1], "report_unit": said[2]}
    fields |= {"official_low": known[0], "official_unit": known[1], **more}
    return OfficialPair(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "known", "outcome"),
    [
        (("=", 126.1, "万亿元"), (1260582, "亿元"), "rounded"),
        (("=", 1260582, "亿元"), (1260582, "亿元"), "same"),
        (("=", 126.2, "万亿元"), (1260582, "亿元"), "differs"),
        (("~", 1300000, "亿元"), (1260582, "亿元"), "rounded"),
        (("=", 1300000, "亿元"), (1260582, "亿元"), "differs"),
        ((">=", 125, "万亿元"), (1260582, "亿元"), "bound_holds"),
        (("<=", 125, "万亿元"), (1260582, "亿元"), "differs"),
        (("=", 17.9, "万亿美元"), (1260582, "亿元"), "not_comparable"),
    ],
)
def test_compare(said: tuple[str, float, str], known: tuple[float, str], outcome: str) -> None:
    assert compare(pair(said, known))[0] == outcome


def test_real_growth_is_no_growth_at_current_prices() -> None:
    one = pair(("=", 7.1, "%"), (8.4, "%"), indicator="income_rural.growth", report_basis="real")
    assert compare(one) == ("not_comparable", None)
    assert compare(pair(("=", 7.1, "%"), (8.4, "%"), indicator="gdp.growth", report_basis="real"))[0] == "differs"
