"""pandas: a function from frame to frame. Only the column of text leaves pandas, as Arrow, and comes back; the index stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleantext.arrow import ArrowCleaner
from cleantext.errors import InputError
from cleantext.extras import require

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["clean_frame"]

_DTYPES = {"double": "float64", "bool": "boolean"}
"""What pandas calls the types of added columns; what is not here is held as Python objects."""


def clean_frame(frame: DataFrame, clean: ArrowCleaner | None = None) -> DataFrame:
    """Clean a column of a frame.

    Args:
        frame: any frame with a column of text, of any sort: ``str``, ``object``, ``category``, Arrow's. It is not changed.
        clean: what to clean and how; the column ``text`` by default.

    Returns:
        A new frame with the same index and columns, and those that ``clean`` adds: of type ``float64``, nullable ``boolean``, and
        lists. Missing values stay what they are.

    Raises:
        ConfigError: a column is missing, of a wrong type, or there already.
        InputError: a value is neither text nor missing.
        MissingExtraError: pandas is not installed.

    >>> import pandas
    >>> clean_frame(pandas.DataFrame({"id": [1], "text": ["Advertisement"]})).to_dict("records")
    [{'id': 1, 'text': ''}]
    """
    pandas = require("pandas", extra="pandas")
    arrow = require("pyarrow", extra="pandas")
    clean = clean or ArrowCleaner()
    # The columns that stay here count by their names; of what type they are is pandas' business.
    clean.schema(arrow.schema([(name, arrow.null()) for name in frame.columns if isinstance(name, str)]))
    before = frame[clean.text_column]
    try:
        texts = arrow.Table.from_pandas(before.to_frame(), preserve_index=False).replace_schema_metadata(None)
    except (TypeError, ValueError) as error:
        raise InputError(f"column {clean.text_column!r} holds values that are not text ({error}); convert them first") from error
    cleaned = clean.table(texts)
    pairs = zip(cleaned.column(0).to_pylist(), before, strict=True)
    values = pandas.Series([old if new is None else new for new, old in pairs], frame.index, dtype=object)
    categories = isinstance(before.dtype, pandas.CategoricalDtype)
    added = {
        field.name: pandas.Series(column.to_pylist(), frame.index, dtype=_DTYPES.get(str(field.type), "object"))
        for field, column in zip(cleaned.schema, cleaned.columns, strict=True)
    }
    added[clean.text_column] = values.astype("category" if categories else before.dtype)
    return frame.assign(**added)
