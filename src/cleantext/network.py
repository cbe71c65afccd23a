"""The lines of a page read in their order: what a sum of points cannot say.

A card knows the lines around one by means over windows. A small convolutional network reads them as they follow each other: each
of its layers looks at a line and at one to either side, the gaps between them doubling from layer to layer (van den Oord et al.
2016, *WaveNet*), so that it sees 63 lines both ways, and it hears what the page as a whole is like. It reads what each line is
and what stands around it, knows no word, and gives log-odds of main content. Half of these count, beside half of what card and
trees give.

It is made of whole numbers: products and sums of them are exact in the floats of a matrix product as long as they stay below
2**24, which is checked when the file is read. So a line gets the same points in any batch, in any process and on any machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cleantext.forms import an_object, broken, fields
from cleantext.groups import page_starts
from cleantext.measure.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = ["EXACT", "HIGHEST", "UNIT", "Dense", "Inputs", "Layer", "Network", "parse_network"]

UNIT = 128
"""What stands for 1 between the layers."""
HIGHEST = 16 * UNIT - 1
"""No value that a layer takes from the one before is higher; none is below 0."""
EXACT = 1 << 24
"""Whole numbers below this are exact in single precision."""
_INEXACT = "sums could pass 2**24, where floats are not exact"
_ONE_CORE = 1 << 18  # multiplications of a product that no library spreads over cores: other processes are at work there


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the network reads of a line: amounts, and whether a measurement has one of some values."""

    amounts: NDArray[np.int64]
    """Which measurements are read as amounts."""
    highest: NDArray[np.uint8]
    """What they are read as where they are higher."""
    asked: NDArray[np.int64]
    """Which measurement each further input is about."""
    answers: NDArray[np.uint8]
    """The value that it asks for."""

    def of(self, values: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The inputs of each row of a matrix of measurements × rows: rows × inputs."""
        amounts = np.minimum(values[self.amounts], self.highest[:, None])
        answers = values[self.asked] == self.answers[:, None]
        return np.concatenate([amounts, answers]).T.astype(np.float32, order="C")


@dataclass(frozen=True, slots=True)
class Dense:
    """Weighted sums, rounded."""

    weights: NDArray[np.float32]
    """Values × sums; with the bias, whole numbers over the same power of two."""
    bias: NDArray[np.float32]
    most: float
    """No sum is further from 0."""

    def of(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sums of each row of a matrix of rows × values."""
        sums = _products(values, self.weights)
        sums += self.bias
        return np.rint(sums, out=sums)


@dataclass(frozen=True, slots=True)
class Layer:
    """What is added to what is known of a line."""

    gap: int
    """How far the lines beside it lie from it."""
    near: Dense
    """From the line so far above, the line itself and the line so far below, side by side."""
    page: Dense | None
    """From the means and the highest values over the page."""


@dataclass(frozen=True, slots=True)
class Network:
    """The whole of it."""

    inputs: Inputs
    begin: Dense
    """From a line's inputs to the values that the layers add to."""
    layers: tuple[Layer, ...]
    end: Dense
    """From a line's values to its points."""

    def total(self, values: NDArray[np.uint8], rows: Rows) -> NDArray[np.int64]:
        """The points of each row.

        Args:
            values: what was measured, measurements × rows.
            rows: the lines, of which only their pages count.
        """
        known = self.begin.of(self.inputs.of(values))
        here, first, behind = np.arange(len(rows))[:, None], rows.bounds[rows.page, None], rows.bounds[rows.page + 1, None]
        shown = np.zeros((len(rows) + 1, known.shape[1]), np.float32)
        for layer in self.layers:
            np.clip(known, 0, HIGHEST, out=shown[:-1])
            beside = here + np.array([-layer.gap, 0, layer.gap])
            beside[(beside < first) | (beside >= behind)] = -1  # beyond a page's ends stands a line of zeros: the last one
            known += layer.near.of(shown.take(beside, axis=0).reshape(-1, 3 * known.shape[1]))
            if layer.page is not None:
                known += _told(layer.page, known, rows)
        return self.end.of(_shown(known))[:, 0].astype(np.int64)


def _shown(known: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the next part sees of what is known."""
    return np.clip(known, 0, HIGHEST)


def _told(page: Dense, known: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
    """What each row hears of its page."""
    starts = page_starts(rows)
    lines = rows.page_lines[starts]
    means = np.add.reduceat(known, starts, axis=0, dtype=np.float64) // lines[:, None]
    of_pages = np.concatenate([means, np.maximum.reduceat(known, starts, axis=0)], axis=1)
    return np.repeat(page.of(_shown(of_pages).astype(np.float32)), lines, axis=0)


def _products(values: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The product of two matrices of whole numbers, some rows of the first at a time: few enough to stay on one core."""
    tile = max(1, _ONE_CORE // weights.size)
    whole = len(values) // tile * tile
    products = np.empty((len(values), weights.shape[1]), np.float32)
    if whole:
        tiles = values[:whole].reshape(-1, tile, values.shape[1])
        np.matmul(tiles, weights, out=products[:whole].reshape(-1, tile, weights.shape[1]))
    np.matmul(values[whole:], weights, out=products[whole:])
    return products


def parse_network(where: str, data: Any, names: Sequence[str]) -> Network:
    """Parse a network.

    Args:
        where: its name in errors.
        data: an object of ``amounts`` (an object of the highest value read by measurement), ``answers`` (a list of
            ``[measurement, value or its name]``), ``begin`` (dense), ``layers`` and ``end`` (dense). A dense part is an object of
            ``weights`` (a list for each value that goes in), ``bias`` and ``shift`` (how many times weights and bias are to be
            halved); a layer one of ``gap``, ``near`` (dense; lists for the line above, the line itself and the line below) and
            ``page`` (dense, or null).
        names: the measurements that it may read, in the order of the matrix's rows.

    Raises:
        DataError: naming the part that is wrong.
    """
    amounts, answers, begin, layers, end = fields(where, data, ("amounts", "answers", "begin", "layers", "end"))
    inputs = _parse_inputs(where, amounts, answers, names)
    highest = np.concatenate([inputs.highest, np.ones(len(inputs.asked))])
    started = _parse_dense(f"{where}.begin", begin, highest)
    if not isinstance(layers, list):
        raise broken(where, "layers must be a list")
    known = np.full(len(started.bias), HIGHEST)
    parsed = [_parse_layer(f"{where}.layers[{number}]", each, known) for number, each in enumerate(layers)]
    added = [dense for layer in parsed for dense in (layer.near, layer.page) if dense]
    if sum(dense.most for dense in (started, *added)) >= EXACT:
        raise broken(where, _INEXACT)
    return Network(inputs, started, tuple(parsed), _parse_dense(f"{where}.end", end, known, sums=1))


def _parse_inputs(where: str, amounts: Any, answers: Any, names: Sequence[str]) -> Inputs:
    for name, highest in an_object(f"{where}.amounts", amounts).items():
        if name not in names or name in CATEGORIES or not _is_value(highest):
            raise broken(f"{where}.amounts.{name}", "must be the highest value read of an amount that is measured")
    if not isinstance(answers, list) or not all(_is_list(each, 2) and each[0] in names for each in answers):
        raise broken(f"{where}.answers", "must be a list of [measurement, value]")
    values = [{label: value for value, label in CATEGORIES.get(name, {}).items()}.get(value, value) for name, value in answers]
    if wrong := [each for each, value in zip(answers, values, strict=True) if not _is_value(value)]:
        raise broken(f"{where}.answers", f"no such value: {wrong[0]!r}")
    return Inputs(
        np.array([names.index(name) for name in amounts], np.int64), np.array([*amounts.values()], np.uint8),
        np.array([names.index(name) for name, _ in answers], np.int64), np.array(values, np.uint8),
    )  # fmt: skip


def _is_value(data: Any) -> bool:
    return type(data) is int and 0 <= data < 256


def _parse_layer(where: str, data: Any, known: NDArray[np.int64]) -> Layer:
    gap, near, page = fields(where, data, ("gap", "near", "page"))
    if type(gap) is not int or gap < 1:
        raise broken(where, f"gap must be 1 or more, not {gap!r}")
    told = None if page is None else _parse_dense(f"{where}.page", page, np.tile(known, 2), sums=len(known))
    return Layer(gap, _parse_dense(f"{where}.near", near, np.tile(known, 3), sums=len(known)), told)


def _parse_dense(where: str, data: Any, highest: NDArray[Any], *, sums: int | None = None) -> Dense:
    """Parse a dense part, given how high each value is that goes in, and how many sums it must have."""
    weights, bias, shift = fields(where, data, ("weights", "bias", "shift"))
    if type(shift) is not int or not 0 <= shift < 24:
        raise broken(where, f"shift must be from 0 to 23, not {shift!r}")
    matrix = _parse_weights(f"{where}.weights", weights, len(highest))
    [row] = _parse_weights(f"{where}.bias", [bias], 1)
    if len(row) != matrix.shape[1] or sums not in {None, len(row)}:
        raise broken(where, f"must have {sums or len(row)} sums in its weights and its bias")
    most = float((highest @ np.abs(matrix) + np.abs(row)).max())
    if most >= EXACT:
        raise broken(where, _INEXACT)
    unit = 0.5**shift
    return Dense((matrix * unit).astype(np.float32), (row * unit).astype(np.float32), most * unit)


def _parse_weights(where: str, data: Any, values: int) -> NDArray[np.float64]:
    whole = isinstance(data, list) and all(_is_list(row) and all(type(each) is int for each in row) for row in data)
    if not whole or len(data) != values or not data or len({len(row) for row in data}) != 1 or not data[0]:
        raise broken(where, f"must be {values} lists of whole numbers, all of the same length")
    return np.array(data, np.float64)


def _is_list(data: Any, length: int | None = None) -> bool:
    return isinstance(data, list) and length in {None, len(data)}
