"""What goes wrong with a store, said in one line."""

from __future__ import annotations

from duixian._errors import ClearError


class StoreError(ClearError):
    """A store that can't be opened, written or exported; the message is one line for the user."""


class NoTextError(StoreError):
    """The text of a document is not in the store; in a store of facts the message says how to add it."""
