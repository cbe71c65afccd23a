"""Hugging Face datasets: whole and streamed, in processes, and the cache that must be found again."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from needs import need
from shard import CLEANED, ROWS

from cleantext import Cleaner, Config
from cleantext.errors import ConfigError

datasets = need("datasets", extra="datasets")

from cleantext.adapters.datasets import clean_dataset  # noqa: E402 - only where the library is
from cleantext.arrow import ArrowCleaner  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

ALL = ArrowCleaner(share_removed_column="share", suspect_column="look", spans_column="removed")
FINGERPRINT = """
import datasets
from cleantext import Cleaner, Config
from cleantext.adapters.datasets import clean_dataset
from cleantext.arrow import ArrowCleaner
clean = ArrowCleaner(cleaner=Cleaner(Config(keep={"share", "caption", "byline", "tags"})))
datasets.disable_progress_bars()
print(clean_dataset(datasets.Dataset.from_dict({"text": ["x"]}), clean)._fingerprint)
"""


@pytest.fixture(autouse=True)
def quiet() -> Any:
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


@pytest.fixture
def shard(tmp_path: Path) -> Any:
    """The shard as a dataset on disk, so that there is a cache."""
    datasets.Dataset.from_list(ROWS).save_to_disk(tmp_path / "shard")
    return datasets.load_from_disk(tmp_path / "shard")


@pytest.mark.parametrize("processes", [None, 2])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")  # the library forks
def test_a_dataset_is_cleaned(shard: Any, processes: int | None) -> None:
    cleaned = clean_dataset(shard, batch_size=3, num_proc=processes)
    assert cleaned["text"][:] == CLEANED
    assert cleaned.features == shard.features
    assert cleaned.remove_columns("text").to_list() == shard.remove_columns("text").to_list()


def test_a_stream_is_cleaned_as_it_is_read(shard: Any) -> None:
    cleaned = clean_dataset(shard.to_iterable_dataset(), ALL, batch_size=3)
    assert [row["text"] for row in cleaned] == CLEANED
    assert cleaned.features == clean_dataset(shard, ALL).features
    assert list(cleaned) == clean_dataset(shard, ALL).to_list()


def test_splits_are_cleaned_each(shard: Any) -> None:
    splits = clean_dataset(datasets.DatasetDict({"train": shard, "test": shard.select([0])}))
    assert splits["train"]["text"][:] == CLEANED
    assert splits["test"]["text"][:] == CLEANED[:1]


def test_nulls_stay_and_columns_are_added() -> None:
    cleaned = clean_dataset(datasets.Dataset.from_dict({"text": ["Advertisement", None]}), ALL)
    span = {"start": 0, "end": 13, "kind": "advertisement"}
    assert cleaned.to_list() == [
        {"text": "", "share": 1.0, "look": True, "removed": [span]},
        {"text": None, "share": None, "look": None, "removed": None},
    ]


def test_the_same_work_is_found_in_the_cache_and_other_work_is_not(shard: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fingerprint(clean: ArrowCleaner | None = None) -> str:
        return clean_dataset(shard, clean)._fingerprint  # noqa: SLF001 - what the library names its cache files by

    first = fingerprint()
    assert fingerprint(ArrowCleaner()) == first
    assert clean_dataset(shard).cache_files == clean_dataset(shard).cache_files != shard.cache_files
    assert fingerprint(ArrowCleaner(cleaner=Cleaner(Config(threshold=0.4)))) != first
    monkeypatch.setattr("cleantext.adapters.datasets.release", lambda: "another version")
    assert fingerprint() != first


def test_the_fingerprint_is_the_same_in_every_process() -> None:
    def run(seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", FINGERPRINT],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout

    assert run("1") == run("2")


def test_mistakes_are_named(shard: Any) -> None:
    with pytest.raises(ConfigError, match="no column 'body'"):
        clean_dataset(shard, ArrowCleaner("body"))
    with pytest.raises(ConfigError, match="holds int64, not text"):
        clean_dataset(shard, ArrowCleaner("id"))
