"""Dataclasses to Arrow and back: schemas, columns and records follow from the type hints alone.

Read here are ``str``, ``int``, ``float``, ``bool``, ``Literal`` of strings, ``X | None``, ``tuple[X, ...]`` and dataclasses of these.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import accumulate
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

T = TypeVar("T")
_PRIMITIVES: Mapping[object, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@cache
def hints(cls: Any) -> Mapping[str, Any]:
    """The resolved type hints of a dataclass's fields, in the order of the fields."""
    resolved = get_type_hints(cls)
    return {f.name: resolved[f.name] for f in fields(cls)}


def _required(hint: Any) -> Any:
    """The hint without ``| None``; ``str`` for a Literal of strings."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (a for a in get_args(hint) if a is not types.NoneType)
    return str if get_origin(hint) is Literal else hint


@cache
def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of a type hint.

    Raises:
        TypeError: where the hint has no Arrow type here.
    """
    hint = _required(hint)
    if hint in _PRIMITIVES:
        return _PRIMITIVES[hint]
    if get_origin(hint) is tuple and get_args(hint)[1:] == (Ellipsis,):
        return pa.list_(arrow_type(get_args(hint)[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return pa.struct(_fields(hint))
    raise TypeError(f"no Arrow type for {hint!r}")


@cache
def schema_of(cls: Any) -> pa.Schema:
    """The Arrow schema of a dataclass: its fields in order."""
    return pa.schema(_fields(cls))


def _column(values: Sequence[Any], hint: Any) -> pa.Array[Any]:
    """One column; records inside lists are flattened and built column by column, never value by value."""
    hint = _required(hint)
    if get_origin(hint) is tuple and is_dataclass(inner := get_args(hint)[0]):
        offsets = pa.array([0, *accumulate(len(v) for v in values)], pa.int32())
        return pa.ListArray.from_arrays(offsets, _struct([r for v in values for r in v], inner), type=arrow_type(hint))
    if is_dataclass(hint) and isinstance(hint, type):
        return _struct(values, hint)
    return pa.array(values, arrow_type(hint))


def _struct(rows: Sequence[Any], cls: Any) -> pa.StructArray:
    columns = [_column([getattr(r, name) for r in rows], hint) for name, hint in hints(cls).items()]
    return pa.StructArray.from_arrays(columns, fields=_fields(cls))


def _fields(cls: Any) -> list[pa.Field[Any]]:
    return [pa.field(name, arrow_type(hint)) for name, hint in hints(cls).items()]


def table_of(rows: Sequence[Any], cls: type) -> pa.Table:
    """A table with one row a record and one column a field.

    Args:
        rows: records of ``cls``.
        cls: a dataclass.
    """
    columns = [_column([getattr(r, name) for r in rows], hint) for name, hint in hints(cls).items()]
    return pa.Table.from_arrays(columns, schema=schema_of(cls))


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """From a plain value (dicts, lists) to the hint's own value."""
    hint = _required(hint)
    if get_origin(hint) is tuple:
        inner = _reader(get_args(hint)[0])
        return lambda value: None if value is None else tuple(map(inner, value))
    if is_dataclass(hint) and isinstance(hint, type):
        parts = tuple((name, _reader(h)) for name, h in hints(hint).items())
        return lambda value: None if value is None else hint(**{name: read(value[name]) for name, read in parts})
    return lambda value: value


def records_of(cls: type[T], rows: Iterable[Sequence[Any]]) -> tuple[T, ...]:
    """Records from rows of plain values in the order of the fields (as a database cursor gives them)."""
    row_class: Any = cls
    required: tuple[Any, ...] = tuple(map(_required, hints(row_class).values()))
    readers = tuple(map(_reader, required))
    if not any(get_origin(hint) is tuple or is_dataclass(hint) for hint in required):
        return tuple(cls(*row) for row in rows)
    return tuple(cls(*(read(value) for read, value in zip(readers, row, strict=True))) for row in rows)
