"""The command line on the shard of the engines: the same text, byte for byte."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from needs import need
from shard import CLEANED, ROWS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("processes", ["1", "2"])
def test_json_lines(tmp_path: Path, processes: str) -> None:
    shard = tmp_path / "pages.jsonl"
    shard.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    clean(shard, tmp_path / "out", "-j", processes)
    rows = [json.loads(line) for line in (tmp_path / "out" / "pages.jsonl").read_text("utf-8").splitlines()]
    assert rows == [row | {"text": text} for row, text in zip(ROWS, CLEANED, strict=True)]


def test_parquet(tmp_path: Path) -> None:
    arrow, parquet = need("pyarrow", extra="arrow"), need("pyarrow.parquet", extra="arrow")
    parquet.write_table(arrow.Table.from_pylist(ROWS), tmp_path / "pages.parquet")
    clean(tmp_path / "pages.parquet", tmp_path / "out")
    rows = parquet.read_table(tmp_path / "out" / "pages.parquet").to_pylist()
    assert rows == [row | {"text": text} for row, text in zip(ROWS, CLEANED, strict=True)]


def clean(shard: Path, out: Path, *options: str) -> None:
    subprocess.run([sys.executable, "-m", "cleantext", str(shard), "-o", str(out), *options], check=True, capture_output=True)
