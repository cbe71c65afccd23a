"""Which version of the program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["release"]


def release() -> str:
    """The version of the installed distribution; ``unknown`` where the package runs without having been installed.

    >>> release()[0] in "0123456789u"
    True
    """
    try:
        return version("cleantext-web")
    except PackageNotFoundError:
        return "unknown"
