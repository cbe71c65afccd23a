"""Spark: a real session with two workers."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from needs import REQUIRED, need
from shard import CLEANED, ROWS

from cleantext.errors import ConfigError

need("pyspark.sql", extra="spark")

from cleantext.adapters.spark import clean_dataframe  # noqa: E402 - only where Spark is
from cleantext.arrow import ArrowCleaner  # noqa: E402

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None and not REQUIRED, reason="needs Java 17 for Spark"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


def test_a_dataframe_is_cleaned_by_two_workers(spark: Any) -> None:
    frame = spark.createDataFrame(ROWS, "id int not null, text string, url string").repartition(2)
    cleaned = clean_dataframe(frame)
    assert cleaned.schema == frame.schema
    rows = [row.asDict() for row in cleaned.orderBy("id").collect()]
    assert rows == [row | {"text": text} for row, text in zip(ROWS, CLEANED, strict=True)]


def test_nulls_stay_and_columns_are_added(spark: Any) -> None:
    clean = ArrowCleaner("body", share_removed_column="share", suspect_column="look", spans_column="removed")
    frame = spark.createDataFrame([(0, "Advertisement"), (1, None)], "id int, body string")
    cleaned = clean_dataframe(frame, clean)
    kinds = "id int, body string, share double, look boolean, removed array<struct<start: bigint, end: bigint, kind: string>>"
    assert cleaned.schema == spark.createDataFrame([], kinds).schema
    assert [row.asDict(recursive=True) for row in cleaned.orderBy("id").collect()] == [
        {"id": 0, "body": "", "share": 1.0, "look": True, "removed": [{"start": 0, "end": 13, "kind": "advertisement"}]},
        {"id": 1, "body": None, "share": None, "look": None, "removed": None},
    ]


def test_columns_of_any_type_stay(spark: Any) -> None:
    query = "SELECT 'Advertisement' AS text, timestamp'2024-01-01 00:00:00' AS at, map('a', array(1.5)) AS tags, NULL AS nothing"
    frame = spark.sql(query)
    [before], [after] = frame.collect(), clean_dataframe(frame).collect()
    assert after.asDict() == before.asDict() | {"text": ""}


def test_mistakes_are_named_before_anything_runs(spark: Any) -> None:
    frame = spark.createDataFrame(ROWS, "id int, text string, url string")
    with pytest.raises(ConfigError, match="no column 'body'"):
        clean_dataframe(frame, ArrowCleaner("body"))
    with pytest.raises(ConfigError, match="holds int32, not text"):
        clean_dataframe(frame, ArrowCleaner("id"))
    with pytest.raises(ConfigError, match="a column 'url' already"):
        clean_dataframe(frame, ArrowCleaner(spans_column="url"))
