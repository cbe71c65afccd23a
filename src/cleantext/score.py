"""Measurements to log-odds by additive scorecards.

A card gives points (hundredths of log-odds of main content) for each value of each measurement; a line's score is their
sum, so every score can be read off as a short list of reasons. The first card reads what a line is. The second reads that
again together with the first pass's scores around the line (:mod:`cleantext.context`). A network that reads the lines in their
order (:mod:`cleantext.network`) has as much to say, and their sum decides. Text that an extractor has been over, or that has been
cleaned, wants a gentler hand than a whole page with its menus, and where no file lists the language, what phrases there are says
nothing: there is a second card for each of four states of a page (:func:`page_states`). At last the page as a whole: where little
is sure, more is kept (:func:`leniency`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleantext.context import measure_context
from cleantext.groups import page_starts, page_totals
from cleantext.measure import NAMES
from cleantext.measure.categories import WHOLE_PHRASES, outside_prose
from cleantext.model import Kind
from cleantext.rules import RULES
from cleantext.scales import UNKNOWN, on_scale
from cleantext.scorecard import STATES
from cleantext.wording import measure_wording

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleantext.rows import Rows
    from cleantext.scorecard import Scorecard

__all__ = ["Scores", "allowed", "asks_further", "leniency", "page_states", "score"]

_WHOLE, _EXTRACTED, _CLEAN, _UNLISTED = range(len(STATES))
_WHOLE_SHORT = 60  # per cent of lines shorter than prose from which a page is taken as whole
_WHOLE_LINES = int(on_scale(np.array([30]))[0])  # a page with fewer has no menus to speak of
_CLEAN_PHRASES = 3  # lines with a phrase or shape of chrome, per hundred, up to which a page is taken as clean
_FEW_PHRASES = 12  # the same for a page whose phrases are all of one kind: menus never come alone
_MUCH_PROSE = 20  # per cent of words; with less, a page has few function words in any language
_LIMIT = 700  # a score beyond this is sure
_TEMPERATURE = 0.8  # the mean of what two models say is less sure than it is right
_CHANCES = np.round(1000 / (1 + np.exp(-np.arange(-_LIMIT, _LIMIT + 1) / (100 * _TEMPERATURE)))).astype(np.int64)
_ASKED = np.ones(256, bool)
_ASKED[WHOLE_PHRASES] = False
_OF_A_KIND = np.array([False, *(rule.kind is not Kind.OUTSIDE for rule in RULES)])
_MOST_LENIENT = 110  # beyond, a page with no content at all would be kept for want of better
_LENIENCIES = np.clip(np.round(-100 * np.log(np.arange(1, 1001) / (2000 - np.arange(1, 1001)))), 0, _MOST_LENIENT).astype(
    np.int64
)  # by expected F1 in thousandths, from 1


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a batch."""

    values: NDArray[np.uint8]
    """What was measured, wording and context included: :data:`cleantext.scorecard.SECOND_NAMES` × rows."""
    states: NDArray[np.int64]
    """Which of :data:`cleantext.scorecard.STATES` each row's page is in."""
    network: NDArray[np.int64]
    """What the network adds to each row."""
    leniency: NDArray[np.int64]
    """What each row's page adds."""
    totals: NDArray[np.int64]
    """The second pass's score of each row and its page's leniency, hundredths of log-odds of main content."""


def score(rows: Rows, values: NDArray[np.uint8], card: Scorecard) -> Scores:
    """Score all rows of a batch in two passes.

    Args:
        rows: the lines.
        values: what was measured of them: measurements × rows.
        card: the points.
    """
    itself = np.concatenate([values, measure_wording(rows, card.words)[None]])
    free = np.flatnonzero(asks_further(values))
    first = card.first.total(itself)
    first[free] += card.first_trees.total(itself.take(free, axis=1))
    every = np.concatenate([itself, measure_context(rows, values, first)])
    states = page_states(values)
    network = allowed(values, card.network.total(every, rows))
    totals = network.copy()
    totals[free] += card.second_trees.total(every.take(free, axis=1))
    for state, second in enumerate(card.second):
        here = np.flatnonzero(states == state)
        totals[here] += second.total(every.take(here, axis=1))
    lenient = leniency(rows, totals)
    return Scores(every, states, network, lenient, totals + lenient)


def leniency(rows: Rows, totals: NDArray[np.int64]) -> NDArray[np.int64]:
    """Points for all lines of a page, the more the less sure its lines are.

    The choice of lines with the best expected F1 keeps those whose probability is above half of that F1 (Lipton, Elkan and
    Naryanaswamy 2014, *Optimal thresholding of classifiers to maximize F1 measure*): just below even odds where the lines
    tell the article clearly, far below where they do not.

    Args:
        rows: the lines.
        totals: their scores.
    """
    words = rows.lengths
    expected = words * _CHANCES[np.clip(totals, -_LIMIT, _LIMIT) + _LIMIT]
    best_first = np.lexsort((-totals, rows.page))
    starts = page_starts(rows)
    in_page = page_totals(rows, expected)
    # Integers throughout: a page comes out the same alone and in any batch.
    f1 = 2000 * _running(rows, expected[best_first]) // np.maximum(_running(rows, 1000 * words[best_first]) + in_page, 1)
    best = np.maximum.reduceat(f1, starts)
    return np.repeat(_LENIENCIES[np.maximum(best, 1) - 1], rows.page_lines[starts])


def _running(rows: Rows, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The running sums of each page."""
    sums = np.concatenate(([0], np.cumsum(values)))
    return sums[1:] - sums[rows.bounds[rows.page]]


def allowed(values: NDArray[np.uint8], network: NDArray[np.int64]) -> NDArray[np.int64]:
    """What the network may add: nothing to a listed phrase, and nothing but doubt to what else a rule takes for chrome.

    What rules are worth stands in the cards, where it is bounded by policy: the data keeps many a credit and teaser.

    Args:
        values: what was measured of the rows, measurements × rows.
        network: what it would add to each.
    """
    told = outside_prose(values[NAMES.index("phrase")]) | _OF_A_KIND.take(values[NAMES.index("shape")])
    return np.where(asks_further(values), np.where(told, np.minimum(network, 0), network), 0)


def asks_further(values: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which rows trees and network are asked about: not a listed phrase, which means the same wherever it stands."""
    return _ASKED.take(values[NAMES.index("phrase")])


def page_states(values: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The place in :data:`cleantext.scorecard.STATES` of each row's page."""
    names = ("page_phrases", "page_kinds", "page_short", "page_lines", "page_prose", "stopwords")
    phrases, kinds, short, lines, prose, stopwords = (values[NAMES.index(name)] for name in names)
    betrays_little = (phrases <= _CLEAN_PHRASES) | ((phrases <= _FEW_PHRASES) & (kinds <= 1))
    whole = (short >= _WHOLE_SHORT) & (lines >= _WHOLE_LINES)
    unlisted = (stopwords == UNKNOWN) & (prose >= _MUCH_PROSE)
    return np.where(betrays_little, np.where(unlisted, _UNLISTED, _CLEAN), np.where(whole, _WHOLE, _EXTRACTED))
