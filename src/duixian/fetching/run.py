"""Fetching a list of reports into a folder: what is there is kept, what fails is told and does not stop the rest.

DIR/地区/年份.md     the main text with its address, ready for ``duixian build DIR``
DIR/raw/<sha256>.*   the page as it came
DIR/fetch.jsonl      what came of each address (``journal.Record``)
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import httpx
import stamina

from duixian.fetching.download import Downloader, Fetched
from duixian.fetching.guard import GuardedTransport, Resolve, resolve
from duixian.fetching.journal import Journal, Record
from duixian.fetching.limits import AGENT, FetchError, FetchLimits, Rules
from duixian.fetching.manners import Manners
from duixian.fetching.sources import Source
from duixian.model import Document, ReadFailure
from duixian.reading import read_document
from duixian.reading.formats import READER_VERSION, read_file

Outcome = Record
RAW = "raw"
PARTIAL = ".partial"
_UNFIT = re.compile(r"[^\w\-]+")  # what stays out of a file name: "/", "..", blanks; not "安徽省"


@dataclass(frozen=True, slots=True)
class _Work:
    """What one run works with."""

    folder: Path
    journal: Journal
    downloader: Downloader
    limits: FetchLimits


def fetch(
    sources: Sequence[Source],
    folder: str | os.PathLike[str],
    *,
    rules: Rules = Rules(),  # noqa: B008 - frozen
    limits: FetchLimits = FetchLimits(),  # noqa: B008 - frozen
    progress: Callable[[Record], None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
    resolver: Resolve = resolve,
) -> tuple[Record, ...]:
    """Fetch reports one after the other.

    Args:
        sources: where they stand.
        folder: where they shall lie; made where it is missing. What a run before fetched into it is kept.
        rules: what may be reached, and the pace.
        limits: what a page may cost.
        progress: called after each.
        sleep: waits so many seconds between requests to one host.
        resolver: gives the addresses of a host.

    Returns:
        What came of each source, in their order.
    """
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    journal = Journal(out)
    before = journal.fetched()
    records: list[Record] = []
    timeout = httpx.Timeout(limits.silence, connect=limits.connect)
    agent = f"{AGENT}/{version('duixian')}" + (f" (+{' '.join(rules.contact.split())})" if rules.contact else "")
    with httpx.Client(
        transport=GuardedTransport(private=rules.private, resolver=resolver),
        headers={"User-Agent": agent, "Accept-Language": "zh-CN,zh;q=0.9"},
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
    ) as client:
        client.event_hooks["request"] = [_remember]
        manners = Manners(client, rules, limits, sleep)
        work = _Work(out, journal, Downloader(client, limits, manners.before, out / PARTIAL), limits)
        for source in sources:
            records.append(_one(work, source, before.get(source.url)))
            if progress:
                progress(records[-1])
    return tuple(records)


def _remember(request: httpx.Request) -> None:
    """The address asked for (the transport puts the checked one in its place); no cookie goes out."""
    request.headers.pop("Cookie", None)
    request.extensions = {**request.extensions, "asked": str(request.url)}


def _one(work: _Work, source: Source, kept: Record | None) -> Record:
    began = time.monotonic()
    if kept and kept.path and _is_there(work.folder / kept.path, kept.text_sha256):
        return replace(kept, result="kept")
    record = Record(datetime.now(UTC).isoformat(timespec="seconds"), source.url, source.region_id, source.region, source.year, "failed")
    try:
        page = _with_patience(work, source.url)
        record = _read(work.folder, source, page, record)
    except FetchError as error:
        record = replace(record, kind=error.kind, reason=str(error))
    record = replace(record, seconds=round(time.monotonic() - began, 3))
    work.journal.add(record)
    return record


def _with_patience(work: _Work, url: str) -> Fetched:
    """A page, tried again where that may help, as long after as the server asks."""
    limits = work.limits

    def again(error: Exception) -> bool | float:
        if not isinstance(error, FetchError) or not error.again or (error.wait or 0) > limits.longest_wait:
            return False
        return True if error.wait is None else error.wait

    for attempt in stamina.retry_context(
        on=again, attempts=limits.attempts, timeout=None, wait_initial=limits.first_wait, wait_max=limits.longest_wait, wait_jitter=0.0
    ):
        with attempt:
            return work.downloader.take(url)
    raise AssertionError("retry_context ends with a result or an error")


def _is_there(path: Path, digest: str | None) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _read(folder: Path, source: Source, page: Fetched, record: Record) -> Record:
    """Keep the page, and its main text where it is the report that was looked for."""
    raw = folder / RAW / f"{page.sha256}{page.suffix}"
    raw.parent.mkdir(exist_ok=True)
    page.path.replace(raw)
    record = replace(
        record,
        final_url=page.url,
        redirects=page.redirects,
        type=page.type,
        bytes=page.bytes,
        sha256=page.sha256,
        etag=page.etag,
        last_modified=page.last_modified,
        reader=f"{version('duixian')}+{READER_VERSION}",
    )
    documents: list[Document] = []
    for item in read_file(raw, raw.name):
        if isinstance(item, ReadFailure):
            return replace(record, result="unreadable", reason=item.reason)
        documents.append(item)
    found = [(d, r) for d in documents for r in read_document(d).reports]
    if not found:
        return replace(record, result="no_report", reason="no report in the page")
    fitting = next((d for d, r in found if r.region_id == source.region_id and r.year == source.year), None)
    if fitting is None:
        said = ", ".join(f"{r.region} {r.year}" for _, r in found[:3])
        return replace(record, result="other_report", reason=f"the page holds the report of {said}")
    path = folder / _name(source.region) / f"{source.year}.md"
    data = _markdown(source, page, fitting).encode()
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)
    return replace(record, result="fetched", path=path.relative_to(folder).as_posix(), text_sha256=hashlib.sha256(data).hexdigest())


def _markdown(source: Source, page: Fetched, document: Document) -> str:
    """The text with its provenance; nothing that differs between two visits to an unchanged page."""
    lines = {"source": source.url, "title": document.hints.title, "published": document.hints.published, "raw_sha256": page.sha256}
    if page.url != source.url:
        lines["final_url"] = page.url
    head = "\n".join(f"{key}: {' '.join(value.split())}" for key, value in lines.items() if value)
    return f"---\n{head}\n---\n\n{document.text.strip()}\n"


def _name(region: str) -> str:
    return _UNFIT.sub("", region) or "unnamed"


def summary(records: Iterable[Record]) -> dict[str, int]:
    """How many records there are of each result."""
    counts: dict[str, int] = {}
    for record in records:
        counts[record.result] = counts.get(record.result, 0) + 1
    return counts
