"""Facts: what the pipeline found in a corpus, as tables that anyone may have, without its sentences; made, read, checked and filled up."""

from __future__ import annotations
