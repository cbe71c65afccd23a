"""A page with its account: the one object that cleaning gives back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from cleantext.model import Span

if TYPE_CHECKING:
    from cleantext.account import Account
    from cleantext.model import Decision, Kind, Label

__all__ = ["Document"]

_FEW_WORDS = 20
_MUCH_REMOVED = 0.9


class Document:
    r"""A page and what was decided about each of its lines. It holds no second, edited text.

    >>> from cleantext import annotate
    >>> page = "Share this\n\nThe senate met on Monday and voted on the budget after a long debate."
    >>> annotate(page).content
    'The senate met on Monday and voted on the budget after a long debate.'
    """

    def __init__(self, text: str, account: Account | None = None) -> None:
        self.text = text
        """The page, as given; of an HTML page the text that was extracted from it."""
        self.from_html = False
        """Whether the text was extracted from HTML, so that only this object holds it."""
        self._account = account

    def settle(self, account: Account) -> None:
        """Take the account once the page has been decided."""
        self._account = account

    def __repr__(self) -> str:
        return f"Document({len(self.text)} characters, {self.removed_share:.0%} removed{', suspect' if self.suspect else ''})"

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decision of each line, in order; their spans lie end to end over the whole text."""
        return () if self._account is None else tuple(self._account.decisions())

    @cached_property
    def kept(self) -> tuple[Span, ...]:
        """The stretches of the text that are kept, in order."""
        return () if self._account is None else tuple(Span(start, end) for start, end in self._account.kept_spans())

    @cached_property
    def content(self) -> str:
        """The cleaned text: the kept stretches, one after the other."""
        return "".join([self.text[span.start : span.end] for span in self.kept])

    @cached_property
    def removed(self) -> tuple[tuple[Span, Kind], ...]:
        r"""The stretches of the text that are removed, in order, each with its kind; all that is not in :attr:`kept`.

        Neighbours of one kind are one stretch; a blank line goes with a line beside it. This is cheaper than
        :attr:`decisions`, which give reasons too.

        >>> from cleantext import annotate
        >>> [(span.start, span.end, str(kind)) for span, kind in annotate("Share this article\n\nAdvertisement").removed]
        [(0, 20, 'share'), (20, 33, 'advertisement')]
        """
        return () if self._account is None else tuple((Span(a, b), kind) for a, b, kind in self._account.removed_spans())

    def spans(self, label: Label | None = None, kind: Kind | None = None) -> list[Span]:
        r"""Where the lines of a label and a kind stand; adjacent ones are joined.

        Args:
            label: only lines of this label; None for both.
            kind: only lines of this kind; None for all.

        Returns:
            Half-open stretches in code points of the text, in order; line breaks go with their lines.

        >>> from cleantext import Kind, annotate
        >>> annotate("Share this article\nAdvertisement").spans(kind=Kind.ADVERTISEMENT)
        [Span(start=19, end=32)]
        """
        found: list[Span] = []
        for decision in self.decisions:
            if (label is None or decision.label is label) and (kind is None or decision.kind is kind):
                span = decision.line.span
                if found and found[-1].end == span.start:
                    found[-1] = Span(found[-1].start, span.end)
                else:
                    found.append(span)
        return found

    @cached_property
    def blocks(self) -> tuple[tuple[Decision, ...], ...]:
        """The decisions of lines that hold something, grouped by block: runs without a blank line between them."""
        blocks: list[list[Decision]] = [[]]
        for decision in self.decisions:
            if decision.line.text.strip():
                blocks[-1].append(decision)
            elif blocks[-1]:
                blocks.append([])
        return tuple(tuple(block) for block in blocks if block)

    @cached_property
    def removed_share(self) -> float:
        """Share of the page's characters, white space aside, that were removed: 0 to 1; 0 for a blank page."""
        whole = len("".join(self.text.split()))
        return 1 - len("".join(self.content.split())) / whole if whole else 0.0

    @property
    def suspect(self) -> bool:
        """Whether a person should look: no word is left (or none was there), or very few words of a page that had many more."""
        kept = len(self.content.split(None, _FEW_WORDS))  # to count more of them would tell nothing
        return kept == 0 or (kept < _FEW_WORDS and self.removed_share > _MUCH_REMOVED)

    def to_dict(self) -> dict[str, Any]:
        """The account as plain values, for JSON.

        Offsets are in code points of :attr:`text`. That is in it itself, as ``text``, only where it was extracted from HTML: who
        gave plain text has it already.

        >>> from cleantext import annotate
        >>> account = annotate("Advertisement").to_dict()
        >>> account["length"], [line["label"] for line in account["lines"]]
        (13, ['boilerplate'])
        """
        return {
            "length": len(self.text),
            **({"text": self.text} if self.from_html else {}),
            "removed_share": round(self.removed_share, 4),
            "suspect": self.suspect,
            "lines": [_line_dict(decision) for decision in self.decisions],
        }


def _line_dict(decision: Decision) -> dict[str, Any]:
    line = decision.line
    return {
        "line": line.index,
        "start": line.span.start,
        "end": line.span.end,
        "text": line.text,
        "label": decision.label.value,
        "kind": decision.kind.value,
        "probability": round(decision.probability, 4),
        "because": decision.because,
        "evidence": [
            {
                "rule": evidence.rule,
                "kind": evidence.kind and evidence.kind.value,
                "weight": evidence.weight,
                "start": evidence.span.start,
                "end": evidence.span.end,
            }
            for evidence in decision.evidence
        ],
    }
