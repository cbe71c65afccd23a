"""The phrases that betray chrome, read from ``data/phrases/<language tag>.toml``.

A phrase is compared by its folded key (:func:`cleantext.characters.normal_key`): case, digits, punctuation and symbols do not
count, so ``Share this!`` and ``» SHARE THIS:`` are one phrase. Four ways to match, and no patterns:

* ``line``: the line is the phrase, or a chain of such phrases and numbers ("Facebook Twitter 12 Email");
* ``prefix`` and ``suffix``: the line begins or ends with it, at a word boundary;
* ``contains``: it stands anywhere in the line, at word boundaries.

A file's form is that of :class:`Language` and :class:`Phrase`; :mod:`cleantext.lookup` finds the phrases in lines.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from cleantext.characters import fold, normal_key
from cleantext.errors import DataError
from cleantext.model import CONTENT_KINDS, Kind

__all__ = [
    "ALWAYS", "Language", "Match", "Phrase", "Role", "all_stopwords", "languages", "load_language", "load_stopwords",
    "parse_language",
]  # fmt: skip

Match = Literal["line", "prefix", "suffix", "contains"]
Role = Literal["opener", "closer", "profile", "thread", "notice"]

ALWAYS = ("und", "en")
"""Languages whose phrases are looked up on every page."""

_PHRASE_FIELDS = {"id", "kind", "match", "because", "any", "hit", "miss", "role", "glued"}
_REQUIRED_FIELDS = {"id", "kind", "match", "because", "any", "hit"}
_LANGUAGE_FIELDS = {"language", "stopwords", "months", "by", "labels", "hints", "phrase"}


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
    """``opener``: a label that opens a list or river of other stories; ``closer``: it ends each story of one; ``profile``: a
    heading of a box about the author; ``thread``: a heading over what readers wrote; ``notice``: the beginning of a paragraph of
    chrome, however long; or None."""
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
