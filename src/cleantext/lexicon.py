"""The phrases that betray chrome, read from ``data/phrases/<language tag>.toml``.

A phrase is compared by its folded key (:func:`cleantext.characters.normal_key`): case, digits, punctuation and symbols do not
count, so ``Share this!`` and ``» SHARE THIS:`` are one phrase. Four ways to match, and no patterns:

* ``line``: the line is the phrase, or a chain of such phrases and numbers ("Facebook Twitter 12 Email");
* ``prefix`` and ``suffix``: the line begins or ends with it, at a word boundary;
* ``contains``: it stands anywhere in the line, at word boundaries.

Look-ups are by hash, so their cost does not grow with the number of phrases: a set look-up for whole lines, an index by the
first or last two characters for prefixes and suffixes, an index by the longest word for ``contains``.
A page is looked up in ``und`` (what needs no language), English (whose chrome is everywhere) and its own language.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, get_args

from cleantext.characters import Class, class_table, code_points, fold, normal_key
from cleantext.errors import DataError
from cleantext.lines import GluedPhrases
from cleantext.model import CONTENT_KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, KeysView, Sequence

__all__ = [
    "ALWAYS", "LABEL_WORDS", "Cue", "Language", "Match", "Phrase", "PhraseTables", "Role", "all_stopwords", "first_inside",
    "is_unspaced", "languages", "load_language", "load_stopwords", "longest_first", "parse_language", "tables",
]  # fmt: skip

Match = Literal["line", "prefix", "suffix", "contains"]
Role = Literal["opener", "closer"]

ALWAYS = ("und", "en")
"""Languages whose phrases are looked up on every page."""

_PHRASE_FIELDS = {"id", "kind", "match", "because", "any", "hit", "miss", "role", "glued"}
_REQUIRED_FIELDS = {"id", "kind", "match", "because", "any", "hit"}
_LANGUAGE_FIELDS = {"language", "stopwords", "months", "by", "labels", "hints", "phrase"}
LABEL_WORDS = 16
"""No phrase that is a whole line is longer, nor is a chain of them: longer ones are rare, and prose never gets that far."""

_CHAIN_LINK_WORDS = 6
_EDGE_WORDS = 10  # no prefix or suffix phrase is longer


@dataclass(frozen=True, slots=True)
class Phrase:
    """A group of phrases with one meaning: one ``[[phrase]]`` table of a language file."""

    id: str
    """``<language>/<name>``, shown to users and never reused."""
    kind: Kind
    """The kind of boilerplate that it betrays."""
    match: Match
    """How much of a line it must be."""
    because: str
    """One sentence for people: what such a line is."""
    any: tuple[str, ...]
    """The folded phrases; any of them matches."""
    hit: tuple[str, ...]
    """Lines that must match, as they stand on pages."""
    miss: tuple[str, ...]
    """Lines that must not match: sentences that people write."""
    role: Role | None
    """``opener``: a label that opens a list or river of other stories; ``closer``: it ends each story of one; or None."""
    glued: bool
    """Whether it is also cut off when it is glued to the start or the end of a line of prose."""


@dataclass(frozen=True, slots=True)
class Language:
    """What one language file holds."""

    tag: str
    """BCP 47 tag, the file's name."""
    stopwords: frozenset[str]
    """Frequent function words, folded; they tell prose from labels, and one language from another."""
    months: frozenset[str]
    """Names of months and days of the week and their short forms, folded; they tell dates."""
    by: frozenset[str]
    """Words that introduce an author ("by"), folded; a file without them names authors in other ways."""
    labels: dict[str, Kind]
    """What betrays the kind of a line when a colon stands behind it at the line's start, folded: "photo" in "Photo: Ann Lee"."""
    hints: dict[str, Kind]
    """Words that tell the kind of a short line that is known to be boilerplate, folded; they never make a line boilerplate."""
    phrases: tuple[Phrase, ...]
    """In the order of the file."""


@cache
def languages() -> tuple[str, ...]:
    """The tags of all language files, sorted; a file's presence registers it."""
    folder = resources.files("cleantext") / "data" / "phrases"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load_language(tag: str) -> Language:
    """Load one language file.

    Raises:
        DataError: the file is missing or breaks its form.
    """
    return parse_language(tag, _read(tag))


@cache
def load_stopwords(tag: str) -> frozenset[str]:
    """The function words of a language, without parsing its phrases: the finding of a page's language needs those of all."""
    header = _read(tag).partition("[[phrase]]")[0]
    return _words(tomllib.loads(header).get("stopwords", ""))


@cache
def all_stopwords() -> frozenset[str]:
    """The function words of all languages."""
    return frozenset().union(*map(load_stopwords, languages()))


def _read(tag: str) -> str:
    path = resources.files("cleantext") / "data" / "phrases" / f"{tag}.toml"
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(f"no phrase file for language {tag!r}; there are: {', '.join(languages())}") from None


def parse_language(tag: str, source: str) -> Language:
    """Parse and validate the text of a language file.

    Raises:
        DataError: naming the file, the entry and what is wrong.
    """
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{tag}.toml: {error}") from error
    if unknown := data.keys() - _LANGUAGE_FIELDS:
        raise DataError(f"{tag}.toml: unknown fields {sorted(unknown)}; known are {sorted(_LANGUAGE_FIELDS)}")
    if data.get("language") != tag:
        raise DataError(f'{tag}.toml: write language = "{tag}", the name of the file')
    phrases = tuple(_parse_phrase(tag, entry) for entry in data.get("phrase", ()))
    ids = [phrase.id for phrase in phrases]
    if ids != sorted(set(ids)):
        wrong = next(after for before, after in zip(ids, sorted(ids), strict=True) if before != after or ids.count(after) > 1)
        raise DataError(f"{tag}.toml: ids must be unique and in order; look at {wrong!r}")
    return Language(
        tag, _words(data.get("stopwords", "")), _words(data.get("months", "")), _words(data.get("by", "")),
        _by_kind(data.get("labels", {})), _by_kind(data.get("hints", {})), phrases,
    )  # fmt: skip


def _by_kind(lists: dict[str, list[str]]) -> dict[str, Kind]:
    """The kind of each folded key of some lists by kind."""
    return {normal_key(fold(text)): Kind(kind) for kind, texts in lists.items() for text in texts}


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _parse_phrase(tag: str, entry: dict[str, Any]) -> Phrase:
    where = f"{tag}.toml, phrase {entry.get('id', entry)!r}"
    if missing := _REQUIRED_FIELDS - entry.keys():
        raise DataError(f"{where}: missing {sorted(missing)}")
    if unknown := entry.keys() - _PHRASE_FIELDS:
        raise DataError(f"{where}: unknown fields {sorted(unknown)}; known are {sorted(_PHRASE_FIELDS)}")
    if entry["kind"] not in set(Kind) - CONTENT_KINDS:
        raise DataError(f"{where}: kind {entry['kind']!r} is no kind of boilerplate")
    if entry["match"] not in get_args(Match):
        raise DataError(f"{where}: match must be one of {', '.join(get_args(Match))}")
    if entry.get("role") not in {None, *get_args(Role)}:
        raise DataError(f"{where}: role must be one of {', '.join(get_args(Role))}")
    keys = tuple(normal_key(fold(phrase)) for phrase in entry["any"])
    if not all(keys) or len(set(keys)) < len(keys):
        wrong = next(text for text, key in zip(entry["any"], keys, strict=True) if not key or keys.count(key) > 1)
        raise DataError(f"{where}: {wrong!r} has no letters or stands twice (case, digits and punctuation do not count)")
    return Phrase(
        f"{tag}/{entry['id']}", Kind(entry["kind"]), entry["match"], entry["because"], keys,
        tuple(entry["hit"]), tuple(entry.get("miss", ())), entry.get("role"), bool(entry.get("glued", False)),
    )  # fmt: skip


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
        spaced = {key: phrase for key, phrase in keys["contains"].items() if not is_unspaced(key)}
        self.anchored = _index(spaced, _anchor)
        self.beside = {anchor: frozenset(_beside(key, anchor) for key, _ in found) for anchor, found in self.anchored.items()}
        self._unspaced = [(key, phrase) for key, phrase in keys["contains"].items() if is_unspaced(key)]
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
        self.glued = GluedPhrases(glued, self.stopwords)

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
    if is_unspaced(key):
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
    return is_unspaced(text[offset - 1]) or is_unspaced(text[offset])


@cache
def is_unspaced(text: str) -> bool:
    """Whether a folded text holds a letter of a script that writes no spaces between words."""
    return not text.isascii() and bool((class_table()[code_points(text)] == Class.UNSPACED).any())


@cache
def tables(tag: str | None) -> PhraseTables:
    """The tables for a page in language ``tag``; None for a language that no file covers."""
    own = () if tag is None else (tag,)
    return PhraseTables([load_language(each) for each in dict.fromkeys((*own, *ALWAYS))])
