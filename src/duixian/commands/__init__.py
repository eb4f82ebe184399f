"""Commands: one thin function each, grouped by what they are about."""
