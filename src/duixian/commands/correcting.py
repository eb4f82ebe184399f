"""Correcting headline values: decisions go into the ledger, never into the store."""

from __future__ import annotations

import getpass
import math
import re
from pathlib import Path

import click

from duixian.analysing.archive_tables import find_codes
from duixian.analysing.corrections import corrections_table, gold_rows
from duixian.analysing.headline import check_indicators
from duixian.commands.common import MOST, fail, formatted, opened, print_table, store_argument
from duixian.ledger import Action, Corrections, LedgerError, default_url
from duixian.model import Cell
from duixian.registry.indicators import indicator_table
from duixian.registry.regions import regions
from duixian.registry.units import unit_table
from duixian.store import Generation
from duixian.store.errors import NoTextError

_VALUE = re.compile(r"(-?\d+(?:\.\d+)?)(?:\s*(?:-|—|~|至)\s*(\d+(?:\.\d+)?))?\s*(\D*)\Z")  # "5.5", "5-6%", "1.2万亿元"; not "五"
COMPARATORS = ("=", "~", ">=", "<=", "range")


def read_cell(text: str) -> Cell:
    """The cell that 安徽/2025/gdp.growth/target names (a code does for a name; without a role: target).

    Raises:
        click.BadParameter: where it names none.
    """
    parts = [p for p in re.split(r"[/:\s]+", text.strip()) if p]
    if len(parts) not in (3, 4) or not parts[1].isdigit() or (len(parts) == 4 and parts[3] not in ("actual", "target")):
        raise click.BadParameter(f"{text!r} is no cell; write place/year/indicator/actual|target, as 安徽/2025/gdp.growth/target")
    check_indicators([parts[2]])
    return Cell(find_codes(parts[0], int(parts[1]))[0], int(parts[1]), parts[2], "actual" if parts[3:] == ["actual"] else "target")


def read_value(text: str) -> tuple[float, float, str | None]:
    """Low, high and unit of a value as people write it: 5.5, 5.5%, 5-6%, 1.2万亿元.

    Raises:
        click.BadParameter: where it is none.
    """
    found = _VALUE.match(text.strip())
    if not found:
        raise click.BadParameter(f"{text!r} is no value; write 5.5, 5.5%, 5-6% or 1.2万亿元")
    low = float(found[1])
    return low, float(found[2] or low), found[3].strip() or None


def check_value(indicator: str, low: float, high: float, unit: str) -> None:
    """Refuse a value whose unit the indicator can't carry, or that lies beyond what is plausible for it.

    Raises:
        click.BadParameter: with what is allowed.
    """
    one, worth = indicator_table().indicators[indicator], unit_table().worth(unit)
    if worth.kind not in one.units:
        kinds = ", ".join(sorted(one.units))
        raise click.BadParameter(f"{indicator} is not counted in {unit or 'a bare number'}; its units are of the kinds {kinds}")
    if high < low:
        raise click.BadParameter(f"{high:g} is below {low:g}")
    least, most = (b if b is not None else default for b, default in ((one.low, -math.inf), (one.high, math.inf)))
    if not all(least <= value * worth.factor <= most for value in (low, high)):
        raise click.BadParameter(f"{low:g}{unit} is beyond what is plausible for {indicator}: {least:g} to {most:g} {worth.canonical}")


def _stands(archive: Generation, quote: str, sources: list[str]) -> bool:
    """Whether a source holds the words; a store without texts can't tell and takes them."""
    try:
        return bool(quote) and any(quote in archive.text(source) for source in sources)
    except NoTextError:
        return True


@click.command()
@store_argument
@click.argument("cell", required=False)
@click.option("--value", help="The right value: 5.5%, 5-6%, 1.2万亿元.")
@click.option("--unit", help="Its unit, where --value has none; by default the unit the cell has.")
@click.option("--comparator", type=click.Choice(COMPARATORS), help="How the text qualifies it; by default = (range for two numbers).")
@click.option("--direction", type=click.Choice(["up", "down"]), help="Rise or fall, for a change.")
@click.option("--quote", help="The words of the report that state it.")
@click.option("--accept", "accepted", is_flag=True, help="The machine's value is right.")
@click.option("--reject", "rejected", is_flag=True, help="The report states no such value; the cell is empty.")
@click.option("--reason", help="Why; needed for every decision.")
@click.option("--author", default=getpass.getuser, show_default="your login name", help="Who decides.")
@click.option("--list", "listing", is_flag=True, help="List all decisions.")
@click.option("--undo", type=click.IntRange(1, MOST), metavar="N", help="Undo decision N.")
@click.option("--gold", is_flag=True, help="Print the decisions in force as rows of the gold format.")
@click.option("--ledger", help="The ledger's database URL; by default $DUIXIAN_LEDGER, else a file beside the store.")
@formatted
def correct(
    store: Path,
    cell: str | None,
    value: str | None,
    unit: str | None,
    comparator: str | None,
    direction: str | None,
    quote: str | None,
    accepted: bool,
    rejected: bool,
    reason: str | None,
    author: str,
    listing: bool,
    undo: int | None,
    gold: bool,
    ledger: str | None,
    form: str,
    lang: str,
) -> None:
    """Correct, accept or refuse a headline value; list or undo such decisions.

    CELL is place/year/indicator/side; the side is target or actual (of the year before the report), target where it is left out.
    They are kept in the ledger, survive every rebuild and show as corrected wherever the value shows.

    \b
    Examples:
      duixian correct my.store 安徽/2025/gdp.growth/target --value 5.5% --comparator ">=" --reason 核对原文
      duixian correct my.store 安徽/2025/gdp.growth/actual --accept --reason 已核对
      duixian correct my.store --list
      duixian correct my.store --undo 3
    """
    log = Corrections(ledger or default_url(store))
    try:
        with opened(store) as archive:
            if listing and not log.there and form == "table":
                click.echo(f"no decision yet; the first one makes the ledger {log.name}", err=True)
            elif listing:
                print_table(corrections_table(log.all()), form, lang)
            elif gold:
                for line in gold_rows(archive, log.current()):
                    click.echo(line)
            elif undo is not None:
                done = log.undo(undo)
                at = regions().at(done.cell.region_id, done.cell.year)
                named = f"{at.full_name if at else done.cell.region_id}/{done.cell.year}/{done.cell.indicator}/{done.cell.role}"
                click.echo(f"undone: {done.correction_id} ({named})", err=True)
            else:
                if not cell or [value is not None, accepted, rejected].count(True) != 1:
                    raise click.UsageError("give a CELL and one of --value, --accept, --reject; or --list, --undo N, --gold")
                place = read_cell(cell)
                if not (reports := archive.reports(codes=[place.region_id], years=[place.year])):
                    fail(f"no report of {cell.split('/')[0]} for {place.year} in {store}")
                if quote is not None and not _stands(archive, quote, [r.source for r in reports]):
                    fail(f"the report of {cell.split('/')[0]} for {place.year} does not say {quote!r}; copy the words as they stand in it")
                fields: dict[str, str | float | None] = {}
                if value is not None:
                    low, high, own = read_value(value)
                    there = archive.panel(codes=[place.region_id], years=[place.year], indicators=[place.indicator], role=place.role)
                    fields = {"low": low, "high": high, "unit": own or unit or (there[0].unit if there else None), "quote": quote}
                    check_value(place.indicator, low, high, str(fields["unit"] or ""))
                    fields |= {"comparator": comparator or ("range" if high != low else "="), "direction": direction}
                action: Action = "value" if value is not None else "accept" if accepted else "reject"
                made = log.add(place, action, reason=reason or "", author=author, **fields)
                click.echo(f"decision {made.correction_id}: {action} {cell} ({author}: {made.reason})", err=True)
    except LedgerError as error:
        fail(str(error))


COMMANDS = (correct,)
