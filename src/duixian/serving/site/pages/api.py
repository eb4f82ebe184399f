"""The description of the API as a page of the site; nothing is loaded from elsewhere."""

from __future__ import annotations

from duixian.serving.site.context import Page, Request
from duixian.serving.site.openapi import Described, describe
from duixian.serving.site.pages.routes import PageRoute


def _page(request: Request) -> Page:
    from duixian.serving.site.pages import ROUTES  # the list holds this page itself

    described: list[Described] = [describe(r) for r in ROUTES]
    return Page(request.say("接口", "API"), "api.html", {"routes": described})


ROUTES = (PageRoute("/data/api", _page, (), "every address with its parameters", downloads=False),)
