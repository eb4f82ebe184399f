"""Messages of the program in the language of the page, by one table."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from duixian.analysing.tables import Lang


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of message.

    Attributes:
        pattern: takes the whole English message.
        zh: the Chinese one, with the pattern's groups.
        like: a message that the pattern takes.
        unlike: one that it must not take.
    """

    pattern: re.Pattern[str]
    zh: str
    like: str
    unlike: str


@cache
def messages() -> tuple[Message, ...]:
    """All kinds of messages, in the order they are tried."""
    table = tomllib.loads(files("duixian.serving.site").joinpath("messages.toml").read_text(encoding="utf8"))["message"]
    return tuple(Message(re.compile(one["pattern"], re.DOTALL), one["zh"], one["like"], one["unlike"]) for one in table)


def in_language(message: str, lang: Lang) -> str:
    """A message as the page says it; one that the table lacks stays as it is."""
    if lang == "en":
        return message
    return next((found.expand(one.zh) for one in messages() if (found := one.pattern.fullmatch(message))), message)
