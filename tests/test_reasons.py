"""Reasons in words: each measurement has its place in them, and they say what a person can check."""

from __future__ import annotations

import pytest

from cleantext import Label, annotate
from cleantext.measure.categories import CATEGORIES
from cleantext.reasons import AROUND, ITSELF, reason
from cleantext.scorecard import SECOND_NAMES

TOLD_BY_RULES = {"phrase", "shape"}
THE_LINE_AGAIN = {"score"}  # the first card's sum; what it is made of is told


def test_every_measurement_has_its_place() -> None:
    told = [*ITSELF, *AROUND, *TOLD_BY_RULES, *THE_LINE_AGAIN]
    assert sorted(told) == sorted(SECOND_NAMES)


@pytest.mark.parametrize("name", ITSELF)
def test_every_value_can_be_told(name: str) -> None:
    for value in CATEGORIES.get(name, range(80)):
        fact = ITSELF[name](value)
        assert fact == fact.strip()
        assert not fact.endswith(".")


def test_a_few_facts_are_told_the_heaviest_first() -> None:
    values = {"words": 4, "commas": 0, "sentences": 0, "quotes": 0, "echo": 0}
    points = {"words": -10, "commas": -30, "sentences": -20, "quotes": -5, "echo": 40}
    assert reason(Label.BOILERPLATE, values, points) == (
        "Looks like boilerplate: it has no commas, no whole sentences and 4 words."
    )


def test_surroundings_are_told_where_the_line_itself_speaks_for_the_other_label() -> None:
    points = {"words": 50, "region": -80, "region_share": -10, "page_short": -60, "scores_2": -20, "next_phrase": 30}
    assert reason(Label.BOILERPLATE, {"words": 30}, points) == (
        "Looks like boilerplate by where the article stands and the page as a whole."
    )


def test_where_nothing_speaks_for_it_that_is_said() -> None:
    assert reason(Label.CONTENT, {}, {}) == "Nothing speaks against main content."


def test_the_decision_of_a_rule_is_told_in_its_words() -> None:
    assert annotate("Advertisement").decisions[0].because == "Label of an advertisement."
