"""What a page works with: the open generation (opened anew when a build has published another), the ledger, the request's language."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duixian.analysing.tables import Lang, Table
from duixian.ledger import Corrections, default_url
from duixian.model import Cell, Correction
from duixian.serving.site.figures import Figure
from duixian.serving.site.opening import open_for_serving
from duixian.serving.site.params import Parameters
from duixian.serving.site.shelf import Shelf
from duixian.store import Generation, open_store
from duixian.store.folder import Folder


class Library:
    """The store behind the site; each request gets the generation that is current when it begins."""

    def __init__(self, store: Path, ledger: str | None = None) -> None:
        with open_store(store):  # says what is wrong with a folder that is no store
            self._folder = Folder(store)
        self._lock = threading.Lock()
        self._open = Shelf(open_for_serving(self._folder))
        self.ledger = Corrections(ledger or default_url(store))

    def shelf(self) -> Shelf:
        """The current generation with its reports."""
        number = self._folder.current()
        if number != self._open.store.number:
            with self._lock:
                if number != self._open.store.number:
                    self._open = Shelf(open_for_serving(self._folder))  # the old one closes when its last request is done
        return self._open

    def warm(self) -> None:
        """Read what the first search would have to wait for."""
        self.shelf().texts()

    def corrections(self) -> tuple[Correction, ...]:
        """Every decision of people, oldest first."""
        return self.ledger.all()


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as pages see it."""

    shelf: Shelf
    log: tuple[Correction, ...]  # every decision of people, undone ones too
    corrections: Mapping[Cell, Correction]  # those in force
    lang: Lang
    params: Parameters
    path: Mapping[str, str]  # parts of the address

    @property
    def store(self) -> Generation:
        """The open generation."""
        return self.shelf.store

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return zh if self.lang == "zh" else en


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        title: its heading.
        template: the template that shows it.
        shows: what the template shows.
        table: makes the table behind it, which downloads give; only called for them.
        figure: makes its chart as one picture, which .svg and .png give.
    """

    title: str
    template: str
    shows: Mapping[str, object]
    table: Callable[[], Table] | None = None
    figure: Callable[[], Figure] | None = None


class NotThereError(Exception):
    """What an address names is not in the store; the message says what is."""
