"""Fetching from a real server on loopback that is slow, broken, redirecting, huge and hostile."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import stamina
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

from hostile_server import Server, page, running

from duixian.api import read
from duixian.commands.fetching import fetch as command
from duixian.fetching import FetchLimits, Rules, Source, choose_sources, fetch, read_sources
from duixian.fetching.guard import is_public
from duixian.fetching.journal import Record

LIMITS = FetchLimits(megabytes=4, seconds=1.0, connect=1, silence=0.6, attempts=2, first_wait=0.01, longest_wait=10)
OPEN = Rules(interval=0, private=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as running_server:
        yield running_server


def one(server: Server, path: str, folder: Path, limits: FetchLimits = LIMITS, rules: Rules = OPEN) -> Record:
    (record,) = fetch(
        [Source("990100", "望江市", 2025, f"{server.address}{path}")], folder, rules=rules, limits=limits, sleep=lambda s: None
    )
    return record


@pytest.mark.parametrize("path", ["/good", "/hop", "/packed", "/plain"])
def test_a_report_is_fetched_and_can_be_built(server: Server, tmp_path: Path, path: str) -> None:
    record = one(server, path, tmp_path)
    assert (record.result, record.path) == ("fetched", "望江市/2025.md"), record
    text = (tmp_path / "望江市/2025.md").read_text(encoding="utf-8")
    assert text.startswith(f"---\nsource: {server.address}{path}\n") and "新建公办幼儿园12所" in text
    assert "首页" not in text and "主办单位" not in text
    (report,) = read(tmp_path / "望江市")
    assert (report.region, report.year, report.record.url) == ("望江市", 2025, f"{server.address}{path}")


def test_provenance(server: Server, tmp_path: Path) -> None:
    record = one(server, "/hop", tmp_path)
    assert record.final_url == f"{server.address}/good" and record.redirects == (f"{server.address}/hop",)
    assert record.sha256 == hashlib.sha256(page()).hexdigest() and record.bytes == len(page())
    assert (tmp_path / "raw" / f"{record.sha256}.html").read_bytes() == page()
    (line,) = (tmp_path / "fetch.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["sha256"] == record.sha256 and json.loads(line)["result"] == "fetched"
    assert server.agents and all(a.startswith("duixian/") for a in server.agents) and server.cookies == 0


def test_what_is_there_is_kept(server: Server, tmp_path: Path) -> None:
    one(server, "/good", tmp_path)
    asked = server.asked.copy()
    assert one(server, "/good", tmp_path).result == "kept"
    assert server.asked == asked
    (tmp_path / "望江市/2025.md").write_text("spoilt", encoding="utf-8")
    assert one(server, "/good", tmp_path).result == "fetched"


def test_a_broken_line_of_the_journal_costs_only_itself(server: Server, tmp_path: Path) -> None:
    one(server, "/good", tmp_path)
    with (tmp_path / "fetch.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"at": "20')
    assert one(server, "/plain", tmp_path).result == "fetched"
    assert one(server, "/plain", tmp_path).result == "kept"


def test_a_page_that_breaks_off_is_continued(server: Server, tmp_path: Path) -> None:
    record = one(server, "/breaking", tmp_path)
    assert record.result == "fetched", record
    assert record.sha256 == hashlib.sha256(page()).hexdigest()
    assert server.ranges == [len(page()) // 2]


def test_a_page_that_broke_off_is_continued_by_the_next_run(server: Server, tmp_path: Path) -> None:
    assert one(server, "/breaking", tmp_path, replace(LIMITS, attempts=1)).result == "failed"
    assert not server.ranges
    assert one(server, "/breaking", tmp_path, replace(LIMITS, attempts=1)).result == "fetched"
    assert server.ranges == [len(page()) // 2]


@pytest.mark.parametrize(
    ("path", "kind", "word"),
    [
        ("/missing", "status", "404"),
        ("/circle", "redirect", "circle"),
        ("/endless", "redirect", "more than 5"),
        ("/away", "redirect", "away"),
        ("/scheme", "refused", "file"),
        ("/secret/report", "robots", "forbids"),
        ("/to_secret", "robots", "forbids"),
        ("/huge_said", "size", "announced"),
        ("/huge", "size", "more than"),
        ("/bomb", "size", "unpacks"),
        ("/odd_packed", "type", "br"),
        ("/film", "type", "video/mp4"),
        ("/empty", "size", "empty"),
        ("/trickle", "slow", "not whole"),
        ("/silent", "slow", "silence"),
        ("/rude", "network", ""),
        ("/heads", "network", ""),
        ("/busy", "status", "503"),
    ],
)
def test_what_is_refused(server: Server, tmp_path: Path, path: str, kind: str, word: str) -> None:
    record = one(server, path, tmp_path, replace(LIMITS, attempts=1))
    assert (record.result, record.kind) == ("failed", kind), record
    assert word in (record.reason or "")
    assert not list(tmp_path.rglob("*.md"))


def test_a_huge_page_leaves_nothing_large_behind(server: Server, tmp_path: Path) -> None:
    one(server, "/huge", tmp_path, replace(LIMITS, attempts=1, seconds=20))
    assert sum(f.stat().st_size for f in tmp_path.rglob("*") if f.is_file()) < 10_000


@pytest.mark.parametrize(("path", "result"), [("/home", "no_report"), ("/next_year", "other_report")])
def test_another_page_is_told_and_left_out(server: Server, tmp_path: Path, path: str, result: str) -> None:
    record = one(server, path, tmp_path)
    assert record.result == result and record.reason
    assert not list(tmp_path.rglob("*.md"))


def test_the_server_is_given_the_time_it_asks_for(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    assert one(server, "/sick", tmp_path, replace(LIMITS, attempts=3, seconds=20)).result == "fetched"
    assert [w for w in waits if w == 7] == [7, 7]


def test_a_failing_server_is_asked_only_so_often(server: Server, tmp_path: Path) -> None:
    with stamina.set_testing(False):
        one(server, "/empty", tmp_path, replace(LIMITS, attempts=3))
    assert server.asked["/empty"] == 3


@pytest.mark.parametrize(
    ("robots", "result"),
    [(None, "failed"), ("User-agent: duixian\nDisallow: /", "failed"), ("User-agent: other\nDisallow: /", "fetched"),
     ("User-agent: *\nCrawl-delay: 9999", "failed"), ("\0\xff{{{", "fetched"), ("#" * 2_000_000, "fetched")],
)  # fmt: skip
def test_robots(server: Server, tmp_path: Path, robots: str | None, result: str) -> None:
    server.robots = robots
    record = one(server, "/good", tmp_path, replace(LIMITS, attempts=1))
    assert record.result == result, record
    assert ("/good" in server.asked) == (result == "fetched")


def test_the_pace_is_kept(server: Server, tmp_path: Path) -> None:
    server.robots = "User-agent: *\nCrawl-delay: 3"
    waits: list[float] = []
    sources = [Source("990100", "望江市", 2025, f"{server.address}/good?{n}") for n in range(3)]
    fetch(sources, tmp_path, rules=Rules(interval=1, private=True), limits=LIMITS, sleep=waits.append)
    assert len(waits) == 3 and all(2.5 < w <= 3 for w in waits)


def test_loopback_is_refused_by_default(server: Server, tmp_path: Path) -> None:
    record = one(server, "/good", tmp_path, rules=Rules(interval=0))
    assert (record.result, record.kind) == ("failed", "refused") and "127.0.0.1" in (record.reason or "")
    assert not server.asked


def test_a_redirect_to_an_inner_address_is_refused(server: Server, tmp_path: Path) -> None:
    """A public name leads to a site (here: this server) whose redirect names a host that resolves to an inner address."""

    def resolver(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host == "outer.gov.cn" else ["10.1.2.3"]

    allowed: list[str] = []

    import duixian.fetching.guard as guard

    def public(address: str) -> bool:
        allowed.append(address)
        return address == "127.0.0.1" or is_public(address)

    patch = pytest.MonkeyPatch()
    patch.setattr(guard, "is_public", public)
    try:
        url = f"http://outer.gov.cn:{server.server_port}/to_inner"
        (record,) = fetch(
            [Source("990100", "望江市", 2025, url)],
            tmp_path,
            rules=Rules(interval=0),
            limits=replace(LIMITS, attempts=1),
            resolver=resolver,
        )
    finally:
        patch.undo()
    assert server.asked["/to_inner"] == 1 and server.asked["/good"] == 0
    assert (record.result, record.kind) == ("failed", "refused") and "10.1.2.3" in (record.reason or "")


def test_the_checked_address_is_the_one_used(server: Server, tmp_path: Path) -> None:
    """A name that resolves to something else each time (DNS rebinding) is resolved once a request."""
    answers = iter([["127.0.0.1"]] * 2 + [["192.0.2.1"]] * 10)
    url = f"http://some.gov.cn:{server.server_port}/good"
    (record,) = fetch(
        [Source("990100", "望江市", 2025, url)], tmp_path, rules=OPEN, limits=LIMITS, resolver=lambda host, port: next(answers)
    )
    assert record.result == "fetched" and server.asked["/good"] == 1


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
     "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1",
     "ff02::1", "2001:db8::1", "192.0.2.1", "nonsense"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.2.3.4", "114.114.114.114", "240e:1::1", "::ffff:1.2.3.4", "64:ff9b::102:304"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://a.gov.cn/x", "http://a:b@c.gov.cn/", "http://", "gopher://x", "http://a b/"]
)
def test_odd_addresses_are_refused(url: str, tmp_path: Path) -> None:
    (record,) = fetch([Source("990100", "望江市", 2025, url)], tmp_path, rules=OPEN, limits=replace(LIMITS, attempts=1))
    assert record.result == "failed" and record.kind in ("refused", "network")


def test_a_strange_name_makes_no_strange_path(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (record,) = fetch([Source("990100", "../../望江市", 2025, f"{server.address}/good")], folder, rules=OPEN, limits=LIMITS)
    assert record.path == "望江市/2025.md"


def test_the_shipped_list() -> None:
    sources = read_sources()
    assert len(sources) > 800
    assert len({(s.region_id, s.year) for s in sources}) == len(sources) == len({s.url for s in sources})
    for s in sources:
        assert s.url.startswith(("http://", "https://")) and s.url.split("/")[2].partition(":")[0].endswith(".gov.cn"), s
    anhui = choose_sources(sources, ["安徽"], range(2020, 2027))
    assert anhui and {s.region for s in anhui} == {"安徽省"} and [s.year for s in anhui] == sorted(s.year for s in anhui)
    assert len(choose_sources(sources, ["浙江"], [2020], below=True)) > len(choose_sources(sources, ["浙江"], [2020]))


def test_the_command(server: Server, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"region_id,region,year,url\n990100,望江市,2025,{server.address}/good\n", encoding="utf-8")
    common = ["--sources", str(own), "-o", str(tmp_path / "out"), "--interval", "0"]
    refused = CliRunner().invoke(command, common)
    assert refused.exit_code == 1 and not (tmp_path / "out" / "望江市").exists()
    good = CliRunner().invoke(command, [*common, "--private", "--contact", "a@b.example"])
    assert good.exit_code == 0, good.output
    assert (tmp_path / "out" / "望江市" / "2025.md").exists() and any("a@b.example" in a for a in server.agents)
    listed = CliRunner().invoke(command, [*common, "--list"])
    assert listed.output == f"望江市\t2025\t{server.address}/good\n"
    assert CliRunner().invoke(command, [*common, "--region", "无此地"]).exit_code == 1
