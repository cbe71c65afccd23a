"""What is measured of a line itself: its length, its characters, how it begins and ends, its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleantext.characters import Class
from cleantext.lookup import Cue
from cleantext.measure.categories import beginnings, endings, phrase_codes
from cleantext.scales import UNKNOWN, on_scale, per_cent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.rows import Rows
    from cleantext.rules import Evidences

__all__ = ["ITSELF", "count_words", "measure_itself"]

ITSELF: tuple[tuple[str, str], ...] = (
    ("words", "number of words"),
    ("characters", "number of characters"),
    ("word_length", "mean length of its words, in tenths"),
    ("letters", "share of letters among its characters"),
    ("digits", "share of digits"),
    ("symbols", "share of symbols and separators"),
    ("upper", "share of capitals among its letters"),
    ("capitalised", "share of words with a capital"),
    ("begins", "class of its first character"),
    ("ends", "how it ends"),
    ("commas", "commas and semicolons"),
    ("sentences", "sentences that end in it"),
    ("quotes", "quotation marks and brackets"),
    ("stopwords", "share of function words"),
    ("phrase", "phrase of the lexicon"),
    ("shape", "shape rule"),
    ("repeats", "how often the page repeats it"),
    ("echo", "share of its words that the page uses elsewhere"),
)
"""Name and meaning of each measurement of a line itself."""

_LABEL_WORDS = 12


def count_words(rows: Rows) -> NDArray[np.int64]:
    """How many words each row has.

    Two letters make about one word where words are not spaced (Chinese: 1.5 to 1.8; Thai: 4): close enough for a length.
    """
    spaced = rows.word_counts
    return np.maximum(spaced, np.minimum(spaced, 1) + rows.counts[:, Class.UNSPACED] // 2)


def measure_itself(
    rows: Rows, evidences: Evidences, words: NDArray[np.int64], covered: Sequence[bool]
) -> dict[str, NDArray[np.int64]]:
    """Measure all rows of a batch, each by itself.

    Args:
        rows: the lines.
        evidences: what the rules found in them.
        words: how many words each has.
        covered: whether each page's language is known, and with it its function words.
    """
    counts = rows.counts
    cased = counts[:, Class.LOWER] + counts[:, Class.UPPER]
    letters = cased + counts[:, Class.UNSPACED]
    solid = counts.sum(axis=1) - counts[:, Class.SPACE]
    marks = counts[:, Class.SEPARATOR] + counts[:, Class.SYMBOL]
    return {
        "words": on_scale(words),
        "characters": on_scale(solid),
        "word_length": 10 * letters // np.maximum(words, 1),
        "letters": per_cent(letters, solid),
        "digits": per_cent(counts[:, Class.DIGIT], solid),
        "symbols": per_cent(marks, solid),
        "upper": per_cent(counts[:, Class.UPPER], cased),
        "capitalised": per_cent(rows.capitals, rows.beginnings),
        "begins": beginnings(rows),
        "ends": endings(rows),
        "commas": on_scale(counts[:, Class.COMMA]),
        "sentences": on_scale(rows.sentence_ends),
        "quotes": on_scale(counts[:, Class.QUOTE]),
        "stopwords": np.where(np.array(covered)[rows.page], _shares(rows, rows.cues & Cue.STOPWORD > 0), UNKNOWN),
        "phrase": phrase_codes(evidences.phrases, words),
        "shape": evidences.shapes.astype(np.int64),
        "repeats": _repeats(rows),
        "echo": _echoes(rows),
    }


def _shares(rows: Rows, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Per cent of each row's words that are flagged among all words."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    return per_cent(sums[rows.word_edges[1:]] - sums[rows.word_edges[:-1]], rows.word_counts)


def _repeats(rows: Rows) -> NDArray[np.int64]:
    """How many more times each short line stands in its page."""
    short = np.flatnonzero((rows.word_counts > 0) & (rows.word_counts <= _LABEL_WORDS)).tolist()
    seen: list[dict[str, int]] = [{} for _ in rows.pages]
    page = rows.page.tolist()
    first = np.array([seen[page[row]].setdefault(rows.labels[row], row) for row in short], np.int64)
    repeats = np.zeros(len(rows), np.int64)
    repeats[short] = np.bincount(first, minlength=len(rows))[first] - 1
    return np.minimum(repeats, 9)


def _echoes(rows: Rows) -> NDArray[np.int64]:
    """The share of each line's longer words that the page uses often: an article speaks of few things, chrome of many."""
    often = np.flatnonzero(np.bincount(rows.first_uses, minlength=1) > 2).tolist()
    telling = np.zeros(len(rows.all_words), bool)
    telling[[place for place in often if len(rows.all_words[place]) > 4]] = True
    return _shares(rows, telling[rows.first_uses])
