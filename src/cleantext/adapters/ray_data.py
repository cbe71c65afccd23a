"""Ray Data: a dataset is cleaned block by block, wherever its blocks lie.

Cleaning keeps no state between rows, so that plain tasks do; a worker process reads the phrases once and is used again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.arrow import ArrowCleaner
from cleantext.extras import require

if TYPE_CHECKING:
    from ray.data import Dataset

__all__ = ["clean_dataset"]


def clean_dataset(dataset: Dataset, clean: ArrowCleaner | None = None, **options: Any) -> Dataset:
    """Clean a column of a Ray dataset, lazily as everything there.

    Args:
        dataset: any Ray dataset with a column of text.
        clean: what to clean and how; the column ``text`` by default.
        **options: of Ray's ``map_batches``, such as ``batch_size``, ``concurrency``, ``num_cpus``.

    Returns:
        A dataset with the same rows and columns, and those that ``clean`` adds.

    Raises:
        MissingExtraError: Ray is not installed. The errors of :class:`cleantext.arrow.ArrowCleaner` come when the dataset runs.

    >>> import ray
    >>> clean_dataset(ray.data.from_items([{"id": 1, "text": "Advertisement"}])).take_all()
    [{'id': 1, 'text': ''}]
    """
    require("ray.data", extra="ray")
    clean = clean or ArrowCleaner()
    return dataset.map_batches(clean.table, batch_format="pyarrow", **options)
