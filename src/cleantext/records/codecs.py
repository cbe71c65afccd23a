"""Compressed shards: gzip, zstd, xz and bzip2, each a row of members that are read one after the other.

All of them are read by one loop, which bounds what one call gives (a small file can hold a huge one), counts the bytes that it
took from the file, and survives a broken member: it says so once, looks for the next member's magic number, and goes on there.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zlib
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CODECS", "BadMemberError", "Input", "codec_of", "compress", "compressor"]

_CHUNK = 1 << 16
_LONGEST_MAGIC = 6
_XZ_MEMORY = 256 << 20  # xz -9 takes 65 MB; a file that asks for much more is made to hurt


class BadMemberError(Exception):
    """A compressed member is broken. What came before it was given; reading goes on with the next one, if there is one."""


class _Decompressor(Protocol):
    """What the decompressors of bz2, lzma and zstd have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """zlib's decompressor, brought into the form of the others; and it gives what stands before a broken place."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._error: zlib.error | None = None
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._error is not None:
            raise self._error
        data = self._inner.unconsumed_tail + data
        before = self._inner.copy()
        try:
            given = self._inner.decompress(data, max_length)
        except zlib.error as error:
            self._error, self.needs_input = error, False
            return _salvage(before, data)
        self.needs_input = len(given) < max_length and not self._inner.unconsumed_tail
        return given


def _salvage(decompressor: Any, data: bytes) -> bytes:
    """What a decompressor gives, byte by byte, before it fails; that is little, because the call that failed was bounded."""
    given = bytearray()
    with suppress(zlib.error):
        for at in range(len(data)):
            given += decompressor.decompress(data[at : at + 1])
    return bytes(given)


_DECOMPRESSORS: dict[str, Callable[[], _Decompressor]] = {
    "gz": _Gzip,
    "zst": zstd.ZstdDecompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY),
    "bz2": bz2.BZ2Decompressor,
}
_MAGIC = {"gz": b"\x1f\x8b\x08", "zst": b"\x28\xb5\x2f\xfd", "xz": b"\xfd7zXZ\x00", "bz2": b"BZh"}
_ERRORS = (zlib.error, lzma.LZMAError, zstd.ZstdError, OSError, EOFError, ValueError, MemoryError)

CODECS = tuple(_DECOMPRESSORS)
"""The names of the codecs, which are also the suffixes of their files."""


def codec_of(start: bytes) -> str | None:
    r"""The codec that a file's first bytes are of; None if it is none of them.

    >>> codec_of(b"\x1f\x8b\x08...")
    'gz'
    """
    return next((name for name, magic in _MAGIC.items() if start.startswith(magic)), None)


class Input:
    """A shard's bytes, decompressed.

    Args:
        raw: the file, read from where it stands.
        codec: one of :data:`CODECS`; None for a file that is not compressed.
    """

    def __init__(self, raw: IO[bytes], codec: str | None) -> None:
        self.file = raw
        """The file itself."""
        self._codec = codec
        self._decompressor: _Decompressor | None = None
        self._pending = b""
        """Bytes that no decompressor was given yet."""
        self._given = b""
        """The last bytes that a decompressor was given."""
        self._start = 0
        self.taken = 0
        """Bytes that were taken from the file so far."""

    def read(self, size: int = _CHUNK) -> bytes:
        """Up to ``size`` bytes, at least one; none at the end.

        Raises:
            BadMemberError: a member is broken. It is raised once, and the next call goes on behind the member.
            OSError: the file cannot be read.
        """
        if self._codec is None:
            return self._take(max(1, size))
        while True:
            if self._decompressor is None and not self._begin():
                return b""
            if self._decompressor is not None and (data := self._decompress(self._decompressor, max(1, size))):
                return data

    def _take(self, size: int = _CHUNK) -> bytes:
        data = self.file.read(size)
        self.taken += len(data)
        return data

    def _begin(self) -> bool:
        """Set out on the next member; False at the end of the file."""
        pending = self._pending.lstrip(b"\0")  # dd and tape drives fill files up with zeros
        while not pending:
            if not (chunk := self._take()):
                return False
            pending = chunk.lstrip(b"\0")
        self._pending = pending
        self._start = self.taken - len(self._pending)
        self._decompressor = _DECOMPRESSORS[str(self._codec)]()
        return True

    def _decompress(self, decompressor: _Decompressor, size: int) -> bytes:
        data = b""
        if decompressor.needs_input:
            data = self._given = self._pending or self._take()
            self._pending = b""
            if not data:
                self._decompressor = None
                raise BadMemberError(f"the {self._codec} member at byte {self._start:,} is cut off")
        try:
            given = decompressor.decompress(data, size)
        except _ERRORS as error:
            self._find_next()
            raise BadMemberError(f"the {self._codec} member at byte {self._start:,} is broken: {error}") from error
        if decompressor.eof:
            self._pending = decompressor.unused_data
            self._decompressor = None
        return given

    def _find_next(self) -> None:
        """Go to the next magic number behind the start of a broken member."""
        self._decompressor = None
        magic = _MAGIC[str(self._codec)]
        data = self._given
        first = 1 if self.taken - len(data) == self._start else 0
        while (at := data.find(magic, first)) < 0:
            chunk = self._take()
            if not chunk:
                return
            data, first = data[max(first, len(data) - _LONGEST_MAGIC) :] + chunk, 0
        self._pending = data[at:]


def compress(data: bytes, codec: str) -> bytes:
    """Bytes as one member, the same at any time and on any machine with the same libraries.

    >>> compress(b"text", "gz")[:3] == compress(b"text", "gz")[:3]
    True
    """
    if codec == "gz":
        return gzip.compress(data, 6, mtime=0)
    if codec == "zst":
        return zstd.compress(data)
    return lzma.compress(data) if codec == "xz" else bz2.compress(data)


def compressor(raw: IO[bytes], codec: str | None) -> IO[bytes]:
    """A file that compresses what is written to it; closing it completes the member and leaves ``raw`` open."""
    make: dict[str, Callable[[], Any]] = {
        "gz": lambda: gzip.GzipFile("", "wb", 6, raw, mtime=0),
        "zst": lambda: zstd.ZstdFile(raw, "wb"),
        "xz": lambda: lzma.LZMAFile(raw, "wb"),  # noqa: SIM115 - the caller closes it
        "bz2": lambda: bz2.BZ2File(raw, "wb"),
    }
    return raw if codec is None else make[codec]()
