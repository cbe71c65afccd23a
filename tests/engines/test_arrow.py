"""The Arrow kernel: rows, order, types, nulls and other columns stay; the text is the cleaner's; mistakes are named."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from needs import need
from shard import CLEANED, PROSE, ROWS, TEXTS
from strategies import any_text

from cleantext import Cleaner, Config, Kind
from cleantext.errors import ConfigError, InputError

pa = need("pyarrow", extra="arrow")

from cleantext.arrow import ArrowCleaner, clean_batch, output_schema  # noqa: E402 - only where Arrow is

TYPES = [pa.string(), pa.large_string(), pa.string_view()]
ALL = {"share_removed_column": "share", "suspect_column": "look", "spans_column": "removed"}
PAGES = st.one_of(st.none(), st.sampled_from(TEXTS[5:]), any_text(40).filter(lambda text: text.isprintable() or text.isascii()))


def encoded(values: list[str | None], index: Any, value: Any) -> Any:
    """A dictionary-encoded column."""
    plain = pa.array(values, pa.string()).dictionary_encode()
    words = pa.nulls(0) if value == pa.null() else plain.dictionary.cast(value)
    return pa.DictionaryArray.from_arrays(plain.indices.cast(index), words)


def encodable(text: str | None) -> bool:
    return text is None or not any("\ud800" <= char <= "\udfff" for char in text)


COLUMNS = st.lists(PAGES.filter(encodable), max_size=8)


def test_the_text_is_the_cleaners() -> None:
    cleaned = clean_batch(pa.RecordBatch.from_pylist(ROWS))
    assert cleaned.to_pylist() == [row | {"text": text} for row, text in zip(ROWS, CLEANED, strict=True)]


@given(COLUMNS, st.sampled_from(TYPES))
def test_every_row_is_cleaned_alone_and_nulls_stay(values: list[str | None], kind: Any) -> None:
    cleaned = clean_batch(pa.record_batch({"text": pa.array(values, kind)}))
    assert cleaned.column(0).to_pylist() == [None if value is None else Cleaner()(value) for value in values]
    assert cleaned.schema == pa.schema({"text": kind})


@given(COLUMNS, st.sampled_from([pa.int8(), pa.uint32(), pa.int64()]), st.sampled_from(TYPES))
def test_a_dictionary_stays_one_of_the_same_type(values: list[str | None], index: Any, kind: Any) -> None:
    column = encoded(values, index, kind)
    cleaned = clean_batch(pa.record_batch({"text": column})).column(0)
    cleaned.validate(full=True)
    assert cleaned.type == column.type
    assert cleaned.to_pylist() == [None if value is None else Cleaner()(value) for value in values]


@given(COLUMNS, st.data())
def test_slices_and_chunks_give_the_same_as_the_whole(values: list[str | None], data: st.DataObject) -> None:
    clean = ArrowCleaner(**ALL)
    batch = pa.record_batch({"id": pa.array(range(len(values)), pa.int16()), "text": pa.array(values, pa.string())})
    whole = clean(batch)
    offset = data.draw(st.integers(0, len(values)))
    length = data.draw(st.integers(0, len(values) - offset))
    assert clean(batch.slice(offset, length)).equals(whole.slice(offset, length))
    chunks = pa.Table.from_batches([batch.slice(0, offset), batch.slice(offset)])
    assert clean.table(chunks).equals(pa.Table.from_batches([whole]))


@given(COLUMNS)
def test_the_spans_are_all_that_the_text_leaves_out(values: list[str | None]) -> None:
    cleaned = clean_batch(pa.record_batch({"text": pa.array(values, pa.string())}), **ALL)
    for before, row in zip(values, cleaned.to_pylist(), strict=True):
        if before is None:
            assert set(row.values()) == {None}
            continue
        kept, end = [], 0
        for span in row["removed"]:
            assert end <= span["start"] < span["end"]
            assert span["kind"] in set(Kind)
            kept.append(before[end : span["start"]])
            end = span["end"]
        assert "".join([*kept, before[end:]]) == row["text"]
        document = Cleaner().annotate(before)
        assert (row["share"], row["look"]) == (document.removed_share, document.suspect)


@given(COLUMNS, st.sampled_from([{}, ALL]))
def test_other_columns_and_metadata_stay(values: list[str | None], added: dict[str, str]) -> None:
    schema = pa.schema(
        [
            pa.field("id", pa.int8(), nullable=False, metadata={"of": "the id"}),
            pa.field("body", pa.large_string(), metadata={"of": "the text"}),
            pa.field("tags", pa.list_(pa.struct({"a": pa.date32()}))),
        ],
        metadata={"of": "the whole"},
    )
    rows = [{"id": number, "body": value, "tags": [{"a": None}] * number} for number, value in enumerate(values)]
    batch = pa.RecordBatch.from_pylist(rows, schema)
    before = batch.to_pylist()
    cleaned = clean_batch(batch, "body", **added)
    assert batch.to_pylist() == before
    assert cleaned.num_rows == batch.num_rows
    assert cleaned.schema.equals(output_schema(schema, "body", **added), check_metadata=True)
    assert cleaned.schema.names == [*schema.names, *added.values()]
    kept = cleaned.select(schema.names)
    assert kept.schema.equals(schema, check_metadata=True)
    assert all(kept.column(name).equals(batch.column(name)) for name in ("id", "tags"))


def test_a_column_of_nothing_but_nulls_needs_no_type() -> None:
    batch = pa.record_batch({"text": pa.nulls(2)})
    assert clean_batch(batch, suspect_column="look").to_pylist() == [{"text": None, "look": None}] * 2


def test_settings_count() -> None:
    page = f"Share this article\n\n{PROSE}"
    batch = pa.record_batch({"text": [page]})
    assert clean_batch(batch, cleaner=Cleaner(Config(keep={"share"}))).column(0).to_pylist() == [page]


def test_what_is_pickled_is_the_same_in_every_process() -> None:
    orders = [pickle.dumps(ArrowCleaner(cleaner=Cleaner(Config(keep=kinds)))) for kinds in (["caption", "byline", "share"],) * 2]
    assert orders[0] == orders[1] == pickle.dumps(pickle.loads(orders[0]))
    assert pickle.loads(pickle.dumps(Config(keep={"share"}, threshold=0.4, language="da"))) == Config({"share"}, 0.4, "da")


@pytest.mark.parametrize(
    ("columns", "settings", "message"),
    [
        ({"body": ["x"]}, {}, "no column 'text' to clean; set text_column to one of: body"),
        ({"text": [1]}, {}, "column 'text' holds int64, not text; cast it to string"),
        ({"text": [b"x"]}, {}, "holds binary, not text"),
        ({"text": encoded([None], pa.int8(), pa.null())}, {}, "holds dictionary<values=null, .*, not text"),
        ({"text": [["x"]]}, {}, "holds list<item: string>, not text"),
        ({"text": ["x"], "look": [1]}, {"suspect_column": "look"}, "a column 'look' already; give suspect_column another name"),
        ({"text": ["x"]}, {"spans_column": "text"}, "a column 'text' already; give spans_column another name"),
        ({"text": ["x"]}, {"suspect_column": "a", "spans_column": "a"}, "a column 'a' already"),
    ],
)
def test_mistakes_are_named(columns: dict[str, list[Any]], settings: dict[str, str], message: str) -> None:
    batch = pa.record_batch(columns)
    with pytest.raises(ConfigError, match=message):
        clean_batch(batch, **settings)
    with pytest.raises(ConfigError, match=message):
        output_schema(batch.schema, **settings)


def test_two_columns_of_one_name_are_no_text_column() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["text", "text"])
    with pytest.raises(ConfigError, match="2 columns are named 'text'; rename all but one"):
        clean_batch(batch)


def test_bytes_that_are_no_text_are_named() -> None:
    column = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff"]).buffers())
    with pytest.raises(InputError, match=r"column 'text' holds bytes that are not UTF-8"):
        clean_batch(pa.record_batch({"text": column}))
