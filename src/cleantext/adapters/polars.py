"""Polars: a function from frame to frame, eager or lazy. Only the column of text leaves Polars, as Arrow, and comes back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from cleantext.arrow import ArrowCleaner
from cleantext.extras import require

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame

__all__ = ["clean_frame"]

Frame = TypeVar("Frame", "DataFrame", "LazyFrame")


def clean_frame(frame: Frame, clean: ArrowCleaner | None = None) -> Frame:
    """Clean a column of a frame.

    Args:
        frame: a ``DataFrame``; or a ``LazyFrame``, which is cleaned when it is collected, by the streaming engine in batches.
        clean: what to clean and how; the column ``text`` by default.

    Returns:
        A new frame with the same rows and columns, and those that ``clean`` adds.

    Raises:
        ConfigError: a column is missing, of a wrong type, or there already.
        MissingExtraError: Polars is not installed.

    >>> import polars
    >>> clean_frame(polars.DataFrame({"id": [1], "text": ["Advertisement"]})).rows()
    [(1, '')]
    """
    polars = require("polars", extra="polars")
    clean = clean or ArrowCleaner()
    if isinstance(frame, polars.LazyFrame):
        schema = _cleaned(clean, frame.collect_schema().to_frame()).schema
        return frame.map_batches(partial(_cleaned, clean), schema=schema, streamable=True)
    return _cleaned(clean, frame)


def _cleaned(clean: ArrowCleaner, frame: DataFrame) -> DataFrame:
    clean.schema(frame.clear().to_arrow().schema)  # also the names of the columns that stay here count
    cleaned = clean.table(frame.select(clean.text_column).to_arrow())
    return frame.with_columns(require("polars", extra="polars").from_arrow(cleaned).get_columns())
