"""JSON Lines: one object a line.

A line is never rebuilt from what was parsed. The place of the text's literal in it is looked up, and only that is exchanged, so
every other field comes out byte for byte as it came in: numbers of any length, floats as they were written, names that occur
twice, the spaces between. A record that loses nothing is the same line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from cleantext.records.codecs import BadMemberError
from cleantext.records.model import ADDED, Fault, Record, Unfit, plain, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext.records.codecs import Input
    from cleantext.records.model import Cleaned, Keys, Limits

__all__ = ["JsonlWriter", "read_jsonl", "read_lines"]

_CHUNK = 1 << 16
_name = re.compile(r'[ \t\r\n]*("(?:[^"\\\x00-\x1f]|\\.)*")[ \t\r\n]*:[ \t\r\n]*').match
_next = re.compile(r"[ \t\r\n]*([,}])").match
_nothing = re.compile(r"[ \t\r\n]*\}").match
_decode = json.JSONDecoder(parse_int=float).raw_decode
"""One value. Numbers are only read past, and Python's own integers refuse very long ones."""


class _Value(NamedTuple):
    """A value and where its literal stands in the line."""

    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class _Object:
    """A line that holds an object."""

    line: str
    start: int
    end: int
    """Where the closing brace stands."""
    members: dict[str, _Value]

    def fields(self) -> dict[str, Any]:
        """The object as Python's JSON reads it.

        Raises:
            Unfit: a number is longer than Python's integers may be.
        """
        try:
            found: dict[str, Any] = json.loads(self.line)
        except ValueError as error:
            raise Unfit(f"a value cannot be converted: {error}") from error
        return found

    def raw(self) -> bytes:
        """The line."""
        return self.line.encode()

    def find(self, path: str) -> _Value | None:
        """A member, nested ones by dots; a name that holds dots itself comes first."""
        if (found := self.members.get(path)) is not None or "." not in path:
            return found
        first, _, rest = path.partition(".")
        inner = self.members.get(first)
        if inner is None or not isinstance(inner.value, dict):
            return None
        return _object(self.line, inner.start).find(rest)

    def put(self, path: str, literal: str) -> str:
        """The line with a member exchanged or, if there is none, added as the last one.

        Raises:
            Unfit: something on the way is no object.
        """
        if (found := self.find(path)) is not None:
            return self.line[: found.start] + literal + self.line[found.end :]
        first, _, rest = path.partition(".")
        inner = self.members.get(first)
        if rest and inner is not None:
            if not isinstance(inner.value, dict):
                raise Unfit(f"{first!r} holds no object that {path!r} could be put into")
            return _object(self.line, inner.start).put(rest, literal)
        for name in reversed(rest.split(".") if rest else []):
            literal = f"{{{json.dumps(name)}: {literal}}}"
        comma = ", " if self.members else ""
        return f"{self.line[: self.end]}{comma}{json.dumps(first)}: {literal}{self.line[self.end :]}"


def _object(line: str, start: int) -> _Object:
    """The object that begins at ``start``.

    Raises:
        ValueError: it is no JSON object.
    """
    if line[start : start + 1] != "{":
        raise json.JSONDecodeError("no object", line, start)
    members: dict[str, _Value] = {}
    at = start + 1
    if (nothing := _nothing(line, at)) is not None:
        return _Object(line, start, nothing.end() - 1, members)
    while True:
        if (found := _name(line, at)) is None:
            raise json.JSONDecodeError("a name in quotes with a colon is missing", line, at)
        name, begin = found[1], found.end()
        value, at = _decode(line, begin)
        members[name[1:-1] if "\\" not in name else json.loads(name)] = _Value(begin, at, value)
        if (sign := _next(line, at)) is None:
            raise json.JSONDecodeError("a comma or a closing brace is missing", line, at)
        if sign[1] == "}":
            return _Object(line, start, sign.end() - 1, members)
        at = sign.end()


def read_jsonl(source: Input, keys: Keys, limits: Limits) -> Iterator[Record | Fault]:
    """The records of a shard, and what is none; blank lines are left out."""
    for number, item in enumerate(read_lines(source, limits.record), 1):
        position = f"line {number:,}"
        if isinstance(item, Fault):
            yield Fault(position, item.error, item.data, item.length)
        elif line := (item.removeprefix(b"\xef\xbb\xbf") if number == 1 else item).strip():
            yield _record(line, position, keys)


def read_lines(source: Input, limit: int) -> Iterator[bytes | Fault]:
    """Lines without their ends; a fault for one that is longer than ``limit``, or in which the compressed data breaks off.

    Memory is bounded: of a line that is too long no more than ``limit`` bytes are held.
    """
    held, length = bytearray(), 0
    while True:
        try:
            chunk = source.read(_CHUNK)
        except BadMemberError as error:
            yield Fault("", str(error), bytes(held), length if length > limit else None)
            held, length = bytearray(), 0
            continue
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            if length + len(part) > limit:
                yield _too_long(held, part, length + len(part), limit)
            else:
                yield bytes(held) + part if held else part
            held, length = bytearray(), 0
        if not chunk:
            if length > limit:
                yield _too_long(held, b"", length, limit)
            elif length:
                yield bytes(held)
            return
        held += rest[: max(0, limit - len(held))]
        length += len(rest)


def _too_long(held: bytearray, part: bytes, length: int, limit: int) -> Fault:
    error = f"{length:,} bytes long, and --max-record-bytes allows {limit:,}"
    return Fault("", error, bytes((held + part)[:limit]), length)


def _record(data: bytes, position: str, keys: Keys) -> Record | Fault:
    try:
        line = data.decode()
        return _read_object(_object(line, 0), data, position, keys)
    except UnicodeDecodeError as error:
        return Fault(position, f"not UTF-8 at byte {error.start + 1:,} of the line", data)
    except json.JSONDecodeError as error:
        return Fault(position, f"not a JSON object: {error.msg} at character {error.pos + 1:,}", data)
    except (ValueError, RecursionError) as error:
        return Fault(position, f"not a JSON object that can be read: {error}", data)


def _read_object(found: _Object, data: bytes, position: str, keys: Keys) -> Record | Fault:
    if found.end + 1 != len(found.line):
        raise json.JSONDecodeError("more follows the object", found.line, found.end + 1)
    identity, url = found.find(keys.id), found.find(keys.url)
    record = Record(position, None, found, len(data))
    record.id = "null" if identity is None else found.line[identity.start : identity.end]
    record.url = url.value if url is not None and isinstance(url.value, str) else None
    html = found.find(keys.html) if keys.html is not None else None
    if html is not None and isinstance(html.value, str):
        record.html = html.value
        return record
    text = found.find(keys.text)
    if text is None and html is None:
        there = ", ".join(list(found.members)[:20]) or "none"
        return Fault(position, f"no field {keys.text!r}; its fields are: {there}; --text-key names another", data)
    if text is not None and not isinstance(text.value, str | None):
        return Fault(position, f"the field {keys.text!r} holds no string; --text-key names another", data)
    record.text = None if text is None else text.value
    return record


class JsonlWriter:
    """Writes records as lines of JSON, in UTF-8.

    Args:
        file: takes the bytes.
        keys: where the text goes.
    """

    def __init__(self, file: IO[bytes], keys: Keys) -> None:
        self._file = file
        self._keys = keys

    def write(self, record: Record, cleaned: Cleaned | None) -> None:
        """See :class:`cleantext.records.model.Writer`."""
        original = record.original
        if isinstance(original, _Object):
            line = original.line if cleaned is None else self._exchange(original, record, cleaned)
        else:
            fields = original.fields()
            if cleaned is not None:
                put(fields, self._keys.text, cleaned.content)
                if cleaned.added is not None:
                    put(fields, ADDED, cleaned.added)
            line = json.dumps(fields, ensure_ascii=False, default=plain)
        # A lone surrogate is no UTF-8; JSON spells it \udXXX, which is what this error handler writes.
        self._file.write(line.encode(errors="backslashreplace") + b"\n")

    def _exchange(self, original: _Object, record: Record, cleaned: Cleaned) -> str:
        line = original.line
        if record.text is None or cleaned.content != record.text:
            line = original.put(self._keys.text, json.dumps(cleaned.content, ensure_ascii=line.isascii()))
        if cleaned.added is not None:
            line = _object(line, 0).put(ADDED, json.dumps(cleaned.added))
        return line

    def finish(self) -> Iterator[tuple[Record, str]]:
        """Nothing is held back."""
        return iter(())
