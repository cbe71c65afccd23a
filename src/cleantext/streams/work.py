"""What is done to a batch of records, in whatever process: pages in, and what cleaning says of each out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleantext.records.model import Cleaned, Removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleantext.cleaner import Cleaner
    from cleantext.document import Document

__all__ = ["PageOf", "Work"]


class PageOf(NamedTuple):
    """The part of a record that is cleaned, which is all that another process is sent."""

    text: str | None
    html: str | bytes | None
    url: str | None


class Work:
    """Cleans batches; it can be pickled.

    Args:
        cleaner: with its settings.
        spans: whether to say where something was removed.
        fields: whether to say what goes into the record's field of its own.

    >>> from cleantext import Cleaner
    >>> [cleaned.content for cleaned in Work(Cleaner())([PageOf("Advertisement", None, None)])]
    ['']
    """

    def __init__(self, cleaner: Cleaner, *, spans: bool = False, fields: bool = False) -> None:
        self._cleaner = cleaner
        self._spans = spans
        self._fields = fields

    def __call__(self, pages: Sequence[PageOf]) -> list[Cleaned | str]:
        """What cleaning says of each page; for one that it failed on, the reason. The others do not suffer from it."""
        try:
            return [self._tell(document) for document in self._documents(pages)]
        except Exception:  # noqa: BLE001 - whatever it is, it is one page's; find out which
            return [self._alone(page) for page in pages]

    def _alone(self, page: PageOf) -> Cleaned | str:
        try:
            return self._tell(next(self._documents([page])))
        except Exception as error:  # noqa: BLE001 - the record is reported with it
            return f"cleaning failed: {type(error).__name__}: {error}"

    def _documents(self, pages: Sequence[PageOf]) -> Iterator[Document]:
        texts = self._cleaner.annotate_many([page.text for page in pages if page.html is None and page.text is not None])
        for page in pages:
            yield next(texts) if page.html is None else self._cleaner.annotate_html(page.html, page.url)

    def _tell(self, document: Document) -> Cleaned:
        content, length = document.content, len(document.text)
        removed: tuple[Removed, ...] = ()
        added = None
        if self._spans or self._fields:
            removed = tuple(Removed(span.start, span.end, kind.value) for span, kind in document.removed)
        if self._fields:
            added = {
                "length": length,
                "kept": len(content),
                "removed_share": round(document.removed_share, 4),
                "suspect": document.suspect,
                "kinds": sorted({each.kind for each in removed}),
            }
        extracted = document.text if document.from_html and self._spans else None
        return Cleaned(content, length, document.suspect, removed if self._spans else (), added, extracted)
