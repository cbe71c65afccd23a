"""Structures: runs of lines in which one line betrays the others.

Each finder yields rows and what the run makes of them. The points of a structure are in the scorecard, under the rule id of its
:class:`Finding`: nothing is overruled in silence. A finder knows phrases by their kind and role, and no rule by name. A row takes
part in one structure, the first in the order of :data:`FINDERS`; the later finders see the points of the earlier.

* **Teaser rivers**: stories of other articles, each a label, perhaps a credit, some prose, and a closer such as "Keep reading".
  A river hangs on an article: the page needs prose of its own before it, or it is a list page, whose stories are its content.
* **Teaser lists**: headlines under a label such as "Most read", as far as they look alike.
* **Caption blocks**: a few lines without full stops in one block with a caption or credit.
* **Prose of the article**: sentences in the region of the article that nothing betrays as chrome. Where a page has kept no prose
  at all, its densest stretch of it: a short notice among many menus is still what the page is for.
* **Titles**: the headings above the article's first prose, with at most bylines and the like between.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleantext.characters import Class
from cleantext.context import CONTEXT, find_regions
from cleantext.lexicon import all_stopwords, is_unspaced
from cleantext.measure import NAMES, block_numbers
from cleantext.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleantext.rows import Rows
    from cleantext.rules import Evidences
    from cleantext.score import Scores

__all__ = ["FINDERS", "Finding", "find_structures"]

_PROSE_WORDS = 10
_PROSE_LETTERS = 60
_LABEL_WORDS = 6  # a section label or a story's headline label
_STORY_LINES = 12  # a teaser's story is no longer than this between two closers
_STORY_WORDS = 260
_OWN_WORDS = 60  # prose that a page must have before a river hangs on it
_LIST_LINES = 24
_HEADLINE_WORDS = 22
_CAPTION_WORDS = 45
_CAPTION_LINES = 4
_TITLE_WORDS = 25
_TITLE_REACH = 15  # lines above the prose in which a title is looked for
_TITLE_PROSE = 8  # lines of prose in which its words are looked for
_STANDFIRST_WORDS = 6
_NAME_WORDS = 3  # so few are as often an author or a section as a title
_STEM = 5
_OTHER_STORIES = 0.35  # below this share of common stems two texts speak of different things
_BETWEEN = {Kind.BYLINE, Kind.CAPTION, Kind.SHARE, Kind.ADVERTISEMENT, Kind.MEDIA, Kind.COMMENT, Kind.TAGS, Kind.OUTSIDE}
_IN_STORIES = {None, Kind.TEASER, Kind.BYLINE, Kind.CAPTION, Kind.MEDIA, Kind.OUTSIDE}
_INSIDE = {Kind.CAPTION, Kind.ADVERTISEMENT, Kind.MEDIA, Kind.SHARE}
_ALONE = {Kind.NAVIGATION, Kind.SUBSCRIBE, Kind.CONSENT, Kind.PAYWALL, Kind.LEGAL}
"""What stands inside articles too, one line between two of prose."""
_REGION = len(NAMES) + [name for name, _ in CONTEXT].index("region")
_GAP_COST = 8  # words of prose that a line between them must be worth, for both to count as one stretch


class Finding(NamedTuple):
    """Evidence that a structure adds to one line."""

    rule: str
    """Its id in the scorecard."""
    kind: Kind
    """What it makes of the line."""
    because: str
    """One sentence for people."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the finders look at; one entry a row."""

    rows: Rows
    evidences: Evidences
    kinds: list[Kind | None]
    lengths: NDArray[np.int64]
    prose: NDArray[np.bool_]
    """Sentences."""
    in_region: NDArray[np.bool_]
    points: NDArray[np.int64]
    """The score, with the points of the structures found so far."""

    def pages(self) -> Iterator[tuple[int, int]]:
        """The first row of each page that has rows, and the row behind its last."""
        bounds = self.rows.bounds.tolist()
        return ((start, stop) for start, stop in pairwise(bounds) if start < stop)

    def openers(self) -> list[int]:
        """The labels that announce other stories: a phrase, or one and a name as in "More from the magazine"."""
        return [row for row in self.with_role("opener") if self.is_phrase(row) or self.lengths[row] <= _LABEL_WORDS]

    def is_phrase(self, row: int) -> bool:
        """Whether a whole row is its phrase."""
        phrase = self.evidences.phrases[row]
        return phrase is not None and phrase.match == "line"

    def with_role(self, role: str) -> list[int]:
        return [row for row, phrase in enumerate(self.evidences.phrases) if phrase is not None and phrase.role == role]


def find_structures(
    rows: Rows, evidences: Evidences, kinds: list[Kind | None], scores: Scores, points: dict[str, int]
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
    lengths = np.array([len(line) for line in rows.words], np.int64) + rows.counts[:, Class.UNSPACED] // 2
    # Thai and its neighbours have no full stop: there a long line is prose.
    prose = ((lengths >= _PROSE_WORDS) & (rows.sentence_ends > 0)) | (rows.counts[:, Class.UNSPACED] >= _PROSE_LETTERS)
    batch = _Batch(rows, evidences, kinds, lengths, prose, scores.values[_REGION] >= 100, scores.totals.copy())
    findings: dict[int, Finding] = {}
    for finder in FINDERS:
        for row, finding in [*finder(batch)]:
            if row not in findings:
                findings[row] = finding
                batch.points[row] += points[finding.rule]
    return findings, batch.points


def _teaser_rivers(batch: _Batch) -> Iterator[tuple[int, Finding]]:
    """The rows of each teaser river: labels, prose and closers."""
    closers = [row for row in batch.with_role("closer") if batch.is_phrase(row)]
    openers = batch.openers()
    for first, last in [*_closed_rivers(batch, closers, openers), *_announced_rivers(batch, openers)]:
        page = int(batch.rows.bounds[batch.rows.page[first]])
        own = int(batch.lengths[page:first][batch.prose[page:first]].sum())
        if own >= max(_OWN_WORDS, int(batch.lengths[first : last + 1].sum()) // 2):
            for row in range(first, last + 1):
                yield row, Finding("structure.teaser_river", Kind.TEASER, "Part of a run of teasers of other stories.")


def _closed_rivers(batch: _Batch, closers: list[int], openers: list[int]) -> Iterator[tuple[int, int]]:
    """Stories that end in closers: several that speak of other things than the page, or one behind an opener."""
    for river in _runs_of_stories(batch, closers):
        last = river[-1]
        announced = [row for row in openers if river[0] - _STORY_LINES <= row < river[0] and batch.rows.page[row] == batch.rows.page[last]]
        first = announced[0] if announced else _river_start(batch, river)
        if first < last and (announced or (len(river) > 1 and _echo(batch, first, last) < _OTHER_STORIES)):
            yield first, last


def _runs_of_stories(batch: _Batch, closers: list[int]) -> Iterator[list[int]]:
    """Closers with no more than a teaser's story between one and the next."""
    run = closers[:1]
    for closer in closers[1:]:
        words = int(batch.lengths[run[-1] + 1 : closer].sum())
        near = closer - run[-1] <= _STORY_LINES and words <= _STORY_WORDS
        if near and batch.rows.page[closer] == batch.rows.page[run[-1]]:
            run.append(closer)
        else:
            yield run
            run = [closer]
    if run:
        yield run


def _river_start(batch: _Batch, river: list[int]) -> int:
    """Where a river's first story starts: at the label before its prose; at the first closer when there is no label.

    The first story is at most half as long again as the longest of the others, so the search goes back no further.
    """
    rows = batch.rows
    start = row = river[0]
    page = int(rows.bounds[rows.page[row]])
    budget = max((int(batch.lengths[before:after].sum()) for before, after in pairwise(river)), default=_STORY_WORDS) * 3 // 2
    seen_prose = False
    while row > page and batch.kinds[row - 1] in _IN_STORIES:
        row -= 1
        budget -= int(batch.lengths[row])
        heads_block = rows.blank_before[row] and not rows.blank_before[row + 1]
        most = _HEADLINE_WORDS if heads_block else _LABEL_WORDS
        is_label = batch.lengths[row] <= most and rows.sentence_ends[row] == 0 and chr(rows.tail[row, 0]) != ":"
        if is_label and seen_prose:
            start = row
        elif start < river[0] or budget < 0:
            break
        elif batch.lengths[row] >= _PROSE_WORDS:
            seen_prose = True
    return start


def _announced_rivers(batch: _Batch, openers: list[int]) -> Iterator[tuple[int, int]]:
    """Blocks behind an opener that each begin with a headline and go on with prose, where an article has its paragraphs alone."""
    if not openers:
        return
    rows, block = batch.rows, block_numbers(batch.rows)
    for opener in openers:
        stop = int(rows.bounds[rows.page[opener] + 1])
        row, stories = opener + 1, 0
        while row < stop:
            end = row + int(np.searchsorted(block[row:stop], block[row], side="right"))
            if end - row > _STORY_LINES or not _is_headline(batch, row) or batch.prose[row] or not batch.prose[row + 1 : end].any():
                break
            stories += 1
            row = end
        if stories > 1:
            yield opener, row - 1


def _echo(batch: _Batch, first: int, last: int) -> float:
    """The share of the stems of some rows' prose that the page's prose before them uses too."""
    page = int(batch.rows.bounds[batch.rows.page[first]])
    before = {stem for row in range(page, first) if batch.prose[row] for stem in _stems(batch.rows.words[row])}
    inside = [stem for row in range(first, last) if batch.prose[row] for stem in _stems(batch.rows.words[row])]
    return sum(stem in before for stem in inside) / max(1, len(inside))


def _stems(words: list[str]) -> set[str]:
    """What two lines on the same thing share, roughly and in any language: the beginnings of their longer words, or pairs of
    letters where words are not spaced.
    """
    stems: set[str] = set()
    for word in words:
        if is_unspaced(word):
            stems.update(word[at : at + 2] for at in range(len(word) - 1))
        elif "\uac00" <= word[0] <= "\ud7a3":
            stems.add(word[:2])  # Hangul: a syllable a letter, and endings behind them
        elif len(word) >= _STEM - 1 and word not in all_stopwords():
            stems.add(word[:_STEM])
    return stems


def _teaser_lists(batch: _Batch) -> Iterator[tuple[int, Finding]]:
    """The headlines under a label that announces other stories, up to the first line that is none.

    A blank line ends the list, unless blank lines stand between all of its items. The last line before the article goes on is a
    heading as likely as a headline, and is left to its own score.
    """
    rows = batch.rows
    for opener in batch.openers():
        stop = min(int(rows.bounds[rows.page[opener] + 1]), opener + _LIST_LINES)
        row = opener + 1
        blank = int(rows.blank_before[row : row + 2].max(initial=0))
        while row < stop and rows.blank_before[row] <= blank and _is_headline(batch, row):
            row += 1
        if row < stop and batch.prose[row] and batch.kinds[row] is None:
            row = max(opener + 1, row - 1)
            while row > opener + 1 and batch.kinds[row] is not None:
                row -= 1
        for headline in range(opener + 1, row):
            yield headline, Finding("structure.teaser_list", Kind.TEASER, "In a list of other stories.")


def _is_headline(batch: _Batch, row: int) -> bool:
    """Whether a line can be an item of a list of stories: a headline, or what stands beside one."""
    if batch.kinds[row] not in _IN_STORIES:
        return False
    return bool(batch.lengths[row] <= _HEADLINE_WORDS and batch.rows.sentence_ends[row] <= 1)


def _caption_blocks(batch: _Batch) -> Iterator[tuple[int, Finding]]:
    """The other lines of a small block in which a caption, or a share label beside one, stands."""
    captions = [row for row, kind in enumerate(batch.kinds) if kind is Kind.CAPTION]
    if not captions:
        return
    block = block_numbers(batch.rows)
    for row in captions:
        first = int(np.searchsorted(block, block[row]))
        last = int(np.searchsorted(block, block[row], side="right"))
        if not 1 < last - first <= _CAPTION_LINES:
            continue
        others = [other for other in range(first, last) if other != row]
        if all(_is_fragment(batch, other) for other in others):
            for other in others:
                if batch.kinds[other] is None:
                    yield other, Finding("structure.caption_block", Kind.CAPTION, "In one block with a caption or credit.")


def _is_fragment(batch: _Batch, row: int) -> bool:
    """Whether a row could be part of a caption: not long, and no sentence ends in it."""
    rows = batch.rows
    return len(rows.words[row]) <= _CAPTION_WORDS and rows.sentence_ends[row] == 0 and chr(rows.tail[row, 0]) != ":"


def _prose(batch: _Batch) -> Iterator[tuple[int, Finding]]:
    """Sentences of the article: those in its region or in one run with a kept one; where a page keeps none, its densest prose."""
    own = batch.prose & np.array([kind is None for kind in batch.kinds], bool)
    kept = batch.points >= 0
    # A run ends at a row that is neither plain prose nor chrome that stands inside articles, and with its page.
    inside = np.array([kind in _INSIDE for kind in batch.kinds], bool)
    inside[batch.with_role("closer")] = True
    inside[1:-1] |= own[:-2] & own[2:] & np.array([kind in _ALONE for kind in batch.kinds[1:-1]], bool)
    run = np.cumsum(~(own | inside) | np.concatenate(([True], np.diff(batch.rows.page) > 0))) if len(own) else np.zeros(0, np.int64)
    in_kept_run = np.bincount(run, own & kept, minlength=1)[run] > 0
    for row in np.flatnonzero(own & (batch.in_region | in_kept_run)).tolist():
        yield row, Finding("structure.prose", Kind.TEXT, "A sentence of the article, by those around it.")
    first = last = None
    for start, stop in batch.pages():
        here = slice(start, stop)
        if not own[here].any() or (batch.prose[here] & kept[here]).any():
            continue
        if first is None or last is None:
            first, last = find_regions(batch.rows, np.where(own, np.minimum(batch.lengths, 40), -_GAP_COST))
        for row in range(int(first[start]), int(last[start]) + 1):
            if own[row]:
                yield row, Finding("structure.only_prose", Kind.TEXT, "A sentence in the densest prose of the page.")


def _titles(batch: _Batch) -> Iterator[tuple[int, Finding]]:
    """The first heading above each page's first prose that shares words with it, and the standfirst below.

    Where none does, it is the line right above the prose.
    """
    for start, stop in batch.pages():
        prose = np.flatnonzero(batch.prose[start:stop] & (batch.points[start:stop] > 0)) + start
        if not len(prose):
            continue
        first = int(prose[0])
        above = [row for row in range(max(start, first - _TITLE_REACH), first) if batch.kinds[row] is None and _is_heading(batch, row)]
        if not above:
            continue
        said = {stem for row in prose[:_TITLE_PROSE].tolist() for stem in _stems(batch.rows.words[row])}
        echoing = [row for row in above if _echoes(_stems(batch.rows.words[row]), said)]
        title = _first_title(batch, above, echoing, first)
        for row in above:
            if row == title or (row in echoing and row > (title or 0) and batch.lengths[row] >= _STANDFIRST_WORDS):
                yield row, Finding("structure.title", Kind.TITLE, "The heading above the article's first prose.")


def _first_title(batch: _Batch, above: list[int], echoing: list[int], prose: int) -> int | None:
    """The title among the headings above the prose, echoing ones first; short ones are as often an author or a section."""
    long = [row for row in above if batch.lengths[row] > _NAME_WORDS]
    named = [row for row in echoing if row in long]
    if named:
        return named[0]
    for candidates in (long, echoing, above):
        row = max(candidates, default=None)
        if row is not None and all(batch.kinds[other] in _BETWEEN or batch.lengths[other] <= _NAME_WORDS for other in range(row + 1, prose)):
            return row
    return None


def _echoes(stems: set[str], said: set[str]) -> bool:
    """Whether a line shares more than one stem with what is said, or most of its stems."""
    shared = len(stems & said)
    return shared > 1 or 2 * shared > len(stems)


def _is_heading(batch: _Batch, row: int) -> bool:
    """Whether a line could be a headline: a few words, one sentence at most, and not an item of a list."""
    rows = batch.rows
    worded = rows.first[row] not in {Class.SEPARATOR, Class.SYMBOL} and chr(rows.tail[row, 0]) not in ":,;"
    return bool(worded and 2 <= batch.lengths[row] <= _TITLE_WORDS and rows.sentence_ends[row] <= 1)


FINDERS = (_teaser_rivers, _teaser_lists, _caption_blocks, _prose, _titles)
"""In the order in which they are asked."""
