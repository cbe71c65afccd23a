"""What the words of a line are worth: "subscribe" and "cart" stand in chrome, "said" and "because" in articles.

The first and plainest model of the two passes: a sum of points over words, as in any linear text classifier, divided by the
square root of the number of words so that long lines do not outweigh short ones. The points of words are in the scorecard. Words
that it does not know, as in the languages it was not fitted on, say nothing.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = ["WORDING", "measure_wording"]

WORDING = "wording"
"""The measurement's name."""
_NEUTRAL = 128
_STEP = 5  # hundredths of log-odds


def measure_wording(rows: Rows, words: Mapping[str, int]) -> NDArray[np.uint8]:
    """Measure the wording of all rows of a batch.

    Args:
        rows: the lines.
        words: points of folded words, hundredths of log-odds of main content.

    Returns:
        A value for each row: 128 where its words say nothing, less for chrome.
    """
    sums = np.concatenate(([0], np.cumsum(rows.look_up(repeat(words, len(rows.pages))))))
    totals = sums[rows.word_edges[1:]] - sums[rows.word_edges[:-1]]
    steps = np.floor(totals / (_STEP * np.sqrt(np.maximum(rows.word_counts, 1)))).astype(np.int64)
    return np.clip(_NEUTRAL + steps, 0, 254).astype(np.uint8)
