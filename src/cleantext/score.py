"""Measurements to log-odds: two additive scorecards, read from ``data/scorecard.json``.

A card gives points (hundredths of log-odds of main content) for each value of each measurement; a line's score is their
sum, so every score can be read off as a short list of reasons. The first card reads what a line is. The second reads that
again together with the first pass's scores around the line (:mod:`cleantext.context`), and its sum decides.

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
from cleantext.measure import NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = ["CONTEXT_NAMES", "Card", "Scorecard", "Scores", "load_scorecard", "parse_scorecard", "score"]

CONTEXT_NAMES = [name for name, _ in CONTEXT]


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
        return self.points[np.arange(len(values))[:, None], values]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All points that the program knows."""

    origin: dict[str, Any]
    """Where the points come from: data, date, method, figures."""
    first: Card
    """Points for a line taken by itself and its plain surroundings."""
    second: Card
    """Points for the same measurements and those of context; this sum decides."""
    structure: dict[str, int]
    """Points that decisions about runs of lines add, by rule id."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a batch."""

    values: NDArray[np.uint8]
    """What was measured, context included: measurements × rows."""
    totals: NDArray[np.int64]
    """The second pass's score of each row, hundredths of log-odds of main content."""


def score(rows: Rows, values: NDArray[np.uint8], card: Scorecard) -> Scores:
    """Score all rows of a batch in two passes."""
    first = card.first.total(values)
    every = np.concatenate([values, measure_context(rows, values, first)])
    return Scores(every, card.second.total(every))


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

    Each card is an object: ``base``, and for each measurement a list of bins ``[last value, points]``, ascending, the last of
    which ends at 255.

    Raises:
        DataError: naming the card and the measurement that is wrong.
    """
    data = json.loads(source)
    return Scorecard(
        origin=data["origin"],
        first=_parse_card("first", data["first"], NAMES),
        second=_parse_card("second", data["second"], [*NAMES, *CONTEXT_NAMES]),
        structure=data["structure"],
    )


def _parse_card(where: str, data: dict[str, Any], names: list[str]) -> Card:
    if data["points"].keys() - set(names):
        raise DataError(f"scorecard.json, {where}: no such measurement: {sorted(data['points'].keys() - set(names))}")
    points = np.zeros((len(names), 256), np.int16)
    for name, bins in data["points"].items():
        lasts = [last for last, _ in bins]
        if lasts != sorted(set(lasts)) or not lasts or lasts[-1] != 255:
            raise DataError(f"scorecard.json, {where}.{name}: bins must ascend and end at 255")
        counts = np.diff([-1, *lasts])
        points[names.index(name)] = np.repeat([value for _, value in bins], counts)
    return Card(data["base"], points)
