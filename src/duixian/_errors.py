"""The base of errors that are one line for people; alone in its module so that every room can name it."""


class ClearError(Exception):
    """Something that people can mend; the message is one line and says what and where."""
