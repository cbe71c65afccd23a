"""Streams of records: the formats that shards come in, recognised by their names or their first bytes."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from cleantext.records.codecs import CODECS, BadMemberError, Input, codec_of, compressor
from cleantext.records.jsonl import JsonlWriter, read_jsonl
from cleantext.records.parquet import ParquetWriter, read_parquet
from cleantext.records.text import TextWriter, read_html, read_text
from cleantext.records.warc import WarcWriter, read_warc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.records.model import Fault, Keys, Limits, Record, Writer

__all__ = ["FORMATS", "Form", "open_writer", "read_records", "recognise", "recognise_name", "renamed"]

FORMATS = {
    "jsonl": (".jsonl", ".ndjson"),
    "parquet": (".parquet",),
    "warc": (".warc", ".wet"),
    "text": (".txt", ".text"),
    "html": (".html", ".htm", ".xhtml"),
}
"""The names of the formats, each with the suffixes of its files, the one that is written first. WET is WARC with text in it."""

_READERS = {"jsonl": read_jsonl, "warc": read_warc, "text": read_text, "html": read_html}
_PEEK = 1 << 13
_json_object = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"').match


@dataclass(frozen=True, slots=True)
class Form:
    """How a shard is written down."""

    format: str
    """One of :data:`FORMATS`."""
    codec: str | None = None
    """One of the codecs ``gz``, ``zst``, ``xz`` and ``bz2``; None for no compression."""

    @property
    def holds_records(self) -> bool:
        """Whether this is more than one plain page of text or HTML."""
        return self.codec is not None or self.format not in {"text", "html"}

    @property
    def suffix(self) -> str:
        """How names of such shards end."""
        return f"{FORMATS[self.format][0]}{'' if self.codec is None else f'.{self.codec}'}"

    def to(self, format_: str | None) -> Form:
        """The form that the cleaned shard takes: the same one, unless another format is asked for.

        >>> Form("jsonl", "gz").to("parquet")
        Form(format='parquet', codec=None)
        """
        wanted = format_ or ("text" if self.format == "html" else self.format)
        return Form(wanted, None if wanted == "parquet" else self.codec)


def recognise_name(name: str) -> Form | None:
    """The form that a file's name tells; None if it tells none.

    >>> recognise_name("CC-MAIN-0.warc.wet.gz")
    Form(format='warc', codec='gz')
    >>> recognise_name("README")
    """
    stem, codec = _split_codec(name)
    suffix = PurePath(stem).suffix.lower()
    found = next((format_ for format_, suffixes in FORMATS.items() if suffix in suffixes), None)
    return None if found is None else Form(found, codec)


def recognise(name: str, start: bytes, format_: str | None = None) -> Form:
    """The form of a shard by its name or, where that does not tell, by its first bytes; text is what is left.

    Args:
        name: its name; anything for standard input.
        start: its first bytes, as many as are at hand.
        format_: its format, if that is known.

    >>> recognise("-", b'{"text": "..."}')
    Form(format='jsonl', codec=None)
    """
    named = recognise_name(name)
    codec = _split_codec(name)[1] or (codec_of(start) if named is None else None)
    if format_ is None and named is None and codec is not None:
        with suppress(BadMemberError):
            start = Input(io.BytesIO(start), codec).read(_PEEK)
    return Form(format_ or (_recognise_bytes(start) if named is None else named.format), codec)


def _split_codec(name: str) -> tuple[str, str | None]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, suffix.lower()) if dot and suffix.lower() in CODECS else (name, None)


def _recognise_bytes(start: bytes) -> str:
    if start.startswith(b"WARC/"):
        return "warc"
    if start.startswith(b"PAR1"):
        return "parquet"
    return "jsonl" if _json_object(start) else "text"


def renamed(name: str, old: Form, new: Form) -> str:
    """What the cleaned shard is called: as before, unless its form changes.

    >>> renamed("a.parquet", Form("parquet"), Form("jsonl"))
    'a.jsonl'
    >>> renamed("a.html.gz", Form("html", "gz"), Form("text", "gz"))
    'a.html.txt.gz'
    """
    if old == new:
        return name
    stem, _ = _split_codec(name)
    if old.format != "html" and PurePath(stem).suffix.lower() in FORMATS[old.format]:
        stem = stem[: -len(PurePath(stem).suffix)]
    return f"{stem}{new.suffix}"


def read_records(source: Input, form: Form, keys: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The records of a shard, and what is none, in order.

    Args:
        source: the shard's bytes.
        form: how it is written down.
        keys: which fields mean something.
        limits: how much is held in memory.

    Raises:
        MissingExtraError: a library that reads the format is missing.
        OSError: the file cannot be read.
    """
    if form.format != "parquet":
        yield from _READERS[form.format](source, keys, limits)
    elif source.file.seekable() and form.codec is None:
        yield from read_parquet(source.file, keys, limits)
    else:
        with tempfile.TemporaryFile() as copy:  # its index stands at its end
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            yield from read_parquet(copy, keys, limits)


def open_writer(file: IO[bytes], form: Form, keys: Keys, like: str | None = None) -> tuple[Writer, IO[bytes]]:
    """What writes records in a form.

    Args:
        file: takes the bytes.
        form: how they are written down.
        keys: where the text goes.
        like: a shard of the same form, if there is one; its compression is taken over where the format has its own.

    Returns:
        The writer, and what is to be closed when it has finished: ``file`` or a compressor in front of it.

    Raises:
        MissingExtraError: a library that writes the format is missing.
    """
    if form.format == "warc":
        return WarcWriter(file, form.codec), file
    if form.format == "parquet":
        return ParquetWriter(file, keys, like), file
    opened = compressor(file, form.codec)
    return (JsonlWriter if form.format == "jsonl" else TextWriter)(opened, keys), opened
