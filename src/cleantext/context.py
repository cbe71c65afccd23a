"""What the first pass's scores say about each line's surroundings.

The first pass scores each line from what it is; whether a short line is a heading or a menu item depends on what its
neighbours turned out to be. So the scores of the first pass, averaged over windows, the block, the page and the lines of the same
shape, are measured in their turn, as is the line's place towards the region: the stretch of lines whose scores, weighted
by words, have the largest sum (a maximum-sum subarray, found in one pass: Bentley 1984). It is where the article most
probably is. The second pass reads these beside the measurements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleantext.groups import block_numbers, first_alike, page_starts, page_totals, shape_codes
from cleantext.measure import NAMES
from cleantext.scales import MANY_WORDS, on_bounded_scale, per_cent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = ["CONTEXT", "find_regions", "measure_context"]

CONTEXT: tuple[tuple[str, str], ...] = (
    ("score", "its score in the first pass"),
    ("scores_1", "scores of the lines next to it"),
    ("scores_2", "scores within two lines"),
    ("scores_5", "scores within five lines"),
    ("scores_15", "scores within fifteen lines"),
    ("scores_40", "scores within forty lines"),
    ("scores_before", "scores of the three lines before"),
    ("scores_after", "scores of the three lines after"),
    ("scores_far_before", "scores of the ten lines before"),
    ("scores_far_after", "scores of the ten lines after"),
    ("scores_block", "scores of its block"),
    ("scores_page", "scores of the page"),
    ("scores_alike", "scores of the page's lines of its shape"),
    ("region", "whether it lies in the region of the article, and how far from its edge"),
    ("region_place", "its place between the region's edges"),
    ("region_words", "words in the region"),
    ("region_share", "share of the page's words in the region"),
    ("region_score", "scores in the region"),
)
"""Name and meaning of each measurement of context, in the order of the rows of the matrix."""

_LIMIT = 600  # a score beyond this says no more: hundredths of log-odds, probability 0.9975


def measure_context(rows: Rows, values: NDArray[np.uint8], scores: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Measure the context of all rows of a batch.

    Args:
        rows: the lines.
        values: their measurements, as :func:`cleantext.measure.measure` returns them.
        scores: their scores in the first pass, hundredths of log-odds.

    Returns:
        A matrix, measurements of context × rows.
    """
    clipped = np.clip(scores, -_LIMIT, _LIMIT)
    words = rows.lengths
    first, last = find_regions(rows, clipped * np.minimum(words, 40))
    here = np.arange(len(rows))
    inside = (here >= first) & (here <= last)
    depth = np.minimum(np.minimum(here - first, last - here), 20)
    beyond = np.minimum(np.maximum(first - here, here - last), 60)
    sums = np.concatenate(([0], np.cumsum(words)))
    score_sums = np.concatenate(([0], np.cumsum(clipped)))
    region_words = sums[last + 1] - sums[first]

    page_start, page_stop = rows.bounds[rows.page], rows.bounds[rows.page + 1]

    def mean(before: int, after: int, *, itself: bool = True) -> NDArray[np.int64]:
        start, stop = np.maximum(here - before, page_start), np.minimum(here + after + 1, page_stop)
        total, count = score_sums[stop] - score_sums[start], stop - start
        if not itself:
            total, count = total - clipped, np.maximum(count - 1, 1)
        return _as_byte(total // count)

    columns = (
        _as_byte(clipped),
        mean(1, 1, itself=False), mean(2, 2, itself=False), mean(5, 5), mean(15, 15), mean(40, 40),
        mean(3, 0, itself=False), mean(0, 3, itself=False), mean(10, 0, itself=False), mean(0, 10, itself=False),
        _as_byte(_group_means(block_numbers(rows), clipped)),
        _as_byte(page_totals(rows, clipped) // rows.page_lines),
        _as_byte(_group_means(first_alike(_shapes(rows, values)), clipped)),
        np.where(inside, 100 + depth, 99 - beyond),
        np.where(here < first, 0, np.where(here > last, 120, 10 + per_cent(here - first, last - first + 1))),
        on_bounded_scale(region_words, MANY_WORDS),
        per_cent(region_words, page_totals(rows, words)),
        _as_byte((score_sums[last + 1] - score_sums[first]) // (last - first + 1)),
    )  # fmt: skip
    return np.minimum(np.stack(columns), 255).astype(np.uint8)


def _shapes(rows: Rows, values: NDArray[np.uint8]) -> NDArray[np.int64]:
    columns = (values[NAMES.index(name)].astype(np.int64) for name in ("words", "capitalised", "begins", "ends"))
    return shape_codes(rows, *columns)


def _as_byte(scores: NDArray[np.int64]) -> NDArray[np.int64]:
    """Scores of ±600 as 0 to 240, a twentieth of log-odds a step; 120 is even odds."""
    return (scores + _LIMIT) // 5


def _group_means(groups: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    # Sums of integers below 2**53 are exact in the floats that bincount returns.
    totals = np.bincount(groups, values).astype(np.int64)
    return totals[groups] // np.bincount(groups)[groups]


def find_regions(rows: Rows, values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each row, the first and the last row of its page's region: the consecutive rows with the largest sum of values."""
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = page_starts(rows)
    page = np.searchsorted(starts, np.arange(len(rows)), side="right") - 1  # pages without rows do not count
    sums = np.cumsum(values)
    sums -= (sums - values)[starts][page]
    before = sums - values
    # Each page lies below the one before it by more than any sum, so that the running minimum starts anew with it.
    fall = page * (2 * int(np.abs(sums).max()) + int(np.abs(values).max()) + 1)
    lowest = np.minimum.accumulate(before - fall) + fall
    gain = sums - lowest

    def first_in_page(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        places = np.flatnonzero(flags)
        return places[np.searchsorted(places, starts)]

    last = first_in_page(gain == np.maximum.reduceat(gain, starts)[page])
    first = first_in_page(before == lowest[last][page])
    return first[page], last[page]
