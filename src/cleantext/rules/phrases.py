"""Evidence from phrases: which phrase of the lexicon each row is, begins with, ends with or contains."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleantext.characters import Class
from cleantext.lookup import Cue, first_inside, longest_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleantext.lexicon import Phrase
    from cleantext.lookup import PhraseTables
    from cleantext.rows import Rows

__all__ = ["find_phrases"]


def find_phrases(rows: Rows, known: Sequence[PhraseTables]) -> list[Phrase | None]:
    """The phrase that says most about each row: the whole line first, then its edges, then what it contains.

    Args:
        rows: the lines of the batch.
        known: the phrases of each page's language.
    """
    found: list[Phrase | None] = []
    seen: defaultdict[PhraseTables, dict[str, Phrase | None]] = defaultdict(dict)  # a third of the short lines of a batch recur
    for (start, stop), tables in zip(pairwise(rows.bounds.tolist()), known, strict=True):
        memo = seen[tables]
        for row, label in enumerate(rows.labels[start:stop], start):
            if not label:
                words = rows.words[row]
                found.append(tables.line_or_edge(words, label) if words else None)
                continue
            if label not in memo:
                memo[label] = tables.line_or_edge(rows.words[row], label)
            found.append(memo[label])
    for row in _one_word_sentences(rows):
        found[row] = None
    asked = np.array([phrase is None for phrase in found], bool)
    mixed = rows.counts[:, Class.UNSPACED] > 0
    for row, phrases in (_held(rows, known, asked & ~mixed) | _held_unspaced(rows, known, asked & mixed)).items():
        found[row] = first_inside(phrases, " ".join(rows.words[row]))
    return found


def _one_word_sentences(rows: Rows) -> list[int]:
    """Rows of one word and a full stop: "Pause." is said, where a button says "Pause"."""
    one, before = rows.tail[:, 0], rows.tail[:, 1]
    said = (rows.word_counts == 1) & (one == ord(".")) & (before != ord(".")) & (rows.counts[:, Class.DIGIT] == 0)
    return np.flatnonzero(said).tolist()


def _held(rows: Rows, known: Sequence[PhraseTables], asked: NDArray[np.bool_]) -> dict[int, list[tuple[str, Phrase]]]:
    """The ``contains`` phrases that some rows may hold: those whose anchor stands beside a word of one of its phrases."""
    places = np.flatnonzero(rows.cues & Cue.ANCHOR)
    holders = np.searchsorted(rows.word_edges, places, side="right") - 1
    here = asked[holders]
    held: defaultdict[int, list[tuple[str, Phrase]]] = defaultdict(list)
    for place, row, page in zip(places[here].tolist(), holders[here].tolist(), rows.page[holders[here]].tolist(), strict=True):
        anchor, tables = rows.all_words[place], known[page]
        if not tables.beside[anchor].isdisjoint(rows.all_words[max(place - 1, 0) : place + 2]):
            folded = rows.labels[row] or " ".join(rows.words[row])
            held[row] += [each for each in tables.anchored[anchor] if each[0] in folded]
    return {row: sorted(phrases, key=longest_first) for row, phrases in held.items() if phrases}


def _held_unspaced(rows: Rows, known: Sequence[PhraseTables], asked: NDArray[np.bool_]) -> dict[int, list[tuple[str, Phrase]]]:
    """The same for rows with letters of a script without spaces, which may hide the anchor: all that the page may hold."""
    held: dict[int, list[tuple[str, Phrase]]] = {}
    for page, (start, stop) in enumerate(pairwise(rows.bounds.tolist())):
        here = (start + np.flatnonzero(asked[start:stop])).tolist()
        if here:
            text = "\n".join(" ".join(rows.words[row]) for row in here)
            phrases = [each for each in known[page].contained(rows.vocabularies[page].keys()) if each[0] in text]
            held |= dict.fromkeys(here, phrases)
    return held
