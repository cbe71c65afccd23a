"""Parquet, through pyarrow.

Rows are read a few at a time and written back in row groups. A shard that stays Parquet keeps its schema: the text's column is
exchanged and every other one is handed on as Arrow holds it, never as Python values. Records of other formats have no schema, so
it is taken from the first rows; a later record that it cannot hold is a fault, and nothing of a record is left out silently.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from cleantext.records.columns import Unreadable, added_type, column_of, exchange, find, misfit, pyarrow, schema_of, values_of
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


def read_parquet(file: IO[bytes], keys: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The rows of a file that can be sought in.

    Raises:
        MissingExtraError: pyarrow is missing.
    """
    pa, pq = pyarrow()
    row = 0
    try:
        opened = pq.ParquetFile(file, buffer_size=1 << 16, pre_buffer=False)
        size = sum(opened.metadata.row_group(each).total_byte_size for each in range(opened.metadata.num_row_groups))
        rows = min(_MOST_ROWS, max(1, limits.batch * opened.metadata.num_rows // max(1, size)))
        names = opened.schema_arrow.names
        if not any(name is not None and find(opened.schema_arrow, name) for name in (keys.text, keys.html)):
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
        absent if name is None or (path := find(batch.schema, name)) is None else values_of(column_of(batch, path))
        for name in (keys.text, keys.html, keys.url, keys.id)
    )
    for index, (text, html, url, identity) in enumerate(zip(texts, htmls, urls, ids, strict=True)):
        position = f"row {before + index + 1:,}"
        page: Any = text if html is None else html
        allowed: Any = str | None if html is None else str | bytes
        if isinstance(page, Unreadable):
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
        pyarrow()

    def write(self, record: Record, cleaned: Cleaned | None) -> None:
        """See :class:`cleantext.records.model.Writer`."""
        self._held.append((record, cleaned))
        self._size += record.size
        if self._size > _ROW_GROUP:
            self._flush()

    def finish(self) -> Iterator[tuple[Record, str]]:
        """Write the last row group and what ends the file."""
        pa, _ = pyarrow()
        self._flush()
        if self._writer is None:
            like = self._metadata()
            schema = pa.schema([(self._keys.text, pa.string())]) if like is None else like.schema.to_arrow_schema()
            if self._keys.added and ADDED not in schema.names:
                schema = schema.append(pa.field(ADDED, added_type()))
            self._open(schema)
        self._writer.close()
        return iter(self._unfit)

    def _flush(self) -> None:
        """Write what is held as one row group."""
        pa, _ = pyarrow()
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

    def _metadata(self) -> Any:
        """That of the file that is taken after; None where there is none or it cannot be read, which is a fault already."""
        pa, pq = pyarrow()
        with suppress(pa.ArrowException, OSError):
            return None if self._like is None else pq.read_metadata(self._like)
        return None

    def _open(self, schema: Any) -> None:
        _, pq = pyarrow()
        compression = "zstd"
        metadata = self._metadata()
        if metadata is not None and metadata.num_row_groups and metadata.num_columns:
            name = metadata.row_group(0).column(0).compression
            compression = _CODECS.get(name, name)
        self._schema = schema
        self._writer = pq.ParquetWriter(self._file, schema, compression=compression)

    def _exchange(self, group: list[tuple[Record, Cleaned | None]]) -> Any:
        """Rows of one batch with their texts exchanged."""
        pa, _ = pyarrow()
        rows: list[_Row] = [record.original for record, _ in group]  # type: ignore[misc]
        batch = rows[0].batch.take(pa.array([row.index for row in rows], pa.int32()))
        texts = [record.text if cleaned is None else cleaned.content for record, cleaned in group]
        path = find(batch.schema, self._keys.text) or (self._keys.text,)
        batch = exchange(batch, path, texts)
        if self._keys.added:
            added = [None if cleaned is None else cleaned.added for _, cleaned in group]
            batch = exchange(batch, (ADDED,), pa.array(added, added_type()))
        return batch

    def _table_of_fields(self) -> Any:
        """Records of another format as rows of the file's schema, which the first ones give."""
        pa, _ = pyarrow()
        rows = []
        for record, cleaned in self._held:
            try:
                rows.append((record, self._fields(record, cleaned)))
            except Unfit as error:
                self._unfit.append((record, str(error)))
        if self._schema is None:
            self._schema = schema_of([fields for _, fields in rows])
        fitting = []
        for record, fields in rows:
            if (wrong := misfit(fields, self._schema)) is None:
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
