"""datatrove: a pipeline step that cleans documents and drops those of which nothing is left.

It counts as the library's filters do (``total``, ``forwarded``, ``dropped``, ``dropped_<reason>``) and counts the characters
removed; what it drops goes to the exclusion writer as it came, with the reason in its metadata.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from cleantext.cleaner import Cleaner
from cleantext.extras import require
from cleantext.facts import check_facts, facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.writers.disk_base import DiskWriter

    from cleantext.document import Document as Page

__all__ = ["CleanText"]

_PipelineStep: Any = require("datatrove.pipeline.base", extra="datatrove").PipelineStep
_batched = require("datatrove.utils.batching", extra="datatrove").batched
_Hints = require("datatrove.utils.typeshelper", extra="datatrove").StatHints


class CleanText(_PipelineStep):
    r"""Cleans the text of documents.

    Args:
        cleaner: how to clean; with the default settings if left out.
        exclusion_writer: takes the documents that are dropped, as they came, with ``filter_reason`` in their metadata: ``empty``
            or ``suspect``. Without one they are only counted.
        drop_suspect: also drop those of which so little is left that a person should look.
        metadata: facts to add to the metadata of every document: ``share_removed``, ``suspect``, ``spans``.
        batch_size: how many documents are held and cleaned at once.

    Raises:
        ConfigError: there is no such fact.

    >>> from datatrove.data import Document
    >>> step = CleanText(metadata=["share_removed"])
    >>> page = "Advertisement\nThe senate met on Monday and voted on the budget after a long debate."
    >>> [document] = step([Document(page, id="1")])
    >>> document.text
    'The senate met on Monday and voted on the budget after a long debate.'
    """

    name = "cleantext"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        exclusion_writer: DiskWriter | None = None,
        *,
        drop_suspect: bool = False,
        metadata: Iterable[str] = (),
        batch_size: int = 100,
    ) -> None:
        super().__init__()
        self.cleaner = cleaner or Cleaner()
        self.exclusion_writer = exclusion_writer
        self.drop_suspect = drop_suspect
        self.metadata = check_facts(metadata)
        self.batch_size = batch_size

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002 - the engine's
        """Clean the documents of one task; called by the engine's executor.

        Args:
            data: the documents.
            rank: number of the task.
            world_size: how many tasks there are.

        Yields:
            Those that are kept, in order.
        """
        with self.exclusion_writer or nullcontext() as writer:
            for batch in _batched(data, self.batch_size):
                with self.track_time("batch"):
                    reasons = [
                        self._settle(document, page)
                        for document, page in zip(batch, self.cleaner.annotate_many([each.text for each in batch]), strict=True)
                    ]
                for document, reason in zip(batch, reasons, strict=True):
                    if reason is None:
                        self.stat_update(_Hints.forwarded)
                        self.update_doc_stats(document)
                        yield document
                    else:
                        self.stat_update(_Hints.dropped, f"dropped_{reason}")
                        if writer is not None:
                            document.metadata["filter_reason"] = reason
                            writer.write(document, rank)

    def _settle(self, document: Document, page: Page) -> str | None:
        """Clean one document, or tell why it is to be dropped, which leaves its text alone."""
        self.stat_update(_Hints.total)
        document.metadata |= facts(page, self.metadata)
        if not page.content.strip():
            return "empty"
        if self.drop_suspect and page.suspect:
            return "suspect"
        self.stat_update("chars_removed", value=len(page.text) - len(page.content), unit="doc")
        document.text = page.content
        return None
