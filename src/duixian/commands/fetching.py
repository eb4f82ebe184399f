"""Fetching reports from official sites."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from duixian.commands.common import NamedPath, fail, split, talk, years


@click.command()
@click.option("--region", callback=split, help="Places with commas: 安徽, 宁波市, 340000; every place by default.")
@click.option("--years", "--year", "year", callback=years, help="Years of the reports: 2025 or 2020-2026; all by default.")
@click.option("-o", "--output", "folder", required=True, type=NamedPath(path_type=Path), help="The folder for texts, pages and journal.")
@click.option("--below", is_flag=True, help="The places below them too.")
@click.option("--sources", type=NamedPath(path_type=Path, exists=True, dir_okay=False),
              help="Your own list: CSV with region_id, region, year, url.")  # fmt: skip
@click.option("--interval", type=click.FloatRange(0), default=2.0, show_default=True, help="Seconds between two requests to one host.")
@click.option("--limit-mb", type=click.FloatRange(0, min_open=True), default=32.0, show_default=True, help="MiB of a page at most.")
@click.option("--seconds", type=click.FloatRange(1), default=180.0, show_default=True, help="Seconds a page may take.")
@click.option("--attempts", type=click.IntRange(1), default=3, show_default=True, help="Attempts where a failure may pass.")
@click.option("--contact", help="An address for the site's keepers, sent in the User-Agent header.")
@click.option("--private", is_flag=True, help="Allow private and loopback addresses too.")
@click.option("--list", "listing", is_flag=True, help="Only print the addresses.")
def fetch(
    region: list[str] | None, year: list[int] | None, folder: Path, below: bool, sources: Path | None, interval: float, limit_mb: float,
    seconds: float, attempts: int, contact: str | None, private: bool, listing: bool,
) -> None:  # fmt: skip
    """Fetch reports from the official addresses that duixian knows: main text, page and provenance.

    robots.txt is kept, each host has its pause, what is there already is not fetched again, a page that broke off is continued. Pages that
    are not the report looked for are told and left out. Exit status: 1 where no report is there in the end.

    \b
    Examples:
      duixian fetch --region 安徽 --years 2020-2026 -o reports
      duixian fetch --region 浙江 --below --years 2025 -o reports --contact me@example.org
      duixian build reports -o my.store
    """
    from stamina import instrumentation

    from duixian.fetching import FetchLimits, Rules, choose_sources, read_sources
    from duixian.fetching import fetch as run
    from duixian.fetching.journal import Record
    from duixian.fetching.run import summary

    try:
        chosen = choose_sources(read_sources(sources), region or (), year or (), below=below)
    except ValueError as error:
        fail(str(error))
    if not chosen:
        fail("no address is known for these places and years")
    if listing:
        for one in chosen:
            click.echo(f"{one.region}\t{one.year}\t{one.url}")
        return

    def show(record: Record) -> None:
        what = record.path or f"{record.result}: {record.reason}"
        talk.print(f"{record.region} {record.year}: {'kept ' if record.result == 'kept' else ''}{what}")

    instrumentation.set_on_retry_hooks(())  # its own log line for every retry says nothing to the user
    limits = FetchLimits(megabytes=limit_mb, seconds=seconds, attempts=attempts)
    try:
        records = run(chosen, folder, rules=Rules(interval, private, contact), limits=limits, progress=show)
    except OSError as error:
        fail(f"{folder} can't be written: {error.strerror or error}")
    except KeyboardInterrupt:
        fail(f"stopped; the next run goes on from what is in {folder}")
    counts = summary(records)
    talk.print(f"{folder}: " + ", ".join(f"{k} {n}" for k, n in counts.items()), style="dim")
    if not counts.get("fetched", 0) + counts.get("kept", 0):
        sys.exit(1)


COMMANDS = (fetch,)
