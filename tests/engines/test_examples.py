"""The examples of the engines: those in the documentation of the code, and those of the README's section "In a pipeline"."""

from __future__ import annotations

import doctest
import gzip
import importlib
import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from needs import need
from shard import CLEANED, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
SECTION = README.partition("\n## In a pipeline\n")[2].partition("\n## ")[0]
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", SECTION, re.DOTALL | re.MULTILINE)
ENGINES = {
    "arrow": "pyarrow",
    "adapters.ray_data": "ray.data",
    "adapters.spark": "pyspark.sql",
    "adapters.datasets": "datasets",
    "adapters.polars": "polars",
    "adapters.pandas": "pandas",
    "adapters.duckdb": "duckdb",
    "adapters.datatrove": "datatrove",
    "adapters.langchain": "langchain_core",
    "adapters.llama_index": "llama_index.core",
    "adapters.nemo_curator": "cleantext",
}
"""What the examples of each module need."""
TEXTS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "arrow": lambda names: names["cleaned"].column("text").to_pylist(),
    "adapters.ray_data": lambda names: [row["text"] for row in sorted(names["cleaned"].take_all(), key=lambda row: row["id"])],
    "adapters.spark": lambda names: [row.text for row in names["cleaned"].orderBy("id").collect()],
    "adapters.datasets": lambda names: names["cleaned"]["text"][:],
    "adapters.polars": lambda names: names["cleaned"].collect().sort("id").get_column("text").to_list(),
    "adapters.pandas": lambda names: names["cleaned"]["text"].tolist(),
    "adapters.duckdb": lambda names: [row[1] for row in sorted(names["cleaned"].fetchall())],
    "adapters.datatrove": lambda _: [
        json.loads(line)["text"] for line in gzip.decompress(Path("cleaned/00000.jsonl.gz").read_bytes()).splitlines()
    ],
    "adapters.langchain": lambda names: [document.page_content for document in names["cleaned"]],
    "adapters.llama_index": lambda names: [node.get_content() for node in names["cleaned"]],
}
"""How to get the texts out of what the README's example of a module gives."""

pytestmark = [
    pytest.mark.filterwarnings(r"ignore:.* is deprecated:DeprecationWarning:ray\.data\.context"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The module whose examples are run, once its engine is there and runs."""
    name: str = request.param
    need(ENGINES[name], extra=name.removeprefix("adapters.").removesuffix("_data").replace("_", "-"))
    if name == "adapters.spark" and shutil.which("java") is None:
        pytest.skip("needs Java 17 for Spark")
    if (running := {"adapters.ray_data": "cluster", "adapters.spark": "spark"}.get(name)) is not None:
        request.getfixturevalue(running)
    return name


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_the_examples_of_a_module_hold(engine: str) -> None:
    result = doctest.testmod(importlib.import_module(f"cleantext.{engine}"))
    assert result.failed == 0
    assert result.attempted > 0


@pytest.mark.parametrize("engine", TEXTS, indirect=True)
def test_the_example_of_the_readme_gives_the_cleaner_s_text(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [snippet] = [each for each in SNIPPETS if f"from cleantext.{engine} import" in each]
    pages = need("pyarrow", extra="arrow").Table.from_pylist(ROWS)
    need("pyarrow.parquet", extra="arrow").write_table(pages, tmp_path / "pages.parquet")
    monkeypatch.chdir(tmp_path)
    snippet = snippet.replace('("pages.parquet")', f'("{tmp_path}/pages.parquet")')  # a cluster runs in a folder of its own
    names: dict[str, Any] = {"__name__": "readme", "rows": ROWS}
    exec(compile(snippet, f"README.md: {engine}", "exec"), names)
    wanted = [text for text in CLEANED if text.strip()] if engine == "adapters.datatrove" else CLEANED
    assert TEXTS[engine](names) == wanted


def test_every_example_is_run_and_every_extra_is_told() -> None:
    assert len(SNIPPETS) == len(TEXTS)
    assert all(f"`{extra}`" in SECTION for extra in EXTRAS.keys() - {"bench", "fit", "test", "parquet", "warc"})
