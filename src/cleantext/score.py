"""Measurements to log-odds by additive scorecards, read from ``data/scorecard.json``.

A card gives points (hundredths of log-odds of main content) for each value of each measurement; a line's score is their
sum, so every score can be read off as a short list of reasons. The first card reads what a line is. The second reads that
again together with the first pass's scores around the line (:mod:`cleantext.context`), and its sum decides. Text that an
extractor has been over, or that has been cleaned, wants a gentler hand than a whole page with its menus: there is a second card
for each of three states of a page (:func:`page_states`).

Points are integers and are only ever read from the file, which names its own origin; ``benchmarks/fit.py`` writes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from cleantext.context import CONTEXT, measure_context
from cleantext.errors import DataError
from cleantext.measure import CATEGORIES, NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = [
    "CONTEXT_NAMES", "STATES", "Card", "Scorecard", "Scores", "load_scorecard",
    "page_states", "parse_card", "parse_scorecard", "score",
]

CONTEXT_NAMES = [name for name, _ in CONTEXT]

STATES = ("whole", "extracted", "clean")
"""A whole page with its menus; text that is mostly prose; text that betrays next to no chrome."""

_WHOLE_SHORT = 60  # per cent of lines shorter than prose from which a page is taken as whole
_CLEAN_PHRASES = 3  # lines with a phrase or shape of chrome, per hundred, up to which a page is taken as clean


@dataclass(frozen=True, slots=True)
class Card:
    """Points for each value of each of some measurements."""

    base: int
    """Points that every line gets."""
    points: NDArray[np.int16]
    """Measurements × 256 values."""

    def total(self, values: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The score of each row: the sum of the points of its values."""
        return self.of(values).sum(axis=0, dtype=np.int64) + self.base

    def of(self, values: NDArray[np.uint8]) -> NDArray[np.int16]:
        """The points of each value: measurements × rows."""
        return self.points.ravel().take(values + 256 * np.arange(len(values))[:, None])


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All points that the program knows."""

    origin: dict[str, Any]
    """Where the points come from: data, date, method, figures."""
    first: Card
    """Points for a line taken by itself and its plain surroundings."""
    second: tuple[Card, ...]
    """Points for the same measurements and those of context, a card for each of :data:`STATES`; this sum decides."""
    structure: dict[str, int]
    """Points that decisions about runs of lines add, by rule id."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a batch."""

    values: NDArray[np.uint8]
    """What was measured, context included: measurements × rows."""
    states: NDArray[np.int64]
    """Which of :data:`STATES` each row's page is in."""
    totals: NDArray[np.int64]
    """The second pass's score of each row, hundredths of log-odds of main content."""


def score(rows: Rows, values: NDArray[np.uint8], card: Scorecard) -> Scores:
    """Score all rows of a batch in two passes."""
    first = card.first.total(values)
    every = np.concatenate([values, measure_context(rows, values, first)])
    states = page_states(values)
    totals = np.zeros(len(rows), np.int64)
    for state, second in enumerate(card.second):
        here = np.flatnonzero(states == state)
        totals[here] = second.total(every[:, here])
    return Scores(every, states, totals)


def page_states(values: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The place in :data:`STATES` of each row's page."""
    mostly_prose = values[NAMES.index("page_short")] < _WHOLE_SHORT
    betrays_nothing = values[NAMES.index("page_phrases")] <= _CLEAN_PHRASES
    return np.where(betrays_nothing, 2, np.where(mostly_prose, 1, 0))


@cache
def load_scorecard() -> Scorecard:
    """The scorecard that the package ships.

    Raises:
        DataError: the file breaks its form.
    """
    path = resources.files("cleantext") / "data" / "scorecard.json"
    return parse_scorecard(path.read_text(encoding="utf-8"))


def parse_scorecard(source: str) -> Scorecard:
    """Parse the text of a scorecard.

    Each card is an object: ``base``, and for each measurement either a list of bins ``[last value, points]``, ascending, the
    last of which ends at 255; or, where values are names, an object of points by name, 0 for those that it leaves out.

    Raises:
        DataError: naming the card and the measurement that is wrong.
    """
    data = json.loads(source)
    return Scorecard(
        origin=data["origin"],
        first=parse_card("first", data["first"], NAMES),
        second=tuple(parse_card(f"second.{state}", data["second"][state], [*NAMES, *CONTEXT_NAMES]) for state in STATES),
        structure=data["structure"],
    )


def parse_card(where: str, data: dict[str, Any], names: list[str]) -> Card:
    """Parse one card; ``where`` names it in errors, ``names`` are the measurements that it may speak of."""
    if data["points"].keys() - set(names):
        raise DataError(f"scorecard.json, {where}: no such measurement: {sorted(data['points'].keys() - set(names))}")
    points = np.zeros((len(names), 256), np.int16)
    for name, bins in data["points"].items():
        row = points[names.index(name)]
        if name in CATEGORIES:
            values = {label: value for value, label in CATEGORIES[name].items()}
            if bins.keys() - values.keys():
                raise DataError(f"scorecard.json, {where}.{name}: no such names: {sorted(bins.keys() - values.keys())}")
            row[[values[label] for label in bins]] = list(bins.values())
            continue
        lasts = [last for last, _ in bins]
        if lasts != sorted(set(lasts)) or not lasts or lasts[-1] != 255:
            raise DataError(f"scorecard.json, {where}.{name}: bins must ascend and end at 255")
        row[:] = np.repeat([value for _, value in bins], np.diff([-1, *lasts]))
    return Card(data["base"], points)
