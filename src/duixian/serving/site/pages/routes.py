"""What a page declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from duixian.serving.site.context import Page, Request


@dataclass(frozen=True, slots=True)
class PageRoute:
    """A page with its address.

    Attributes:
        address: its path, with names in braces for what varies.
        page: makes it.
        parameters: names of the query that it knows, besides ``lang``.
        says: what it answers, in one line (for the description of the API).
        downloads: whether the address with .json, .csv, .xlsx gives its table.
        charts: whether the address with .svg, .png gives its chart.
        examples: for each part in braces an example, or where to find one (for the description of the API).
    """

    address: str
    page: Callable[[Request], Page]
    parameters: tuple[str, ...]
    says: str
    downloads: bool = True
    charts: bool = False
    examples: Mapping[str, str] = field(default_factory=dict)
