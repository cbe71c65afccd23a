"""From scores to labels and kinds.

The scorecard judges lines; this module judges runs of lines, where one line betrays the others. It adds evidence to the
scores, never overrules them in silence: each structure that it finds puts points from the scorecard on its lines, under a rule
id of its own. It knows phrases only by their kind and role, and no rule by name.

* **Teaser rivers**: stories of other articles, each a label, perhaps a credit, some prose, and a closer such as "Keep reading".
  A river hangs on an article: the page needs prose of its own before it, or it is a list page, whose stories are its content.
* **Caption blocks**: a few lines without full stops in one block with a caption or credit.
* **Titles**: the heading, and a line under it, above the article's first prose, with at most bylines and the like between.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleantext.characters import Class
from cleantext.measure import block_numbers
from cleantext.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleantext.config import Config
    from cleantext.rows import Rows
    from cleantext.rules import Evidences
    from cleantext.score import Scorecard, Scores

__all__ = ["Finding", "Verdicts", "decide"]

_LABEL_WORDS = 6  # a section label or a story's headline label
_PROSE_WORDS = 10
_STORY_LINES = 12  # a teaser's story is no longer than this between two closers
_STORY_WORDS = 260
_OWN_WORDS = 60  # prose that a page must have before a river hangs on it
_CAPTION_WORDS = 45
_CAPTION_LINES = 4
_TITLE_WORDS = 25
_HEADING_WORDS = 3  # one or two words above the prose are more often a section's name
_TITLE_LINES = 2
_TITLE_REACH = 8  # lines above the prose in which a title is looked for
_BETWEEN = {Kind.BYLINE, Kind.CAPTION, Kind.SHARE, Kind.ADVERTISEMENT, Kind.MEDIA, Kind.COMMENT, Kind.OUTSIDE}


class Finding(NamedTuple):
    """Evidence that a structure adds to one line."""

    rule: str
    """Its id in the scorecard."""
    kind: Kind
    """What it makes of the line."""
    because: str
    """One sentence for people."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What becomes of each row of a batch."""

    points: NDArray[np.int64]
    """The score with the points of structures, hundredths of log-odds of main content."""
    keep: NDArray[np.bool_]
    """Whether the row is kept."""
    kinds: list[Kind]
    """The kind of each row."""
    findings: dict[int, Finding]
    """What structures say of rows."""


def decide(rows: Rows, evidences: Evidences, scores: Scores, card: Scorecard, config: Config) -> Verdicts:
    """Label all rows of a batch."""
    kinds = evidences.kinds()
    findings = {
        **dict(_titles(rows, kinds, scores.totals)),
        **dict(_caption_blocks(rows, kinds)),
        **dict(_teaser_rivers(rows, evidences)),
    }
    points = scores.totals.copy()
    for row, finding in findings.items():
        points[row] += card.structure[finding.rule]
        kinds[row] = None if finding.kind is Kind.TITLE else finding.kind
    keep = points >= config.points
    named = _name_kinds(rows, kinds, keep)
    if config.keep:
        keep |= np.array([kind in config.keep for kind in named], bool)
    return Verdicts(points, keep, named, findings)


def _lengths(rows: Rows) -> list[int]:
    return [len(line) for line in rows.words]


def _titles(rows: Rows, kinds: list[Kind | None], totals: NDArray[np.int64]) -> Iterator[tuple[int, Finding]]:
    """The heading above each page's first prose: up to two lines, as a headline and a standfirst are."""
    lengths = np.array(_lengths(rows))
    for start, stop in zip(rows.bounds[:-1].tolist(), rows.bounds[1:].tolist(), strict=True):
        prose = np.flatnonzero((totals[start:stop] > 0) & (lengths[start:stop] >= _PROSE_WORDS) & (rows.sentence_ends[start:stop] > 0))
        if not len(prose):
            continue
        found = 0
        for row in range(start + int(prose[0]) - 1, max(start, start + int(prose[0]) - _TITLE_REACH) - 1, -1):
            if kinds[row] in _BETWEEN:
                continue
            if kinds[row] is not None or not _is_heading(rows, row) or found == _TITLE_LINES:
                break
            found += 1
            yield row, Finding("structure.title", Kind.TITLE, "The heading above the article's first prose.")


def _is_heading(rows: Rows, row: int) -> bool:
    """Whether a line could be a headline: a few words, one sentence at most, and not an item of a list."""
    words = len(rows.words[row]) + rows.counts[row, Class.UNSPACED] // 2
    worded = rows.first[row] not in {Class.SEPARATOR, Class.SYMBOL} and chr(rows.tail[row, 0]) not in ":,;"
    return bool(worded and _HEADING_WORDS <= words <= _TITLE_WORDS and rows.sentence_ends[row] <= 1)


def _caption_blocks(rows: Rows, kinds: list[Kind | None]) -> Iterator[tuple[int, Finding]]:
    """The other lines of a small block in which a caption, or a share label beside one, stands."""
    captions = [row for row, kind in enumerate(kinds) if kind is Kind.CAPTION]
    if not captions:
        return
    block = block_numbers(rows)
    for row in captions:
        first = int(np.searchsorted(block, block[row]))
        last = int(np.searchsorted(block, block[row], side="right"))
        if not 1 < last - first <= _CAPTION_LINES:
            continue
        others = [other for other in range(first, last) if other != row]
        if all(_is_fragment(rows, other) for other in others):
            for other in others:
                if kinds[other] is None:
                    yield other, Finding("structure.caption_block", Kind.CAPTION, "In one block with a caption or credit.")


def _is_fragment(rows: Rows, row: int) -> bool:
    """Whether a row could be part of a caption: not long, and no sentence ends in it."""
    return len(rows.words[row]) <= _CAPTION_WORDS and rows.sentence_ends[row] == 0 and chr(rows.tail[row, 0]) != ":"


def _teaser_rivers(rows: Rows, evidences: Evidences) -> Iterator[tuple[int, Finding]]:
    """The rows of each teaser river: labels, prose and closers."""
    closers = [row for row, phrase in enumerate(evidences.phrases) if phrase is not None and phrase.role == "closer"]
    if not closers:
        return
    lengths = _lengths(rows)
    openers = {row for row, phrase in enumerate(evidences.phrases) if phrase is not None and phrase.role == "opener"}
    prose = list(accumulate((length if length >= _PROSE_WORDS else 0 for length in lengths), initial=0))
    for river in _runs_of_stories(rows, closers, lengths):
        first = _river_start(rows, river, lengths, openers)
        last = river[-1]
        own = prose[first] - prose[rows.bounds[rows.page[last]]]
        inside = sum(lengths[first : last + 1])
        announced = len(river) > 1 or not openers.isdisjoint(range(first, last))
        if first < last and announced and own >= max(_OWN_WORDS, inside // 2):
            for row in range(first, last + 1):
                yield row, Finding("structure.teaser_river", Kind.TEASER, "Part of a run of teasers of other stories.")


def _runs_of_stories(rows: Rows, closers: list[int], lengths: list[int]) -> Iterator[list[int]]:
    """Closers with no more than a teaser's story between one and the next."""
    run = closers[:1]
    for closer in closers[1:]:
        story = range(run[-1] + 1, closer)
        near = len(story) <= _STORY_LINES and sum(lengths[run[-1] + 1 : closer]) <= _STORY_WORDS
        if near and rows.page[closer] == rows.page[run[-1]]:
            run.append(closer)
        else:
            yield run
            run = [closer]
    yield run


def _river_start(rows: Rows, river: list[int], lengths: list[int], openers: set[int]) -> int:
    """Where a river's first story starts: at the label before its prose; at the first closer when there is no label.

    The first story is at most a little longer than the others, so the search goes back no further.
    """
    longest = max((after - before for before, after in zip(river, river[1:], strict=False)), default=5)
    start = row = river[0]
    edge = max(int(rows.bounds[rows.page[row]]), row - longest - 3)
    seen_prose = False
    while row > edge:
        row -= 1
        is_label = row in openers or (lengths[row] <= _LABEL_WORDS and rows.sentence_ends[row] == 0 and chr(rows.tail[row, 0]) != ":")
        if is_label and seen_prose:
            start = row
        elif start < river[0]:
            break
        elif lengths[row] >= _PROSE_WORDS:
            seen_prose = True
    return start


def _name_kinds(rows: Rows, kinds: list[Kind | None], keep: NDArray[np.bool_]) -> list[Kind]:
    """The kind of each row: its own evidence's, else its neighbours' in the same block or run, else outside."""
    named = [Kind.TEXT if kept else kind or Kind.OUTSIDE for kept, kind in zip(keep.tolist(), kinds, strict=True)]
    unnamed = [row for row, kind in enumerate(named) if kind is Kind.OUTSIDE]
    if unnamed:
        block, kept = block_numbers(rows).tolist(), keep.tolist()
        for row in unnamed:
            for other in (row - 1, row + 1):
                same = 0 <= other < len(named) and block[other] == block[row] and not kept[other]
                if same and kinds[other] is not None:
                    named[row] = named[other]
                    break
    for page in range(len(rows.pages)):
        title = _title(rows, keep, int(rows.bounds[page]), int(rows.bounds[page + 1]))
        if title is not None:
            named[title] = Kind.TITLE
    return named


def _title(rows: Rows, keep: NDArray[np.bool_], start: int, stop: int) -> int | None:
    """The first kept row of a page when it is short, one sentence at most, and longer prose follows."""
    kept = np.flatnonzero(keep[start:stop])[:6] + start
    if len(kept) < 2:
        return None
    first, *others = kept.tolist()
    short = len(rows.words[first]) <= _TITLE_WORDS and rows.sentence_ends[first] <= 1
    if short and any(len(rows.words[other]) > max(_PROSE_WORDS, len(rows.words[first])) for other in others):
        return int(first)
    return None
