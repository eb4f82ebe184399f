"""What goes wrong with a store, said in one line."""

from __future__ import annotations


class StoreError(Exception):
    """A store that can't be opened, written or exported; the message is one line for the user."""
