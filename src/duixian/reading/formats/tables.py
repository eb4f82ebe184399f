"""Tables with a text column: CSV and JSONL in this process, XLSX and Parquet (read by native code) in the parser's."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from duixian.reading.formats.limits import LimitError, Limits, check
from duixian.reading.formats.parts import Job, Parsed, Part, Refused

Row = Mapping[str, str]

_FIELDS = {
    "title": "title",
    "标题": "title",
    "province": "region",
    "region": "region",
    "city": "region",
    "地区": "region",
    "year": "year",
    "年份": "year",
    "source_url": "url",
    "url": "url",
    "链接": "url",
    "publish_date": "published",
    "date": "published",
    "日期": "published",
    "发布日期": "published",
}
_TEXT_COLUMN = "full_text"
_SAMPLE = 50  # rows looked at to find the column with the longest text
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def read_csv(text: str, text_column: str | None, limits: Limits, delimiter: str = ",") -> Iterator[Part]:
    """One document for each row of a CSV table.

    Args:
        text: the decoded file.
        text_column: the column with the text; by default ``full_text``, else the one with the longest text.
        limits: for the number of rows and the length of a text.
        delimiter: what stands between the columns.
    """
    csv.field_size_limit(max(limits.characters * 4, 1 << 17))
    rows = _dicts(csv.reader(_lines(text), delimiter=delimiter))
    try:
        yield from rows_to_parts(_without_last(rows) if _is_cut(text, delimiter) else rows, text_column, limits, "CSV without rows")
    except csv.Error as error:
        too_long = LimitError("characters", f"a field of more than {4 * limits.characters:,} characters")
        yield Refused(str(too_long) if "field limit" in str(error) else f"not a CSV table: {error}")


def _lines(text: str) -> Iterator[str]:
    return (m.group() for m in _LINE.finditer(text))


def _is_cut(text: str, delimiter: str) -> bool:
    """The table ends inside a quoted field, as a file does that was not written or copied to its end."""
    if text.count('"') % 2 == 0:
        return False
    try:
        for _ in csv.reader(_lines(text), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _without_last(rows: Iterable[Row]) -> Iterator[Row | Refused]:
    """The rows, with the last one refused because it is not whole."""
    before: Row | None = None
    for row in rows:
        if before is not None:
            yield before
        before = row
    yield Refused("the table ends inside a quoted field: its last row is cut off and was not taken")


def _dicts(rows: Iterable[list[str]]) -> Iterator[Row]:
    """Rows as mappings from the names in the first row; a short row lacks its last columns."""
    header: list[str] | None = None
    for row in rows:
        if not row:
            continue
        if header is None:
            header = row
        else:
            yield dict(zip(header, row, strict=False))


def read_jsonl(text: str, text_column: str | None, limits: Limits) -> Iterator[Part]:
    """One document for each line of a file of JSON objects.

    Args:
        text: the decoded file.
        text_column: the key of the text; by default ``full_text``, else the one with the longest text.
        limits: for the number of rows and the length of a text.
    """
    yield from rows_to_parts(_objects(text), text_column, limits, "JSONL without rows")


def _objects(text: str) -> Iterator[Row | Refused]:
    for n, found in enumerate(_LINE.finditer(text), 1):
        line = found.group().strip()
        if not line:
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Refused(f"line {n} is no JSON object: {type(error).__name__}")
            continue
        yield {str(k): _plain(v) for k, v in item.items()} if isinstance(item, dict) else Refused(f"line {n} is no JSON object")


def _plain(value: object) -> str:
    return value if isinstance(value, str) else ("" if value is None or isinstance(value, dict | list) else str(value))


def rows_to_parts(rows: Iterable[Row | Refused], text_column: str | None, limits: Limits, empty: str) -> Iterator[Part]:
    """Documents from rows.

    Args:
        rows: mappings from column to text, or what a row was refused for.
        text_column: the column with the text; None to find it.
        limits: for the number of rows and the length of a text.
        empty: the reason given where there is no row.
    """
    source = iter(rows)
    sample = list(islice(source, _SAMPLE))
    usable = [r for r in sample if not isinstance(r, Refused)]
    if not sample:
        yield Refused(empty)
        return
    if not usable:
        yield from (Refused(r.reason, row=n) for n, r in enumerate(sample, 1) if isinstance(r, Refused))
        return
    names = list(dict.fromkeys(k for r in usable for k in r if k))
    column = text_column or (
        _TEXT_COLUMN if _TEXT_COLUMN in names else max(names, key=lambda k: sum(len(r.get(k, "")) for r in usable), default="")
    )
    if column not in names:
        yield Refused(f"no column {column!r}; columns: {', '.join(names)}")
        return
    for n, row in enumerate(chain(sample, source), 1):
        try:
            check("rows", n, limits.rows, "rows")
        except LimitError as error:
            yield Refused(f"{error}; the rows before it were read", row=n)
            return
        yield Refused(row.reason, row=n) if isinstance(row, Refused) else _part(row, n, column, limits)


def _part(row: Row, n: int, column: str, limits: Limits) -> Part:
    body = row.get(column, "").replace("\r\n", "\n").replace("\r", "\n")
    if not body.strip():
        return Refused(f"empty {column}", row=n)
    if len(body) > limits.characters:
        return Refused(str(LimitError("characters", f"{len(body):,} characters, the limit is {limits.characters:,}")), row=n)
    known = {_FIELDS[k.lower()]: v.strip() for k, v in row.items() if k and k.lower() in _FIELDS and k != column and v.strip()}
    return Parsed(body, n, known.get("title"), known.get("url"), known.get("region"), known.get("year"), known.get("published"))


def read_workbook(job: Job, limits: Limits) -> Iterator[Part]:
    """One document for each row of each sheet of a workbook (XLSX, XLSM, XLS, ODS) whose first row names the columns.

    Args:
        job: the file.
        limits: what it may cost.

    Raises:
        ValueError: where the workbook is damaged or encrypted.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(job.path)
        before = 0
        for sheet in book.sheet_names:
            last = 0
            rows = ([_cell(c) for c in row] for row in book.get_sheet_by_name(sheet).iter_rows())
            for part in rows_to_parts(_dicts(rows), job.text_column, limits, f"sheet {sheet} has no rows"):
                if isinstance(part, Parsed):
                    last = part.row
                    yield Parsed(part.text, before + part.row, part.title, part.url, part.region, part.year, part.published)
                elif isinstance(part, Refused) and (part.row or len(book.sheet_names) == 1):
                    last = max(last, part.row)
                    yield Refused(part.reason, before + part.row if part.row else 0)
            before += last
        if not before:
            yield Refused("no sheet with a text column")
    except CalamineError as error:
        raise ValueError(f"damaged workbook: {error}") from None


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def read_parquet(job: Job, limits: Limits) -> Iterator[Part]:
    """One document for each row of a Parquet file.

    Args:
        job: the file.
        limits: what it may cost.

    Raises:
        ValueError: where the file is damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(job.path) as file:
            check("rows", file.metadata.num_rows, limits.rows, "rows")
            batches = file.iter_batches(batch_size=64)
            rows = ({str(k): _cell(v) for k, v in row.items()} for batch in batches for row in batch.to_pylist())
            yield from rows_to_parts(rows, job.text_column, limits, "Parquet file without rows")
    except (pa.ArrowException, OSError) as error:
        raise ValueError(f"damaged Parquet file: {str(error).splitlines()[0]}") from None
