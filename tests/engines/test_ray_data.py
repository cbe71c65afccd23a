"""Ray Data: a real local cluster with two workers."""

from __future__ import annotations

from typing import Any

import pytest
from needs import need
from shard import CLEANED, ROWS

pytestmark = pytest.mark.filterwarnings(r"ignore:.* is deprecated:DeprecationWarning:ray\.data\.context")  # by Ray's own use

ray = need("ray", extra="ray")
need("ray.data", extra="ray")

from cleantext.adapters.ray_data import clean_dataset  # noqa: E402 - only where Ray is
from cleantext.arrow import ArrowCleaner  # noqa: E402


@pytest.mark.usefixtures("cluster")
def test_a_dataset_is_cleaned_by_two_workers() -> None:
    shard = ray.data.from_items(ROWS, override_num_blocks=4)
    cleaned = clean_dataset(shard, concurrency=2)
    rows = sorted(cleaned.take_all(), key=lambda row: row["id"])
    assert rows == [row | {"text": text} for row, text in zip(ROWS, CLEANED, strict=True)]


@pytest.mark.usefixtures("cluster")
def test_nulls_stay_and_columns_are_added() -> None:
    clean = ArrowCleaner("body", share_removed_column="share", suspect_column="look", spans_column="removed")
    rows: list[dict[str, Any]] = [{"id": 0, "body": "Advertisement"}, {"id": 1, "body": None}]
    cleaned = clean_dataset(ray.data.from_items(rows, override_num_blocks=2), clean, batch_size=1)
    assert sorted(cleaned.take_all(), key=lambda row: row["id"]) == [
        {"id": 0, "body": "", "share": 1.0, "look": True, "removed": [{"start": 0, "end": 13, "kind": "advertisement"}]},
        {"id": 1, "body": None, "share": None, "look": None, "removed": None},
    ]


@pytest.mark.usefixtures("cluster")
def test_a_mistake_comes_back_from_the_workers() -> None:
    with pytest.raises(ray.exceptions.RayTaskError, match="no column 'body' to clean"):
        clean_dataset(ray.data.from_items(ROWS), ArrowCleaner("body")).take_all()
