"""The body of the article and its title, which other lines tell, or the page as a whole.

* **Prose of the article**: sentences in its region, or in a run of them that is mostly kept, that nothing betrays as chrome.
  Where a page keeps no prose at all, its densest stretch of it: a short notice among many menus is still what the page is for.
* **Titles**: the headings above the article's first prose, with at most bylines and the like between.
* **Short pages**: of a few lines, what nothing betrays is kept.
* **Lines between** two kept ones: subheadings, and what leads into a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleantext.characters import TERMINAL, Class
from cleantext.context import find_regions
from cleantext.groups import page_totals, run_numbers
from cleantext.model import Kind
from cleantext.structures.view import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleantext.structures.view import View

__all__ = ["article_prose", "between", "short_pages", "titles"]

_TITLE_WORDS = 25
_TITLE_REACH = 15  # lines above the prose in which a title is looked for
_TITLE_PROSE = 4  # lines of prose in which its words are looked for
_STANDFIRST_WORDS = 6
_STANDFIRST_MOST_WORDS = 60
_STANDFIRST_ENDS = 3  # sentences
_NAME_WORDS = 3  # so few are as often an author or a section as a title
_BETWEEN = {Kind.BYLINE, Kind.CAPTION, Kind.SHARE, Kind.ADVERTISEMENT, Kind.MEDIA, Kind.COMMENT, Kind.TAGS, Kind.OUTSIDE}
_INSIDE = {Kind.CAPTION, Kind.ADVERTISEMENT, Kind.MEDIA, Kind.SHARE}
_ALONE = {Kind.NAVIGATION, Kind.TEASER, Kind.SUBSCRIBE, Kind.CONSENT, Kind.PAYWALL, Kind.LEGAL}
"""What stands inside articles too, a few lines between two of prose."""
_BOX_LINES = 3
_SENTENCE_WORDS = 5
_NOTE_WORDS = 250  # a page so short has no other prose than its article's
_MOSTLY = 0.85  # where that is so much of its words
_GAP_COST = 8  # words of prose that a line between them must be worth, for both to count as one stretch
_PROSE = Finding("structure.prose", Kind.TEXT, "A sentence of the article, by those around it.")
_ONLY_PROSE = Finding("structure.only_prose", Kind.TEXT, "A sentence in the densest prose of the page.")
_SHORT_LINES = 20
_SHORT_CHROME = 3
_SHORT_PAGE = Finding("structure.short_page", Kind.TEXT, "Nothing betrays it, on a page of few lines.")
_BETWEEN_KEPT = Finding("structure.between", Kind.TEXT, "A line between two of the article.")
_TITLE = Finding("structure.title", Kind.TITLE, "The heading above the article's first prose.")


def article_prose(view: View) -> Iterator[tuple[int, Finding]]:
    """Sentences in the article's region or in a run that is mostly kept; where a page keeps none at all, its densest prose.

    On a page that is mostly prose one kept sentence speaks for its run, and a short page needs none.
    """
    own = view.prose & view.are([None])
    own |= _beside_prose(view, own)
    kept = view.points >= 0
    run = _runs(view, own)
    words = page_totals(view.rows, view.lengths)
    mostly_prose = page_totals(view.rows, view.lengths * own) >= _MOSTLY * words
    mostly_kept = np.bincount(run, view.lengths * own * np.where(kept, 1, -1), minlength=1)[run] > 0
    partly_kept = np.bincount(run, own & kept, minlength=1)[run] > 0
    told = view.in_region | mostly_kept | (mostly_prose & (partly_kept | (words <= _NOTE_WORDS)))
    for row in np.flatnonzero(own & told).tolist():
        yield row, _PROSE
    first = last = None
    for start, stop in view.pages():
        here = slice(start, stop)
        if not own[here].any() or (view.prose[here] & kept[here]).any():
            continue
        if first is None or last is None:
            first, last = find_regions(view.rows, np.where(own, np.minimum(view.lengths, 40), -_GAP_COST))
        for row in range(int(first[start]), int(last[start]) + 1):
            if own[row]:
                yield row, _ONLY_PROSE


def _runs(view: View, own: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The number of each row's run, which ends at a row that is neither plain prose nor chrome that stands inside articles."""
    inside = view.are(_INSIDE)
    inside[view.roles["closer"]] = True
    alone = view.are(_ALONE)
    alone[view.roles["opener"]] = [not view.is_phrase(row) for row in view.roles["opener"]]
    inside |= _boxes(own, inside | alone)
    return run_numbers(view.rows, ~(own | inside))


def _boxes(prose: NDArray[np.bool_], chrome: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The few rows between two of prose where all of them are chrome, as a newsletter box inside an article is."""
    places = np.flatnonzero(prose)
    sums = np.concatenate(([0], np.cumsum(chrome)))
    between = np.diff(places) - 1
    boxed = (between > 0) & (between <= _BOX_LINES) & (sums[places[1:]] - sums[places[:-1]] == between)
    edges = np.zeros(len(prose) + 1, np.int64)
    edges[places[:-1][boxed] + 1] += 1
    edges[places[1:][boxed]] -= 1
    return np.cumsum(edges[:-1]) > 0


def _beside_prose(view: View, prose: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Sentences that are too short to be taken for prose by themselves, next to prose or to others that are: dialogue."""
    ended = view.are([None]) & view.rows.ends_in(TERMINAL) & (view.rows.sentence_ends > 0)
    short = ended & (view.lengths >= _SENTENCE_WORDS)
    run = run_numbers(view.rows, ~(prose | short))
    return short & (np.bincount(run, prose, minlength=1)[run] > 0)


def _neighbours(rows: NDArray[np.bool_], page: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rows stand right after one of some rows, in its page, and which right before one."""
    after, before = np.zeros((2, len(rows)), bool)
    same = page[1:] == page[:-1]
    after[1:] = rows[:-1] & same
    before[:-1] = rows[1:] & same
    return after, before


def between(view: View) -> Iterator[tuple[int, Finding]]:
    """Lines of the region that nothing betrays and that stand between two kept ones: subheadings and what leads into a list.

    Chrome beside them does not count.
    """
    kept, unnamed = view.points >= 0, view.are([None])
    rows = np.flatnonzero(kept | unnamed)
    beside = np.logical_and(*_neighbours(kept[rows], view.rows.page[rows]))
    for row in rows[beside & (~kept & unnamed & view.in_region)[rows]].tolist():
        yield row, _BETWEEN_KEPT


def short_pages(view: View) -> Iterator[tuple[int, Finding]]:
    """What nothing betrays on a page of few lines with hardly any chrome: there, what surrounds a line says little of it."""
    rows, unnamed = view.rows, view.are([None])
    short = (rows.page_lines <= _SHORT_LINES) & (page_totals(rows, (~unnamed).astype(np.int64)) <= _SHORT_CHROME)
    for row in np.flatnonzero(short & unnamed).tolist():
        yield row, _SHORT_PAGE


def titles(view: View) -> Iterator[tuple[int, Finding]]:
    """The heading above each page's first prose that speaks most of what the page speaks of, and the standfirst below it.

    Where none does, it is the line right above the prose.
    """
    heading, standfirst = _headings(view), _standfirsts(view)
    prose = view.prose & (view.points > 0)
    for start, stop in view.pages():
        said_in = (np.flatnonzero(prose[start:stop])[:_TITLE_PROSE] + start).tolist()
        if not said_in:
            continue
        first = said_in[0]
        reach = max(start, first - _TITLE_REACH)
        above = (np.flatnonzero(heading[reach:first]) + reach).tolist()
        if not above:
            continue
        said = view.stems(said_in)
        stems = {row: view.stems([row]) for row in above}
        above = [row for row in above if view.lengths[row] > 1 or (row == first - 1 and stems[row] and stems[row] <= said)]
        telling = [row for row in above if _echoes(stems[row], said)]
        telling = [row for row in telling if view.lengths[row] > _NAME_WORDS] or telling
        if telling:
            # The standfirst may say more of it than the title above it, but not much more.
            worth = {row: len(stems[row] & said) ** 2 / len(stems[row]) for row in telling}
            best = max(worth.values())
            title = next(row for row in telling if 2 * worth[row] >= best)
        else:
            title = _right_above(view, above, standfirst, first)
        if title is None:
            continue
        yield title, _TITLE
        below = next((row for row in range(title + 1, first) if standfirst[row]), None)
        if below is not None and _echoes(view.stems([below]), said):
            yield below, _TITLE


def _headings(view: View) -> NDArray[np.bool_]:
    """Which lines could be a headline: a few words, one sentence at most, no chrome, and not an item of a list."""
    rows = view.rows
    worded = (rows.first != Class.SEPARATOR) & (rows.first != Class.SYMBOL) & ~rows.ends_in(":,;")
    return worded & view.are([None]) & (view.lengths >= 1) & (view.lengths <= _TITLE_WORDS) & (rows.sentence_ends <= 1)


def _standfirsts(view: View) -> NDArray[np.bool_]:
    """Which lines could be what a headline's story is in short: a few sentences at most, and no chrome."""
    lengths, ends = view.lengths, view.rows.sentence_ends
    return view.are([None]) & (lengths >= _STANDFIRST_WORDS) & (lengths <= _STANDFIRST_MOST_WORDS) & (ends <= _STANDFIRST_ENDS)


def _echoes(stems: set[str], said: set[str]) -> bool:
    """Whether a line shares more than one stem with what is said, or most of its stems."""
    shared = len(stems & said)
    return shared > 1 or 2 * shared > len(stems)


def _right_above(view: View, above: list[int], standfirst: NDArray[np.bool_], prose: int) -> int | None:
    """The heading right above the prose, or above its standfirst, of more words than names and sections have if there is one."""
    long = [row for row in above if view.lengths[row] > _NAME_WORDS]
    for candidates in (long, above):
        row = max(candidates, default=None)
        if row is not None and all(
            view.kinds[other] in _BETWEEN or view.lengths[other] <= _NAME_WORDS or (standfirst[other] and view.prose[other])
            for other in range(row + 1, prose)
        ):
            return row
    return None
