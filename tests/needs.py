"""Engines that a test needs: without one it is skipped, and says so; where they must be there, it fails."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import pytest

REQUIRED = os.environ.get("CLEANTEXT_REQUIRE_ENGINES", "") not in {"", "0"}
"""Whether a missing engine is a failure."""


def need(module: str, extra: str) -> Any:
    """Import an engine.

    Args:
        module: the module's full name.
        extra: the extra of the project that installs it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        message = f"needs {error.name}: pip install 'cleantext-web[{extra}]'"
        if REQUIRED:
            pytest.fail(f"{message}; CLEANTEXT_REQUIRE_ENGINES is set")
        pytest.skip(message, allow_module_level=True)


def need_if_possible(module: str, reason: str) -> Any:
    """Import an engine that cannot be installed beside the others, so that nobody can require it."""
    return pytest.importorskip(module, reason=reason)
