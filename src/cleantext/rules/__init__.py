"""Evidence: what speaks for a kind of chrome in single lines.

Phrases are data (``data/phrases``) and looked up by :mod:`cleantext.rules.phrases`. Shapes are the functions of
:mod:`cleantext.rules.shape`, and :data:`RULES` is the one table of them, in the order in which they are asked: the first that
fires speaks for the line. A gate names the lines worth asking about, from counts that exist anyway: most lines of most pages
pass none, so they cost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from cleantext.characters import Class, is_one_of
from cleantext.lookup import Cue
from cleantext.model import Kind
from cleantext.rules import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cleantext.lexicon import Phrase
    from cleantext.rows import Rows

__all__ = ["RULES", "Evidences", "Rule", "find_shapes"]


@dataclass(frozen=True, slots=True)
class Evidences:
    """What the rules found in a batch; one entry a row."""

    phrases: list[Phrase | None]
    """The phrase that speaks of it."""
    shapes: NDArray[np.uint8]
    """The number, from 1, of the shape rule that fires; 0 where none does."""

    def kinds(self) -> list[Kind | None]:
        """The kind of boilerplate that each row's phrase or shape speaks for; None where there is neither."""
        kinds = [None if phrase is None else phrase.kind for phrase in self.phrases]
        for row in np.flatnonzero(self.shapes).tolist():
            kinds[row] = kinds[row] or RULES[self.shapes[row] - 1].kind
        return kinds


class Asked(NamedTuple):
    """What gates look at: the rows, and which of them speak words that rules are about."""

    rows: Rows
    labelled: NDArray[np.bool_]
    """Begins with the first word of a label."""
    bylined: NDArray[np.bool_]
    """Begins with a word that introduces an author."""
    captioned: NDArray[np.bool_]
    """Holds the first word of a credit."""
    dated: NDArray[np.bool_]
    """Holds the name of a month or day."""


Gate: TypeAlias = "Callable[[Asked], NDArray[np.bool_]]"


class Rule(NamedTuple):
    """A rule about the shape of a line."""

    id: str
    """Shown to users."""
    kind: Kind
    """The kind of boilerplate it speaks for."""
    because: str
    """One sentence for people."""
    gate: Gate
    """Which rows are worth asking about."""
    fires: Callable[[str, Sequence[str], shape.Known], bool]
    """Whether the rule fires on a line, given its folded words and what is known of the language."""


def _asked(rows: Rows) -> Asked:
    worded = np.flatnonzero(rows.word_counts)
    first, some = np.zeros((2, len(rows)), np.int64)
    if len(worded):
        first[worded] = rows.cues[rows.word_edges[worded]]
        some[worded] = np.bitwise_or.reduceat(rows.cues, rows.word_edges[worded])
    return Asked(rows, first & Cue.LABEL > 0, first & Cue.BY > 0, some & Cue.CREDIT > 0, some & Cue.MONTH > 0)


def _short(rows: Rows, most: int) -> NDArray[np.bool_]:
    return rows.ends - rows.starts <= most


def _holds(*classes: Class, least: int = 1, most: int = 120) -> Gate:
    """Rows of at most ``most`` characters that hold ``least`` of these classes."""
    return lambda asked: (_count(asked.rows, *classes) >= least) & _short(asked.rows, most)


def _count(rows: Rows, *classes: Class) -> NDArray[np.int64]:
    return rows.counts[:, list(classes)].sum(axis=1)


def _copyright(asked: Asked) -> NDArray[np.bool_]:
    return is_one_of(asked.rows.edge, "©(cC") & _holds(Class.SYMBOL, Class.QUOTE, Class.DIGIT, most=220)(asked)


def _hash_tags(asked: Asked) -> NDArray[np.bool_]:
    return (asked.rows.edge == ord("#")) & _short(asked.rows, 200)


def _one_word(asked: Asked) -> NDArray[np.bool_]:
    rows = asked.rows
    return (rows.counts.sum(axis=1) - rows.counts[:, Class.SPACE] == rows.ends - rows.starts) & (rows.beginnings > 1)


def _numbers(asked: Asked) -> NDArray[np.bool_]:
    return (_count(asked.rows, Class.LOWER, Class.UPPER) <= 3) & _holds(Class.DIGIT)(asked)


def _breadcrumb(asked: Asked) -> NDArray[np.bool_]:
    """A separator inside the line, not the bullet it may begin with."""
    rows = asked.rows
    return (rows.counts[:, Class.SEPARATOR] > (rows.first == Class.SEPARATOR)) & _short(rows, 160)


def _credit(asked: Asked) -> NDArray[np.bool_]:
    return (asked.captioned | asked.labelled | (asked.rows.counts[:, Class.SEPARATOR] > 0)) & _short(asked.rows, 400)


def _byline(asked: Asked) -> NDArray[np.bool_]:
    rows = asked.rows
    named = ~rows.ends_in(".!?:") & (rows.beginnings <= 14) & (rows.beginnings >= 2)
    return named & (asked.bylined | asked.labelled)


def _label(asked: Asked) -> NDArray[np.bool_]:
    """A label's first word, and something between words that a colon can be."""
    return asked.labelled & _holds(Class.PUNCTUATION, most=200)(asked)


def _date(asked: Asked) -> NDArray[np.bool_]:
    """Digits beside the name of a month or day, or beside few letters."""
    plain = _count(asked.rows, Class.LOWER, Class.UPPER) <= 8
    return (asked.dated | plain) & _holds(Class.DIGIT, most=60)(asked)


def _dateline(asked: Asked) -> NDArray[np.bool_]:
    rows = asked.rows
    marks = _count(rows, Class.SEPARATOR, Class.PUNCTUATION, Class.COMMA)
    digits = rows.counts[:, Class.DIGIT]
    return (digits > 0) & (marks > 0) & (asked.dated | (digits > 2)) & _short(rows, 120)


RULES: tuple[Rule, ...] = (
    Rule("shape.copyright", Kind.LEGAL, "Copyright notice.",
         _copyright, shape.copyright_line),
    Rule("shape.address", Kind.BYLINE, "An e-mail address or an account's name alone on its line.", _one_word, shape.address),
    Rule("shape.link", Kind.OUTSIDE, "A web address alone on its line.", _one_word, shape.link),
    Rule("shape.hashtags", Kind.TAGS, "Hash tags and nothing else.", _hash_tags, shape.hashtags),
    Rule("shape.pages", Kind.NAVIGATION, "Page numbers in a row.", _numbers, shape.pages),
    Rule("shape.counter", Kind.OUTSIDE, "A number alone on its line, as counters of shares or comments are.",
         _numbers, shape.counter),
    Rule("shape.date", Kind.BYLINE, "A date or time alone on its line.", _date, shape.date),
    Rule("shape.dateline", Kind.BYLINE, "A date beside a name, a place or a reading time.", _dateline, shape.dateline),
    Rule("shape.tags", Kind.TAGS, "Tags behind their label.", _label, shape.tags),
    Rule("shape.teaser", Kind.TEASER, "The headline of another story behind a label.", _label, shape.teaser),
    Rule("shape.menu", Kind.NAVIGATION, "A way through the site behind a label.", _label, shape.menu),
    Rule("shape.link_list", Kind.NAVIGATION, "Short items with bars or dots between them.",
         _holds(Class.SEPARATOR, least=2, most=300), shape.link_list),
    Rule("shape.byline", Kind.BYLINE, "Names the author.", _byline, shape.byline),
    Rule("shape.credit", Kind.CAPTION, "Caption or photo credit.", _credit, shape.credit),
    Rule("shape.breadcrumb", Kind.NAVIGATION, "Path to the page through the site.", _breadcrumb, shape.breadcrumb),
    Rule("shape.handle", Kind.CAPTION, "Ends in an account's name, as captions and embedded posts do.",
         _holds(Class.PUNCTUATION, most=400), shape.handle),
)  # fmt: skip
"""The rules in the order in which they are asked."""


def find_shapes(rows: Rows, known: Sequence[shape.Known]) -> NDArray[np.uint8]:
    """The number, from 1, of the first rule of :data:`RULES` that fires on each row; 0 where none does.

    Args:
        rows: the lines of the batch.
        known: what is known of each page's language.
    """
    found = np.zeros(len(rows), np.uint8)
    asked = _asked(rows)
    page, starts, ends = rows.page.tolist(), rows.starts.tolist(), rows.ends.tolist()
    lines = [rows.pages[number].text[start:end] for number, start, end in zip(page, starts, ends, strict=True)]
    open_rows = rows.word_counts > 0
    for number, rule in enumerate(RULES, 1):
        for row in np.flatnonzero(rule.gate(asked) & open_rows).tolist():
            if rule.fires(lines[row], rows.words[row], known[page[row]]):
                found[row] = number
                open_rows[row] = False
    return found
