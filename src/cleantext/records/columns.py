"""Columns of Arrow: found by their paths, read without losing all for one bad value, exchanged, and made up for other formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cleantext.extras import require

__all__ = ["Unreadable", "added_type", "column_of", "exchange", "find", "misfit", "pyarrow", "schema_of", "values_of"]


def pyarrow() -> tuple[Any, Any]:
    """The library, and its part for Parquet.

    Raises:
        MissingExtraError: it is not installed; the message says how to install it.
    """
    return require("pyarrow", extra="parquet"), require("pyarrow.parquet", extra="parquet")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that Arrow cannot give."""

    error: str
    data: bytes


def find(schema: Any, path: str) -> tuple[str, ...] | None:
    """The names that lead to a column, nested ones by dots; a name that holds dots itself comes first."""
    if path in schema.names:
        return (path,)
    names = tuple(path.split("."))
    if names[0] not in schema.names:
        return None
    kind = schema.field(names[0]).type
    for name in names[1:]:
        if not hasattr(kind, "get_field_index") or kind.get_field_index(name) < 0:
            return None
        kind = kind.field(name).type
    return names


def column_of(batch: Any, path: tuple[str, ...]) -> Any:
    """The column that a path leads to; null where something on the way is."""
    import pyarrow.compute as pc  # noqa: PLC0415 - an extra

    column = batch.column(path[0])
    return column if len(path) == 1 else pc.struct_field(column, list(path[1:]))


def values_of(column: Any) -> list[Any]:
    """A column as Python values; one that Arrow cannot give does not take the others with it."""
    try:
        found: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        found = [_value(each) for each in column]
    return found


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return Unreadable(f"not UTF-8 at byte {error.start + 1:,} of the text", bytes(scalar.as_buffer()))


def added_type() -> Any:
    """The type of the field ``cleantext``."""
    pa, _ = pyarrow()
    kinds = pa.list_(pa.string())
    numbers = [("length", pa.int64()), ("kept", pa.int64()), ("removed_share", pa.float64())]
    return pa.struct([*numbers, ("suspect", pa.bool_()), ("kinds", kinds)])


def exchange(holder: Any, path: tuple[str, ...], values: Any) -> Any:
    """A batch, or an array of structs, with one column exchanged or added."""
    pa, _ = pyarrow()
    is_batch = isinstance(holder, pa.RecordBatch)
    kind = holder.schema if is_batch else holder.type
    index = kind.get_field_index(path[0])
    old = None if index < 0 else holder.column(index) if is_batch else holder.field(index)
    if len(path) > 1:
        new = exchange(old, path[1:], values)
    else:
        new = values if isinstance(values, pa.Array) else _strings(values, None if old is None else old.type)
    columns = [
        holder.column(each) if is_batch else holder.field(each) for each in range(kind.num_fields if not is_batch else len(kind))
    ]
    fields = [kind.field(each) for each in range(len(columns))]
    field = pa.field(path[0], new.type) if old is None else fields[index].with_type(new.type)
    if old is None:
        columns, fields = [*columns, new], [*fields, field]
    else:
        columns[index], fields[index] = new, field
    if is_batch:
        return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields, holder.schema.metadata))
    return pa.StructArray.from_arrays(columns, fields=fields, mask=holder.is_null())


def _strings(texts: list[str | None], kind: Any) -> Any:
    """Texts as an array of the column's type."""
    pa, _ = pyarrow()
    if kind is None or kind == pa.null():
        return pa.array(texts, pa.string())
    if pa.types.is_dictionary(kind):
        return pa.array(texts, kind.value_type).dictionary_encode().cast(kind)
    return pa.array(texts, kind)


def schema_of(rows: list[dict[str, Any]]) -> Any:
    """A schema that holds these rows, or most of them: each field's type is that of all its values or else of its first."""
    pa, _ = pyarrow()
    fields = []
    for name in dict.fromkeys(name for row in rows for name in row):
        values = [row[name] for row in rows if row.get(name) is not None]
        try:
            kind = pa.infer_type(values)
            pa.array(values, kind)
        except (pa.ArrowException, UnicodeError, OverflowError):
            kind = _type_of_first(values)
        fields.append(pa.field(name, kind))
    return pa.schema(fields)


def _type_of_first(values: list[Any]) -> Any:
    """The type of the first value that has one."""
    pa, _ = pyarrow()
    for value in values:
        try:
            return pa.infer_type([value])
        except (pa.ArrowException, UnicodeError, OverflowError):
            continue
    return pa.string()


def misfit(fields: dict[str, Any], schema: Any) -> str | None:
    """The first field that the schema cannot hold exactly."""
    pa, _ = pyarrow()
    for name, value in fields.items():
        index = schema.get_field_index(name)
        if index < 0:
            return name
        try:
            stored = pa.scalar(value, schema.field(index).type).as_py()
        except (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError):
            return name
        if not _same(value, stored):
            return name
    return None


def _same(value: Any, stored: Any) -> bool:
    """Whether a value came through Arrow whole; a field that it lacks may have become null."""
    if isinstance(value, dict) and isinstance(stored, dict):
        return all(name in stored and _same(each, stored[name]) for name, each in value.items())
    if isinstance(value, list) and isinstance(stored, list):
        return len(value) == len(stored) and all(map(_same, value, stored))
    return bool(value == stored) or value != value  # noqa: PLR0124 - not a number
