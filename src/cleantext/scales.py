"""The scales on which amounts are measured: every measurement is an integer from 0 to 255.

Counts are put on one scale that is fine for small numbers and coarse for large ones (:data:`SCALE`), shares are per cent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MANY_WORDS", "SCALE", "UNKNOWN", "on_bounded_scale", "on_scale", "per_cent"]

SCALE = np.array(
    [*range(1, 17), 18, 20, 22, 24, 27, 30, 34, 38, 43, 48, 54, 60, 68, 76, 86, 96, 108, 122, 137, 154, 173, 195, 219, 246, 277]
    + [312, 351, 395, 444]
    + [round(500 * 1.125**step) for step in range(80)], np.int64
)  # fmt: skip
"""Counts are measured by how many of these they reach: exact to 16, then steps of an eighth."""

_PLACES = np.searchsorted(SCALE, np.arange(10_000), side="right")  # a look-up is faster than a search, and most counts are small

UNKNOWN = 255
"""The value of a measurement that could not be made."""

MANY_WORDS = 4500
"""So many words of a page, block or region, or more: about nine pages in ten have fewer."""


def on_scale(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Counts as places on :data:`SCALE`.

    >>> on_scale(np.array([0, 3, 17, 500])).tolist()
    [0, 3, 16, 46]
    """
    if counts.max(initial=0) < len(_PLACES):
        return _PLACES.take(counts)
    return np.searchsorted(SCALE, counts, side="right")


def on_bounded_scale(counts: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The same of sums over many lines, where ``most`` and more are one: longer pages than those that points were fitted on must
    not fall into bins that a handful of them filled.
    """
    return on_scale(np.minimum(counts, most))


def per_cent(parts: NDArray[np.int64], wholes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Shares in whole per cent, 0 where the whole is 0.

    >>> per_cent(np.array([1, 2, 3]), np.array([2, 3, 0])).tolist()
    [50, 66, 0]
    """
    return np.where(wholes > 0, 100 * parts // np.maximum(wholes, 1), 0)
