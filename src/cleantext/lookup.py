"""The phrases of a page's languages, made ready to be found in its lines.

Look-ups are by hash, so their cost does not grow with the number of phrases: a set look-up for whole lines, an index by the
first or last word for prefixes and suffixes (by two characters where words are not spaced), an index by the longest word for
``contains``. A page is looked up in ``und`` (what needs no language), English (whose chrome is everywhere) and its own language.
"""

from __future__ import annotations

from collections import defaultdict
from enum import IntFlag
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from cleantext.characters import Class, class_table, code_points, fold, normal_key
from cleantext.lexicon import ALWAYS, Match, load_language
from cleantext.lines import GluedPhrases
from cleantext.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, KeysView, Sequence

    from cleantext.lexicon import Language, Phrase

__all__ = ["LABEL_WORDS", "Cue", "PhraseTables", "first_inside", "longest_first", "tables"]

LABEL_WORDS = 16
"""No phrase that is a whole line is longer, nor is a chain of them: longer ones are rare, and prose never gets that far."""

_CHAIN_LINK_WORDS = 6
_EDGE_WORDS = 10  # no prefix or suffix phrase is longer


class Cue(IntFlag):
    """What a word may be: found once for each word of a page, and asked by the measurements and by the rules."""

    LABEL = 1
    """The first of a label."""
    BY = 2
    """Introduces an author."""
    CREDIT = 4
    """The first of a credit."""
    MONTH = 8
    """Names a month or day."""
    STOPWORD = 16
    """A function word of the page's own language."""
    ANCHOR = 32
    """The word by which a ``contains`` phrase is looked for."""


class PhraseTables:
    """Look-up tables over the phrases of a few languages. Build once, read only.

    Args:
        loaded: the languages, the most specific first: where two know the same phrase, the first wins.
    """

    def __init__(self, loaded: Sequence[Language]) -> None:
        self.stopwords: frozenset[str] = frozenset().union(*(language.stopwords for language in loaded))
        self.months: frozenset[str] = frozenset().union(*(language.months for language in loaded))
        self.by: frozenset[str] = frozenset().union(*(language.by for language in loaded))
        self.labels: dict[str, Kind] = {label: kind for language in reversed(loaded) for label, kind in language.labels.items()}
        self.label_starts = frozenset(label.split(" ", 1)[0] for label in self.labels)
        keys: dict[Match, dict[str, Phrase]] = {match: {} for match in get_args(Match)}
        for language in loaded:
            for phrase in language.phrases:
                for key in phrase.any:
                    keys[phrase.match].setdefault(key, phrase)
        self._lines = keys["line"]
        self._chain_lengths = _lengths_by_first_word(self._lines)
        self._chain_words = {"0"}.union(*(words for key in self._lines if len(words := key.split(" ")) <= _CHAIN_LINK_WORDS))
        self._prefixes = _index(keys["prefix"], lambda key: _edge_of(key, 0))
        self._suffixes = _index(keys["suffix"], lambda key: _edge_of(key, -1))
        self._first_words = frozenset(key.split(" ", 1)[0] for key in keys["prefix"])
        self._last_words = frozenset(key.rsplit(" ", 1)[-1] for key in keys["suffix"])
        spaced = {key: phrase for key, phrase in keys["contains"].items() if not _is_unspaced(key)}
        self.anchored = _index(spaced, _anchor)
        self.beside = {anchor: frozenset(_beside(key, anchor) for key, _ in found) for anchor, found in self.anchored.items()}
        self._unspaced = [(key, phrase) for key, phrase in keys["contains"].items() if _is_unspaced(key)]
        captions = {**{key: phrase.kind for key, phrase in keys["prefix"].items()}, **self.labels}
        starts = {key.split(" ", 1)[0] for key, kind in captions.items() if kind is Kind.CAPTION}
        self.caption_starts = starts - self.stopwords  # "for", of "for illustration only", stands in every other line
        self.cues: dict[str, int] = {}
        for cue, cue_words in (
            (Cue.LABEL, self.label_starts), (Cue.BY, self.by), (Cue.CREDIT, self.caption_starts), (Cue.MONTH, self.months),
            (Cue.STOPWORD, loaded[0].stopwords), (Cue.ANCHOR, self.anchored),
        ):  # fmt: skip
            for word in cue_words:
                self.cues[word] = self.cues.get(word, 0) | cue
        glued = [key for found in keys.values() for key, phrase in found.items() if phrase.glued]
        of_kind = {kind: frozenset(label for label, each in self.labels.items() if each is kind) for kind in Kind}
        stories = frozenset(label for label in of_kind[Kind.TEASER] if " " in label)  # "Related: the price" is a sentence's
        self.glued = GluedPhrases(glued, self.stopwords, of_kind[Kind.CAPTION], stories)

    def line(self, key: str) -> Phrase | None:
        """The phrase that a whole line is, or the first of the chain of phrases that it is; None otherwise."""
        return self._lines.get(key) or self._chain(key.split(" "))

    def line_or_edge(self, words: Sequence[str], label: str) -> Phrase | None:
        """The phrase that a line is, or the first of the chain of phrases that it is, or else one that it begins or ends with.

        Args:
            words: the folded words of the line, at least one.
            label: the same with single spaces between them, if there are at most :data:`LABEL_WORDS`, else empty.
        """
        head = tail = label
        if label:
            if "0" in label:
                head = tail = normal_key(label)
                words = head.split(" ")
            found = self._lines.get(head)
            if found is None and self._chain_words.issuperset(words):
                found = self._chain(words)
            if found is not None:
                return found
        first, last = words[0], words[-1]
        # Most lines cannot begin or end with a phrase, by their first and last words.
        if first in self._first_words or last in self._last_words or self._may_glue(first, last):
            return self.edge(head or " ".join(words[:_EDGE_WORDS]), tail or " ".join(words[-_EDGE_WORDS:]))
        return None

    def _may_glue(self, first: str, last: str) -> bool:
        """Whether a phrase may be part of a line's first or last word, as in scripts without spaces."""
        if first.isascii() and last.isascii():
            return False
        return len(first) == 1 or len(last) == 1 or first[:2] in self._prefixes or last[-2:] in self._suffixes

    def _chain(self, words: Sequence[str]) -> Phrase | None:
        first: Phrase | None = None
        position = 0
        if len(words) > LABEL_WORDS:
            return None
        while position < len(words):
            if words[position] == "0" and first is not None:
                position += 1
                continue
            for length in self._chain_lengths.get(words[position], ()):
                found = self._lines.get(" ".join(words[position : position + length]))
                if found is not None:
                    first = first or found
                    position += length
                    break
            else:
                return None
        return first

    def find(self, line: str) -> list[Phrase]:
        """Every phrase that speaks of one line taken alone; for tests and for trying things out.

        >>> [phrase.id for phrase in tables("en").find("ADVERTISEMENT")]
        ['en/advertisement.label']
        """
        key = normal_key(fold(line))
        contained = [first_inside([each], key) for each in self.contained(dict.fromkeys(key.split()).keys())]
        found = [self.line(key), self.edge(key, key), *contained]
        return [phrase for phrase in found if phrase is not None]

    def edge(self, head: str, tail: str) -> Phrase | None:
        """The phrase that a line begins or ends with.

        Args:
            head: the key of the line's beginning, long enough for the longest phrase.
            tail: the key of its end.
        """
        for edge in (head.split(" ", 1)[0], head[:2]):
            for key, phrase in self._prefixes.get(edge, ()):
                if head.startswith(key) and _is_boundary(head, len(key)):
                    return phrase
        for edge in (tail.rsplit(" ", 1)[-1], tail[-2:]):
            for key, phrase in self._suffixes.get(edge, ()):
                if tail.endswith(key) and _is_boundary(tail, len(tail) - len(key)):
                    return phrase
        return None

    def contained(self, words: KeysView[str]) -> list[tuple[str, Phrase]]:
        """The ``contains`` phrases that a page with these folded words may hold, with their keys."""
        found = [
            (key, phrase)
            for anchor in words & self.anchored.keys()
            for key, phrase in self.anchored[anchor]
            if words >= frozenset(key.split())
        ]
        return sorted((*found, *self._unspaced), key=longest_first) if found else self._unspaced


def first_inside(phrases: Iterable[tuple[str, Phrase]], folded: str) -> Phrase | None:
    """The first of some phrases that stands in a folded text with single spaces between words."""
    return next((phrase for key, phrase in phrases if key in folded and _stands_in(key, folded)), None)


def longest_first(phrase: tuple[str, Phrase]) -> tuple[int, str]:
    """What phrases and their keys are sorted by: the longest phrase says most."""
    return -len(phrase[0]), phrase[0]


def _lengths_by_first_word(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first word of the keys, how many words those keys have, the longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in keys:
        words = key.split(" ")
        if len(words) <= _CHAIN_LINK_WORDS:
            lengths[words[0]].add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


def _stands_in(key: str, folded: str) -> bool:
    """Whether a phrase stands in a text at the boundaries of words."""
    start = folded.find(key)
    while start >= 0 and not (_is_boundary(folded, start) and _is_boundary(folded, start + len(key))):
        start = folded.find(key, start + len(key))
    return start >= 0


def _edge_of(key: str, side: Literal[0, -1]) -> str:
    """What a phrase is looked up by: its first or last word, or two characters where words are not spaced."""
    if _is_unspaced(key):
        return key[:2] if side == 0 else key[-2:]
    return key.split(" ")[side]


def _anchor(key: str) -> str:
    """The longest word of a phrase, by which it is looked for: long words are rare."""
    return max(key.split(" "), key=len)


def _beside(key: str, anchor: str) -> str:
    """The word before a phrase's anchor, or after it where it comes first, or itself where it is alone."""
    words = key.split(" ")
    return words[words.index(anchor) - 1] if words[0] != anchor else words[:2][-1]


def _index(keys: dict[str, Phrase], by: Callable[[str], str]) -> dict[str, tuple[tuple[str, Phrase], ...]]:
    index: defaultdict[str, list[tuple[str, Phrase]]] = defaultdict(list)
    for each in sorted(keys.items(), key=longest_first):
        index[by(each[0])].append(each)
    return {start: tuple(found) for start, found in index.items()}


def _is_boundary(text: str, offset: int) -> bool:
    """Whether a word may begin or end at ``offset``; in scripts without spaces, anywhere."""
    if offset <= 0 or offset >= len(text) or text[offset - 1] == " " or text[offset] == " ":
        return True
    return _is_unspaced(text[offset - 1]) or _is_unspaced(text[offset])


@cache
def _is_unspaced(text: str) -> bool:
    """Whether a folded text holds a letter of a script that writes no spaces between words."""
    return not text.isascii() and bool((class_table()[code_points(text)] == Class.UNSPACED).any())


@cache
def tables(tag: str | None) -> PhraseTables:
    """The tables for a page in language ``tag``; None for a language that no file covers."""
    own = () if tag is None else (tag,)
    return PhraseTables([load_language(each) for each in dict.fromkeys((*own, *ALWAYS))])
