"""Serving: renderers of the table object; no logic of their own."""
