"""From a string to lines, losing nothing.

A page is cut where ``str.splitlines`` cuts; each line's span takes its line break along, so the spans lie end to end over the
whole page. Two things are cut finer, because the line is the unit of decision and the page did not keep to it:

* chrome glued to prose ("… said. Read more", "Advertisement The senate …"), when a phrase that is known to be glued stands
  at the edge of a long line and the prose begins or ends as sentences do; a credit in brackets before it ("[Photo: Ann Lee] The
  senate …"), and the headline of another story behind its label ("… said. READ ALSO: Ferry stranded");
* a page that is one long line, which is cut into its sentences.

The line break behind glued chrome becomes a blank part of its own, so that removing the chrome never joins two lines.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from cleantext.characters import TERMINAL, fold, normal_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["LINE_BREAKS", "GluedPhrases", "Lines", "split"]

LINE_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Where ``str.splitlines`` cuts."""

_SHORTEST_PROSE = 40  # characters that must remain beside glued chrome
_EDGE = 80  # characters of a line's edge in which glued chrome is looked for
_ONE_LINE_PAGE = 600  # characters from which a line that is the whole page is cut into sentences
_SHORTEST_SENTENCE = 20
_HEADLINE = 160  # characters of a line's end in which another story's label and headline are looked for
_CLOSERS = "\"'”’»)]』」）›“ \t\xa0\u3000"
_OPENERS = "\"'“‘«(„[『「（‹¿¡"
_SPACES = " \t\xa0\u3000"
_BRACKETS = "[(（【"
_JOINTS = ":|–—-»›>·•"
# A run of marks is tried from its first mark only: a long run that ends no sentence would cost the square of its length.
_SENTENCE_BREAK = regex.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]]*\s+(?![\p{Ll}\d])|[。！？]+[”’」』）]*\s*|[।॥؟۔]+\s*""")

_BRACKETED = regex.compile(r"[\[(（【]\s?([^\W\d_][^\[\]()（）【】\n:：]{0,30}?)\s?[:：][^\[\]()（）【】\n]{1,60}[\])）】]")
_LABELLED = regex.compile(
    r"""[.!?…]["'”’»)]*\s+(\p{L}[\p{L}\p{M}'’]*(?:\s\p{L}[\p{L}\p{M}'’]*){1,3})\s?:\s?\S[^.!?…:]{10,120}$"""
)


class GluedPhrases:
    """Look-up of the phrases that are cut off when they are glued to prose.

    Args:
        keys: the folded phrases.
        stopwords: folded function words; a sentence that begins with one of them begins after a one-word phrase.
        bracketed: folded labels of credits, which are cut off with what follows them in brackets before prose.
        stories: folded labels of other stories, which are cut off with the headline that follows them behind prose.
    """

    def __init__(
        self,
        keys: Iterable[str],
        stopwords: frozenset[str],
        bracketed: frozenset[str] = frozenset(),
        stories: frozenset[str] = frozenset(),
    ) -> None:
        self.stopwords, self.bracketed, self.stories = stopwords, bracketed, stories
        self._last_words = frozenset(label.rsplit(" ", 1)[-1] for label in stories)
        starts: defaultdict[str, list[str]] = defaultdict(list)
        ends: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(set(keys), key=lambda key: (-len(key), key)):
            starts[key.split(" ", 1)[0]].append(key)
            ends[key.rsplit(" ", 1)[-1]].append(key)
        self._starts = {edge: tuple(found) for edge, found in starts.items()}
        self._ends = {edge: tuple(found) for edge, found in ends.items()}

    def may_edge(self, head: str, tail: str) -> bool:
        """Whether a line that begins and ends so, folded, may begin or end with a phrase: most cannot, by those words."""
        first, last = head.split(None, 1), tail.rsplit(None, 1)
        return bool(first and last) and (first[0] in self._starts or last[-1] in self._ends)

    def may_label(self, head: str) -> bool:
        """Whether a label of another story may end where ``head``, folded, does: most colons follow another word."""
        words = head.rsplit(None, 1)
        return bool(words) and words[-1] in self._last_words

    def at_start(self, key: str) -> str | None:
        """The phrase that ``key`` begins with, or None."""
        for phrase in self._starts.get(key.split(" ", 1)[0], ()):
            if key.startswith(phrase) and key[len(phrase) : len(phrase) + 1] in {"", " "}:
                return phrase
        return None

    def at_end(self, key: str) -> str | None:
        """The phrase that ``key`` ends with, or None."""
        for phrase in self._ends.get(key.rsplit(" ", 1)[-1], ()):
            if key.endswith(phrase) and key[-len(phrase) - 1 : -len(phrase)] in {"", " "}:
                return phrase
        return None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one page, as columns: element *i* of each list speaks of line *i*."""

    text: str
    """The page, as given."""
    folded: str
    """The page folded, of the same length."""
    starts: list[int]
    """Where each line starts."""
    ends: list[int]
    """Where each line ends, its line break included; the next line starts there."""
    numbers: list[int]
    """The number of each line in the page; parts of one line share it."""


def split(text: str, folded: str, glued: GluedPhrases) -> Lines:
    r"""Split a page into lines.

    Args:
        text: the page.
        folded: the same, folded (:func:`cleantext.characters.fold`).
        glued: what is cut off the edges of prose.

    >>> from cleantext.characters import fold
    >>> page = "Advertisement The senate met on Monday to talk about the budget.\r\nIt did not agree."
    >>> lines = split(page, fold(page), GluedPhrases(["advertisement"], frozenset(["the"])))
    >>> [page[start:end] for start, end in zip(lines.starts, lines.ends)]
    ['Advertisement ', 'The senate met on Monday to talk about the budget.\r\n', 'It did not agree.']
    >>> lines.numbers
    [0, 0, 1]
    """
    parts = text.splitlines(keepends=True)
    edges = list(accumulate(map(len, parts), initial=0))
    starts, ends = edges[:-1], edges[1:]
    numbers = list(range(len(parts)))
    cuts: dict[int, list[int]] = {}
    for number in [number for number, part in enumerate(parts) if len(part) > _SHORTEST_PROSE]:
        start, end = starts[number], ends[number]
        may_edge = glued.may_edge(folded[start : start + _EDGE], folded[max(start, end - _EDGE) : end])
        colon = text.rfind(":", max(start, end - _HEADLINE), end)
        may_label = text[start] in _BRACKETS or (colon > 0 and glued.may_label(folded[max(start, colon - _EDGE) : colon]))
        if may_edge or may_label or (end - start > _ONE_LINE_PAGE and _is_page(text, start, end)):
            found = _inner_cuts(text, folded, start, end, glued)
            if found:
                cuts[number] = found
    if not cuts:
        return Lines(text, folded, starts, ends, numbers)
    cut_starts: list[int] = []
    cut_numbers: list[int] = []
    for number, start in enumerate(starts):
        inner = [start, *cuts.get(number, ())]
        cut_starts += inner
        cut_numbers += [number] * len(inner)
    return Lines(text, folded, cut_starts, [*cut_starts[1:], len(text)], cut_numbers)


def _inner_cuts(text: str, folded: str, start: int, end: int, glued: GluedPhrases) -> list[int]:
    """Offsets inside the line at which it is cut, ascending."""
    cuts: set[int] = set()
    if end - start > _ONE_LINE_PAGE and _is_page(text, start, end):
        cuts.update(_sentence_starts(text, start, end))
    prose_start = _after_glued_start(text, folded, start, end, glued)
    prose_end = _before_glued_end(text, folded, prose_start, end, glued)
    if prose_start == start and prose_end == end and not cuts:
        return []
    if prose_start > start:
        cuts.add(prose_start)
    if prose_end < end:
        cuts = {cut for cut in cuts if cut < prose_end}
        cuts.add(prose_end)
        cuts.add(start + len(text[start:end].rstrip(LINE_BREAKS)))
    return sorted(cut for cut in cuts if start < cut < end)


def _is_page(text: str, start: int, end: int) -> bool:
    """Whether a line is so long, and so nearly all of its page, that the page is one line.

    Its own line break does not count, and every other one counts as one character: CRLF is no longer than LF.
    """
    length = len(text[start:end].rstrip(LINE_BREAKS))
    if length <= _ONE_LINE_PAGE or 20 * length <= 9 * len(text):  # at most two lines of a page get to where all of it is read
        return False
    return 10 * length > 9 * (len(text) - text.count("\r\n"))


def _sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    last = start
    for match in _SENTENCE_BREAK.finditer(text, start, end):
        if match.end() - last >= _SHORTEST_SENTENCE:
            last = match.end()
            yield last


def _after_glued_start(text: str, folded: str, start: int, end: int, glued: GluedPhrases) -> int:
    """Where the prose starts behind chrome that is glued to the line's start; ``start`` if there is none.

    Here and at the end nothing longer than an edge is copied for each phrase: a line may hold a million of them.
    """
    position = start
    solid_end = start + len(text[start:end].rstrip())
    bracketed = _BRACKETED.match(text, start, min(end, start + _EDGE))
    if bracketed is not None and normal_key(fold(bracketed[1])) in glued.bracketed:
        rest = _skip(text, bracketed.end(), end, _SPACES)
        if solid_end - rest >= _SHORTEST_PROSE and _starts_sentence(text, rest, end):
            position = rest
    while (phrase := glued.at_start(" ".join(folded[position : position + _EDGE].split()))) is not None:
        words = phrase.split()
        after = position
        for word in words:
            after = folded.index(word, after) + len(word)
        surface = text[position:after]
        rest = _skip(text, after, end, _SPACES + _JOINTS)
        if solid_end - rest < _SHORTEST_PROSE or not _starts_sentence(text, rest, end):
            break
        joint = text[after:rest].strip()
        first_word = folded[rest : rest + _EDGE].split(" ", 1)[0].rstrip(_JOINTS)
        if first_word in glued.stopwords and len(first_word) > 1 and text[rest : rest + len(first_word)].isupper():
            break  # "READ ALSO: …": the capitals go on
        certain = len(words) > 2 or (surface.isupper() and not text[rest : min(rest + 12, end)].isupper())
        if not (certain or first_word in glued.stopwords or (joint and len(words) > 1)):
            break
        position = rest
    return position


def _skip(text: str, start: int, end: int, characters: str) -> int:
    """The first offset from ``start`` on at which none of ``characters`` stands."""
    while start < end and text[start] in characters:
        start += 1
    return start


def _starts_sentence(text: str, start: int, end: int) -> bool:
    start = _skip(text, start, end, _OPENERS)
    first = text[start : min(start + 1, end)]
    return first.isalpha() and not first.islower()


def _before_glued_end(text: str, folded: str, start: int, end: int, glued: GluedPhrases) -> int:
    """Where the prose ends before chrome that is glued to the line's end; ``end`` if there is none."""
    position = end
    edge = folded[max(start, end - _EDGE) : end].rstrip()
    while (phrase := glued.at_end(" ".join(folded[max(start, position - _EDGE) : position].split()))) is not None:
        if position == end:
            after = text[max(start, end - _EDGE) + len(edge) : end].strip()
            if after[:1] in {".", "?", "!"} and after != "...":
                break
        for word in reversed(phrase.split()):
            position = folded.rindex(word, start, position)
    if position == end:
        labelled = _LABELLED.search(text[max(start, end - _HEADLINE) : end].rstrip())
        if labelled is None or normal_key(fold(labelled[1])) not in glued.stories:
            return end
        position = max(start, end - _HEADLINE) + labelled.start(1)
    prose = text[start:position].rstrip().rstrip("([|>»›-–—•· \t")
    if len(prose) < _SHORTEST_PROSE or not prose.rstrip(_CLOSERS).endswith(tuple(TERMINAL)):
        return end
    return start + len(prose)
