"""What can be said of a cleaned page beside its text, by name: the columns and metadata that the engines add on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleantext.document import Document

__all__ = ["FACTS", "check_facts", "facts"]


def _spans(document: Document) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "kind": kind.value} for span, kind in document.removed]


FACTS: dict[str, Callable[[Document], Any]] = {
    "share_removed": lambda document: document.removed_share,
    "suspect": lambda document: document.suspect,
    "spans": _spans,
}
"""Share of the characters removed, white space aside; whether a person should look; the stretches removed, with their kinds, in
code points of the text as it was. Their order is that of added columns."""


def check_facts(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they were given.

    Args:
        names: names of facts.

    Raises:
        ConfigError: there is no such fact.

    >>> check_facts(["suspect"])
    ('suspect',)
    >>> check_facts("suspect")
    Traceback (most recent call last):
    ...
    cleantext.errors.ConfigError: metadata is a list of facts, such as ['suspect'], not one string
    """
    if isinstance(names, str):
        raise ConfigError(f"metadata is a list of facts, such as [{names!r}], not one string")
    given = tuple(names)
    if unknown := [name for name in given if name not in FACTS]:
        raise ConfigError(f"no such fact: {', '.join(map(repr, unknown))}; there are: {', '.join(FACTS)}")
    return given


def facts(document: Document, names: Iterable[str]) -> dict[str, Any]:
    """The named facts of a page.

    Args:
        document: the page.
        names: names of facts.

    >>> from cleantext import annotate
    >>> facts(annotate("Advertisement"), ["share_removed", "spans"])
    {'share_removed': 1.0, 'spans': [{'start': 0, 'end': 13, 'kind': 'advertisement'}]}
    """
    return {name: FACTS[name](document) for name in names}
