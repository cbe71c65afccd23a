"""What runs without any engine: the package loads none, and a missing one is named with the extra that installs it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import cleantext

ROOT = Path(__file__).parents[2]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
ENGINES = {
    "ray", "pyspark", "datasets", "polars", "pandas", "duckdb", "datatrove", "dolma", "langchain_core", "llama_index", "pyarrow",
    "nemo_curator",
}  # fmt: skip
USES = {
    "ray_data": ("clean_dataset(None)", "ray"),
    "spark": ("clean_dataframe(None)", "spark"),
    "datasets": ("clean_dataset(None)", "datasets"),
    "polars": ("clean_frame(None)", "polars"),
    "pandas": ("clean_frame(None)", "pandas"),
    "duckdb": ("register(None)", "duckdb"),
    "datatrove": ("CleanText()", "datatrove"),
    "langchain": ("CleanText()", "langchain"),
    "llama_index": ("CleanText()", "llama-index"),
}
WITHOUT_ENGINES = f"""
import importlib, json, sys
for name in {sorted(ENGINES)}:
    sys.modules[name] = None  # importing it fails as if it were not installed
from cleantext.errors import MissingExtraError
messages = {{}}
for name, use in {[(name, use) for name, (use, _) in USES.items()]}:
    try:
        module = importlib.import_module("cleantext.adapters." + name)
        eval("module." + use)
    except MissingExtraError as error:
        messages[name] = str(error)
from cleantext.arrow import clean_batch
try:
    clean_batch(None)
except MissingExtraError as error:
    messages["arrow"] = str(error)
print(json.dumps(messages))
"""


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_a_missing_engine_is_named_with_its_extra() -> None:
    messages = json.loads(run(WITHOUT_ENGINES))
    wanted = {name: extra for name, (_, extra) in USES.items()} | {"arrow": "arrow"}
    assert messages.keys() == wanted.keys()
    for name, extra in wanted.items():
        assert messages[name].endswith(f"is not installed; install it with: pip install 'cleantext-web[{extra}]'"), messages[name]


def test_the_package_loads_no_engine() -> None:
    code = "import sys, cleantext, cleantext.adapters, cleantext.arrow, cleantext.adapters.nemo_curator; print(*sys.modules)"
    assert not ENGINES & {name.partition(".")[0] for name in run(code).split()}


def test_every_adapter_is_tried_here() -> None:
    adapters = {path.stem for path in (Path(cleantext.__file__).parent / "adapters").glob("[!_]*.py")}
    assert adapters == USES.keys() | {"nemo_curator", "dolma"}
    assert all((Path(__file__).parent / f"test_{name}.py").exists() for name in adapters)


@pytest.mark.parametrize("path", sorted(Path(cleantext.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_named_extras_exist(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "require":
            assert {ast.literal_eval(each.value) for each in node.keywords if each.arg == "extra"} <= EXTRAS.keys()
