"""The pages: each a function from a request to what it shows, with its address and the parameters it knows."""

from __future__ import annotations

from duixian.serving.site.pages import api, compare, data, home, indicators, promises, regions, report, search, terms
from duixian.serving.site.pages.routes import PageRoute

__all__ = ["ROUTES", "PageRoute"]

ROUTES: tuple[PageRoute, ...] = (
    *home.ROUTES,
    *compare.ROUTES,
    *regions.ROUTES,
    *report.ROUTES,
    *promises.ROUTES,
    *indicators.ROUTES,
    *search.ROUTES,
    *terms.ROUTES,
    *data.ROUTES,
    *api.ROUTES,
)
