"""What a part of the scorecard's file must look like, and the error that names a part that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SCORECARD_FILE", "an_object", "broken", "fields"]

SCORECARD_FILE = "scorecard.json"


def fields(where: str, data: Any, names: Sequence[str]) -> list[Any]:
    """The values of the fields that an object must have.

    Args:
        where: the object's name in errors.
        data: the object.
        names: its fields.

    Raises:
        DataError: it is no object, or one of the fields is missing.

    >>> fields("first", {"base": 7, "points": {}}, ("base", "points"))
    [7, {}]
    """
    found = an_object(where, data)
    if missing := [name for name in names if name not in found]:
        raise broken(where, f"missing {missing}")
    return [found[name] for name in names]


def an_object(where: str, data: Any) -> dict[str, Any]:
    """The data if it is a JSON object, else a :class:`DataError`."""
    if not isinstance(data, dict):
        raise broken(where, f"must be a JSON object, not {type(data).__name__}")
    return data


def broken(where: str, complaint: str) -> DataError:
    """The error that names a part of the file and says what is wrong with it."""
    return DataError(f"{SCORECARD_FILE}{', ' if where else ''}{where}: {complaint}")
