"""What fetching may cost, what it may reach, and the errors that say which of these stopped it."""

from __future__ import annotations

from dataclasses import dataclass

AGENT = "duixian"  # the name that robots.txt may speak to
OFFICIAL = (".gov.cn",)  # endings of hosts that a redirect may lead to from any other official host


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Limits of one fetched page.

    Attributes:
        megabytes: MiB of a page, as sent and as unpacked.
        seconds: wall-clock seconds of one attempt, however slowly bytes come.
        connect: seconds to connect.
        silence: seconds without a byte.
        redirects: redirects that are followed.
        attempts: attempts at a page that fails for a reason that may pass.
        first_wait: seconds before the second attempt; doubled each time.
        longest_wait: seconds at most that a server may ask for before the next attempt, or between two requests.
    """

    megabytes: float = 32.0
    seconds: float = 180.0
    connect: float = 10.0
    silence: float = 20.0
    redirects: int = 5
    attempts: int = 3
    first_wait: float = 2.0
    longest_wait: float = 120.0

    @property
    def bytes(self) -> int:
        """The size in bytes."""
        return int(self.megabytes * (1 << 20))


@dataclass(frozen=True, slots=True)
class Rules:
    """What fetching may reach and how it behaves.

    Attributes:
        interval: seconds between two requests to one host; a longer Crawl-delay of robots.txt counts instead.
        private: also private, loopback and other addresses that are not of the public internet.
        contact: how the site's keepers can reach whoever fetches; sent in the User-Agent header.
    """

    interval: float = 2.0
    private: bool = False
    contact: str | None = None


class FetchError(Exception):
    """Why a page was not fetched, in one line.

    Attributes:
        kind: a short fixed word for the journal: refused, robots, size, type, redirect, status, network, slow.
        again: whether another attempt may help.
        wait: seconds the server asked to wait before it.
    """

    def __init__(self, kind: str, reason: str, *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.kind = kind
        self.again = again
        self.wait = wait
