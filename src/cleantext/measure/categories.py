"""Measurements whose values are no amounts but names: how a line begins and ends, its phrase and its shape."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cleantext.characters import TERMINAL, Class
from cleantext.model import CONTENT_KINDS, Kind
from cleantext.rules import RULES
from cleantext.scales import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.lexicon import Match, Phrase
    from cleantext.rows import Rows

__all__ = [
    "CATEGORIES", "PHRASE_CODES", "WHOLE_PHRASES", "Ending", "beginnings", "endings", "outside_prose", "phrase_code",
    "phrase_codes",
]  # fmt: skip

_KINDS = list(Kind)
_MATCHES = {"line": 0, "prefix": 1, "suffix": 1, "contains": 2}
_IN_PROSE = 3
_LONG_PROSE_WORDS = 25  # an article about newsletters uses the words of a newsletter box, but in longer lines


class Ending(IntEnum):
    """How a line ends."""

    OPEN = 0
    """With a word, or with any mark that is not named here."""
    COLON = 1
    COMMA = 2
    TERMINAL = 3
    """The end of a sentence."""
    QUOTED = 4
    """The end of a sentence, and a closing mark behind it."""
    ELLIPSIS = 5
    CLOSED = 6
    """A closing mark that ends no sentence."""
    OTHER = 7
    """What stands between the items of a menu."""


def beginnings(rows: Rows) -> NDArray[np.int64]:
    """The class of each row's first character; a dash, which may be a bullet, is told apart."""
    return rows.first + (rows.edge == ord("-")) * len(Class)


def endings(rows: Rows) -> NDArray[np.int64]:
    """How each row ends, looking through closing quotation marks."""
    last, before = _MARKS[np.minimum(rows.tail[:, :2], len(_MARKS) - 1)].T
    dots = (rows.tail[:, 0] == ord(".")) & (rows.tail[:, 1] == ord("."))
    return np.where(dots, _ELLIPSIS, _ENDINGS[last, before])


def _mark_table() -> NDArray[np.int64]:
    """What each code point, the last of a line, makes of its ending."""
    table = np.full(0x10000, Ending.OPEN, np.int64)
    for marks, ending in (
        (TERMINAL, Ending.TERMINAL), ("…", Ending.ELLIPSIS), (":：", Ending.COLON), (",;，、；،؛", Ending.COMMA),
        ("\"'”’»)]』」）›“*", Ending.CLOSED), ("|/•·>→-–—+%", Ending.OTHER),
    ):  # fmt: skip
        table[[ord(mark) for mark in marks]] = ending
    return table


def _ending_table() -> NDArray[np.int64]:
    """How a line ends whose last character and the one before it make these endings."""
    table = np.tile(np.arange(len(Ending))[:, None], len(Ending))
    table[Ending.CLOSED, [Ending.TERMINAL, Ending.ELLIPSIS]] = Ending.QUOTED
    return table


_MARKS = _mark_table()
_ENDINGS = _ending_table()
_ELLIPSIS = int(Ending.ELLIPSIS)


@cache
def phrase_code(kind: Kind, match: Match, *, in_prose: bool = False) -> int:
    """The number, above 0, of a phrase's kind and way of matching; a multiple of 4 for a part of a line of long prose."""
    return 1 + 4 * _KINDS.index(kind) + (_IN_PROSE if in_prose and match != "line" else _MATCHES[match])


PHRASE_CODES = 1 + 4 * len(_KINDS)
"""How many numbers there are, with 0 for no phrase."""
WHOLE_PHRASES = np.array([phrase_code(kind, "line") for kind in Kind])
"""The numbers of phrases that are a whole line."""


def phrase_codes(phrases: Sequence[Phrase | None], words: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the phrase of each line, given its words; 0 where there is none."""
    codes = np.zeros(len(words), np.int64)
    found = [row for row, phrase in enumerate(phrases) if phrase is not None]
    in_prose = (words[found] >= _LONG_PROSE_WORDS).tolist()
    codes[found] = [
        phrase_code(phrase.kind, phrase.match, in_prose=prose and phrase.role != "notice")
        for phrase, prose in zip(filter(None, phrases), in_prose, strict=True)
    ]
    return codes


def outside_prose(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which numbers are of a phrase that is no mere part of a line of long prose."""
    return codes % 4 > 0


def _category_names() -> dict[str, dict[int, str]]:
    phrases = (
        {0: "none"}
        | {
            phrase_code(kind, match): f"{kind}.{'edge' if match == 'prefix' else match}"
            for kind in _KINDS
            if kind not in CONTENT_KINDS
            for match in ("line", "prefix", "contains")
        }
        | {phrase_code(kind, "contains", in_prose=True): f"{kind}.in_prose" for kind in _KINDS if kind not in CONTENT_KINDS}
    )
    shapes = {0: "none"} | {number: rule.id for number, rule in enumerate(RULES, 1)}
    begins = {number.value: number.name.lower() for number in Class}
    begins |= {number + len(Class): f"dash_{name}" for number, name in begins.items()}
    ends = {number.value: number.name.lower() for number in Ending}
    edge = {UNKNOWN: "edge_of_page"}
    return {
        "phrase": phrases, "previous_phrase": phrases | edge, "next_phrase": phrases | edge, "shape": shapes,
        "begins": begins, "next_begins": begins | edge, "ends": ends, "previous_ends": ends | edge,
    }  # fmt: skip


CATEGORIES: dict[str, dict[int, str]] = _category_names()
"""The measurements whose values are names; the name of each value."""
