"""The ledger: what people enter, in a database of its own that no rebuild touches."""

from duixian.ledger.corrections import Corrections
from duixian.ledger.database import LedgerError, default_url

__all__ = ["Corrections", "LedgerError", "default_url"]
