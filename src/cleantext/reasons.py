"""A reason in words for a line of which no rule says anything: what speaks for its label, told so that a person can check it.

Most measurements say something of the line itself (its capitals, how it ends), and that is what a person can see. So these are
told, the heaviest first, unless all of them together speak for the other label: then it is the surroundings that decided,
and these are told instead. What the line says of itself counts with its points on both cards, because the first card's
sum is what the second reads of each line and its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleantext.measure import NAMES
from cleantext.measure.categories import CATEGORIES
from cleantext.model import Label
from cleantext.scales import SCALE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["AROUND", "ITSELF", "reason"]

_MOST_FACTS = 3
_MOST_TOPICS = 2
_LINES = "the lines around it"
_SIDES = {Label.CONTENT: "main content", Label.BOILERPLATE: "boilerplate"}


def _number(value: int, one: str, many: str) -> str:
    """An amount on :data:`cleantext.scales.SCALE`, which is exact for small numbers only.

    >>> _number(0, "word", "words"), _number(1, "word", "words"), _number(30, "word", "words")
    ('no words', '1 word', 'about 76 words')
    """
    amount = int(SCALE[value - 1]) if value else 0
    return f"no {many}" if not value else f"1 {one}" if amount == 1 else f"{'' if amount <= 16 else 'about '}{amount} {many}"


def _share(what: str) -> Callable[[int], str]:
    return lambda value: "" if value == UNKNOWN else f"{'no' if value == 0 else 'few' if value < 25 else 'many'} {what}"


_ENDINGS = {
    "open": "no full stop", "colon": "a colon at its end", "comma": "a comma at its end", "terminal": "the end of a sentence",
    "quoted": "the end of a sentence in quotation marks", "ellipsis": "three dots at its end",
    "closed": "a closing mark at its end",
}  # fmt: skip
_BEGINNINGS = {
    "lower": "a small letter at its start", "digit": "a number at its start", "quote": "a quotation mark or bracket at its start",
    "separator": "a mark of a list at its start", "symbol": "a symbol at its start",
}  # fmt: skip

ITSELF: Mapping[str, Callable[[int], str]] = {
    "words": lambda value: _number(value, "word", "words"),
    "characters": lambda value: _number(value, "character", "characters"),
    "word_length": lambda _: "",
    "letters": lambda _: "",
    "digits": _share("digits"),
    "symbols": _share("symbols"),
    "upper": lambda value: "capitals throughout" if value >= 60 else "",
    "capitalised": lambda value: f"{'no ' if value == 0 else 'few ' if value < 40 else ''}capitalised words",
    "begins": lambda value: _BEGINNINGS.get(CATEGORIES["begins"].get(value, "").removeprefix("dash_"), ""),
    "ends": lambda value: _ENDINGS.get(CATEGORIES["ends"].get(value, ""), ""),
    "commas": lambda value: _number(value, "comma", "commas"),
    "sentences": lambda value: _number(value, "whole sentence", "whole sentences"),
    "quotes": lambda value: f"{'quotation marks' if value else 'no quotation marks'} or brackets",
    "stopwords": _share("function words"),
    "repeats": lambda value: "a double on the page" if value else "",
    "wording": lambda value: f"the wording of {'boilerplate' if value < 128 else 'articles'}",
    "echo": lambda value: "words that recur on the page" if value else "",
}  # fmt: skip
"""What a measurement's value says of the line itself, after "it has"; nothing where there is no plain word for it."""

AROUND: Mapping[str, str] = {
    **dict.fromkeys(("previous_phrase", "next_phrase", "phrases_near", "block_phrases"), "the phrases of chrome near it"),
    **dict.fromkeys(("same_shape_near", "same_shape", "scores_alike"), "the lines of the same shape"),
    **dict.fromkeys(("block_lines", "block_words", "block_prose", "scores_block"), "the block that it stands in"),
    **dict.fromkeys(("place", "words_before", "words_after"), "its place on the page"),
    **dict.fromkeys(("prose_before", "prose_after", "since_prose", "until_prose"), "the prose before and after it"),
    **dict.fromkeys(("blank_before", "blank_after"), "the blank lines beside it"),
    **dict.fromkeys((name for name in NAMES if name.startswith("page_")), "the page as a whole"),
    "scores_page": "the page as a whole",
    **dict.fromkeys(("region", "region_place", "region_words", "region_share", "region_score"), "where the article stands"),
    **dict.fromkeys(("previous_words", "next_words", "previous_ends", "next_begins"), _LINES),
    **dict.fromkeys(("scores_1", "scores_2", "scores_5", "scores_15", "scores_40"), _LINES),
    **dict.fromkeys(("scores_before", "scores_after", "scores_far_before", "scores_far_after"), _LINES),
}
"""What a measurement is about when it speaks of the line's surroundings, after "by"."""


def reason(label: Label, values: Mapping[str, int], points: Mapping[str, int], network: int = 0) -> str:
    """Why a line has its label, as one sentence.

    Args:
        label: what was decided.
        values: what was measured of the line.
        points: what each measurement adds, above 0 for main content.
        network: what the network adds, which reads the lines around this one.

    >>> values = {"words": 3, "ends": 0, "commas": 0, "region": 60}
    >>> reason(Label.BOILERPLATE, values, {"words": -40, "ends": -90, "commas": 5, "region": -200})
    'Looks like boilerplate: it has no full stop and 3 words.'
    >>> reason(Label.CONTENT, values, {"words": -40, "ends": -90, "commas": 5, "region": 200})
    'Looks like main content by where the article stands.'
    """
    sign = 1 if label is Label.CONTENT else -1
    speaking = {name: sign * each for name, each in points.items()}
    side = f"Looks like {_SIDES[label]}"
    if sum(speaking.get(name, 0) for name in ITSELF) > 0:
        heaviest = sorted((name for name in ITSELF if speaking.get(name, 0) > 0), key=lambda name: -speaking[name])
        facts = dict.fromkeys(fact for name in heaviest if (fact := ITSELF[name](values[name])))
        if facts:
            return f"{side}: it has {_listed(list(facts)[:_MOST_FACTS])}."
    about = {_LINES: sign * network}
    for name, what in AROUND.items():
        about[what] = about.get(what, 0) + speaking.get(name, 0)
    heaviest = sorted((what for what in about if about[what] > 0), key=lambda what: -about[what])
    if heaviest:
        return f"{side} by {_listed(heaviest[:_MOST_TOPICS])}."
    return f"Nothing speaks against {_SIDES[label]}."


def _listed(parts: list[str]) -> str:
    """Parts of a sentence with commas and "and"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
