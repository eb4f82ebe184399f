"""What a file really is: its first bytes decide, its name only where they are silent."""

from __future__ import annotations

TEXT_SUFFIXES = (".txt", ".md", ".markdown")
TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
WORD_SUFFIXES = (".docx", ".docm", ".dotx")
CONVERTED_SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
SUFFIXES = (
    *TEXT_SUFFIXES,
    *TABLE_SUFFIXES,
    *PAGE_SUFFIXES,
    *WORKBOOK_SUFFIXES,
    *WORD_SUFFIXES,
    *CONVERTED_SUFFIXES,
    ".pdf",
    ".ofd",
    ".parquet",
    ".zip",
)
UNREAD = {
    ".rar": "unpack it, or pack it as ZIP",
    ".7z": "unpack it, or pack it as ZIP",
    ".tar": "unpack it, or pack it as ZIP",
    ".gz": "unpack it, or pack it as ZIP",
    ".tgz": "unpack it, or pack it as ZIP",
    ".caj": "save it as PDF",
    ".ceb": "save it as PDF",
    ".pptx": "save it as PDF",
    ".ppt": "save it as PDF",
    ".jpg": "put the pictures into a PDF",
    ".jpeg": "put the pictures into a PDF",
    ".png": "put the pictures into a PDF",
    ".tif": "put the pictures into a PDF",
    ".tiff": "put the pictures into a PDF",
}
"""Formats of reports that are not read, with what helps."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<meta")


def kind_of(head: bytes, suffix: str) -> str:
    """One of pdf, zip, ole, rtf, parquet, word_xml, html, csv, tsv, jsonl, text.

    Args:
        head: the first 1,024 bytes or more.
        suffix: the name's ending in lower case, with the dot.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or (suffix == ".zip" and b"PK" in head):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if suffix in PAGE_SUFFIXES or (suffix not in TEXT_SUFFIXES + TABLE_SUFFIXES and start.startswith(_PAGE_STARTS)):
        return "html"
    if suffix in CONVERTED_SUFFIXES and b'progid="word.document"' in start[:500]:
        return "word_xml"
    return {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}.get(suffix, "text")
