"""The ledger's database: SQLite beside the store by default, any other by its URL (PostgreSQL: postgresql+psycopg://…)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry

from duixian._errors import ClearError

URL_VARIABLE = "DUIXIAN_LEDGER"
_WAIT = 10_000  # milliseconds that a writer waits for another


class LedgerError(ClearError):
    """The ledger can't be opened or written; the message is one line for people."""


class Base(DeclarativeBase):
    """All tables of the ledger."""


def default_url(store: Path) -> str:
    """Where a store's ledger lies: $DUIXIAN_LEDGER, else a SQLite file beside the store (my.store → my.ledger.db)."""
    return os.environ.get(URL_VARIABLE) or f"sqlite:///{store.absolute().with_suffix('.ledger.db')}"


def exists(url: str) -> bool:
    """Whether there is a ledger: a SQLite file that was never made is none, so that readers don't make it."""
    path = url.removeprefix("sqlite:///")
    return path == url or Path(path).exists()


def connect(url: str) -> Engine:
    """An engine whose tables exist.

    Raises:
        LedgerError: where the database can't be reached or is no ledger.
    """
    try:
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
        if not inspect(engine).has_table("corrections"):
            Base.metadata.create_all(engine)
    except (ArgumentError, NoSuchModuleError, ImportError, DBAPIError) as error:
        raise LedgerError(f"the ledger {shown(url)} can't be opened: {_line(error)}") from None
    return engine


def _set_up_sqlite(connection: object, _: ConnectionPoolEntry) -> None:
    for pragma in ("journal_mode = WAL", f"busy_timeout = {_WAIT}", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that commits at the end, or leaves nothing behind.

    Raises:
        LedgerError: where the database refuses.
    """
    try:
        with Session(engine) as session, session.begin():
            yield session
    except SQLAlchemyError as error:
        raise LedgerError(f"the ledger can't be used: {_line(error)}") from None


def shown(url: str) -> str:
    """The URL without a password."""
    head, at, tail = url.rpartition("@")
    return f"{head.split('://')[0]}://…@{tail}" if at else url


def _line(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())[:160]
