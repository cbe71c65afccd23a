"""Spark: a DataFrame is cleaned in Arrow batches by the Python workers of the executors.

They need ``cleantext-web[spark]`` in their environment, as the driver does. ``spark.sql.execution.arrow.maxRecordsPerBatch`` sets
how many rows a batch has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.arrow import ArrowCleaner
from cleantext.extras import require

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["clean_dataframe"]


def clean_dataframe(frame: DataFrame, clean: ArrowCleaner | None = None, **options: Any) -> DataFrame:
    """Clean a column of a Spark DataFrame, lazily as everything there.

    Args:
        frame: any DataFrame with a column of strings.
        clean: what to clean and how; the column ``text`` by default.
        **options: of Spark's ``mapInArrow``: ``barrier``, ``profile``.

    Returns:
        A DataFrame with the same rows and columns, and those that ``clean`` adds.

    Raises:
        ConfigError: a column is missing, of a wrong type, or there already.
        MissingExtraError: PySpark is not installed.

    >>> from pyspark.sql import SparkSession
    >>> spark = SparkSession.getActiveSession()
    >>> clean_dataframe(spark.createDataFrame([(1, "Advertisement")], "id int, text string")).collect()
    [Row(id=1, text='')]
    """
    types = require("pyspark.sql.types", extra="spark")
    from_arrow = require("pyspark.sql.pandas.types", extra="spark").from_arrow_type
    clean = clean or ArrowCleaner()
    before = frame.limit(0).toArrow().schema  # no rows: Spark answers this without running the plan
    added = list(clean.schema(before))[len(before) :]
    fields = [types.StructField(field.name, from_arrow(field.type)) for field in added]
    return frame.mapInArrow(_over_batches(clean), types.StructType([*frame.schema.fields, *fields]), **options)


def _over_batches(clean: ArrowCleaner) -> Any:
    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from map(clean, batches)

    return run
