"""Tables of contents: short lines that stand again further down, each as the heading of some prose.

They need no label and no language: what tells them is that the page repeats them, in the same order and with text between.
So does a refrain; but then nothing on the page betrays chrome, as a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleantext.model import Kind
from cleantext.structures.view import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.structures.view import View

__all__ = ["contents"]

_FEWEST = 3  # entries: two lines that stand twice may be chance
_ENTRY_WORDS = 10
_LABEL_WORDS = 3
_NUMBER = "0 "  # what any number in front of a folded line is made of
_CONTENTS = Finding("structure.contents", Kind.NAVIGATION, "In a table of contents: a heading further down repeats it.")


def contents(view: View) -> Iterator[tuple[int, Finding]]:
    """The entries of each table of contents, and the label right above them."""
    rows = view.rows
    short = (view.lengths > 0) & (view.lengths <= _ENTRY_WORDS) & ~rows.ends_in(".;,:")
    unnamed = view.are([None])
    prose = np.concatenate(([0], np.cumsum(view.prose)))  # lines of prose above each row
    for start, stop in view.pages():
        if unnamed[start:stop].all():
            continue
        places = (np.flatnonzero(short[start:stop] & unnamed[start:stop]) + start).tolist()
        keys = [rows.labels[row].lstrip(_NUMBER) or rows.labels[row] for row in places]
        headings = dict(zip(keys, places, strict=True))  # the last line of each key
        if len(places) - len(headings) < _FEWEST:
            continue
        entries: list[int] = []
        heading = start
        for row, target in [*zip(places, map(headings.__getitem__, keys), strict=True), (stop, stop)]:
            goes_on = entries and row == entries[-1] + 1 and prose[target] > prose[heading]
            if not goes_on:
                if len(entries) >= _FEWEST:
                    yield from ((entry, _CONTENTS) for entry in _with_label(view, entries))
                entries = []
            if row < target < stop:
                entries.append(row)
                heading = target


def _with_label(view: View, entries: list[int]) -> list[int]:
    above = entries[0] - 1
    labelled = above >= 0 and view.rows.page[above] == view.rows.page[entries[0]] and view.kinds[above] is None
    return [above, *entries] if labelled and view.lengths[above] <= _LABEL_WORDS else entries
