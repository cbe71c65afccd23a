"""Hugging Face datasets: ``map`` in batches of Arrow, with a fingerprint that is the same for the same work.

The library caches what ``map`` gives under a hash of the function. What is hashed here are the settings and the version of this
program: the same settings find the cache again, in any process, and a new version takes over nothing that an old one cleaned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleantext.arrow import ArrowCleaner
from cleantext.extras import require
from cleantext.release import release

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["clean_dataset"]


@dataclass(frozen=True)
class _Clean:
    clean: ArrowCleaner
    version: str

    def __call__(self, table: pa.Table) -> pa.Table:
        return self.clean.table(table)


def clean_dataset(dataset: Any, clean: ArrowCleaner | None = None, **options: Any) -> Any:
    """Clean a column of a dataset.

    Args:
        dataset: a ``Dataset``, an ``IterableDataset`` (which is cleaned as it is read), or a dictionary of either.
        clean: what to clean and how; the column ``text`` by default.
        **options: of the library's ``map``, such as ``batch_size``, ``num_proc``, ``load_from_cache_file``.

    Returns:
        The same sort of dataset with the same rows and columns, and those that ``clean`` adds, in the library's default format.

    Raises:
        ConfigError: a column is missing, of a wrong type, or there already; of a dataset whose columns are not known before it
            is read, then.
        MissingExtraError: the library is not installed.

    >>> from datasets import Dataset
    >>> clean_dataset(Dataset.from_dict({"text": ["Advertisement"]}), ArrowCleaner(share_removed_column="share"))[0]
    {'text': '', 'share': 1.0}
    """
    library = require("datasets", extra="datasets")
    if isinstance(dataset, dict):
        return type(dataset)({name: clean_dataset(split, clean, **options) for name, split in dataset.items()})
    clean = clean or ArrowCleaner()
    if dataset.features is not None:
        options["features"] = library.Features.from_arrow_schema(clean.schema(dataset.features.arrow_schema))
    return dataset.with_format("arrow").map(_Clean(clean, release()), batched=True, **options).with_format(None)
