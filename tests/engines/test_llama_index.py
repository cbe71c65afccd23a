"""LlamaIndex: the component, in a real ingestion pipeline with its cache."""

from __future__ import annotations

import pickle

import pytest
from needs import need
from shard import CLEANED, ROWS, TEXTS

from cleantext.errors import ConfigError

schema = need("llama_index.core.schema", extra="llama-index")

from llama_index.core.ingestion import IngestionCache, IngestionPipeline  # noqa: E402 - only where LlamaIndex is
from llama_index.core.ingestion.pipeline import get_transformation_hash  # noqa: E402

from cleantext.adapters.llama_index import CleanText  # noqa: E402

SHARD = [schema.Document(text=row["text"], id_=str(row["id"]), metadata={"url": row["url"]}) for row in ROWS]


def test_documents_are_cleaned_in_a_pipeline() -> None:
    cleaned = IngestionPipeline(transformations=[CleanText()]).run(documents=SHARD)
    assert [node.get_content() for node in cleaned] == CLEANED
    assert [(node.id_, node.metadata) for node in cleaned] == [(node.id_, node.metadata) for node in SHARD]
    assert [node.get_content() for node in SHARD] == TEXTS


def test_nodes_are_cleaned_and_keep_their_relations() -> None:
    source = schema.RelatedNodeInfo(node_id="page")
    node = schema.TextNode(text="Advertisement", relationships={schema.NodeRelationship.SOURCE: source})
    [cleaned] = CleanText(metadata=("suspect",))([node])
    assert (cleaned.text, cleaned.source_node, cleaned.metadata) == ("", source, {"suspect": True})
    assert (node.text, node.metadata) == ("Advertisement", {})


def test_empty_documents_are_dropped_on_request_but_not_those_without_text() -> None:
    pages = [schema.Document(text="Advertisement"), schema.Document(text=""), schema.Node()]
    assert CleanText(drop_empty=True)(pages) == pages[1:]


def test_a_cache_tells_settings_apart_and_finds_the_same_again() -> None:
    def hashed(**settings: object) -> str:
        return get_transformation_hash(SHARD, CleanText(**settings))

    assert hashed(keep=("share", "byline", "tags")) == hashed(keep={"tags", "byline", "share"})
    others = [hashed(), hashed(keep=("share",)), hashed(threshold=0.4), hashed(language="en"), hashed(version="another")]
    assert len(set(others)) == len(others)
    cache = IngestionCache()
    pipelines = [IngestionPipeline(transformations=[CleanText(keep=keep)], cache=cache) for keep in ((), ("byline",), ())]
    first, other, again = (pipeline.run(documents=SHARD) for pipeline in pipelines)
    assert [node.get_content() for node in first] == [node.get_content() for node in again] == CLEANED
    assert [node.get_content() for node in other] != CLEANED


def test_a_component_can_be_stored_and_sent() -> None:
    step = CleanText(keep=("share",), drop_empty=True)
    assert CleanText.from_dict(step.to_dict()) == pickle.loads(pickle.dumps(step)) == step


def test_mistakes_are_named() -> None:
    with pytest.raises(ConfigError, match="no kind of boilerplate: 'prose'"):
        CleanText(keep=("prose",))
    with pytest.raises(ConfigError, match="no such fact: 'share'"):
        CleanText(metadata=("share",))
