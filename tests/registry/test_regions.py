"""The table of divisions: facts anybody can look up, and properties of the whole table."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.registry.region_names import GENERIC, all_names, short_name, without_peoples
from duixian.registry.regions import FIRST_YEAR, FOREVER, Region, RegionTable, regions

TABLE = regions()
ROWS = list(TABLE)
LAST = 2026


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("安徽省", "安徽"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("宁波市", "宁波"),
        ("黔东南苗族侗族自治州", "黔东南州"),
        ("巴音郭楞蒙古自治州", "巴音郭楞州"),
        ("大兴安岭地区", "大兴安岭"),
        ("兴安盟", "兴安盟"),
        ("东丽区", "东丽"),
        ("蓟县", "蓟县"),
        ("郊区", "郊区"),
        ("市中区", "市中区"),
        ("浦东新区", "浦东新区"),
        ("恭城瑶族自治县", "恭城"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克旗"),
        ("土默特左旗", "土默特左旗"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(("name", "rest"), [("恩施土家族苗族", "恩施"), ("内蒙古", "内蒙古"), ("东乡族", "东乡"), ("伊犁哈萨克", "伊犁")])
def test_peoples_are_taken_off_but_never_everything(name: str, rest: str) -> None:
    assert without_peoples(name) == rest


def test_a_district_is_also_known_behind_its_city() -> None:
    assert set(all_names("萧山区", "杭州市萧山区")) == {"萧山区", "杭州市萧山区", "萧山", "杭州萧山区", "杭州市萧山", "杭州萧山"}


@pytest.mark.parametrize(
    ("code", "year", "full_name", "region_id"),
    [
        ("100000", 2020, "全国", "100000"),
        ("120225", 2010, "蓟县", "120119"),
        ("120119", 2016, "天津市蓟州区", "120119"),
        ("330109", 2020, "杭州市萧山区", "330109"),
        ("330181", 1998, "萧山市", "330109"),
        ("330381", 2020, "瑞安市", "330381"),
        ("420600", 2005, "襄樊市", "420600"),
        ("420600", 2015, "襄阳市", "420600"),
        ("429006", 2020, "天门市", "429006"),
        ("510200", 1990, "重庆市", "500000"),
        ("530800", 2005, "思茅市", "530800"),
        ("532700", 2000, "思茅地区", "530800"),
        ("540500", 2018, "山南市", "540500"),
        ("542200", 2010, "山南地区", "540500"),
        ("652200", 2010, "哈密地区", "650500"),
        ("652100", 2010, "吐鲁番地区", "650400"),
        ("542300", 2010, "日喀则地区", "540200"),
        ("542100", 2010, "昌都地区", "540300"),
        ("542400", 2010, "那曲地区", "540600"),
        ("542600", 2010, "林芝地区", "540400"),
        ("371200", 2015, "莱芜市", "371200"),
        ("341400", 2005, "巢湖市", "341400"),
        ("460003", 1995, "儋州市", "460400"),
        ("469003", 2010, "儋州市", "460400"),
        ("460400", 2020, "儋州市", "460400"),
        ("310115", 2020, "上海市浦东新区", "310115"),
        ("429021", 2020, "神农架林区", "429021"),
        ("659001", 2020, "石河子市", "659001"),
        ("660000", 2020, "新疆生产建设兵团", "660000"),
        ("152300", 1990, "哲里木盟", "150500"),
    ],
)
def test_codes_in_their_years(code: str, year: int, full_name: str, region_id: str) -> None:
    region = TABLE.by_code(code, year)
    assert region is not None
    assert (region.full_name, region.region_id) == (full_name, region_id)


@pytest.mark.parametrize(
    ("code", "year"), [("120119", 2015), ("120225", 2016), ("371200", 2020), ("460000", 1985), ("510200", 2000), ("123456", 2020)]
)
def test_codes_not_in_use(code: str, year: int) -> None:
    assert TABLE.by_code(code, year) is None


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("宁波", 2020, ["330200"]),
        ("安徽", None, ["340000"]),
        ("内蒙古", 2020, ["150000"]),
        ("恩施州", 2020, ["422800"]),
        ("恩施", 2020, ["422800", "422801"]),
        ("黔东南州", 2020, ["522600"]),
        ("吉林", 2020, ["220000", "220200"]),
        ("海南", 2020, ["460000", "632500", "150303"]),
        ("襄樊", 2005, ["420600"]),
        ("襄樊市", 2020, ["420600"]),
        ("蓟县", 2010, ["120225"]),
        ("天津市蓟州区", 2010, ["120225"]),
        ("巢湖市", 2005, ["341400"]),
        ("巢湖市", 2015, ["340181"]),
        ("莱芜市", 2022, ["371200"]),
        ("湖北省天门市", 2020, ["429006"]),
        ("浙江宁波", 2020, ["330200"]),
        ("南京市鼓楼区", 2020, ["320106"]),
        ("神农架", 2020, ["429021"]),
        ("兵团", 2020, ["660000"]),
        ("望江", 2020, ["340827", "990100"]),
        ("望江市", 2020, ["990100"]),
        ("没有这个地方市", 2020, []),
    ],
)
def test_names(name: str, year: int | None, codes: list[str]) -> None:
    assert [r.code for r in TABLE.by_name(name, year)] == codes


def test_a_name_given_up_this_year_still_counts_in_january() -> None:
    (region,) = TABLE.by_name("蓟县", 2016)
    assert (region.code, region.valid_to) == ("120225", 2015)


def test_level_and_outer_division_choose_among_namesakes() -> None:
    assert [r.code for r in TABLE.by_name("吉林", 2020, level="prefecture")] == ["220200"]
    assert [r.code for r in TABLE.by_name("鼓楼区", 2020, within="350000")] == ["350102"]
    assert TABLE.by_name("鼓楼区", 2020, within="330000") == ()


def test_a_place_in_a_year() -> None:
    names = [(region := TABLE.at("420600", year)) and region.name for year in (1990, 2009, 2010, 2020)]
    assert names == ["襄樊市", "襄樊市", "襄阳市", "襄阳市"]
    assert TABLE.at("000000") is None


def test_ancestors_follow_the_year() -> None:
    (old,) = TABLE.by_name("江津市", 1995)
    assert [r.code for r in TABLE.ancestors(old, 1995)] == ["510200", "510000", "100000"]
    (new,) = TABLE.by_name("江津区", 2020)
    assert [r.code for r in TABLE.ancestors(new, 2020)] == ["500000", "100000"]
    province = TABLE.province_of(old)
    assert province is not None
    assert province.name == "四川省"


def test_provinces_by_year() -> None:
    assert [len(TABLE.provinces(year)) for year in (1980, 1990, 2000, LAST)] == [29, 30, 31, 31]
    assert {r.code for r in TABLE.provinces(2000, special=True)} - {r.code for r in TABLE.provinces(2000)} == {
        "660000",
        "710000",
        "810000",
        "820000",
    }
    assert [r.name for r in TABLE.provinces(2000, sample=True) if r.sample] == ["澜州省", "云陵省"]


def test_children() -> None:
    assert {r.name for r in TABLE.children("340000", 2020)} >= {"合肥市", "芜湖市"}
    assert len(TABLE.children("340000", 2020)) == 16


def test_sample_places_are_marked_and_nothing_else() -> None:
    assert {r.code for r in ROWS if r.sample} == {"990000", "990100", "991000", "991100"}


def test_counts_of_today_are_those_of_the_code_book() -> None:
    today = [r for r in ROWS if r.valid_in(2024) and not r.sample]
    assert sum(r.level == "prefecture" for r in today) == 333
    assert sum(r.level == "county" for r in today) == 2846 + 4  # the code book and the four districts of 大兴安岭


def test_codes_and_places_are_unique_in_every_year() -> None:
    for year in range(FIRST_YEAR, LAST + 1):
        valid = [r for r in ROWS if r.valid_in(year)]
        assert len({r.code for r in valid}) == len(valid), year
        assert len({r.region_id for r in valid}) == len(valid), year


def test_every_row_is_well_formed_and_has_valid_ancestors() -> None:
    for row in ROWS:
        assert row.code.isdigit(), row
        assert len(row.code) == len(row.region_id) == 6, row
        assert FIRST_YEAR <= row.valid_from <= row.valid_to <= FOREVER, row
        assert row.full_name.endswith(row.name), row
        for year in (row.valid_from, min(row.valid_to, LAST)):
            above = TABLE.ancestors(row, year)
            assert all(r.valid_in(year) for r in above), row
            assert row.code == "100000" or above[-1].code == "100000", row


@given(st.sampled_from(ROWS), st.integers(1975, 2030))
def test_every_name_leads_back_to_its_place(row: Region, year: int) -> None:
    region_ids = {r.region_id for r in TABLE.by_name(row.full_name, row.valid_from)}
    assert row.region_id in region_ids
    assert row.full_name in GENERIC or row.code in TABLE.names()[row.full_name]
    then = TABLE.at(row.region_id, year)
    assert then is not None
    assert then.region_id == row.region_id


@given(st.text(alphabet="中国省市县区州江海山新东", max_size=6), st.integers(1950, 2050) | st.none())
def test_any_text_may_be_asked(name: str, year: int | None) -> None:
    for region in TABLE.by_name(name, year):
        assert region in ROWS


def test_names_for_scanners_leave_out_what_every_city_has() -> None:
    names = TABLE.names()
    assert "郊区" not in names
    assert "市中区" not in names
    assert names["重庆市"] == ("500000", "510200")
    assert all(len(name) > 1 for name in names)


def test_an_empty_table_answers() -> None:
    empty = RegionTable([])
    assert empty.by_code("110000") is None
    assert empty.by_name("北京") == ()
    assert len(empty) == 0


def test_loading_is_quick() -> None:
    # In a process of its own and the best of five: a busy machine must not fail it.
    code = (
        "import time, duixian.registry.regions as m\n"
        "def run():\n m.regions.cache_clear(); t = time.perf_counter(); m.regions(); return time.perf_counter() - t\n"
        "print(min(run() for _ in range(5)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.25  # 0.02 s on the machine it was written on


@pytest.mark.shared
def test_every_region_of_the_gold_resolves(shared: Path) -> None:
    with (shared / "gold/truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = TABLE.by_name(row["region"], int(row["year"]))
            assert found, row
            assert row["region"] in (found[0].name, found[0].full_name), row
    for line in (shared / "gold/reports.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        if report.get("region"):
            first = TABLE.by_name(report["region"], report["year"])[0]
            assert (first.code, first.full_name, first.level) == (report["region_code"], report["region"], report["level"])
            assert TABLE.by_code(report["region_code"], report["year"]) == first
