"""The types that every stage speaks: small immutable values, no behaviour beyond reading them.

A page is an ordinary ``str``. It is split into lines; a line is the unit of decision. Every character of the page lies in
exactly one line's span, and the cleaned text is nothing but the slices whose decision says *content*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["CONTENT_KINDS", "Decision", "Evidence", "Kind", "Label", "Line", "Span"]


class Label(StrEnum):
    """The two labels of the field: is a line part of the article's body or of the page around it?"""

    CONTENT = "content"
    BOILERPLATE = "boilerplate"


class Kind(StrEnum):
    """Which sort of content or boilerplate a line is. Only the label drives the output."""

    TEXT = "text"
    """Content: prose, headings, lists, code, quotations: whatever the article is made of."""
    TITLE = "title"
    """Content: the article's own headline."""
    NAVIGATION = "navigation"
    """Menus, breadcrumbs, pagination, skip links, log-in and search prompts."""
    ADVERTISEMENT = "advertisement"
    """Advertisements and the labels that announce them."""
    TEASER = "teaser"
    """Related, latest, popular, "keep reading", and the borrowed prose of other stories that goes with them."""
    SHARE = "share"
    """Share bars and the names of networks in them."""
    SUBSCRIBE = "subscribe"
    """Newsletter boxes, feeds, apps, follow prompts."""
    COMMENT = "comment"
    """Comment prompts and counters, tips, feedback, "join the discussion"."""
    CONSENT = "consent"
    """Cookie and privacy notices."""
    PAYWALL = "paywall"
    """Subscription walls and "you have N free articles left"."""
    BYLINE = "byline"
    """Author, date, reading time, the author's biography."""
    CAPTION = "caption"
    """Captions, photo credits, source lines."""
    MEDIA = "media"
    """Players and galleries."""
    TAGS = "tags"
    """Tags, topics and categories."""
    LEGAL = "legal"
    """Copyright, terms, disclaimers of the site."""
    OUTSIDE = "outside"
    """No phrase betrays it: it lies outside the article."""


CONTENT_KINDS = frozenset({Kind.TEXT, Kind.TITLE})
"""The kinds of content; every other kind is boilerplate."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch ``[start, end)`` of the caller's string, in code points."""

    start: int
    """Offset of the first code point."""
    end: int
    """Offset just past the last code point."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of decision: a line of the page, or a part of one where chrome was glued to prose."""

    index: int
    """Number of the line in the page, from 0. Parts that were cut from one line share its number."""
    span: Span
    """Where it stands in the page, its line break included."""
    text: str
    """The line without its line break."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one rule or measurement says of one line."""

    rule: str
    """The id, the same everywhere: ``en/share.article``, ``shape.credit``, ``measure.words``."""
    kind: Kind | None
    """The kind it speaks for, or None when it only speaks for or against content."""
    weight: float
    """Log-odds of main content: above 0 for content, below 0 for boilerplate."""
    span: Span
    """The stretch of the page that it looked at."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one line, and why."""

    line: Line
    """The line."""
    label: Label
    """Content or boilerplate."""
    kind: Kind
    """Which sort of the two."""
    probability: float
    """Probability that the line is main content, 0 to 1: the logistic function of the weights' sum."""
    evidence: tuple[Evidence, ...]
    """All evidence, for and against, the heaviest first; empty for a blank line, which goes with its neighbours."""
    because: str
    """The decision's reason as one sentence."""
