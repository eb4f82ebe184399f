"""Formats: files of any kind to documents; what can't be read becomes one clear line."""

from duixian.reading.formats.decoding import decode
from duixian.reading.formats.files import read_file
from duixian.reading.formats.finding import find_files
from duixian.reading.formats.frontmatter import front_matter
from duixian.reading.formats.kinds import SUFFIXES
from duixian.reading.formats.limits import LimitError, Limits

__all__ = ["READER_VERSION", "SUFFIXES", "LimitError", "Limits", "decode", "find_files", "front_matter", "read_file"]

READER_VERSION = 1
"""Goes up when the text that a reader makes of the same bytes changes."""
