"""Plain text and HTML: a file is one record, which has a page and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from cleantext.errors import InputError
from cleantext.inputs import decode
from cleantext.records.codecs import BadMemberError
from cleantext.records.model import Fault, Record, Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.records.codecs import Input
    from cleantext.records.model import Cleaned, Keys, Limits

__all__ = ["TextWriter", "read_html", "read_text"]

_POSITION = "whole file"


@dataclass(frozen=True, slots=True)
class _File:
    """A page that has a file of its own."""

    text: str

    def fields(self) -> dict[str, Any]:
        return {"text": self.text}

    def raw(self) -> bytes:
        return self.text.encode(errors="surrogatepass")


def read_text(source: Input, _: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The one record of a file, in any encoding that is found for single pages too; none of an empty file."""
    data = _read(source, limits.record)
    if isinstance(data, Fault):
        yield data
    elif data:
        try:
            text = decode(data, "the file").text
        except InputError as error:
            yield Fault(_POSITION, str(error), data)
        else:
            yield Record(_POSITION, text, _File(text), len(data))


def read_html(source: Input, _: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The one record of a file of HTML."""
    data = _read(source, limits.record)
    if isinstance(data, Fault):
        yield data
    elif data:
        yield Record(_POSITION, None, _File(""), len(data), html=data)


def _read(source: Input, limit: int) -> bytes | Fault:
    data = bytearray()
    try:
        while chunk := source.read():
            data += chunk
            if len(data) > limit:
                return Fault(
                    _POSITION, f"--max-record-bytes allows {limit:,} bytes, and this is longer", bytes(data[:limit]), None
                )
    except BadMemberError as error:
        return Fault(_POSITION, str(error), bytes(data))
    return bytes(data)


class TextWriter:
    """Writes the text of one record, and nothing else of it.

    Args:
        file: takes the bytes.
    """

    def __init__(self, file: IO[bytes], _: Keys) -> None:
        self._file = file
        self._written = False

    def write(self, record: Record, cleaned: Cleaned | None) -> None:
        """See :class:`cleantext.records.model.Writer`."""
        if self._written:
            raise Unfit("plain text holds one record a file; --to jsonl holds any number")
        self._written = True
        text = (record.text or "") if cleaned is None else cleaned.content
        data = text.encode(errors="surrogatepass")
        self._file.write(data + b"\n" if data and not data.endswith((b"\n", b"\r")) else data)

    def finish(self) -> Iterator[tuple[Record, str]]:
        """Nothing is held back."""
        return iter(())
