"""Polars: eager and lazy frames, in memory and streamed."""

from __future__ import annotations

import pytest
from needs import need
from shard import CLEANED, ROWS, TEXTS

from cleantext.errors import ConfigError

pl = need("polars", extra="polars")

from cleantext.adapters.polars import clean_frame  # noqa: E402 - only where Polars is
from cleantext.arrow import ArrowCleaner  # noqa: E402

ALL = ArrowCleaner(share_removed_column="share", suspect_column="look", spans_column="removed")


def test_a_frame_is_cleaned() -> None:
    frame = pl.DataFrame(ROWS)
    cleaned = clean_frame(frame)
    assert cleaned.get_column("text").to_list() == CLEANED
    assert cleaned.schema == frame.schema
    assert cleaned.drop("text").equals(frame.drop("text"))
    assert frame.get_column("text").to_list() == TEXTS


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_lazy_frame_is_cleaned_when_it_is_collected(engine: str) -> None:
    frame = pl.DataFrame(ROWS)
    cleaned = clean_frame(frame.lazy(), ALL)
    assert cleaned.collect_schema() == clean_frame(frame, ALL).schema
    assert cleaned.collect(engine=engine).sort("id").equals(clean_frame(frame, ALL))


def test_nulls_stay_and_columns_are_added() -> None:
    cleaned = clean_frame(pl.DataFrame({"text": ["Advertisement", None]}), ALL)
    span = {"start": 0, "end": 13, "kind": "advertisement"}
    assert cleaned.rows() == [("", 1.0, True, [span]), (None, None, None, None)]


def test_categories_are_text_too() -> None:
    cleaned = clean_frame(pl.DataFrame({"text": pl.Series(TEXTS, dtype=pl.Categorical)}))
    assert cleaned.get_column("text").cast(pl.String).to_list() == CLEANED


def test_mistakes_are_named() -> None:
    with pytest.raises(ConfigError, match="no column 'text'"):
        clean_frame(pl.DataFrame({"body": ["x"]}))
    with pytest.raises(ConfigError, match="holds int64, not text"):
        clean_frame(pl.LazyFrame({"text": [1]}))
    with pytest.raises(ConfigError, match="a column 'id' already"):
        clean_frame(pl.DataFrame(ROWS), ArrowCleaner(suspect_column="id"))
