"""Small decision trees for what a sum of points cannot say: that a short line is a heading in one place and chrome in another.

The trees are symmetric ("oblivious"): all nodes of a level ask the same question, so that a tree of depth 5 is five questions and
32 answers, a row's answers are the bits of a number, and a batch goes through a tree in a few steps
(Prokhorenkova et al. 2018, *CatBoost: unbiased boosting with categorical features*). What a tree gives can be told by
question: asking the first moves the expected answer so far, the second so far, and so on; these moves add up to the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DEPTH", "Tree", "Trees"]

DEPTH = 8
"""No tree is deeper: the answers to its questions are the bits of a byte."""


class Tree(NamedTuple):
    """A few questions, and points for each combination of answers."""

    columns: NDArray[np.int64]
    """Which measurement each question is about."""
    bins: NDArray[np.uint8]
    """It asks whether the measurement is more than this."""
    leaves: NDArray[np.int16]
    """Points by the answers read as a binary number, the first question's the highest bit."""


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees."""

    trees: tuple[Tree, ...]

    def total(self, values: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The points of each row of a matrix, measurements × rows.

        >>> tree = Tree(np.array([0, 1]), np.array([3, 7], np.uint8), np.array([-50, -10, 5, 90], np.int16))
        >>> Trees((tree,)).total(np.array([[3, 4, 4], [9, 9, 0]], np.uint8)).tolist()
        [-10, 90, 5]
        """
        total = np.zeros(values.shape[1], np.int64)
        for columns, bins, leaves in self.trees:
            answers = np.packbits(values[columns] > bins[:, None], axis=0)[0]
            total += leaves.repeat(1 << DEPTH - len(bins)).take(answers)
        return total

    def parts(self, row: NDArray[np.uint8]) -> tuple[float, NDArray[np.float64]]:
        """The same for one row, told apart: what is expected before any question, and what each measurement's answers add."""
        expected, parts = 0.0, np.zeros(len(row))
        for columns, bins, leaves in self.trees:
            left = leaves.astype(float)
            expected += left.mean()
            for column, bin_ in zip(columns.tolist(), bins.tolist(), strict=True):
                before, half = left.mean(), len(left) // 2
                left = left[half:] if row[column] > bin_ else left[:half]
                parts[column] += left.mean() - before
        return expected, parts
