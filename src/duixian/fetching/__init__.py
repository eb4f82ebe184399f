"""Fetching: reports from official addresses, politely and warily, with their provenance; the only room that uses the network."""

from __future__ import annotations

from duixian.fetching.limits import FetchLimits, Rules
from duixian.fetching.run import Outcome, fetch
from duixian.fetching.sources import Source, choose_sources, read_sources

__all__ = ["FetchLimits", "Outcome", "Rules", "Source", "choose_sources", "fetch", "read_sources"]
