"""What a page works with: the open generation (opened anew when a build has published another), the ledger, the request's language."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from duixian.analysing.tables import Lang, Table
from duixian.ledger import Corrections, default_url
from duixian.model import Cell, Correction
from duixian.serving.site.params import Parameters
from duixian.store import Generation, open_store
from duixian.store.folder import Folder


class Library:
    """The store behind the site; each request gets the generation that is current when it begins."""

    def __init__(self, store: Path, ledger: str | None = None) -> None:
        self._folder = Folder(store)
        self._lock = threading.Lock()
        self._open = open_store(store)
        self._ledger = Corrections(ledger or default_url(store))

    def generation(self) -> Generation:
        """The current generation."""
        number = self._folder.current()
        if number != self._open.number:
            with self._lock:
                if number != self._open.number:
                    self._open = open_store(self._folder.path)  # the old one closes when its last request is done
        return self._open

    def corrections(self) -> Mapping[Cell, Correction]:
        """Decisions of people that are in force."""
        return self._ledger.current()


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as pages see it."""

    store: Generation
    corrections: Mapping[Cell, Correction]
    lang: Lang
    params: Parameters
    path: Mapping[str, str]  # parts of the address


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its heading, template with what it shows, and the table behind it that downloads give."""

    title: str
    template: str
    shows: Mapping[str, object]
    table: Table | None = None


class NotThereError(Exception):
    """What an address names is not in the store; the message says what is."""
