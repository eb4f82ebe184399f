"""Facts as a store: figures without their sentences, so that every command works; the user's own texts fill in what they hold.

A document of the user's whose text is the very text that facts were taken from (the same digest) brings its sentences to them. A report of
the user's own of a place and year takes the place of the facts' report; one of a new place or year is added. Such a store keeps the facts
in ``facts/`` and the user's own store in ``own/``; a build into it builds ``own/`` and fills up again.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from duixian.facts.files import ABOUT, About, read_about
from duixian.facts.filling import FILLED, FROM_FACTS, MACROS, OWN, quoting, replacing
from duixian.facts.rows import FACTS
from duixian.registry.indicators import indicator_table
from duixian.registry.regions import regions
from duixian.store import TABLES, StoreError
from duixian.store.arrow import schema_of
from duixian.store.folder import Counts, Entry, Folder, Manifest
from duixian.store.segments import TEMPORARY

FACTS_FOLDER: Final = "facts"
OWN_FOLDER: Final = "own"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a store of facts holds.

    Attributes:
        about: the facts.
        linked: reports of the facts whose text is there.
        replaced: reports of the facts in whose place the user's own stand.
        added: the user's reports of places and years that the facts have not.
    """

    about: About
    linked: int
    replaced: int
    added: int


def is_filled(store: Path) -> bool:
    """Whether a folder is a store of facts."""
    return (store / FACTS_FOLDER / ABOUT).is_file()


def fill(facts: Path, store: Path) -> Filled:
    """Make a store of facts, or bring it up to other facts; what the user built into it stays.

    Args:
        facts: the folder of facts.
        store: the store's folder; made where it is missing.

    Raises:
        StoreError: where there are no facts, or the folder is something else.
    """
    about = read_about(facts)
    folder = Folder(store)
    if folder.store_file.exists() and not is_filled(store):
        raise StoreError(f"{store} is a store built of texts; give a new folder")
    folder.check_writable()
    with folder.writing():
        kept = store / FACTS_FOLDER
        if facts.resolve() != kept.resolve():
            _copy(facts, kept)
        return _publish(folder, about)


def own_store(store: Path) -> Path:
    """Where a build into a store of facts builds the user's own files; ``refill`` brings them in."""
    return store / OWN_FOLDER


def refill(store: Path) -> Filled:
    """Fill a store of facts again, after its own files were built.

    Raises:
        StoreError: where it is no store of facts, or can't be written.
    """
    return fill(store / FACTS_FOLDER, store)


def _copy(facts: Path, kept: Path) -> None:
    new = kept.with_name(f"{kept.name}.{os.getpid()}{TEMPORARY}")
    new.mkdir()
    for name in (ABOUT, *(f"{table}.parquet" for table in FACTS)):
        shutil.copyfile(facts / name, new / name)
    if kept.exists():
        shutil.rmtree(kept)
    new.replace(kept)


def _publish(folder: Folder, about: About) -> Filled:
    number = folder.newest_number() + 1
    path = folder.serving_file(number)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    own = _own(folder.path / OWN_FOLDER)
    try:
        with duckdb.connect(str(temporary), config={"memory_limit": "1GB", "threads": "2"}) as connection:
            filled = _fill(connection, folder.path / FACTS_FOLDER, own, about)
            counts, documents = _counts(connection), _documents(connection)
            connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        temporary.unlink(missing_ok=True)
        raise StoreError(f"{folder.path}: the facts can't be filled in: {' '.join(str(error).split())[:200]}") from None
    temporary.replace(path)
    versions = (("facts", about.sha256[:12]), *sorted(about.stages.items()))
    created = datetime.now(UTC).isoformat(timespec="seconds")
    folder.publish(Manifest(str(folder.path), None, versions, documents, (), counts, number, created))
    folder.prune(number)
    return filled


def _own(store: Path) -> Path | None:
    """The tables of what the user built, if anything."""
    folder = Folder(store)
    number = folder.current() if folder.store_file.exists() else None
    return None if number is None else folder.serving_file(number)


def _fill(connection: duckdb.DuckDBPyConnection, facts: Path, own: Path | None, about: About) -> Filled:
    for name, row in TABLES.items():
        connection.register("nothing", schema_of(row).empty_table())
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM nothing')  # noqa: S608 - a name of TABLES
        connection.unregister("nothing")
    for name in FACTS:
        file = str(facts / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE TEMP VIEW fact_{name} AS SELECT * FROM read_parquet('{file}')")  # noqa: S608 - quoted
    names = [(one.id, one.zh) for one in indicator_table().indicators.values()]
    connection.execute("CREATE TEMP TABLE names (indicator VARCHAR, zh VARCHAR)")
    connection.executemany("INSERT INTO names VALUES (?, ?)", names)
    places = connection.execute("SELECT DISTINCT region_id FROM fact_reports").fetchall()
    connection.execute("CREATE TEMP TABLE samples (region_id VARCHAR)")
    if fictional := [row for row in places if (region := regions().at(row[0])) and region.sample]:
        connection.executemany("INSERT INTO samples VALUES (?)", fictional)
    for statement in (*MACROS, *FROM_FACTS):
        connection.execute(statement)
    if own is None:
        return Filled(about, 0, 0, 0)
    path = str(own).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS own (READ_ONLY)")
    try:
        for statement in OWN:
            connection.execute(statement)
        for statement in (*replacing(), *quoting()):
            connection.execute(statement)
        found = connection.execute(FILLED).fetchone()
    finally:
        connection.execute("DETACH own")
    assert found is not None
    return Filled(about, *found)


def _counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    row = connection.execute(
        'SELECT (SELECT count(*) FROM texts), (SELECT count(*) FROM reports), (SELECT count(*) FROM reports WHERE "primary"), '
        "(SELECT count(*) FROM rejected), (SELECT count(*) FROM failures)"
    ).fetchone()
    flags = connection.execute(
        "SELECT flag, count(*) FROM (SELECT unnest(flags) AS flag FROM reports) GROUP BY flag ORDER BY flag"
    ).fetchall()
    assert row is not None
    return Counts(row[0], row[1], row[2], row[3], row[4], tuple((str(flag), int(n)) for flag, n in flags))


def _documents(connection: duckdb.DuckDBPyConnection) -> tuple[Entry, ...]:
    """The documents whose texts are there; their digest stands for the segments, which a store of facts has not."""
    rows = connection.execute("SELECT source, doc_id, text_sha256 FROM texts ORDER BY source").fetchall()
    return tuple(Entry(source, doc_id, f"{digest}.text", "", "") for source, doc_id, digest in rows)
