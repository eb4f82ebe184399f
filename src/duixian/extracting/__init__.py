"""Extracting: frames (who is spoken of, period, role), numbers, binding by explicit shapes, measurements."""

from __future__ import annotations

from duixian.extracting.report import extract

__all__ = ["extract"]
