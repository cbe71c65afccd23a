"""Dolma: the toolkit runs the tagger over documents. It asks for an older NumPy than we do, so that hardly anybody has both."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from needs import need_if_possible
from shard import TEXTS

from cleantext import Cleaner

need_if_possible("dolma", reason="needs dolma, which cannot be installed beside NumPy 2: see the adapter")

from dolma.core.runtime import create_and_run_tagger  # noqa: E402 - only where Dolma is

if TYPE_CHECKING:
    from pathlib import Path


def test_the_toolkit_writes_the_spans_as_attributes(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    with gzip.open(tmp_path / "documents" / "shard.jsonl.gz", "wt", encoding="utf-8") as shard:
        shard.writelines(json.dumps({"id": str(number), "text": text, "source": "x"}) + "\n" for number, text in enumerate(TEXTS))
    create_and_run_tagger(
        documents=[f"{tmp_path}/documents/*.gz"],
        taggers=["cleantext"],
        taggers_modules=["cleantext.adapters.dolma"],
        num_processes=1,
    )
    lines = gzip.decompress((tmp_path / "attributes" / "cleantext" / "shard.jsonl.gz").read_bytes()).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [str(number) for number in range(len(TEXTS))]
    for line, page in zip(lines, Cleaner().annotate_many(TEXTS), strict=True):
        spans: dict[str, list[list[float]]] = {}
        for span, kind in page.removed:
            spans.setdefault(f"cleantext__cleantext__{kind}", []).append([span.start, span.end, 1.0])
        assert json.loads(line)["attributes"] == spans
