"""Measurements to log-odds by additive scorecards.

A card gives points (hundredths of log-odds of main content) for each value of each measurement; a line's score is their
sum, so every score can be read off as a short list of reasons. The first card reads what a line is. The second reads that
again together with the first pass's scores around the line (:mod:`cleantext.context`), and its sum decides. Text that an
extractor has been over, or that has been cleaned, wants a gentler hand than a whole page with its menus: there is a second card
for each of three states of a page (:func:`page_states`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleantext.context import measure_context
from cleantext.measure import NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleantext.rows import Rows
    from cleantext.scorecard import Scorecard

__all__ = ["Scores", "page_states", "score"]

_WHOLE_SHORT = 60  # per cent of lines shorter than prose from which a page is taken as whole
_CLEAN_PHRASES = 3  # lines with a phrase or shape of chrome, per hundred, up to which a page is taken as clean
_FEW_PHRASES = 12  # the same for a page whose phrases are all of one kind: menus never come alone


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a batch."""

    values: NDArray[np.uint8]
    """What was measured, context included: measurements × rows."""
    states: NDArray[np.int64]
    """Which of :data:`cleantext.scorecard.STATES` each row's page is in."""
    totals: NDArray[np.int64]
    """The second pass's score of each row, hundredths of log-odds of main content."""


def score(rows: Rows, values: NDArray[np.uint8], card: Scorecard) -> Scores:
    """Score all rows of a batch in two passes.

    Args:
        rows: the lines.
        values: what was measured of them: measurements × rows.
        card: the points.
    """
    first = card.first.total(values) + card.first_trees.total(values)
    every = np.concatenate([values, measure_context(rows, values, first)])
    states = page_states(values)
    totals = card.second_trees.total(every)
    for state, second in enumerate(card.second):
        here = np.flatnonzero(states == state)
        totals[here] += second.total(every.take(here, axis=1))
    return Scores(every, states, totals)


def page_states(values: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The place in :data:`cleantext.scorecard.STATES` of each row's page."""
    phrases, kinds, short = (values[NAMES.index(name)] for name in ("page_phrases", "page_kinds", "page_short"))
    betrays_little = (phrases <= _CLEAN_PHRASES) | ((phrases <= _FEW_PHRASES) & (kinds <= 1))
    return np.where(betrays_little, 2, np.where(short < _WHOLE_SHORT, 1, 0))
