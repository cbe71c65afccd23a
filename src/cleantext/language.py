"""Which language a page is in, found cheaply from the text itself.

Function words are a third to a half of any prose and nearly absent from menus, so counting them over the whole page finds the
language of its prose, whatever languages its menus name. Scripts that one covered language alone uses decide by themselves.
Unlike language identification of short strings, a page offers hundreds of words; a sample of a few hundred is enough.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cleantext.lexicon import languages, load_stopwords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["detect"]

_SAMPLE = 250  # words or characters
_LEAST_SHARE = 0.08  # of the sample's words; below this the page is in no language that a file covers, or has no prose
# Unicode blocks of the scripts that decide by themselves; kana before Han, because Japanese mixes them.
_SCRIPTS = (
    ("ja", 0x3041, 0x30FF, 0.05), ("ko", 0xAC00, 0xD7A3, 0.3), ("th", 0x0E01, 0x0E4F, 0.3), ("el", 0x0370, 0x03FF, 0.3),
    ("he", 0x0591, 0x05F4, 0.3), ("zh", 0x4E00, 0x9FFF, 0.3),
)  # fmt: skip
_LEAST_SCRIPT = min(share for *_, share in _SCRIPTS)


@cache
def _ballots() -> dict[str, int]:
    """For each function word one vote for each of its languages: numbers of 16 bits side by side in one, so that a sum counts
    the votes for all languages at once.
    """
    found: defaultdict[str, int] = defaultdict(int)
    for number, tag in enumerate(languages()):
        for word in load_stopwords(tag):
            found[word] |= 1 << 16 * number
    return dict(found)


def detect(words: Sequence[str], points: NDArray[np.uint32]) -> str | None:
    """The tag of the page's language, or None when no language file covers it.

    Args:
        words: the page's folded words.
        points: its code points.

    >>> from cleantext.characters import code_points
    >>> page = "the cat sat on the mat and it was not happy with that"
    >>> detect(page.split(), code_points(page))
    'en'
    """
    sample = points[:: len(points) // _SAMPLE + 1]
    letters = max(1, int(np.count_nonzero(sample > 0x40)))
    foreign = sample[sample >= 0x0370]
    if len(foreign) > _LEAST_SCRIPT * letters:
        for tag, first, last, share in _SCRIPTS:
            if np.count_nonzero((foreign >= first) & (foreign <= last)) > share * letters and tag in languages():
                return tag
    chosen = words[:: len(words) // _SAMPLE + 1]
    votes = sum(filter(None, map(_ballots().get, chosen)))
    if not votes:
        return None
    counts = np.frombuffer(votes.to_bytes(2 * len(languages()), "little"), "<u2")
    winner = int(counts.argmax())  # the first in order where two have as many
    tag, count = languages()[winner], int(counts[winner])
    return tag if count >= _LEAST_SHARE * len(chosen) else None
