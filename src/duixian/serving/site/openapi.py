"""The description of every address (OpenAPI 3.1), made from the pages' own declarations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from duixian._version import __version__
from duixian.analysing.search_tables import SECTIONS
from duixian.registry.indicators import indicator_table
from duixian.registry.topics import topics
from duixian.serving.site.params import MAX_LENGTH, YEARS

Schema = dict[str, Any]  # JSON Schema is open by its nature
_LEVELS: Final = ["national", "province", "prefecture", "county"]
_PART: Final = re.compile(r"\{(\w+)\}")  # "{code}" in "/region/{code}"
TEXT: Final[Schema] = {"type": "string", "maxLength": MAX_LENGTH, "pattern": "^[^\\x00-\\x1f]*$"}
_YEAR: Final[Schema] = {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[1]}
_CODE: Final = "^[0-9]{6}(,[0-9]{6}){0,29}$"


class Declared(Protocol):
    """What this module reads of a page's declaration."""

    @property
    def address(self) -> str:
        """Its path."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of its query."""

    @property
    def says(self) -> str:
        """What it answers."""

    @property
    def downloads(self) -> bool:
        """Whether it gives a table."""

    @property
    def charts(self) -> bool:
        """Whether it gives a chart."""

    @property
    def examples(self) -> Mapping[str, str]:
        """Examples of the parts in braces."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query.

    Attributes:
        name: its name.
        schema: what it may be.
        says: what it does.
    """

    name: str
    schema: Schema
    says: str

    @property
    def allowed(self) -> str:
        """What it may be, for people."""
        if "enum" in self.schema:
            words = [w for w in self.schema["enum"] if w]
            return ", ".join(words[:14]) + (" …" if len(words) > 14 else "")
        if self.schema["type"] == "integer":
            return f"{self.schema['minimum']}–{self.schema['maximum']}"
        return "text"


@dataclass(frozen=True, slots=True)
class Described:
    """An address as the page of the API shows it."""

    address: str
    says: str
    formats: tuple[str, ...]
    parameters: tuple[Parameter, ...]


def _enum(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


def _integer(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def _schemas(address: str) -> dict[str, tuple[Schema, str]]:
    """The parameters by name; where pages differ, by page."""
    ids = list(indicator_table().indicators)
    common: dict[str, tuple[Schema, str]] = {
        "lang": (_enum("zh", "en"), "language of headings and words"),
        "year": (_YEAR, "the year of the plan"),
        "level": (_enum(*_LEVELS), "level of government"),
        "indicator": (_enum(*ids), "an indicator of /indicators"),
        "page": (_integer(1, 1000), "which page of the rows"),
        "region": (TEXT, "a place's name or its six-digit code"),
        "section": (_enum("", *SECTIONS), "part of the report"),
        "q": (TEXT, "words"),
        "topic": (_enum("", *(t.zh for t in topics().topics)), "policy domain"),
        "verdict": (
            _enum("", "met", "partly", "missed", "reported_no_measure", "carried_over", "not_mentioned"),
            "how the next report answers",
        ),
        "kind": (_enum("", "quantified", "milestone", "qualitative"), "kind of promise"),
        "strength": (_enum("", "hard", "soft", "process"), "how firmly it is promised"),
        "livelihood": (_enum("", "yes", "no"), "whether it touches daily life"),
        "words": (TEXT, "words with commas, six at most"),
        "per": (_enum("rate", "count"), "per 10,000 characters, or counts"),
        "within": (_enum("sentence", "paragraph", "report"), "what the words must stand in together"),
        "at": (_integer(0, 100_000_000), "a position in the document; the sentence there is marked"),
        "least": (_integer(6, 200), "characters of a shared passage at least"),
        "flag": (TEXT, "a flag of reports"),
        "pin": ({"type": "string", "pattern": _CODE}, "codes of places that stay on top, with commas"),
        "under": (TEXT, "code of a province; only places below it"),
        "by": (_enum(*ids), "the indicator that is sorted by"),
        "order": (_enum("asc", "desc"), "ascending or descending"),
    }
    special: dict[str, dict[str, tuple[Schema, str]]] = {
        "/": {"show": (_enum("target", "actual", "gap", "verdict"), "what the map shows")},
        "/compare": {
            "sort": (_enum("target", "actual", "gap", "region"), "what rows are sorted by"),
            "verdict": (_enum("", "met", "about_met", "missed", "not_reported", "not_comparable"), "only places with such a verdict"),
            "add": (_enum(*ids), "one indicator more, by its id or name"),
        },
        "/indicators": {
            "q": (TEXT, "words of a name, or an id"),
            "domain": (_enum("", *dict.fromkeys(i.domain for i in indicator_table().indicators.values())), "a field"),
        },
        "/report/{report_id}": {"show": (_enum("figures", "promises", "both", "none"), "what is marked in the text")},
        "/promises": {"level": (_enum("", *_LEVELS), "level of government"), "page": (_integer(1, 20_000), "which page of the rows")},
        "/search": {
            "sort": (_enum("best", "newest", "place"), "order of the reports"),
            "level": (_enum("", *_LEVELS), "level of government"),
            "year": ({**TEXT, "pattern": r"^(19[5-9]\d|20\d\d)(-20[5-9]\d)?$"}, "2025, 2020-2025 or 2020,2025"),
            "page": (_integer(1, 10_000), "which page of the results"),
        },
        "/terms": {"level": (_enum("", *_LEVELS), "level of government")},
    }
    return common | special.get(address, {})


def describe(route: Declared) -> Described:
    """A page's address with its formats and parameters."""
    known = _schemas(route.address)
    formats = ("html", *(("json", "csv", "xlsx") if route.downloads else ()), *(("svg", "png") if route.charts else ()))
    return Described(route.address, route.says, formats, tuple(Parameter(n, *known[n]) for n in (*route.parameters, "lang")))


_KINDS: Final = {
    None: "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def description(addresses: Sequence[tuple[str, Declared, str | None]]) -> Schema:
    """The whole description.

    Args:
        addresses: every address with its page and format.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "duixian",
            "version": __version__,
            "description": "Government work reports: targets, results, promises. Read-only; every page's address with .json, .csv, .xlsx.",
        },
        "paths": {address: {"get": _operation(address, route, suffix)} for address, route, suffix in addresses},
        "components": {"schemas": {"Error": _ERROR, "Rows": _ROWS}},
    }


_ERROR: Final[Schema] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message", "allowed"],
            "properties": {"status": {"type": "integer"}, "message": {"type": "string"}, "allowed": {"type": ["string", "null"]}},
        }
    },
}
_ROWS: Final[Schema] = {
    "type": "array",
    "items": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}},
}


def _operation(address: str, route: Declared, suffix: str | None) -> Schema:
    known = _schemas(route.address)
    path = [{"name": n, "in": "path", "required": True, "schema": _part(route, n)} for n in _PART.findall(route.address)]
    query = [
        {"name": n, "in": "query", "required": False, "description": known[n][1], "schema": known[n][0]}
        for n in (*route.parameters, "lang")
    ]
    content: Schema = {"application/json": {"schema": {"$ref": "#/components/schemas/Rows"}}} if suffix == "json" else {_KINDS[suffix]: {}}
    failure = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}} if suffix else {"text/html": {}}
    said = {400: "a parameter that is not allowed; the answer says what is", 404: "not in this store", 503: "the store can't be opened now"}
    return {
        "operationId": re.sub(r"\W+", "_", address).strip("_") or "home_page",
        "summary": route.says,
        "parameters": [*path, *query],
        "responses": {
            "200": {"description": "found", "content": content},
            **{str(code): {"description": words, "content": failure} for code, words in said.items()},
        },
    }


def _part(route: Declared, name: str) -> Schema:
    schema: Schema = {"type": "string", "pattern": "^[0-9a-z._]{1,40}$"}
    if name in route.examples:
        schema["examples"] = [route.examples[name]]
    return schema
