"""NeMo Curator, mostly without it, for it needs PyTorch for CUDA: what its ``Modify`` stage does with a callable."""

from __future__ import annotations

import pickle

from needs import need, need_if_possible
from shard import CLEANED, TEXTS

from cleantext import Cleaner, Config
from cleantext.adapters.nemo_curator import CleanText


def test_it_is_a_callable_with_a_name_that_can_be_sent() -> None:
    modify = pickle.loads(pickle.dumps(CleanText(Cleaner(Config(keep={"advertisement"})))))
    assert modify.__name__ == "cleantext"
    assert modify("Advertisement") == "Advertisement"


def test_it_cleans_one_text_after_the_other() -> None:
    assert list(map(CleanText(), TEXTS)) == CLEANED


def test_it_cleans_a_column_of_pandas_with_missing_values() -> None:
    column = need("pandas", extra="pandas").Series([*TEXTS, None, float("nan")], dtype=object)
    cleaned = column.apply(CleanText())
    assert cleaned.tolist()[:-2] == CLEANED
    assert cleaned.isna().tolist()[-2:] == [True, True]


def test_the_stage_cleans_a_batch() -> None:
    modifiers = need_if_possible("nemo_curator.stages.text.modifiers.modifier", reason="needs nemo-curator, which needs CUDA")
    tasks = need_if_possible("nemo_curator.tasks", reason="needs nemo-curator")
    frame = need("pandas", extra="pandas").DataFrame({"id": range(len(TEXTS)), "text": TEXTS})
    stage = pickle.loads(pickle.dumps(modifiers.Modify(CleanText(), input_fields="text")))
    cleaned = stage.process(tasks.DocumentBatch(dataset_name="shard", data=frame)).to_pandas()
    assert cleaned["text"].tolist() == CLEANED
    assert cleaned["id"].tolist() == frame["id"].tolist()
