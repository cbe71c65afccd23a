"""DuckDB: SQL functions that take vectors of strings as Arrow.

``clean_text(text)`` gives the cleaned text, ``annotate_text(text)`` a struct of it and what was removed; NULL gives NULL::

    SELECT * REPLACE (clean_text(text) AS text) FROM 'pages/*.parquet'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.arrow import ArrowCleaner
from cleantext.cleaner import Cleaner
from cleantext.extras import require

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["register"]

_ANNOTATED = """STRUCT(
    "text" VARCHAR, share_removed DOUBLE, suspect BOOLEAN, spans STRUCT("start" BIGINT, "end" BIGINT, kind VARCHAR)[]
)"""


def register(connection: DuckDBPyConnection, cleaner: Cleaner | None = None) -> DuckDBPyConnection:
    """Give a connection the functions ``clean_text`` and ``annotate_text``.

    Args:
        connection: the connection to use them from; they last as long as it.
        cleaner: how to clean; with the default settings if left out.

    Returns:
        The connection.

    Raises:
        MissingExtraError: DuckDB is not installed. DuckDB's own error says when there are functions of these names already.

    >>> import duckdb
    >>> connection = register(duckdb.connect())
    >>> connection.execute("SELECT clean_text('Advertisement'), annotate_text('Advertisement').suspect").fetchall()
    [('', True)]
    """
    require("duckdb", extra="duckdb")
    arrow = require("pyarrow", extra="duckdb")
    cleaner = cleaner or Cleaner()
    clean = ArrowCleaner("text", cleaner)
    annotate = ArrowCleaner("text", cleaner, share_removed_column="share_removed", suspect_column="suspect", spans_column="spans")

    def clean_text(texts: Any) -> Any:  # DuckDB evaluates these annotations, so that their names must be there
        return clean.table(arrow.table({"text": texts})).column(0)

    def annotate_text(texts: Any) -> Any:
        table = annotate.table(arrow.table({"text": texts})).combine_chunks()
        return table.to_struct_array()

    connection.create_function("clean_text", clean_text, ["VARCHAR"], "VARCHAR", type="arrow")
    connection.create_function("annotate_text", annotate_text, ["VARCHAR"], _ANNOTATED, type="arrow")
    return connection
