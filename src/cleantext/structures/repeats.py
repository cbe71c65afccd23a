"""Passages that stand on a page a second time, word for word.

Pages are made for screens of all sizes, so a passage may stand in them twice and only one be shown, and carousels begin again at
their end. A sentence that comes back alone may be quoted, or be what a table says of each of its rows; and a song repeats itself
too, but there next to nothing betrays chrome.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from cleantext.model import Kind
from cleantext.structures.view import PROSE_WORDS, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.structures.view import View

__all__ = ["repeats"]

_MOST_TIMES = 3  # what stands on a page more often belongs to a table, or to a form
_LONG_LINES = 0.25  # of a passage's words: code repeats itself too, in lines of a word or two
_REPEAT = Finding("structure.repeat", Kind.OUTSIDE, "The page has said it already, word for word.")


def repeats(view: View) -> Iterator[tuple[int, Finding]]:
    """The rows of each passage that a page has said already: the long line that betrays it, and what comes back around it."""
    behind = 0
    for original, copy in sorted(_copies(view), key=lambda pair: pair[1]):
        if copy < behind:
            continue  # in the passage just found
        above, below = _common(view, original, copy, -1), _common(view, original, copy, 1)
        behind = copy + below + 1
        lengths = view.lengths[copy - above : behind]
        told = lengths[lengths >= PROSE_WORDS].sum() >= _LONG_LINES * lengths.sum()
        if told and (above or below or copy == original + 1):
            for row in range(copy - above, behind):
                if view.kinds[row] is None and view.points[original + row - copy] >= 0:
                    yield row, _REPEAT


def _copies(view: View) -> Iterator[tuple[int, int]]:
    """Two rows of the same words: the first of them that is kept, and each other one."""
    rows = view.rows
    long = np.flatnonzero((view.lengths >= PROSE_WORDS) & view.are([None]) & view.betrays)
    # Before words are compared: the first and the last word, and how many there are.
    edges = rows.first_uses[[rows.word_edges[long], rows.word_edges[long + 1] - 1]]
    keys = np.array([rows.page[long], rows.word_counts[long], *edges])
    order = np.lexsort(keys)
    alike = np.flatnonzero((np.diff(keys[:, order]) == 0).all(axis=0))
    said = defaultdict(list)
    for row in sorted({*long[order[alike]].tolist(), *long[order[alike + 1]].tolist()}):
        said[rows.page[row], rows.text(row)].append(row)
    for same in said.values():
        kept = [row for row in same if view.points[row] >= 0]
        if len(same) <= _MOST_TIMES:
            for copy in kept[1:]:
                yield kept[0], copy


def _common(view: View, original: int, copy: int, step: int) -> int:
    """How many rows go on alike above or below two rows, until one passage meets the other."""
    rows = view.rows
    page = view.page(copy)
    most = min(copy - original - 1, original - page.start if step < 0 else page.stop - copy - 1)
    alike = 0
    while alike < most and rows.text(original + step * (alike + 1)) == rows.text(copy + step * (alike + 1)):
        alike += 1
    return alike
