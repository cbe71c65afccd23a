"""What is no record is told of with its place and its bytes, what stands around it is read, and memory stays bounded."""

from __future__ import annotations

import io
import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_records import HTTP, KEYS, parquet, read, warc

from cleantext.errors import MissingExtraError
from cleantext.records import Form
from cleantext.records.codecs import CODECS, BadMemberError, Input, compress
from cleantext.records.model import Fault, Keys, Limits, Record

GOOD = b'{"id": 1, "text": "good"}\n'


def told(found: list[Record | Fault]) -> list[str | tuple[str, bytes]]:
    """The texts of records, and the place and bytes of faults."""
    return [(each.position, each.data) if isinstance(each, Fault) else str(each.text) for each in found]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"nonsense", "not a JSON object"),
        (b'{"text": "cut o', "not a JSON object"),
        (b'{"text": "a"} {"text": "b"}', "more follows the object"),
        (b'{"text": "a" "id": 1}', "a comma or a closing brace is missing"),
        (b'{"text" "a"}', "a name in quotes with a colon is missing"),
        (b"{text: 1}", "a name in quotes with a colon is missing"),
        (b'{"text": "a",}', "a name in quotes with a colon is missing"),
        (b'["text"]', "no object"),
        (b'"text"', "no object"),
        (b'{"text": "raw \x01 control"}', "control character"),
        (b'{"text": "caf\xe9"}', "not UTF-8 at byte 14 of the line"),
        (b'{"body": "a", "n": 1}', "no field 'text'; its fields are: body, n; --text-key names another"),
        (b'{"text": 1}', "holds no string"),
        (b'{"text": ["a"]}', "holds no string"),
        (b'{"x": ' + b"[" * 100_000, "cannot be read|not a JSON object"),
    ],
)
def test_a_bad_line_is_a_fault_and_the_next_one_is_read(line: bytes, error: str) -> None:
    found = read(GOOD + line + b"\n" + GOOD, Form("jsonl"))
    assert told(found) == ["good", ("line 2", line), "good"]
    assert isinstance(found[1], Fault)
    assert any(part in found[1].error for part in error.split("|"))


@pytest.mark.parametrize("size", [101, 150, 70_000, 200_000])
@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_that_is_too_long_is_skipped_and_its_beginning_kept(size: int, end: bytes) -> None:
    line = b'{"text": "' + b"x" * (size - 10)
    found = read(GOOD + line + end + (GOOD if end else b""), Form("jsonl"), KEYS, Limits(record=100))
    assert told(found) == ["good", ("line 2", line[:100]), *(["good"] if end else [])]
    assert isinstance(found[1], Fault)
    assert found[1].length == size
    assert "--max-record-bytes allows 100" in found[1].error


def test_a_line_of_just_the_longest_length_is_read() -> None:
    assert told(read(GOOD, Form("jsonl"), KEYS, Limits(record=len(GOOD) - 1))) == ["good"]
    assert told(read(GOOD, Form("jsonl"), KEYS, Limits(record=len(GOOD) - 2))) == [("line 1", GOOD[:-2])]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("format_", ["jsonl", "text", "warc"])
def test_a_small_file_that_unpacks_to_a_huge_one_does_not_fill_the_memory(codec: str, format_: str) -> None:
    if format_ == "warc":
        pytest.importorskip("fastwarc")
    bomb = compress(bytes(1 << 20), codec) * 64 if codec != "gz" else compress(bytes(64 << 20), codec)
    if codec in {"zst", "xz"}:
        bomb = compress(bytes(64 << 20), codec)
    assert len(bomb) < 1 << 18
    tracemalloc.start()
    try:
        found = read(bomb, Form(format_, codec), KEYS, Limits(record=1 << 20))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [type(each) for each in found] == [Fault]
    assert isinstance(found[0], Fault)
    assert len(found[0].data) == 1 << 20
    assert peak < 16 << 20


@given(st.sampled_from(CODECS), st.integers(1, 60))
def test_a_member_that_is_cut_off_is_a_fault_and_what_came_before_is_kept(codec: str, cut: int) -> None:
    last = compress(b'{"text": "this one is never whole"}\n', codec)
    data = compress(GOOD, codec) + last[: max(1, len(last) - cut)]
    first, *_, fault = read(data, Form("jsonl", codec))
    assert isinstance(first, Record)
    assert isinstance(fault, Fault)
    assert f"the {codec} member at byte" in fault.error


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("broken", [b"garbage that is no member", b"\x00\x00garbage"])
def test_the_member_after_a_broken_one_is_found_again(codec: str, broken: bytes) -> None:
    half = compress(GOOD * 30, codec)
    data = compress(GOOD + b'{"te', codec) + broken + compress(GOOD, codec) + half[: len(half) // 2] + compress(GOOD, codec)
    found = read(data, Form("jsonl", codec))
    assert told(found)[:3] == ["good", ("line 2", b'{"te'), "good"]
    assert told(found)[-1] == "good", "behind the member that breaks off in the middle"


@given(st.binary(max_size=3000), st.integers(0, 200), st.integers(0, 255), st.sampled_from(CODECS))
def test_no_damage_stops_the_reading(data: bytes, at: int, byte: int, codec: str) -> None:
    damaged = bytearray(compress(data, codec) + compress(GOOD, codec))
    damaged[at % len(damaged)] = byte
    source = Input(io.BytesIO(bytes(damaged)), codec)
    for _ in range(50):
        try:
            if not source.read(1000):
                break
        except BadMemberError:
            continue
    assert source.read(10) == b"", "and it comes to an end"


def test_gzip_gives_what_stands_before_the_broken_place() -> None:
    lines = b"".join(b'{"text": "%d"}\n' % (number * 7919) for number in range(3000))
    damaged = bytearray(compress(lines, "gz"))
    damaged[len(damaged) // 2] ^= 0xFF
    found = read(bytes(damaged), Form("jsonl", "gz"))
    assert sum(isinstance(each, Record) for each in found) > 1000


def test_a_wrong_checksum_is_a_fault() -> None:
    data = bytearray(compress(GOOD, "gz"))
    data[-6] ^= 1
    assert [type(each) for each in read(bytes(data), Form("jsonl", "gz"))] == [Record, Fault]


@pytest.mark.parametrize(
    "broken",
    [
        b"no record at all\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: many\r\n\r\ntext\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\ntext\r\n\r\n",
        warc("conversion", b"shorter").replace(b"Content-Length: 7", b"Content-Length: 3"),
        warc("conversion", b"longer").replace(b"Content-Length: 6", b"Content-Length: 90"),
        warc("conversion", b"huge").replace(b"Content-Length: 4", b"Content-Length: 99999999999"),
        warc("conversion", b"x" * 3000),
    ],
)
def test_a_bad_record_of_an_archive_is_a_fault_and_the_next_one_is_found(broken: bytes) -> None:
    pytest.importorskip("fastwarc")
    good = warc("conversion", b"good")
    found = read(good + broken + good, Form("warc"), KEYS, Limits(record=1000))
    texts = told(found)
    assert (texts[0], texts[-1], len(texts)) == ("good", "good", 3)
    assert isinstance(found[1], Fault)
    assert (found[1].position, found[1].data.rstrip()) == ("record 2", broken[:1000].rstrip())
    assert told(read(good + good[:-9], Form("warc")))[0] == "good"
    assert isinstance(read(good + good[:-9], Form("warc"))[1], Fault)


def test_a_response_that_unpacks_to_too_much_or_not_at_all_is_a_fault() -> None:
    pytest.importorskip("fastwarc")
    head = HTTP.partition(b"\r\n\r\n")[0] + b"\r\nContent-Encoding: gzip\r\n\r\n"
    bomb = warc("response", head + compress(bytes(1 << 20), "gz"), content_type="application/http")
    broken = warc("response", head + b"no gzip", content_type="application/http")
    faults = read(bomb + broken, Form("warc"), KEYS, Limits(record=1 << 16))
    assert [each.error.split(";")[0].split(":")[0] for each in faults if isinstance(each, Fault)] == [
        "its HTML unpacks to more than the 65,536 bytes that --max-record-bytes allows",
        "the record cannot be read",
    ]


def test_faults_of_parquet() -> None:
    pa = pytest.importorskip("pyarrow")
    assert "not Parquet that can be read" in str(read(b"PAR1 and no more", Form("parquet")))
    data = parquet(pa.table({"body": ["a"], "n": [1]}))
    assert "no column 'text'; there are: body, n; --text-key names another" in str(read(data, Form("parquet")))
    assert "holds int, not text" in str(read(data, Form("parquet"), Keys("n")))
    column = pa.StringArray.from_buffers(3, pa.array([0, 1, 5, 6], pa.int32()).buffers()[1], pa.py_buffer(b"acaf\xe9b"))
    assert told(read(parquet(pa.table({"text": column})), Form("parquet"))) == ["a", ("row 2", b"caf\xe9"), "b"]
    long = parquet(pa.table({"text": ["a", "x" * 200, "b"]}))
    assert told(read(long, Form("parquet"), KEYS, Limits(record=100))) == ["a", ("row 2", b"x" * 100), "b"]


def test_a_page_that_is_no_text_is_a_fault() -> None:
    noise = bytes(range(256)) * 20
    assert told(read(noise, Form("text"))) == [("whole file", noise)]
    assert told(read("é".encode("latin-1"), Form("text"))) == ["é"]
    assert read(b"", Form("text")) == []


def test_a_missing_library_is_named_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for library, format_, extra in (("pyarrow", "parquet", "parquet"), ("fastwarc", "warc", "warc")):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(MissingExtraError, match=rf"pip install 'cleantext-web\[{extra}\]'"):
            read(b"", Form(format_))
