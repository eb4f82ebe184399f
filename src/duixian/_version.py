"""The version, alone in its module so that every room can name it."""

__version__ = "0.1.0"
