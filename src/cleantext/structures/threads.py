"""What readers wrote below an article: comments, or customers' reviews, under a heading for them.

What tells a thread is its rhythm: a name, a date, a few sentences, a button to reply, again and again, in any language; what
extractors leave of it is often a list of posts. A forum has the same rhythm, but there it is the content: a thread hangs on an
article, so the page needs prose of its own above the heading. And where headings stand all over a page, they count the comments
on its many stories.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from cleantext.model import Kind
from cleantext.structures.view import OWN_WORDS, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from cleantext.structures.view import View

__all__ = ["threads"]

_MOST_HEADINGS = 6  # of a page with one thread: a link at the top, the heading, "Leave a reply", "Older comments"
_FEWEST = 2  # lines that dates and the comment area's own phrases betray
_DATE_WORDS = 15
_BUTTON_WORDS = 3
_BUTTON_TIMES = 3  # a line of so few words that stands so often is a button, or part of each date
_ITEM = regex.compile(r"\s*(?:[•▪◦*–-]|\d{1,4}[.)])\s")
_POST_LINES = 20  # no post is longer
_POST_WORDS = 800
_THREAD = Finding("structure.thread", Kind.COMMENT, "In a thread of what readers wrote.")


def threads(view: View) -> Iterator[tuple[int, Finding]]:
    """The names, dates and posts of each thread."""
    headings = view.roles["thread"]
    if not headings:
        return
    rows = view.rows
    told = view.are([Kind.COMMENT]) | (view.are([Kind.BYLINE]) & (view.lengths <= _DATE_WORDS))
    told[headings] = False
    on_page = Counter(rows.page[headings].tolist())
    behind = 0
    for heading in headings:
        if heading < behind or on_page[int(rows.page[heading])] > _MOST_HEADINGS or view.own_words(heading) < OWN_WORDS:
            continue
        items = _items(view, heading)
        marks = _marks(view, heading, told, items)
        end = _behind(view, marks)
        # Without dates and buttons, other lists have such a heading too.
        lists_tell = any(map(str.isdigit, rows.text(heading))) or view.betrays[heading] or end == view.page(heading).stop
        if sum(bool(told[row]) or (lists_tell and row in items) for row in marks) < _FEWEST:
            continue
        behind = end
        for row in range(heading + 1, behind):
            if view.kinds[row] in {None, Kind.BYLINE}:
                yield row, _THREAD


def _items(view: View, heading: int) -> set[int]:
    """The items of the list that begins right below a heading: without its buttons, a thread is that."""
    below = range(heading + 1, view.page(heading).stop)
    if not below or not _ITEM.match(view.rows.text(below[0])):
        return set()
    return {row for row in below if _ITEM.match(view.rows.text(row))}


def _marks(view: View, heading: int, told: NDArray[np.bool_], items: set[int]) -> list[int]:
    """The heading and the lines below it that part one post from the next, as long as no more than a post lies between them."""
    rows, headings = view.rows, {*view.roles["thread"]}
    stop = view.page(heading).stop
    times = Counter(rows.labels[heading:stop])
    marks = [heading]
    words = 0
    for row in range(heading + 1, stop):
        if row - marks[-1] > _POST_LINES or words > _POST_WORDS:
            break
        button = 0 < view.lengths[row] <= _BUTTON_WORDS and times[rows.labels[row]] >= _BUTTON_TIMES
        if told[row] or row in items or row in headings or button:
            marks.append(row)
            words = 0
        else:
            words += int(view.lengths[row])
    return marks


def _behind(view: View, marks: list[int]) -> int:
    """The row behind a thread: the last post goes on below the last mark where posts end without one."""
    last = marks[-1]
    longest = max((below - above for above, below in pairwise(marks)), default=1)
    row = last + 1
    while row < min(view.page(last).stop, last + longest) and view.kinds[row] is None:
        row += 1
    return row
