"""Which lines of an input are main content, by aligning its words with the gold's.

The data's gold is a text, not labels of lines. The longest common subsequence of words aligns the two; a line's label is the
share of its words that the alignment matched. Short lines match by chance ("Home" is a word of many articles), so a line of up to
four words counts only if all of it matched in one stretch, and that stretch is a line of the gold or adjoins other matches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import regex
from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WORDS = regex.compile(r"\w+")
_SHORT = 4


def words_of(text: str) -> list[str]:
    """The words of a text as the benchmark's public script counts them."""
    return WORDS.findall(text.lower())


def label_lines(lines: Sequence[str], gold: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The share of each line's words that belong to the gold, and how many words it has.

    A line without words takes the label of the line before it.
    """
    gold_words: list[str] = []
    edges = set()
    for line in gold.splitlines():
        edges.add(len(gold_words))
        gold_words += words_of(line)
    edges.add(len(gold_words))
    tokens = [words_of(line) for line in lines]
    counts = np.array([len(line) for line in tokens], np.int64)
    starts = np.concatenate(([0], np.cumsum(counts)))
    matched = _align([word for line in tokens for word in line], gold_words)
    labels = np.zeros(len(lines))
    for number, (start, end) in enumerate(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)):
        if start == end:
            labels[number] = labels[number - 1] if number else 0
        elif end - start > _SHORT:
            labels[number] = (matched[start:end] >= 0).mean()
        else:
            labels[number] = _short_matches(matched, start, end, edges)
    return labels, counts


def _align(words: list[str], gold: list[str]) -> NDArray[np.int64]:
    """For each word the place in the gold that it is matched with, or -1."""
    numbers: dict[str, int] = {}
    matched = np.full(len(words), -1, np.int64)
    first = [numbers.setdefault(word, len(numbers)) for word in words]
    second = [numbers.setdefault(word, len(numbers)) for word in gold]
    for operation in LCSseq.opcodes(first, second):
        if operation.tag == "equal":
            matched[operation.src_start : operation.src_end] = np.arange(operation.dest_start, operation.dest_end)
    return matched


def _short_matches(matched: NDArray[np.int64], start: int, end: int, edges: set[int]) -> bool:
    places = matched[start:end]
    if (places < 0).any() or places[-1] - places[0] != end - start - 1:
        return False
    if int(places[0]) in edges and int(places[-1]) + 1 in edges:
        return True
    before, after = matched[max(0, start - 3) : start], matched[end : end + 3]
    near_before = (before >= 0) & (places[0] - before <= _SHORT) & (places[0] > before)
    near_after = (after >= 0) & (after - places[-1] <= _SHORT) & (after > places[-1])
    return bool(near_before.any() or near_after.any())
