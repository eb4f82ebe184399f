"""Manners: what robots.txt allows, and a pause between two requests to one host."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from duixian.fetching.guard import check_url
from duixian.fetching.limits import AGENT, FetchError, FetchLimits, Rules

_MOST = 512 * 1024  # bytes of robots.txt that are read, as Google reads them
_HOPS = 5


@dataclass(slots=True)
class Manners:
    """Asks each site's robots.txt once and keeps the pace.

    Attributes:
        client: follows no redirect by itself.
        rules: the interval.
        limits: the longest pause that is kept.
        sleep: waits so many seconds.
        now: the time in seconds.
    """

    client: httpx.Client
    rules: Rules
    limits: FetchLimits
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    _said: dict[str, Protego] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def before(self, url: httpx.URL) -> None:
        """Wait until the host may be asked again.

        Raises:
            FetchError: where robots.txt forbids the page, can't be had, or asks for a longer pause than is kept.
        """
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._said:
            self._pause(url.host, self.rules.interval)
            self._said[origin] = self._robots(origin)
        robots = self._said[origin]
        if not robots.can_fetch(str(url), AGENT):
            raise FetchError("robots", f"robots.txt of {url.host} forbids it")
        delay = max(self.rules.interval, float(robots.crawl_delay(AGENT) or 0))
        if delay > self.limits.longest_wait:
            raise FetchError("robots", f"robots.txt of {url.host} asks for a pause of {delay:g} s")
        self._pause(url.host, delay)

    def _pause(self, host: str, delay: float) -> None:
        if host in self._last and (left := self._last[host] + delay - self.now()) > 0:
            self.sleep(left)
        self._last[host] = self.now()

    def _robots(self, origin: str) -> Protego:
        """What robots.txt says; where there is none (4xx), all is allowed; where the site is ill (5xx), nothing (RFC 9309)."""
        url = check_url(f"{origin}/robots.txt")
        try:
            for _ in range(_HOPS + 1):
                with self.client.stream("GET", url, headers={"Accept-Encoding": "identity"}) as response:
                    if response.is_redirect and "location" in response.headers:
                        url = check_url(str(url.join(response.headers["location"])))
                        continue
                    if response.status_code >= 500 or response.status_code == 429:
                        raise FetchError("robots", f"robots.txt of {url.host}: status {response.status_code}", again=True)
                    return Protego.parse(self._text(response) if response.status_code == 200 else "")
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            raise FetchError("network", f"robots.txt of {url.host}: {type(error).__name__}", again=True) from None
        return Protego.parse("")  # lost in redirects: as if there were none

    def _text(self, response: httpx.Response) -> str:
        """Its first part; what is cut off, packed or slow beyond the limit is left."""
        held = bytearray()
        until = self.now() + self.limits.silence
        for chunk in response.iter_raw():
            held += chunk
            if len(held) > _MOST:
                break
            if self.now() > until:
                raise FetchError("slow", "robots.txt comes too slowly", again=True)
        return bytes(held[:_MOST]).decode("utf-8", "replace").lstrip("\ufeff")
