"""All points that the program knows, read from ``data/scorecard.json``.

A card gives points (hundredths of log-odds of main content) for each value of each measurement, trees for values that come
together (:mod:`cleantext.trees`), and a network for lines that do (:mod:`cleantext.network`). Points are integers and are only
ever read from the file, which names its own origin; ``benchmarks/fit.py`` writes it. What breaks the file's form is named
when the file is read, because wrong points would otherwise show as nothing but wrong answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from cleantext.context import CONTEXT
from cleantext.errors import DataError
from cleantext.forms import SCORECARD_FILE, an_object, broken, fields
from cleantext.measure import NAMES
from cleantext.measure.categories import CATEGORIES
from cleantext.network import parse_network
from cleantext.scales import UNKNOWN
from cleantext.trees import DEPTH, Tree, Trees
from cleantext.wording import WORDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.network import Network

__all__ = [
    "FIRST_NAMES", "SECOND_NAMES", "STATES", "Card", "Scorecard", "load_scorecard", "parse_card", "parse_scorecard",
    "parse_trees",
]  # fmt: skip

FIRST_NAMES = (*NAMES, WORDING)
"""The measurements that the first card speaks of, in the order of the matrix's rows."""
SECOND_NAMES = (*FIRST_NAMES, *(name for name, _ in CONTEXT))
"""The same and those of context, which the second cards speak of."""

STATES = ("whole", "extracted", "clean", "unlisted")
"""A whole page with its menus; text that is mostly prose; text that betrays next to no chrome; the same in a language that no
file lists, of whose chrome nothing can be known by its words."""

_MOST = np.iinfo(np.int16).max


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
    """The cards of both passes, what trees and the network add to them, and what structures add."""

    origin: dict[str, Any]
    """Where the points come from: data, date, method, figures."""
    words: dict[str, int]
    """Points for the words of lines, from which their wording is measured."""
    first: Card
    """Points for a line taken by itself and its plain surroundings."""
    second: tuple[Card, ...]
    """Points for the same measurements and those of context, a card for each of :data:`STATES`; this sum decides."""
    first_trees: Trees
    """What is added to the first card's sum."""
    second_trees: Trees
    """What is added to the second card's sum, whichever it is."""
    network: Network
    """What is added to that, by the order of the lines."""
    structure: dict[str, int]
    """Points that decisions about runs of lines add, by rule id."""


@cache
def load_scorecard() -> Scorecard:
    """The scorecard that the package ships.

    Raises:
        DataError: the file breaks its form.
    """
    path = resources.files("cleantext") / "data" / SCORECARD_FILE
    return parse_scorecard(path.read_text(encoding="utf-8"))


def parse_scorecard(source: str) -> Scorecard:
    """Parse the text of a scorecard.

    Args:
        source: JSON, an object of ``origin``, ``words`` (points by folded word), ``first`` (a card), ``second`` (a card for each
            of :data:`STATES`), ``first_trees``, ``second_trees``, ``network``, and ``structure`` (points by rule id); see
            :func:`parse_card`, :func:`parse_trees` and :func:`cleantext.network.parse_network`.

    Raises:
        DataError: naming the card and the measurement that is wrong.
    """
    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{SCORECARD_FILE}: not JSON: {error}") from error
    names = ("origin", "words", "first", "first_trees", "second", "second_trees", "network", "structure")
    origin, words, first, first_trees, second, second_trees, network, structure = fields("", data, names)
    cards = fields("second", second, STATES)
    return Scorecard(
        origin=an_object("origin", origin),
        words=_points_by_name("words", words),
        first=parse_card("first", first, FIRST_NAMES),
        second=tuple(parse_card(f"second.{state}", card, SECOND_NAMES) for state, card in zip(STATES, cards, strict=True)),
        first_trees=parse_trees("first_trees", first_trees, FIRST_NAMES),
        second_trees=parse_trees("second_trees", second_trees, SECOND_NAMES),
        network=parse_network("network", network, SECOND_NAMES),
        structure=_points_by_name("structure", structure),
    )


def parse_card(where: str, data: Any, names: Sequence[str]) -> Card:
    """Parse one card.

    Args:
        where: the card's name in errors.
        data: an object of ``base`` and ``points``: for each measurement either a list of bins ``[last value, points]``,
            ascending, the last of which ends at 255; or, where values are names, an object of points by name, 0 for those that
            it leaves out.
        names: the measurements that it may speak of, in the order of the matrix's rows.

    Raises:
        DataError: naming the measurement that is wrong.

    >>> card = parse_card("first", {"base": 7, "points": {"words": [[2, -90], [255, 40]]}}, ["words"])
    >>> card.total(np.array([[1, 3]], np.uint8)).tolist()
    [-83, 47]
    """
    base, points = fields(where, data, ("base", "points"))
    if unknown := sorted(an_object(f"{where}.points", points).keys() - set(names)):
        raise broken(where, f"no such measurement: {unknown}")
    table = np.zeros((len(names), 256), np.int16)
    for number, name in enumerate(names):
        if name in points:
            parse = _parse_categories if name in CATEGORIES else _parse_bins
            table[number] = parse(where, name, points[name])
    return Card(_points(f"{where}.base", base), table)


def parse_trees(where: str, data: Any, names: Sequence[str]) -> Trees:
    """Parse a list of trees.

    Args:
        where: the list's name in errors.
        data: for each tree a list of questions ``[measurement, value]``, asking whether it is more than that, and a list of
            points for each combination of answers, read as a binary number with the first question's as the highest bit.
        names: the measurements that it may speak of, in the order of the matrix's rows.

    Raises:
        DataError: naming the tree that is wrong.

    >>> trees = parse_trees("first_trees", [[[["words", 3]], [-5, 40]]], ["words"])
    >>> trees.total(np.array([[3, 4]], np.uint8)).tolist()
    [-5, 40]
    """
    if not isinstance(data, list):
        raise broken(where, "must be a list of trees")
    return Trees(tuple(_parse_tree(f"{where}[{number}]", each, names) for number, each in enumerate(data)))


def _parse_tree(where: str, data: Any, names: Sequence[str]) -> Tree:
    if not isinstance(data, list) or len(data) != 2 or not all(isinstance(each, list) for each in data):
        raise broken(where, "must be [questions, points]")
    questions, leaves = data
    if not 0 < len(questions) <= DEPTH or len(leaves) != 1 << len(questions):
        raise broken(where, f"must have 1 to {DEPTH} questions, and points for each combination of answers")
    for question in questions:
        if not isinstance(question, list) or len(question) != 2 or question[0] not in names:
            raise broken(where, f"no such question: {question!r}")
        if type(question[1]) is not int or not 0 <= question[1] < UNKNOWN:
            raise broken(where, f"values are integers from 0 to {UNKNOWN - 1}, not {question[1]!r}")
    return Tree(
        np.array([names.index(name) for name, _ in questions]),
        np.array([value for _, value in questions], np.uint8),
        np.array([_points(where, points) for points in leaves], np.int16),
    )


def _parse_categories(where: str, name: str, data: Any) -> NDArray[np.int16]:
    """The points of the 256 values of a measurement whose values are names."""
    values = {label: value for value, label in CATEGORIES[name].items()}
    where = f"{where}.{name}"
    if unknown := sorted(an_object(where, data).keys() - values.keys()):
        raise broken(where, f"no such names: {unknown}")
    row = np.zeros(256, np.int16)
    for label, points in data.items():
        row[values[label]] = _points(where, points)
    return row


def _parse_bins(where: str, name: str, data: Any) -> NDArray[np.int16]:
    """The points of the 256 values of a measurement that is an amount."""
    where = f"{where}.{name}"
    if not isinstance(data, list) or not all(isinstance(each, list) and len(each) == 2 for each in data):
        raise broken(where, "must be a list of bins [last value, points]")
    lasts = [last for last, _ in data]
    whole = lasts and all(type(last) is int for last in lasts)
    if not whole or lasts != sorted(set(lasts)) or lasts[0] < 0 or lasts[-1] != 255:
        raise broken(where, "bins must ascend and end at 255")
    return np.repeat(np.array([_points(where, points) for _, points in data], np.int16), np.diff([-1, *lasts]))


def _points_by_name(where: str, data: Any) -> dict[str, int]:
    return {name: _points(f"{where}.{name}", points) for name, points in an_object(where, data).items()}


def _points(where: str, data: Any) -> int:
    if type(data) is not int or abs(data) > _MOST:  # bool is an int, but no points
        raise broken(where, f"points must be integers within ±{_MOST}, not {data!r}")
    return data
