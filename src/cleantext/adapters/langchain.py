"""LangChain: a document transformer, to stand before the text splitter: chrome is judged by its place on the whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.cleaner import Cleaner
from cleantext.extras import require
from cleantext.facts import check_facts, facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from langchain_core.documents import Document

__all__ = ["CleanText"]

_Transformer: Any = require("langchain_core.documents", extra="langchain").BaseDocumentTransformer


class CleanText(_Transformer):
    """Cleans the text of documents.

    Args:
        cleaner: how to clean; with the default settings if left out.
        metadata: facts to add to each document's metadata: ``share_removed``, ``suspect``, ``spans``.
        drop_empty: leave out documents of which nothing is left; else they stay, with no text.

    Raises:
        ConfigError: there is no such fact.

    >>> from langchain_core.documents import Document
    >>> CleanText(metadata=["suspect"]).transform_documents([Document("Advertisement", id="1")])
    [Document(id='1', metadata={'suspect': True}, page_content='')]
    """

    def __init__(self, cleaner: Cleaner | None = None, *, metadata: Iterable[str] = (), drop_empty: bool = False) -> None:
        self.cleaner = cleaner or Cleaner()
        self.metadata = check_facts(metadata)
        self.drop_empty = drop_empty

    def transform_documents(self, documents: Sequence[Document], **_: Any) -> list[Document]:
        """Clean documents.

        Args:
            documents: any number of them; they are not changed.

        Returns:
            New ones in the same order, with their ids and metadata.
        """
        pages = self.cleaner.annotate_many([document.page_content for document in documents])
        return [
            document.model_copy(
                update={"page_content": page.content, "metadata": {**document.metadata, **facts(page, self.metadata)}}
            )
            for document, page in zip(documents, pages, strict=True)
            if page.content.strip() or not self.drop_empty
        ]
