"""What is measured of each line: numbers only, no opinion.

A measurement is an integer from 0 to 255 for every row of a batch, so that a scorecard is a table look-up and a page measures
the same alone and in any batch. Amounts are put on the scales of :mod:`cleantext.scales`, names are numbered in
:mod:`cleantext.measure.categories`. What speaks: prose is long, ends in full stops, is full of function words and stands among
its like; chrome is short, capitalised, repeated, and stands among its like too. So a line is measured itself
(:mod:`cleantext.measure.itself`), and then its surroundings are (:mod:`cleantext.measure.around`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleantext.measure.around import AROUND, measure_around
from cleantext.measure.itself import ITSELF, count_words, measure_itself

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.rows import Rows
    from cleantext.rules import Evidences

__all__ = ["MEASUREMENTS", "NAMES", "measure"]

MEASUREMENTS: tuple[tuple[str, str], ...] = (*ITSELF, *AROUND)
"""Name and meaning of each measurement, in the order of the rows of the matrix."""

NAMES = [name for name, _ in MEASUREMENTS]


def measure(rows: Rows, evidences: Evidences, covered: Sequence[bool]) -> NDArray[np.uint8]:
    """Measure all rows of a batch.

    Args:
        rows: the lines.
        evidences: what the rules found in them.
        covered: whether each page's language is known, and with it its function words.

    Returns:
        A matrix, measurements × rows.
    """
    words = count_words(rows)
    itself = measure_itself(rows, evidences, words, covered)
    values = itself | measure_around(rows, itself, words)
    return np.minimum(np.stack([values[name] for name in NAMES]), 255).astype(np.uint8)
