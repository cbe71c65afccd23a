"""The lines of a batch of pages that hold anything, one row each, with their characters counted.

Everything after this works on all rows of a batch at once; a page is a stretch of rows. Numbers are integers throughout, so
that a page measures the same alone and in any batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain, count, pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np

from cleantext.characters import Class, class_table, fold_table, is_one_of
from cleantext.lookup import LABEL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from cleantext.lines import Lines

__all__ = ["Rows", "make_rows"]

_CLASSES = len(Class)


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of each row: a sequence of tuples that are made when they are asked for; most never are."""

    every: tuple[str, ...]
    """The words of all rows, one after the other."""
    edges: list[int]
    """Where each row's words start among all, and at last where all end."""

    def __getitem__(self, row: int) -> tuple[str, ...]:
        return self.every[self.edges[row] : self.edges[row + 1]]

    def __len__(self) -> int:
        return len(self.edges) - 1


@dataclass(frozen=True, slots=True)
class Rows:
    """The non-blank lines of a batch; arrays hold one value a row unless said otherwise."""

    pages: Sequence[Lines]
    """The pages of the batch."""
    page: NDArray[np.int64]
    """The number of each row's page."""
    bounds: NDArray[np.int64]
    """Where each page's rows start, and at last where all end: one more than there are pages."""
    page_lines: NDArray[np.int64]
    """How many rows each row's page has."""
    line: NDArray[np.int64]
    """The index of each row among its page's lines."""
    starts: NDArray[np.int64]
    """Offset of the row's first character that is no space, in its page."""
    ends: NDArray[np.int64]
    """Offset just past its last character that is no space."""
    words: Words
    """Its folded words."""
    labels: list[str]
    """The same with single spaces between them, for rows of at most ``LABEL_WORDS`` words; empty for longer ones."""
    all_words: tuple[str, ...]
    """The words of all rows, one after the other."""
    word_edges: NDArray[np.int64]
    """Where each row's words start among all, and at last where all end: one more than there are rows."""
    word_counts: NDArray[np.int64]
    """How many words each row has."""
    lengths: NDArray[np.int64]
    """The same, where two letters count as one word where words are not spaced."""
    first_uses: NDArray[np.int64]
    """For each of all words, where among them its page uses it first."""
    vocabularies: list[dict[str, int]]
    """The words of each page, and where among all words each stands first."""
    cues: NDArray[np.int64]
    """What each of all words may be: :class:`cleantext.lookup.Cue`."""
    counts: NDArray[np.int64]
    """How many characters of each class it has: rows × classes."""
    capitals: NDArray[np.int64]
    """How many words begin with a capital letter."""
    beginnings: NDArray[np.int64]
    """How many runs of letters and digits it has."""
    sentence_ends: NDArray[np.int64]
    """How many sentences end in it: terminal punctuation, then a space or a quotation mark or the end."""
    first: NDArray[np.int64]
    """The class of its first character."""
    edge: NDArray[np.uint32]
    """Its first code point."""
    tail: NDArray[np.uint32]
    """Its last three code points, the last one first (fewer are filled up with spaces): rows × 3."""
    blank_before: NDArray[np.int64]
    """How many blank lines stand before it, in its page."""
    blank_after: NDArray[np.int64]
    """How many blank lines stand after it."""

    def __len__(self) -> int:
        return len(self.words)

    def ends_in(self, marks: str) -> NDArray[np.bool_]:
        """Whether each row's last character is one of a few."""
        return is_one_of(self.tail[:, 0], marks)

    def look_up(self, tables: Iterable[Mapping[str, int]]) -> NDArray[np.int64]:
        """What the table of its page gives for each of all words; 0 where it has none."""
        return _look_up(self.vocabularies, self.first_uses, tables)

    def text(self, row: int) -> str:
        """The row as it stands on the page, without the space around it."""
        return self.pages[self.page[row]].text[self.starts[row] : self.ends[row]]


def make_rows(
    pages: Sequence[Lines],
    points: Sequence[NDArray[np.uint32]],
    page_words: Sequence[list[str]],
    cues: Sequence[Mapping[str, int]],
) -> Rows:
    """Count the characters of a batch.

    Args:
        pages: the lines of each page.
        points: the code points of each page.
        page_words: the folded words of each page.
        cues: what words may be, in the language of each page.
    """
    page_edges = np.concatenate(([0], np.cumsum([len(array) for array in points], dtype=np.int64)))
    lines_of_page = np.array([len(page.starts) for page in pages], np.int64)
    line_page = np.repeat(np.arange(len(pages)), lines_of_page)
    edges = _line_edges(pages, page_edges)

    every = np.concatenate([*points, np.full(1, 32, np.uint32)])  # all pages, and a space
    classes = class_table().take(every)
    solid = np.flatnonzero(classes != Class.SPACE)
    solid_edges = np.searchsorted(solid, edges)
    filled = np.flatnonzero(solid_edges[1:] > solid_edges[:-1])  # the lines that are not blank: these become rows
    first = solid[solid_edges[:-1][filled]]
    last = solid[solid_edges[1:][filled] - 1]
    page = line_page[filled]
    line = filled - np.searchsorted(line_page, page)
    before, after = _blanks(line, page, lines_of_page)

    begins = _runs(((classes >= Class.LOWER) & (classes <= Class.DIGIT)) | (classes == Class.UNSPACED), edges[:-1])
    capitals = begins & (classes == Class.UPPER)
    sentence_ends = _sentence_ends(every, classes, page_edges)

    word_starts = np.flatnonzero(_runs(_word_table().take(every), page_edges[:-1]))
    word_edges = np.append(np.searchsorted(word_starts, first), len(word_starts))
    word_counts = word_edges[1:] - word_edges[:-1]
    counts = _class_counts(classes, edges)[filled]
    bounds = np.searchsorted(page, np.arange(len(pages) + 1))
    places = word_edges.tolist()
    all_words = tuple(chain.from_iterable(page_words))
    vocabularies, first_uses = _first_uses(page_words)
    return Rows(
        pages=pages, page=page, bounds=bounds, page_lines=(bounds[1:] - bounds[:-1])[page], line=line,
        starts=first - page_edges[page], ends=last + 1 - page_edges[page],
        words=Words(all_words, places), all_words=all_words, word_edges=word_edges,
        word_counts=word_counts, lengths=word_counts + counts[:, Class.UNSPACED] // 2,
        labels=[" ".join(all_words[start:end]) if end - start <= LABEL_WORDS else "" for start, end in pairwise(places)],
        first_uses=first_uses, vocabularies=vocabularies, cues=_look_up(vocabularies, first_uses, cues),
        counts=counts, capitals=_per_line(capitals, edges)[filled],
        beginnings=_per_line(begins, edges)[filled], sentence_ends=_per_line(sentence_ends, edges)[filled],
        first=classes[first].astype(np.int64), edge=every[first], tail=_tails(every, first, last),
        blank_before=before, blank_after=after,
    )  # fmt: skip


def _line_edges(pages: Sequence[Lines], page_edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each line starts in the batch, and at last where all end."""
    starts = [np.array(page.starts, np.int64) + offset for page, offset in zip(pages, page_edges[:-1], strict=True)]
    return np.concatenate([*starts, page_edges[-1:]])


def _class_counts(classes: NDArray[np.uint8], edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many characters of each class each line has: lines × classes."""
    cells = len(edges[:-1]) * _CLASSES
    cell = np.repeat(np.arange(0, cells, _CLASSES), np.diff(edges)) + classes[:-1]
    return np.bincount(cell, minlength=cells).reshape(-1, _CLASSES)


def _sentence_ends(every: NDArray[np.uint32], classes: NDArray[np.uint8], page_edges: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which characters end a sentence: terminal punctuation, then a space or a quotation mark or the end."""
    ends = classes == Class.TERMINAL
    closed = (classes[1:] == Class.SPACE) | (classes[1:] == Class.QUOTE) | (every[:-1] > 0x2FFF)
    closed[page_edges[1:] - 1] = True  # at the end of a page, whatever the next page of the batch begins with
    ends[:-1] &= closed
    return ends


def _tails(every: NDArray[np.uint32], first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The last three code points of each row, the last one first."""
    return np.stack([np.where(last - back >= first, every[np.maximum(last - back, 0)], 32) for back in range(3)], axis=1)


def _first_uses(page_words: Sequence[list[str]]) -> tuple[list[dict[str, int]], NDArray[np.int64]]:
    """The words of each page, each with the place among all words where it stands first; and that place for each of all words."""
    vocabularies: list[dict[str, int]] = [{} for _ in page_words]
    places = count()
    uses = chain.from_iterable(
        map(known.setdefault, spoken, places) for known, spoken in zip(vocabularies, page_words, strict=True)
    )
    return vocabularies, np.fromiter(uses, np.int64, sum(map(len, page_words)))


def _look_up(
    vocabularies: Sequence[dict[str, int]], first_uses: NDArray[np.int64], tables: Iterable[Mapping[str, int]]
) -> NDArray[np.int64]:
    found = chain.from_iterable(
        map(table.get, vocabulary, repeat(0)) for table, vocabulary in zip(tables, vocabularies, strict=True)
    )
    worth = np.zeros(len(first_uses), np.int64)
    new = np.flatnonzero(first_uses == np.arange(len(first_uses)))  # the vocabularies' words, in their order
    worth[new] = np.fromiter(found, np.int64, len(new))
    return worth[first_uses]


@cache
def _word_table() -> NDArray[np.bool_]:
    """Which code points are part of a word once they are folded."""
    return fold_table() != ord(" ")


def _runs(inside: NDArray[np.bool_], breaks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where the runs of set flags begin; a run ends before each of ``breaks``."""
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    begins[breaks] = inside[breaks]
    return begins


def _per_line(flags: NDArray[np.bool_], edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many flags are set between each edge and the next."""
    return np.diff(np.searchsorted(np.flatnonzero(flags), edges))


def _blanks(
    line: NDArray[np.int64], page: NDArray[np.int64], lines_of_page: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Blank lines before and after each row, from the gaps between the rows' line numbers."""
    new_page = np.ones(len(page), bool)
    new_page[1:] = page[1:] != page[:-1]
    before = line.copy()
    before[1:] -= np.where(new_page[1:], 0, line[:-1] + 1)
    after = lines_of_page[page] - line - 1
    after[:-1] = np.where(new_page[1:], after[:-1], line[1:] - line[:-1] - 1)
    return before, after
