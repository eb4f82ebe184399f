"""Choosing indicators: menus by field with the headline ones first, and finding one by what people call it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from duixian.analysing.registry_tables import DOMAINS_ZH
from duixian.registry.indicators import Indicator, indicator_table
from duixian.serving.site.context import Request


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a menu.

    Attributes:
        name: what it is called on the page.
        indicators: in the order of the registry.
    """

    name: str
    indicators: tuple[Indicator, ...]


def menu(request: Request, chosen: Collection[str] = ()) -> list[Group]:
    """The indicators of which the store holds a value, and those chosen already; headline ones first, the others by field.

    Args:
        request: the page's request.
        chosen: ids that must be there.
    """
    held = [i for i in indicator_table().indicators.values() if i.id in request.shelf.stated or i.id in chosen]
    headline = tuple(i for i in held if i.headline)
    first = [Group(request.say("主要指标", "Headline indicators"), headline)] if headline else []
    return first + by_field(request, (i for i in held if not i.headline))


def by_field(request: Request, indicators: Iterable[Indicator]) -> list[Group]:
    """Indicators by field, in the order of the fields.

    Args:
        request: the page's request.
        indicators: in the order of the registry.
    """
    fields: dict[str, list[Indicator]] = {domain: [] for domain in DOMAINS_ZH}
    for one in indicators:
        fields.setdefault(one.domain, []).append(one)
    return [Group(field_name(request, domain), tuple(found)) for domain, found in fields.items() if found]


def field_name(request: Request, domain: str) -> str:
    """What a field is called."""
    return request.say(DOMAINS_ZH.get(domain, domain or "其他"), domain.capitalize() or "Others")


def named(words: str) -> list[Indicator]:
    """The indicators that people may mean by some words: the one of that id or name, else those whose names or id hold all the words.

    Args:
        words: an id, a name in Chinese or English, or parts of one with blanks between.
    """
    wanted = words.strip().lower()
    table = indicator_table()
    exact = [i for i in table.indicators.values() if wanted in (i.id, i.zh.lower(), i.en.lower())]
    if exact or not wanted:
        return exact
    called: dict[str, list[str]] = {}
    for name, subject in table.names.items():
        called.setdefault(subject, []).append(name.lower())
    parts = wanted.split()
    return [i for i in table.indicators.values() if _holds((i.id, i.zh.lower(), i.en.lower(), *called.get(i.subject, ())), parts)]


def _holds(names: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether each of some words stands in one of the names."""
    return all(any(part in name for name in names) for part in parts)
