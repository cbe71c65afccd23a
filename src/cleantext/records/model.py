"""What passes between shards and the cleaner: records, faults, and what cleaning says of a record.

A record remembers the object of its format that it was read from, so that a writer of the same format can give back everything
but the text exactly as it came. Writers of other formats ask that object for its plain fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ADDED", "Cleaned", "Fault", "Keys", "Limits", "Original", "Record", "Removed", "Unfit", "Writer", "plain", "put"]

ADDED = "cleantext"
"""The field that holds what cleaning says of a record, where that is asked for."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The fields of a record that mean something here; a dot leads into a nested object."""

    text: str = "text"
    """The text that is cleaned, and that the cleaned text replaces."""
    html: str | None = None
    """A field with HTML; where a record has it, it is cleaned instead, and the text goes to :attr:`text`."""
    url: str = "url"
    """The address of the page; helps with HTML."""
    id: str = "id"
    """What the record is called beside the text."""
    added: bool = False
    """Whether records are given a field ``cleantext`` with what cleaning says of them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is held in memory."""

    record: int = 16 << 20
    """The longest record that is read, in bytes; a longer one is a fault."""
    batch: int = 1 << 20
    """Records are cleaned together up to this size, in bytes."""


class Original(Protocol):
    """The object of its format that a record was read from."""

    def fields(self) -> dict[str, Any]:
        """All fields as plain values, the text among them where there is one."""

    def raw(self) -> bytes:
        """The record as it stands in the shard, or as JSON where it stands there in another shape."""


@dataclass(slots=True)
class Record:
    """One record of a shard."""

    position: str
    """Where it stands in its shard, for people: ``line 12``."""
    text: str | None
    """The page; None where the record has none (a null, or a WARC record of another kind) and goes on as it is."""
    original: Original
    size: int
    """About how many bytes it takes."""
    html: str | bytes | None = None
    """The page as HTML; the text is then extracted from it."""
    url: str | None = None
    id: str = "null"
    """Its id as JSON."""
    aside: bool = False
    """Whether it is a record of another kind, which only its own format can hold."""

    @property
    def is_page(self) -> bool:
        """Whether there is anything to clean."""
        return self.text is not None or self.html is not None


@dataclass(slots=True)
class Fault:
    """A stretch of a shard that is no record; what stands after it is read on."""

    position: str
    error: str
    data: bytes = b""
    """Its bytes as they stand in the shard, whole up to the longest record that is read."""
    length: int | None = None
    """How many bytes it has, where :attr:`data` is only their beginning."""


class Removed(NamedTuple):
    """A stretch of the text that was removed."""

    start: int
    end: int
    kind: str


class Cleaned(NamedTuple):
    """What cleaning says of one record; fields that nobody asked for are empty."""

    content: str
    length: int
    """Of the page, in code points; of an HTML page that of the extracted text."""
    suspect: bool
    removed: tuple[Removed, ...] = ()
    added: Mapping[str, Any] | None = None
    """What goes into the field ``cleantext``."""
    extracted: str | None = None
    """The text of an HTML page, which the offsets are of."""


class Unfit(Exception):  # noqa: N818 - no error of the program, but a record's
    """A record cannot be written in the format that is asked for; the message says why."""


class Writer(Protocol):
    """Writes the records of one shard in one format."""

    def write(self, record: Record, cleaned: Cleaned | None) -> None:
        """Write one record.

        Args:
            record: as it was read.
            cleaned: what replaces its text; None leaves the record as it is.

        Raises:
            Unfit: the format cannot hold it; nothing of it was written.
        """

    def finish(self) -> Iterator[tuple[Record, str]]:
        """Write what is still held back; gives the records that the format cannot hold, each with the reason."""


def plain(value: Any) -> Any:
    """A value that JSON does not know, such as a date or bytes, as one that it does.

    >>> plain(b"text")
    'text'
    """
    if isinstance(value, bytes):
        return value.decode(errors="backslashreplace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def put(fields: dict[str, Any], path: str, value: Any) -> None:
    """Set a field, nested ones by dots, in place; a name that holds dots itself and is there already is taken as it stands.

    >>> fields = {"meta": {"lang": "en"}}
    >>> put(fields, "meta.text", "Hello")
    >>> fields
    {'meta': {'lang': 'en', 'text': 'Hello'}}

    Raises:
        Unfit: something on the way is no object.
    """
    if path in fields:
        fields[path] = value
        return
    *parents, last = path.split(".")
    for name in parents:
        fields = fields.setdefault(name, {})
        if not isinstance(fields, dict):
            raise Unfit(f"{name!r} holds no object that {path!r} could be put into")
    fields[last] = value
