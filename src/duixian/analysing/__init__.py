"""Analysing: the questions that are asked of a store, each answered by a table."""
