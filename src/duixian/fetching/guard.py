"""The guard at the door: a request leaves only for an address that is allowed, and goes to the very address that was checked."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx

from duixian.fetching.limits import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
MOST_ADDRESS = 2000  # characters of an address


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, by the system's resolver.

    Raises:
        FetchError: where it has none.
    """
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise FetchError("network", f"{host} has no address ({error.strerror or error})", again=True) from None


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet; an IPv6 address that carries an IPv4 address counts as that one."""
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif inner := ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None):
            ip = inner
        elif int(ip) >> 32 == 0:  # ::1.2.3.4, long out of use
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def check_url(text: str) -> httpx.URL:
    """The address, where it is one of the web.

    Raises:
        FetchError: for another scheme, a user name in it, no host, or one that is no address at all.
    """
    if len(text) > MOST_ADDRESS or any(ord(c) < 32 for c in text):
        raise FetchError("refused", "the address is too long or holds control characters")
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("refused", f"no address: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError("refused", f"{url.scheme or 'no'} scheme; only http and https are fetched")
    if url.userinfo:
        raise FetchError("refused", "the address carries a user name")
    return url


class GuardedTransport(httpx.HTTPTransport):
    """Resolves a request's host once, refuses addresses that are not public, and connects to the address it checked.

    A name that is resolved again for the connection might by then lead elsewhere (DNS rebinding); so the address itself is put into the
    request, while the Host header and the name in the TLS handshake stay.
    """

    def __init__(self, *, private: bool = False, resolver: Resolve = resolve) -> None:
        super().__init__(trust_env=False, retries=0)
        self._private = private
        self._resolve = resolver

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to a checked address.

        Raises:
            FetchError: where the host has no address or one that is not allowed.
        """
        host = request.url.host
        addresses = self._resolve(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        if not addresses:
            raise FetchError("network", f"{host} has no address", again=True)
        # One address that is not public among several is enough to refuse: which one is used must not be left to chance.
        if not self._private and (inner := next((a for a in addresses if not is_public(a)), None)):
            raise FetchError("refused", f"{host} is {inner}, an address that is not public")
        request.url = request.url.copy_with(host=addresses[0].partition("%")[0])
        request.extensions = {**request.extensions, "sni_hostname": host}
        return super().handle_request(request)
