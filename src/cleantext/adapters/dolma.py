"""Dolma: a tagger whose spans are what the cleaner would remove, one attribute for each kind; the documents stay untouched.

Importing this module registers it, which the toolkit does by itself::

    dolma tag --taggers cleantext --tagger_modules cleantext.adapters.dolma --documents 'documents/*.jsonl.gz'

The toolkit, of version 1.2, asks for an older NumPy than this package, so that no extra can install the two together. They do run
together: the tagger was run in an environment made with ``pip install dolma`` and ``pip install --no-deps cleantext-web``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.cleaner import Cleaner
from cleantext.extras import require

if TYPE_CHECKING:
    from dolma.core.data_types import DocResult, Document

__all__ = ["CleanTextTagger"]

_dolma = require("dolma")
_BaseTagger: Any = _dolma.BaseTagger
_types = require("dolma.core.data_types")


@_dolma.add_tagger("cleantext")
class CleanTextTagger(_BaseTagger):
    """Tags the stretches of a document that are boilerplate, with their kind, in code points; the score is 1.

    Args:
        cleaner: how to clean; with the default settings if left out.
    """

    def __init__(self, cleaner: Cleaner | None = None) -> None:
        self.cleaner = cleaner or Cleaner()

    def predict(self, doc: Document) -> DocResult:
        """The document with its spans; called by the toolkit.

        Args:
            doc: the document.
        """
        removed = self.cleaner.annotate(doc.text).removed
        return _types.DocResult(doc, [_types.Span(span.start, span.end, kind.value) for span, kind in removed])
