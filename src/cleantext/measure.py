"""What is measured of each line: numbers only, no opinion.

A measurement is an integer from 0 to 255 for every row of a batch, so that a scorecard is a table look-up and a page measures
the same alone and in any batch. Counts are put on one scale that is fine for small numbers and coarse for large ones
(:data:`SCALE`), shares are per cent. What speaks: prose is long, ends in full stops, is full of function words and stands among
its like; chrome is short, capitalised, repeated, and stands among its like too. Following Kohlschütter et al. 2010
(*Boilerplate Detection using Shallow Text Features*), the neighbours count as much as the line itself.
"""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from cleantext.characters import Class
from cleantext.lexicon import Cue
from cleantext.model import CONTENT_KINDS, Kind
from cleantext.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.lexicon import Match, Phrase
    from cleantext.rows import Rows
    from cleantext.rules import Evidences

__all__ = [
    "CATEGORIES", "MANY_WORDS", "MEASUREMENTS", "NAMES", "SCALE", "UNKNOWN", "WHOLE_PHRASES", "block_numbers", "first_alike",
    "measure", "on_bounded_scale", "on_scale", "page_means", "page_totals", "per_cent", "phrase_code", "phrase_codes",
    "shape_codes", "window_sums",
]  # fmt: skip

SCALE = np.array(
    [*range(1, 17), 18, 20, 22, 24, 27, 30, 34, 38, 43, 48, 54, 60, 68, 76, 86, 96, 108, 122, 137, 154, 173, 195, 219, 246, 277]
    + [312, 351, 395, 444]
    + [round(500 * 1.125**step) for step in range(80)], np.int64
)  # fmt: skip
"""Counts are measured by how many of these they reach: exact to 16, then steps of an eighth."""

_PLACES = np.searchsorted(SCALE, np.arange(10_000), side="right")  # a look-up is faster than a search, and most counts are small

UNKNOWN = 255
"""The value of a measurement that could not be made."""

MANY_WORDS = 4500
"""So many words of a page, block or region, or more: about nine pages in ten have fewer."""
_MANY_LINES = 150

_KINDS = list(Kind)
_MATCHES = {"line": 0, "prefix": 1, "suffix": 1, "contains": 2}
_IN_PROSE = 3
_LONG_PROSE_WORDS = 25  # an article about newsletters uses the words of a newsletter box, but in longer lines
_PROSE_WORDS = 10
_LABEL_WORDS = 12
_OPEN, _COLON, _COMMA, _TERMINAL, _QUOTED, _ELLIPSIS, _CLOSED, _OTHER = range(8)


def on_scale(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Counts as places on :data:`SCALE`.

    >>> on_scale(np.array([0, 3, 17, 500])).tolist()
    [0, 3, 16, 46]
    """
    if counts.max(initial=0) < len(_PLACES):
        return _PLACES.take(counts)
    return np.searchsorted(SCALE, counts, side="right")


def on_bounded_scale(counts: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The same of sums over many lines, where ``most`` and more are one: longer pages than those that points were fitted on must
    not fall into bins that a handful of them filled.
    """
    return on_scale(np.minimum(counts, most))


def per_cent(parts: NDArray[np.int64], wholes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Shares in whole per cent, 0 where the whole is 0.

    >>> per_cent(np.array([1, 2, 3]), np.array([2, 3, 0])).tolist()
    [50, 66, 0]
    """
    return np.where(wholes > 0, 100 * parts // np.maximum(wholes, 1), 0)


@cache
def phrase_code(kind: Kind, match: Match, *, in_prose: bool = False) -> int:
    """The number, above 0, of a phrase's kind and way of matching; a multiple of 4 for a part of a line of long prose."""
    return 1 + 4 * _KINDS.index(kind) + (_IN_PROSE if in_prose and match != "line" else _MATCHES[match])


WHOLE_PHRASES = [phrase_code(kind, "line") for kind in Kind]
"""The numbers of phrases that are a whole line."""


def phrase_codes(phrases: Sequence[Phrase | None], words: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the phrase of each line, given its words; 0 where there is none."""
    codes = np.zeros(len(words), np.int64)
    found = [row for row, phrase in enumerate(phrases) if phrase is not None]
    in_prose = (words[found] >= _LONG_PROSE_WORDS).tolist()
    codes[found] = [
        phrase_code(phrase.kind, phrase.match, in_prose=prose)
        for phrase, prose in zip(filter(None, phrases), in_prose, strict=True)
    ]
    return codes


MEASUREMENTS: tuple[tuple[str, str], ...] = (
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
)  # fmt: skip
"""Name and meaning of each measurement, in the order of the rows of the matrix."""

NAMES = [name for name, _ in MEASUREMENTS]


def _category_names() -> dict[str, dict[int, str]]:
    phrases = (
        {0: "none"}
        | {
            phrase_code(kind, match): f"{kind}.{'edge' if match == 'prefix' else match}"
            for kind in _KINDS
            if kind not in CONTENT_KINDS
            for match in ("line", "prefix", "contains")
        }
        | {phrase_code(kind, "contains", in_prose=True): f"{kind}.in_prose" for kind in _KINDS if kind not in CONTENT_KINDS}
    )
    shapes = {0: "none"} | {number: rule.id for number, rule in enumerate(RULES, 1)}
    begins = {number.value: number.name.lower() for number in Class}
    begins |= {number + len(Class): f"dash_{name}" for number, name in begins.items()}
    ends = dict(enumerate(("open", "colon", "comma", "terminal", "quoted", "ellipsis", "closed", "other")))
    edge = {UNKNOWN: "edge_of_page"}
    return {
        "phrase": phrases, "previous_phrase": phrases | edge, "next_phrase": phrases | edge, "shape": shapes,
        "begins": begins, "next_begins": begins | edge, "ends": ends, "previous_ends": ends | edge,
    }  # fmt: skip


CATEGORIES: dict[str, dict[int, str]] = _category_names()
"""Measurements whose values are no amounts but names; the name of each value."""


def measure(rows: Rows, evidences: Evidences, covered: Sequence[bool]) -> NDArray[np.uint8]:
    """Measure all rows of a batch.

    Args:
        rows: the lines.
        evidences: what the rules found in them.
        covered: whether each page's language is known, and with it its function words.

    Returns:
        A matrix, measurements × rows.
    """
    own = _own_measures(rows, evidences, covered)
    words, prose = own.pop("count"), own.pop("prose")
    values = own | _context_measures(rows, own, words, prose)
    return np.minimum(np.stack([values[name] for name in NAMES]), 255).astype(np.uint8)


def _own_measures(rows: Rows, evidences: Evidences, covered: Sequence[bool]) -> dict[str, NDArray[np.int64]]:
    """What the line says of itself."""
    counts = rows.counts
    spaced = np.diff(rows.word_edges)
    # Two letters make about one word where words are not spaced (Chinese: 1.5 to 1.8; Thai: 4): close enough for a length.
    words = np.maximum(spaced, np.minimum(spaced, 1) + counts[:, Class.UNSPACED] // 2)
    cased = counts[:, Class.LOWER] + counts[:, Class.UPPER]
    letters = cased + counts[:, Class.UNSPACED]
    solid = counts.sum(axis=1) - counts[:, Class.SPACE]
    marks = counts[:, Class.SEPARATOR] + counts[:, Class.SYMBOL]
    ends = _endings(rows)
    prose = (words >= _PROSE_WORDS) & ((rows.sentence_ends > 0) | (ends == _TERMINAL) | (ends == _QUOTED))
    return {
        "count": words,
        "prose": prose.astype(np.int64),
        "words": on_scale(words),
        "characters": on_scale(solid),
        "word_length": 10 * letters // np.maximum(words, 1),
        "letters": per_cent(letters, solid),
        "digits": per_cent(counts[:, Class.DIGIT], solid),
        "symbols": per_cent(marks, solid),
        "upper": per_cent(counts[:, Class.UPPER], cased),
        "capitalised": per_cent(rows.capitals, rows.beginnings),
        "begins": rows.first + (rows.edge == ord("-")) * len(Class),  # a dash may be a bullet: told apart
        "ends": ends,
        "commas": on_scale(counts[:, Class.COMMA]),
        "sentences": on_scale(rows.sentence_ends),
        "quotes": on_scale(counts[:, Class.QUOTE]),
        "stopwords": np.where(np.array(covered)[rows.page], _shares(rows, rows.cues & Cue.STOPWORD > 0), UNKNOWN),
        "phrase": phrase_codes(evidences.phrases, words),
        "shape": evidences.shapes.astype(np.int64),
        "repeats": _repeats(rows),
        "echo": _echoes(rows),
    }


def _endings(rows: Rows) -> NDArray[np.int64]:
    """How each row ends, looking through closing quotation marks."""

    def of(points: NDArray[np.uint32]) -> NDArray[np.int64]:
        return _ENDINGS[np.minimum(points, len(_ENDINGS) - 1)]

    last, second = of(rows.tail[:, 0]), of(rows.tail[:, 1])
    ends = np.where((last == _CLOSED) & ((second == _TERMINAL) | (second == _ELLIPSIS)), _QUOTED, last)
    dots = (rows.tail[:, 0] == ord(".")) & (rows.tail[:, 1] == ord("."))
    return np.where(dots, _ELLIPSIS, ends)


def _ending_table() -> NDArray[np.int64]:
    table = np.full(0x10000, _OPEN, np.int64)
    for marks, ending in (
        (".!?。！？｡।॥؟۔", _TERMINAL), (":：", _COLON), (",;，、；،؛", _COMMA), ("…", _ELLIPSIS),
        ("\"'”’»)]』」）›“*", _CLOSED), ("|/•·>→-–—+%", _OTHER),
    ):  # fmt: skip
        table[[ord(mark) for mark in marks]] = ending
    return table


_ENDINGS = _ending_table()


def _shares(rows: Rows, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Per cent of each row's words that are flagged among all words."""
    sums = np.concatenate(([0], np.cumsum(flags)))
    return per_cent(np.diff(sums[rows.word_edges]), np.diff(rows.word_edges))


def _repeats(rows: Rows) -> NDArray[np.int64]:
    """How many more times each short line stands in its page."""
    lengths = np.diff(rows.word_edges)
    short = np.flatnonzero((lengths > 0) & (lengths <= _LABEL_WORDS)).tolist()
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


def window_sums(rows: Rows, values: NDArray[np.int64], before: int, after: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sums over the rows from ``before`` rows before each to ``after`` rows after it, within its page, and how many those are."""
    here = np.arange(len(rows))
    start = np.maximum(here - before, rows.bounds[rows.page])
    stop = np.minimum(here + after + 1, rows.bounds[rows.page + 1])
    sums = np.concatenate(([0], np.cumsum(values)))
    return sums[stop] - sums[start], stop - start


def page_totals(rows: Rows, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum over the page, for each row of it."""
    sums = np.concatenate(([0], np.cumsum(values)))
    return (sums[rows.bounds[1:]] - sums[rows.bounds[:-1]])[rows.page]


def page_means(rows: Rows, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The mean over the page, rounded down, for each row of it."""
    return page_totals(rows, values) // np.diff(rows.bounds)[rows.page]


def _neighbour(rows: Rows, values: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """The value of the row ``step`` away, UNKNOWN beyond the page's edge."""
    moved = np.full(len(values), UNKNOWN, np.int64)
    if step > 0:
        moved[:-step] = np.where(rows.page[step:] == rows.page[:-step], values[step:], UNKNOWN)
    else:
        moved[-step:] = np.where(rows.page[:step] == rows.page[-step:], values[:step], UNKNOWN)
    return moved


def block_numbers(rows: Rows) -> NDArray[np.int64]:
    """The number of each row's block: a run of lines without a blank line between them."""
    starts = rows.blank_before > 0
    starts[rows.bounds[:-1][np.diff(rows.bounds) > 0]] = True
    return np.cumsum(starts) - 1


def _context_measures(
    rows: Rows, own: dict[str, NDArray[np.int64]], words: NDArray[np.int64], prose: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """What the lines around it, its block and its page say of it."""
    hit = ((own["phrase"] % 4 > 0) | (own["shape"] > 0)).astype(np.int64)  # codes in long prose are the multiples of 4
    first = rows.bounds[rows.page]
    lines = np.diff(rows.bounds)[rows.page]
    before = np.cumsum(words) - words
    before -= before[first]
    page_words = page_totals(rows, words)
    block = block_numbers(rows)

    def in_block(values: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(block, values, minlength=1).astype(np.int64)[block]

    prose_words = words * prose
    prose_before = np.cumsum(prose) - prose
    prose_before -= prose_before[first]
    shape = shape_codes(rows, own["words"], own["capitalised"], own["begins"], own["ends"])
    all_lines = np.array([len(page.starts) for page in rows.pages], np.int64)[rows.page]
    return {
        "blank_before": np.minimum(rows.blank_before, 5),
        "blank_after": np.minimum(rows.blank_after, 5),
        "place": per_cent(before + words // 2, page_words),
        "words_before": on_bounded_scale(before, MANY_WORDS),
        "words_after": on_bounded_scale(page_words - before - words, MANY_WORDS),
        "previous_words": _neighbour(rows, own["words"], -1),
        "next_words": _neighbour(rows, own["words"], 1),
        "previous_ends": _neighbour(rows, own["ends"], -1),
        "next_begins": _neighbour(rows, own["begins"], 1),
        "previous_phrase": _neighbour(rows, own["phrase"], -1),
        "next_phrase": _neighbour(rows, own["phrase"], 1),
        "phrases_near": window_sums(rows, hit, 5, 5)[0],
        "same_shape_near": _same_near(shape),
        "same_shape": _same_share(shape, lines),
        "block_lines": on_bounded_scale(in_block(np.ones_like(words)), _MANY_LINES),
        "block_words": on_bounded_scale(in_block(words), MANY_WORDS),
        "block_prose": per_cent(in_block(prose_words), in_block(words)),
        "block_phrases": np.minimum(in_block(hit), 20),
        "prose_before": on_bounded_scale(prose_before, _MANY_LINES),
        "prose_after": on_bounded_scale(page_totals(rows, prose) - prose_before - prose, _MANY_LINES),
        "since_prose": _since(rows, prose),
        "until_prose": _until(rows, prose),
        "page_lines": on_bounded_scale(lines, 3 * _MANY_LINES),
        "page_words": on_bounded_scale(page_words, MANY_WORDS),
        "page_prose": per_cent(page_totals(rows, prose_words), page_words),
        "page_phrases": per_cent(page_totals(rows, hit), lines),
        "page_kinds": _page_kinds(rows, own["phrase"]),
        "page_short": per_cent(page_totals(rows, (words < _PROSE_WORDS).astype(np.int64)), lines),
        "page_blank": per_cent(all_lines - lines, all_lines),
    }


def _page_kinds(rows: Rows, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many kinds of phrases that are whole lines each row's page has."""
    seen = np.zeros((len(rows.pages), 4 * len(_KINDS) + 1), bool)
    seen[rows.page, codes] = True
    return seen[:, 1::4].sum(axis=1)[rows.page]


def shape_codes(
    rows: Rows, words: NDArray[Any], case: NDArray[Any], begins: NDArray[Any], ends: NDArray[Any]
) -> NDArray[np.int64]:
    """A number for each row's page and shape: lines of like length, case, beginning and end, as the items of a menu or the
    cards of a list are. The arguments are the measurements of those names.
    """
    return (((rows.page * 64 + words // 4) * 2 + case // 51) * 64 + begins) * 8 + ends


def first_alike(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each value, the place of the first one that is the same: a number for each group of the same values.

    >>> first_alike(np.array([7, 9, 7])).tolist()
    [0, 1, 0]
    """
    seen: dict[int, int] = {}
    return np.fromiter(map(seen.setdefault, values.tolist(), count()), np.int64, len(values))


def _same_near(shape: NDArray[np.int64]) -> NDArray[np.int64]:
    same = np.zeros(len(shape), np.int64)
    for step in range(1, 6):
        alike = shape[step:] == shape[:-step]  # never across pages: a shape's number is of one page
        same[step:] += alike
        same[:-step] += alike
    return same


def _same_share(shape: NDArray[np.int64], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    groups = first_alike(shape)
    return per_cent(np.bincount(groups)[groups], lines)


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
