"""Packages that only some need are imported when they are used; one that is missing is named with the extra that installs it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleantext.errors import MissingExtraError

__all__ = ["require"]


def require(module: str, extra: str | None = None) -> Any:
    """Import a package of an extra.

    Args:
        module: the module's full name.
        extra: the extra of ``cleantext-web`` that installs it; None when the package cannot be installed by one.

    Returns:
        The module. It is not typed: what an engine says of its types depends on which version of it is installed, if any.

    Raises:
        MissingExtraError: it is not installed.

    >>> require("no_such_engine.data", extra="ray")
    Traceback (most recent call last):
    ...
    cleantext.errors.MissingExtraError: no_such_engine is not installed; install it with: pip install 'cleantext-web[ray]'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        missing = (error.name or package).partition(".")[0]
        needed = "" if missing == package else f", which {package} needs,"
        wanted = package if extra is None else f"'cleantext-web[{extra}]'"
        message = f"{missing}{needed} is not installed; install it with: pip install {wanted}"
        raise MissingExtraError(message, name=error.name) from error
