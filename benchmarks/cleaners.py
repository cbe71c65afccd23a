"""The cleaners that quality.py compares: plain functions from text to text.

All keep one promise, so that the output alone tells what happened to each line: **a removed line leaves an empty one**. Line
number *n* of the output is what is left of line number *n* of the input. Empty lines hold no words and change no figure.

The peers see what the cleaner sees, lines of plain text. That is the C4 and RefinedWeb rules' own ground; jusText is made for
HTML, and without links and tags to look at it is at a disadvantage. Rules about whole pages are off: a page is never dropped.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

import regex
from labels import label_lines

from cleantext.characters import code_points, fold_points
from cleantext.language import detect

if TYPE_CHECKING:
    from collections.abc import Callable

    from datatrove.pipeline.filters import C4QualityFilter

    from cleantext import Cleaner


def language_of(text: str) -> str | None:
    """The tag of a text's language, or None when no language file of the package covers it."""
    points = code_points(text)
    return detect(fold_points(points).split(), points)


def keep_lines(text: str, wanted: Callable[[str], bool]) -> str:
    r"""The text without the lines that are not wanted; these become empty.

    >>> keep_lines("a\nb\nc", lambda line: line != "b")
    'a\n\nc'
    """
    return "\n".join(line if line and wanted(line) else "" for line in text.split("\n"))


# --- The two ends


def none(text: str) -> str:
    """The text as it is: what the extractor alone is worth."""
    return text


def perfect(text: str, gold: str) -> str:
    """The ceiling: the lines most of whose words belong to the gold. No choice of whole lines can do much better."""
    lines = text.split("\n")
    labels, _ = label_lines(lines, gold)
    return "\n".join(line if label >= 0.5 else "" for line, label in zip(lines, labels, strict=True))


# --- This project


def cleantext(text: str, cleaner: Cleaner) -> str:
    """The kept slices of the account, and the line breaks of what lies between them."""
    parts, position = [], 0
    for span in cleaner.annotate(text).kept:
        parts += ["\n" * text.count("\n", position, span.start), text[span.start : span.end]]
        position = span.end
    return "".join(parts) + "\n" * text.count("\n", position)


# --- C4


@cache
def _c4_rules() -> C4QualityFilter:
    from datatrove.pipeline.filters import C4QualityFilter

    return C4QualityFilter(min_num_sentences=-1, min_words_per_line=5, filter_lorem_ipsum=False, filter_curly_bracket=False)


def c4(text: str) -> str:
    """The line rules of C4 (Raffel et al., 2020), by datatrove's own code.

    A line stays when it ends in a terminal mark and has five words or more, no word of over 1,000 characters, and neither
    "javascript" nor a phrase of cookie and privacy notices. Five words are what C4's published code asks; the paper says three.
    """
    from datatrove.data import Document

    def wanted(line: str) -> bool:
        document = Document(text=line, id="")
        _c4_rules().filter(document)
        return bool(document.text)

    return keep_lines(text, wanted)


# --- RefinedWeb

_SHORT = 10  # words; longer lines are not looked at for patterns
_COUNTER = regex.compile(
    r"\W*[\d.,]+\s?[km]?\+?\s+(?:likes?|shares?|comments?|replies|reply|views?|followers?|retweets?|votes?|points?|reviews?"
    r"|ratings?|reads?|downloads?|minutes? ago|hours? ago|days? ago|min read)\W*",
    regex.IGNORECASE,
)
_START = (
    r"sign[ -]?(?:in|up|out)|log[ -]?(?:in|out)|register|subscribe|home|menu|skip to|share (?:this|on)|follow us|click here"
    r"|related (?:articles|posts|stories)|leave a (?:comment|reply)|posted (?:by|on|in)|filed under|tags?:|back to top"
)
_END = r"read (?:more|the full story)|see (?:more|all)|view (?:more|all)|show more|load more|learn more|sign[ -]in|log[ -]in"
_ANYWHERE = (
    r"items? in (?:your )?cart|add to (?:cart|basket|wishlist)|shopping cart|all rights reserved|privacy policy|cookie policy"
    r"|terms of (?:use|service)|newsletter|forgot (?:your )?password"
)
_NAVIGATION = regex.compile(rf"^\W*(?:{_START})|(?:{_END})\W*$|\b(?:{_ANYWHERE})\b", regex.IGNORECASE)


def _refinedweb_wants(line: str) -> bool:
    words = line.split()
    letters = sum(map(str.isalpha, line))
    if len(words) < 2 or not letters:  # a single word; numbers only
        return False
    if sum(map(str.isupper, line)) > letters / 2 or _COUNTER.fullmatch(line):
        return False
    return len(words) > _SHORT or not _NAVIGATION.search(line)


def refinedweb(text: str) -> str:
    """Line rules like those of RefinedWeb (Penedo et al., 2023, appendix G.2).

    A line goes when it is mainly upper case, only numbers, a counter ("3 likes"), or a single word, and when it is of up to ten
    words and begins with, ends in or holds a phrase of navigation ("sign-in", "Read more...", "items in cart"). The paper gives
    examples and no list: the phrases here are ours. It cuts the phrase out of the line where this drops the line.
    """
    return keep_lines(text, _refinedweb_wants)


# --- jusText

_STOPLISTS = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ko": "Korean", "nb": "Norwegian_Bokmal", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip
_NOT_IN_HTML = regex.compile(r"[\p{Cc}\p{Cs}]")


@cache
def _stoplist(tag: str | None) -> frozenset[str]:
    import justext as package

    return package.get_stoplist(_STOPLISTS.get(tag, "English"))


def justext(text: str) -> str:
    """jusText (Pomikálek, 2011) with each line as a paragraph, and the stoplist of the page's language or else of English."""
    import justext as package

    lines = text.split("\n")
    if not text.strip():
        return text
    html = "".join(f"<p>{escape(_NOT_IN_HTML.sub(' ', line))}</p>" for line in lines)
    paragraphs = package.justext(f"<html><body>{html}</body></html>", _stoplist(language_of(text)))
    # The path of the third line's paragraph is /html[1]/body[1]/p[3].
    kept = {int(paragraph.xpath.rsplit("[", 1)[1][:-1]) for paragraph in paragraphs if not paragraph.is_boilerplate}
    return "\n".join(line if number in kept else "" for number, line in enumerate(lines, 1))


PEERS: dict[str, Callable[[str], str]] = {"none": none, "c4": c4, "refinedweb": refinedweb, "justext": justext}
"""The cleaners that need to know nothing but the text."""
CLEANERS = ("none", "cleantext", "c4", "refinedweb", "justext", "perfect")
"""All of them, in the order of the table."""
