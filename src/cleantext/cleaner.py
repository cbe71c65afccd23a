"""The stages in order, and only that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.account import Account
from cleantext.characters import code_points, fold_points
from cleantext.config import Config
from cleantext.decide import decide
from cleantext.document import Document
from cleantext.errors import WrongPackageError
from cleantext.html import extract
from cleantext.language import detect
from cleantext.lines import split
from cleantext.lookup import tables
from cleantext.measure import measure
from cleantext.rows import make_rows
from cleantext.rules import Evidences, find_shapes
from cleantext.rules.phrases import find_phrases
from cleantext.rules.shape import Known
from cleantext.score import score
from cleantext.scorecard import load_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cleantext.rows import Rows
    from cleantext.scorecard import Scorecard

__all__ = ["Cleaner", "annotate", "annotate_html", "clean", "clean_html", "examine"]

_BATCH = 400_000  # characters: enough that the cost of each step's start does not count, small enough for the processor's cache


class Cleaner:
    """Cleans pages. Build it once; it holds nothing but its settings, so it can be pickled and shared between threads.

    Args:
        config: the settings; the defaults if left out.
        card: another scorecard than the one that the package ships, for measuring one.

    Raises:
        TypeError: ``config`` is something else.

    >>> cleaner = Cleaner(Config(keep={"byline"}))
    >>> cleaner("Advertisement")
    ''
    """

    def __init__(self, config: Config | None = None, card: Scorecard | None = None) -> None:
        if not isinstance(config, Config | None):
            raise TypeError(f"config must be a Config, not {type(config).__name__}; write Config(keep=…, threshold=…)")
        self.config = config or Config()
        self._card = card

    def __repr__(self) -> str:
        return f"Cleaner({self.config})"

    def __call__(self, text: str) -> str:
        """The cleaned text of one page; arguments and errors as of :meth:`annotate`."""
        return self.annotate(text).content

    def annotate(self, text: str) -> Document:
        """One page with its account.

        Args:
            text: the page.

        Raises:
            TypeError: ``text`` is no string.

        >>> Cleaner().annotate("Advertisement").removed_share
        1.0
        """
        return self._annotate_batch([_checked(text)])[0]

    def annotate_many(self, texts: Iterable[str]) -> Iterator[Document]:
        """Pages with their accounts, in order; the same as one at a time, and faster.

        Args:
            texts: any number of pages. One batch is held in memory: 400,000 characters, or the longest page.

        Raises:
            TypeError: one of them is no string; the pages of the batches before it have been given by then. Or ``texts`` is one
                string, whose characters would be taken for pages.

        >>> [document.content for document in Cleaner().annotate_many(["Advertisement", "Share this article"])]
        ['', '']
        """
        if isinstance(texts, str | bytes):
            raise TypeError("texts must be pages, such as a list of them, not one page; use annotate for that")
        batch: list[str] = []
        size = 0
        for text in map(_checked, texts):
            if batch and size + len(text) > _BATCH:
                yield from self._annotate_batch(batch)
                batch, size = [], 0
            batch.append(text)
            size += len(text) + 1
        if batch:
            yield from self._annotate_batch(batch)

    def annotate_html(self, html: str | bytes, url: str | None = None) -> Document:
        """One HTML page: what trafilatura extracts from it, with its account. The document's text is the extracted text.

        Args:
            html: the page; bytes are decoded as trafilatura detects.
            url: where it comes from, if known; helps the extraction.

        Raises:
            TypeError: ``html`` is neither str nor bytes.

        >>> Cleaner().annotate_html("<html><body><p>Advertisement</p></body></html>").text
        'Advertisement'
        """
        document = self.annotate(extract(html, url))
        document.from_html = True
        return document

    def _annotate_batch(self, texts: Sequence[str]) -> list[Document]:
        documents = [Document(text) for text in texts]
        filled = [document for document in documents if document.text]
        if filled:
            rows, evidences, values = examine([document.text for document in filled], self.config.language)
            card = self._card or load_scorecard()
            scores = score(rows, values, card)
            verdicts = decide(rows, evidences, scores, card, self.config)
            for number, document in enumerate(filled):
                document.settle(Account(number, rows, evidences, scores, verdicts, card))
        return documents


def examine(texts: Sequence[str], language: str | None = None) -> tuple[Rows, Evidences, NDArray[np.uint8]]:
    """The stages before any opinion: the lines of a batch of pages, what the rules find in them, and what is measured.

    Args:
        texts: pages, none of them blank.
        language: the tag of their language; None finds it for each.

    Returns:
        The rows, their evidence, and the matrix of measurements × rows.
    """
    points = [code_points(text) for text in texts]
    folded = [fold_points(array) for array in points]
    words = [each.split() for each in folded]
    tags = [language or detect(each, array) for each, array in zip(words, points, strict=True)]
    known = [tables(tag) for tag in tags]
    pages = [split(text, each, table.glued) for text, each, table in zip(texts, folded, known, strict=True)]
    rows = make_rows(pages, points, words, [table.cues for table in known])
    evidences = Evidences(find_phrases(rows, known), find_shapes(rows, [Known.of(table) for table in known]))
    return rows, evidences, measure(rows, evidences, [tag is not None for tag in tags])


_CLEANER = Cleaner()


def clean(text: str, **settings: Any) -> str:
    r"""Remove the chrome from a page of plain text.

    Args:
        text: the page.
        **settings: fields of :class:`cleantext.Config`.

    Returns:
        The cleaned text, made of slices of ``text``; empty when the page holds nothing but chrome. A blank page comes back as it
        went in.

    Raises:
        TypeError: ``text`` is no string, or a setting is not known.
        ConfigError: a setting is out of range.

    >>> clean("Skip to main content\n\nThe river rose by two metres overnight, and the old bridge was closed to traffic.")
    'The river rose by two metres overnight, and the old bridge was closed to traffic.'
    """
    return _cleaner(settings)(text)


def annotate(text: str, **settings: Any) -> Document:
    """A page of plain text with the account of every line.

    Args:
        text: the page.
        **settings: fields of :class:`cleantext.Config`.

    Returns:
        The document: its ``content`` is what :func:`clean` gives; offsets in it are code points of ``text``.

    Raises:
        TypeError: ``text`` is no string, or a setting is not known.
        ConfigError: a setting is out of range.

    >>> [str(decision.kind) for decision in annotate("Advertisement").decisions]
    ['advertisement']
    """
    return _cleaner(settings).annotate(text)


def clean_html(html: str | bytes, url: str | None = None, **settings: Any) -> str:
    """The article's text of an HTML page: extracted by trafilatura, then cleaned as :func:`clean` does.

    Args:
        html: the page; bytes are decoded as trafilatura detects.
        url: where it comes from, if known; helps the extraction.
        **settings: fields of :class:`cleantext.Config`.

    Returns:
        The cleaned text, made of slices of what trafilatura extracts; empty when that is nothing.

    Raises:
        TypeError: ``html`` is neither str nor bytes, or a setting is not known.
        ConfigError: a setting is out of range.

    >>> sentence = "The river rose by two metres overnight, and the old bridge was closed to all traffic until Friday."
    >>> clean_html(f"<html><body><article><p>{sentence}</p><p>{sentence}</p></article></body></html>").splitlines()[0] == sentence
    True
    """
    return annotate_html(html, url, **settings).content


def annotate_html(html: str | bytes, url: str | None = None, **settings: Any) -> Document:
    """An HTML page's extracted text with the account of every line; arguments and errors as of :func:`clean_html`.

    Returns:
        The document, never None: its ``text`` is what trafilatura extracts, and offsets are code points of that; it is empty
        when nothing was extracted.

    >>> annotate_html("<html><body><p>Advertisement</p></body></html>").to_dict()["text"]
    'Advertisement'
    """
    return _cleaner(settings).annotate_html(html, url)


def _cleaner(settings: dict[str, Any]) -> Cleaner:
    if not settings:
        return _CLEANER
    unknown = settings.keys() - Config.__dataclass_fields__.keys()
    if unknown & _OTHER_PACKAGES.keys():
        name = min(unknown & _OTHER_PACKAGES.keys())
        raise WrongPackageError(
            f"{name!r} is a setting of the package {_OTHER_PACKAGES[name]!r}, which also imports as cleantext; "
            f"this is cleantext-web, which removes web-page chrome. Install the other one in an environment of its own."
        )
    if unknown:
        raise TypeError(f"no such setting: {', '.join(sorted(unknown))}; there are: {', '.join(Config.__dataclass_fields__)}")
    return Cleaner(Config(**settings))


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}; decode bytes first, or use clean_html for HTML")
    return text


_OTHER_PACKAGES = dict.fromkeys(
    ("fix_unicode", "to_ascii", "lower", "normalize_whitespace", "no_line_breaks", "strip_lines", "keep_two_line_breaks",
     "no_urls", "no_emails", "no_phone_numbers", "no_numbers", "no_digits", "no_currency_symbols", "no_punct", "no_emoji",
     "replace_with_url", "replace_with_email", "replace_with_phone_number", "replace_with_number", "replace_with_digit",
     "replace_with_currency_symbol", "replace_with_punct", "lang"), "clean-text",
) | dict.fromkeys(
    ("clean_all", "extra_spaces", "stemming", "stopwords", "lowercase", "numbers", "punct", "stp_lang", "reg", "reg_replace"),
    "cleantext",
)  # fmt: skip
"""Keywords of the two other packages on the public index that import as ``cleantext``."""
