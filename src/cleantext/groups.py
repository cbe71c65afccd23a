"""Rows that belong together: those of a page, of a block, near each other, and of one shape.

A group is a number for each of its rows, so that what holds of a group is worked out for all rows of a batch at once. No group
reaches beyond its page.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = ["block_numbers", "first_alike", "page_starts", "page_totals", "run_numbers", "shape_codes", "totals_near"]


def page_totals(rows: Rows, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum over the page, for each row of it."""
    sums = np.concatenate(([0], np.cumsum(values)))
    return (sums[rows.bounds[1:]] - sums[rows.bounds[:-1]])[rows.page]


def totals_near(rows: Rows, values: NDArray[np.int64], reach: int) -> NDArray[np.int64]:
    """The sum over the rows of its page from ``reach`` rows before each to as many after it."""
    here = np.arange(len(rows))
    start = np.maximum(here - reach, rows.bounds[rows.page])
    stop = np.minimum(here + reach + 1, rows.bounds[rows.page + 1])
    sums = np.concatenate(([0], np.cumsum(values)))
    return sums[stop] - sums[start]


def page_starts(rows: Rows) -> NDArray[np.int64]:
    """The first row of each page that has any."""
    return rows.bounds[:-1][rows.bounds[:-1] < rows.bounds[1:]]


def run_numbers(rows: Rows, begins: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The number of each row's run, which begins at a flagged row or with the page."""
    begins = begins.copy()
    begins[page_starts(rows)] = True
    return np.cumsum(begins) - 1


def block_numbers(rows: Rows) -> NDArray[np.int64]:
    """The number of each row's block: a run of lines without a blank line between them."""
    return run_numbers(rows, rows.blank_before > 0)


def shape_codes(
    rows: Rows, words: NDArray[Any], case: NDArray[Any], begins: NDArray[Any], ends: NDArray[Any]
) -> NDArray[np.int64]:
    """A number for each row's page and shape: lines of like length, case, beginning and end, as the items of a menu or the
    cards of a list are. The arguments are the measurements of those names.
    """
    return (((rows.page * 64 + words // 4) * 2 + case // 51) * 64 + begins) * 8 + ends


def first_alike(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each value, the place of the first one that is the same: a number for each group of the same values.

    >>> first_alike(np.array([7, 9, 7])).tolist()
    [0, 1, 0]
    """
    seen: dict[int, int] = {}
    return np.fromiter(map(seen.setdefault, values.tolist(), count()), np.int64, len(values))
