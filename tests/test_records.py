"""Every format goes in and out with order, ids and unknown fields kept, in every compression."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from cleantext.records import Form, open_writer, read_records, recognise, recognise_name, renamed
from cleantext.records.codecs import CODECS, Input, compress
from cleantext.records.model import Cleaned, Fault, Keys, Limits, Record

KEYS, LIMITS = Keys(), Limits()


def json_text(max_size: int) -> st.SearchStrategy[str]:
    """Any text that JSON can hold: it reads two surrogates side by side as the one character that they spell."""
    return any_text(max_size).map(lambda text: str(json.loads(json.dumps(text))))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | json_text(20)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(json_text(6), inner, max_size=3), max_leaves=6
)
ROWS = st.lists(st.tuples(st.none() | json_text(60), st.dictionaries(json_text(6), VALUES, max_size=4)), max_size=6)


def read(data: bytes, form: Form, keys: Keys = KEYS, limits: Limits = LIMITS) -> list[Record | Fault]:
    return list(read_records(Input(io.BytesIO(data), form.codec), form, keys, limits))


def records(data: bytes, form: Form, keys: Keys = KEYS) -> list[Record]:
    found = read(data, form, keys)
    assert not [each for each in found if isinstance(each, Fault)]
    return [each for each in found if isinstance(each, Record)]


def write(rows: list[tuple[Record, Cleaned | None]], form: Form, keys: Keys = KEYS) -> tuple[bytes, list[str]]:
    """The bytes of a shard, and why some of its records could not be written."""
    file = io.BytesIO()
    writer, opened = open_writer(file, form, keys)
    for record, cleaned in rows:
        writer.write(record, cleaned)
    unfit = [error for _, error in writer.finish()]
    if opened is not file:
        opened.close()
    return file.getvalue(), unfit


def cleaned(content: str, **more: Any) -> Cleaned:
    return Cleaned(content, 0, suspect=False, **more)


def in_members(data: bytes, codec: str | None, cuts: list[int]) -> bytes:
    """Data as several members, cut wherever it may be."""
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    parts = [data[start:end] for start, end in pairwise(edges)]
    return data if codec is None else b"".join(compress(part, codec) for part in parts)


@given(st.binary(max_size=2000), st.sampled_from(CODECS), st.lists(st.integers(0, 5000), max_size=4), st.integers(1, 300))
def test_compressed_members_give_their_bytes_back(data: bytes, codec: str, cuts: list[int], size: int) -> None:
    source = Input(io.BytesIO(in_members(data, codec, cuts)), codec)
    given_back = list(iter(lambda: source.read(size), b""))
    assert b"".join(given_back) == data
    assert max(map(len, given_back), default=0) <= size, "what one call gives is bounded"


def line(text: str | None, fields: dict[str, Any], *, before: bool, ascii_only: bool) -> str:
    whole = {"text": text} | fields if before else fields | {"text": text}
    return json.dumps(whole | {"text": text}, ensure_ascii=ascii_only)


@given(
    ROWS, st.tuples(st.booleans(), st.booleans()), st.none() | st.sampled_from(CODECS), st.lists(st.integers(0, 3000), max_size=3)
)
def test_jsonl_keeps_lines_that_lose_nothing(rows: Any, spelling: tuple[bool, bool], codec: str | None, cuts: list[int]) -> None:
    lines = [line(text, fields, before=spelling[0], ascii_only=spelling[1]) for text, fields in rows]
    data = "".join(f"{each}\n" for each in lines).encode(errors="backslashreplace")
    found = records(in_members(data, codec, cuts), Form("jsonl", codec))
    assert [record.text for record in found] == [text for text, _ in rows]
    written, _ = write(
        [(record, None if record.text is None else cleaned(record.text)) for record in found], Form("jsonl", codec)
    )
    assert b"".join(iter(Input(io.BytesIO(written), codec).read, b"")) == data


@given(ROWS, json_text(40))
def test_jsonl_exchanges_the_text_and_nothing_else(rows: Any, content: str) -> None:
    data = "".join(f"{line(text, fields, before=True, ascii_only=False)}\n" for text, fields in rows)
    written, _ = write(
        [(record, cleaned(content)) for record in records(data.encode(errors="backslashreplace"), Form("jsonl"))], Form("jsonl")
    )
    for new, (_, fields) in zip(written.decode().split("\n"), rows, strict=False):
        assert repr(json.loads(new)) == repr({"text": content} | {**fields, "text": content}), "repr, for what is not a number"
        assert list(json.loads(new)) == list({"text": None} | fields)


def test_two_surrogates_side_by_side_are_written_as_json_spells_them() -> None:
    found = records(b'{"text": "x"}\n', Form("jsonl"))
    written, _ = write([(record, cleaned("\ud800\udc00 \ud800")) for record in found], Form("jsonl"))
    assert written == b'{"text": "\\ud800\\udc00 \\ud800"}\n'


def test_jsonl_keeps_numbers_spaces_and_double_names_as_they_are_written() -> None:
    data = b'{ "n":1.10,"big":' + b"9" * 5000 + b', "n" : 1E400,"text":"a\\u00e9" , "x":[NaN, -0.0,\t{}] }\n'
    (record,) = records(data, Form("jsonl"))
    assert record.text == "aé"
    assert write([(record, cleaned("b"))], Form("jsonl"))[0] == data.replace(b'"a\\u00e9"', b'"b"')


def test_jsonl_finds_nested_fields_and_adds_missing_ones() -> None:
    keys = Keys("doc.body.text", "html", "doc.at", "meta.id")
    data = b'{"meta": {"id": 12345678901234567890123}, "doc": {"at": "http://x", "body": {"text": "old"}}, "doc.at": 1}\n'
    (record,) = records(data, Form("jsonl"), keys)
    assert (record.id, record.url, record.text) == ("12345678901234567890123", None, "old"), "a name with a dot comes first"
    assert write([(record, cleaned("new"))], Form("jsonl"), keys)[0] == data.replace(b"old", b"new")
    (record,) = records(b'{"html": "<p>x</p>", "doc": {"n": 1}}\n', Form("jsonl"), keys)
    assert (record.text, record.html) == (None, "<p>x</p>")
    added = write([(record, cleaned("new", added={"kept": 3}))], Form("jsonl"), keys)[0]
    assert added == b'{"html": "<p>x</p>", "doc": {"n": 1, "body": {"text": "new"}}, "cleantext": {"kept": 3}}\n'
    (again,) = records(added, Form("jsonl"), keys)
    assert write([(again, cleaned("new", added={"kept": 4}))], Form("jsonl"), keys)[0] == added.replace(b"3}", b"4}")


def test_jsonl_takes_marks_blank_lines_and_any_line_break() -> None:
    found = records(b'\xef\xbb\xbf{"text": "a"}\r\n\r\n \n{"text": "b"}', Form("jsonl"))
    assert [(record.text, record.position) for record in found] == [("a", "line 1"), ("b", "line 4")]
    assert write([(each, None) for each in found], Form("jsonl"))[0] == b'{"text": "a"}\n{"text": "b"}\n'


@pytest.fixture(scope="module")
def pa() -> Any:
    """Arrow with Parquet, loaded and used once before the clock of any example runs."""
    pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table([arrow.array(["page"]).dictionary_encode()], names=["text"])
    write([(record, cleaned("page")) for record in records(parquet(table), Form("parquet"))], Form("parquet"))
    return arrow


def parquet(table: Any, **settings: Any) -> bytes:
    pq = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    pq.write_table(table, file, **settings)
    return file.getvalue()


def table_of(data: bytes) -> Any:
    pq = pytest.importorskip("pyarrow.parquet")
    return pq.read_table(io.BytesIO(data))


@given(
    st.lists(st.tuples(st.none() | st.text(max_size=30), st.integers(-(2**63), 2**63 - 1), st.floats(), st.binary(max_size=9))),
    st.data(),
)
def test_parquet_keeps_every_other_column_and_the_schema(pa: Any, rows: Any, data: Any) -> None:
    kind = data.draw(st.sampled_from([pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]))
    texts, numbers, floats, blobs = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [], [])
    schema = pa.schema([("n", pa.int64()), ("text", kind), ("f", pa.float64()), ("b", pa.binary())], {"made": "by hand"})
    table = pa.table(
        [pa.array(numbers, pa.int64()), pa.array(texts, pa.string()).cast(kind), pa.array(floats), blobs], schema=schema
    )
    found = records(parquet(table, row_group_size=3), Form("parquet"))
    assert [record.text for record in found] == texts
    if rows:
        written, unfit = write([(each, None if each.text is None else cleaned(each.text)) for each in found], Form("parquet"))
        assert not unfit
        again = table_of(written)
        assert again.schema.equals(table.schema, check_metadata=True)
        assert repr(again.to_pylist()) == repr(table.to_pylist()), "repr, for what is not a number"


def test_parquet_exchanges_a_nested_text_and_adds_fields(pa: Any) -> None:
    table = pa.table({"id": ["a", "b", None], "doc": [{"text": "old", "n": 1}, None, {"text": None, "n": 3}]})
    keys = Keys("doc.text", added=True)
    found = records(parquet(table, row_group_size=1), Form("parquet"), keys)
    assert [(each.id, each.text) for each in found] == [('"a"', "old"), ('"b"', None), ("null", None)]
    added = {"length": 3, "kept": 3, "removed_share": 0.0, "suspect": False, "kinds": ["share"]}
    written, _ = write([(found[0], cleaned("new", added=added)), (found[1], None), (found[2], None)], Form("parquet"), keys)
    rows = table_of(written).to_pylist()
    assert rows[0] == {"id": "a", "doc": {"text": "new", "n": 1}, "cleantext": added}
    assert rows[1:] == [
        {"id": "b", "doc": None, "cleantext": None},
        {"id": None, "doc": {"text": None, "n": 3}, "cleantext": None},
    ]


def test_parquet_of_jsonl_leaves_nothing_out_silently() -> None:
    pytest.importorskip("pyarrow")
    lines = [
        {"text": "a", "n": 1, "m": {"k": 1}},
        {"text": "b", "n": "one"},
        {"text": "c", "m": {"k": 1, "more": 2}},
        {"text": "d"},
    ]
    found = records("".join(f"{json.dumps(each)}\n" for each in lines).encode(), Form("jsonl"))
    written, unfit = write([(each, cleaned(f"{each.text}!")) for each in found], Form("parquet"))
    rows = table_of(written).to_pylist()
    assert [row["text"] for row in rows] == ["a!", "c!", "d!"]
    assert rows[1]["m"] == {"k": 1, "more": 2}
    assert unfit == ["the schema that the first rows gave cannot hold its field 'n'"]


def test_parquet_and_jsonl_turn_into_each_other() -> None:
    pytest.importorskip("pyarrow")
    rows = [{"id": 1, "text": "a", "tags": ["x"], "meta": {"f": 0.5}}, {"id": 2, "text": "b", "tags": [], "meta": {"f": 1.0}}]
    found = records("".join(f"{json.dumps(each)}\n" for each in rows).encode(), Form("jsonl"))
    columns, _ = write([(each, None) for each in found], Form("parquet"))
    lines, _ = write([(each, None) for each in records(columns, Form("parquet"))], Form("jsonl"))
    assert [json.loads(each) for each in lines.splitlines()] == rows


def warc(kind: str, block: bytes, *headers: str, content_type: str = "text/plain") -> bytes:
    """One record, with headers in an order of its own and one that nobody knows."""
    lines = [
        "WARC/1.1",
        "X-Odd: é",
        f"WARC-Type: {kind}",
        *headers,
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin-1\r\n\r\n<p>caf\xe9</p>"


@given(st.lists(any_text(80)), st.none() | st.sampled_from(CODECS), st.lists(st.integers(0, 3000), max_size=3))
def test_warc_keeps_records_that_lose_nothing(texts: list[str], codec: str | None, cuts: list[int]) -> None:
    pytest.importorskip("fastwarc")
    texts = [text.encode(errors="replace").decode().lstrip("\ufeff") for text in texts]
    texts = [text for text in texts if "\0" not in text]
    parts = [warc("conversion", text.encode(), f"WARC-Record-ID: <urn:{number}>") for number, text in enumerate(texts)]
    data = b"".join([warc("warcinfo", b"software: x\r\n"), *parts, warc("request", b"GET / HTTP/1.1\r\n\r\n")])
    info, *found, request = records(in_members(data, codec, cuts), Form("warc", codec))
    assert (info.is_page, info.aside, request.aside) == (False, True, True)
    assert [(each.text, each.id) for each in found] == [(text, f'"<urn:{number}>"') for number, text in enumerate(texts)]
    rows = [(info, None), *((each, cleaned(each.text or "")) for each in found), (request, None)]
    written, _ = write(rows, Form("warc", codec))
    assert b"".join(iter(Input(io.BytesIO(written), codec).read, b"")) == data


def test_warc_exchanges_the_block_and_says_what_a_response_became() -> None:
    pytest.importorskip("fastwarc")
    http = warc(
        "response",
        HTTP,
        "WARC-Target-URI: http://x/",
        "WARC-Record-ID: <urn:a>",
        content_type="application/http; msgtype=response",
    )
    picture = warc("response", HTTP.replace(b"text/html", b"image/png"), content_type="application/http")
    found = records(warc("conversion", b"old text", "WARC-Block-Digest: sha1:X") + http + picture, Form("warc"))
    assert [(each.text, each.html, each.url) for each in found] == [
        ("old text", None, None),
        (None, "<p>café</p>", "http://x/"),
        (None, None, None),
    ]
    written, _ = write(
        [(found[0], cleaned("new")), (found[1], cleaned("café", added={"kept": 4})), (found[2], None)], Form("warc")
    )
    assert written.startswith(warc("conversion", b"new")), "every header is there, but for the digest, which is no longer right"
    assert written.endswith(picture)
    page = records(written, Form("warc"))[1]
    assert (page.text, page.url) == ("café", "http://x/")
    headers = page.original.fields()["warc"]
    assert (headers["WARC-Type"], headers["WARC-Refers-To"], headers["X-cleantext"]) == ("conversion", "<urn:a>", '{"kept": 4}')
    assert headers["WARC-Record-ID"] not in {"", "<urn:a>"}
    lines, _ = write([(page, cleaned("café"))], Form("jsonl"))
    assert json.loads(lines)["text"] == "café"
    assert json.loads(lines)["warc"] == headers


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.jsonl", Form("jsonl")),
        ("A.NDJSON.ZST", Form("jsonl", "zst")),
        ("a.parquet", Form("parquet")),
        ("CC-MAIN.warc.wet.gz", Form("warc", "gz")),
        ("page.txt.xz", Form("text", "xz")),
        ("page.html", Form("html")),
        ("data.json", None),
        ("jsonl", None),
        ("a.gz", None),
    ],
)
def test_names_tell_the_form(name: str, form: Form | None) -> None:
    assert recognise_name(name) == form


@pytest.mark.parametrize(
    ("start", "form"),
    [
        (b'{"text": 1}', Form("jsonl")),
        (b'\n { "text', Form("jsonl")),
        (b"WARC/1.0\r\n", Form("warc")),
        (b"PAR1", Form("parquet")),
        (b"{curly} text", Form("text")),
        (b"", Form("text")),
        *[(compress(b'{"text": 1}', codec), Form("jsonl", codec)) for codec in CODECS],
        (compress(b"Plain text", "gz"), Form("text", "gz")),
    ],
)
def test_first_bytes_tell_the_form(start: bytes, form: Form) -> None:
    assert recognise("-", start) == form
    assert recognise("a.txt", start) == Form("text"), "a name that tells comes first"


def test_a_format_that_is_named_comes_before_all() -> None:
    assert recognise("a.txt.gz", b"", "jsonl") == Form("jsonl", "gz")
    assert recognise("-", compress(b"x", "zst"), "warc") == Form("warc", "zst")


def test_names_of_outputs() -> None:
    assert renamed("x/a.jsonl.gz", Form("jsonl", "gz"), Form("parquet")) == "x/a.parquet"
    assert renamed("a.warc.wet.gz", Form("warc", "gz"), Form("jsonl", "gz")) == "a.warc.jsonl.gz"
    assert renamed("odd", Form("jsonl", "gz"), Form("jsonl", "gz")) == "odd"
    assert renamed("stdin", Form("jsonl"), Form("parquet")) == "stdin.parquet"
