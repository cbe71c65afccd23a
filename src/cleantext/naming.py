"""The one kind of every row, for people and for ``keep``; it never decides what is kept."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleantext.characters import is_one_of
from cleantext.groups import block_numbers
from cleantext.lexicon import ALWAYS, load_language
from cleantext.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = ["name_kinds"]

_TITLE_WORDS = 25
_PROSE_WORDS = 10
_HEADLINE_WORDS = 5  # an item of a menu has fewer
_TAG_WORDS = 3
_HINT_WORDS = 20
_BACKWARD, _FORWARD = "«‹←", "»›→"  # one of them makes a link to the page before or after; both are quotation marks
_SECTIONS = {Kind.NAVIGATION, Kind.TEASER, Kind.COMMENT, Kind.TAGS, Kind.CONSENT, Kind.SUBSCRIBE, Kind.PAYWALL, Kind.LEGAL}
"""A line of these speaks for the unnamed lines after it: a section's heading, or the first of its items."""
_PASSING = {Kind.BYLINE, Kind.CAPTION, Kind.MEDIA, Kind.OUTSIDE}
"""A line of these stands inside a section without ending it."""


def name_kinds(rows: Rows, kinds: Sequence[Kind | None], keep: NDArray[np.bool_], titles: Collection[int]) -> list[Kind]:
    """The kind of each row: its own evidence's, what a word of it tells, its section's, a named neighbour's, or outside."""
    kept, first_rows = keep.tolist(), set(rows.bounds.tolist())
    turns_page = (is_one_of(rows.edge, _BACKWARD) != is_one_of(rows.tail[:, 0], _FORWARD)).tolist()
    named: list[Kind] = []
    section: Kind | None = None
    for row, own in enumerate(kinds):
        if kept[row] or row in first_rows:
            section = None
        if kept[row]:
            named.append(Kind.TEXT)
        elif own is not None:
            section = own if own in _SECTIONS else section if own in _PASSING else None
            named.append(own)
        else:
            section = None if section is Kind.TAGS and len(rows.words[row]) > _TAG_WORDS else section
            hint = Kind.NAVIGATION if turns_page[row] else _hint(rows.words[row])
            named.append(hint or _in_section(section, len(rows.words[row])))
    _name_by_neighbours(rows, kinds, kept, named)
    for start, stop in pairwise(rows.bounds.tolist()):
        title = next((row for row in range(start, stop) if row in titles and kept[row]), None)
        title = _title(rows, keep, start, stop) if title is None else title
        if title is not None:
            named[title] = Kind.TITLE
    return named


def _in_section(section: Kind | None, words: int) -> Kind:
    """The kind of an unnamed line behind a line of a section's kind; a headline among menus is a teaser."""
    if section is Kind.NAVIGATION and words >= _HEADLINE_WORDS:
        return Kind.TEASER
    return section or Kind.OUTSIDE


def _name_by_neighbours(rows: Rows, kinds: Sequence[Kind | None], kept: list[bool], named: list[Kind]) -> None:
    """Give removed rows that nothing names the kind of the row before or after them in their block."""
    unnamed = [row for row, kind in enumerate(named) if kind is Kind.OUTSIDE and kinds[row] is None]
    block = block_numbers(rows).tolist() if unnamed else []
    for row in unnamed:
        for other in (row - 1, row + 1):
            beside = 0 <= other < len(named) and block[other] == block[row] and not kept[other]
            if beside and kinds[other] is not None:
                named[row] = named[other]
                break


def _hint(words: Sequence[str]) -> Kind | None:
    """The kind that a word of a short line tells, where the line is known to be boilerplate."""
    hints = load_language(ALWAYS[0]).hints
    return next((hints[word] for word in words if word in hints), None) if len(words) <= _HINT_WORDS else None


def _title(rows: Rows, keep: NDArray[np.bool_], start: int, stop: int) -> int | None:
    """The first kept row of a page when it is short, one sentence at most, and longer prose or a verse of lines follows."""
    kept = np.flatnonzero(keep[start:stop])[:6] + start
    if len(kept) < 2:
        return None
    first, *others = kept.tolist()
    lengths = rows.lengths
    short = len(rows.words[first]) <= _TITLE_WORDS and rows.sentence_ends[first] <= 1
    verse = len(others) > 1 and rows.blank_before[others[0]] > 0 and rows.blank_before[others[1]] == 0
    if short and (verse or any(lengths[other] > max(_PROSE_WORDS, lengths[first]) for other in others)):
        return int(first)
    return None
