"""duixian 兑现: reads Chinese government work reports (政府工作报告) and settles their promises.

import duixian
for report in duixian.read("a.txt"):
    print(report.region, report.year, report.sections, report.text)
archive = duixian.open("my.store")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from duixian._version import __version__

if TYPE_CHECKING:
    from duixian.api import Archive, ReportView, open_store, read
    from duixian.api import open as open


__all__ = ["Archive", "ReportView", "__version__", "open_store", "read"]


def __getattr__(name: str) -> object:
    """The facade is loaded when it is first asked for, so that a single room can be imported alone."""
    if name in __all__ or name == "open":  # not in __all__, so that an import of everything leaves the built-in one alone
        from duixian import api

        return getattr(api, name)
    raise AttributeError(f"module 'duixian' has no attribute {name!r}")
