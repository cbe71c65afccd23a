"""Where pages come from: files, folders and standard input, as bytes, and from bytes to text.

Nearly every page is UTF-8, and UTF-8 betrays itself: text in another encoding almost never decodes as UTF-8 by accident. So
that is tried first, a byte order mark is believed, and only what is left is guessed, among the encodings that browsers know.
The right one is the one in which the page holds the function words of a language and the letters of the same language; the
wrong ones of a family differ by a few letters, and one "ŕ" in a page of French is what tells them. Where that says nothing
(Chinese and Japanese have no spaces, some languages no file), charset-normalizer judges by byte statistics. A guess is never
silent: the page remembers how it was read. What looks like no text at all is refused rather than cleaned.
"""

from __future__ import annotations

import os
import re
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleantext.errors import ConfigError, InputError
from cleantext.lexicon import languages, load_stopwords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["STANDARD_INPUT", "Page", "Source", "check_encoding", "decode", "find_sources", "read_page"]

STANDARD_INPUT = "-"
"""The path that means standard input."""

_HTML = (".html", ".htm", ".xhtml")
_PAGES = (".txt", ".text", *_HTML)
"""What is taken from a folder: a folder's README.md or data.json is no page. A file that is named is taken whatever its name."""

_MARKS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the first half of it
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_WEB = [
    "cp1252", "cp1251", "cp932", "gb18030", "euc_jp", "cp949", "cp1250", "cp1254", "cp1256", "cp1253", "cp1255", "cp1257",
    "cp1258", "cp874", "koi8_r", "koi8_u", "big5", "big5hkscs", "iso8859_2", "iso8859_15", "mac_roman",
]  # fmt: skip
"""Encodings that browsers know, the most used first; EUC-JP stands before Korean, which hardly ever passes for it."""
_WIDE = ["utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be"]
"""Encodings whose text holds NUL bytes."""
_NUL_SHARE = 0.01
"""Up to this share of NUL bytes a page is still text, with some dirt in it."""
_SAMPLE = 1 << 16
"""Bytes that a guess looks at, from the first line on that is not ASCII."""
_LEAST_SHARE = 0.08
"""Share of function words from which on a text is taken to be in a language."""
_ASCII = bytes(range(128))
_NEUTRAL = dict.fromkeys([*range(128), *map(ord, "\xa0“”„‘’‚«»‹›–—…•·°©®™€£§")])
"""What is no letter of any language, and says nothing about which one it is."""
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where one page stands; nothing is read yet."""

    path: str
    """The path, to be opened and to be shown; ``-`` for standard input."""
    name: str
    """What an output file is called after: the path below the folder that was given, or the file's own name."""

    @property
    def is_html(self) -> bool:
        """Whether the name is that of an HTML page."""
        return self.name.lower().endswith(_HTML)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as text."""

    text: str
    """The page, without a byte order mark."""
    encoding: str
    """How it was decoded."""
    guessed: bool = False
    """Whether that is only the likeliest encoding."""


def find_sources(paths: Iterable[str], failed: Callable[[InputError], None], *, skip: str | None = None) -> Iterator[Source]:
    """The pages that paths name: a file is one page, a folder is all pages below it, sorted; hidden ones are left out.

    Args:
        paths: files, folders, or ``-``. A file need not exist: that shows when it is read.
        failed: takes what is wrong with a folder; the others go on.
        skip: a folder that is never entered, such as the one where the output goes.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield Source(path, "stdin")
        elif os.path.isdir(path):
            found = False
            for source in _walk(path, "", failed, skip and os.path.realpath(skip)):
                found = True
                yield source
            if not found:
                failed(InputError(f"{path}: no pages in this folder ({', '.join(_PAGES)}); name other files one by one"))
        else:
            yield Source(path, os.path.basename(os.path.normpath(path)))


def _walk(folder: str, below: str, failed: Callable[[InputError], None], skip: str | None) -> Iterator[Source]:
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        failed(InputError(f"{folder}: {_reason(error)}; check the folder's permissions"))
        return
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        name = os.path.join(below, entry.name)
        if entry.is_dir(follow_symlinks=False):
            if skip is None or os.path.realpath(entry.path) != skip:
                yield from _walk(entry.path, name, failed, skip)
        elif entry.name.lower().endswith(_PAGES) and not entry.is_dir():
            yield Source(entry.path, name)


def read_page(source: Source, encoding: str | None = None) -> Page:
    """Read and decode one page.

    Args:
        source: where it stands.
        encoding: how it is encoded; None finds that out.

    Raises:
        InputError: it cannot be read or decoded; the message names the path and what to try.
    """
    try:
        data = _read(source.path)
    except OSError as error:
        if source.path == STANDARD_INPUT:
            raise InputError(f"standard input: {_reason(error)}; name a file, or send a page through a pipe") from error
        advice = "check the path" if isinstance(error, FileNotFoundError) else "check the file and its permissions"
        if source.path.startswith(("http://", "https://")):
            advice = f"nothing is fetched here; try: curl -sL {source.path} | cleantext --html"
        raise InputError(f"{source.path}: {_reason(error)}; {advice}") from error
    return decode(data, "standard input" if source.path == STANDARD_INPUT else source.path, encoding)


def _read(path: str) -> bytes:
    if path != STANDARD_INPUT:
        with open(path, "rb") as file:
            return file.read()
    if sys.stdin is None:
        raise OSError("it is closed")
    return sys.stdin.buffer.read()


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def check_encoding(encoding: str) -> None:
    """See to it that Python knows an encoding, and that it is one of text.

    Raises:
        ConfigError: it is not.

    >>> check_encoding("latin-1")
    >>> check_encoding("latin-99")
    Traceback (most recent call last):
    ...
    cleantext.errors.ConfigError: no such text encoding: 'latin-99'; try utf-8, utf-16, cp1252, latin-1, shift_jis or gb18030
    """
    try:
        b" ".decode(encoding)
    except UnicodeError:
        return  # known, and no blank to it
    except (LookupError, ValueError):
        examples = "utf-8, utf-16, cp1252, latin-1, shift_jis or gb18030"
        raise ConfigError(f"no such text encoding: {encoding!r}; try {examples}") from None


def decode(data: bytes, path: str, encoding: str | None = None) -> Page:
    r"""Bytes to text.

    Args:
        data: the page.
        path: its name in messages.
        encoding: how it is encoded; None believes a byte order mark, then tries UTF-8, then guesses.

    Raises:
        InputError: it is not text in that encoding, or in any that is likely.

    >>> decode("\ufeffÉté".encode("utf-16-le"), "a.txt")
    Page(text='Été', encoding='utf-16-le', guessed=False)
    >>> decode("Après l'été, le café a été fermé à la demande du propriétaire.".encode("cp1252"), "a.txt").encoding
    'cp1252'
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    named = encoding or marked
    try:
        text = data.decode(named or "utf-8").removeprefix("\ufeff")
    except UnicodeError as error:
        if named is not None:
            where = f" at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
            advice = "leave --encoding out to have it found" if encoding else "name its encoding with --encoding"
            raise InputError(f"{path}: not text in {named}{where}; {advice}") from error
        return _guess(data, path)
    if named is None and data.count(0) > _NUL_SHARE * len(data):
        return _guess(data, path)
    return Page(text, named or "utf-8")


def _guess(data: bytes, path: str) -> Page:
    """Decode by the likeliest of the encodings that suit; between equals, by the one that is used most."""
    sample = _sample(data)
    for name in _by_language(sample) or _by_bytes(sample):
        try:
            return Page(data.decode(name).removeprefix("\ufeff"), name, guessed=True)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path}: not UTF-8, and no other encoding suits; if it is text, name its encoding with --encoding")


def _by_language(sample: bytes) -> list[str]:
    """The encodings in which the page reads as a language that is covered, the likeliest first."""
    likely: dict[str, float] = {}
    for name in () if 0 in sample else _WEB:
        with suppress(UnicodeDecodeError):
            text = sample.decode(name)
            words = _WORD.findall(text)
            letters = Counter(text.translate(_NEUTRAL))
            fits = max(_fit(words, letters, load_stopwords(tag)) for tag in languages())
            if fits > 0:
                likely[name] = fits
    return sorted(likely, key=lambda name: -likely[name])


def _fit(words: list[str], letters: Counter[str], stopwords: frozenset[str]) -> float:
    """Share of the words that are function words, and of the letters outside ASCII that such words are written with."""
    share = sum(word in stopwords for word in words) / max(1, len(words))
    alphabet = frozenset().union(*stopwords)
    known = sum(count for letter, count in letters.items() if letter in alphabet) / max(1, letters.total())
    return share + known if share >= _LEAST_SHARE else 0.0


def _by_bytes(sample: bytes) -> list[str]:
    """The encodings that charset-normalizer finds equally good, the most used first."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - UTF-8 never pays for it

    candidates = _WIDE if 0 in sample else _WEB
    matches = list(from_bytes(sample, cp_isolation=candidates))
    best = [match for match in matches if (match.chaos, match.coherence) == (matches[0].chaos, matches[0].coherence)]
    likely = {name for match in best for name in match.could_be_from_charset}
    return [name for name in candidates if name in likely]


def _sample(data: bytes) -> bytes:
    """What to guess from: the page, or of a long one whole lines from the first that is not ASCII."""
    if len(data) <= _SAMPLE or 0 in data:
        return data
    start = data.rfind(b"\n", 0, len(data) - len(data.lstrip(_ASCII))) + 1
    end = data.rfind(b"\n", start, start + _SAMPLE)
    return data[start : end if end > start else start + _SAMPLE]
