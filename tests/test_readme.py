"""The README cannot drift: its Python examples are run, and the commands and options that it shows exist."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FENCES = re.finditer(r"^```(?P<info>\w*)[^\n`]*\n(?P<body>.*?)^```$", README, re.DOTALL | re.MULTILINE)
BLOCKS = [(found["info"], found["body"], README.count("\n", 0, found.start("body")) + 1) for found in FENCES]
PYTHON = [
    (body, line)
    for info, body, line in BLOCKS
    if info in {"python", "pycon", "py"} and "from cleantext.a" not in body  # the engines' are run by engines/test_examples.py
]
SHELL = [(body, line) for info, body, line in BLOCKS if info in {"sh", "bash", "shell", "console"}]
OTHER_COMMANDS = {
    "bash", "cat", "cd", "curl", "git", "head", "jq", "ls", "pip", "pipx", "pytest", "python", "python3", "source", "uv", "zcat",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not README.strip(), reason="the README is not written yet")


def commands() -> list[tuple[str, int]]:
    """The shell commands that the README shows, each with its line: after ``$`` where output is shown too, else every line."""
    found: list[tuple[str, int]] = []
    for body, first in SHELL:
        lines = body.replace("\\\n", "  ").split("\n")
        prompted = any(line.startswith("$ ") for line in lines)
        for number, line in enumerate(lines, first):
            command = line.removeprefix("$ ").partition(" # ")[0].strip()
            if command and not command.startswith("#") and (line.startswith("$ ") or not prompted):
                found += [(part.strip(), number) for part in re.split(r"\s(?:\||&&|;)\s", command)]
    return found


def test_the_card_that_is_shown_is_the_one_that_is_shipped() -> None:
    rows = re.findall(r"^\| .* \|$", README[README.index("| measurement | low") :].partition("\n\n")[0], re.MULTILINE)
    command = [sys.executable, ROOT / "benchmarks" / "card.py", "--rows", str(len(rows) - 2)]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines() == rows


@pytest.mark.parametrize(("source", "line"), PYTHON, ids=lambda value: f"line-{value}" if isinstance(value, int) else "")
def test_python_examples_hold(source: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if ">>>" not in source:
        compile(source, f"README.md:{line}", "exec")
        if "open(" not in source and "read_text" not in source:  # a snippet about the reader's own files is only compiled
            exec(compile(source, f"README.md:{line}", "exec"), {"__name__": "readme"})
        return
    test = doctest.DocTestParser().get_doctest(source, {}, f"README.md:{line}", "README.md", line)
    output: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=output.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(output)


def test_there_are_examples_of_both_kinds() -> None:
    assert PYTHON
    assert any(shlex.split(command)[0] == "cleantext" for command, _ in commands())


@pytest.mark.parametrize(("command", "line"), commands(), ids=lambda value: f"line-{value}" if isinstance(value, int) else "")
def test_commands_exist(command: str, line: int) -> None:
    words = [word for word in shlex.split(command) if "=" not in word.partition("=")[0] or not word[0].isupper()]
    program = words[0].removeprefix(".venv/bin/")
    assert program in {*PROJECT["scripts"], *OTHER_COMMANDS} or (ROOT / program).exists(), f"README.md:{line}"
    named = [word for word in words[1:] if re.fullmatch(r"(?:benchmarks|tests|seeds|\.ci)/[\w./-]*\w", word)]
    assert all((ROOT / word).exists() for word in named), f"README.md:{line}"
    if "install" in words and program in {"pip", "python", "pipx", "uv"}:
        for package in re.findall(r"cleantext[\w-]*", command):
            assert package == PROJECT["name"], f"README.md:{line}: the distribution is {PROJECT['name']}"


def test_options_of_the_console_script_exist() -> None:
    subcommands = {word for command, _ in commands() for word in shlex.split(command)[1:2] if command.startswith("cleantext ")}
    help_text = "".join(help_of(*words) for words in ([], *([word] for word in sorted(subcommands) if word.isalpha())))
    for command, line in commands():
        if shlex.split(command)[0] == "cleantext":
            for option in re.findall(r"(?<=\s)--?[a-z][\w-]*", command):
                assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", help_text), f"README.md:{line}: no option {option}"


def help_of(*words: str) -> str:
    """What ``cleantext … --help`` prints."""
    command = [sys.executable, "-m", "cleantext", *words, "--help"]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    )
    return run.stdout


def test_links_to_files_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", README)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing


def test_the_test_command_is_the_one_of_the_continuous_integration() -> None:
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().rsplit("\n", 1)[-1]
    assert last in README
