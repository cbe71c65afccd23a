r"""The case form: a page of plain text with a gutter in front of every line that says what the line is.

::

    +title The harbour bridge reopens

    -byline By Ann Lee
    + The council voted on Tuesday to reopen it, nine years after it was closed.\
    -teaser|navigation  Read more

A gutter is ``+`` (main content) or ``-`` (boilerplate), then the kinds that count as right (none: any kind), then one space;
what is behind that space is the page. A line without any character but spaces is a blank line of the page and has no gutter.
A backslash at the end says that the page has no line break there: the next gutter line is a further part of the same line.
The page has a final line break when the file has one. Lines end at ``\n``; any other line break stands inside a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cleantext import Kind, Label
from cleantext.model import CONTENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleantext import Decision, Document

CASES = Path(__file__).parent / "cases"
_GUTTER = re.compile(r"(?P<sign>[+-])(?P<kinds>[^ ]*) (?P<text>.*)", re.DOTALL)
_KINDS_OF = {Label.CONTENT: CONTENT_KINDS, Label.BOILERPLATE: frozenset(Kind) - CONTENT_KINDS}


class CaseError(ValueError):
    """A page file breaks the case form; the message names the file, the line and what to write instead."""


@dataclass(frozen=True)
class Part:
    """What is expected of one line, or of one part of a line that chrome is glued to."""

    number: int
    """The line of the page file, from 1: where to look."""
    text: str
    """The part as it stands on the page, without a line break."""
    start: int
    """Where it starts in the page; it ends at ``start + len(text)``."""
    label: Label
    """The label that is right."""
    kinds: frozenset[Kind]
    """The kinds that are right; empty when any is."""


@dataclass(frozen=True)
class Case:
    """A page and what is expected of each of its lines."""

    name: str
    """Folder and file without the ending: ``en/photo-credits``."""
    text: str
    """The page, as a program would read it."""
    parts: tuple[Part, ...]
    """Its non-blank lines in order."""

    @property
    def content(self) -> str:
        """The words that must be left."""
        return " ".join(word for part in self.parts if part.label is Label.CONTENT for word in part.text.split())

    def wrong(self, document: Document) -> list[str]:
        """One description for each part whose label, or kind where the case names kinds, is not the expected one."""
        return [
            f"{self.name}.page:{part.number}: {problem}\n      {part.text.strip()[:110]!r}\n      because: {decision.because}"
            for part in self.parts
            for decision in _touching(document, part)
            if (problem := _problem(part, decision))
        ]


def _touching(document: Document, part: Part) -> Iterator[Decision]:
    """The decisions about any of a part's characters, white space aside."""
    end = part.start + len(part.text)
    for decision in document.decisions:
        span = decision.line.span
        if document.text[max(span.start, part.start) : min(span.end, end)].strip():
            yield decision


def _problem(part: Part, decision: Decision) -> str | None:
    is_right = decision.label is part.label and (not part.kinds or decision.kind in part.kinds)
    expected = f"{part.label}{' ' if part.kinds else ''}{'|'.join(sorted(part.kinds))}"
    found = f"{decision.label} {decision.kind} (probability {decision.probability:.2f})"
    return None if is_right else f"expected {expected}, got {found}"


def parse_case(name: str, source: str) -> Case:
    """Parse the text of a page file.

    Raises:
        CaseError: naming the line and what is wrong with it.
    """
    page: list[str] = []
    parts: list[Part] = []
    position, open_line = 0, False
    for number, line in enumerate(source.split("\n"), 1):
        where = f"{name}.page:{number}"
        if not line.strip():
            if open_line:
                raise CaseError(f"{where}: the line before ends in a backslash, so a gutter line must follow, not a blank one")
            text = line
        else:
            part = _parse_part(where, number, line, position)
            text, open_line = part.text, line.endswith("\\")
            parts.append(part)
        if not open_line:
            text += "\n"
        page.append(text)
        position += len(text)
    if open_line:
        raise CaseError(f"{name}.page: the last line ends in a backslash, but no part follows")
    if not parts:
        raise CaseError(f"{name}.page: holds no line that says anything")
    return Case(name, "".join(page)[:-1], tuple(parts))


def _parse_part(where: str, number: int, line: str, start: int) -> Part:
    gutter = _GUTTER.fullmatch(line)
    if gutter is None:
        raise CaseError(f"{where}: begin the line with '+ ' or '- ', kinds between the sign and the space: {line[:40]!r}")
    label = Label.CONTENT if gutter["sign"] == "+" else Label.BOILERPLATE
    names = gutter["kinds"].split("|") if gutter["kinds"] else []
    if unknown := sorted(set(names) - {kind.value for kind in _KINDS_OF[label]}):
        raise CaseError(
            f"{where}: no kind of {label}: {', '.join(map(repr, unknown))}; there are {', '.join(sorted(_KINDS_OF[label]))}"
        )
    text = gutter["text"].removesuffix("\\")
    if not text.strip():
        raise CaseError(f"{where}: nothing stands behind the gutter; leave blank lines blank")
    return Part(number, text, start, label, frozenset(map(Kind, names)))


def read_case(path: Path) -> Case:
    """Read one page file, whose name in messages is that of its folder and its own."""
    return parse_case(f"{path.parent.name}/{path.stem}", path.read_bytes().decode("utf-8"))


def case_files(folder: str = "*") -> list[Path]:
    """The page files of one folder under ``tests/cases``, or of all."""
    return sorted(CASES.glob(f"{folder}/*.page"))


def case_id(path: Path) -> str:
    """What a page file is called in the names of tests."""
    return f"{path.parent.name}/{path.stem}"
