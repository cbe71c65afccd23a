"""Runs of teasers of other stories.

* **Rivers**: stories, each a label, perhaps a credit, some prose, and a closer such as "Keep reading"; or blocks of headline and
  prose behind an opener such as "More from the magazine". A river hangs on an article: the page needs prose of its own before it,
  the more the less announces the river, or it is a list page, whose stories are its content.
* **Lists**: headlines under an opener such as "Most read".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleantext.groups import block_numbers
from cleantext.model import Kind
from cleantext.structures.view import LABEL_WORDS, OWN_WORDS, PROSE_WORDS, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.structures.view import View

__all__ = ["teaser_lists", "teaser_rivers"]

_STORY_LINES = 12  # a teaser's story is no longer than this between two closers
_STORY_WORDS = 260
_ANNOUNCED = 0.5  # what the page's own prose must be of the words of a river behind an opener
_UNANNOUNCED = 1.5  # and of one that only its closers betray: a list of places to see has such closers too
_OTHER_STORIES = 0.35  # below this share of common stems two texts speak of different things
_LIST_LINES = 24
_HEADLINE_WORDS = 22
_IN_STORIES = {None, Kind.TEASER, Kind.BYLINE, Kind.CAPTION, Kind.MEDIA, Kind.OUTSIDE}
_TEASER_RIVER = Finding("structure.teaser_river", Kind.TEASER, "Part of a run of teasers of other stories.")
_TEASER_LIST = Finding("structure.teaser_list", Kind.TEASER, "In a list of other stories.")


def teaser_rivers(view: View) -> Iterator[tuple[int, Finding]]:
    """The rows of each teaser river: labels, prose and closers."""
    closers = [row for row in view.roles["closer"] if view.is_phrase(row)]
    openers = view.openers()
    announced = {*openers}
    for first, last in [*_closed_rivers(view, closers, openers), *_announced_rivers(view, openers)]:
        share = _ANNOUNCED if first in announced else _UNANNOUNCED
        if view.own_words(first) >= max(OWN_WORDS, share * int(view.lengths[first : last + 1].sum())):
            for row in range(first, last + 1):
                yield row, _TEASER_RIVER


def _closed_rivers(view: View, closers: list[int], openers: list[int]) -> Iterator[tuple[int, int]]:
    """Stories that end in closers: several that speak of other things than the page, or one behind an opener."""
    for river in _runs_of_stories(view, closers):
        last = river[-1]
        announced = [
            row for row in openers if river[0] - _STORY_LINES <= row < river[0] and view.rows.page[row] == view.rows.page[last]
        ]
        first = announced[0] if announced else _river_start(view, river)
        if first < last and (announced or (len(river) > 1 and _echo(view, first, last) < _OTHER_STORIES)):
            yield first, last


def _runs_of_stories(view: View, closers: list[int]) -> Iterator[list[int]]:
    """Closers with no more than a teaser's story between one and the next."""
    run = closers[:1]
    for closer in closers[1:]:
        words = int(view.lengths[run[-1] + 1 : closer].sum())
        near = closer - run[-1] <= _STORY_LINES and words <= _STORY_WORDS
        if near and view.rows.page[closer] == view.rows.page[run[-1]]:
            run.append(closer)
        else:
            yield run
            run = [closer]
    if run:
        yield run


def _river_start(view: View, river: list[int]) -> int:
    """Where a river's first story starts: at the label before its prose; at the first closer when there is no label.

    The first story is at most half as long again as the longest of the others, so the search goes back no further.
    """
    rows = view.rows
    start = row = river[0]
    page = view.page(row).start
    budget = max((int(view.lengths[before:after].sum()) for before, after in pairwise(river)), default=_STORY_WORDS) * 3 // 2
    seen_prose = False
    while row > page and view.kinds[row - 1] in _IN_STORIES:
        row -= 1
        budget -= int(view.lengths[row])
        heads_block = rows.blank_before[row] and not rows.blank_before[row + 1]
        most = _HEADLINE_WORDS if heads_block else LABEL_WORDS
        is_label = view.lengths[row] <= most and rows.sentence_ends[row] == 0 and chr(rows.tail[row, 0]) != ":"
        if is_label and seen_prose:
            start = row
        elif start < river[0] or budget < 0:
            break
        elif view.lengths[row] >= PROSE_WORDS:
            seen_prose = True
    return start


def _announced_rivers(view: View, openers: list[int]) -> Iterator[tuple[int, int]]:
    """Blocks behind an opener that each begin with a headline and go on with prose, where an article has its paragraphs alone."""
    if not openers:
        return
    block = block_numbers(view.rows)
    for opener in openers:
        stop = view.page(opener).stop
        row, stories = opener + 1, 0
        while row < stop:
            end = row + int(np.searchsorted(block[row:stop], block[row], side="right"))
            if end - row > _STORY_LINES or not _is_headline(view, row) or view.prose[row] or not view.prose[row + 1 : end].any():
                break
            stories += 1
            row = end
        if stories > 1:
            yield opener, row - 1


def _echo(view: View, first: int, last: int) -> float:
    """The share of the stems of some rows' prose that the page's prose before them uses too."""
    page = view.page(first).start
    before = view.stems([row for row in range(page, first) if view.prose[row]])
    inside = view.stems([row for row in range(first, last) if view.prose[row]])
    return len(inside & before) / max(1, len(inside))


def teaser_lists(view: View) -> Iterator[tuple[int, Finding]]:
    """The headlines under a label that announces other stories, up to the first line that is none.

    A blank line ends the list, unless blank lines stand between all of its items. The last line before the article goes on is a
    heading as likely as a headline, and is left to its own score.
    """
    rows = view.rows
    for opener in view.openers():
        stop = min(view.page(opener).stop, opener + _LIST_LINES)
        row = opener + 1
        blank = int(rows.blank_before[row : row + 2].max(initial=0))
        while row < stop and rows.blank_before[row] <= blank and _is_headline(view, row):
            row += 1
        if row < stop and view.prose[row] and view.kinds[row] is None:
            row = max(opener + 1, row - 1)
            while row > opener + 1 and view.kinds[row] is not None:
                row -= 1
        for headline in range(opener + 1, row):
            yield headline, _TEASER_LIST


def _is_headline(view: View, row: int) -> bool:
    """Whether a line can be an item of a list of stories: a headline, or what stands beside one."""
    if view.kinds[row] not in _IN_STORIES:
        return False
    return bool(view.lengths[row] <= _HEADLINE_WORDS and view.rows.sentence_ends[row] <= 1)
