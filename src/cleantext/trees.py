"""Small decision trees for what a sum of points cannot say: that a short line is a heading in one place and chrome in another.

The trees are symmetric ("oblivious"): all nodes of a level ask the same question, so that a tree of depth 5 is five questions and
32 answers, a row's answers are the bits of a number, and a batch goes through a tree in a few steps
(Prokhorenkova et al. 2018, *CatBoost: unbiased boosting with categorical features*). What a tree gives can be told by
question: asking the first moves the expected answer so far, the second so far, and so on; these moves add up to the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["DEPTH", "Tree", "Trees"]

DEPTH = 8
"""No tree is deeper: the answers to its questions are the bits of a byte."""
_NEVER = 255  # no value is more
_ROWS = 1024  # so many at once stay in the processor's cache


class Tree(NamedTuple):
    """A few questions, and points for each combination of answers."""

    columns: NDArray[np.int64]
    """Which measurement each question is about."""
    bins: NDArray[np.uint8]
    """It asks whether the measurement is more than this."""
    leaves: NDArray[np.int16]
    """Points by the answers read as a binary number, the first question's the highest bit."""


class Trees:
    """A sum of trees.

    Args:
        trees: the trees, each of up to :data:`DEPTH` questions.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        self.trees = tuple(trees)
        depth = max((len(tree.bins) for tree in trees), default=0)
        # All trees as one: the shallower ones get first questions whose answer is always no, and so use half of their leaves.
        self._columns = np.zeros((depth, len(trees)), np.int64)
        self._bins = np.full((depth, len(trees)), _NEVER, np.uint8)
        self._leaves = np.zeros((len(trees), 1 << depth), np.int16)
        for number, (columns, bins, leaves) in enumerate(trees):
            self._columns[depth - len(bins) :, number] = columns
            self._bins[depth - len(bins) :, number] = bins
            self._leaves[number, : len(leaves)] = leaves
        # What each tree gives in the mean, after no question, after the first, and so on to the leaves themselves.
        self._means = [
            self._leaves.reshape(len(trees), 1 << asked, 1 << depth - asked).mean(axis=2) for asked in range(depth + 1)
        ]

    def total(self, values: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The points of each row of a matrix, measurements × rows.

        >>> tree = Tree(np.array([0, 1]), np.array([3, 7], np.uint8), np.array([-50, -10, 5, 90], np.int16))
        >>> Trees([tree]).total(np.array([[3, 4, 4], [9, 9, 0]], np.uint8)).tolist()
        [-10, 90, 5]
        """
        total = np.zeros(values.shape[1], np.int64)
        first_leaf = np.arange(self._leaves.shape[0])[:, None] * self._leaves.shape[1]
        for start in range(0, len(total) if self.trees else 0, _ROWS):
            rows = values[:, start : start + _ROWS]
            answers = np.zeros((len(self.trees), rows.shape[1]), np.uint8)
            for columns, bins in zip(self._columns, self._bins, strict=True):
                answers += answers  # one bit to the left
                answers += rows[columns] > bins[:, None]
            total[start : start + _ROWS] = self._leaves.take(first_leaf + answers).sum(axis=0)
        return total

    def parts(self, row: NDArray[np.uint8]) -> tuple[float, NDArray[np.float64]]:
        """The same for one row, told apart: what is expected before any question, and what each measurement's answers add."""
        answers = row[self._columns] > self._bins
        numbers = np.arange(len(self.trees))
        expected, parts = 0.0, np.zeros(len(row))
        known, path = self._means[0][numbers, 0], np.zeros(len(self.trees), np.int64)
        expected += float(known.sum())
        for columns, bins, answer, means in zip(self._columns, self._bins, answers, self._means[1:], strict=True):
            path = 2 * path + answer
            before, known = known, means[numbers, path]
            asked = bins < _NEVER
            parts += np.bincount(columns[asked], (known - before)[asked], minlength=len(row))
            expected += float((known - before)[~asked].sum())
        return expected, parts
