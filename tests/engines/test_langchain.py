"""LangChain: the document transformer, called directly and in an asynchronous program."""

from __future__ import annotations

import asyncio

import pytest
from needs import need
from shard import CLEANED, ROWS, TEXTS

from cleantext import Cleaner, Config
from cleantext.errors import ConfigError

documents = need("langchain_core.documents", extra="langchain")

from cleantext.adapters.langchain import CleanText  # noqa: E402 - only where LangChain is

SHARD = [documents.Document(row["text"], id=str(row["id"]), metadata={"url": row["url"]}) for row in ROWS]


def test_documents_are_cleaned() -> None:
    step = CleanText()
    assert isinstance(step, documents.BaseDocumentTransformer)
    cleaned = step.transform_documents(SHARD)
    assert [document.page_content for document in cleaned] == CLEANED
    assert [(document.id, document.metadata) for document in cleaned] == [(each.id, each.metadata) for each in SHARD]
    assert [document.page_content for document in SHARD] == TEXTS
    assert asyncio.run(step.atransform_documents(SHARD)) == cleaned


def test_facts_go_to_the_metadata_of_the_new_documents_only() -> None:
    page = documents.Document("Advertisement", metadata={"url": "x"})
    [cleaned] = CleanText(metadata=["share_removed", "suspect"]).transform_documents([page])
    assert cleaned.metadata == {"url": "x", "share_removed": 1.0, "suspect": True}
    assert page.metadata == {"url": "x"}


def test_empty_documents_are_dropped_on_request() -> None:
    kept = CleanText(drop_empty=True).transform_documents(SHARD)
    assert [document.page_content for document in kept] == [text for text in CLEANED if text.strip()]
    assert CleanText().transform_documents([]) == []


def test_settings_count_and_mistakes_are_named() -> None:
    page = documents.Document("Advertisement")
    assert CleanText(Cleaner(Config(keep={"advertisement"}))).transform_documents([page]) == [page]
    with pytest.raises(ConfigError, match="metadata is a list of facts, such as"):
        CleanText(metadata="suspect")
