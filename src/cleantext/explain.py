"""Decisions as text that a person reads: what became of each line, how sure that is, and why.

An explanation is built once, as rows of plain strings; a terminal then only adds colour and hanging columns to the same
strings, so what is read in a file and what is read on a screen cannot differ. rich is imported for that alone. Lines of a page
are shown with their control characters spelled out: a page must not be able to steer the terminal that shows it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleantext.model import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from cleantext.document import Document
    from cleantext.model import Decision

__all__ = ["Tally", "concern", "explain", "explain_in_colour", "summary", "tally_in_colour"]

_SPELLED = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code != ord("\t")} | {
    code: f"\\u{code:04x}"
    for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # they turn the direction of writing
}
_REASONS = 3
_INDENT = " " * 27


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    mark: str
    probability: str
    kind: str
    text: str
    why: str


def explain(document: Document) -> str:
    """Every line that holds something, with its fate, probability of being main content, kind and reason, and a summary.

    ``+`` marks what is kept and ``-`` what is removed; lines are counted from 1.

    >>> from cleantext import annotate
    >>> print(explain(annotate("Advertisement")))  # doctest: +ELLIPSIS
       1 - 0... advertisement  Advertisement
                               Label of an advertisement. (en/advertisement.label ...)
    Kept 0 of 1 lines, 0 % of the characters; removed: advertisement 1.
    """
    parts = [
        f"{row.number:>4} {row.mark} {row.probability} {row.kind:<13}  {row.text}\n{_INDENT}{row.why}" for row in _rows(document)
    ]
    return "\n".join([*parts, summary(document)])


def explain_in_colour(document: Document) -> str:
    """The same as :func:`explain`, in columns and colours for the terminal at standard output."""
    from rich.table import Table  # noqa: PLC0415 - only a terminal needs it
    from rich.text import Text  # noqa: PLC0415

    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim")
    table.add_column(width=1)
    table.add_column(width=4)
    table.add_column(width=13)
    table.add_column(overflow="fold")
    for row in _rows(document):
        style = "green" if row.mark == "+" else "red"
        cell = Text.assemble((row.text, "" if row.mark == "+" else "red"), "\n", (row.why, "dim italic"))
        table.add_row(row.number, Text(row.mark, f"bold {style}"), Text(row.probability, style), Text(row.kind, style), cell)
    return _render(table, Text(summary(document), "bold"))


def _rows(document: Document) -> Iterator[_Row]:
    for decision in document.decisions:
        if decision.line.text.strip():
            yield _Row(
                str(decision.line.index + 1),
                "+" if decision.label is Label.CONTENT else "-",
                f"{decision.probability:.2f}",
                decision.kind.value,
                decision.line.text.translate(_SPELLED),
                f"{decision.because} ({', '.join(_reasons(decision))})",
            )


def _reasons(decision: Decision) -> list[str]:
    """The heaviest evidence with its weight, for and against; a rule that has a name goes before a mere number."""
    ordered = sorted(decision.evidence, key=lambda each: each.rule.startswith(("measure.", "scorecard.")))
    return [f"{each.rule} {each.weight:+.1f}" for each in ordered[:_REASONS]]


def summary(document: Document) -> str:
    """A page's fate in one sentence.

    >>> from cleantext import annotate
    >>> summary(annotate(""))
    'Kept 0 of 0 lines.'
    """
    filled = [decision for decision in document.decisions if decision.line.text.strip()]
    removed = Counter(decision.kind for decision in filled if decision.label is Label.BOILERPLATE)
    kept = f"Kept {len(filled) - removed.total()} of {len(filled)} lines"
    if not filled:
        return f"{kept}."
    kinds = ", ".join(f"{kind} {count}" for kind, count in removed.most_common())
    return f"{kept}, {_percent(1 - document.removed_share)} of the characters; removed: {kinds or 'nothing'}."


def concern(document: Document) -> str | None:
    """What a person should know of a page before relying on what is left of it; None if nothing.

    >>> from cleantext import annotate
    >>> concern(annotate("Advertisement"))
    'nothing is left of it; --explain shows why, a lower --threshold keeps more'
    """
    if not document.suspect:
        return None
    if not document.text.strip():
        return "holds no text"
    left = f"only {_percent(1 - document.removed_share)} of it is left" if document.content.strip() else "nothing is left of it"
    return f"{left}; --explain shows why, a lower --threshold keeps more"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


@dataclass(slots=True)
class Tally:
    """Counts over many pages: lines that hold something, and their words, by label and kind."""

    pages: int = 0
    """Pages that were cleaned."""
    suspect: int = 0
    """Pages that a person should look at."""
    lines: Counter[tuple[Label, Kind]] = field(default_factory=Counter)
    words: Counter[tuple[Label, Kind]] = field(default_factory=Counter)

    def add(self, document: Document) -> None:
        """Count one page."""
        self.pages += 1
        self.suspect += document.suspect
        for decision in document.decisions:
            if words := len(decision.line.text.split()):
                self.lines[decision.label, decision.kind] += 1
                self.words[decision.label, decision.kind] += words

    @property
    def title(self) -> str:
        """How many pages that is."""
        suspect = f", {self.suspect:,} of them to look at" if self.suspect else ""
        return f"{self.pages:,} page{'' if self.pages == 1 else 's'}{suspect}"

    def rows(self) -> list[tuple[str, ...]]:
        """The table: a heading, a row for each kind that occurs, and the sums."""
        kinds = [kind for kind in Kind if any((label, kind) in self.lines for label in Label)]
        columns = [(counts, label) for label in Label for counts in (self.lines, self.words)]
        body = [(kind.value, *(f"{counts[label, kind]:,}" for counts, label in columns)) for kind in kinds]
        sums = (f"{sum(counts[label, kind] for kind in kinds):,}" for counts, label in columns)
        return [("kind", "lines kept", "words kept", "lines removed", "words removed"), *body, ("all", *sums)]

    def __str__(self) -> str:
        """The table as plain text, in aligned columns."""
        rows = self.rows()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = (
            "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))])
            for row in rows
        )
        return "\n".join([self.title, *lines])


def tally_in_colour(tally: Tally) -> str:
    """The same table as ``str(tally)``, for the terminal at standard error."""
    from rich.table import Table  # noqa: PLC0415 - only a terminal needs it

    heading, *body, sums = tally.rows()
    table = Table(title=tally.title, show_footer=True, title_justify="left")
    for number, (name, total) in enumerate(zip(heading, sums, strict=True)):
        style = "" if number == 0 else "green" if name.endswith("kept") else "red"
        table.add_column(name, footer=total, justify="right" if number else "left", style=style)
    for row in body:
        table.add_row(*row)
    return _render(table, stderr=True)


def _render(*renderables: RenderableType, stderr: bool = False) -> str:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

    console = Console(stderr=stderr, highlight=False)
    with console.capture() as capture:
        for renderable in renderables:
            console.print(renderable)
    return capture.get().removesuffix("\n")
