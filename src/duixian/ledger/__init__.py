"""The ledger: what people enter, in a database of its own that no rebuild touches."""

from duixian.ledger.corrections import Action, Corrections
from duixian.ledger.database import LedgerError, default_url

__all__ = ["Action", "Corrections", "LedgerError", "default_url"]
