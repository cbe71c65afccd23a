"""What is measured of a line's surroundings: the lines beside and near it, its block, its place on the page, the page.

Following Kohlschütter et al. 2010 (*Boilerplate Detection using Shallow Text Features*), the neighbours count as much as the line
itself. Here they are measured as they stand; what the first pass thought of them is :mod:`cleantext.context`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleantext.groups import block_numbers, first_alike, page_totals, shape_codes, totals_near
from cleantext.measure.categories import PHRASE_CODES, WHOLE_PHRASES, Ending, outside_prose
from cleantext.scales import MANY_WORDS, UNKNOWN, on_bounded_scale, per_cent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cleantext.rows import Rows

__all__ = ["AROUND", "measure_around"]

AROUND: tuple[tuple[str, str], ...] = (
    ("blank_before", "blank lines before it"),
    ("blank_after", "blank lines after it"),
    ("place", "its place in the page's words, per cent"),
    ("words_before", "words of the page before it"),
    ("words_after", "words of the page after it"),
    ("previous_words", "words of the line before"),
    ("next_words", "words of the line after"),
    ("previous_ends", "how the line before ends"),
    ("next_begins", "class of the next line's first character"),
    ("previous_phrase", "phrase in the line before"),
    ("next_phrase", "phrase in the line after"),
    ("phrases_near", "phrases within five lines"),
    ("same_shape_near", "lines of the same shape within five"),
    ("same_shape", "share of the page's lines that have its shape"),
    ("block_lines", "lines of its block"),
    ("block_words", "words of its block"),
    ("block_prose", "share of prose in its block's words"),
    ("block_phrases", "phrases in its block"),
    ("prose_before", "lines of prose before it"),
    ("prose_after", "lines of prose after it"),
    ("since_prose", "lines since the last prose"),
    ("until_prose", "lines until the next prose"),
    ("page_lines", "lines of the page"),
    ("page_words", "words of the page"),
    ("page_prose", "share of prose in the page's words"),
    ("page_phrases", "phrases per hundred lines of the page"),
    ("page_kinds", "kinds of chrome that whole lines of the page are"),
    ("page_short", "share of the page's lines that are short"),
    ("page_blank", "blank lines per hundred lines of the page"),
)
"""Name and meaning of each measurement of a line's surroundings."""

_PROSE_WORDS = 10
_MANY_LINES = 150
_NEAR = 5
_ENDS_SENTENCE = np.isin(np.arange(len(Ending)), (Ending.TERMINAL, Ending.QUOTED))


def measure_around(rows: Rows, itself: Mapping[str, NDArray[np.int64]], words: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Measure the surroundings of all rows of a batch.

    Args:
        rows: the lines.
        itself: what was measured of the lines themselves.
        words: how many words each has.
    """
    prose = _prose(rows, itself["ends"], words)
    hits = (outside_prose(itself["phrase"]) | (itself["shape"] > 0)).astype(np.int64)
    return (
        _beside(rows, itself)
        | _alike(rows, itself)
        | {"phrases_near": totals_near(rows, hits, _NEAR)}
        | _in_block(rows, words, prose, hits)
        | _among_words(rows, words, prose)
        | _among_prose(rows, prose)
        | _among_lines(rows, words, hits)
        | {"page_kinds": _page_kinds(rows, itself["phrase"])}
    )


def _prose(rows: Rows, ends: NDArray[np.int64], words: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 for the lines that are prose: long, and the end of a sentence in them."""
    return ((words >= _PROSE_WORDS) & ((rows.sentence_ends > 0) | _ENDS_SENTENCE[ends])).astype(np.int64)


def _beside(rows: Rows, itself: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    """What stands right before and after each line."""
    return {
        "blank_before": np.minimum(rows.blank_before, 5),
        "blank_after": np.minimum(rows.blank_after, 5),
        "previous_words": _neighbour(rows, itself["words"], -1),
        "next_words": _neighbour(rows, itself["words"], 1),
        "previous_ends": _neighbour(rows, itself["ends"], -1),
        "next_begins": _neighbour(rows, itself["begins"], 1),
        "previous_phrase": _neighbour(rows, itself["phrase"], -1),
        "next_phrase": _neighbour(rows, itself["phrase"], 1),
    }


def _neighbour(rows: Rows, values: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """The value of the row ``step`` away, UNKNOWN beyond the page's edge."""
    moved = np.full(len(values), UNKNOWN, np.int64)
    if step > 0:
        moved[:-step] = np.where(rows.page[step:] == rows.page[:-step], values[step:], UNKNOWN)
    else:
        moved[-step:] = np.where(rows.page[:step] == rows.page[-step:], values[:step], UNKNOWN)
    return moved


def _alike(rows: Rows, itself: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    """The lines of each line's shape, near it and on its page."""
    shape = shape_codes(rows, itself["words"], itself["capitalised"], itself["begins"], itself["ends"])
    near = np.zeros(len(rows), np.int64)
    for step in range(1, _NEAR + 1):
        same = shape[step:] == shape[:-step]  # never across pages: a shape's number is of one page
        near[step:] += same
        near[:-step] += same
    groups = first_alike(shape)
    return {"same_shape_near": near, "same_shape": per_cent(np.bincount(groups)[groups], rows.page_lines)}


def _in_block(
    rows: Rows, words: NDArray[np.int64], prose: NDArray[np.int64], hits: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """What stands in each line's block."""
    block = block_numbers(rows)

    def total(values: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(block, values, minlength=1).astype(np.int64)[block]

    return {
        "block_lines": on_bounded_scale(total(np.ones_like(words)), _MANY_LINES),
        "block_words": on_bounded_scale(total(words), MANY_WORDS),
        "block_prose": per_cent(total(words * prose), total(words)),
        "block_phrases": np.minimum(total(hits), 20),
    }


def _among_words(rows: Rows, words: NDArray[np.int64], prose: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """How many words the page has, how many of them are prose, and where among them each line stands."""
    total, before = page_totals(rows, words), _before(rows, words)
    return {
        "place": per_cent(before + words // 2, total),
        "words_before": on_bounded_scale(before, MANY_WORDS),
        "words_after": on_bounded_scale(total - before - words, MANY_WORDS),
        "page_words": on_bounded_scale(total, MANY_WORDS),
        "page_prose": per_cent(page_totals(rows, words * prose), total),
    }


def _among_prose(rows: Rows, prose: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Where each line stands among the page's lines of prose."""
    before = _before(rows, prose)
    return {
        "prose_before": on_bounded_scale(before, _MANY_LINES),
        "prose_after": on_bounded_scale(page_totals(rows, prose) - before - prose, _MANY_LINES),
        "since_prose": _since(rows, prose),
        "until_prose": _until(rows, prose),
    }


def _before(rows: Rows, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum over the rows of the page before each."""
    before = np.cumsum(values) - values
    return before - before[rows.bounds[rows.page]]


def _since(rows: Rows, flags: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows since the last flagged one of the page, at most 60; UNKNOWN before the first."""
    here = np.arange(len(rows))
    last = np.maximum.accumulate(np.where(flags > 0, here, -1))
    return np.where(last >= rows.bounds[rows.page], np.minimum(here - last, 60), UNKNOWN)


def _until(rows: Rows, flags: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows until the next flagged one of the page, at most 60; UNKNOWN after the last."""
    here = np.arange(len(rows))
    following = np.minimum.accumulate(np.where(flags > 0, here, len(rows))[::-1])[::-1]
    return np.where(following < rows.bounds[rows.page + 1], np.minimum(following - here, 60), UNKNOWN)


def _among_lines(rows: Rows, words: NDArray[np.int64], hits: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """How many lines the page has, and how many of them are chrome by what they say, short or blank."""
    lines = rows.page_lines
    with_blanks = np.array([len(page.starts) for page in rows.pages], np.int64)[rows.page]
    return {
        "page_lines": on_bounded_scale(lines, 3 * _MANY_LINES),
        "page_phrases": per_cent(page_totals(rows, hits), lines),
        "page_short": per_cent(page_totals(rows, (words < _PROSE_WORDS).astype(np.int64)), lines),
        "page_blank": per_cent(with_blanks - lines, with_blanks),
    }


def _page_kinds(rows: Rows, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many kinds of phrases that are whole lines each row's page has."""
    seen = np.zeros((len(rows.pages), PHRASE_CODES), bool)
    seen[rows.page, codes] = True
    return seen[:, WHOLE_PHRASES].sum(axis=1)[rows.page]
