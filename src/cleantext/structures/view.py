"""What the finders of structures look at, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, get_args

import numpy as np

from cleantext.characters import Class
from cleantext.lexicon import Role, all_stopwords
from cleantext.model import Kind
from cleantext.scorecard import SECOND_NAMES, STATES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from cleantext.rows import Rows
    from cleantext.rules import Evidences
    from cleantext.score import Scores

__all__ = ["LABEL_WORDS", "OWN_WORDS", "PROSE_WORDS", "Finding", "View", "view"]

PROSE_WORDS = 10
LABEL_WORDS = 6  # a section label or a story's headline label
OWN_WORDS = 60  # prose that a page must have before what hangs on an article: teasers of others, a box about the author
_PROSE_LETTERS = 60
_STEM = 5
_MOST_WORDS = 40  # of a line: what it is about is said by then
_BETRAYING = np.array([state in {"whole", "extracted"} for state in STATES])
_REGION = SECOND_NAMES.index("region")
_NUMBERS: dict[Kind | None, int] = {kind: number for number, kind in enumerate([*Kind, None])}


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
    kinds: Sequence[Kind | None]
    """The kind of boilerplate that each row's own evidence speaks for."""
    numbers: NDArray[np.int64]
    """The same as numbers."""
    roles: dict[Role | None, list[int]]
    """The rows whose phrase has each role."""
    lengths: NDArray[np.int64]
    prose: NDArray[np.bool_]
    """Sentences."""
    unspaced: frozenset[int]
    """The rows with letters of a script without spaces."""
    in_region: NDArray[np.bool_]
    betrays: NDArray[np.bool_]
    """The rows of pages that betray some chrome: what stands there says little where next to nothing does."""
    points: NDArray[np.int64]
    """The score, with the points of the structures found so far."""

    def stems(self, rows: list[int]) -> set[str]:
        """What lines on the same thing share, roughly and in any language: the beginnings of their longer words; of Hangul
        two syllables, behind which endings stand; pairs of letters where words are not spaced.
        """
        words = set(chain.from_iterable(self.rows.words[row][:_MOST_WORDS] for row in rows)).difference(all_stopwords())
        if not self.unspaced.isdisjoint(rows):
            return {word[at : at + 2] for word in words for at in range(len(word) - 1)}
        return {word[:_STEM] if word < "\uac00" else word[:2] for word in words if len(word) >= _STEM - 1 or word >= "\uac00"}

    def page(self, row: int) -> slice:
        """The rows of a row's page."""
        page = self.rows.page[row]
        return slice(int(self.rows.bounds[page]), int(self.rows.bounds[page + 1]))

    def own_words(self, row: int) -> int:
        """The words of kept prose that a row's page has above it."""
        above = slice(self.page(row).start, row)
        return int(self.lengths[above][self.prose[above] & (self.points[above] > 0)].sum())

    def pages(self) -> Iterator[tuple[int, int]]:
        """The first row of each page that has rows, and the row behind its last."""
        bounds = self.rows.bounds.tolist()
        return ((start, stop) for start, stop in pairwise(bounds) if start < stop)

    def openers(self) -> list[int]:
        """The labels that announce other stories: a phrase, or one and a name as in "More from the magazine"."""
        return [row for row in self.roles["opener"] if self.is_phrase(row) or self.lengths[row] <= LABEL_WORDS]

    def is_phrase(self, row: int) -> bool:
        """Whether a whole row is its phrase."""
        phrase = self.evidences.phrases[row]
        return phrase is not None and phrase.match == "line"

    def are(self, kinds: Collection[Kind | None]) -> NDArray[np.bool_]:
        """Which rows are of some kinds, or None for no kind."""
        wanted = np.zeros(len(_NUMBERS), bool)
        wanted[[_NUMBERS[kind] for kind in kinds]] = True
        return wanted[self.numbers]


def view(rows: Rows, evidences: Evidences, kinds: Sequence[Kind | None], scores: Scores) -> View:
    """What the finders look at in a batch."""
    lengths = rows.lengths
    # Thai and its neighbours have no full stop: there a long line is prose.
    prose = ((lengths >= PROSE_WORDS) & (rows.sentence_ends > 0)) | (rows.counts[:, Class.UNSPACED] >= _PROSE_LETTERS)
    numbers = np.fromiter(map(_NUMBERS.__getitem__, kinds), np.int64, len(kinds))
    roles: dict[Role | None, list[int]] = {role: [] for role in (*get_args(Role), None)}
    for row, phrase in enumerate(evidences.phrases):
        if phrase is not None:
            roles[phrase.role].append(row)
    unspaced = frozenset(np.flatnonzero(rows.counts[:, Class.UNSPACED]).tolist())
    in_region = scores.values[_REGION] >= 100
    betrays = _BETRAYING[scores.states]
    return View(rows, evidences, kinds, numbers, roles, lengths, prose, unspaced, in_region, betrays, scores.totals.copy())
