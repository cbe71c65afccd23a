"""The examples in the documentation of the code are run: they cannot drift from it."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import cleantext

ELSEWHERE = ("cleantext.__main__", "cleantext.arrow", "cleantext.adapters.")
"""Modules whose examples need more than the package: those of the engines are run by ``engines/test_examples.py``."""
MODULES = [
    "cleantext",
    *(found.name for found in pkgutil.walk_packages(cleantext.__path__, "cleantext.") if not found.name.startswith(ELSEWHERE)),
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(1 for name in MODULES for found in finder.find(importlib.import_module(name)) if found.examples) >= 20
