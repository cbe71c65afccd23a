"""datatrove: the local executor with two tasks, its statistics, and the documents that are dropped."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from needs import need
from shard import CLEANED, PROSE, ROWS, TEXTS

from cleantext import Cleaner, Config
from cleantext.errors import ConfigError

data = need("datatrove.data", extra="datatrove")
need("orjson", extra="datatrove")

from datatrove.executor import LocalPipelineExecutor  # noqa: E402 - only where datatrove is
from datatrove.pipeline.readers import JsonlReader  # noqa: E402
from datatrove.pipeline.writers import JsonlWriter  # noqa: E402

from cleantext.adapters.datatrove import CleanText  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path


def documents(*texts: str, **metadata: Any) -> list[Any]:
    return [data.Document(text, id=str(number), metadata=dict(metadata)) for number, text in enumerate(texts)]


def written(folder: Path) -> dict[str, Any]:
    """What a writer of the engine wrote, by id."""
    lines = [json.loads(line) for path in folder.glob("*.gz") for line in gzip.decompress(path.read_bytes()).splitlines()]
    return {line["id"]: line for line in lines}


def test_two_tasks_clean_two_shards(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for shard in range(2):
        lines = [json.dumps(row | {"id": str(row["id"])}) for row in ROWS[shard::2] if row["text"]]
        (tmp_path / "in" / f"{shard}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    steps = [
        JsonlReader(str(tmp_path / "in")),
        CleanText(exclusion_writer=JsonlWriter(str(tmp_path / "dropped")), metadata=["suspect"], batch_size=2),
        JsonlWriter(str(tmp_path / "out")),
    ]
    stats = LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=str(tmp_path / "logs")).run()

    kept = {str(row["id"]): text for row, text in zip(ROWS, CLEANED, strict=True) if text.strip()}
    assert {name: line["text"] for name, line in written(tmp_path / "out").items()} == kept
    dropped = {str(row["id"]): row["text"] for row in ROWS if row["text"] and str(row["id"]) not in kept}
    assert {name: line["text"] for name, line in written(tmp_path / "dropped").items()} == dropped
    for name, line in {**written(tmp_path / "out"), **written(tmp_path / "dropped")}.items():
        assert line["metadata"]["url"] == f"https://example.org/{name}"
        assert line["metadata"]["suspect"] is (name in dropped)
        assert line["metadata"].get("filter_reason") == ("empty" if name in dropped else None)

    counted = {name: metric.total for name, metric in stats.stats[1].stats.items()}
    assert counted == {
        "total": len(kept) + len(dropped),
        "forwarded": len(kept),
        "dropped": len(dropped),
        "dropped_empty": len(dropped),
        "doc_len": sum(map(len, kept.values())),
        "chars_removed": sum(len(TEXTS[int(name)]) - len(text) for name, text in kept.items()),
    }


def test_the_library_s_documents_go_through_in_order() -> None:
    step = CleanText(metadata=["share_removed", "spans"])
    [document] = step(documents("Share this article", f"Advertisement\n{PROSE}", "", source="here"))
    assert (document.id, document.text) == ("1", PROSE)
    spans = [{"start": 0, "end": 14, "kind": "advertisement"}]
    assert document.metadata == {
        "source": "here",
        "share_removed": pytest.approx(13 / (13 + len(PROSE.replace(" ", "")))),
        "spans": spans,
    }


def test_suspect_documents_are_dropped_on_request() -> None:
    page = f"{PROSE}\n" + "Share this article\nAdvertisement\n" * 60
    [kept] = CleanText()(documents(page))
    assert kept.text == Cleaner()(page)
    [told] = CleanText(metadata=["suspect"])(documents(page))
    assert told.metadata == {"suspect": True}
    assert list(CleanText(drop_suspect=True)(documents(page))) == []


def test_settings_count_and_mistakes_are_named() -> None:
    [document] = CleanText(Cleaner(Config(keep={"advertisement"})))(documents("Advertisement"))
    assert document.text == "Advertisement"
    with pytest.raises(ConfigError, match="no such fact: 'share'; there are: share_removed, suspect, spans"):
        CleanText(metadata=["share"])
