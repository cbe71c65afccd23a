"""Arrow batches in, Arrow batches out: the one kernel that every engine runs.

Ray, Spark, Polars, DuckDB and the others hold text in Arrow's columns or hand it over in them, so that one function serves them
all: it replaces one column of text by the cleaned text, leaves every other column as it is, and adds columns on request. The rows
stay the same in number and order, which is what lets an engine cut, spread and join batches as it likes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from cleantext.cleaner import Cleaner
from cleantext.errors import ConfigError, InputError
from cleantext.extras import require
from cleantext.facts import FACTS, facts

if TYPE_CHECKING:
    from typing import Unpack

    import pyarrow as pa

    from cleantext.document import Document

__all__ = ["ArrowCleaner", "Settings", "clean_batch", "output_schema"]


class Settings(TypedDict, total=False):
    """The fields of :class:`ArrowCleaner` but the first, as keyword arguments of functions that build one."""

    cleaner: Cleaner
    share_removed_column: str | None
    suspect_column: str | None
    spans_column: str | None


@dataclass(frozen=True, slots=True, eq=False)
class ArrowCleaner:
    """Cleans a column of batches. Build it once: it can be called, pickled and sent to workers.

    >>> import pyarrow as pa
    >>> clean = ArrowCleaner(suspect_column="suspect")
    >>> clean(pa.record_batch({"id": [1, 2], "text": ["Advertisement", None]})).to_pylist()
    [{'id': 1, 'text': '', 'suspect': True}, {'id': 2, 'text': None, 'suspect': None}]
    """

    text_column: str = "text"
    """The column to clean: ``string``, ``large_string`` or ``string_view``, plain or dictionary-encoded. It keeps its type, and
    rows that are null stay null."""
    cleaner: Cleaner = field(default_factory=Cleaner)
    """What cleans it."""
    share_removed_column: str | None = None
    """Name of a column to add: ``float64``, the share of the characters that were removed, 0 to 1; white space does not count."""
    suspect_column: str | None = None
    """Name of a column to add: ``bool``, whether a person should look, because nearly nothing is left."""
    spans_column: str | None = None
    """Name of a column to add: ``list<struct<start: int64, end: int64, kind: string>>``, the stretches that were removed, in code
    points of the text as it was: half-open, in order, and all that the cleaned text leaves out."""

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Clean one batch.

        Args:
            batch: any record batch; it is not changed.

        Returns:
            A new one with the same rows, and the columns of :meth:`schema`.

        Raises:
            ConfigError: a column is missing, of a wrong type, or there already; the message says which.
            InputError: the text column holds bytes that are not UTF-8.
            MissingExtraError: pyarrow is not installed.
        """
        arrow = require("pyarrow", extra="arrow")
        schema = self.schema(batch.schema)
        place = schema.get_field_index(self.text_column)
        texts = self._texts(batch.column(place))
        documents = self.cleaner.annotate_many(text for text in texts if text is not None)
        # One document after the other: its account holds a whole batch of pages, and goes when these values have been taken.
        null = (None,) * (1 + len(self._added))
        rows = [null if text is None else self._values(next(documents)) for text in texts]
        kinds = [schema.field(place).type, *schema.types[len(batch.schema) :]]
        cleaned, *added = (_array(arrow, [row[number] for row in rows], kind) for number, kind in enumerate(kinds))
        arrays = [*batch.columns, *added]
        arrays[place] = cleaned
        return arrow.RecordBatch.from_arrays(arrays, schema=schema)

    def table(self, table: pa.Table) -> pa.Table:
        """Clean a table, which is a column of batches; arguments and errors as for one batch.

        >>> import pyarrow as pa
        >>> ArrowCleaner("body").table(pa.table({"body": ["Advertisement"]})).column("body").to_pylist()
        ['']
        """
        arrow = require("pyarrow", extra="arrow")
        return arrow.Table.from_batches(map(self, table.to_batches()), schema=self.schema(table.schema))

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """The columns of the cleaned batch, for engines that ask before they run.

        Args:
            schema: the columns of the batches that will be cleaned.

        Returns:
            The same, metadata included, with the added columns at the end in the order of this class's fields.

        Raises:
            ConfigError: the text column is missing or of a wrong type, or an added column is there already.
            MissingExtraError: pyarrow is not installed.

        >>> import pyarrow as pa
        >>> ArrowCleaner(share_removed_column="share").schema(pa.schema({"text": pa.string()})).names
        ['text', 'share']
        """
        arrow = require("pyarrow", extra="arrow")
        self._check(arrow, schema)
        span = arrow.struct({"start": arrow.int64(), "end": arrow.int64(), "kind": arrow.string()})
        types = {"share_removed": arrow.float64(), "suspect": arrow.bool_(), "spans": arrow.list_(span)}
        for fact, name in self._added.items():
            schema = schema.append(arrow.field(name, types[fact]))
        return schema

    @property
    def _added(self) -> dict[str, str]:
        """The columns to add: fact and name, in order."""
        return {fact: name for fact in FACTS if (name := getattr(self, f"{fact}_column")) is not None}

    def _check(self, arrow: Any, schema: pa.Schema) -> None:
        names = schema.names
        if self.text_column not in names:
            raise ConfigError(f"no column {self.text_column!r} to clean; set text_column to one of: {', '.join(map(str, names))}")
        if names.count(self.text_column) > 1:
            raise ConfigError(f"{names.count(self.text_column)} columns are named {self.text_column!r}; rename all but one")
        kind = schema.field(self.text_column).type
        value = kind.value_type if arrow.types.is_dictionary(kind) else kind
        # A column of nothing but nulls has no better type where an engine infers it from the values.
        if value not in {arrow.string(), arrow.large_string(), arrow.string_view()} and kind != arrow.null():
            raise ConfigError(f"column {self.text_column!r} holds {kind}, not text; cast it to string, or set text_column")
        for fact, name in self._added.items():
            if name in names:
                raise ConfigError(f"there is a column {name!r} already; give {fact}_column another name")
            names = [*names, name]

    def _texts(self, column: pa.Array) -> list[str | None]:
        try:
            return column.to_pylist()
        except UnicodeDecodeError as error:
            raise InputError(
                f"column {self.text_column!r} holds bytes that are not UTF-8 ({error}); decode them first"
            ) from error

    def _values(self, document: Document) -> tuple[Any, ...]:
        return (document.content, *facts(document, self._added).values())


def _array(arrow: Any, values: list[Any], kind: pa.DataType) -> pa.Array:
    if not arrow.types.is_dictionary(kind):
        return arrow.array(values, kind)
    encoded = arrow.array(values, arrow.large_string()).dictionary_encode()
    words = encoded.dictionary.cast(kind.value_type)
    return arrow.DictionaryArray.from_arrays(encoded.indices.cast(kind.index_type), words, ordered=kind.ordered)


def clean_batch(batch: pa.RecordBatch, text_column: str = "text", **settings: Unpack[Settings]) -> pa.RecordBatch:
    r"""Clean one record batch; the same as ``ArrowCleaner(text_column, **settings)(batch)``.

    Args:
        batch: any record batch; it is not changed.
        text_column: the column to clean.
        **settings: the other fields of :class:`ArrowCleaner`: ``cleaner``, ``share_removed_column``, ``suspect_column``,
            ``spans_column``.

    Returns:
        A new one with the same rows and columns, and the added columns at the end.

    Raises:
        ConfigError: a column is missing, of a wrong type, or there already; the message says which.
        InputError: the text column holds bytes that are not UTF-8.
        MissingExtraError: pyarrow is not installed.

    >>> import pyarrow as pa
    >>> page = "Share this article\nThe senate met on Monday and voted on the budget after a long debate."
    >>> clean_batch(pa.record_batch({"text": [page]}), spans_column="removed").to_pylist()[0]["removed"]
    [{'start': 0, 'end': 19, 'kind': 'share'}]
    """
    return ArrowCleaner(text_column, **settings)(batch)


def output_schema(schema: pa.Schema, text_column: str = "text", **settings: Unpack[Settings]) -> pa.Schema:
    """The schema that :func:`clean_batch` gives for a batch of ``schema``; arguments and errors as there.

    >>> import pyarrow as pa
    >>> output_schema(pa.schema({"text": pa.string()}), suspect_column="suspect").field("suspect").type
    DataType(bool)
    """
    return ArrowCleaner(text_column, **settings).schema(schema)
