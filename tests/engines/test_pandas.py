"""pandas: every sort of text column, any index, missing values."""

from __future__ import annotations

from typing import Any

import pytest
from needs import need
from shard import CLEANED, ROWS, TEXTS

from cleantext.errors import ConfigError, InputError

pd = need("pandas", extra="pandas")
pa = need("pyarrow", extra="pandas")

from cleantext.adapters.pandas import clean_frame  # noqa: E402 - only where pandas is
from cleantext.arrow import ArrowCleaner  # noqa: E402

ALL = ArrowCleaner(share_removed_column="share", suspect_column="look", spans_column="removed")


@pytest.mark.parametrize("kind", ["str", "object", "string", "string[pyarrow]", pd.ArrowDtype(pa.large_string())], ids=str)
def test_a_frame_is_cleaned_whatever_holds_its_text(kind: Any) -> None:
    frame = pd.DataFrame(ROWS).astype({"text": kind})
    cleaned = clean_frame(frame)
    assert cleaned["text"].tolist() == CLEANED
    assert cleaned.dtypes.tolist() == frame.dtypes.tolist()
    pd.testing.assert_frame_equal(cleaned.drop(columns="text"), frame.drop(columns="text"))
    assert frame["text"].tolist() == TEXTS


def test_categories_are_text_too() -> None:
    cleaned = clean_frame(pd.DataFrame({"text": pd.Categorical(TEXTS)}))
    assert cleaned["text"].tolist() == CLEANED
    assert isinstance(cleaned["text"].dtype, pd.CategoricalDtype)


def test_the_index_stays_even_with_rows_of_one_name() -> None:
    frame = pd.DataFrame({"text": ["Advertisement", "x", "Advertisement"], 7: [1, 2, 3]}, index=["a", "b", "a"])
    cleaned = clean_frame(frame, ALL)
    assert cleaned.index.equals(frame.index)
    assert cleaned.columns.tolist() == ["text", 7, "share", "look", "removed"]
    assert cleaned["share"].tolist() == [1.0, float(cleaned["text"].tolist()[1] == ""), 1.0]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA], ids=str)
def test_missing_values_stay_what_they_are(missing: Any) -> None:
    frame = pd.DataFrame({"text": pd.Series(["Advertisement", missing], dtype=object)})
    cleaned = clean_frame(frame, ALL)
    assert cleaned["text"].tolist()[1] is missing
    assert cleaned["share"].isna().tolist() == [False, True]
    assert cleaned["look"].tolist() == [True, pd.NA]
    assert cleaned["removed"].tolist() == [[{"start": 0, "end": 13, "kind": "advertisement"}], None]


def test_mistakes_are_named() -> None:
    with pytest.raises(ConfigError, match="no column 'text' to clean; set text_column to one of: body"):
        clean_frame(pd.DataFrame({"body": ["x"]}))
    with pytest.raises(ConfigError, match="holds int64, not text"):
        clean_frame(pd.DataFrame({"text": [1]}))
    with pytest.raises(InputError, match="column 'text' holds values that are not text"):
        clean_frame(pd.DataFrame({"text": pd.Series(["x", 1], dtype=object)}))
    with pytest.raises(ConfigError, match="a column 'id' already"):
        clean_frame(pd.DataFrame(ROWS), ArrowCleaner(suspect_column="id"))
    with pytest.raises(ConfigError, match="2 columns are named 'text'"):
        clean_frame(pd.DataFrame([["x", "y"]], columns=["text", "text"]))
