"""From scores to labels.

The scorecard judges lines, :mod:`cleantext.structures` runs of lines; here their points meet the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cleantext.model import CONTENT_KINDS, Kind
from cleantext.naming import name_kinds
from cleantext.structures import find_structures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.config import Config
    from cleantext.rows import Rows
    from cleantext.rules import Evidences
    from cleantext.score import Scores
    from cleantext.scorecard import Scorecard
    from cleantext.structures import Finding

__all__ = ["Verdicts", "decide"]


@dataclass(frozen=True)
class Verdicts:
    """What becomes of each row of a batch."""

    rows: Rows
    points: NDArray[np.int64]
    """The score with the points of structures, hundredths of log-odds of main content."""
    threshold: float
    """The least points that are kept."""
    own_kinds: Sequence[Kind | None]
    """The kind of boilerplate that the row's own evidence, or a structure, makes of it."""
    findings: dict[int, Finding]
    """What structures say of rows."""
    wanted: frozenset[Kind]
    """The kinds of boilerplate that are kept on request."""

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kind of each row; made when somebody asks."""
        titles = {row for row, finding in self.findings.items() if finding.kind is Kind.TITLE}
        return name_kinds(self.rows, self.own_kinds, self.points >= self.threshold, titles)

    @cached_property
    def keep(self) -> NDArray[np.bool_]:
        """Whether each row is kept."""
        keep = self.points >= self.threshold
        if self.wanted:
            keep |= np.array([kind in self.wanted for kind in self.kinds], bool)
        return keep


def decide(rows: Rows, evidences: Evidences, scores: Scores, card: Scorecard, config: Config) -> Verdicts:
    """Label all rows of a batch."""
    kinds = evidences.kinds()
    findings, points = find_structures(rows, evidences, kinds, scores, card.structure)
    for row, finding in findings.items():
        kinds[row] = None if finding.kind in CONTENT_KINDS else finding.kind
    return Verdicts(rows, points, config.points, kinds, findings, config.keep)
