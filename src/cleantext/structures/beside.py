"""Lines that another one tells, mostly the one beside them: each could be content anywhere else.

* **Caption blocks**: a few lines without full stops in one block with a caption or credit.
* **Names**: the author, on a line right above a byline or the date, and below the headline or another byline.
* **Profiles**: what stands in a box about the author, below its heading.
* **Biographies**: prose that begins with the name of a byline.
* **Tags**: the short lines below a label for them.
"""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import numpy as np

from cleantext.characters import Class
from cleantext.groups import block_numbers
from cleantext.model import Kind
from cleantext.structures.view import OWN_WORDS, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.structures.view import View

__all__ = ["biographies", "caption_blocks", "names", "profiles", "tag_lists"]

_CAPTION_WORDS = 45
_CAPTION_LINES = 4
_NAME_WORDS = range(2, 5)
_HEADLINE_WORDS = 5
_PROFILE_LINES = 4
_BYLINE_WORDS = 12
_PROFILE_WORDS = 150
_TAG_WORDS = 4
_CASELESS = 0x590  # from here on most scripts, Hebrew the first of them, have no capitals
_CAPTION_BLOCK = Finding("structure.caption_block", Kind.CAPTION, "In one block with a caption or credit.")
_NAME = Finding("structure.name", Kind.BYLINE, "A name between the headline and the byline or date.")
_PROFILE = Finding("structure.profile", Kind.BYLINE, "In a box about the author.")
_BIOGRAPHY = Finding("structure.biography", Kind.BYLINE, "About the author: it begins with the name in the byline.")
_TAG = Finding("structure.tag", Kind.TAGS, "In a list of tags.")


def caption_blocks(view: View) -> Iterator[tuple[int, Finding]]:
    """The other lines of a small block in which a caption, or a share label beside one, stands."""
    captions = np.flatnonzero(view.are([Kind.CAPTION])).tolist()
    if not captions:
        return
    block = block_numbers(view.rows)
    for row in captions:
        first = int(np.searchsorted(block, block[row]))
        last = int(np.searchsorted(block, block[row], side="right"))
        if not 1 < last - first <= _CAPTION_LINES:
            continue
        others = [other for other in range(first, last) if other != row]
        if all(_is_fragment(view, other) for other in others):
            for other in others:
                if view.kinds[other] is None:
                    yield other, _CAPTION_BLOCK


def _is_fragment(view: View, row: int) -> bool:
    """Whether a row could be part of a caption: not long, and no sentence ends in it."""
    rows = view.rows
    return len(rows.words[row]) <= _CAPTION_WORDS and rows.sentence_ends[row] == 0 and chr(rows.tail[row, 0]) != ":"


def names(view: View) -> Iterator[tuple[int, Finding]]:
    """The author's name right above a byline or date, and right below what could be a headline, or below a byline too."""
    rows = view.rows
    caseless = (rows.first == Class.UNSPACED) | ((rows.first == Class.LOWER) & (rows.edge >= _CASELESS))
    worded = (rows.sentence_ends == 0) & (rows.counts[:, Class.DIGIT] == 0) & ((rows.capitals == view.lengths) | caseless)
    for byline in np.flatnonzero(view.are([Kind.BYLINE])).tolist():
        row, above = byline - 1, byline - 2
        if above < 0 or rows.page[above] != rows.page[byline] or rows.blank_before[byline]:
            continue
        headed = view.kinds[above] is None and view.lengths[above] >= _HEADLINE_WORDS and rows.sentence_ends[above] <= 1
        between = view.kinds[above] is Kind.BYLINE and not rows.blank_before[row]
        if (headed or between) and view.kinds[row] is None and worded[row] and view.lengths[row] in _NAME_WORDS:
            yield row, _NAME


def profiles(view: View) -> Iterator[tuple[int, Finding]]:
    """The few lines below a heading such as "About the author": all up to the next chrome, or to the first prose."""
    for label in view.roles["profile"]:
        if not view.is_phrase(label) or view.own_words(label) < OWN_WORDS:
            continue
        stop = view.page(label).stop
        box = list(takewhile(lambda row: view.kinds[row] is None, range(label + 1, min(stop, label + 2 + _PROFILE_LINES))))
        if len(box) > _PROFILE_LINES:
            told = next((row for row in box if view.prose[row]), label)
            box = [row for row in box if row <= told]
        if view.lengths[box].sum() <= _PROFILE_WORDS:
            for row in box:
                yield row, _PROFILE


def biographies(view: View) -> Iterator[tuple[int, Finding]]:
    """The prose that begins with the name of a byline, on a page that has more prose than that: "Jo Doe is a writer in Rome."."""
    rows = view.rows
    bylines = np.flatnonzero(view.are([Kind.BYLINE]) & (view.lengths <= _BYLINE_WORDS)).tolist()
    if not bylines:
        return
    named = {(rows.page[row], *pair) for row in bylines for pair in pairwise(rows.words[row])}
    bylined = np.zeros(len(rows.pages), bool)
    bylined[rows.page[bylines]] = True
    told = view.prose & view.are([None])
    for row in np.flatnonzero(told & bylined[rows.page]).tolist():
        if (rows.page[row], *rows.words[row][:2]) in named and _begins_with_name(rows.text(row)):
            page = view.page(row)
            if view.lengths[page][view.prose[page]].sum() - view.lengths[row] >= OWN_WORDS:
                yield row, _BIOGRAPHY


def _begins_with_name(text: str) -> bool:
    """Whether a line begins with two words that could be a name."""
    return all(word.lstrip("(*").isalpha() and not word.lstrip("(*")[0].islower() for word in text.split()[:2])


def tag_lists(view: View) -> Iterator[tuple[int, Finding]]:
    """The short lines after a label for tags that ends in a colon, to the end of the block."""
    rows = view.rows
    for label in np.flatnonzero(view.are([Kind.TAGS]) & (rows.tail[:, 0] == ord(":"))).tolist():
        stop = view.page(label).stop

        def is_tag(row: int) -> bool:
            fits = not rows.blank_before[row] and 0 < view.lengths[row] <= _TAG_WORDS and not rows.sentence_ends[row]
            return bool(fits and view.kinds[row] is None)

        for row in takewhile(is_tag, range(label + 1, stop)):
            yield row, _TAG
