"""Giving back memory that only mirrors a file."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Final

_DONTNEED: Final = 4  # MADV_DONTNEED of Linux


def release_mapped(file: Path, maps: Path = Path("/proc/self/maps")) -> int:
    """Let go of the pages of a file that is mapped for reading; they come back from the file where they are touched again.

    The repaired texts are mapped and copied into strings once; the mapped pages would count as the server's until the system needs room.

    Args:
        file: the mapped file.
        maps: the list of this process's mappings.

    Returns:
        How many bytes of mappings were let go of; 0 on systems without such a list.
    """
    if sys.platform != "linux" or not maps.exists():
        return 0
    libc = ctypes.CDLL(None)
    found = 0
    for line in maps.read_text().splitlines():
        place, mode, *rest = line.split(maxsplit=5)
        if rest and rest[-1] == str(file.resolve()) and "w" not in mode:
            start, end = (int(part, 16) for part in place.split("-"))
            if libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _DONTNEED) == 0:
                found += end - start
    return found
