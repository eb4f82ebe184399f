"""Open-loop load on the site: so many requests a second, whatever the answers take, over many distinct addresses; cold, then warm.

    python benchmarks/load.py STORE [--rate 10] [--seconds 60] [--distinct 1000]

Prints the median, the 95th percentile and the largest time in milliseconds (from when a request was due to when its body was there),
the largest compressed page, and the server's memory. The server runs in a process of its own; both share the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil

from duixian.registry.indicators import indicator_table
from duixian.store import Generation, open_store
from duixian.store.site_queries import PROMISES

WORDS = ("就业", "数字经济", "乡村振兴", "营商环境", "人工智能", "养老", "氢能", "旅游", "民营经济", "粮食", "创新", "污染防治")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was answered."""

    address: str
    status: int
    milliseconds: float
    packed: int  # bytes as they came over the wire


def addresses(store: Generation, distinct: int, seed: int) -> list[str]:
    """Distinct addresses in the shares in which people read: places and reports most, then comparisons, indicators, promises, words."""
    chance = random.Random(seed)
    reports = store.reports()
    places = sorted({r.region_id for r in reports})
    years = sorted({r.year for r in reports})
    ids = list(indicator_table().indicators)
    promises = [p.commitment_id for y in years[-6:] for p in store.rows(PROMISES, year=y, most=400)]
    following = {(r.region_id, r.year): r for r in reports}
    pairs = [(r, o) for r in reports if (o := following.get((r.region_id, r.year - 1)))]
    found: dict[str, None] = dict.fromkeys(
        ["/", "/compare", "/regions", "/indicators", "/promises", "/data", "/data/coverage", "/data/flags", "/data/gaps", "/data/codebook",
         "/data/quality", "/data/api", "/search", "/terms"]
    )  # fmt: skip
    makers = {
        "region": lambda: f"/region/{chance.choice(places)}",
        "report": lambda: f"/report/{(r := chance.choice(reports)).report_id}?at={chance.randrange(r.start, r.end)}",
        "compare": lambda: (
            f"/compare?year={chance.choice(years)}&level={chance.choice(('province', 'prefecture', 'county'))}"
            f"&indicator={','.join(chance.sample(ids, 4))}"
        ),
        "home": lambda: f"/?year={chance.choice(years)}&indicator={chance.choice(ids)}&show={chance.choice(('target', 'gap', 'verdict'))}",
        "indicator": lambda: f"/indicator/{chance.choice(ids)}?level={chance.choice(('province', 'prefecture', 'county'))}",
        "promises": lambda: (
            f"/promises?year={chance.choice(years)}&level={chance.choice(('province', 'prefecture', 'county'))}"
            f"&page={chance.randrange(1, 4)}"
        ),
        "promise": lambda: f"/promise/{chance.choice(promises)}",
        "search": lambda: f"/search?q={quote(chance.choice(WORDS))}&year={chance.choice(years)}-{years[-1]}",
        "terms": lambda: f"/terms?words={quote(','.join(chance.sample(WORDS, 2)))}&level={chance.choice(('province', 'prefecture'))}",
        "beside": lambda: "/report/{}/beside/{}".format(*(r.report_id for r in chance.choice(pairs))),
        "data": lambda: f"/region/{chance.choice(places)}.json",
    }
    shares = {"region": 25, "report": 22, "compare": 12, "home": 8, "indicator": 8, "promises": 7, "promise": 7, "search": 5, "terms": 2,
              "beside": 2, "data": 2}  # fmt: skip
    names, weights = list(shares), list(shares.values())
    while len(found) < distinct:
        found.setdefault(makers[chance.choices(names, weights)[0]]())
    out = list(found)
    chance.shuffle(out)
    return out


async def run(base: str, wanted: Sequence[str], rate: float) -> list[Asked]:
    """Ask for every address at its time; a slow answer delays no other request."""
    # idle connections are given up before the server closes them: a request on one that it is closing would fail
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=50, keepalive_expiry=2)
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=limits, headers={"accept-encoding": "gzip"}) as client:

        async def ask(address: str, due: float) -> Asked:
            async with client.stream("GET", address) as response:
                packed = sum([len(part) async for part in response.aiter_raw()])
            return Asked(address, response.status_code, (time.perf_counter() - due) * 1000, packed)

        start = time.perf_counter()
        tasks = []
        for i, address in enumerate(wanted):
            due = start + i / rate
            await asyncio.sleep(max(0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(ask(address, due)))
        return list(await asyncio.gather(*tasks))


def told(name: str, asked: Sequence[Asked], memory: int, work: float) -> dict[str, float]:
    """Print a run's figures, and give them.

    Args:
        name: cold or warm.
        asked: its requests.
        memory: the server's resident bytes.
        work: seconds of processor time that the server took for them.
    """
    times = sorted(a.milliseconds for a in asked)
    kinds: dict[str, list[float]] = {}
    for a in asked:
        kinds.setdefault(a.address.split("?")[0].split("/")[1] or "home", []).append(a.milliseconds)
    largest = max(asked, key=lambda a: a.packed)
    figures = {
        "median": statistics.median(times),
        "p95": times[int(len(times) * 0.95) - 1],
        "largest": times[-1],
        "largest_page": largest.packed / 1000,
        "memory": memory / 1e6,
    }
    print(
        f"{name}: {len(asked)} requests, {len({a.address for a in asked})} distinct, {dict(Counter(a.status for a in asked))}; "
        f"median {figures['median']:.0f} ms, 95th {figures['p95']:.0f} ms, largest {figures['largest']:.0f} ms; "
        f"largest page {figures['largest_page']:.0f} kB compressed ({largest.address}); server {figures['memory']:.0f} MB, "
        f"{1000 * work / len(asked):.0f} ms of processor time a request"
    )
    for a in [a for a in asked if a.status != 200][:5]:
        print(f"  {a.status} {a.address}")
    for kind, of in sorted(kinds.items(), key=lambda k: -statistics.median(k[1])):
        of.sort()
        print(f"  {kind:11} {len(of):4}  median {statistics.median(of):5.0f}  95th {of[max(0, int(len(of) * 0.95) - 1)]:5.0f} ms")
    return figures


def used(process: psutil.Process) -> float:
    """Processor seconds that a process has taken."""
    times = process.cpu_times()
    return float(times.user + times.system)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def main() -> None:
    """Serve, ask cold and warm, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--distinct", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="exit 1 where the aims (80 and 250 ms warm, 300 kB, 600 MB) are missed")
    given = parser.parse_args()
    with open_store(given.store) as store:
        wanted = addresses(store, given.distinct, given.seed)
    port = free_port()
    command = [sys.executable, "-m", "duixian.cli", "serve", str(given.store), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        base = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    httpx.get(f"{base}/search?q=%E7%BB%8F%E6%B5%8E", timeout=300)
                    break
                except httpx.TransportError:
                    time.sleep(0.2)
            process = psutil.Process(server.pid)
            count = int(given.rate * given.seconds)
            runs = -(-given.distinct // count)
            cold: list[Asked] = []
            before = used(process)
            for part in range(runs):
                cold += asyncio.run(run(base, wanted[part * count : (part + 1) * count], given.rate))
            told("cold", cold, process.memory_info().rss, used(process) - before)
            chance = random.Random(given.seed + 1)
            before = used(process)
            again = asyncio.run(run(base, chance.choices(wanted, k=count), given.rate))
            warm = told("warm", again, process.memory_info().rss, used(process) - before)
        finally:
            server.terminate()
    missed = warm["median"] > 80 or warm["p95"] > 250 or warm["largest_page"] > 300 or warm["memory"] > 600
    sys.exit(1 if given.check and missed else 0)


if __name__ == "__main__":
    main()
