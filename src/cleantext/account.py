"""The account of a page: every decision with its evidence, as values that people and programs can read.

Cleaning a page needs none of these objects, so they are built when somebody looks at them, from the same columns that decided.
The evidence of a line is complete: its weights and the card's base add up to the log-odds of the probability.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from cleantext.lines import LINE_BREAKS
from cleantext.model import CONTENT_KINDS, Decision, Evidence, Kind, Label, Line, Span
from cleantext.reasons import reason
from cleantext.rules import RULES
from cleantext.score import asks_further
from cleantext.scorecard import FIRST_NAMES, SECOND_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleantext.decide import Verdicts
    from cleantext.rows import Rows
    from cleantext.rules import Evidences
    from cleantext.score import Scores
    from cleantext.scorecard import Scorecard

__all__ = ["Account"]

_NOWHERE = (sys.maxsize, sys.maxsize)


@dataclass(frozen=True, slots=True)
class Account:
    """One page of a batch that has been decided."""

    page: int
    """Its number in the batch."""
    rows: Rows
    evidences: Evidences
    scores: Scores
    verdicts: Verdicts
    card: Scorecard

    def kept_spans(self) -> Iterator[tuple[int, int]]:
        """The stretches of the page that are kept, in order: kept rows, with the first run of blank lines between two of them.

        Blank lines at the edges of the page are kept where nothing was removed beside them.
        """
        start, stop = self.rows.bounds[self.page : self.page + 2].tolist()
        lines = self.rows.pages[self.page]
        if start == stop:
            yield 0, len(lines.text)  # a blank page comes back as it went in
            return
        keep = self.verdicts.keep[start:stop]
        kept = keep.nonzero()[0].tolist()
        if not kept:
            return
        line, blank_after = self.rows.line[start:stop].tolist(), self.rows.blank_after[start:stop].tolist()
        begin = 0 if kept[0] == 0 else lines.starts[line[kept[0]]]
        stop -= start
        for row, following in zip(kept, [*kept[1:], stop], strict=True):
            if following == row + 1:
                continue
            yield begin, lines.ends[line[row]]
            if following == stop:
                return
            gap = next((each for each in range(row, following) if blank_after[each]), None)
            if gap is not None:
                yield lines.starts[line[gap] + 1], lines.ends[line[gap] + blank_after[gap]]
            begin = lines.starts[line[following]]
        yield begin, len(lines.text)

    def removed_spans(self) -> Iterator[tuple[int, int, Kind]]:
        """The stretches of the page that are removed, in order, each with its kind; a blank line goes with a line beside it."""
        start, stop = self.rows.bounds[self.page : self.page + 2].tolist()
        lines = self.rows.pages[self.page]
        gone = (~self.verdicts.keep[start:stop]).nonzero()[0].tolist()
        if not gone:
            return
        cuts = [(lines.starts[self.rows.line[start + row]], self.verdicts.kinds[start + row]) for row in reversed(gone)]
        edges = [0, *(edge for span in self.kept_spans() for edge in span), len(lines.text)]
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            kind, at = cuts[-1][1] if cuts and cuts[-1][0] < end else Kind.OUTSIDE, begin
            while cuts and cuts[-1][0] < end:
                cut, other = cuts.pop()
                if other is not kind:
                    yield at, cut, kind
                    at, kind = cut, other
            if at < end:
                yield at, end, kind

    def decisions(self) -> Iterator[Decision]:
        """The decision of each line, blank ones included, in order."""
        start, stop = self.rows.bounds[self.page : self.page + 2].tolist()
        lines = self.rows.pages[self.page]
        row_of = {line: row for row, line in zip(range(start, stop), self.rows.line[start:stop].tolist(), strict=True)}
        kept = iter(self.kept_spans())
        first, last = next(kept, _NOWHERE)
        for number, (begin, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
            line = Line(lines.numbers[number], Span(begin, end), lines.text[begin:end].rstrip(LINE_BREAKS))
            if number in row_of:
                yield self._decision(row_of[number], line)
            else:
                while last < end:
                    first, last = next(kept, _NOWHERE)
                yield _blank(line, inside=first <= begin)

    def _decision(self, row: int, line: Line) -> Decision:
        kind = self.verdicts.kinds[row]
        label = Label.CONTENT if self.verdicts.keep[row] else Label.BOILERPLATE
        expected, weights = self._weights(row)
        evidence = sorted(self._evidence(row, expected, weights), key=lambda each: -abs(each.weight))
        probability = 1 / (1 + exp(-max(-3000, min(3000, int(self.verdicts.points[row]))) / 100))
        return Decision(line, label, kind, probability, tuple(evidence), self._because(row, label, kind, weights))

    def _evidence(self, row: int, expected: float, weights: NDArray[np.float64]) -> Iterator[Evidence]:
        start = int(self.rows.starts[row])
        span = Span(start, int(self.rows.ends[row]))
        values = self.scores.values[:, row]
        card = self.card.second[self.scores.states[row]]
        for name, value, points in zip(SECOND_NAMES, values.tolist(), weights.tolist(), strict=True):
            if name == "phrase" and (phrase := self.evidences.phrases[row]) is not None:
                yield Evidence(phrase.id, phrase.kind, points / 100, span)
            elif name == "shape" and value:
                yield Evidence(RULES[value - 1].id, RULES[value - 1].kind, points / 100, span)
            elif points:
                yield Evidence(f"measure.{name}", None, points / 100, span)
        yield Evidence("scorecard.base", None, (card.base + expected) / 100, span)
        if network := int(self.scores.network[row]):
            yield Evidence("page.lines", None, network / 100, span)
        if leniency := int(self.scores.leniency[row]):
            yield Evidence("page.leniency", None, leniency / 100, span)
        if row in self.verdicts.findings:
            finding = self.verdicts.findings[row]
            yield Evidence(finding.rule, finding.kind, self.card.structure[finding.rule] / 100, span)

    def _weights(self, row: int) -> tuple[float, NDArray[np.float64]]:
        """What each measurement adds to a row's score, by card and trees, and what the trees give before any question."""
        values = self.scores.values[:, row]
        expected, weights = 0.0, np.zeros(len(values))
        if asks_further(values[:, None])[0]:
            expected, weights = self.card.second_trees.parts(values)
        return expected, weights + self.card.second[self.scores.states[row]].of(values[:, None])[:, 0]

    def _because(self, row: int, label: Label, kind: Kind, weights: NDArray[np.float64]) -> str:
        """The reason for a person: what a rule or structure says that decided for this kind, else what was measured."""
        if label is Label.CONTENT and kind not in CONTENT_KINDS:
            return f"Kept on request: {kind}."
        shape = self.evidences.shapes[row]
        rules = (self.evidences.phrases[row], RULES[shape - 1] if shape else None, self.verdicts.findings.get(row))
        for rule in rules:
            if rule is not None and (rule.kind is kind or (label is Label.CONTENT and rule.kind in CONTENT_KINDS)):
                return rule.because
        values = self.scores.values[:, row]
        points = weights.copy()
        points[: len(FIRST_NAMES)] += self.card.first.of(values[: len(FIRST_NAMES), None])[:, 0]
        measured, worth = (dict(zip(SECOND_NAMES, array.tolist(), strict=True)) for array in (values, points))
        return reason(label, measured, worth, int(self.scores.network[row]))


def _blank(line: Line, *, inside: bool) -> Decision:
    if inside:
        return Decision(line, Label.CONTENT, Kind.TEXT, 1.0, (), "Blank line that stays with what is around it.")
    return Decision(line, Label.BOILERPLATE, Kind.OUTSIDE, 0.0, (), "Blank line that goes with what is around it.")
