"""Parquet, through pyarrow.

Rows are read a few at a time and written back in row groups. A shard that stays Parquet keeps its schema: the text's column is
exchanged and every other one is handed on as Arrow holds it, never as Python values. Records of other formats have no schema, so
it is taken from the first rows; a later record that it cannot hold is a fault, and nothing of a record is left out silently.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from cleantext.errors import ConfigError
from cleantext.records.model import ADDED, Fault, Record, Unfit, plain, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.records.model import Cleaned, Keys, Limits

__all__ = ["ParquetWriter", "read_parquet"]

_MOST_ROWS = 1024
_ROW_GROUP = 32 << 20
"""Bytes of records in a row group, which is what a writer holds back."""
_CODECS = {"UNCOMPRESSED": "none"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of an Arrow batch."""

    batch: Any
    index: int

    def fields(self) -> dict[str, Any]:
        found: dict[str, Any] = self.batch.slice(self.index, 1).to_pylist()[0]
        return found

    def raw(self) -> bytes:
        return json.dumps(self.fields(), ensure_ascii=False, default=plain).encode(errors="backslashreplace")


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """A value that Arrow cannot give."""

    error: str
    data: bytes


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError("Parquet needs pyarrow; install it with: pip install 'cleantext-web[parquet]'") from error
    return pa, pq


def read_parquet(file: IO[bytes], keys: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The rows of a file that can be sought in.

    Raises:
        ConfigError: pyarrow is missing.
    """
    pa, pq = _pyarrow()
    row = 0
    try:
        opened = pq.ParquetFile(file, buffer_size=1 << 16, pre_buffer=False)
        size = sum(opened.metadata.row_group(each).total_byte_size for each in range(opened.metadata.num_row_groups))
        rows = min(_MOST_ROWS, max(1, limits.batch * opened.metadata.num_rows // max(1, size)))
        names = opened.schema_arrow.names
        if not any(name is not None and _find(opened.schema_arrow, name) for name in (keys.text, keys.html)):
            yield Fault("all rows", f"no column {keys.text!r}; there are: {', '.join(names)}; --text-key names another")
            return
        for batch in opened.iter_batches(batch_size=rows):
            yield from _records(batch, row, keys, limits)
            row += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        yield Fault(f"row {row + 1:,} and all after it", f"not Parquet that can be read: {error}")


def _records(batch: Any, before: int, keys: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The rows of one batch as records."""
    absent: list[Any] = [None] * batch.num_rows
    texts, htmls, urls, ids = (
        absent if name is None or (path := _find(batch.schema, name)) is None else _values(_column(batch, path))
        for name in (keys.text, keys.html, keys.url, keys.id)
    )
    for index, (text, html, url, identity) in enumerate(zip(texts, htmls, urls, ids, strict=True)):
        position = f"row {before + index + 1:,}"
        page: Any = text if html is None else html
        allowed: Any = str | None if html is None else str | bytes
        if isinstance(page, _Unreadable):
            yield Fault(position, page.error, page.data)
        elif not isinstance(page, allowed):
            name = keys.text if html is None else keys.html
            yield Fault(position, f"the column {name!r} holds {type(page).__name__}, not text; --text-key names another")
        elif page is not None and len(page) > limits.record:
            error = f"{len(page):,} characters long, and --max-record-bytes allows {limits.record:,}"
            data = page[: limits.record]
            yield Fault(position, error, data.encode(errors="replace") if isinstance(data, str) else data, len(page))
        else:
            record = Record(position, None if html is not None else text, _Row(batch, index), 100 + len(page or ""), html)
            record.id = json.dumps(identity, default=plain)
            record.url = url if isinstance(url, str) else None
            yield record


def _find(schema: Any, path: str) -> tuple[str, ...] | None:
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


def _column(batch: Any, path: tuple[str, ...]) -> Any:
    import pyarrow.compute as pc  # noqa: PLC0415 - an extra

    column = batch.column(path[0])
    return column if len(path) == 1 else pc.struct_field(column, list(path[1:]))


def _values(column: Any) -> list[Any]:
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
        return _Unreadable(f"not UTF-8 at byte {error.start + 1:,} of the text", bytes(scalar.as_buffer()))


class ParquetWriter:
    """Writes records as rows.

    Args:
        file: takes the bytes.
        keys: where the text goes.
        like: a Parquet file whose compression, and whose schema if no record comes, are taken over; None for no such file.
    """

    def __init__(self, file: IO[bytes], keys: Keys, like: str | None) -> None:
        self._file = file
        self._keys = keys
        self._like = like
        self._held: list[tuple[Record, Cleaned | None]] = []
        self._size = 0
        self._writer: Any = None
        self._schema: Any = None
        self._unfit: list[tuple[Record, str]] = []
        _pyarrow()

    def write(self, record: Record, cleaned: Cleaned | None) -> None:
        """See :class:`cleantext.records.model.Writer`."""
        self._held.append((record, cleaned))
        self._size += record.size
        if self._size > _ROW_GROUP:
            self._flush()

    def finish(self) -> Iterator[tuple[Record, str]]:
        """Write the last row group and what ends the file."""
        pa, pq = _pyarrow()
        self._flush()
        if self._writer is None:
            schema = pa.schema([(self._keys.text, pa.string())]) if self._like is None else pq.read_schema(self._like)
            self._open(schema)
        self._writer.close()
        return iter(self._unfit)

    def _flush(self) -> None:
        """Write what is held as one row group."""
        pa, _ = _pyarrow()
        if not self._held:
            return
        if isinstance(self._held[0][0].original, _Row):
            batches = groupby(self._held, key=lambda each: id(each[0].original.batch))  # type: ignore[attr-defined]
            tables = [self._exchange(list(group)) for _, group in batches]
            table = pa.Table.from_batches(tables)
        else:
            table = self._table_of_fields()
        self._held, self._size = [], 0
        if table is not None:
            if self._writer is None:
                self._open(table.schema)
            self._writer.write_table(table.cast(self._schema))

    def _open(self, schema: Any) -> None:
        _, pq = _pyarrow()
        compression = "zstd"
        if self._like is not None:
            metadata = pq.read_metadata(self._like)
            if metadata.num_row_groups and metadata.num_columns:
                name = metadata.row_group(0).column(0).compression
                compression = _CODECS.get(name, name)
        self._schema = schema
        self._writer = pq.ParquetWriter(self._file, schema, compression=compression)

    def _exchange(self, group: list[tuple[Record, Cleaned | None]]) -> Any:
        """Rows of one batch with their texts exchanged."""
        pa, _ = _pyarrow()
        rows: list[_Row] = [record.original for record, _ in group]  # type: ignore[misc]
        batch = rows[0].batch.take(pa.array([row.index for row in rows], pa.int32()))
        texts = [record.text if cleaned is None else cleaned.content for record, cleaned in group]
        path = _find(batch.schema, self._keys.text) or (self._keys.text,)
        batch = _set(batch, path, texts)
        if any(cleaned is not None and cleaned.added is not None for _, cleaned in group):
            added = [None if cleaned is None else cleaned.added for _, cleaned in group]
            batch = _set(batch, (ADDED,), pa.array(added, _added_type()))
        return batch

    def _table_of_fields(self) -> Any:
        """Records of another format as rows of the file's schema, which the first ones give."""
        pa, _ = _pyarrow()
        rows = []
        for record, cleaned in self._held:
            try:
                rows.append((record, self._fields(record, cleaned)))
            except Unfit as error:
                self._unfit.append((record, str(error)))
        if self._schema is None:
            self._schema = _schema_of([fields for _, fields in rows])
        fitting = []
        for record, fields in rows:
            if (wrong := _wrong(fields, self._schema)) is None:
                fitting.append(fields)
            else:
                self._unfit.append((record, f"the schema that the first rows gave cannot hold its field {wrong!r}"))
        return pa.Table.from_pylist(fitting, schema=self._schema)

    def _fields(self, record: Record, cleaned: Cleaned | None) -> dict[str, Any]:
        fields = record.original.fields()
        if cleaned is not None:
            put(fields, self._keys.text, cleaned.content)
            if cleaned.added is not None:
                fields[ADDED] = dict(cleaned.added)
        return fields


def _added_type() -> Any:
    pa, _ = _pyarrow()
    kinds = pa.list_(pa.string())
    numbers = [("length", pa.int64()), ("kept", pa.int64()), ("removed_share", pa.float64())]
    return pa.struct([*numbers, ("suspect", pa.bool_()), ("kinds", kinds)])


def _set(holder: Any, path: tuple[str, ...], values: Any) -> Any:
    """A batch, or an array of structs, with one column exchanged or added."""
    pa, _ = _pyarrow()
    is_batch = isinstance(holder, pa.RecordBatch)
    kind = holder.schema if is_batch else holder.type
    index = kind.get_field_index(path[0])
    old = None if index < 0 else holder.column(index) if is_batch else holder.field(index)
    if len(path) > 1:
        new = _set(old, path[1:], values)
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
    pa, _ = _pyarrow()
    if kind is None or kind == pa.null():
        return pa.array(texts, pa.string())
    if pa.types.is_dictionary(kind):
        return pa.array(texts, kind.value_type).dictionary_encode().cast(kind)
    return pa.array(texts, kind)


def _schema_of(rows: list[dict[str, Any]]) -> Any:
    """A schema that holds these rows, or most of them: each field's type is that of all its values or else of its first."""
    pa, _ = _pyarrow()
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
    pa, _ = _pyarrow()
    for value in values:
        try:
            return pa.infer_type([value])
        except (pa.ArrowException, UnicodeError, OverflowError):
            continue
    return pa.string()


def _wrong(fields: dict[str, Any], schema: Any) -> str | None:
    """The first field that the schema cannot hold exactly."""
    pa, _ = _pyarrow()
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
