"""WARC, and WET, which is WARC with text in it.

A ``conversion`` record is a page of text, and a ``response`` with HTML a page of HTML; it comes out as the ``conversion`` record
that would stand in a WET file, and says by its headers which record it was made from. Records of other kinds go on as they are.
fastwarc reads headers and undoes HTTP's encodings. Where a record begins and ends is found here, because a broken record must
come out whole for people to see, and the next one be found again.
"""

from __future__ import annotations

import io
import json
import re
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

from cleantext.errors import InputError
from cleantext.extras import require
from cleantext.inputs import decode
from cleantext.records.codecs import BadMemberError, compress
from cleantext.records.model import ADDED, Fault, Record, Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.records.codecs import Input
    from cleantext.records.model import Cleaned, Keys, Limits

__all__ = ["WarcWriter", "read_warc"]

_END = b"\r\n\r\n"
_MOST_HEADERS = 1 << 16
_CHUNK = 1 << 16
_length = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE).search
_next_record = re.compile(rb"(?<=\n)WARC/\d").search
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class _Warc:
    """A record as it stands in the archive."""

    data: bytes
    """The headers with their blank line, and the block; without the line breaks that end a record."""
    block: int
    """Where the block begins in it."""

    @cached_property
    def parsed(self) -> Any:
        """What fastwarc makes of it; its reader gives the block once."""
        return require("fastwarc", extra="warc").WarcRecord.from_reader(io.BytesIO(self.data + _END))

    @cached_property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """Names and values in order, as they are written."""
        return list(self.parsed.headers.items_bytes())

    def header(self, name: str) -> str | None:
        """The value of a header, in whatever case its name is written."""
        wanted = name.lower().encode()
        found = next((value for each, value in self.headers if each.lower() == wanted), None)
        return None if found is None else found.decode(errors="replace")

    def raw(self) -> bytes:
        """The record."""
        return self.data

    def fields(self) -> dict[str, Any]:
        """The headers as fields, the most used ones under short names."""
        headers = {name.decode(errors="replace"): value.decode(errors="replace") for name, value in self.headers}
        short = {"id": "WARC-Record-ID", "url": "WARC-Target-URI", "date": "WARC-Date"}
        return {key: self.header(name) for key, name in short.items()} | {"warc": headers}


def read_warc(source: Input, _: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The records of an archive, of every kind, and what is none."""
    require("fastwarc", extra="warc")
    frames = _Frames(source, limits.record)
    for number, item in enumerate(frames.read(), 1):
        position = f"record {number:,}"
        if isinstance(item, Fault):
            item.position = position
            yield item
        else:
            yield _record(item, position, limits)


class _Frames:
    """Cuts an archive into records by their lengths; where one is wrong, by the next line that begins a record."""

    def __init__(self, source: Input, limit: int) -> None:
        self._source = source
        self._limit = limit
        self._held = bytearray()

    def read(self) -> Iterator[_Warc | Fault]:
        """The records in order."""
        while True:
            try:
                yield from self._read()
            except BadMemberError as error:
                data = bytes(self._held[: self._limit])
                yield Fault("", str(error), data, len(self._held) if len(self._held) > self._limit else None)
                self._held.clear()
            else:
                return

    def _read(self) -> Iterator[_Warc | Fault]:
        while self._fill(1):
            if self._held[:1] in b"\r\n":
                del self._held[: len(self._held) - len(self._held.lstrip(b"\r\n"))]
                continue
            yield self._next()

    def _next(self) -> _Warc | Fault:
        end = self._find_end_of_headers()
        found = _length(self._held, 0, max(0, end))
        if not self._held.startswith(b"WARC/") or end < 0:
            return self._broken("no record begins here; skipped to the next one")
        if found is None:
            return self._broken("the record has no Content-Length; skipped to the next one")
        block, length = end + len(_END), int(found[1])
        if block + length > self._limit:
            return self._broken(f"{block + length:,} bytes long, and --max-record-bytes allows {self._limit:,}")
        whole = self._fill(block + length)
        self._fill(block + length + len(_END))
        if not whole or bytes(self._held[block + length :][: len(_END)]) not in {_END, _END[:2], b""}:
            return self._broken("the record's Content-Length is wrong, or it is cut off; skipped to the next one")
        data = bytes(self._held[: block + length])
        del self._held[: block + length]
        return _Warc(data, block)

    def _fill(self, size: int) -> bool:
        """Hold at least ``size`` bytes; False where the archive ends before."""
        while len(self._held) < size:
            chunk = self._source.read(_CHUNK)
            if not chunk:
                return False
            self._held += chunk
        return True

    def _find_end_of_headers(self) -> int:
        size = 0
        while (end := self._held.find(_END, max(0, size - len(_END)))) < 0:
            size = len(self._held)
            if size >= _MOST_HEADERS or not self._fill(size + 1):
                return -1
        return end

    def _broken(self, error: str) -> Fault:
        """Go to where the next record begins; the bytes before it are the fault."""
        kept, length = bytearray(), 0
        start = 1
        while (found := _next_record(self._held, start)) is None:
            size = max(0, len(self._held) - 8)  # what is left may hold the beginning of a record
            kept += self._held[: min(size, max(0, self._limit - len(kept)))]
            length += size
            del self._held[:size]
            start = 0 if length else 1
            if not self._fill(len(self._held) + 1):
                found_at = len(self._held)
                break
        else:
            found_at = found.start()
        kept += self._held[: min(found_at, max(0, self._limit - len(kept)))]
        length += found_at
        del self._held[:found_at]
        return Fault("", error, bytes(kept), length if length > len(kept) else None)


def _record(original: _Warc, position: str, limits: Limits) -> Record | Fault:
    record = Record(position, None, original, len(original.data))
    try:
        record.id = json.dumps(original.header("WARC-Record-ID"))
        record.url = original.header("WARC-Target-URI")
        kind = (original.header("WARC-Type") or "").lower()
        if kind == "conversion" and (original.header("Content-Type") or "text/plain").lower().startswith("text/plain"):
            record.text = decode(original.data[original.block :], "the record").text
        elif kind == "response" and (original.header("Content-Type") or "").lower().startswith("application/http"):
            record.html = _html(original, limits.record)
    except InputError as error:
        return Fault(position, str(error), original.data)
    except (OSError, ValueError) as error:
        return Fault(position, f"the record cannot be read: {error}", original.data)
    record.aside = not record.is_page
    return record


def _html(original: _Warc, limit: int) -> str | bytes | None:
    """The HTML of a response; None if it holds something else.

    Raises:
        InputError: it unpacks to more than ``limit`` bytes.
    """
    parsed = original.parsed
    parsed.parse_http(auto_decode="all")
    if (parsed.http_content_type or "").lower() not in _HTML:
        return None
    data: bytes = parsed.reader.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"its HTML unpacks to more than the {limit:,} bytes that --max-record-bytes allows")
    try:
        return data.decode(parsed.http_charset or "utf-8")
    except (UnicodeError, LookupError):
        return data  # what the server said is wrong; the extraction finds out


class WarcWriter:
    """Writes records of archives: pages as ``conversion`` records, the others as they are.

    Args:
        file: takes the bytes.
        codec: each record becomes a compressed member of its own, as is usual; None for no compression.
    """

    def __init__(self, file: IO[bytes], codec: str | None) -> None:
        self._file = file
        self._codec = codec

    def write(self, record: Record, cleaned: Cleaned | None) -> None:
        """See :class:`cleantext.records.model.Writer`."""
        original = record.original
        if not isinstance(original, _Warc):
            raise Unfit("only records of WARC and WET can be written as WARC; --to jsonl holds any")
        if cleaned is None or (record.text == cleaned.content and cleaned.added is None):
            data = original.data
        else:
            data = _conversion(original, cleaned)
        data += _END
        self._file.write(data if self._codec is None else compress(data, self._codec))

    def finish(self) -> Iterator[tuple[Record, str]]:
        """Nothing is held back."""
        return iter(())


_ABOUT_THE_BLOCK = (b"warc-block-digest", b"warc-payload-digest")
_ABOUT_THE_RESPONSE = (
    b"warc-type", b"warc-record-id", b"warc-refers-to", b"content-type", b"warc-concurrent-to", b"warc-ip-address",
    b"warc-identified-payload-type",
)  # fmt: skip


def _conversion(original: _Warc, cleaned: Cleaned) -> bytes:
    """The record with the cleaned text as its block."""
    block = cleaned.content.encode(errors="surrogatepass")
    left_out: tuple[bytes, ...] = _ABOUT_THE_BLOCK
    headers: list[tuple[bytes, bytes]] = []
    if (original.header("WARC-Type") or "").lower() != "conversion":
        source = original.header("WARC-Record-ID") or ""
        made = uuid.uuid5(uuid.NAMESPACE_URL, f"cleantext:{source}")  # the same at every run
        left_out += _ABOUT_THE_RESPONSE
        headers = [
            (b"WARC-Type", b"conversion"),
            (b"WARC-Record-ID", b"<urn:uuid:%s>" % str(made).encode()),
            (b"WARC-Refers-To", source.encode()),
            (b"Content-Type", b"text/plain"),
        ]
    length = b"%d" % len(block)
    for name, value in original.headers:
        if name.lower() not in left_out:
            headers.append((name, length if name.lower() == b"content-length" else value))
    if cleaned.added is not None:
        headers.append((f"X-{ADDED}".encode(), json.dumps(cleaned.added).encode()))
    version = original.data.partition(b"\r\n")[0]
    return b"".join([version, b"\r\n", *(b"%s: %s\r\n" % header for header in headers), b"\r\n", block])
