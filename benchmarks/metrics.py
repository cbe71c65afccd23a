r"""The figures of quality.py: how well a cleaned text agrees with the gold, page by page, and what they come to over many pages.

* Words: precision, recall and F1 over the bag of lower-cased ``\w+`` words, as in the data's public script.
* Order: F1 over the longest common subsequence of words. A bag of words cannot see that a line of a menu was kept instead of one
  of the article when both are made of the same words, nor that text stands in a wrong place.
* Snippets: ``with``, the share of the wanted ones that the text holds, and ``without``, the share of the unwanted ones.
* Lines: precision, recall and F1 of removal, over the lines that hold words. A line is to be removed when less than half of its
  words belong to the gold (:mod:`labels`).
* Loss: the share of the words of a text that cleaning removes, and of those left that cleaning a second time removes.

Words, order and snippets are means over pages, so that each page counts alike. Lines and lost words are counted over all pages.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from labels import label_lines, words_of
from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data import Page
    from numpy.typing import NDArray


class Scores(NamedTuple):
    """The figures of one cleaned page."""

    precision: float
    recall: float
    f1: float
    order: float
    wanted: float
    """Share of the wanted snippets that are there; not a number when the page has none."""
    unwanted: float
    """The same for the unwanted ones."""
    lines_right: int
    """Lines that were removed, and should be."""
    lines_removed: int
    lines_to_remove: int
    words: int
    """Words before cleaning."""
    words_left: int
    words_left_again: int
    """Words after a second cleaning."""


class JudgedLine(NamedTuple):
    """One line that holds words, before and after cleaning."""

    text: str
    words: int
    wanted: bool
    """Whether it belongs to the gold."""
    removed: bool


# --- One page


def balance(common: int, have: int, want: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of so many items that agree, out of those that are there and of those that should be.

    >>> balance(1, 2, 1)
    (0.5, 1.0, 0.6666666666666666)
    >>> balance(0, 0, 5)
    (0.0, 0.0, 0.0)
    """
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / have, common / want
    return precision, recall, 2 * precision * recall / (precision + recall)


def compare_words(have: Sequence[str], want: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of words in any order.

    >>> compare_words(["b", "a"], ["a", "b"])
    (1.0, 1.0, 1.0)
    """
    return balance((Counter(have) & Counter(want)).total(), len(have), len(want))


def compare_order(have: Sequence[str], want: Sequence[str]) -> float:
    """F1 of the longest common subsequence of words.

    >>> compare_order(["b", "a"], ["a", "b"])
    0.5
    """
    numbers: dict[str, int] = {}
    first, second = ([numbers.setdefault(word, len(numbers)) for word in words] for words in (have, want))
    return balance(LCSseq.similarity(first, second), len(have), len(want))[2]


def snippet_share(text: str, snippets: Sequence[str]) -> float:
    """Share of the snippets that a text holds; not a number when there are none.

    >>> snippet_share("The bridge is open.", ["bridge", "Bridge"])
    0.5
    """
    return sum(snippet in text for snippet in snippets) / len(snippets) if snippets else float("nan")


def squeeze(text: str, cleaned: str) -> str:
    r"""The cleaned text as a user gets it, without the empty lines that removed ones left behind.

    Where lines were removed between two that stay, the first run of blank lines among them stays, as it does in the content of
    :class:`cleantext.Document`.

    >>> squeeze("Head\nShare\nProse.\n\nMenu\n\nMore prose.", "Head\n\nProse.\n\n\n\nMore prose.")
    'Head\nProse.\n\nMore prose.'
    """
    kept: list[str] = []
    gap: list[str] = []
    gap_ended = False
    for before, after in zip(text.split("\n"), cleaned.split("\n"), strict=True):
        if after.strip():
            kept += [*gap, after]
            gap, gap_ended = [], False
        elif before.strip():
            gap_ended = bool(gap)
        elif not gap_ended:
            gap.append(after)
    return "\n".join(kept)


def lines_wanted(text: str, gold: str) -> list[bool | None]:
    r"""For each line whether it belongs to the gold; None for a line without words, about which nobody can tell.

    >>> lines_wanted("Share\n---\nThe bridge is open.", "The bridge is open.")
    [False, None, True]
    """
    labels, words = label_lines(text.split("\n"), gold)
    return [label >= 0.5 if count else None for label, count in zip(labels.tolist(), words.tolist(), strict=True)]


def judge_lines(text: str, cleaned: str, wanted: Sequence[bool | None]) -> list[JudgedLine]:
    r"""The lines that hold words, with what became of them: a line was removed when its line in the output is empty.

    >>> [(line.text, line.removed) for line in judge_lines("Share\n---\nOpen.", "\n\nOpen.", [False, None, True])]
    [('Share', True), ('Open.', False)]
    """
    return [
        JudgedLine(before, len(words_of(before)), belongs, not after.strip())
        for before, after, belongs in zip(text.split("\n"), cleaned.split("\n"), wanted, strict=True)
        if belongs is not None
    ]


def score_page(page: Page, text: str, cleaned: str, wanted: Sequence[bool | None], again: str) -> Scores:
    """All figures of one page.

    Args:
        page: the page with its gold.
        text: the input.
        cleaned: what a cleaner made of it, line by line.
        wanted: the right answer for each line, of :func:`lines_wanted`.
        again: what a second cleaning left.
    """
    have, want = words_of(cleaned), words_of(page.gold)
    content = squeeze(text, cleaned)
    lines = judge_lines(text, cleaned, wanted)
    return Scores(
        *compare_words(have, want),
        compare_order(have, want),
        snippet_share(content, page.wanted),
        snippet_share(content, page.unwanted),
        sum(line.removed and not line.wanted for line in lines),
        sum(line.removed for line in lines),
        sum(not line.wanted for line in lines),
        len(words_of(text)),
        len(have),
        len(words_of(again)),
    )


# --- Many pages


def summarise(scores: Sequence[Scores]) -> dict[str, float | None]:
    """What the figures of some pages come to; None for what none of the pages tells, such as snippets when none has any.

    >>> one = Scores(1, 1, 1, 1, 1, float("nan"), 2, 4, 2, words=100, words_left=80, words_left_again=76)
    >>> figures = summarise([one, one._replace(f1=0.5)])
    >>> [figures[name] for name in ("f1", "without", "line_precision", "lost", "lost_again")]
    [0.75, None, 0.5, 0.2, 0.05]
    """
    columns = Scores(*np.array(scores, np.float64).T)
    right, removed, to_remove, words, left, again = (int(column.sum()) for column in columns[6:])
    lines = balance(right, removed, to_remove)
    figures = {
        "precision": _mean(columns.precision),
        "recall": _mean(columns.recall),
        "f1": _mean(columns.f1),
        "order": _mean(columns.order),
        "with": _mean(columns.wanted),
        "without": _mean(columns.unwanted),
        "line_precision": lines[0] if removed else None,
        "line_recall": lines[1] if to_remove else None,
        "line_f1": lines[2] if to_remove else None,
        "lost": (words - left) / words if words else None,
        "lost_again": (left - again) / left if left else None,
    }
    return {name: None if figure is None else round(figure, 5) for name, figure in figures.items()}


def _mean(column: NDArray[np.float64]) -> float | None:
    known = column[~np.isnan(column)]
    return float(known.mean()) if len(known) else None
