"""LlamaIndex: a transformation, to stand before the node parser: chrome is judged by its place on the whole page.

A pipeline with a cache tells by a component's fields what it has done before: the settings and the version of this program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleantext.cleaner import Cleaner
from cleantext.config import Config
from cleantext.extras import require
from cleantext.facts import check_facts, facts
from cleantext.release import release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llama_index.core.schema import BaseNode

__all__ = ["CleanText"]

_schema = require("llama_index.core.schema", extra="llama-index")
_Component: Any = _schema.TransformComponent


class CleanText(_Component):
    """Cleans the text of documents and nodes.

    Raises:
        ConfigError: a setting is out of range, or there is no such fact.

    >>> from llama_index.core.schema import Document
    >>> [document] = CleanText(metadata=("share_removed",))([Document(text="Advertisement", id_="1")])
    >>> document.id_, document.text, document.metadata
    ('1', '', {'share_removed': 1.0})
    """

    keep: tuple[str, ...] = ()
    """Kinds of boilerplate to keep, as of :class:`cleantext.Config`."""
    threshold: float = Config().threshold
    """The probability from which lines are kept, as of :class:`cleantext.Config`."""
    language: str | None = None
    """The language of the pages, as of :class:`cleantext.Config`."""
    metadata: tuple[str, ...] = ()
    """Facts to add to each document's metadata: ``share_removed``, ``suspect``, ``spans``."""
    drop_empty: bool = False
    """Leave out documents of which nothing is left; else they stay, with no text. Those that had none, such as images, stay."""
    version: str = release()
    """The version of this program: a pipeline's cache holds nothing that another one cleaned."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.keep = tuple(sorted(self._config().keep))
        check_facts(self.metadata)

    @classmethod
    def class_name(cls) -> str:
        """The name by which the engine stores the component."""
        return "CleanText"

    def _config(self) -> Config:
        settings: dict[str, Any] = {"keep": self.keep, "threshold": self.threshold, "language": self.language}
        return Config(**settings)

    def __call__(self, nodes: Sequence[BaseNode], **_: Any) -> list[BaseNode]:
        """Clean documents or nodes.

        Args:
            nodes: any number of them; they are not changed.

        Returns:
            New ones in the same order, with their ids, metadata and relationships.
        """
        texts = [node.get_content(_schema.MetadataMode.NONE) for node in nodes]
        cleaned = []
        for node, page in zip(nodes, Cleaner(self._config()).annotate_many(texts), strict=True):
            if not page.text:
                cleaned.append(node)
            elif page.content.strip() or not self.drop_empty:
                copy = node.model_copy(update={"metadata": {**node.metadata, **facts(page, self.metadata)}})
                copy.set_content(page.content)
                cleaned.append(copy)
        return cleaned
