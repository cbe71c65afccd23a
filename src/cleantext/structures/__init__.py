"""Structures: runs of lines in which one line betrays the others.

Each finder yields rows and what the run makes of them. The points of a structure are in the scorecard, under the rule id of its
:class:`Finding`: nothing is overruled in silence. A finder knows phrases by their kind and role, and no rule by name. A row takes
part in one structure, the first in the order of :data:`FINDERS`; the later finders see the points of the earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleantext.structures.article import article_prose, between, short_pages, titles
from cleantext.structures.beside import biographies, caption_blocks, names, profiles, tag_lists
from cleantext.structures.contents import contents
from cleantext.structures.repeats import repeats
from cleantext.structures.teasers import teaser_lists, teaser_rivers
from cleantext.structures.threads import threads
from cleantext.structures.view import Finding, view

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cleantext.model import Kind
    from cleantext.rows import Rows
    from cleantext.rules import Evidences
    from cleantext.score import Scores

__all__ = ["FINDERS", "Finding", "find_structures"]

FINDERS = (
    threads,
    teaser_rivers,
    teaser_lists,
    caption_blocks,
    names,
    profiles,
    biographies,
    tag_lists,
    contents,
    repeats,
    article_prose,
    titles,
    short_pages,
    between,
)
"""In the order in which they are asked."""


def find_structures(
    rows: Rows, evidences: Evidences, kinds: Sequence[Kind | None], scores: Scores, points: dict[str, int]
) -> tuple[dict[int, Finding], NDArray[np.int64]]:
    """Find all structures of a batch.

    Args:
        rows: the lines.
        evidences: what the rules found in them.
        kinds: the kind of boilerplate that each row's own evidence speaks for.
        scores: their scores.
        points: what each structure is worth, by rule id.

    Returns:
        The finding of each row that has one, and the scores with the points of the findings.
    """
    seen = view(rows, evidences, kinds, scores)
    findings: dict[int, Finding] = {}
    for finder in FINDERS:
        found = {row: finding for row, finding in finder(seen) if row not in findings}
        if found:
            seen.points[[*found]] += [points[finding.rule] for finding in found.values()]
            findings |= found
    return findings, seen.points
