"""Corrections of headline cells: appended, never changed; undoing one only marks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, cast

from sqlalchemy import Float, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from duixian.ledger.database import Base, LedgerError, connect, exists, shown, transaction
from duixian.model import Cell, Comparator, Correction, Direction

Action = Literal["value", "accept", "reject"]
FactRole = Literal["actual", "target"]


class _Row(Base):
    __tablename__ = "corrections"
    __table_args__ = (Index("corrections_by_cell", "region_id", "year", "indicator", "role"),)

    correction_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    region_id: Mapped[str] = mapped_column(String(6))
    year: Mapped[int] = mapped_column(Integer)
    indicator: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(6))
    action: Mapped[str] = mapped_column(String(6))
    comparator: Mapped[str | None] = mapped_column(String(5))
    low: Mapped[float | None] = mapped_column(Float)
    high: Mapped[float | None] = mapped_column(Float)
    unit: Mapped[str | None] = mapped_column(String(40))
    direction: Mapped[str | None] = mapped_column(String(4))
    quote: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(120))
    made: Mapped[str] = mapped_column(String(32))
    undone: Mapped[str | None] = mapped_column(String(32))


class Corrections:
    """The corrections of a ledger.

    Args:
        url: the ledger's database; a SQLite file is made when the first correction is.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def there(self) -> bool:
        """Whether the ledger was made."""
        return exists(self._url)

    @property
    def name(self) -> str:
        """Where it lies, without a password."""
        return shown(self._url)

    def add(self, cell: Cell, action: Action, *, reason: str, author: str, **value: str | float | None) -> Correction:
        """Append a correction.

        Args:
            cell: what it is about.
            action: value, accept or reject.
            reason: why; must not be empty.
            author: who.
            value: comparator, low, high, unit, direction, quote.

        Raises:
            LedgerError: where the reason is empty or the ledger can't be written.
        """
        if not reason.strip():
            raise LedgerError("a correction needs a reason")
        row = _Row(**_address(cell), action=action, reason=reason.strip(), author=author, made=_now(), **value)
        with transaction(connect(self._url)) as session:
            session.add(row)
            session.flush()
            return _correction(row)

    def undo(self, correction_id: int) -> Correction:
        """Mark a correction as undone.

        Raises:
            LedgerError: where there is none with this number, or it is undone already.
        """
        with transaction(connect(self._url)) as session:
            row = session.get(_Row, correction_id)
            if row is None:
                raise LedgerError(f"no correction {correction_id}")
            if row.undone:
                raise LedgerError(f"correction {correction_id} was undone on {row.undone[:10]}")
            row.undone = _now()
            return _correction(row)

    def all(self) -> tuple[Correction, ...]:
        """Every correction ever made, oldest first."""
        if not exists(self._url):
            return ()
        with transaction(connect(self._url)) as session:
            return tuple(_correction(row) for row in session.scalars(select(_Row).order_by(_Row.correction_id)))

    def current(self) -> dict[Cell, Correction]:
        """For each cell the last correction that was not undone."""
        return in_force(self.all())


def in_force(corrections: Iterable[Correction]) -> dict[Cell, Correction]:
    """For each cell the last correction that was not undone; a pure function of the log."""
    return {c.cell: c for c in corrections if c.undone is None}


def _address(cell: Cell) -> dict[str, str | int]:
    return {"region_id": cell.region_id, "year": cell.year, "indicator": cell.indicator, "role": cell.role}


def _correction(row: _Row) -> Correction:
    cell = Cell(row.region_id, row.year, row.indicator, cast("FactRole", row.role))
    return Correction(
        correction_id=row.correction_id,
        cell=cell,
        action=cast("Action", row.action),
        comparator=cast("Comparator | None", row.comparator),
        low=row.low,
        high=row.high,
        unit=row.unit,
        direction=cast("Direction | None", row.direction),
        quote=row.quote,
        reason=row.reason,
        author=row.author,
        made=row.made,
        undone=row.undone,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
