"""What each character is, and one folding that never moves an offset.

Per-character work in Python is slow, and most of what tells chrome from prose is counted per character. So a page becomes
an array of code points once, and two look-up tables answer for all of its characters in one step each:

* :data:`CLASS` says which of a few classes (:class:`Class`) a character is in;
* :data:`FOLD` maps it to what phrases are compared by: lower case, every digit ``0``, every apostrophe ``'``, and anything
  that is no letter, mark or digit a space. One code point always becomes one code point, so an offset in the folded text
  is the same offset in the caller's (``str.lower`` and ``str.casefold`` do not promise that: ``"İ".lower()`` has length 2).

The classes come from Unicode's general categories; the scripts that write words without spaces are the ranges of Unicode's
``Scripts.txt`` for Han, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Class", "class_table", "code_points", "fold", "fold_points", "fold_table", "is_one_of", "normal_key"]


class Class(IntEnum):
    """The class of a character; small, because lines are described by counts of them."""

    OTHER = 0
    """Controls, unassigned, private use."""
    LOWER = 1
    """Letters without upper case form count here too (Arabic, Hebrew, Devanagari), and combining marks."""
    UPPER = 2
    DIGIT = 3
    SPACE = 4
    TERMINAL = 5
    """What ends a sentence: . ! ? … and their kin in other scripts."""
    COMMA = 6
    """What goes on inside a sentence: , ; and their kin."""
    QUOTE = 7
    """Quotation marks and brackets."""
    SEPARATOR = 8
    """What stands between the items of a menu: | / › » • · > < and arrows."""
    PUNCTUATION = 9
    """Any other punctuation."""
    SYMBOL = 10
    """Symbols: currency, mathematics, emoji."""
    UNSPACED = 11
    """Letters of scripts that write words without spaces between them."""


TERMINAL = ".!?…。！？｡।॥؟۔։።፧။៕‽⁇⁈⁉"
"""The marks that end sentences."""
_COMMA = ",;，、；،؛፣၊､"
_SEPARATOR = "|/\\•·‣▪●■◦○›»‹«<>→←↑↓➜►▶▸▼▾▲△▽⟩⟨❯❮¦｜＞＜・‧∙⋅"
_APOSTROPHES = "'’‘ʼ＇`´"
_UNSPACED_RANGES = (
    (0x0E01, 0x0E4F), (0x0E81, 0x0EDF), (0x1000, 0x109F), (0x1780, 0x17D3), (0x2E80, 0x2FD5), (0x3005, 0x3007),
    (0x3041, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FE),
    (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x1B000, 0x1B16F), (0x20000, 0x3FFFF),
)  # fmt: skip
_TABLED = 0x20000  # beyond this there are only ideographs, tags and private use: no need to ask for each
_ALL = 0x110000
_BY_CATEGORY = {
    "Lu": Class.UPPER, "Lt": Class.UPPER, "Ll": Class.LOWER, "Lm": Class.LOWER, "Lo": Class.LOWER,
    "Mn": Class.LOWER, "Mc": Class.LOWER, "Me": Class.LOWER, "Nd": Class.DIGIT, "Nl": Class.DIGIT, "No": Class.DIGIT,
    "Zs": Class.SPACE, "Zl": Class.SPACE, "Zp": Class.SPACE, "Pi": Class.QUOTE, "Pf": Class.QUOTE,
    "Ps": Class.QUOTE, "Pe": Class.QUOTE, "Pd": Class.PUNCTUATION, "Pc": Class.PUNCTUATION, "Po": Class.PUNCTUATION,
    "Sm": Class.SYMBOL, "Sc": Class.SYMBOL, "Sk": Class.SYMBOL, "So": Class.SYMBOL,
}  # fmt: skip


@cache
def class_table() -> NDArray[np.uint8]:
    """The class of every code point, an array of 0x110000 values of :class:`Class`."""
    table = np.zeros(_ALL, np.uint8)
    table[:_TABLED] = [_BY_CATEGORY.get(category, 0) for category in map(unicodedata.category, map(chr, range(_TABLED)))]
    for first, last in _UNSPACED_RANGES:
        table[first : last + 1] = Class.UNSPACED
    for characters, kind in (
        ("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u200b\ufeff", Class.SPACE),
        ("\"'`´＂＇", Class.QUOTE),
        (_SEPARATOR, Class.SEPARATOR),
        (TERMINAL, Class.TERMINAL),
        (_COMMA, Class.COMMA),
    ):
        table[[ord(character) for character in characters]] = kind
    return table


@cache
def fold_table() -> NDArray[np.uint32]:
    """The folded form of every code point: itself, another letter, ``0``, an apostrophe or a space."""
    classes = class_table()
    table = np.full(_ALL, ord(" "), np.uint32)
    letters = np.isin(classes, (Class.LOWER, Class.UPPER, Class.UNSPACED))
    table[letters] = np.flatnonzero(letters)
    for point in np.flatnonzero(classes[:_TABLED] == Class.UPPER).tolist():
        lower = chr(point).lower()
        table[point] = ord(lower[0])  # "İ" gives "i" and a combining dot: the first is the letter
    table[classes == Class.DIGIT] = ord("0")
    table[[ord(character) for character in _APOSTROPHES]] = ord("'")
    table[0xAD] = ord(" ")
    return table


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of ``text``, one array element each.

    >>> code_points("aé").tolist()
    [97, 233]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def fold_points(points: NDArray[np.uint32]) -> str:
    """The folded text of an array of code points; as long as the array."""
    return fold_table().take(points).tobytes().decode("utf-32-le", "surrogatepass")


def fold(text: str) -> str:
    """Fold ``text`` for comparing: same length, lower case, digits ``0``, punctuation and symbols as spaces.

    >>> fold("DEL ARTIKLEN:  İ’m 12")
    "del artiklen   i'm 00"
    """
    return fold_points(code_points(text))


def is_one_of(points: NDArray[np.uint32], marks: str) -> NDArray[np.bool_]:
    """Which code points are one of a few marks; for so few, faster than a search.

    >>> is_one_of(code_points("a.b!"), ".!").tolist()
    [False, True, False, True]
    """
    return np.logical_or.reduce([points == ord(mark) for mark in marks])


def normal_key(folded: str) -> str:
    """The look-up key of a folded stretch: single spaces, none at the edges, each number one ``0``.

    >>> normal_key(fold("» 1,234 Comments «"))
    '0 comments'
    """
    key = f" {' '.join(folded.split())} "
    while "00" in key:
        key = key.replace("00", "0")
    while " 0 0 " in key:
        key = key.replace(" 0 0 ", " 0 ")
    return key.strip("' ")
