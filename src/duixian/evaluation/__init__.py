"""Evaluation: an export beside what careful readers recorded, by layer, decade and rule. Imports no part that extracts or settles."""

from __future__ import annotations

from duixian.evaluation.gold import Gold, read_gold
from duixian.evaluation.outputs import Export, read_export
from duixian.evaluation.scoring import evaluate
from duixian.evaluation.tally import Score, scores

__all__ = ["Export", "Gold", "Score", "evaluate", "read_export", "read_gold", "scores"]
