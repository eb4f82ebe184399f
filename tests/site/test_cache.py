from __future__ import annotations

import mmap
import sys
from pathlib import Path

import pytest

from duixian.serving.site.cache import PageCache, made
from duixian.serving.site.memory import release_mapped


def test_the_oldest_page_goes_first() -> None:
    cache = PageCache(most=8000)
    pages = {i: made(bytes([i]) * 700, "text/html", {}) for i in range(12)}
    for i, page in pages.items():
        cache.put((i,), page)
        cache.get((0,))
    assert cache.get((0,)) is pages[0] and cache.get((11,)) is pages[11]
    assert cache.get((1,)) is None


def test_a_page_larger_than_its_share_is_not_kept() -> None:
    cache = PageCache(most=8000)
    cache.put((1,), made(bytes(700) * 2, "image/png", {}))
    assert cache.get((1,)) is None


def test_packed_and_plain_are_the_same_page() -> None:
    body = "承诺与回应".encode() * 500
    page = made(body, "text/html", {})
    assert page.packed and len(page.body) < len(body) / 5 and page.plain() == body
    assert not made(b"short", "text/html", {}).packed
    assert not made(body, "image/png", {}).packed


@pytest.mark.skipif(sys.platform != "linux", reason="mappings are listed on Linux only")
def test_mapped_pages_are_let_go_of_and_come_back(tmp_path: Path) -> None:
    file = tmp_path / "texts.bin"
    content = bytes(range(256)) * 4096
    file.write_bytes(content)
    with file.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert mapped[:] == content

        def resident() -> int:
            lines = Path("/proc/self/smaps").read_text().splitlines()
            at = next(i for i, line in enumerate(lines) if line.endswith(str(file)))
            return int(next(line for line in lines[at:] if line.startswith("Rss")).split()[1])

        assert resident() > 0
        assert release_mapped(file) >= len(content)
        assert resident() == 0
        assert mapped[:] == content
    assert release_mapped(tmp_path / "other.bin") == 0
