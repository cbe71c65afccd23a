"""Evidence from phrases: which phrase of the lexicon each row is, begins with, ends with or contains."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from cleantext.characters import normal_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleantext.lexicon import Phrase, PhraseTables

__all__ = ["find_phrases"]

_LABEL_WORDS = 16  # no line phrase, nor chain of them, is longer
_EDGE_WORDS = 10  # no prefix or suffix phrase is longer


def find_phrases(words: Sequence[list[str]], tables: PhraseTables) -> list[Phrase | None]:
    """The phrase that says most about each row of one page: the whole line first, then its edges, then what it contains.

    Args:
        words: the folded words of each row of the page.
        tables: the phrases of the page's language.
    """
    found = [_find_phrase(line, tables) if line else None for line in words]
    contained = tables.contained(frozenset(chain.from_iterable(words)))
    keys = [" ".join(line) for line in words] if contained else []
    places = tables.places(contained, "\n".join(keys))
    if places:
        starts = list(accumulate((len(key) + 1 for key in keys), initial=0))
        for offset, phrase in places:
            row = bisect_right(starts, offset) - 1
            found[row] = found[row] or phrase
    return found


def _find_phrase(line: list[str], tables: PhraseTables) -> Phrase | None:
    """The phrase that a row is, begins or ends with."""
    if len(line) > _LABEL_WORDS:
        if not tables.may_edge(line[0], line[-1]):
            return None
        return tables.edge(" ".join(line[:_EDGE_WORDS]), " ".join(line[-_EDGE_WORDS:]))
    key = " ".join(line)
    if "0" in key:
        key = normal_key(key)
        return tables.line(key) or tables.edge(key, key)
    return tables.line(key) or (tables.edge(key, key) if tables.may_edge(line[0], line[-1]) else None)
