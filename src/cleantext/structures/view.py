"""What the finders of structures look at, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleantext.characters import Class
from cleantext.context import CONTEXT
from cleantext.lexicon import all_stopwords, is_unspaced
from cleantext.measure import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cleantext.model import Kind
    from cleantext.rows import Rows
    from cleantext.rules import Evidences
    from cleantext.score import Scores

__all__ = ["LABEL_WORDS", "PROSE_WORDS", "Finding", "View", "stems", "view"]

PROSE_WORDS = 10
LABEL_WORDS = 6  # a section label or a story's headline label
_PROSE_LETTERS = 60
_STEM = 5
_REGION = len(NAMES) + [name for name, _ in CONTEXT].index("region")


class Finding(NamedTuple):
    """Evidence that a structure adds to one line."""

    rule: str
    """Its id in the scorecard."""
    kind: Kind
    """What it makes of the line."""
    because: str
    """One sentence for people."""


@dataclass(frozen=True, slots=True)
class View:
    """What the finders look at; one entry a row."""

    rows: Rows
    evidences: Evidences
    kinds: list[Kind | None]
    lengths: NDArray[np.int64]
    prose: NDArray[np.bool_]
    """Sentences."""
    in_region: NDArray[np.bool_]
    points: NDArray[np.int64]
    """The score, with the points of the structures found so far."""

    def pages(self) -> Iterator[tuple[int, int]]:
        """The first row of each page that has rows, and the row behind its last."""
        bounds = self.rows.bounds.tolist()
        return ((start, stop) for start, stop in pairwise(bounds) if start < stop)

    def openers(self) -> list[int]:
        """The labels that announce other stories: a phrase, or one and a name as in "More from the magazine"."""
        return [row for row in self.with_role("opener") if self.is_phrase(row) or self.lengths[row] <= LABEL_WORDS]

    def is_phrase(self, row: int) -> bool:
        """Whether a whole row is its phrase."""
        phrase = self.evidences.phrases[row]
        return phrase is not None and phrase.match == "line"

    def with_role(self, role: str) -> list[int]:
        """The rows whose phrase has a role."""
        return [row for row, phrase in enumerate(self.evidences.phrases) if phrase is not None and phrase.role == role]


def view(rows: Rows, evidences: Evidences, kinds: list[Kind | None], scores: Scores) -> View:
    """What the finders look at in a batch."""
    lengths = np.diff(rows.word_edges) + rows.counts[:, Class.UNSPACED] // 2
    # Thai and its neighbours have no full stop: there a long line is prose.
    prose = ((lengths >= PROSE_WORDS) & (rows.sentence_ends > 0)) | (rows.counts[:, Class.UNSPACED] >= _PROSE_LETTERS)
    return View(rows, evidences, kinds, lengths, prose, scores.values[_REGION] >= 100, scores.totals.copy())


def stems(words: Sequence[str]) -> set[str]:
    """What two lines on the same thing share, roughly and in any language: the beginnings of their longer words, or pairs of
    letters where words are not spaced.
    """
    stems: set[str] = set()
    for word in words:
        if is_unspaced(word):
            stems.update(word[at : at + 2] for at in range(len(word) - 1))
        elif "\uac00" <= word[0] <= "\ud7a3":
            stems.add(word[:2])  # Hangul: a syllable a letter, and endings behind them
        elif len(word) >= _STEM - 1 and word not in all_stopwords():
            stems.add(word[:_STEM])
    return stems
