"""One page: asked for, followed through its redirects, taken with limits of size, time and kind, continued where it broke off."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin

import httpx

from duixian.fetching.guard import check_url
from duixian.fetching.limits import OFFICIAL, FetchError, FetchLimits

TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/ofd": ".ofd",
}
UNSAID = ("application/octet-stream", "binary/octet-stream", "application/download", "application/force-download", "")
_BY_NAME = frozenset(TYPES.values()) | {".htm", ".shtml"}
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that lies on the disk.

    Attributes:
        path: where its bytes lie.
        url: the address that gave them, after redirects.
        redirects: the addresses before it, in order.
        type: what the server calls them.
        suffix: the ending that a reader goes by.
        bytes: how many there are.
        sha256: their digest.
        etag: the server's mark of this version.
        last_modified: the server's date of it.
        resumed: bytes that were there from an earlier attempt.
    """

    path: Path
    url: str
    redirects: tuple[str, ...]
    type: str
    suffix: str
    bytes: int
    sha256: str
    etag: str | None
    last_modified: str | None
    resumed: int


@dataclass(frozen=True, slots=True)
class _Begun:
    """What an interrupted download left: the address it came from and the marks by which to go on."""

    url: str
    type: str
    validator: str  # a strong ETag or a date; what a server says by If-Range must still hold


@dataclass(frozen=True, slots=True)
class Downloader:
    """Takes pages by one client.

    Attributes:
        client: follows no redirect by itself.
        limits: what a page may cost.
        before: called with each address before it is asked for: robots.txt, the pause between requests.
        folder: where unfinished pages lie.
    """

    client: httpx.Client
    limits: FetchLimits
    before: Callable[[httpx.URL], None]
    folder: Path

    def take(self, address: str) -> Fetched:
        """A page, whole.

        Args:
            address: http or https.

        Raises:
            FetchError: where it can't be had; the message says why.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{hashlib.sha256(address.encode()).hexdigest()[:24]}.part"
        url = check_url(address)
        seen: list[str] = []
        until = time.monotonic() + self.limits.seconds
        while True:
            self.before(url)
            begun = _begun(part, str(url))
            step = self._ask(url, part, begun, until)
            if isinstance(step, httpx.URL):
                seen.append(str(url))
                url = self._allowed(url, step, seen)
                continue
            fetched, (etag, modified, kind, resumed) = part, step
            size, digest = _digest(fetched)
            if not size:
                part.unlink(missing_ok=True)
                raise FetchError("size", "an empty page", again=True)
            part.with_suffix(".json").unlink(missing_ok=True)
            return Fetched(fetched, str(url), tuple(seen), kind, _suffix(url, kind, fetched), size, digest, etag, modified, resumed)

    def _allowed(self, url: httpx.URL, target: httpx.URL, seen: list[str]) -> httpx.URL:
        if len(seen) > self.limits.redirects:
            raise FetchError("redirect", f"more than {self.limits.redirects} redirects")
        if str(target) in seen:
            raise FetchError("redirect", f"redirects in a circle at {target}")
        if url.scheme == "https" and target.scheme == "http":
            raise FetchError("redirect", f"redirects from https to http, to {target}")
        if not _same_house(url.host, target.host):
            raise FetchError("redirect", f"redirects away from {url.host}, to {target.host}")
        return target

    def _ask(self, url: httpx.URL, part: Path, begun: _Begun | None, until: float) -> httpx.URL | tuple[str | None, str | None, str, int]:
        headers = {"Accept": "text/html,application/pdf,*/*;q=0.5", "Accept-Encoding": "identity"}
        at = part.stat().st_size if begun and part.exists() else 0
        if begun and at:
            headers |= {"Range": f"bytes={at}-", "If-Range": begun.validator}
        try:
            with self.client.stream("GET", url, headers=headers) as response:
                if response.is_redirect or response.status_code in (300, 304, 305, 306):
                    return _target(url, response)
                if response.status_code == 416:  # what we have is no beginning of what there is
                    part.unlink(missing_ok=True)
                    raise FetchError("status", "the server has no such rest of the page", again=True)
                _check_status(response)
                kind = _type(url, response)
                goes_on = response.status_code == 206 and response.headers.get("content-range", "").startswith(f"bytes {at}-")
                if response.status_code == 206 and not goes_on:
                    part.unlink(missing_ok=True)
                    raise FetchError("status", "the server sent another part of the page than was asked for", again=True)
                self._announced(response, at if goes_on else 0)
                self._save(response, part, at if goes_on else 0, kind, until)
                return response.headers.get("etag"), response.headers.get("last-modified"), kind, at if goes_on else 0
        except httpx.TimeoutException as error:
            raise FetchError("slow", f"{type(error).__name__} after a silence", again=True) from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, zlib.error) as error:
            raise FetchError("network", f"{type(error).__name__}: {_line(error)}", again=True) from None

    def _announced(self, response: httpx.Response, at: int) -> None:
        length = response.headers.get("content-length", "")
        if length.isdigit() and at + int(length) > self.limits.bytes:
            raise FetchError("size", f"{(at + int(length)) / (1 << 20):.1f} MiB announced, the limit is {self.limits.megabytes:g}")

    def _save(self, response: httpx.Response, part: Path, at: int, kind: str, until: float) -> None:
        validator = _validator(response)
        beside = part.with_suffix(".json")
        beside.unlink(missing_ok=True)
        size = at
        with part.open("ab" if at else "wb") as file:
            if validator and not _encoding(response):
                beside.write_text(json.dumps(asdict(_Begun(str(response.request.extensions["asked"]), kind, validator))), encoding="utf-8")
            for chunk in _plain(response, self.limits.bytes):
                size += len(chunk)
                if size > self.limits.bytes:
                    file.truncate(0)
                    raise FetchError("size", f"more than {self.limits.megabytes:g} MiB")
                file.write(chunk)
                if time.monotonic() > until:
                    raise FetchError("slow", f"not whole after {self.limits.seconds:g} s ({size:,} bytes)", again=True)


def _begun(part: Path, url: str) -> _Begun | None:
    try:
        begun = _Begun(**json.loads(part.with_suffix(".json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return begun if begun.url == url else None


def _validator(response: httpx.Response) -> str | None:
    etag = str(response.headers.get("etag", ""))
    if etag.startswith('"'):
        return etag
    return str(response.headers.get("last-modified", "")) or None


def _encoding(response: httpx.Response) -> str:
    said = str(response.headers.get("content-encoding", "")).strip().lower()
    return "" if said == "identity" else said


def _plain(response: httpx.Response, most: int) -> Iterator[bytes]:
    """The bytes as they are meant, unpacked piece by piece so that a small message can't grow large in memory.

    Raises:
        FetchError: where they are packed in a way that was not asked for and is not known.
    """
    encoding = _encoding(response)
    if not encoding:
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError("type", f"packed as {encoding}")
    unpacker = zlib.decompressobj(47 if encoding != "deflate" else 15)  # 47: gzip or zlib, told by its head
    total = 0
    for raw in response.iter_raw():
        waiting = raw
        while waiting and not unpacker.eof:
            piece = unpacker.decompress(waiting, _CHUNK)
            waiting = unpacker.unconsumed_tail
            total += len(piece)
            if total > most:
                raise FetchError("size", f"unpacks to more than {most / (1 << 20):g} MiB")
            yield piece
    if not unpacker.eof:
        raise FetchError("network", "the packed page breaks off", again=True)


def _target(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    place = response.headers.get("location")
    if not place:
        raise FetchError("status", f"status {response.status_code} without a place to go on")
    return check_url(urljoin(str(url), place))


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in (200, 206):
        return
    wait = _wait(response.headers.get("retry-after")) if status in _PASSING else None
    raise FetchError("status", f"status {status}", again=status in _PASSING, wait=wait)


def _wait(said: str | None) -> float | None:
    """Seconds of a Retry-After header: a number or a date."""
    if not said:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _type(url: httpx.URL, response: httpx.Response) -> str:
    kind = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
    if kind in TYPES or (kind in UNSAID and Path(url.path).suffix.lower() in _BY_NAME):
        return kind
    raise FetchError("type", f"{kind or 'no'} type; web pages, plain text, PDF and Word files are fetched")


def _suffix(url: httpx.URL, kind: str, path: Path) -> str:
    if kind in TYPES and kind != "text/plain":
        return TYPES[kind]
    named = Path(url.path).suffix.lower()
    return named if kind in UNSAID and named in _BY_NAME else ".txt"


def _same_house(host: str, other: str) -> bool:
    """Whether a redirect stays in the house: the same site, or from one government's site to another's."""
    if host == other or all(h.endswith(OFFICIAL) for h in (host, other)):
        return True
    a, b = host.removeprefix("www."), other.removeprefix("www.")
    return a == b or a.endswith(f".{b}") or b.endswith(f".{a}")


def _digest(path: Path) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or "no reason given"
