"""One direction, no way back: a module imports only from modules above it in this list, private names stay at home."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import cleantext

ORDER = (
    "errors", "model", "characters", "lines", "lexicon", "lookup", "config", "language", "rows", "groups", "rules.shape",
    "rules.phrases", "rules", "scales", "measure.categories", "measure.itself", "measure.around", "measure", "wording",
    "context", "forms", "trees", "network", "scorecard", "score", "structures.view", "structures.article", "structures.beside",
    "structures.contents", "structures.repeats", "structures.teasers", "structures.threads", "structures", "naming", "decide",
    "reasons", "account", "document", "html", "cleaner", "explain", "extras", "release", "facts", "arrow", "adapters.datasets",
    "adapters.datatrove", "adapters.dolma", "adapters.duckdb", "adapters.langchain", "adapters.llama_index",
    "adapters.nemo_curator", "adapters.pandas", "adapters.polars", "adapters.ray_data", "adapters.spark", "adapters", "files",
    "inputs", "outputs", "records.codecs", "records.model", "records.text", "records.jsonl", "records.columns",
    "records.parquet", "records.warc", "records", "streams.work", "streams.parallel", "streams.faults", "streams.summary",
    "streams.shards", "streams.run", "streams.watch", "streams.command", "streams", "cli", "__init__", "__main__",
)  # fmt: skip
ROOT = Path(cleantext.__file__).parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(path.read_text(encoding="utf-8"))
    for path in ROOT.rglob("*.py")
}


def imports(module: str) -> set[tuple[str, str]]:
    """What a module imports, also for types only or inside functions: pairs of a module's full name and a name in it, or ""."""
    found: set[tuple[str, str]] = set()
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively; write the full name"
            found |= {(node.module or "", alias.name) for alias in node.names}
    return found


def ours(module: str) -> set[str]:
    """The modules of the package that a module imports."""
    names = {source.removeprefix("cleantext").removeprefix(".") or "__init__" for source, _ in imports(module) if is_ours(source)}
    # "from cleantext.rules import shape" names a module, "from cleantext.rules import RULES" what is in one
    for source, name in imports(module):
        whole = f"{source}.{name}".removeprefix("cleantext.")
        if is_ours(source) and whole in MODULES:
            names = (names - {source.removeprefix("cleantext").removeprefix(".") or "__init__"}) | {whole}
    return names


def is_ours(source: str) -> bool:
    return source.partition(".")[0] == "cleantext"


def test_every_module_has_its_place() -> None:
    assert set(MODULES) <= set(ORDER), f"give it a place in ORDER: {set(MODULES) - set(ORDER)}"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_from_above(module: str) -> None:
    below = {name for name in ours(module) if ORDER.index(name) >= ORDER.index(module)}
    assert not below, f"{module} imports what stands below it or itself: {sorted(below)}"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_private_names_stay_in_their_module(module: str) -> None:
    private = {name for source, name in imports(module) if is_ours(source) and name.startswith("_")}
    assert not private
    for node in ast.walk(MODULES[module]):  # no cleantext.lines._after_glued_start by the back door either
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"cleantext", *ORDER}:
            assert not node.attr.startswith("_"), f"{module} uses {node.value.id}.{node.attr}"


def test_only_html_knows_trafilatura_and_only_when_it_is_used() -> None:
    assert {module for module in MODULES for source, _ in imports(module) if source.startswith("trafilatura")} == {"html"}
    top_level = [node for node in MODULES["html"].body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [node for node in top_level if "trafilatura" in ast.unparse(node)]


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"__main__"}))
def test_every_module_says_what_it_gives_and_what_it_is(module: str) -> None:
    assert ast.get_docstring(MODULES[module]), "a module opens with its idea in prose"
    exported = [
        ast.literal_eval(node.value)
        for node in MODULES[module].body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert len(exported) == 1, "name what others may import in __all__"
    defined = {node.id for node in ast.walk(MODULES[module]) if isinstance(node, ast.Name)}
    defined |= {node.name for node in ast.walk(MODULES[module]) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined |= {name for _, name in imports(module)}
    assert set(exported[0]) <= defined
